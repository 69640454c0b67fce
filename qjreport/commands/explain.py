"""`qjreport explain`: how a sentence was read, rule by rule."""

from __future__ import annotations

import click

from qjreport.commands.exit_codes import FAILED
from qjreport.commands.inputs import Reading, take_reading, take_words
from qjreport.commands.nearest import Choice
from qjreport.commands.outputs import take_format
from qjreport.commands.streams import speak, write_out
from qjreport.language import _
from qjreport.lexicon import Lexicon
from qjreport.lexicon.rules import Language
from qjreport.model import Report


@click.command()
@click.argument("page", required=False, type=click.Path())
@click.argument("numbers", metavar="[NUMBER]...", nargs=-1, type=click.IntRange(1))
@click.option("--fact", "facts", metavar="ID", multiple=True, help="Only the fact with this id; may be given again.")
@click.option("--text", metavar="TEXT", help="Read this sentence or paragraph instead of a page.")
@click.option(
    "--year",
    metavar="YEAR",
    type=click.IntRange(1900, 2100),
    help="The year that TEXT looks back on, where it does not say.",
)
@click.option("--time", is_flag=True, help="Show how the report's years and what its sections look at were decided.")
@click.option(
    "--line", metavar="TEXT", help="Show why the page's lines with TEXT in them were kept or dropped, and as what."
)
@click.option(
    "--language",
    type=Choice(["en", "zh"]),
    help="Language of the rules; by default that of the messages, in JSON English.",
)
@take_format
@take_words
@take_reading
@click.pass_context
def explain(
    ctx: click.Context,
    page: str | None,
    numbers: tuple[int, ...],
    facts: tuple[str, ...],
    text: str | None,
    year: int | None,
    time: bool,
    line: str | None,
    language: Language | None,
    format_: str,
    lexicon: Lexicon | None,
    encoding: str | None,
    reader: str,
) -> None:
    """Show how the sentences of a saved page were read: each field of a fact with the rule that gave it, and of every
    other number why it is no fact; - reads standard input. All rules are in docs/rules.md.

    NUMBER is that of a fact in the table of `qjreport extract`: only these are explained.

    With --line, show of lines of the page why each was kept or dropped, whether it is a heading, and of which level.

    \b
    Examples:
      qjreport explain --text "办复提案近200件，办复率98%以上。"
      qjreport explain --text "今年新增就业3.2万人，增长5%。" --year 2024 --language zh
      qjreport explain samples/bulletin.html
      qjreport explain samples/bulletin.html 17
      qjreport explain samples/bulletin.html --format json
      qjreport explain samples/government-report.html --time
      qjreport explain samples/bulletin.html --line "农业"
      qjreport explain samples/bulletin.html --line "点击"
    """
    if (page is None) == (text is None):
        raise click.UsageError(_("Give a page, or a text with --text."))
    if year is not None and text is None:
        raise click.UsageError(_("--year goes with --text; a page says itself which year it is about."))
    if time and (page is None or facts or numbers):
        raise click.UsageError(_("--time goes with a page, and without a fact."))
    if line is not None:
        if page is None or facts or numbers:
            raise click.UsageError(_("--line goes with a page, and without a fact."))
        write_page_lines(page, line, Reading((page,), encoding, reader, lexicon), format_)
        return
    report = read_report(page, text, year, Reading((page or "-",), encoding, reader, lexicon))
    if report is None:
        ctx.exit(FAILED)
    if time:
        write_time(report, lexicon, format_)
        return
    told: Language = language or ("en" if format_ == "json" else _.language)
    write_report(report, choose_facts(report, numbers, facts), told, format_)


def choose_facts(report: Report, numbers: tuple[int, ...], ids: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the facts that are asked for. Raises ClickException where the report has no such fact."""
    known = [fact.id for fact in report.facts]
    missing = [*(str(number) for number in numbers if number > len(known)), *sorted(set(ids) - set(known))]
    if missing:
        raise click.ClickException(
            _(
                "{name}: no fact {missing} among its {known}; `qjreport extract` lists them",
                name=report.source.name,
                missing=", ".join(missing),
                known=len(known),
            )
        )
    return tuple(dict.fromkeys([*(known[number - 1] for number in numbers), *ids]))


def write_page_lines(page: str, wanted: str, reading: Reading, format_: str) -> None:
    from qjreport.pipeline import read_lines
    from qjreport.sources import SourceError
    from qjreport.writers.explanation import write_lines, write_lines_json

    try:
        stories = read_lines(page, wanted, encoding=reading.encoding, reader=reading.reader, lexicon=reading.lexicon)
    except SourceError as error:
        raise click.ClickException(str(error)) from error
    if not stories:
        raise click.ClickException(
            _(
                "{page}: no line holds {wanted!r}; `qjreport text` and `qjreport audit` list them",
                page=page,
                wanted=wanted,
            )
        )
    if format_ == "json":
        write_out(write_lines_json(page, stories))
    else:
        write_out(write_lines(stories, _).encode("utf-8", "replace"))


def read_report(page: str | None, text: str | None, year: int | None, reading: Reading) -> Report | None:
    if text is None:
        return next(iter(reading), None)
    from qjreport.pipeline import extract_passage

    return extract_passage(text, name="text", year=year, lexicon=reading.lexicon)


def write_time(report: Report, lexicon: Lexicon | None, format_: str) -> None:
    from qjreport.pipeline import read_timeline
    from qjreport.writers.explanation import write_time_evidence, write_time_evidence_json

    timeline = read_timeline(report, lexicon)
    if format_ == "json":
        write_out(write_time_evidence_json(report, timeline))
    else:
        write_out(write_time_evidence(report, timeline, _).encode("utf-8", "replace"))


def write_report(report: Report, facts: tuple[str, ...], language: Language, format_: str) -> None:
    from qjreport.writers.explanation import find_explained, prepare_reading, write_explanation, write_explanation_json

    reading = prepare_reading(report, language)
    sentences = find_explained(report, facts)
    if not sentences:
        speak(_("{name}: there is no number in it", name=report.source.name))
    if format_ == "json":
        write_out(write_explanation_json(reading, sentences))
    else:
        write_out(write_explanation(reading, sentences).encode("utf-8", "replace"))
