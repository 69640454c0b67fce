"""Facts and numbers of a dataset for the review page: the options of a sample, and what it draws, each in its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from functools import wraps
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from qjreport.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qjreport.batch.dataset import Dataset
    from qjreport.lexicon import Lexicon
    from qjreport.model import Report, Tool
    from qjreport.review.corrections import Sample
    from qjreport.review.sample import Cut, Drawn, Found
    from qjreport.sources.confined import Confined

    # A document of the dataset, and the process that unpacks archives → its page, read as the batch did.
    Reading = Callable[[Mapping[str, Any], Confined], Report]

Command = TypeVar("Command", bound=Callable[..., Any])
DRAWN_FOR = 2  # facts for which a number that is none is drawn, unless --numbers says otherwise


class Wanted(NamedTuple):
    """What is to be drawn, as the options say it."""

    size: int
    numbers: int | None
    seed: int
    by: tuple[str, ...]
    root: Path | None
    unique: bool
    sentences: bool


def split_fields(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    """The fields of --by. Raises BadParameter for one that nothing is stratified by."""
    from qjreport.review.sample import FIELDS

    names = tuple(dict.fromkeys(name.strip() for name in (value or "").split(",") if name.strip()))
    unknown = [name for name in names if name not in FIELDS]
    if unknown:
        raise click.BadParameter(
            _(
                "{unknown}: nothing is stratified by this; choose of {fields}",
                unknown=", ".join(unknown),
                fields=", ".join(FIELDS),
            )
        )
    return names


OPTIONS = (
    click.option("--sample", "size", metavar="N", type=click.IntRange(1), help="Draw N facts of a dataset."),
    click.option("--seed", type=int, default=0, show_default=True, help="Of the sample: the same draws the same."),
    click.option("--numbers", metavar="M", type=click.IntRange(0), help="Draw M numbers that are no facts; else N/2."),
    click.option(
        "--by",
        metavar="FIELDS",
        callback=split_fields,
        help="Stratify the sample, for example by fact_kind,document_kind,doubts.",
    ),
    click.option("--unique", is_flag=True, help="Draw nothing of duplicates."),
    click.option(
        "--root",
        metavar="FOLDER",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Where the batch was run that read the pages, if that was not here.",
    ),
    click.option("--sentences", is_flag=True, help="Do not read the pages: facts alone, in their sentences."),
)


def take_sample(command: Command) -> Command:
    """Add --sample and what belongs to it; the command gets a Wanted as `wanted`, None without --sample."""

    @wraps(command)
    def with_wanted(**given: Any) -> Any:
        size = given.pop("size")
        values = {name: given.pop(name) for name in ("seed", "numbers", "by", "unique", "root", "sentences")}
        ctx = click.get_current_context()
        if size is None:
            for name in values:
                if ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
                    raise click.UsageError(_("--{name} goes with --sample.", name=name))
        if values["sentences"] and values["numbers"]:
            raise click.UsageError(
                _("--sentences shows facts alone: a dataset does not say where other numbers stand.")
            )
        return command(wanted=Wanted(size=size, **values) if size is not None else None, **given)

    added: Any = with_wanted
    for add in reversed(OPTIONS):
        added = add(added)
    return added  # type: ignore[no-any-return]


class Shown(NamedTuple):
    """What the page shows: how it was drawn, what made the dataset, and each fact or number in its text."""

    sample: Sample
    tool: Tool
    items: list[Found] | list[Cut]


def draw_items(dataset: str, wanted: Wanted, lexicon: Lexicon | None) -> Shown:
    """Draw from a dataset, and find what was drawn. Raises ClickException where that cannot be done."""
    from qjreport.batch.dataset import Dataset, find_home
    from qjreport.batch.home import name_path
    from qjreport.model import Tool
    from qjreport.review.sample import (
        COUNTS,
        DOCUMENT_COLUMNS,
        FACT_COLUMNS,
        cut_sentences,
        draw_sample,
    )

    with explain_errors(), find_home(name_path(dataset)) as home:
        opened = Dataset(home, unique=wanted.unique)
        check_dataset(dataset, opened)
        numbers = 0 if wanted.sentences else wanted.numbers
        drawn = draw_sample(
            opened.read("documents", (*DOCUMENT_COLUMNS, *COUNTS)),
            opened.read("facts", FACT_COLUMNS),
            size=wanted.size,
            numbers=-(-wanted.size // DRAWN_FOR) if numbers is None else numbers,
            seed=wanted.seed,
            by=wanted.by,
        )
        if not drawn.facts:
            raise click.ClickException(_("{dataset} has no facts to draw", dataset=dataset))
        tool = Tool(version=opened.meta["version"], lexicon=opened.meta["lexicon"])
        if wanted.sentences:
            return Shown(drawn.sample, tool, list(cut_sentences(drawn, read_drawn(opened, drawn))))
        read = choose_reading(dataset, opened, wanted.root, lexicon)
        return Shown(drawn.sample, tool, read_items(drawn, read))


def check_dataset(dataset: str, opened: Dataset) -> None:
    if not opened.finished:
        raise click.ClickException(
            _("{dataset} is not finished: a sample of it would not be one of all pages", dataset=dataset)
        )
    if opened.meta.get("corrections"):
        raise click.ClickException(
            _("{dataset} was corrected by a person: draw from the dataset that it was made of", dataset=dataset)
        )


def read_drawn(opened: Dataset, drawn: Drawn) -> Iterator[dict[str, Any]]:
    """The whole rows of the facts that were drawn."""
    return (row for row in opened.read("facts") if row["id"] in drawn.facts.get(row["document"], ()))


def read_items(drawn: Drawn, read: Reading) -> list[Found]:
    """What was drawn, in its pages, which one process unpacks; how far it is, where a person looks."""
    from qjreport.commands.progress import show_pages
    from qjreport.review.sample import find_drawn
    from qjreport.sources.confined import Bounds, Confined

    numbers = count()
    with Confined(Bounds()) as unpacker:

        def read_next(document: Mapping[str, Any]) -> Report:
            show_pages(next(numbers), len(drawn.documents))
            return read(document, unpacker)

        return list(find_drawn(drawn, read_next))


def choose_reading(dataset: str, opened: Dataset, root: Path | None, lexicon: Lexicon | None) -> Reading:
    """How the pages are read: as the batch did. Raises ClickException where this qjreport reads otherwise."""
    import qjreport.version
    from qjreport.lexicon import load_lexicon
    from qjreport.review.sample import read_page

    words = lexicon or load_lexicon()
    mine = qjreport.version.__version__, words.digest
    made_by = opened.meta["version"], opened.meta["lexicon"]
    if mine != made_by:
        raise click.ClickException(
            _(
                "{dataset} was made by qjreport {version}, lexicon {lexicon}; this is {here}, lexicon "
                "{lexicon_here}, which may read the pages otherwise. Run the batch again, name the same "
                "--lexicon, or use --sentences",
                dataset=dataset,
                version=made_by[0],
                lexicon=made_by[1],
                here=mine[0],
                lexicon_here=mine[1],
            )
        )
    encoding, reader = opened.meta["reading"].split(" ")[:2]
    chosen = None if encoding == "None" else encoding
    return lambda document, unpacker: read_page(
        document, root, encoding=chosen, reader=reader, lexicon=words, unpacker=unpacker
    )


@contextmanager
def explain_errors() -> Iterator[None]:
    from qjreport.batch import BatchError
    from qjreport.review.sample import SampleError
    from qjreport.sources.errors import SourceError
    from qjreport.writers.parquet import MissingLibraryError

    try:
        yield
    except SampleError as error:
        hint = _(
            "name the folder where the batch was run with --root, or show facts in their sentences with --sentences"
        )
        raise click.ClickException(f"{error}; {hint}") from error
    except (BatchError, MissingLibraryError, SourceError) as error:
        raise click.ClickException(str(error)) from error
