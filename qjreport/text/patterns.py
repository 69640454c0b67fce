"""Compiling patterns, which takes ten times as long as reading a small page: each is compiled once and then kept.

`compile_re` and `compile_regex` give what `re.compile` and `regex.compile` give; decision 0010 says which for what.
"""

from __future__ import annotations

import importlib
import re
from typing import Any, AnyStr, Final

import regex

from qjreport.kept import KEPT

# The compiler that `re` calls, by its inner names. Where another Python has other names, nothing of `re` is kept.
SRE: Any
try:
    SRE = importlib.import_module("_sre")
    PARSER: Any = importlib.import_module("re._parser")
    COMPILER: Any = importlib.import_module("re._compiler")
except ImportError:
    SRE = None
REGEX: Final[Any] = getattr(regex, "_regex", None)


def compile_re(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    r"""`re.compile`, from what is kept where it was compiled before.

    >>> compile_re(r"第(?P<number>\d+)届").match("第12届")["number"]
    '12'
    """
    key = ("re", pattern, int(flags))
    parts = KEPT.get(key) if SRE else None
    if parts is not None:
        try:
            found: re.Pattern[AnyStr] = SRE.compile(pattern, *parts)
            return found
        except (TypeError, ValueError, RuntimeError):  # not what this interpreter compiles to
            pass
    compiled = re.compile(pattern, flags)
    if SRE:
        UNKEPT[key] = None
    return compiled


def compile_regex(pattern: AnyStr, flags: int = 0) -> regex.Pattern[AnyStr]:
    r"""`regex.compile`, from what is kept where it was compiled before.

    >>> compile_regex(r"\p{Han}+").match("提案9件")[0]
    '提案'
    """
    key = ("regex", regex.__version__, pattern, int(flags))
    parts = KEPT.get(key) if REGEX else None
    if parts is not None:
        try:
            found: regex.Pattern[AnyStr] = REGEX.compile(*parts)
            return found
        except (TypeError, ValueError, RuntimeError):
            pass
    compiled = regex.compile(pattern, flags)
    state = getattr(compiled, "_pickled_data", None)  # what pickling it would write
    if state is not None:
        KEPT.put(key, state)
    return compiled


UNKEPT: Final[dict[tuple[str, str | bytes, int], None]] = {}  # in their order


def keep_patterns() -> None:
    """Write what was compiled since the start, for the next start. Commands call it when their work is done."""
    while UNKEPT:
        key, _ = UNKEPT.popitem()
        KEPT.put(key, take_apart(*key[1:]))
    KEPT.save()


def take_apart(pattern: Any, flags: int) -> tuple[Any, ...]:
    """What `_sre.compile` makes a pattern of, besides its text: as `re._compiler.compile` puts it together."""
    parsed = PARSER.parse(pattern, flags)
    state = parsed.state
    names = dict(state.groupdict)
    places: list[str | None] = [None] * state.groups
    for name, place in names.items():
        places[place] = name
    code = [int(word) for word in COMPILER._code(parsed, flags)]
    return int(flags | state.flags), code, state.groups - 1, names, tuple(places)
