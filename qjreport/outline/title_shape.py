"""A line of the article judged alone: what it says of itself, and whether it has the shape of a title.

`read_entry` takes Markdown's marks off, reads the marker (marker.py), the first sentence after it, and whether more
follows; `has_title_shape` asks what needs no neighbour: length, punctuation, and the words of lines that only look like
titles (salutations, captions, speakers, dates). `states_figure` and `is_note` are asked apart, for a marked line may be
a heading all the same.

What the line turns out to be, judged by its neighbours, is written into its entry by heading.py and plain.py.
"""

from __future__ import annotations

import re
from typing import Final, Literal

import regex

from qjreport.lexicon import Lexicon
from qjreport.model import Line
from qjreport.outline.evidence import weigh_piece
from qjreport.outline.marker import HAN_DIGITS, Marker, read_marker
from qjreport.text.patterns import ByLexicon, WordTable, compile_re, compile_regex
from qjreport.text.words import join_words

Kind = Literal["paragraph", "heading", "run_in", "item", "run_in_item", "note", "table", "contents"]

DATE: Final = compile_re(
    r"[0-9０-９〇○零一二三四五六七八九]{4}年(?:[0-9一二三四五六七八九十]{1,3}月)?(?:[0-9一二三四五六七八九十]{1,3}日)?"
)

LONGEST_TITLE: Final = 45  # characters; the longest headings of work reports have 40 (…，着力…，加快…，努力…)
SHORTEST_TEXT: Final = 40  # a line of this length without a full stop is text, not a list entry


class Entry:
    """A line and what is known of it so far."""

    def __init__(self, line: Line, locator: str, text: str, marker: Marker | None, body: str) -> None:
        self.line = line
        self.locator = locator
        self.text = text  # without Markdown's marks
        self.marker = marker
        self.body = body  # text after the marker
        self.first, self.rest = split_sentence(body)  # its first sentence; whether more follows
        self.closed = is_closed(text)  # whether it ends like a sentence or a clause
        self.level_mark = 0  # 1 to 6 where HTML or Markdown says that it is a heading
        self.bold = False  # all of it
        self.kind: Kind = "paragraph"
        self.titles: list[tuple[Marker | None, str]] = []  # the headings that it holds
        self.style = ""  # of an unmarked heading: which ones are its siblings
        self.top = False  # a part that stands beside the numbered ones
        self.joined = False  # its marker stands alone on the line above
        self.fringe = False  # such a part as 名词解释, 注释, 结语
        self.led = False  # its first sentence is set bold, and the rest is not
        self.evidence: list[str] = []  # names of evidence.py's pieces

    @property
    def is_heading(self) -> bool:
        return bool(self.titles)

    def weigh(self, name: str, holds: bool = True) -> None:
        """Note a piece of evidence, where it holds."""
        if holds and name not in self.evidence:
            self.evidence.append(name)

    @property
    def weight(self) -> int:
        total = 0
        for name in self.evidence:
            total += weigh_piece(name)
        return total


class LinePatterns(WordTable):
    """Lines that are no titles, by the words of the lexicon."""

    no_title: regex.Pattern[str]  # from the first character on
    labelled: regex.Pattern[str]  # … with a colon
    speaker: regex.Pattern[str]  # … with a blank
    no_ends: tuple[str, ...]  # how captions end
    prompted: re.Pattern[str]  # inside
    met: re.Pattern[str]
    caption: re.Pattern[str]
    signature: re.Pattern[str]
    note: re.Pattern[str]
    figure: re.Pattern[str]
    figure_reach: int  # characters from where it begins to its first digit
    introducing: re.Pattern[str]
    table_title: re.Pattern[str]

    def is_no_title(self, text: str) -> bool:
        """Whether a line is none by its words: whom it greets, what a picture shows, who spoke when."""
        return (
            text.endswith(self.no_ends)
            or self.no_title.match(text) is not None
            or (("：" in text or ":" in text) and self.labelled.match(text) is not None)
            or (len(text.split()) > 1 and self.speaker.match(text) is not None)
            or self.prompted.search(text) is not None
            or (MEETS in text and self.met.search(text) is not None)
        )


def compile_lines(lexicon: Lexicon) -> LinePatterns:
    words, figures = lexicon.markers.lines, lexicon.markers.figures
    no_title = (
        rf"{join_words(words.salutation)}.{{0,20}}$|{join_words(words.caption_starts)}"
        rf"|[（(].*[）)]$|\W*$|[（(]?{DATE.pattern}[）)]?$|{join_words(words.prompts)}|<!--"
    )
    labelled = (
        rf"{join_words(words.credit_starts)}\s?[:：]|[（(]?\p{{Han}}{{0,2}}单位\s?[:：]"
        rf"|\p{{Han}}{{0,6}}{join_words(words.contacts)}\s?[:：]"
    )
    speaker = rf"\S{{0,20}}{join_words(words.office)}\s+\p{{Han}}{{1,4}}\s?\p{{Han}}{{0,3}}$"
    body = rf"\S{{2,25}}{join_words(words.signature_ends)}"
    return LinePatterns(
        no_title=compile_regex(no_title),
        labelled=compile_regex(labelled),
        speaker=compile_regex(speaker),
        no_ends=words.caption_ends,
        prompted=compile_re(rf"[，,]{join_words(words.prompts)}"),
        met=compile_re(rf"{DATE.pattern}.{{0,30}}(?:会议|大会)上?$"),
        caption=compile_re(
            rf"^{join_words(words.caption_starts)}|{join_words((*words.caption_ends, *words.picture_ends))}[）)。]*$"
        ),
        signature=compile_re(rf"^{body}(?:\s++{body}){{0,5}}$"),
        note=compile_re(rf"^[（(]?{join_words(words.note_starts)}\s?[0-9]?\s?[:：].{{2,}}"),
        figure=compile_re(rf"{join_words(figures.verbs)}\D{{0,4}}\d|\d{join_words(figures.units)}"),
        figure_reach=max(map(len, figures.verbs), default=0) + 4,
        introducing=compile_re(rf"{join_words(words.introducing)}|[，,]|{join_words(words.introducing_ends)}[：:]$"),
        table_title=compile_re(rf"^{join_words(words.table_starts)}\s*[0-9０-９一二三四五六七八九十]|^（?续表"),
    )


LINES: Final = ByLexicon(compile_lines)
MEETS: Final = "会"
MARKDOWN_BOLD: Final = compile_re(r"(?:\*\*|__)[^*_]++(?:\*\*|__)[：:]?$")
MARKDOWN_HEADING: Final = compile_re(r"^#{1,6}(?=\s)")
STOPS: Final[tuple[str, ...]] = ("。", "！", "？", "!", "?")
CLOSING: Final = "”’」』）)"


def read_entry(line: Line, locator: str, lexicon: Lexicon) -> Entry:
    """What a line says of itself.

    >>> from qjreport.lexicon import load_lexicon
    >>> entry = read_entry(Line(text="（一）稳住外贸。全年进出口增长三成。"), "line 1", load_lexicon())
    >>> entry.marker.text, entry.first, entry.rest
    ('（一）', '稳住外贸', True)
    """
    text, mark = line.text, line.heading
    bold = line.bold * 10 >= len(text) * 8 > 0  # marks and spaces around the bold are not counted
    signs = "*" in text or "_" in text
    if text[:1] in "#>" or (signs and ("**" in text or "__" in text)):
        if hashes := MARKDOWN_HEADING.match(text):
            mark = len(hashes.group())
        text = text.lstrip("#> ")
        bold = bold or (text[-1:] in "*_：:" and MARKDOWN_BOLD.match(text) is not None)
        text = text.replace("**", "").replace("__", "").strip()
    marker = read_marker(text, lexicon)
    if marker and marker.kind == "han" and is_enumeration(text, marker, lexicon):
        marker = None
    entry = Entry(line, locator, text, marker, text[marker.end :] if marker else text)
    entry.level_mark, entry.bold = mark, bold
    if entry.rest and not bold and (signs or line.bold or not entry.first):
        entry.led = is_led(line, marker, entry.first)
    return entry


def split_sentence(body: str) -> tuple[str, bool]:
    """The first sentence without its closing mark, and whether more follows."""
    at = len(body)
    for mark in STOPS:
        found = body.find(mark, 0, at)
        at = found if found >= 0 else at
    if at == len(body):
        return body, False
    rest = body[at + 1 :].lstrip(CLOSING)
    return body[:at], rest != "" and not rest.isspace()


LED: Final = compile_re(r"(?:\*\*|__)(?P<led>[^*_]{2,60})(?:\*\*|__)")
ABOUT: Final = 1  # character by which bold and sentence may differ: the 。


def is_led(line: Line, marker: Marker | None, first: str) -> bool:
    """Whether what is set bold in a paragraph is its first sentence."""
    size = (marker.end if marker else 0) + len(first)
    found = LED.match(line.text.lstrip("#> "))
    return 0 <= (len(found["led"]) if found else line.bold) - size <= ABOUT


TERMINALS: Final = frozenset("。！？!?；;，,、…")
ENDS_CLOSED: Final = frozenset(CLOSING)


def is_closed(text: str) -> bool:
    """Whether it ends like a sentence or a clause, up to five closing marks aside."""
    return text[-1:] in TERMINALS or (text[-1:] in ENDS_CLOSED and text[-6:].rstrip(CLOSING)[-1:] in TERMINALS)


def is_enumeration(text: str, marker: Marker, lexicon: Lexicon) -> bool:
    """一、二产业分别增长…… and 十七、八岁的少年…… enumerate; 三、四季度工作安排 and 一、一季度运行情况 are headings."""
    following = text[marker.end : marker.end + 1]
    after = text[marker.end + 1 : marker.end + 2]
    if following not in HAN_DIGITS or after not in lexicon.markers.enumeration.after_numeral:
        return False
    number, digit = marker.number or 0, HAN_DIGITS[following]
    return (len(text) > LONGEST_TITLE or is_closed(text)) and (digit > number or digit == number % 10 + 1)


HAN: Final = compile_regex(r"\p{Han}")
TWO_HAN: Final = compile_regex(r"\p{Han}\P{Han}*+\p{Han}")
PAIRS: Final = (("“", "”"), ("《", "》"), ("（", "）"))  # a line that leaves one open is a piece of a broken paragraph


LONGEST_ASKED: Final = 30  # of a question or a call that is set off: 水从哪里来？
LONGEST_BARE_QUESTION: Final = 16
ASKS: Final = compile_re(r"^[^“”‘’。！？!?…；;]{3,}[？?！!]$")


def asks(text: str, longest: int) -> bool:
    """Whether a line is one short question or call, nothing that somebody says."""
    return len(text) <= longest and ASKS.match(text) is not None


LONGEST_WITH_COLON: Final = 10  # of a title that nothing sets off: 政治引领：


def has_title_shape(entry: Entry, lexicon: Lexicon) -> bool:
    """Whether an unmarked line could be a title: short, no full stop, no salutation, caption, signature or date."""
    text = entry.text
    set_off = entry.bold or entry.level_mark > 0
    longest = LONGEST_TITLE if set_off else 36
    if not 2 <= len(text) <= longest or entry.line.linked * 2 > len(text):
        return False
    if entry.closed and not asks(text, LONGEST_ASKED if set_off else LONGEST_BARE_QUESTION):
        return False
    if TWO_HAN.search(text) is None or text.count("，") + text.count(",") + text.count("；") > 2:
        return False
    if text[-1] == "是" or "。" in text or any(text.count(left) != text.count(right) for left, right in PAIRS):
        return False
    if gives_value(entry):
        return False
    patterns = LINES.of(lexicon)
    if LABELLED.match(text) and patterns.is_no_title("".join(text.split())):
        return False
    if text[-1] in "：:" and (patterns.introducing.search(text) or not (set_off or len(text) <= LONGEST_WITH_COLON)):
        return False
    if text[0] in "，。、；：）”》)…" or patterns.table_title.match(text):
        return False
    return not patterns.is_no_title(text)


LABELLED: Final = compile_re(r"^\S(?:\s+\S){1,3}\s?[：:]")  # 联 系 人：
VALUE: Final = compile_re(r"^[^：:。，]{2,12}[：:]\D{0,6}\d")


def gives_value(entry: Entry) -> bool:
    """成人票价：30元, 电话：…: a line of data, where nothing sets it off."""
    return not entry.bold and not entry.level_mark and VALUE.match(entry.text) is not None


DIGIT: Final = compile_re(r"\d")  # every figure has one, and few titles have


def states_figure(text: str, lexicon: Lexicon) -> bool:
    """Whether a text says how much something is or grew, as sentences do and titles seldom.

    >>> from qjreport.lexicon import load_lexicon
    >>> states_figure("新增就业3万人", load_lexicon()), states_figure("实施2024年十大工程", load_lexicon())
    (True, False)
    """
    digit = DIGIT.search(text)
    if digit is None:
        return False
    lines = LINES.of(lexicon)
    return lines.figure.search(text, max(0, digit.start() - lines.figure_reach)) is not None


def is_note(entry: Entry, lexicon: Lexicon) -> bool:
    """Whether a line is 注：…, 资料来源：… with something after the colon."""
    return LINES.of(lexicon).note.match(entry.text) is not None


DOTS: Final = frozenset(".．·…⋯0123456789０１２３４５６７８９")  # what a trailer ends with
# The dots and page number of a table of contents; looked for once a run of dots, however long.
TRAILER: Final = compile_re(r"(?<![\s.．·…⋯])[\s.．·…⋯]{2,}\d{1,4}$|(?<![.．·…⋯])[.．·…⋯]{3,}$")


def squeeze(text: str) -> str:
    """A title to compare by: no white space, no dots and page number."""
    if text[-1:] in DOTS:
        text = TRAILER.sub("", text)
    return "".join(text.split()).rstrip("：:。")
