"""Which facts a command gives out: by item, unit, kind, status, period, section and doubt, or by any column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

import click

from qjreport.commands.nearest import Choice, ask_meant
from qjreport.language import _
from qjreport.model import Fact

Command = TypeVar("Command", bound=Callable[..., Any])
KINDS = ("level", "increase", "decrease", "rank")
STATUSES = ("actual", "target")


def compile_words(ctx: click.Context, param: click.Parameter, pattern: str | None) -> re.Pattern[str] | None:
    if pattern is None:
        return None
    try:
        return re.compile(pattern)
    except re.error as error:
        raise click.BadParameter(_("{pattern!r} is no pattern: {error}.", pattern=pattern, error=error)) from error


def take_filters(command: Command) -> Command:
    """Add --item, --unit, --kind, --status, --period, --section, --doubtful and --sure."""
    for add in (
        click.option("--sure", is_flag=True, help="Only the facts that qjreport has no doubts about."),
        click.option("--doubtful", is_flag=True, help="Only facts that are worth a second look; see docs/doubts.md."),
        click.option("--section", metavar="REGEX", callback=compile_words, help="Only below a title with REGEX in it."),
        click.option("--period", metavar="PERIOD", help="Only of this time: 2024 takes its months, too."),
        click.option("--status", type=Choice(STATUSES), help="Only results, or only targets."),
        click.option("--kind", type=Choice(KINDS), multiple=True, help="Only of this kind; may be given again."),
        click.option("--unit", metavar="UNIT", multiple=True, help="Only in this unit; may be given again."),
        click.option("--item", metavar="REGEX", callback=compile_words, help="Only where REGEX is found in the item."),
    ):
        command = add(command)
    return command


class Filter:
    """What the options ask of a fact.

    >>> asked = Filter(item=re.compile("提案"), unit=("件",))
    >>> asked.fits({"item": "办复提案", "unit": "件"}), asked.fits({"item": "办复提案", "unit": "%"})
    (True, False)
    """

    def __init__(
        self,
        *,
        item: re.Pattern[str] | None = None,
        unit: tuple[str, ...] = (),
        kind: tuple[str, ...] = (),
        status: str | None = None,
        period: str | None = None,
        section: re.Pattern[str] | None = None,
        doubtful: bool = False,
        sure: bool = False,
    ) -> None:
        if doubtful and sure:
            raise click.UsageError(_("--doubtful and --sure leave nothing; give one of them."))
        self.item = item
        self.unit = unit
        self.kind = kind
        self.status = status
        self.period = period
        self.section = section
        self.doubtful = True if doubtful else False if sure else None

    def __bool__(self) -> bool:
        return any(value not in (None, ()) for value in vars(self).values())

    def keeps(self, fact: Fact) -> bool:
        return self.fits({name: getattr(fact, name) for name in READ})

    def fits(self, row: Mapping[str, Any]) -> bool:
        """Whether a row of facts has what is asked for; doubts and path as a tuple, or joined as in a table."""
        if self.item is not None and self.item.search(row["item"] or "") is None:
            return False
        if (self.unit and row["unit"] not in self.unit) or (self.kind and row["kind"] not in self.kind):
            return False
        if self.status is not None and row["status"] != self.status:
            return False
        if self.doubtful is not None and bool(row["doubts"]) != self.doubtful:
            return False
        if self.period is not None and not is_within(row["period"], self.period):
            return False
        path = row["path"] if self.section is not None else ()
        titles = path.split(" > ") if isinstance(path, str) else path or ()
        return self.section is None or any(self.section.search(title) for title in titles)


READ = ("item", "unit", "kind", "status", "period", "path", "doubts")


def is_within(period: str | None, asked: str) -> bool:
    """Whether a period is the one that is asked for, or a part of it.

    >>> [is_within(period, "2024") for period in ("2024", "2024-06", "2024-01/2024-06", "2021-2025", None)]
    [True, True, True, False, False]
    """
    return period is not None and (period == asked or all(part.startswith(f"{asked}-") for part in period.split("/")))


CONDITION = re.compile(r"\s*(?P<column>\w+)\s*(?P<sign>!=|>=|<=|=|>|<|!~|~)\s*(?P<value>.*?)\s*", re.DOTALL)
Test = Callable[[Mapping[str, Any]], bool]


def read_condition(condition: str, columns: Mapping[str, str]) -> Test:
    """A test of a row for a condition such as `unit=人`, `value>=1000`, `item~提案`, `period!=`.

    `columns` gives the type of each column; numbers are compared as numbers, all else as text. Raises BadParameter.

    >>> test = read_condition("value>=1000", {"value": "number"})
    >>> test({"value": Decimal(1200)}), test({"value": Decimal(12)}), test({"value": None})
    (True, False, False)
    """
    match = CONDITION.fullmatch(condition)
    if match is None:
        raise click.BadParameter(
            _("{condition!r} is no condition. Write COLUMN=VALUE; also != > >= < <= ~ and !~.", condition=condition)
        )
    column, sign, value = match.group("column", "sign", "value")
    if column not in columns:
        raise click.BadParameter(
            _("There is no column {column!r}.{meant}", column=column, meant=ask_meant(column, columns))
        )
    if sign in ("~", "!~"):
        pattern = compile_words(click.Context(click.Command("")), click.Argument(["x"]), value)
        assert pattern is not None
        return lambda row: (pattern.search(str(row[column] or "")) is not None) == (sign == "~")
    if columns[column] in ("number", "integer", "year") and value:
        return compare_numbers(column, sign, value)
    if sign not in ("=", "!="):
        return lambda row: row[column] is not None and compare(str(row[column]), sign, value)
    return lambda row: (str("" if row[column] is None else row[column]) == value) == (sign == "=")


def compare_numbers(column: str, sign: str, value: str) -> Test:
    try:
        asked = Decimal(value)
    except InvalidOperation:
        asked = Decimal("nan")
    if asked.is_nan():
        raise click.BadParameter(_("{value!r} is no number, and {column} holds numbers.", value=value, column=column))
    return lambda row: row[column] is not None and compare(Decimal(str(row[column])), sign, asked)


def compare(left: Any, sign: str, right: Any) -> bool:
    if sign == "=":
        return bool(left == right)
    if sign == "!=":
        return bool(left != right)
    if sign == ">":
        return bool(left > right)
    if sign == ">=":
        return bool(left >= right)
    return bool(left < right) if sign == "<" else bool(left <= right)
