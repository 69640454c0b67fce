"""extract(): the six stages in a row. The only module that knows them all."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from types import NoneType

import msgspec

import qjreport.version
from qjreport.article import find_article
from qjreport.fact import build_facts
from qjreport.lexicon import Lexicon, load_lexicon
from qjreport.model import (
    SCHEMA,
    Article,
    Block,
    Counts,
    Decoded,
    Diagnostic,
    Dropped,
    Facts,
    Metadata,
    Outline,
    Report,
    Source,
    Timeline,
    Tool,
)
from qjreport.model.arguments import check_argument
from qjreport.model.digest import digest_file
from qjreport.outline import LineReading, build_outline, build_timeline, explain_lines
from qjreport.page import decode_page, read_page
from qjreport.quantity import read_quantities
from qjreport.text.patterns import compile_re

DIGITS = compile_re(r"\d+(?:[.,，]\d+)*")


def extract(
    source: bytes | str | PathLike[str],
    *,
    name: str | None = None,
    encoding: str | None = None,
    reader: str = "lexbor",
    lexicon: Lexicon | None = None,
) -> Report:
    """Read one saved page: its bytes, or the path of a file that holds it, also packed (gzip, zstd) or as MHTML.

    `encoding` overrides what the page declares; `reader` is "lexbor" or "soup". Raises SourceError where a path gives
    no page, LookupError for an encoding or a reader that does not exist, TypeError for an argument that is something
    else. Never raises for what the page holds: bytes that are no page (a PDF, a picture) give a report without facts,
    whose diagnostic `no-page` says what they are.

    >>> report = extract("<p>全年办理提案459件。</p>".encode(), name="page.html")
    >>> [(fact.item, fact.value, fact.unit) for fact in report.facts]
    [('提案', Decimal('459'), '件')]
    """
    check_argument("source", source, (bytes, str, PathLike), "the bytes of a page, or a path (str or PathLike)")
    check_argument("encoding", encoding, (str, NoneType), "a str or None")
    check_argument("reader", reader, str, "a str")
    check_options(name, lexicon)
    if not isinstance(source, bytes):
        from qjreport.sources import read_source  # loaded only where a file is read

        given = read_source(source)
        source, name = given.data, name or given.name
    elif (refusal := explain_bytes(source)) is not None:
        decoded = Decoded(text="", media_type="application/octet-stream", encoding="binary")
        report = run_stages(source, decoded, name or "-", reader, lexicon or load_lexicon())
        return msgspec.structs.replace(report, diagnostics=(Diagnostic(code="no-page", message=refusal),))
    return run_stages(source, decode_page(source, encoding), name or "-", reader, lexicon or load_lexicon())


def explain_bytes(data: bytes) -> str | None:
    """Why the bytes are no page, where they are none."""
    from qjreport.sources.kinds import find_other

    kind = find_other(data)
    return f"is {kind[0]} and no page; {kind[1]}" if kind else None


def check_options(name: str | None, lexicon: Lexicon | None) -> None:
    check_argument("name", name, (str, NoneType), "a str or None")
    check_argument("lexicon", lexicon, (Lexicon, NoneType), "what load_lexicon() gives, or None")


def extract_text(text: str, *, name: str = "-", lexicon: Lexicon | None = None) -> Report:
    """Read a report that is already text, a paragraph a line. Raises TypeError for what is no str.

    >>> extract_text("全年办理提案459件。").facts[0].quote
    '459件'
    """
    check_argument("text", text, str, "a str; extract() reads bytes and files")
    check_options(name, lexicon)
    data = text.encode("utf-8", "surrogatepass")
    decoded = Decoded(text=text, media_type="text/plain", encoding="utf-8")
    return run_stages(data, decoded, name, "lexbor", lexicon or load_lexicon())


def extract_passage(text: str, *, name: str = "-", year: int | None = None, lexicon: Lexicon | None = None) -> Report:
    """Read a piece of a report, each line a paragraph of it: nothing is taken for chrome or for a heading.

    `year` is the one that the report looks back on, where the piece does not say.

    >>> extract_passage("占比为93%", year=2024).facts[0].period
    '2024'
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    blocks = tuple(
        Block(kind="paragraph", marker="", section=None, text=line, locator=f"line {number}") for number, line in lines
    )
    metadata, timeline = Metadata(), Timeline()
    if year is not None:
        metadata = Metadata(reviews=str(year), plans=str(year + 1))
        timeline = Timeline(review=year, plan=year + 1)
    outline = Outline(sections=(), blocks=blocks, metadata=metadata, timeline=timeline)
    data = text.encode("utf-8", "surrogatepass")
    decoded = Decoded(text=text, media_type="text/plain", encoding="utf-8")
    return finish_report(data, decoded, name, Article(lines=(), locators=()), outline, lexicon or load_lexicon())


def read_timeline(report: Report, lexicon: Lexicon | None = None) -> Timeline:
    """The timeline of a report that was read before, with the evidence that the report itself does not hold.

    >>> report = extract_text("一、2030年工作回顾\\n全县办复提案459件。\\n二、2031年工作安排\\n办复提案500件。")
    >>> [(one.rule, one.year) for one in read_timeline(report).evidence]
    [('heading.plan', 2031), ('heading.review', 2031)]
    """
    lexicon = lexicon or load_lexicon()
    dated = build_timeline(report.metadata, report.sections, report.blocks, lexicon, dropped=report.dropped)
    return dated.timeline


def read_lines(
    data: bytes, *, encoding: str | None = None, reader: str = "lexbor", lexicon: Lexicon | None = None
) -> tuple[list[LineReading], tuple[Dropped, ...]]:
    """The lines of a page: those of the report with the evidence for headings, and those that are not the report's.

    >>> lines, _ = read_lines("<p>一、稳住外贸</p><p>全年进出口增长三成，好于年初的预期。</p>".encode())
    >>> [(line.text, line.kind) for line in lines]
    [('一、稳住外贸', 'heading'), ('全年进出口增长三成，好于年初的预期。', 'paragraph')]
    """
    lexicon = lexicon or load_lexicon()
    with pause_collector():
        article = find_article(read_page(decode_page(data, encoding), reader), lexicon)
        return explain_lines(article, lexicon), article.dropped


def run_stages(data: bytes, decoded: Decoded, name: str, reader: str, lexicon: Lexicon) -> Report:
    with pause_collector():
        page = read_page(decoded, reader)
        article = find_article(page, lexicon)
        return finish_report(data, decoded, name, article, build_outline(article, lexicon), lexicon)


@contextmanager
def pause_collector() -> Iterator[None]:
    """Keep the cycle collector from walking a page's objects: there are many, and none is in a cycle.

    It costs a sixth of a page's time, and frees nothing that counting references does not.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def finish_report(
    data: bytes, decoded: Decoded, name: str, article: Article, outline: Outline, lexicon: Lexicon
) -> Report:
    found = build_facts(outline, read_quantities(outline, lexicon), lexicon)
    return Report(
        schema=SCHEMA,
        tool=Tool(version=qjreport.version.__version__, lexicon=lexicon.digest),
        source=Source(
            name=name,
            sha256=digest_file(data),
            bytes=len(data),
            media_type=decoded.media_type,
            encoding=decoded.encoding,
            declared_encoding=decoded.declared_encoding,
            replacements=decoded.replacements,
        ),
        metadata=outline.metadata,
        sections=outline.sections,
        blocks=outline.blocks,
        tables=outline.tables,
        facts=found.facts,
        counts=count_numbers(found, article.dropped),
        non_facts=found.non_facts,
        dropped=article.dropped,
        diagnostics=article.diagnostics + outline.diagnostics + found.diagnostics,
    )


def count_numbers(found: Facts, dropped: tuple[Dropped, ...]) -> Counts:
    """Account for every number on the page: each is in a fact, a non-fact or a dropped line."""
    in_facts = len({(fact.block, fact.start, fact.end) for fact in found.facts})
    why = Counter(non_fact.why for non_fact in found.non_facts)
    in_chrome = sum(len(DIGITS.findall(line.text)) for line in dropped)
    return Counts(
        numbers=in_facts + why.total() + in_chrome,
        facts=in_facts,
        non_facts=dict(sorted(why.items())),
        dropped=in_chrome,
        unread=why["unread"],
    )
