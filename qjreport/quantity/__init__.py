"""Block text → quantities: number, unit, bound, range; and the numbers that are none, with their reason.

What a quantity measures, for when, and whether it was reached is the fact stage's to say.

A text has hundreds of numbers, and each is matched against many patterns: those are of `re`, a call of which costs half
of what one of `regex` does. `regex` stays where Han characters are told from others, a class that `re` compiles slowly.
"""

from __future__ import annotations

from types import NoneType
from typing import Final

from qjreport.lexicon import Lexicon, load_lexicon
from qjreport.model import Outline, Quantity
from qjreport.model.arguments import check_argument
from qjreport.quantity.reading import build_lookup
from qjreport.quantity.scan import scan_table, scan_text
from qjreport.text.numerals import CHINESE_CHARS, SIGNS
from qjreport.text.patterns import compile_re

__all__ = ["count_characters", "find_quantities", "read_quantities"]


def read_quantities(outline: Outline, lexicon: Lexicon) -> tuple[Quantity, ...]:
    """Every number of every block, in reading order; offsets are code points of the block's text.

    A quantity has a value; a number that is none has `why`. None overlap, and every run of digits is in one of them.

    >>> from qjreport.model import Block, Outline
    >>> block = Block(kind="paragraph", marker="", section=None, text="办理提案459件", locator="1")
    >>> [(q.block, q.quote, q.value) for q in read_quantities(Outline(sections=(), blocks=(block,)), load_lexicon())]
    [(0, '459件', Decimal('459'))]
    """
    lookup = build_lookup(lexicon)
    found: list[Quantity] = []
    for number, block in enumerate(outline.blocks):
        read = scan_table if block.kind == "table" else scan_text
        found += read(block.text, number, lookup)
    return tuple(found)


def find_quantities(text: str, lexicon: Lexicon | None = None) -> tuple[Quantity, ...]:
    """Every number of a text: quantities, and numbers that are none (with `why`). Raises TypeError for no str only.

    >>> [(q.quote, q.value, q.unit, q.bound) for q in find_quantities("受益群众18万余人次，满意率不低于92%")]
    [('18万余人次', Decimal('180000'), '人次', '>='), ('92%', Decimal('92'), '%', '>=')]
    """
    check_argument("text", text, str, "a str")
    check_argument("lexicon", lexicon, (Lexicon, NoneType), "what load_lexicon() gives, or None")
    return tuple(scan_text(text, 0, build_lookup(lexicon or load_lexicon())))


HAS_DIGIT: Final = compile_re(r"\d")
HAS_NUMERAL: Final = compile_re(rf"[{CHINESE_CHARS}几半{SIGNS}]")


def count_characters(text: str, lexicon: Lexicon) -> int:
    """How many numerals in characters stand as numbers in a text: those with digits in them are not counted.

    >>> count_characters("统一走访五家企业、三百名职工，新增12人", load_lexicon())
    2
    """
    if HAS_NUMERAL.search(text) is None:
        return 0
    return sum(HAS_DIGIT.search(found.quote) is None for found in scan_text(text, 0, build_lookup(lexicon)))
