"""What `qjreport review` does with corrections.json: apply, score, agree. The page itself is made in `review`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from qjreport.commands.exit_codes import judge_inputs
from qjreport.commands.inputs import take_words
from qjreport.commands.nearest import Choice
from qjreport.commands.outputs import open_output, take_format
from qjreport.commands.streams import VOICE, complain, speak, write_out
from qjreport.commands.voice import settle_format, take_voice
from qjreport.language import _

if TYPE_CHECKING:
    from qjreport.lexicon import Lexicon
    from qjreport.review.agree import Comparison
    from qjreport.review.apply import Corrector
    from qjreport.review.corrections import Corrections
    from qjreport.review.score import Score

TABLES = {".csv": "csv", ".tsv": "tsv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".xlsx": "xlsx"}
FILE = click.Path(dir_okay=False, path_type=Path)
take_file = click.argument("corrections", metavar="CORRECTIONS", type=FILE)
take_language = click.option(
    "--language", type=Choice(["en", "zh"]), help="Language of the figures; by default that of the messages."
)


def load_corrections(path: Path) -> Corrections:
    from qjreport.review.corrections import CorrectionsError, read_corrections

    try:
        return read_corrections(path)
    except CorrectionsError as error:
        raise click.ClickException(str(error)) from error


@click.command("apply")
@take_file
@click.argument("target", metavar="FACTS", type=click.Path(exists=True))
@click.option("-o", "--output", metavar="FILE", required=True, help="Where the corrected facts go.")
@take_words
@take_voice
@click.pass_context
def apply(ctx: click.Context, corrections: Path, target: str, output: str, lexicon: Lexicon | None) -> None:
    """Put corrections into facts: a table (csv, tsv, xlsx), reports (json, jsonl), or the folder of a dataset.

    FILE is of the same kind as FACTS. A dataset may also become a new folder, or csv, tsv, jsonl, xlsx or sqlite as
    `qjreport export` writes them. A fact is found by its id, else by its quote and sentence. Judgements that fit
    nothing are listed on standard error, and the exit code is 1.

    \b
    Examples:
      qjreport extract samples/cppcc-report.html -o facts.csv
      qjreport review apply samples/corrections.json facts.csv -o corrected.csv
      qjreport batch samples -o facts
      qjreport review apply samples/corrections.json facts -o corrected
      qjreport review apply samples/corrections.json facts -o corrected.xlsx
    """
    from qjreport.lexicon import load_lexicon
    from qjreport.review.apply import Corrector, list_left, sum_up

    loaded = load_corrections(corrections)
    corrector = Corrector(loaded, lexicon or load_lexicon())
    check_output(corrections, Path(target), output)
    with explain_errors(output):
        if Path(target).is_dir():
            correct_dataset(target, output, corrector, corrections)
        else:
            correct_file(Path(target), output, corrector)
    done = corrector.finish()
    for line in list_left(done.left):
        complain(_("does not fit: {line}", line=line))
    speak(f"{output}: {sum_up(done)}")
    ctx.exit(judge_inputs(len(done.left)))


def check_output(corrections: Path, target: Path, output: str) -> None:
    """Raises UsageError where FILE is one of those that are read: nothing is corrected in place."""
    path = Path(output)
    if path.exists() and any(path.samefile(read) for read in (corrections, target) if read.exists()):
        raise click.UsageError(
            _("{output} is read. Write to another file, so that the facts stay as they were.", output=output)
        )


def correct_file(target: Path, output: str, corrector: Corrector) -> None:
    from qjreport.review.tables import correct_delimited, correct_json, correct_workbook

    kind = TABLES.get(target.suffix.lower())
    if kind is None:
        raise click.UsageError(_("{target}: its ending is none of {endings}", target=target, endings=" ".join(TABLES)))
    if output != "-" and TABLES.get(PurePath(output).suffix.lower()) != kind:
        raise click.UsageError(
            _(
                "{output} is not of the same kind as {target}. Give it the ending {suffix}.",
                output=output,
                target=target,
                suffix=target.suffix,
            )
        )
    if kind == "xlsx":
        if output == "-":
            raise click.UsageError(_("xlsx goes to a file: name it with -o."))
        correct_workbook(target, Path(output), corrector)
        return
    if VOICE.as_json and output == "-" and kind in ("csv", "tsv"):
        raise click.UsageError(_("These facts are {kind}, and --json is not: name a file for them with -o.", kind=kind))
    with open_output(output) as write:
        if kind in ("csv", "tsv"):
            correct_delimited(target, corrector, write, tabs=kind == "tsv")
        else:
            correct_json(target, corrector, write, lines=kind == "jsonl")


def correct_dataset(target: str, output: str, corrector: Corrector, corrections: Path) -> None:
    from qjreport.batch.dataset import CorrectedDataset, find_home, write_corrected
    from qjreport.batch.home import name_path
    from qjreport.commands.export import ENDINGS, Wanted, check_target, load_libraries, write
    from qjreport.model.digest import digest_file
    from qjreport.review.tables import Editor

    editor = Editor(corrector)
    chosen = (
        settle_format(None, ("jsonl",), "csv") if output == "-" else ENDINGS.get(PurePath(output).suffix.lower(), "")
    )
    if not chosen and PurePath(output).suffix:
        raise click.UsageError(
            _(
                "{output}: no format goes with this ending. Name a folder, or use {endings}",
                output=output,
                endings=" ".join(ENDINGS),
            )
        )
    if chosen:
        check_target(output, Path(target))
    load_libraries(chosen)
    with find_home(name_path(target)) as home:
        if not chosen:
            write_corrected(home, Path(output), editor, digest_file(corrections.read_bytes()))
            return
        write(CorrectedDataset(home, editor), Wanted(chosen, bom=output != "-"), output)


@contextmanager
def explain_errors(output: str) -> Iterator[None]:
    """What goes wrong with what is read or with FILE, for a person."""
    from qjreport.batch import BatchError
    from qjreport.commands.export import explain_errors as explain_export
    from qjreport.review.tables import TableError

    try:
        with explain_export(output):
            yield
    except (BatchError, TableError) as error:
        raise click.ClickException(str(error)) from error


@click.command("score")
@take_file
@take_format
@take_voice
@take_language
@click.option(
    "--level",
    type=click.FloatRange(0.5, 0.999),
    default=0.95,
    show_default=True,
    help="Of the intervals: 0.95 for 95 %.",
)
@click.option("--methods", is_flag=True, help="Only the paragraph for the methods section of a paper.")
def score(corrections: Path, format_: str, language: str | None, level: float, methods: bool) -> None:
    """Say by corrections how good an extraction is: how often facts are right, by field, by doubt, by kind of document.

    With a sample of a dataset (`qjreport review FOLDER --sample N`), the shares are those of the dataset, and what was
    missed of its numbers gives its recall. Closes with a paragraph for the methods section of a paper.

    \b
    Examples:
      qjreport review score samples/corrections.json
      qjreport review score samples/corrections.json --language zh --methods
      qjreport review score samples/corrections.json --format json
    """
    from qjreport.review.score import score_corrections
    from qjreport.review.statement import write_methods, write_score

    found = score_corrections(load_corrections(corrections), level=level)
    language = language or ("en" if format_ == "json" else _.language)
    if format_ == "json":
        write_json(found, methods=write_methods(found, language))
    else:
        text = write_methods(found, language) + "\n" if methods else write_score(found, language)
        write_out(text.encode("utf-8", "replace"))


@click.command("agree")
@click.argument("first", metavar="CORRECTIONS", type=FILE)
@click.argument("second", metavar="CORRECTIONS", type=FILE)
@take_format
@take_voice
@take_language
def agree(first: Path, second: Path, format_: str, language: str | None) -> None:
    """Compare what two people said of the same facts: share of agreement and Cohen's kappa, by field.

    \b
    Examples:
      qjreport review agree samples/corrections.json samples/corrections.json
    """
    from qjreport.review.agree import compare_corrections
    from qjreport.review.statement import write_comparison

    found = compare_corrections(load_corrections(first), load_corrections(second))
    if not found.both:
        raise click.ClickException(_("{first} and {second} judge nothing in common", first=first, second=second))
    if format_ == "json":
        write_json(found)
    else:
        write_out(write_comparison(found, language or _.language).encode("utf-8", "replace"))


def write_json(found: Score | Comparison, **more: str) -> None:
    import msgspec

    plain = msgspec.to_builtins(found) | more
    write_out(msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n")
