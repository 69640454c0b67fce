"""Shows how a batch goes: a bar when a person looks, a line every so often when not, JSON lines for a program."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from qjreport.commands.streams import STATUS, VOICE, clean_line, clear_status, show_status, speak
from qjreport.language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qjreport.batch.ledger import Totals

T = TypeVar("T")
EVERY = 10.0  # seconds between two lines where nobody looks
LISTED = 10_000  # inputs between two words on the listing


class Progress:
    """Counts what is done, and says nothing."""

    def __init__(self) -> None:
        self.inputs = 0
        self.known = 0  # done by an earlier run
        self.documents = self.failures = self.facts = 0
        self.begun = time.monotonic()

    def say(self, message: str) -> None:
        """A sentence for a person."""

    def list_input(self, count: int) -> None:
        """One more input was found."""

    def begin(self, inputs: int, done: Totals) -> None:
        self.inputs, self.known = inputs, done.inputs
        self.documents, self.failures, self.facts = done.documents, done.failures, done.facts
        self.begun = time.monotonic()

    def advance(self, documents: int, failures: int, facts: int) -> None:
        self.documents += documents
        self.failures += failures
        self.facts += facts

    def commit(self, shard: int, totals: Totals, seconds: float) -> None:
        """A shard is safe; which is said with -v."""
        if VOICE.verbose:
            self.say(
                _(
                    "shard {shard}: {inputs} inputs, {documents} documents, {failures} failures, {facts} facts "
                    "are safe; {seconds:.2f} s",
                    shard=shard,
                    inputs=totals.inputs,
                    documents=totals.documents,
                    failures=totals.failures,
                    facts=totals.facts,
                    seconds=seconds,
                )
            )

    def end(self) -> None:
        """The last word was said."""

    @property
    def done(self) -> int:
        return self.documents + self.failures

    @property
    def rate(self) -> float:
        """Inputs a second, of this run."""
        return (self.done - self.known) / max(1e-6, time.monotonic() - self.begun)

    @property
    def left(self) -> float:
        """Seconds until the end, as far as one can tell."""
        return (self.inputs - self.done) / self.rate if self.rate else 0.0


class Lines(Progress):
    """A line now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.spoke = time.monotonic()

    def say(self, message: str) -> None:
        speak(message)

    def list_input(self, count: int) -> None:
        if count % LISTED == 0:
            speak(_("{count} inputs found", count=count))

    def advance(self, documents: int, failures: int, facts: int) -> None:
        super().advance(documents, failures, facts)
        if time.monotonic() - self.spoke >= EVERY:
            self.spoke = time.monotonic()
            speak(
                _(
                    "{done} of {inputs} inputs: {documents} documents, {failures} failures, {facts} facts; "
                    "{rate:.1f} a second, {left} left",
                    done=self.done,
                    inputs=self.inputs,
                    documents=self.documents,
                    failures=self.failures,
                    facts=self.facts,
                    rate=self.rate,
                    left=format_time(self.left),
                )
            )


class JsonLog(Progress):
    """A line of JSON for each thing that happens."""

    def log(self, event: str, **values: object) -> None:
        from qjreport.writers.jsons import encode

        if sys.stderr is not None and not VOICE.quiet:
            print(encode({"event": event, **values}).decode(), file=sys.stderr, flush=True)

    def say(self, message: str) -> None:
        self.log("message", message=message)

    def begin(self, inputs: int, done: Totals) -> None:
        super().begin(inputs, done)
        self.log("begin", inputs=inputs, done=done.inputs)

    def commit(self, shard: int, totals: Totals, seconds: float) -> None:
        values = {name: getattr(totals, name) for name in ("inputs", "documents", "failures", "facts")}
        self.log("commit", shard=shard, seconds=round(seconds, 3), **values)


class Bar(Progress):
    """A bar that moves."""

    def __init__(self) -> None:
        super().__init__()
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self.console = Console(stderr=True, highlight=False)
        self.bar = RichProgress(
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[counts]}"),
            TimeRemainingColumn(),
            console=self.console,
            transient=True,
        )
        self.task: Any = self.bar.add_task("", total=None, counts="listing")
        self.bar.start()

    def say(self, message: str) -> None:
        self.console.print(f"qjreport: {clean_line(_.translate(message))}", markup=False, emoji=False, soft_wrap=True)

    def list_input(self, count: int) -> None:
        if count % 100 == 0:
            self.bar.update(self.task, counts=_("{count} inputs found", count=count))

    def begin(self, inputs: int, done: Totals) -> None:
        super().begin(inputs, done)
        self.bar.reset(self.task, total=inputs, completed=done.inputs, counts="")

    def advance(self, documents: int, failures: int, facts: int) -> None:
        super().advance(documents, failures, facts)
        failed = f", {_.count(self.failures, 'failures')}" if self.failures else ""
        read = f"{_.count(self.documents, 'documents')}{failed}, {_.count(self.facts, 'facts')}"
        counts = f"{read}, {self.rate:.1f}/s"
        self.bar.update(self.task, completed=self.done, counts=counts)

    def end(self) -> None:
        self.bar.stop()


@contextmanager
def show_progress(*, quiet: bool, log_json: bool) -> Iterator[Progress]:
    """The way that fits: none, JSON, a bar where standard error is a terminal, lines where it is not."""
    if quiet:
        progress: Progress = Progress()
    elif log_json:
        progress = JsonLog()
    else:
        progress = Bar() if sys.stderr is not None and sys.stderr.isatty() else Lines()
    try:
        yield progress
    finally:
        progress.end()


def format_time(seconds: float) -> str:
    """
    >>> format_time(5), format_time(75), format_time(7500)
    ('5 s', '1 min 15 s', '2 h 5 min')
    """
    whole = round(seconds)
    if whole < 60:
        return _("{seconds} s", seconds=whole)
    if whole < 3600:
        return _("{minutes} min {seconds} s", minutes=whole // 60, seconds=whole % 60)
    return _("{hours} h {minutes} min", hours=whole // 3600, minutes=whole % 3600 // 60)


def wait_for(work: Callable[[], T]) -> T:
    """What a call gives that stays for seconds in a library, where Ctrl-C is not heard.

    It runs in a thread, which ends with the process: only for work that leaves nothing half done.

    >>> wait_for(lambda: 459)
    459
    """
    done: list[T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:  # raised again where it is waited for
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(LISTEN)
    if failed:
        raise failed[0]
    return done[0]


LISTEN = 0.1  # seconds between two looks at a thread
LONG_PAGE = 2_000_000  # bytes; a page of a megabyte takes a second or a few, and people wait that long without a word


@contextmanager
def show_long_page(name: str, size: int, *, quiet: bool) -> Iterator[None]:
    """Show that a large page is being read, and for how long, where a person looks; for others nothing changes."""
    if quiet or size < LONG_PAGE or sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    clear_status()
    from rich.console import Console
    from rich.progress import Progress as Display
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Display(*columns, console=Console(stderr=True), transient=True) as display:
        display.add_task(_("{name}: {size:.0f} MB, reading", name=clean_line(name), size=size / 1e6), total=None)
        yield


MANY_PAGES = 10  # pages that take a second or two to read
BETWEEN = 0.1  # seconds between two counts, which nobody could read faster


def show_pages(done: int, total: int) -> None:
    """Show how many pages are read, where there are many of them and a person looks."""
    if total >= MANY_PAGES and time.monotonic() - STATUS.at > BETWEEN:
        show_status(_("{done:,} of {total:,} pages are read", done=done, total=total))


MANY_ROWS = 20_000  # rows that take a second or two to write


@contextmanager
def show_rows(total: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """A function that counts rows of a large export, shown by a bar where a person looks, else by a line now and then.

    Of a small one nothing is shown.
    """
    if quiet or total < MANY_ROWS or sys.stderr is None:
        yield lambda rows: None
        return
    if VOICE.as_json or not sys.stderr.isatty():
        lines = RowLines(total)
        yield lines.advance
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TimeRemainingColumn
    from rich.progress import Progress as Display

    columns = (BarColumn(bar_width=24), MofNCompleteColumn(), TimeRemainingColumn())
    with Display(*columns, console=Console(stderr=True), transient=True) as display:
        task = display.add_task("rows", total=total)
        yield lambda rows: display.advance(task, rows)


class RowLines:
    """Says every so often how many rows are written."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.spoke = time.monotonic()

    def advance(self, rows: int) -> None:
        self.done += rows
        if time.monotonic() - self.spoke >= EVERY:
            self.spoke = time.monotonic()
            speak(_("{done:,} of {total:,} rows are written", done=self.done, total=self.total))
