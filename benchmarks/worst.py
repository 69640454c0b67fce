"""The worst texts that a pattern has in it, made from the pattern itself: what `patterns` tries.

The parser of `re` parses a pattern; syntax that only `regex` knows is first rewritten to the nearest that `re` has.
Every repetition in the pattern gives attacks: the text before it, then its body over and over, then an end that it
cannot match; the same without an end; and the start and the body together, over and over. Every class of characters
that the pattern distinguishes gives one of its characters over and over, to attack neighbouring repetitions that share
characters.
"""

from __future__ import annotations

import re
import re._constants as op  # type: ignore[import-untyped]
import re._parser as parser  # type: ignore[import-untyped]
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

MANY = 4  # a repetition that ends sooner makes no text long
PROBES = "0５一a万元年。，、：:.-（( \n\t　#<é"
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
END = "\x01"  # which no pattern matches


class Attack(NamedTuple):
    before: str
    body: str
    after: str

    def write(self, length: int) -> str:
        return self.before + self.body * max(1, length // len(self.body)) + self.after

    def mirror(self) -> Attack:
        """The same for a pattern that is matched from the end of the text."""
        return Attack(self.after, self.body, self.before)


def build_attacks(source: str, flags: int) -> list[Attack]:
    """Raises re.error where the pattern cannot be parsed.

    >>> [attack.write(4) for attack in build_attacks("[(]1+x", 0)][:3]
    ['(1111\\x01(1x', '(1111', '(1(1']
    """
    backwards = re.search(r"\(\?[a-z]*r", source) is not None
    tree = parser.parse(rewrite(source), flags & (re.VERBOSE | re.IGNORECASE))
    # A whole match stands far off: `regex` does not begin where a character that every match needs is missing.
    far = spell(tree) + END if backwards else END + spell(tree)
    attacks: dict[Attack, None] = {}
    for before, body in find_repeats(tree, backwards):
        if body:
            again = body + before if backwards else before + body
            attacks |= dict.fromkeys((Attack(before, body, far), Attack(before, body, ""), Attack("", again, "")))
    for character in tell_apart(tree):
        attacks |= dict.fromkeys((Attack("", character, far), Attack("", character, "")))
    return [attack.mirror() for attack in attacks] if backwards else list(attacks)


def rewrite(source: str) -> str:
    """Rewrite the syntax of `regex` for `re`: scripts, the direction, names of lists."""
    source = source.replace(r"\p{Han}", "一-鿿" if re.search(r"\[[^\]]*\\p\{Han\}", source) else "[一-鿿]")
    source = re.sub(r"\(\?[a-zA-Z0-9]*\)", lambda flags: "" if re.search("[rV]", flags[0]) else flags[0], source)
    return re.sub(r"\\[pP]\{\w+\}", r"\\w", source)


def find_repeats(tree: Iterable[Any], backwards: bool = False, before: str = "") -> Iterator[tuple[str, str]]:
    """Each repetition: a text that brings a match up to it, and one that its body takes."""
    for code, given in reversed(list(tree)) if backwards else tree:
        if code in REPEATS:
            _, most, body = given
            if most is op.MAXREPEAT or most >= MANY:
                yield before, spell(body)
            yield from find_repeats(body, backwards, before)
        else:
            for part in find_parts(code, given):
                yield from find_repeats(part, backwards, before)
        own = spell([(code, given)])
        before = own + before if backwards else before + own


def find_parts(code: Any, given: Any) -> list[Any]:
    if code is op.BRANCH:
        return list(given[1])
    if code is op.SUBPATTERN:
        return [given[3]]
    if code is op.ATOMIC_GROUP:
        return [given]
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [given[1]]
    return []


def spell(tree: Iterable[Any]) -> str:
    """A short text that the parts match."""
    found = ""
    for code, given in tree:
        if code is op.LITERAL:
            found += chr(given)
        elif code in (op.IN, op.NOT_LITERAL, op.ANY):
            found += next(iter(admit([(code, given)])), "")
        elif code in REPEATS:
            found += spell(given[2]) * min(max(given[0], 1 if not found else given[0]), 8)
        elif code is op.ASSERT and given[0] > 0:
            found += spell(given[1])
        elif code in (op.BRANCH, op.SUBPATTERN, op.ATOMIC_GROUP):
            found += spell(find_parts(code, given)[0])
    return found


def admit(single: list[Any]) -> list[str]:
    """Which of the probes and of the set's own characters a set of characters matches."""
    ((code, given),) = single
    if code is op.ANY:
        return ["一"]
    if code is op.LITERAL:
        return [chr(given)]
    if code is op.NOT_LITERAL:
        return [character for character in PROBES if ord(character) != given]
    own: set[str] = set()
    for part, value in given:
        if part is op.LITERAL:
            own.add(chr(value))
        elif part is op.RANGE:
            own.add(chr(value[0]))
        elif part is op.CATEGORY:
            own |= {character for character in PROBES if in_category(character, value)}
    if given[0][0] is op.NEGATE:
        return [character for character in PROBES if not takes(given, character)]
    return sorted(own)


def takes(given: list[Any], character: str) -> bool:
    number = ord(character)
    for part, value in given:
        if (
            (part is op.LITERAL and value == number)
            or (part is op.RANGE and value[0] <= number <= value[1])
            or (part is op.CATEGORY and in_category(character, value))
        ):
            return given[0][0] is not op.NEGATE
    return given[0][0] is op.NEGATE


def in_category(character: str, category: Any) -> bool:
    kind, negated = str(category).removeprefix("CATEGORY_"), False
    if kind.startswith("NOT_"):
        kind, negated = kind.removeprefix("NOT_"), True
    if kind == "DIGIT":
        return character.isdigit() is not negated
    if kind == "SPACE":
        return character.isspace() is not negated
    return (character.isalnum() or character == "_") is not negated


def tell_apart(tree: Iterable[Any]) -> list[str]:
    """One character of each class that the sets in the pattern's repetitions distinguish."""
    sets = list(find_sets(tree))
    classes: dict[tuple[bool, ...], str] = {}
    for character in dict.fromkeys([*PROBES, *(one for single in sets for one in admit([single]))]):
        marks = tuple(matches(single, character) for single in sets)
        if any(marks):
            classes.setdefault(marks, character)
    return list(classes.values())


def find_sets(tree: Iterable[Any], within: bool = False) -> Iterator[Any]:
    for code, given in tree:
        if code in (op.LITERAL, op.IN, op.NOT_LITERAL, op.ANY):
            if within:
                yield code, given
        elif code in REPEATS:
            yield from find_sets(given[2], within or given[1] is op.MAXREPEAT or given[1] >= MANY)
        else:
            for part in find_parts(code, given):
                yield from find_sets(part, within)


def matches(single: Any, character: str) -> bool:
    code, given = single
    if code is op.IN:
        return takes(given, character)
    if code is op.LITERAL:
        return chr(given) == character
    return code is op.ANY or chr(given) != character
