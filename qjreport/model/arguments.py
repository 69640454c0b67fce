"""What a public function says of an argument of the wrong type."""

from __future__ import annotations

MOST_SHOWN = 40  # characters of the argument: it may be a page


def check_argument(name: str, value: object, kinds: type | tuple[type, ...], wanted: str) -> None:
    """Raises TypeError with the argument's name, what is wanted and what was given.

    >>> check_argument("text", 12, str, "a str")
    Traceback (most recent call last):
    TypeError: text must be a str, not int: 12
    """
    if isinstance(value, kinds):
        return
    shown = repr(value[:MOST_SHOWN] if isinstance(value, str | bytes | bytearray) else value)
    cut = "…" if len(shown) > MOST_SHOWN else ""
    raise TypeError(f"{name} must be {wanted}, not {type(value).__name__}: {shown[:MOST_SHOWN]}{cut}")
