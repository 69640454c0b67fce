"""Numbers alone: Microsoft's Recognizers-Text beside qjreport, on the annotated documents of samples/gold.

    pip install recognizers-text-number 'emoji<2'
    python benchmarks/recognizers.py

Recognizers-Text reads numbers, percentages and ordinals of Chinese text; it does not say what they count, nor which of
them state an amount. So it is asked for what it does: of the numbers that the annotations hold as facts, whose value
does it give? A place with two facts (一等奖、二等奖各1件) is one number. Of what it finds, percentages go before
ordinals and those before numbers, and a longer reading before a shorter one that it overlaps.

Recognizers-Text and `find_quantities`, which is qjreport's reader of numbers, get the report's text, paragraph by
paragraph, without page chrome; the lower end of a range is enough, and a cell of a table, whose scale stands in the
head (亿元), is right as it is printed. `qjreport.extract` gets the page, and has to have ends and scale right. `others`
are numbers that a reader gives where no fact is: dates, ordinals, names and the rest. Neutral numbers do not count.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from figures import print_table  # noqa: E402

from qjreport.evaluate.__main__ import read_page  # noqa: E402
from qjreport.evaluate.align import pair_facts  # noqa: E402
from qjreport.evaluate.gold import GoldDocument, read_gold  # noqa: E402
from qjreport.evaluate.predictions import place_predictions, read_value  # noqa: E402
from qjreport.quantity import find_quantities  # noqa: E402
from qjreport.review.intervals import estimate  # noqa: E402

ROUNDED = Fraction(1, 10_000)
POWERS = {Fraction(10) ** power for power in range(13)}


class Number(NamedTuple):
    """A number that a reader gives, in a paragraph."""

    start: int
    end: int
    values: tuple[Fraction, ...]


Read = Callable[[str], list[Number]]


class Judged(NamedTuple):
    """A number of the gold, and whether its value was given."""

    in_characters: bool
    right: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "samples" / "gold")
    args = parser.parse_args()
    warnings.simplefilter("ignore")  # the recognizers' own
    documents = read_gold(args.folder)
    found = {"qjreport.extract": [judge_page(one, args.folder) for one in documents]}
    for name, read in load_readers().items():
        found[name] = [judge_document(one, read) for one in documents]
    rows = [row for name, judged in found.items() for row in list_rows(name, judged)]
    print_table(("reader", "numbers", "of them", "value right", "share", "95% interval", "others"), rows)


def load_readers() -> dict[str, Read]:
    readers: dict[str, Read] = {"qjreport.find_quantities": read_with_qjreport}
    try:
        numbers: Any = import_module("recognizers_number")
    except ImportError as error:
        print(f"recognizers: Recognizers-Text is left out: {error}", file=sys.stderr)
        return readers
    return {**readers, "Recognizers-Text": lambda text: read_with_recognizers(numbers, text)}


def read_with_qjreport(text: str) -> list[Number]:
    found = [one for one in find_quantities(text) if one.why is None]
    return [Number(one.start, one.end, list_values(one.exact or one.value, one.value_to)) for one in found]


def read_with_recognizers(numbers: Any, text: str) -> list[Number]:
    chinese = numbers.Culture.Chinese
    found: list[Number] = []
    for recognize in (numbers.recognize_percentage, numbers.recognize_ordinal, numbers.recognize_number):
        for one in sorted(recognize(text, chinese), key=lambda one: one.start - one.end):
            start, end = one.start, one.end + 1  # it counts the last character in
            value = (one.resolution or {}).get("value") or ""
            if not any(other.start < end and start < other.end for other in found):
                found.append(Number(start, end, list_values(value.rstrip("%"))))
    return found


def list_values(*values: object) -> tuple[Fraction, ...]:
    return tuple(value for one in values if (value := read_value(one)) is not None)


def list_rows(name: str, documents: Iterable[tuple[list[Judged], int]]) -> Iterator[tuple[str, ...]]:
    judged: list[Judged] = []
    others = 0
    for ours, more in documents:
        judged += ours
        others += more
    parts = {
        "all": judged,
        "in characters": [one for one in judged if one.in_characters],
        "in digits": [one for one in judged if not one.in_characters],
    }
    for part, group in parts.items():
        found = estimate((1.0, one.right) for one in group)
        if found.share is not None:
            between = f"{found.low:.1%} – {found.high:.1%}"
            row = (str(found.judged), part, str(found.right), f"{found.share:.1%}", between)
            yield (name, *row, str(others) if part == "all" else "")


def judge_page(document: GoldDocument, folder: Path) -> tuple[list[Judged], int]:
    """What the whole of qjreport makes of the page."""
    pairs = pair_facts(document, place_predictions(read_page(folder / document.document), document))
    right: dict[tuple[int, int], Judged] = {}
    for pair in pairs:
        if pair.gold is not None:
            place = pair.gold.paragraph, pair.gold.start
            before = place in right and right[place].right
            right[place] = Judged(is_in_characters(pair.gold.quote), pair.value or before)
    return list(right.values()), sum(pair.gold is None for pair in pairs)


def is_in_characters(quote: str) -> bool:
    return not any("0" <= one <= "9" for one in quote)


def judge_document(document: GoldDocument, read: Read) -> tuple[list[Judged], int]:
    judged, others = [], 0
    for number, text in enumerate(document.paragraphs):
        facts = {(one.start, one.end): one for one in document.facts if one.paragraph == number}
        neutral = [(one.start, one.end) for one in document.neutral if one.paragraph == number]
        given = read(text)
        for (start, end), fact in facts.items():
            values = [value for one in given if one.start < end and start < one.end for value in one.values]
            right = any(is_same(Fraction(fact.value), value, "\t" in text) for value in values)
            judged.append(Judged(is_in_characters(fact.quote), right))
        taken = [*facts, *neutral]
        others += sum(not any(one.start < end and start < one.end for start, end in taken) for one in given)
    return judged, others


def is_same(want: Fraction, got: Fraction, in_table: bool) -> bool:
    if want == got or abs(want - got) <= abs(want) * ROUNDED:
        return True
    return in_table and got != 0 and want / got in POWERS


if __name__ == "__main__":
    main()
