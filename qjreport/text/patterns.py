"""Compiling patterns, which takes ten times as long as reading a small page: each is compiled once and then kept.

`compile_re` and `compile_regex` give what `re.compile` and `regex.compile` give; decision 0010 says which for what.
`keep_patterns` keeps what they compiled for the next start. A pattern of `regex` is kept as pickle would write it. `re`
has no public way to write one (decision 0011), so that a pattern of `re` is kept as the code that `re` compiles it to,
by inner names of the standard library: only where those names are there, and only where the pattern that is built of
that code equals the one that `re` made. Elsewhere `re` compiles anew at each start, and nothing else changes.
"""

from __future__ import annotations

import copyreg
import importlib
import re
from array import array
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, AnyStr, Final, Generic, TypeVar, dataclass_transform

import regex

from qjreport.start_cache import KEPT, LatePattern

if TYPE_CHECKING:  # a command that reads no page needs no lexicon
    from qjreport.lexicon import Lexicon

# What `re` compiles with, by its inner names.
SRE: Any
try:
    SRE = importlib.import_module("_sre")
    PARSER: Any = importlib.import_module("re._parser")
    COMPILER: Any = importlib.import_module("re._compiler")
except ImportError:
    SRE = None

WORD: Final = "I"  # of the code that `re` compiles to: 32 bits without a sign
Key = tuple[str, str | bytes, int]
UNKEPT: Final[dict[Key, Any]] = {}  # patterns of `re` that were compiled, by their keys, in their order


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=False)
class WordTable:
    """What words of the lexicon are compiled to, once, and looked up for every number: fields that nobody sets again.

    A plain class, whose fields the compiled stages read where they lie; those of a frozen struct they look up by name,
    which took a twelfth of the time of a report. The type checker holds that all fields are given and none is set.

    >>> class Marks(WordTable):
    ...     ends: frozenset[str]
    >>> "。" in Marks(ends=frozenset("。！")).ends
    True
    """

    def __init__(self, **fields: object) -> None:
        for name, value in fields.items():
            setattr(self, name, value)


T = TypeVar("T")


class ByLexicon(Generic[T]):
    """What is made of a lexicon's words, once: for what is asked for at every line.

    What `lru_cache` keeps takes a compiled caller 700 instructions to look up, this takes 20.

    >>> KINDS = ByLexicon(lambda lexicon: len(lexicon.markers.numbered) > 1)
    >>> from qjreport.lexicon import load_lexicon
    >>> KINDS.of(load_lexicon()), KINDS.of(load_lexicon())
    (True, True)
    """

    def __init__(self, make: Callable[[Lexicon], T]) -> None:
        self.make = lru_cache(maxsize=8)(make)
        self.last: tuple[Lexicon, T] | None = None

    def of(self, lexicon: Lexicon) -> T:
        """What is made of this lexicon."""
        last = self.last
        if last is None or last[0] is not lexicon:
            last = self.last = (lexicon, self.make(lexicon))
        return last[1]

    def cache_clear(self) -> None:
        """Forget all, as what `lru_cache` gives does."""
        self.last = None
        self.make.cache_clear()


def compile_re(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    r"""`re.compile`, from what is kept where it was compiled before.

    >>> compile_re(r"第(?P<number>\d+)届").match("第12届")["number"]
    '12'
    """
    late: Any = LatePattern(partial(make_re, pattern, flags))
    found: re.Pattern[AnyStr] = late
    return found


def make_re(pattern: AnyStr, flags: int) -> re.Pattern[AnyStr]:
    """The pattern itself."""
    key = ("re", pattern, int(flags))
    parts = KEPT.get(key) if SRE else None
    if parts is not None:
        try:
            found: re.Pattern[AnyStr] = put_together(pattern, parts)
            return found
        except (TypeError, ValueError, RuntimeError):  # not what this interpreter compiles to
            pass
    compiled = re.compile(pattern, flags)
    if SRE:
        UNKEPT[key] = compiled
    return compiled


def compile_regex(pattern: AnyStr, flags: int = 0) -> regex.Pattern[AnyStr]:
    r"""`regex.compile`, from what is kept where it was compiled before.

    >>> compile_regex(r"\p{Han}+").match("提案9件")[0]
    '提案'
    """
    late: Any = LatePattern(partial(make_regex, pattern, flags))
    found: regex.Pattern[AnyStr] = late
    return found


def make_regex(pattern: AnyStr, flags: int) -> regex.Pattern[AnyStr]:
    """The pattern itself."""
    key = ("regex", regex.__version__, pattern, int(flags))
    parts = KEPT.get(key)
    if parts is not None:
        try:
            module, name, arguments = parts
            found: regex.Pattern[AnyStr] = getattr(importlib.import_module(module), name)(*arguments)
            return found
        except (TypeError, ValueError, RuntimeError, AttributeError, ImportError):
            pass
    compiled = regex.compile(pattern, flags)
    reduce: Any = copyreg.dispatch_table.get(type(compiled))  # what pickle goes by
    if reduce is not None:
        make, arguments = reduce(compiled)[:2]
        KEPT.put(key, (make.__module__, make.__qualname__, arguments))
    return compiled


def keep_patterns() -> None:
    """Write what was compiled since the start, for the next start. Commands call it when their work is done."""
    while UNKEPT:
        key, compiled = UNKEPT.popitem()
        parts = take_apart(key[1], key[2], compiled)
        if parts is not None:
            KEPT.put(key, parts)
    KEPT.save()


def put_together(pattern: Any, parts: tuple[Any, ...]) -> Any:
    """The pattern of what `take_apart` gave."""
    flags, code, groups, names, places = parts
    return SRE.compile(pattern, flags, array(WORD, code).tolist(), groups, names, places)


def take_apart(pattern: Any, flags: int, compiled: Any) -> tuple[Any, ...] | None:
    """What `_sre.compile` makes a pattern of, besides its text; None where that is not the pattern that `re` made.

    Put together as `re._compiler.compile` does. Patterns are equal where their code is.
    """
    try:
        parsed = PARSER.parse(pattern, flags)
        state = parsed.state
        names = dict(state.groupdict)
        places: list[str | None] = [None] * state.groups
        for name, place in names.items():
            places[place] = name
        code = [int(word) for word in COMPILER._code(parsed, flags)]
        made, groups = int(flags | state.flags), state.groups - 1
        rebuilt = SRE.compile(pattern, made, code, groups, names, tuple(places))
    except (AttributeError, TypeError, ValueError, RuntimeError, IndexError):  # another Python, which does it otherwise
        return None
    if rebuilt != compiled or dict(rebuilt.groupindex) != dict(compiled.groupindex):
        return None
    return made, array(WORD, code).tobytes(), groups, names, tuple(places)  # bytes are read faster than a list
