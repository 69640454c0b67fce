"""A block's text → its numbers, left to right: quantities, and the numbers that are none.

Finds the characters that a number may begin with and passes each to the reader of its sort, which says where it
stopped. Every reader looks a bounded way around, so that the whole is linear.

A data table is read cell by cell: a cell that is one number needs nothing around it, any other is read like running
text, but that numbers in characters among words are of heads.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import msgspec

from qjreport.model import Quantity, Why
from qjreport.quantity.arabic import read_digits
from qjreport.quantity.chinese import MEASURES, PLAN, RUN, RUNNING, read_chinese, read_decimal
from qjreport.quantity.fractions import OVER, is_said_doubling, read_doubling, read_vulgar
from qjreport.quantity.numeral import CHINESE, LUMP
from qjreport.quantity.ranks import read_first
from qjreport.quantity.reading import OPENING, OUT_OF, QUOTED_CHARS, SCALED, WORDS_AHEAD, Lookup, Reading
from qjreport.text.numerals import CIRCLED, SIGNS, VULGAR, read_arabic
from qjreport.text.patterns import compile_re
from qjreport.text.units import find_unit


def scan_text(text: str, block: int, lookup: Lookup, in_cell: bool = False) -> list[Quantity]:
    """Every number of the text, sorted by start, none overlapping."""
    search = lookup.anchor.search
    hit = search(text)
    if hit is None:
        return []
    reading = Reading(text, block, lookup, in_cell)
    while hit is not None:
        start, end = hit.span()
        first = text[start]
        if first.isdecimal():
            end = read_digits(reading, start, end)
        elif first in RUNNING:
            end = read_characters(reading, start)
        elif first in WORDS_AHEAD:
            end = read_word(reading, start)
        elif first in VULGAR:
            end = read_vulgar(reading, start, start)
        elif IS_CIRCLED.match(first):
            end = reading.note(start, start + 1, "ordinal", "ordinal.marker")
        else:
            end = read_quoted(reading, start)
        hit = search(text, end if end > start else start + 1)
    return reading.out


WHOLE: Final = frozenset("统唯单专同划合逐不某另每任之其")  # with 一 after it a word: 统一, 唯一


def read_characters(reading: Reading, start: int) -> int:
    """Chinese numerals: a word that only looks like one, a vague count, or a number."""
    text = reading.text
    if start:
        before = text[start - 1]
        if before == "第":
            return read_chinese(reading, start)
        if (before in AHEAD or before in reading.lookup.inner_ahead) and (ended := read_joined(reading, start, before)):
            return ended
    beside = text[start + 1 : start + 2]
    if beside in BESIDE and (ended := read_unsplit(reading, start, beside)):
        return ended
    return read_phrase(reading, start) or read_chinese(reading, start)


AHEAD: Final = WHOLE | OUT_OF | {" "}  # in front of a numeral, what `read_joined` looks at


def read_joined(reading: Reading, start: int, before: str) -> int:
    """A numeral whose sense the character before it may tell: 统一, 货比三家, 由一家增加到三家; 0 where it does not."""
    text, lookup = reading.text, reading.lookup
    if before == " ":
        run = RUN.match(text, start) if text[start - 2 : start - 1] == "第" else None
        return reading.note(start, run.end(), "ordinal", "ordinal.counted") if run else 0  # 第 二，
    if before in WHOLE and text[start] == "一":
        return start + 1
    for word, ahead in lookup.inner.get(before + text[start], ()):
        if start - ahead >= reading.done and text.startswith(word, start - ahead):
            return start - ahead + len(word)
    if before in OUT_OF and lookup.changed.match(text, start + 2):
        return read_chinese(reading, start)
    return 0


BESIDE: Final = frozenset("点點个块")


def read_unsplit(reading: Reading, start: int, beside: str) -> int:
    """What is a number though its first two characters are a word: 一点五倍, 一个多小时, 一块二; 0 for none."""
    text = reading.text
    if beside == "个":
        return read_chinese(reading, start) if text[start + 2 : start + 3] in SPLITTING else 0
    if beside == "块":
        return read_chinese(reading, start) if text[start] == "一" and LUMP.match(text, start + 2) else 0
    return read_decimal(reading, start, start + 1) or 0


SPLITTING: Final = frozenset("多半百")


def read_phrase(reading: Reading, start: int) -> int:
    """Where the phrase ends that begins here: 三农 counts nothing, 一批 is vague; 0 where none begins."""
    text = reading.text
    head = text[start : start + 2]
    phrases = reading.lookup.phrases.get(head)
    if phrases is None or (head[1:] == OVER[0] and text.startswith(OVER, start + 1)):
        return 0  # 万分之三
    for phrase, vague in phrases:
        if text.startswith(phrase, start):
            end = start + len(phrase)
            if vague:
                return reading.note(start, end, "vague", "vague.word")
            return 0 if is_cut(reading, start, end) else end
    return 0


LONGER: Final = MEASURES | {"time"}  # dimensions of measures whose names begin as words end; 六安培训 is no current


NOT_CUT: Final = frozenset("一零")


def is_cut(reading: Reading, start: int, end: int) -> bool:
    """Whether the word only begins a number and its measure: 三公 of 三公里, 十分 of 十分钟."""
    place = None if reading.text[start] in NOT_CUT else find_unit(reading.text, start + 1, reading.lookup.units)
    return place is not None and place[0] > end and place[1].dimension in LONGER


def read_word(reading: Reading, start: int) -> int:
    """翻一番, 首位, 若干: what begins with another character than a numeral."""
    text = reading.text
    if text[start] == "翻":
        return read_doubling(reading, start)
    if text.startswith(("首位", "榜首"), start):
        return read_first(reading, start)
    return read_phrase(reading, start)


# Longer quotations are sentences; the longest title of a measure in quotation marks is about as long as a heading.
QUOTED: Final = compile_re(rf"[{OPENING}\"]({QUOTED_CHARS}{{1,14}})[”’」』\"]")
TITLE: Final = compile_re(r"《([^《》\n]{1,60})》")
HAS_NUMBER: Final = compile_re(rf"[\d{CHINESE}{SIGNS}]")
IS_CIRCLED: Final = compile_re(rf"[{CIRCLED}]")


def read_quoted(reading: Reading, start: int) -> int:
    """A short quotation or a title with a number in it is a name: “885”, “一镇一事”, 《…2030年…》."""
    text = reading.text
    if text[start] == '"':
        reading.straight = not reading.straight
        if not reading.straight:
            return start + 1
    hit = (TITLE if text[start] == "《" else QUOTED).match(text, start)
    if hit is None:
        return start + 1
    reading.straight = False
    first, last = hit.span(1)
    if is_said_doubling(reading, first, last):
        return read_doubling(reading, first)
    if HAS_NUMBER.search(text, first, last) is not None:
        why: Why
        why, rule = ("date", "date.plan") if PLAN.match(text, first, last) else ("name", "name.quoted")
        reading.note(first, last, why, rule)
    return hit.end()


CELL: Final = compile_re(r"[^\t\n]++")
NUMBER: Final = compile_re(
    r"\s*+[〔【]?(?P<sign>[-－−﹣–—▼▽↓]?|[+＋▲△↑])\s?(?P<number>\d[\d,，]*+(?:\s\d{3})*(?:[.．]\d++)?)\s?(?P<percent>[%％‰])?[〕】]?\s*+"
)
DOWN: Final = "-－−﹣–—▼▽↓"


def scan_table(text: str, block: int, lookup: Lookup) -> list[Quantity]:
    """The number of each cell of a table's text, in reading order."""
    found: list[Quantity] = []
    for cell in CELL.finditer(text):
        number = NUMBER.fullmatch(cell[0])
        value = read_arabic("".join(number["number"].split())) if number else None
        if number is None or value is None:
            found += [
                msgspec.structs.replace(q, start=q.start + cell.start(), end=q.end + cell.start())
                for q in scan_cell(cell[0], block, lookup)
            ]
            continue
        mark = number.start("sign") if number["sign"] else number.start("number")
        start = cell.start() + mark
        end = cell.start() + (number.end("percent") if number["percent"] else number.end("number"))
        found.append(build_cell(text, block, start, end, value, number["sign"], number["percent"] or ""))
    return found


def scan_cell(text: str, block: int, lookup: Lookup) -> list[Quantity]:
    """The numbers of a cell: in characters, one is a figure of the table where it fills the cell (三十五家)."""
    bare = text.strip()
    if bare and bare[0] in RUNNING and bare[0] not in SCALED:
        whole = scan_text(text, block, lookup)
        if len(whole) == 1 and whole[0].value is not None and whole[0].quote == bare:
            return whole
    return scan_text(text, block, lookup, in_cell=True)


def build_cell(text: str, block: int, start: int, end: int, value: Decimal, sign: str, percent: str) -> Quantity:
    down = bool(sign) and sign in DOWN
    return Quantity(
        block=block,
        start=start,
        end=end,
        quote=text[start:end],
        value=-value if down else value,
        unit={"％": "%"}.get(percent, percent),
        unit_code={"": None, "‰": "[ppth]"}.get(percent, "%"),
        dimension="ratio" if percent else None,
        rules=("numeral.cell",),
    )
