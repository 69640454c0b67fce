"""An evaluation as a table of Markdown, which a terminal shows as well, and disagreements one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from qjreport.evaluate.align import FIELDS, Pair
from qjreport.evaluate.score import Evaluation, Group, Scored, Share
from qjreport.review.intervals import LEVEL, Estimate

NAMES = {"value": "value", "unit": "value and unit", "full": "all of these (full)"}


def show_evaluation(found: Evaluation) -> str:
    """All tables of an evaluation."""
    head = (
        f"{found.tool}: {found.documents} documents, {found.facts} facts; it gives {found.predictions}, of which "
        f"{found.spurious} are no facts ({found.outside} of them outside the report)."
    )
    parts = [head, show_fields(found), show_of_found(found)]
    if found.sure and found.doubtful:
        parts.append(show_doubts(found.sure, found.doubtful))
    parts += [show_groups("kind of document", found.kinds), show_groups("years", found.years)]
    return "\n\n".join(parts) + "\n"


def show_fields(found: Evaluation) -> str:
    rows = [(NAMES.get(name, f"… and {name}"), *show_share(one)) for name, one in found.fields.items()]
    rows.insert(-1, ("… and item, letter for letter", *show_share(found.item_exact)))
    return show_table(("right in", "precision", "recall", "F1", f"{LEVEL:.0%} interval of F1"), rows)


def show_share(one: Share) -> tuple[str, ...]:
    between = "" if one.low is None or one.high is None else f"{one.low:.3f} – {one.high:.3f}"
    return f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}", between


def show_of_found(found: Evaluation) -> str:
    rows = [(name, *show_estimate(one)) for name, one in found.of_found.items()]
    return show_table(("of facts with value and unit right", "facts", "right", f"{LEVEL:.0%} interval"), rows)


def show_estimate(one: Estimate) -> tuple[str, ...]:
    if one.share is None:
        return "0", "–", ""
    return str(one.judged), f"{one.share:.1%}", f"{one.low:.1%} – {one.high:.1%}"


def show_doubts(sure: Estimate, doubtful: Estimate) -> str:
    whole = max(1, sure.judged + doubtful.judged)
    rows = [
        (name, f"{one.judged / whole:.0%}", *show_estimate(one))
        for name, one in (("sure", sure), ("doubtful", doubtful))
    ]
    return show_table(("facts given as", "share", "facts", "right in every field", f"{LEVEL:.0%} interval"), rows)


def show_groups(title: str, groups: dict[str, Group]) -> str:
    rows = [
        (
            name,
            str(one.documents),
            str(one.facts),
            f"{one.found.f1:.3f}",
            f"{one.full.f1:.3f}",
            *show_estimate(one.full_recall)[1:],
        )
        for name, one in groups.items()
    ]
    heads = ("documents", "facts", "F1 value and unit", "F1 full", "recall full", f"{LEVEL:.0%} interval")
    return show_table((title, *heads), rows)


def show_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown whose columns are aligned."""
    lines = [tuple(heads), *(tuple(row) for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(heads))]
    shown = [f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |" for line in lines]
    return "\n".join([shown[0], f"| {' | '.join('-' * width for width in widths)} |", *shown[1:]])


def show_errors(scored: Sequence[Scored]) -> Iterator[str]:
    """Each disagreement: where, in what, both sides and the paragraph."""
    for document, pairs in scored:
        for pair in pairs:
            if not pair.full:
                where = pair.gold.paragraph if pair.gold else pair.got.paragraph if pair.got else None
                text = "" if where is None else document.paragraphs[where]
                sides = f"  gold {show_side(pair.gold)}\n  tool {show_side(pair.got)}"
                yield f"{document.name}: {name_fault(pair)}\n{sides}\n  {text}"


def name_fault(pair: Pair) -> str:
    if pair.gold is None:
        return "no fact"
    if pair.got is None:
        return "missed"
    if not pair.unit:
        return "unit" if pair.value else "value"
    return ", ".join(name for name in FIELDS if name not in pair.fields)


def show_side(one: object) -> str:
    if one is None:
        return "–"
    names = ("quote", "value", "value_to", "unit", *FIELDS)
    return "  ".join(show_value(value) for name in names if (value := getattr(one, name)) not in (None, ""))


def show_value(value: object) -> str:
    """A fraction as a decimal where it is one.

    >>> show_value(Fraction(471, 5)), show_value(Fraction(1, 3)), show_value("人次")
    ('94.2', '1/3', '人次')
    """
    if isinstance(value, Fraction):
        decimal = Decimal(value.numerator) / Decimal(value.denominator)
        return f"{decimal:f}" if Fraction(decimal) == value else str(value)
    return str(value)
