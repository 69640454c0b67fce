"""A line of the article judged alone: its marker, its first sentence, and whether it has the shape of a title.

What it turns out to be, judged by its neighbours, is written into the entry by heading.py and plain.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

import msgspec
import regex

from qjreport.lexicon import Lexicon
from qjreport.model import Line
from qjreport.outline.marker import HAN_DIGITS, Marker, read_marker
from qjreport.text.patterns import compile_re, compile_regex

Kind = Literal["paragraph", "heading", "run_in", "item", "run_in_item", "note", "table", "contents"]

MARKDOWN_BOLD: Final = compile_re(r"(?:\*\*|__)[^*_]++(?:\*\*|__)[：:]?$")
MARKDOWN_HEADING: Final = compile_re(r"^#{1,6}(?=\s)")
SENTENCE: Final = compile_re(r"[。！？!?][”’」』）)]*+\s*+")
TERMINALS: Final = frozenset("。！？!?；;，,、…")
CLOSING: Final = "”’」』）)"
HAN: Final = compile_regex(r"\p{Han}")
DOTS: Final = frozenset(".．·…⋯0123456789０１２３４５６７８９")  # what a trailer ends with
# The dots and page number of a table of contents; looked for once a run of dots, however long.
TRAILER: Final = compile_re(r"(?<![\s.．·…⋯])[\s.．·…⋯]{2,}\d{1,4}$|(?<![.．·…⋯])[.．·…⋯]{3,}$")
DATE: Final = compile_re(
    r"[0-9０-９〇○零一二三四五六七八九]{4}年(?:[0-9一二三四五六七八九十]{1,3}月)?(?:[0-9一二三四五六七八九十]{1,3}日)?"
)
STATEMENT: Final = compile_re(
    r"(?:增长|下降|上涨|回落|增加|减少|达到?|超过?|突破)\D{0,4}\d|\d(?:%|％|个百分点|[万亿]|元|吨|亩|户|辆|公里|公顷|人次|千瓦)"
)
PAIRS: Final = (("“", "”"), ("《", "》"), ("（", "）"))  # a line that leaves one open is a piece of a broken paragraph
INTRODUCES: Final = compile_re(
    r"(?:以下|如下|下列|下面|下述)|[，,]|(?:是|为|方面|工作|目标)[：:]$"
)  # 重点做好以下工作：
TABLE_TITLE: Final = compile_re(r"^(?:附?表|续表|图)\s*[0-9０-９一二三四五六七八九十]|^（?续表")

LONGEST_TITLE: Final = 45  # characters; the longest headings of work reports have 40 (…，着力…，加快…，努力…)
SHORTEST_TEXT: Final = 40  # a line of this length without a full stop is text, not a list entry


@dataclass(slots=True, eq=False)
class Entry:
    """A line and what is known of it so far."""

    line: Line
    locator: str
    text: str  # without Markdown's marks
    marker: Marker | None
    body: str  # text behind the marker
    first: str  # its first sentence, without the closing mark
    rest: bool  # whether more follows behind the first sentence
    closed: bool  # whether it ends like a sentence or a clause
    level_mark: int = 0  # 1 to 6 where HTML or Markdown says that it is a heading
    bold: bool = False  # all of it
    kind: Kind = "paragraph"
    titles: list[tuple[Marker | None, str]] = field(default_factory=list)  # the headings that it holds
    style: str = ""  # of an unmarked heading: which ones are its siblings
    top: bool = False  # a part that stands beside the numbered ones
    joined: bool = False  # its marker stands alone on the line above
    fringe: bool = False  # … 名词解释, 注释, 结语 …

    @property
    def is_heading(self) -> bool:
        return bool(self.titles)


class LinePatterns(msgspec.Struct, frozen=True, eq=False):
    """The lexicon's lines that are no titles, compiled."""

    no_title: regex.Pattern[str]
    signature: re.Pattern[str]
    note: re.Pattern[str]


@lru_cache(maxsize=4)
def compile_lines(lexicon: Lexicon) -> LinePatterns:
    words = lexicon.markers.lines

    def choice(options: tuple[str, ...]) -> str:
        return "(?:" + "|".join(sorted(map(re.escape, options), key=len, reverse=True)) + ")"

    no_title = (
        rf"^{choice(words.salutation)}.{{0,20}}$|^{choice(words.caption_starts)}|{choice(words.caption_ends)}$"
        rf"|^{choice(words.credit_starts)}\s?[:：]|^[（(].*[）)]$|^\W*$|^[（(]?{DATE.pattern}[）)]?$"
        rf"|^\S{{0,20}}{choice(words.office)}\s+\p{{Han}}{{1,4}}\s?\p{{Han}}{{0,3}}$"
        rf"|^<!--|{DATE.pattern}.{{0,30}}(?:会议|大会)上?$"
    )
    body = rf"\S{{2,25}}{choice(words.signature_ends)}"
    return LinePatterns(
        no_title=compile_regex(no_title),
        signature=compile_re(rf"^{body}(?:\s++{body}){{0,5}}$"),
        note=compile_re(rf"^[（(]?{choice(words.note_starts)}\s?[0-9]?\s?[:：].{{2,}}"),
    )


def read_entry(line: Line, locator: str, lexicon: Lexicon) -> Entry:
    """What a line says of itself.

    >>> from qjreport.lexicon import load_lexicon
    >>> entry = read_entry(Line(text="（一）稳住外贸。全年进出口增长三成。"), "line 1", load_lexicon())
    >>> entry.marker.text, entry.first, entry.rest
    ('（一）', '稳住外贸', True)
    """
    text, mark = line.text, line.heading
    bold = line.bold * 10 >= len(text) * 8 > 0  # marks and spaces around the bold are not counted
    if text[:1] in "#>" or "**" in text or "__" in text:
        if hashes := MARKDOWN_HEADING.match(text):
            mark = len(hashes.group())
        text = text.lstrip("#> ")
        bold = bold or MARKDOWN_BOLD.match(text) is not None
        text = text.replace("**", "").replace("__", "").strip()
    marker = read_marker(text, lexicon)
    if marker and marker.kind == "han" and is_enumeration(text, marker, lexicon):
        marker = None
    body = text[marker.end :] if marker else text
    end = SENTENCE.search(body)
    first = body[: end.start()] if end else body
    return Entry(
        line=line,
        locator=locator,
        text=text,
        marker=marker,
        body=body,
        first=first,
        rest=end is not None and end.end() < len(body),
        closed=is_closed(text),
        level_mark=mark,
        bold=bold,
    )


def is_closed(text: str) -> bool:
    """Whether it ends like a sentence or a clause, up to five closing marks aside."""
    return text[-6:].rstrip(CLOSING)[-1:] in TERMINALS


def is_enumeration(text: str, marker: Marker, lexicon: Lexicon) -> bool:
    """一、二产业增加值分别增长…… enumerates; 三、四季度工作安排 is a heading, and 一、一季度运行情况 too."""
    following = text[marker.end : marker.end + 1]
    after = text[marker.end + 1 : marker.end + 2]
    if following not in HAN_DIGITS or after not in lexicon.markers.enumeration.after_numeral:
        return False
    return (len(text) > LONGEST_TITLE or is_closed(text)) and HAN_DIGITS[following] > (marker.number or 0)


def has_title_shape(entry: Entry, lexicon: Lexicon) -> bool:
    """Whether an unmarked line could be a title: short, no full stop, no salutation, caption, signature or date."""
    text = entry.text
    longest = LONGEST_TITLE if entry.bold or entry.level_mark else 36
    if not 2 <= len(text) <= longest or entry.closed or entry.line.linked * 2 > len(text):
        return False
    if len(HAN.findall(text)) < 2 or text.count("，") + text.count(",") + text.count("；") > 2:
        return False
    if text[-1] == "是" or "。" in text or any(text.count(left) != text.count(right) for left, right in PAIRS):
        return False
    if text[-1] in "：:" and (INTRODUCES.search(text) or not (entry.bold or entry.level_mark)):
        return False
    if text[0] in "，。、；：）”》)…" or TABLE_TITLE.match(text):
        return False
    return compile_lines(lexicon).no_title.search(text) is None


def is_note(entry: Entry, lexicon: Lexicon) -> bool:
    """注：…, 资料来源：… with something behind the colon."""
    return compile_lines(lexicon).note.match(entry.text) is not None


def squeeze(text: str) -> str:
    """A title to compare by: no white space, no dots and page number."""
    if text[-1:] in DOTS:
        text = TRAILER.sub("", text)
    return "".join(text.split()).rstrip("：:。")
