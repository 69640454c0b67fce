"""Lines known as chrome by the words of the lexicon: the whole line, its beginning, what it holds.

Words are written folded: no white space, half width, lower case, and in simplified characters, as pages are read. A
short line is folded and looked up: as a whole, by the word that opens it, then by the first word that it holds. A
paragraph is long and seldom chrome, so that it is searched as it stands, by patterns that take each word in every width
and case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from qjreport.lexicon import Lexicon
from qjreport.lexicon.chrome import Phrase
from qjreport.start_cache import KEPT, tell_apart
from qjreport.text.patterns import ByLexicon, WordTable, compile_re
from qjreport.text.words import COMPILED, LOW, Words, mark_characters

_WIDTHS: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0xA0: " ",
    0x2236: ":",
    0xFE55: ":",
}
ALL_WIDTHS: Final = {code: chr(folded) if isinstance(folded, int) else folded for code, folded in _WIDTHS.items()}
_WIDE: Final[dict[str, str]] = {}  # a folded character → all others that fold to it
for _code, _folded in sorted(ALL_WIDTHS.items()):
    _WIDE[_folded] = _WIDE.get(_folded, "") + chr(_code)
_FOLDED: Final = compile_re("[" + "".join(map(chr, _WIDTHS)) + "]")
_WIDE_MARKS: Final = mark_characters(map(chr, _WIDTHS))
SIGNS: Final = "★☆◆◇■□●○▲△〖"
ORNAMENTS: Final = (
    SIGNS + " \t◎〗|｜丨·•▪>»›<«‹*※—-–_=~.。,，、;；:：/\\()（）[]［］【】〔〕「」『』《》“”\"'‘’↓↑→←▼▶►▷☞⊙×+#"
)
OPENERS: Final = SIGNS + " \t=→←↓↑▶►▷☞⊙◎§|｜丨·•▪>»›<«‹*※-–_=~/\\([［【〔「『《“\"'‘"


def fold_width(text: str) -> str:
    """Full-width forms as half-width ones, one for one, so that offsets stay.

    >>> fold_width("来源：本站（原创）")
    '来源:本站(原创)'
    """
    # A few, each replaced at once: translate() takes ten times as long.
    if COMPILED:
        for place in range(len(text)):
            if _WIDE_MARKS[ord(text[place]) & LOW] and (folded := ALL_WIDTHS.get(ord(text[place]))) is not None:
                text = text.replace(text[place], folded)
        return text
    for wide in set(_FOLDED.findall(text)):
        text = text.replace(wide, ALL_WIDTHS[ord(wide)])
    return text


def strip_ornaments(text: str) -> str:
    """A text without the ornaments at its ends, of which most lines have none.

    >>> strip_ornaments("【打印】"), strip_ornaments("※")
    ('打印', '')
    """
    if COMPILED and text and not (_ORNATE[ord(text[0]) & LOW] or _ORNATE[ord(text[-1]) & LOW]):
        return text
    return text.strip(ORNAMENTS)


def drop_openers(text: str) -> str:
    """A text without what stands before an opening word."""
    if COMPILED and text and not _OPENING[ord(text[0]) & LOW]:
        return text
    return text.lstrip(OPENERS)


_ORNATE: Final = mark_characters(ORNAMENTS)
_OPENING: Final = mark_characters(OPENERS)


def unfold(character: str) -> str:
    """A folded character and all that fold to it.

    >>> unfold("来"), unfold(":")
    ('来', ':∶﹕：')
    """
    return character + _WIDE.get(character, "")


def squeeze(text: str) -> str:
    """Folded, without white space, in lower case.

    >>> squeeze("政 府 工 作 报 告（ICP备）")
    '政府工作报告(icp备)'
    """
    return "".join(fold_width(text).split()).lower()


LONGEST_OPENING: Final = 40  # characters of a line in which its opening words stand

_GAPS: Final = compile_re(r"[\s|｜丨·•【】〖〗\[\]/]+")
_WIDE_OPENERS: Final = "".join(unfold(character) for character in OPENERS)


class Phrases(WordTable):
    """The phrases that open a line, or that stand in it, by the word found."""

    words: Words
    phrases: dict[str, Phrase]


class Wide(WordTable):
    """The phrases of one place for sentences, as a pattern that takes each word in every width and case."""

    pattern: re.Pattern[str]
    phrases: dict[str, Phrase]  # by the word that is found, folded
    firsts: bytes  # marks of the characters that a word begins with
    seconds: bytes
    pairs: frozenset[str]  # none where a word is a single character

    def search(self, text: str) -> re.Match[str] | None:
        """Where the first word stands. Compiled, the pattern is asked only where two characters begin one."""
        if not COMPILED or not self.pairs:
            return self.pattern.search(text)
        firsts, seconds = self.firsts, self.seconds
        for place in range(len(text) - 1):
            if firsts[ord(text[place]) & LOW] and seconds[ord(text[place + 1]) & LOW]:
                match = self.pattern.match(text, place) if text[place : place + 2] in self.pairs else None
                if match is not None:
                    return match
        return None


class Tables(WordTable):
    """All phrases by place; those that open or stand in a line apart for lines with and without a full stop."""

    whole: dict[str, Phrase]
    opens: tuple[Phrases, ...]
    holds: tuple[Phrases, ...]
    opens_sentence: Wide
    holds_sentence: Wide


def find_phrase(folded: str, lexicon: Lexicon, *, sentence: bool) -> Phrase | None:
    """The phrase that a folded line in lower case is, begins with or holds.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_phrase("分享到:微信", load_lexicon(), sentence=False).reason
    'share'
    """
    tables = TABLES.of(lexicon)
    bare = strip_ornaments(folded)
    phrase = tables.whole.get(bare) or tables.whole.get(folded)
    if phrase is not None:
        return phrase
    start = drop_openers(folded)
    for opening in tables.opens[sentence:]:
        word = opening.words.at(start)
        if word and fits(opening.phrases[word], len(folded), sentence=sentence):
            return opening.phrases[word]
    for held in tables.holds[sentence:]:
        word = held.words.first(folded)
        if word and fits(held.phrases[word], len(folded), sentence=sentence):
            return held.phrases[word]
    return None


def find_phrase_in_sentence(text: str, lexicon: Lexicon) -> Phrase | None:
    """The phrase that a line of sentences begins with or holds; the line as it stands, without white space.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_phrase_in_sentence("未经授权不得使用本网的文字和图片。", load_lexicon()).reason
    'disclaimer'
    """
    tables = TABLES.of(lexicon)
    opens, holds = tables.opens_sentence, tables.holds_sentence
    phrase = take_phrase(opens, opens.pattern.match(text[:LONGEST_OPENING].lstrip(_WIDE_OPENERS)), len(text))
    return take_phrase(holds, holds.search(text), len(text)) if phrase is None else phrase


def take_phrase(words: Wide, match: re.Match[str] | None, length: int) -> Phrase | None:
    """The phrase that was found in a line of sentences, where it fits."""
    phrase = words.phrases[fold_width(match[0]).lower()] if match is not None else None
    return phrase if phrase is not None and fits(phrase, length, sentence=True) else None


def find_row(text: str, lexicon: Lexicon) -> Phrase | None:
    """The phrase of a line whose words are chrome one by one: 【打印】 【关闭】, 1 2 下一页 阅读全文.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_row("1 2 下一页 阅读全文", load_lexicon()).reason, find_row("打印 经济", load_lexicon())
    ('navigation', None)
    """
    whole = TABLES.of(lexicon).whole
    count, first = 0, None
    for part in _GAPS.split(text.lower()):
        word = strip_ornaments(part)
        if word:
            count += 1
            phrase = whole.get(word)
            if phrase is None and not is_number(word):
                return None
            if first is None and phrase is not None and not is_number(word):
                first = phrase
    return first if count > 1 else None


def is_number(word: str) -> bool:
    return word.replace(",", "").replace(".", "").isdigit()


def fits(phrase: Phrase, length: int, *, sentence: bool) -> bool:
    return length <= phrase.longest and (phrase.sentences or not sentence)


def compile_tables(lexicon: Lexicon) -> Tables:
    """These patterns see every line, and `re` finds one of many literal words five times as fast as `regex` does."""
    whole: dict[str, Phrase] = {}
    parts: dict[tuple[str, bool], dict[str, Phrase]] = {
        (place, sentences): {} for place in ("opens", "holds") for sentences in (False, True)
    }
    for phrase in lexicon.chrome.phrases:
        for word in phrase.words:
            if phrase.place == "whole":
                whole.setdefault(word, phrase)
                whole.setdefault(word.strip(ORNAMENTS) or word, phrase)
            else:
                parts[phrase.place, phrase.sentences].setdefault(word, phrase)

    def build(place: str) -> tuple[Phrases, ...]:
        tables = [parts[place, sentences] for sentences in (False, True)]
        return tuple([Phrases(words=Words(table), phrases=table) for table in tables])

    return Tables(
        whole=whole,
        opens=build("opens"),
        holds=build("holds"),
        opens_sentence=build_wide(parts["opens", True]),
        holds_sentence=build_wide(parts["holds", True]),
    )


TABLES: Final = ByLexicon(compile_tables)


def build_wide(phrases: dict[str, Phrase]) -> Wide:
    words = () if any(len(word) < 2 for word in phrases) else phrases
    pairs = {first + second for word in words for first in list_forms(word[0]) for second in list_forms(word[1])}
    return Wide(
        pattern=compile_re(join_wide(by_length(phrases))),
        phrases=phrases,
        firsts=mark_characters([pair[0] for pair in pairs]),
        seconds=mark_characters([pair[1] for pair in pairs]),
        pairs=frozenset(pairs),
    )


def by_length(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def join_wide(words: Sequence[str]) -> str:
    """The source of a pattern of all that folds to any of the words, kept for the next start as `join_words` does."""
    key = ("wide", *tell_apart("\0".join(words).encode("utf-8", "surrogatepass")))
    source: str | None = KEPT.get(key)
    if source is None:
        source = "|".join([widen(word) for word in words])
        KEPT.put(key, source)
    return source


def list_forms(character: str) -> str:
    """All characters that fold to a folded one in lower case."""
    return "".join(sorted(set(unfold(character) + unfold(character.upper()))))


def widen(word: str) -> str:
    """A folded word as a pattern of all that folds to it. Alternatives begin with a character, not with a class, for
    then `re` looks for their first characters all at once.

    >>> re.fullmatch(widen("icp备:"), "ICP备：") is not None
    True
    """
    forms = [list_forms(character) for character in word]
    rest = "".join(re.escape(form) if len(form) == 1 else f"[{re.escape(form)}]" for form in forms[1:])
    return "|".join(re.escape(first) + rest for first in forms[0])
