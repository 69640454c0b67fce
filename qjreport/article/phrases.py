"""Lines known as chrome by the words of the lexicon: the whole line, its beginning, what it holds.

Words are written folded: no white space, half width, lower case, and in simplified characters, as pages are read. A
short line is folded and looked up: as a whole, by the word that opens it, then by the first word that it holds. A
paragraph is long and seldom chrome, so that it is searched as it stands, by patterns that take each word in every width
and case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from qjreport.lexicon import Lexicon
from qjreport.lexicon.chrome import Phrase
from qjreport.model.digest import sha256
from qjreport.start_cache import KEPT
from qjreport.text.patterns import compile_re
from qjreport.text.words import Words

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
    for wide in set(_FOLDED.findall(text)):  # a few, each replaced at once: translate() takes ten times as long
        text = text.replace(wide, ALL_WIDTHS[ord(wide)])
    return text


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


class Openings(NamedTuple):
    """The phrases that open a line, by the word found."""

    words: Words
    phrases: dict[str, Phrase]


class Patterned(NamedTuple):
    """The phrases of one place, as a pattern and by the word found."""

    pattern: re.Pattern[str]
    phrases: dict[str, Phrase]


class Tables(NamedTuple):
    """All phrases by place; those that open or stand in a line apart for lines with and without a full stop."""

    whole: dict[str, Phrase]
    opens: tuple[Openings, Openings]
    holds: tuple[Patterned, Patterned]
    opens_sentence: Patterned
    holds_sentence: Patterned


def find_phrase(folded: str, lexicon: Lexicon, *, sentence: bool) -> Phrase | None:
    """The phrase that a folded line in lower case is, begins with or holds.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_phrase("分享到:微信", load_lexicon(), sentence=False).reason
    'share'
    """
    tables = phrase_tables(lexicon)
    bare = folded.strip(ORNAMENTS)
    phrase = tables.whole.get(bare) or tables.whole.get(folded)
    if phrase is not None:
        return phrase
    start = folded.lstrip(OPENERS)
    for openings in tables.opens[sentence:]:
        word = openings.words.at(start)
        if word and fits(openings.phrases[word], len(folded), sentence=sentence):
            return openings.phrases[word]
    for held in tables.holds[sentence:]:
        match = held.pattern.search(folded)
        if match and fits(held.phrases[match[0]], len(folded), sentence=sentence):
            return held.phrases[match[0]]
    return None


def find_phrase_in_sentence(text: str, lexicon: Lexicon) -> Phrase | None:
    """The phrase that a line of sentences begins with or holds; the line as it stands, without white space.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_phrase_in_sentence("未经授权不得使用本网的文字和图片。", load_lexicon()).reason
    'disclaimer'
    """
    tables = phrase_tables(lexicon)
    opening = text[:LONGEST_OPENING].lstrip(_WIDE_OPENERS)
    for words, match in (
        (tables.opens_sentence, tables.opens_sentence.pattern.match(opening)),
        (tables.holds_sentence, tables.holds_sentence.pattern.search(text)),
    ):
        if match:
            phrase = words.phrases[fold_width(match[0]).lower()]
            if fits(phrase, len(text), sentence=True):
                return phrase
    return None


def find_row(text: str, lexicon: Lexicon) -> Phrase | None:
    """The phrase of a line whose words are chrome one by one: 【打印】 【关闭】, 1 2 下一页 阅读全文.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_row("1 2 下一页 阅读全文", load_lexicon()).reason, find_row("打印 经济", load_lexicon())
    ('navigation', None)
    """
    whole = phrase_tables(lexicon).whole
    row = [word for word in (word.strip(ORNAMENTS) for word in _GAPS.split(text.lower())) if word]
    words = [word for word in row if not word.replace(",", "").replace(".", "").isdigit()]
    if len(row) > 1 and words and all(word in whole for word in words):
        return whole[words[0]]
    return None


def fits(phrase: Phrase, length: int, *, sentence: bool) -> bool:
    return length <= phrase.longest and (phrase.sentences or not sentence)


@lru_cache(maxsize=8)
def phrase_tables(lexicon: Lexicon) -> Tables:
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

    def build_openings(*, sentences: bool) -> Openings:
        table = parts["opens", sentences]
        return Openings(Words(table), table)

    def build_held(*, sentences: bool) -> Patterned:
        table = parts["holds", sentences]
        return Patterned(compile_choice(map(re.escape, by_length(table))), table)

    def build_wide(place: str) -> Patterned:
        table = parts[place, True]
        return Patterned(compile_re(join_wide(by_length(table))), table)

    return Tables(
        whole,
        (build_openings(sentences=False), build_openings(sentences=True)),
        (build_held(sentences=False), build_held(sentences=True)),
        build_wide("opens"),
        build_wide("holds"),
    )


def by_length(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def compile_choice(patterns: Iterable[str]) -> re.Pattern[str]:
    return compile_re("|".join(patterns))


def join_wide(words: Sequence[str]) -> str:
    """The source of a pattern of all that folds to any of the words, kept for the next start as `join_words` does."""
    key = ("wide", sha256("\0".join(words).encode("utf-8", "surrogatepass")).digest())
    source: str | None = KEPT.get(key)
    if source is None:
        source = "|".join([widen(word) for word in words])
        KEPT.put(key, source)
    return source


def widen(word: str) -> str:
    """A folded word as a pattern of all that folds to it. Alternatives begin with a character, not with a class, for
    then `re` looks for their first characters all at once.

    >>> re.fullmatch(widen("icp备:"), "ICP备：") is not None
    True
    """
    forms = ["".join(sorted(set(unfold(character) + unfold(character.upper())))) for character in word]
    rest = "".join(re.escape(form) if len(form) == 1 else f"[{re.escape(form)}]" for form in forms[1:])
    return "|".join(re.escape(first) + rest for first in forms[0])
