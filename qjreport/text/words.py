"""Any of many plain words, the longest first, fast however many there are.

`Words` and `Endings` look words up by their first or last character and compile nothing; `join_words` writes them
into a pattern that has more in it than words, factored by their beginnings (by their ends for a pattern that reads
backwards), so that a character which begins none of them costs one look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from types import FunctionType
from typing import Final, TypeAlias

import regex

from qjreport.start_cache import KEPT, tell_apart
from qjreport.text.patterns import compile_re

Tree: TypeAlias = "dict[str, Tree]"
END: Final = ""  # in a tree: a word ends here
LOW: Final = 1023  # the low bits of a character, by which `mark_characters` marks it


def mark_characters(characters: Iterable[str]) -> bytes:
    """A 1 for each of the characters, in the place of its low bits; few others share one.

    Compiled, a character that is only looked up here stays a number. To make a string of it, hash it and look it up in
    a dictionary takes ten times as long, and at most places of a text no word begins or ends. Plain Python has no such
    numbers, and looks into the dictionary at once.
    """
    marks = bytearray(LOW + 1)
    for character in characters:
        marks[ord(character) & LOW] = 1
    return bytes(marks)


COMPILED: Final = not isinstance(mark_characters, FunctionType)


LONGER: Final = 1  # marks what only begins longer words, …
ALONE: Final = 2  # … and what is a word


class Words:
    """Words that are looked for where they begin.

    >>> words = Words(["增加", "增加到", "减少"])
    >>> words.at("产值增加到9亿元", 2)
    '增加到'
    >>> words.at("增加值", guard=Words(["值"]))
    ''
    >>> words.at("增加到", 0, 2), words.find("产值增加"), words.find("产值"), words.first("产值增加到9亿元")
    ('增加', 2, -1, '增加到')
    >>> words.seek("产值增长", 0), words.seek("产值增长", 3), words.count("增加到9亿元，增加3亿元")
    (2, -1, 2)
    """

    __slots__ = ("lengths", "marks", "seconds", "words")

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self.lengths = measure_words(self.words, 0)
        marks = bytearray(mark_characters(self.lengths))
        for word in self.words:
            if len(word) == 1:
                marks[ord(word) & LOW] = ALONE
        self.marks = bytes(marks)
        self.seconds = mark_characters([word[1] for word in self.words if len(word) > 1])

    def at(self, text: str, at: int = 0, end: int | None = None, guard: Words | None = None) -> str:
        """The longest word that begins at `at`, ends by `end` and no word of `guard` after it; "" for none."""
        if COMPILED:
            mark = self.marks[ord(text[at]) & LOW] if at < len(text) else 0
            if not mark or (mark == LONGER and not self.goes_on(text, at + 1)):
                return ""
        for length in self.lengths.get(text[at : at + 1], ()):
            word = text[at : at + length if end is None else min(at + length, end)]
            if word in self.words and not (guard and guard.at(text, at + len(word))):
                return word
        return ""

    def goes_on(self, text: str, at: int) -> bool:
        """Whether the second character of a word may stand there."""
        return at < len(text) and self.seconds[ord(text[at]) & LOW] > 0

    def seek(self, text: str, at: int, end: int | None = None) -> int:
        """From `at` on the next place before `end` where the first character of a word may stand; -1 for none."""
        if COMPILED:
            for place in range(at, len(text) if end is None else end):
                if self.marks[ord(text[place]) & LOW]:
                    return place
            return -1
        for place, first in enumerate(text[at:end], at):
            if first in self.lengths:
                return place
        return -1

    def count(self, text: str) -> int:
        """How many words a text has, none of them over another: as many as a pattern of the words finds.

        Compiled, this takes half the time of the pattern; in plain Python several times as long.
        """
        marks = self.marks
        found = after = 0
        for place in range(len(text)):
            if marks[ord(text[place]) & LOW] and place >= after and (word := self.at(text, place)):
                found += 1
                after = place + len(word)
        return found

    def first(self, text: str) -> str:
        """The word that begins first in a text, the longest of several; "" for none."""
        marks = self.marks
        if COMPILED:
            for place in range(len(text)):
                if marks[ord(text[place]) & LOW] and (word := self.at(text, place)):
                    return word
            return ""
        place = self.find(text)
        return self.at(text, place) if place >= 0 else ""

    def find(self, text: str) -> int:
        """Where the first word in `text` begins; -1 for none."""
        lengths = self.lengths
        for at, first in enumerate(text):
            if first in lengths and self.at(text, at):
                return at
        return -1

    def cover(self, text: str) -> bool:
        """Whether `text` is nothing but words, one after another."""
        if text[:1] not in self.lengths:
            return not text
        reached = {0}
        for at, first in enumerate(text):
            if at in reached:
                for length in self.lengths.get(first, ()):
                    if text[at : at + length] in self.words:
                        reached.add(at + length)
                reached.discard(at)
                if not reached:
                    return False
        return len(text) in reached


class Signs:
    """Single characters that are looked for in a text.

    >>> Signs("，。").find("增加值，"), Signs("，。").find("增加值")
    (3, -1)
    """

    __slots__ = ("characters", "marks", "pattern")

    def __init__(self, characters: str) -> None:
        self.characters = frozenset(characters)
        self.marks = mark_characters(characters)
        self.pattern = compile_re(f"[{re.escape(characters)}]")

    def find(self, text: str) -> int:
        """Where the first of them stands; -1 for nowhere."""
        if COMPILED:
            marks = self.marks
            for place in range(len(text)):
                if marks[ord(text[place]) & LOW] and text[place] in self.characters:
                    return place
            return -1
        match = self.pattern.search(text)
        return -1 if match is None else match.start()


class Endings:
    """Words that are looked for where they end.

    >>> Endings(["到", "增加到"]).before("产值增加到9亿元", 5)
    '增加到'
    """

    __slots__ = ("lengths", "marks", "words")

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self.lengths = measure_words(self.words, -1)
        self.marks = mark_characters(self.lengths)

    def before(self, text: str, end: int | None = None) -> str:
        """The longest word that ends right before `end`, which is the text's end where it is not given; "" for none."""
        end = len(text) if end is None else end
        if COMPILED and (not 0 < end <= len(text) or not self.marks[ord(text[end - 1]) & LOW]):
            return ""
        for length in self.lengths.get(text[end - 1 : end], ()):
            if length <= end and (word := text[end - length : end]) in self.words:
                return word
        return ""


COMMON: Final = "的要"  # in nearly every text


class Rare:
    """A few words, of which most texts have none: a text is asked for one character of each first.

    To look for a character takes a quarter of what a word takes.

    >>> rare = Rare(["回顾", "过去的"])
    >>> rare.within("回顾一年"), rare.within("过去三年"), rare.within("全年的产值")
    (True, False, False)
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words: tuple[str, ...] = tuple(dict.fromkeys(words))
        marks = [next((c for c in reversed(word) if c not in COMMON), word[0]) for word in self.words]
        self.marks: tuple[str, ...] = tuple(dict.fromkeys(marks))

    def within(self, text: str) -> bool:
        """Whether a text has one of the words."""
        for mark in self.marks:
            if mark in text:
                return any(word in text for word in self.words)
        return False


def measure_words(words: Iterable[str], edge: int) -> dict[str, tuple[int, ...]]:
    """For each character at that edge of a word the lengths of the words that have it there, the longest first.

    >>> measure_words(["增加", "增加到", "减少", "增"], 0)
    {'增': (3, 2, 1), '减': (2,)}
    """
    marks: dict[str, int] = {}  # a bit for each length
    for word in words:
        character = word[edge]
        marks[character] = marks.get(character, 0) | 1 << len(word)
    return {character: list_lengths(found) for character, found in marks.items()}


@lru_cache(maxsize=1024)
def list_lengths(marks: int) -> tuple[int, ...]:
    """The places of the bits that are set, the highest first: some thirty sets of lengths do for all words."""
    return tuple([length for length in range(marks.bit_length() - 1, -1, -1) if marks >> length & 1])


def join_words(words: Iterable[str], *, backwards: bool = False, also: Iterable[str] = ()) -> str:
    r"""The source of a pattern that matches any of the words, the longest where several do.

    `backwards` for a pattern with the flag (?r), which is matched from its end; `also` holds patterns that may match
    as well. `re` passes over what begins no branch at ten times the speed where each begins with a character, and none
    with a class or a group: so words of one character stand apart here, and patterns should begin with a character.

    >>> join_words(["增加", "增加到", "减少"])
    '(?:减少|增加到?)'
    >>> join_words(["已经", "曾", "将"], also=[r"了\Z"])
    '(?:已经|将|曾|了\\Z)'
    >>> regex.compile("(?r)" + join_words(["到", "增加到"], backwards=True)).match("产值增加到")[0]
    '增加到'
    """
    words, also = tuple(words), tuple(also)
    said = "\0".join((*words, "", *also)).encode("utf-8", "surrogatepass")
    key = ("join", *tell_apart(said), backwards)  # a third of a start was spent on trees that come out the same
    source: str | None = KEPT.get(key)
    if source is None:
        source = write_tree(build_tree(words, backwards), backwards, list(also))
        KEPT.put(key, source)
    return source


def build_tree(words: Iterable[str], backwards: bool) -> Tree:
    tree: Tree = {}
    for word in words:
        node = tree
        for character in reversed(word) if backwards else word:
            node = node.setdefault(character, {})
        node[END] = {}
    return tree


def write_tree(tree: Tree, backwards: bool, also: list[str] | None = None) -> str:
    """The source for a tree; `also` at its root."""
    branches: list[str] = []
    single: list[str] = []
    for character in sorted(tree.keys() - {END}):
        rest = write_tree(tree[character], backwards)
        own = regex.escape(character)
        if rest:
            branches.append(rest + own if backwards else own + rest)
        else:
            single.append(own)
    if also is not None and (branches or also):
        branches += [*single, *also]
    elif single:
        branches.append(single[0] if len(single) == 1 else f"[{''.join(single)}]")
    if not branches:
        return ""
    optional = "?" if END in tree else ""
    if len(branches) == 1 and (not optional or len(branches[0]) == 1 or branches[0].startswith("[")):
        return branches[0] + optional
    return f"(?:{'|'.join(branches)}){optional}"
