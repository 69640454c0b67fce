"""Each line judged alone: what it is by its words, its links and its shape. Neighbours and place come later.

A judgement is a reason to drop a line, never yet the decision: `scope` knows where the report stands.
"""

from __future__ import annotations

import re
from functools import lru_cache

import regex

from qjreport.article.dates import read_stamp
from qjreport.article.fold import OPENERS, ORNAMENTS, fold_width
from qjreport.article.labels import is_sentence, known_labels, read_labels
from qjreport.article.seams import PARTING, part_seams
from qjreport.lexicon import Lexicon
from qjreport.lexicon.chrome import Phrase
from qjreport.model import Line

LONGEST_JUDGED = 300  # characters; a longer line is known by its two ends or not at all
LONG_EDGE = 60  # characters of each
LONGEST_BYLINE = 200
LONGEST_STAMPED = 60  # a line with a date to the minute: 临江网 2025-01-14 08:38 本文来自…
LONGEST_VALUE = 48  # of a label in a byline; the longest real one, a list of three institutes, has 23
LONGEST_ROW = 60  # characters of a row of buttons
LINKED_SHARE = 0.75  # of a line in links: a list of links keeps its dates and numbering outside them
GOOD_SIZE = 16  # characters outside links from which a line with a comma is running text
STOP_SIZE = 12  # last characters of a line, in which a full stop is looked for
FIRM_SIZE = 40  # characters from which ？ and ！ end a paragraph; titles that ask are shorter
SHORT_GOOD = 6  # … and with a full stop

_URL = regex.compile(r"(?:https?://|www\.)[\w./:?=&%#@~+-]*+|[\w.-]{1,40}+@[\w.-]{1,40}+", regex.ASCII)
_EDITION = regex.compile(
    r"[(【\[]?(?:《[^》]{2,14}》)?\(?\d{4}年\d{1,2}月\d{1,2}日[^。，,]{0,8}版[^。，,]{0,6}[)】\]]{0,2}"
)
_COMMA = regex.compile(r"[，,、；;：]")
_STOP = regex.compile(r"[。！？!?；;：:][”’』）)》」]{0,2}(?:\[\d{1,3}\]|[①-⑳]){0,3}$")
_PAGER = regex.compile(
    r"(?:[\d\[\]().…<>«»|/]|共\d{1,4}[页条]|第\d{1,4}页|首页|尾页|末页|上一?页|下一?页|最后一页|转到|跳转|页)++",
    regex.IGNORECASE,
)
_GAPS = regex.compile(r"[\s|｜丨·•【】\[\]/]+")
_CRUMB = regex.compile(r"[^>»›→]{1,20}(?:-*+(?:>{1,3}|»|›|→)[^>»›→*]{1,30}){1,8}(?:>{1,3}|»|›|→)?")


class Judgement:
    """What a line is, alone."""

    __slots__ = ("byline", "ends", "firm", "folded", "good", "linked", "reason", "size", "sure")

    def __init__(self, folded: str, size: int) -> None:
        self.folded = folded  # without white space
        self.size = size  # characters outside links
        self.reason = ""
        self.ends = False  # behind a report, nothing of it follows
        self.sure = True  # also between the report's paragraphs
        self.good = False  # running text
        self.firm = False  # running text that ends as paragraphs do, which titles of other pages do not
        self.linked = False  # a link and little else
        self.byline = False  # labels and their values


def judge_line(line: Line, lexicon: Lexicon, *, see_hidden: bool = False) -> Judgement:
    """Judge a line by itself.

    >>> from qjreport.lexicon import load_lexicon
    >>> judge_line(Line(text="分享到：微信 微博"), load_lexicon()).reason
    'share'
    >>> judge_line(Line(text="全年办理提案459件。"), load_lexicon()).good
    True
    """
    text = line.text
    if len(text) > LONGEST_JUDGED:
        return judge_long(line, lexicon, see_hidden=see_hidden)
    spaced = fold_width(text)
    folded = "".join(spaced.split())
    judgement = Judgement(folded, max(0, len(folded) - line.linked))
    if line.hidden and not see_hidden:
        judgement.reason = "hidden"
        return judgement
    judgement.linked = line.linked > 0 and line.linked >= LINKED_SHARE * len(text)
    sentence = is_sentence(folded)
    judge_words(judgement, lexicon, sentence)
    if not judgement.reason and not sentence and len(folded) <= LONGEST_ROW:
        judge_row(judgement, line, spaced, lexicon)
    if not judgement.reason and len(text) <= LONGEST_BYLINE:
        if line.seams and not sentence:
            spaced = fold_width(part_seams(line, lexicon))
        judge_shape(judgement, spaced, lexicon, sentence)
    if not judgement.reason and not judgement.linked:
        judgement.good = is_running_text(judgement.folded, judgement.size, sentence)
        judgement.firm = judgement.good and is_firm(folded)
    return judgement


def judge_long(line: Line, lexicon: Lexicon, *, see_hidden: bool) -> Judgement:
    """A long line is running text, unless it begins or ends as a disclaimer or a footer does."""
    text = line.text
    judgement = Judgement(text, len(text) - line.linked)
    if line.hidden and not see_hidden:
        judgement.reason = "hidden"
        return judgement
    judgement.linked = line.linked >= LINKED_SHARE * len(text)
    if not judgement.linked:
        judgement.folded = "".join(fold_width(text[:LONG_EDGE] + text[-LONG_EDGE:]).split())
        judge_words(judgement, lexicon, True)
        judgement.folded = text
    judgement.good = judgement.firm = not judgement.reason and not judgement.linked
    return judgement


def is_running_text(folded: str, size: int, sentence: bool) -> bool:
    if size >= GOOD_SIZE:
        return sentence or _COMMA.search(folded) is not None
    return (
        size >= SHORT_GOOD and sentence and _STOP.search(folded[-STOP_SIZE:]) is not None and not folded.endswith(":")
    )


def is_firm(folded: str) -> bool:
    """Whether running text ends as a paragraph does; a short question or exclamation may be a title.

    >>> is_firm("全年办理提案459件。"), is_firm("居民的钱去哪了？")
    (True, False)
    """
    if _STOP.search(folded[-STOP_SIZE:]) is None:
        return False
    return "。" in folded or folded[-1] in ";；:：" or len(folded) >= FIRM_SIZE


def judge_words(judgement: Judgement, lexicon: Lexicon, sentence: bool) -> None:
    """By the words of the lexicon: the whole line, its beginning, what it holds."""
    key = judgement.folded.lower()
    whole, opens, holds = phrase_tables(lexicon)
    bare = key.strip(ORNAMENTS)
    if not bare:
        judgement.reason, judgement.sure = "button", False
        return
    phrase = whole.get(bare) or whole.get(key)
    if phrase is None:
        start = key.lstrip(OPENERS)
        for words, table in opens[sentence:]:
            match = words.match(start)
            if match and fits(table[match[0]], key, sentence):
                phrase = table[match[0]]
                break
    if phrase is None:
        for words, table in holds[sentence:]:
            match = words.search(key)
            if match and fits(table[match[0]], key, sentence):
                phrase = table[match[0]]
                break
    if phrase is not None:
        judgement.reason, judgement.ends, judgement.sure = phrase.reason, phrase.ends, phrase.sure


def judge_row(judgement: Judgement, line: Line, spaced: str, lexicon: Lexicon) -> None:
    """By its words one by one, where each is chrome as a whole line: 【打印】 【关闭】, 1 2 下一页 阅读全文."""
    whole = phrase_tables(lexicon)[0]
    for place in reversed(line.seams):
        spaced = spaced[:place] + PARTING + spaced[place:]
    row = [word for word in (word.strip(ORNAMENTS) for word in _GAPS.split(spaced.lower())) if word]
    words = [word for word in row if not word.isdigit()]
    if len(row) > 1 and words and all(word in whole for word in words):
        phrase = whole[words[0]]
        judgement.reason, judgement.ends, judgement.sure = phrase.reason, phrase.ends, phrase.sure


def fits(phrase: Phrase, key: str, sentence: bool) -> bool:
    return len(key) <= phrase.longest and (phrase.sentences or not sentence)


def judge_shape(judgement: Judgement, spaced: str, lexicon: Lexicon, sentence: bool) -> None:
    """By shape: an address of the web, the print of a newspaper's edition, a path of links, a byline."""
    folded = judgement.folded
    if _URL.fullmatch(folded) or (("页" in folded or "][" in folded) and _PAGER.fullmatch(folded)):
        judgement.reason = "navigation"
    elif "版" in folded and _EDITION.fullmatch(folded):
        judgement.reason = "edition"
    elif not sentence and len(folded) <= 100 and _CRUMB.fullmatch(folded):
        judgement.reason = "navigation"
    elif not sentence and (":" in spaced or "20" in spaced or "19" in spaced) and is_byline(spaced, lexicon):
        judgement.reason, judgement.byline = "byline", True


def is_byline(spaced: str, lexicon: Lexicon) -> bool:
    """Whether a folded line is labels with their values, or a date as pages stamp it.

    >>> from qjreport.lexicon import load_lexicon
    >>> is_byline("2025年01月14日 08:38 来源:本站原创", load_lexicon()), is_byline("2026年1月20日", load_lexicon())
    (True, False)
    """
    labels = read_labels(spaced, lexicon)
    if labels:
        if any(len(label.value) > LONGEST_VALUE for label in labels):
            return False
        lead = spaced[: labels[0].start].strip(ORNAMENTS)
        return len(lead) <= 4 or len(labels) > 1 or read_stamp(lead) is not None
    stamp = read_stamp(spaced)
    if stamp is None or (stamp.written_out and not stamp.timed):
        return False
    if stamp.timed and len(spaced) <= LONGEST_STAMPED:
        return True
    return len((spaced[: stamp.start] + spaced[stamp.end :]).strip(ORNAMENTS)) <= 4


def is_label(folded: str, lexicon: Lexicon) -> bool:
    """Whether a line is a label and nothing else: a cell of an index table (索引号).

    >>> from qjreport.lexicon import load_lexicon
    >>> is_label("索引号:", load_lexicon()), is_label("索引号:A1", load_lexicon())
    (True, False)
    """
    return folded.strip(ORNAMENTS) in known_labels(lexicon)


@lru_cache(maxsize=8)
def phrase_tables(
    lexicon: Lexicon,
) -> tuple[
    dict[str, Phrase],
    tuple[tuple[re.Pattern[str], dict[str, Phrase]], ...],
    tuple[tuple[re.Pattern[str], dict[str, Phrase]], ...],
]:
    """Phrases by place; those that begin or stand in a line as one pattern for lines with and without a full stop.

    These patterns see every line, and `re` finds one of many literal words five times as fast as `regex` does.
    """
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

    def tables(place: str) -> tuple[tuple[re.Pattern[str], dict[str, Phrase]], ...]:
        return tuple(
            (re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True)))), table)
            for (at, _), table in sorted(parts.items())
            if at == place
        )

    return whole, tables("opens"), tables("holds")
