"""Each line judged alone: what it is by its words, its links and its shape. Neighbours and place come later.

A line is judged by its length first, for the longer it is, the less often it is chrome:

1. hidden: no more is asked;
2. long: running text, unless its two ends have words of a disclaimer or a footer;
3. a paragraph with a full stop: running text, unless a phrase for sentences opens it or stands in it;
4. short: a phrase of the lexicon (phrases.py), then a row of buttons, then its shape (address, pager, edition of a
   newspaper, path of links, byline); what is left is running text if it has a full stop or enough characters.

A judgement is a reason to drop a line, never yet the decision: boundaries.py knows where the report stands.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from qjreport.article.labels import (
    LABELS,
    cut_seams,
    is_sentence,
    open_bars,
    part_seams,
    read_blank_labels,
    read_folded_labels,
    read_stamp,
)
from qjreport.article.phrases import find_phrase, find_phrase_in_sentence, find_row, fold_width, strip_ornaments
from qjreport.article.shapes import dates_text
from qjreport.lexicon import Lexicon
from qjreport.lexicon.chrome import Phrase
from qjreport.model import Line
from qjreport.text.patterns import compile_re
from qjreport.text.words import Signs, join_words

LONGEST_JUDGED: Final = 300  # characters; a longer line is known by its two ends or not at all
LONG_EDGE: Final = 60  # characters of each
LONGEST_SHORT: Final = 60  # characters; a longer line with a full stop and no blank is a paragraph
LINKED_SHARE: Final = 0.75  # of a line in links: a list of links keeps its dates and numbering outside them


class Judgement:
    """What a line is, alone."""

    __slots__ = ("_folded", "byline", "ends", "firm", "good", "linked", "parted", "reason", "size", "sure", "text")

    def __init__(self, text: str, size: int, folded: str | None = None) -> None:
        self.text = text
        self._folded = folded
        self.size = size  # characters outside links
        self.reason = ""
        self.ends = False  # after a report, nothing of it follows such a line
        self.sure = True  # also between the report's paragraphs
        self.good = False  # running text
        self.firm = False  # running text that ends as paragraphs do, which titles of other pages do not
        self.linked = False  # a link and little else
        self.byline = False  # labels and their values
        self.parted: str | None = None  # the text with a bar at its seams, where that was looked at

    @property
    def folded(self) -> str:
        """The line without white space, as the lexicon's words are written; a long one as it stands."""
        if self._folded is None:
            self._folded = "".join(fold_width(self.text).split())
        return self._folded

    @property
    def key(self) -> str:
        """What lines are told to be the same by; a paragraph is not folded for it."""
        return self.text if len(self.text) > LONGEST_SHORT else self.folded

    def take(self, phrase: Phrase | None) -> None:
        """Be what a phrase of the lexicon says."""
        if phrase is not None:
            self.reason, self.ends, self.sure = phrase.reason, phrase.ends, phrase.sure

    def free(self, size: int) -> None:
        """Be running text, whatever the line alone looked like."""
        self.reason, self.ends, self.linked, self.byline = "", False, False, False
        self.good = self.firm = True
        self.size = size


def judge_line(line: Line, lexicon: Lexicon, *, see_hidden: bool = False) -> Judgement:
    """Judge a line by itself.

    >>> from qjreport.lexicon import load_lexicon
    >>> judge_line(Line(text="分享到：微信 微博"), load_lexicon()).reason
    'share'
    >>> judge_line(Line(text="全年办理提案459件。"), load_lexicon()).good
    True
    """
    text = line.text
    if line.hidden and not see_hidden:
        judgement = Judgement(text, max(0, len("".join(text.split())) - line.linked))
        judgement.reason = "hidden"
    elif len(text) > LONGEST_JUDGED:
        judgement = judge_long(line, lexicon)
    elif len(text) > LONGEST_SHORT and "。" in text and " " not in text:
        judgement = judge_paragraph(line, lexicon)
    else:
        judgement = judge_short(line, lexicon)
    return judgement


def judge_long(line: Line, lexicon: Lexicon) -> Judgement:
    """A long line is running text, unless it begins or ends as a disclaimer or a footer does."""
    text = line.text
    judgement = Judgement(text, len(text) - line.linked, text)
    judgement.linked = line.linked >= LINKED_SHARE * len(text)
    if not judgement.linked:
        judgement.take(find_phrase_in_sentence("".join((text[:LONG_EDGE] + text[-LONG_EDGE:]).split()), lexicon))
        judgement.good = judgement.firm = not judgement.reason
    return judgement


def judge_paragraph(line: Line, lexicon: Lexicon) -> Judgement:
    """A paragraph of sentences, which is chrome only by the words for sentences."""
    text = line.text
    judgement = Judgement(text, max(0, len(text) - line.linked))
    judgement.linked = line.linked > 0 and line.linked >= LINKED_SHARE * len(text)
    judgement.take(find_phrase_in_sentence(text, lexicon))
    if not judgement.reason and not judgement.linked:
        judgement.good = judgement.size >= GOOD_SIZE or is_running_text(judgement.folded, judgement.size, True)
        judgement.firm = judgement.good and (text[-1] == "。" or is_firm(text))
    return judgement


LONGEST_ROW: Final = 60  # characters of a row of buttons
LONGEST_BYLINE: Final = 200

_GAP: Final = compile_re(r"[\s|｜丨·•【】〖〗\[\]/]")


def judge_short(line: Line, lexicon: Lexicon) -> Judgement:
    """A line that may be anything: a heading, a button, a byline, a sentence."""
    text = line.text
    spaced = fold_width(text)
    folded = "".join(spaced.split())
    judgement = Judgement(text, max(0, len(folded) - line.linked), folded)
    judgement.linked = line.linked > 0 and line.linked >= LINKED_SHARE * len(text)
    sentence = is_sentence(folded)
    key = folded.lower()
    if not strip_ornaments(key):
        judgement.reason, judgement.sure = "button", False
        return judgement
    judgement.take(find_phrase(key, lexicon, sentence=sentence))
    if not judgement.reason and not sentence and len(folded) <= LONGEST_ROW and (line.seams or _GAP.search(spaced)):
        judgement.take(find_row(cut_seams(spaced, line.seams), lexicon))
        if not judgement.reason and folded[0] in "[【":  # [ 打 印 ] [ 关 闭 ]
            judgement.take(find_row(folded, lexicon))
    if not judgement.reason and len(text) <= LONGEST_BYLINE:
        if line.seams and not sentence:
            judgement.parted = part_seams(line, lexicon)
            spaced = fold_width(judgement.parted)
        judge_shape(judgement, spaced, lexicon, sentence)
    if not judgement.reason and not judgement.linked:
        judgement.good = is_running_text(folded, judgement.size, sentence)
        judgement.firm = judgement.good and is_firm(folded)
    return judgement


GOOD_SIZE: Final = 16  # characters outside links from which a line with a comma is running text
SHORT_GOOD: Final = 6  # … and with a full stop
STOP_SIZE: Final = 12  # last characters of a line, in which a full stop is looked for

_COMMA: Final = compile_re(r"[，,、；;：]")
_STOP: Final = compile_re(r"[。！？!?；;：:][”’』）)》」]{0,2}(?:\[\d{1,3}\]|[①-⑳]){0,3}$")


def is_running_text(folded: str, size: int, sentence: bool) -> bool:
    if size >= GOOD_SIZE:
        return sentence or _COMMA.search(folded) is not None
    return (
        size >= SHORT_GOOD and sentence and _STOP.search(folded[-STOP_SIZE:]) is not None and not folded.endswith(":")
    )


FIRM_SIZE: Final = 40  # characters from which ？ and ！ end a paragraph; titles that ask are shorter
LONGEST_ASIDE: Final = 80

_ASIDE: Final = compile_re(r"。[（(][^（()）]*[）)]$")  # who is to do it, in brackets after the sentence


def is_firm(folded: str) -> bool:
    """Whether running text ends as a paragraph does; a short question or exclamation may be a title.

    >>> is_firm("全年办理提案459件。"), is_firm("居民的钱去哪了？")
    (True, False)
    >>> is_firm("建成就业驿站50个。（牵头单位：市人社局）")
    True
    """
    if folded.endswith(("）", ")")) and (aside := _ASIDE.search(folded, max(0, len(folded) - LONGEST_ASIDE))):
        folded = folded[: aside.start() + 1]
    if _STOP.search(folded[-STOP_SIZE:]) is None:
        return False
    return "。" in folded or folded[-1] in ";；:：" or len(folded) >= FIRM_SIZE


LONGEST_PATH: Final = 100  # characters

_URL: Final = compile_re(r"(?:https?://|www\.)[\w./:?=&%#@~+-]*+|[\w.-]{1,40}+@[\w.-]{1,40}+", re.ASCII)
_EDITION: Final = compile_re(
    r"[(【\[]?(?:《[^》]{2,14}》)?\(?\d{4}年\d{1,2}月\d{1,2}日[^。，,]{0,8}版[^。，,]{0,6}[)】\]]{0,2}"
)
_ISSUE: Final = compile_re(r"\(?(?:\d{4}年)?(?:总?第\d{1,4}期)+\)?|(?:第?\d{1,2}版[:：]?|版次[:：](?=.)).{0,8}")
_ISSUE_STARTS: Final = frozenset("0123456789总第版(")
_CREDITED: Final = compile_re(r"\([^()]{3,26}\)")
_WEEKDAY: Final = "星期[一二三四五六日天]"
_FEW: Final = r"[^:。，]{0,16}"
_DAY_OF_WEEK: Final = compile_re(rf"{_FEW}\d{{4}}年\d{{1,2}}月\d{{1,2}}日[^:。，]{{0,4}}{_WEEKDAY}{_FEW}")
# An entry of a list of other pages: ·县政协视察水利 (4-18)
_YEAR: Final = r"20\d\d[-/.年]"
_SHORT_DAY: Final = r"\d{1,2}[-/.月]\d{1,2}日?"
_DAY: Final = rf"(?:{_YEAR}{_SHORT_DAY}|[01]\d[-/][0-3]\d|[\[(](?:{_YEAR})?{_SHORT_DAY}[\])])"
_ENTRY: Final = compile_re(rf"[^。；:]{{6,64}}?[\[(]?{_DAY}[\])]?")
_PICTURE: Final = compile_re(r"[\w()-]{1,80}\.(?:jpe?g|png|gif|bmp|webp)|微信图片_?\d{8,20}", re.IGNORECASE)
_PAGE_NUMBER: Final = compile_re(r"[-—–―─~]{1,2}\d{1,3}[-—–―─~]{1,2}")  # below a page of a text: - 3 -
_FIRST_HAN: Final = "\u2e80"
_ARROWS: Final = Signs(">»›→")
_CRUMB: Final = compile_re(r"[^>»›→]{1,20}(?:-*+(?:>{1,3}|»|›|→)[^>»›→*]{1,30}){1,8}(?:>{1,3}|»|›|→)?")


@lru_cache(maxsize=8)
def pager_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """A row of page numbers and what stands between them: 共5页 1 2 下一页."""
    words = join_words(lexicon.chrome.pager_words)
    return compile_re(rf"(?:[\d\[\]().…<>«»|/]|共\d{{1,4}}[页条]|第\d{{1,4}}页|{words})+")


def judge_shape(judgement: Judgement, spaced: str, lexicon: Lexicon, sentence: bool) -> None:
    """By shape: an address of the web, the print of a newspaper's edition, a path of links, a byline."""
    folded = judgement.folded
    first, last = folded[0], folded[-1]
    if last == ")" and dates_text(folded, lexicon):
        return
    address = first < _FIRST_HAN and _URL.fullmatch(folded) is not None
    pages = "页" in folded or "][" in folded
    if address and dates_address(spaced):
        judgement.reason, judgement.byline = "byline", True
    elif address or (pages and pager_pattern(lexicon).fullmatch(folded)):
        judgement.reason = "navigation"
    elif last < _FIRST_HAN and (_PICTURE.fullmatch(folded) or _PAGE_NUMBER.fullmatch(folded)):
        judgement.reason = "ornament"
    elif "版" in folded and _EDITION.fullmatch(folded):
        judgement.reason = "edition"
    elif is_issue(folded):
        judgement.reason, judgement.sure = "edition", False
    elif sentence:
        return
    elif len(folded) <= LONGEST_PATH and _ARROWS.find(folded) >= 0 and _CRUMB.fullmatch(folded):
        judgement.reason = "navigation"
    elif (":" in spaced or "20" in spaced or "19" in spaced) and is_byline(spaced, lexicon):
        judgement.reason, judgement.byline = "byline", True
    elif last in "0123456789)]日" and is_entry(folded):
        judgement.reason, judgement.sure = "related", False
    elif ":" not in spaced and open_bars(spaced, lexicon) != spaced:
        judgement.reason = "credits"
    elif names_makers(spaced, folded, lexicon):
        judgement.reason, judgement.sure = "credits", False


def dates_address(spaced: str) -> bool:
    """Whether after a site's address a time stands, as portals stamp a page: www.example.cn 2026-03-05 09:10.

    >>> dates_address("www.example.cn 2026-03-05 09:10"), dates_address("www.example.cn/2026-03-05/1.html")
    (True, False)
    """
    stamp = read_stamp(spaced)
    return stamp is not None and stamp.timed and spaced[stamp.start - 1 : stamp.start].isspace()


def is_issue(folded: str) -> bool:
    """Whether a folded line is the issue, the page or the day of a paper: 2026年第3期, 第02版:要闻.

    >>> is_issue("2026年第3期"), is_issue("第3次会议")
    (True, False)
    """
    if folded[0] in _ISSUE_STARTS and _ISSUE.fullmatch(folded):
        return True
    return "星期" in folded and _DAY_OF_WEEK.fullmatch(folded) is not None


def names_makers(spaced: str, folded: str, lexicon: Lexicon) -> bool:
    """Whether a folded line says without a colon who made the page: 责任编辑 周正, (县政府办供稿)."""
    if folded[0] == "(" and _CREDITED.fullmatch(folded) and folded.endswith(lexicon.chrome.makers, 0, -1):
        return True
    return " " in spaced and ":" not in spaced and bool(read_blank_labels(spaced, lexicon))


def is_entry(folded: str) -> bool:
    """Whether a folded line is an entry of a list of other pages: its sign, a title, its day in brackets or bare.

    >>> is_entry("·县政协视察水利工程(4-18)"), is_entry("·县政协召开座谈会2017-12-28"), is_entry("比2020年增长1.2")
    (True, True, False)
    """
    return folded[0] in "·•▪■□◆◇○●◎>»⊙" and _ENTRY.fullmatch(folded) is not None


LONGEST_VALUE: Final = 48  # of a label in a byline; the longest real one, a list of three institutes, has 23
LONGEST_STAMPED: Final = 60  # a line with a date to the minute: 临江网 2025-01-14 08:38 本文来自…


def is_byline(spaced: str, lexicon: Lexicon) -> bool:
    """Whether a folded line is labels with their values, or a date as pages stamp it.

    >>> from qjreport.lexicon import load_lexicon
    >>> is_byline("2025年01月14日 08:38 来源:本站原创", load_lexicon()), is_byline("2026年1月20日", load_lexicon())
    (True, False)
    """
    labels = read_folded_labels(spaced, spaced, lexicon) if ":" in spaced else []
    if labels:
        if any(len(label.value) > LONGEST_VALUE for label in labels):
            return False
        lead = strip_ornaments(spaced[: labels[0].start])
        return len(lead) <= 4 or len(labels) > 1 or read_stamp(lead) is not None
    stamp = read_stamp(spaced)
    if stamp is None or (stamp.written_out and not stamp.timed):
        return False
    if stamp.timed and len(spaced) <= LONGEST_STAMPED:
        return True
    return len(strip_ornaments(spaced[: stamp.start] + spaced[stamp.end :])) <= 4


def is_label(folded: str, lexicon: Lexicon) -> bool:
    """Whether a line is a label and nothing else: a cell of an index table (索引号).

    >>> from qjreport.lexicon import load_lexicon
    >>> is_label("索引号:", load_lexicon()), is_label("索引号:A1", load_lexicon())
    (True, False)
    """
    return strip_ornaments(folded) in LABELS.of(lexicon)
