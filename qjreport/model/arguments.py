"""What is said of an argument that is wrong: of another type, or a name that there is none of."""

from __future__ import annotations

from collections.abc import Iterable

MOST_SHOWN = 40  # characters of the argument: it may be a page
LEAST_ALIKE = 0.6  # from 0 to 1, as difflib measures it
MOST_NEAR = 2


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


def find_nearest(name: str, known: Iterable[str]) -> list[str]:
    """The names that are most like one that is not known, the likest first.

    >>> find_nearest("extarct", ["extract", "export", "schema"])
    ['extract', 'export']
    >>> find_nearest("zip", ["extract", "export"])
    []
    """
    from difflib import get_close_matches  # loaded where something is wrong

    spelled = {one.lower(): one for one in known}
    return [spelled[one] for one in get_close_matches(name.lower(), spelled, MOST_NEAR, LEAST_ALIKE)]
