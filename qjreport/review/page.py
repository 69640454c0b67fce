"""The review page: one HTML file in which a person checks an extraction at its place, and corrects it.

`build_review` takes whole reports, or excerpts: facts and other numbers that were drawn from a dataset, each in its
paragraph. The text is written by Jinja2, which escapes everything; what the script needs beside it is JSON in a data
block. A Content-Security-Policy in the page allows the one script and the one style sheet by their hashes and nothing
else: no request, no other script, no markup made of text (Trusted Types). Nothing of a saved page comes over but text.

Script and style are plain files beside this module (`page.css`, `script/*.js`), joined when the page is built; the
words that the page says, in English and Chinese, are in `words.toml`.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

from qjreport.model import Fact, NonFact, Report, Tool
from qjreport.review.data import Words, build_document, build_fact, build_number, build_view, find_span, name_tool
from qjreport.review.layout import Part, Span, cut_text, lay_out_report, list_ancestors
from qjreport.writers.explanation import name_column
from qjreport.writers.jsons import encode, replace_surrogates
from qjreport.writers.parquet import load_library

if TYPE_CHECKING:
    from jinja2 import Template

MANY_BLOCKS = 200  # from here on, blocks out of sight are not laid out
SCRIPTS = ("words", "values", "corrections", "report", "list", "inspector", "form", "keys", "start")
# Characters that could end a data block, or a line of a script, early.
UNSAFE = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


class Excerpt(msgspec.Struct, frozen=True, kw_only=True):
    """A fact, or a number that is none, that was drawn from a dataset, in its paragraph or what there is of it."""

    source: str
    text: str  # of the paragraph or the sentence; of a table row with tabs between its cells
    block: int  # of the report
    offset: int = 0  # where `text` begins in the block, in code points
    fact: Fact | None = None
    number: NonFact | None = None
    sha256: str | None = None
    title: str | None = None
    kind: str | None = None  # of the report
    locator: str | None = None
    path: tuple[str, ...] = ()  # section titles from the root down
    stratum: int | None = None  # index into the sample's strata


def cut_excerpt(report: Report, drawn: Fact | NonFact, stratum: int | None = None) -> Excerpt:
    """What was drawn of a report, in its paragraph; in a table, its row.

    >>> from qjreport import extract_text
    >>> report = extract_text("全年办理提案459件。")
    >>> cut_excerpt(report, report.facts[0]).text
    '全年办理提案459件。'
    """
    block = report.blocks[drawn.block]
    path = [report.sections[index].title for index in list_ancestors(report.sections, block.section)]
    start, end = 0, len(block.text)
    if block.kind == "table":  # its row is enough, with what the table says of it
        start, end = find_span(block.text, drawn.start, rows=True)
        tables = [table for table in report.tables if table.block == drawn.block]
        path += [
            words for table in tables for words in (table.caption, name_column(report, table, drawn.start)) if words
        ]
    return Excerpt(
        **build_document(report),
        text=block.text[start:end],
        offset=start,
        block=drawn.block,
        fact=drawn if isinstance(drawn, Fact) else None,
        number=drawn if isinstance(drawn, NonFact) else None,
        locator=block.locator,
        path=tuple(path),
        stratum=stratum,
    )


def build_review(items: Iterable[Report | Excerpt], sample: object = None, *, tool: Tool | None = None) -> str:
    """The page for whole reports, each on its own, or for excerpts, all on one page.

    `sample` says how excerpts were drawn, as corrections.json has it: seed, size, by, strata; a dict or a struct of
    that shape; `tool` says what made the extraction, where it is not this qjreport. Raises MissingLibraryError without
    Jinja2.

    >>> from qjreport import extract_text
    >>> page = build_review([extract_text("全年办理提案459件。")])
    >>> page.startswith("<!DOCTYPE html>"), "http://" in page
    (True, False)
    """
    items = list(items)
    reports = [item for item in items if isinstance(item, Report)]
    excerpts = [item for item in items if isinstance(item, Excerpt)]
    words = Words()
    documents: list[dict[str, Any]] = [build_document(report) for report in reports]
    views = [build_view(report, index, words) for index, report in enumerate(reports)]
    articles = [build_article(list(lay_out_report(report)), index, report) for index, report in enumerate(reports)]
    if excerpts:
        articles.append(build_article(lay_out_excerpts(excerpts), len(views), None))
        views.append(build_sample_view(excerpts, documents, words))
    data = {
        "tool": name_tool(tool, reports),
        "sample": msgspec.to_builtins(sample),
        "documents": documents,
        "views": views,
        "texts": load_texts(),
        **words.build(),
    }
    return render_page(articles, data)


def build_article(parts: list[Part], number: int, report: Report | None) -> dict[str, Any]:
    """What the template writes for a view."""
    return {
        "report": report,
        "parts": parts,
        "number": number,
        "opening": [block.text for block in report.blocks[:3]] if report else [],  # its subtitle may be one of them
        "big": len(parts) > MANY_BLOCKS,
    }


def build_sample_view(excerpts: Sequence[Excerpt], documents: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    """The data of a sample: one view; its reports are added to `documents`."""
    known: dict[tuple[str, str | None], int] = {}
    view: dict[str, Any] = {"title": "", "places": [], "sections": [], "facts": [], "numbers": []}
    for place, excerpt in enumerate(excerpts):
        key = (excerpt.source, excerpt.sha256)
        if key not in known:
            known[key] = len(documents)
            documents.append({name: getattr(excerpt, name) for name in ("source", "sha256", "title", "kind")})
        where = {"document": known[key], "section": None}
        where |= {name: getattr(excerpt, name) for name in ("block", "offset", "locator", "path")}
        view["places"].append(where)
        more = {} if excerpt.stratum is None else {"stratum": excerpt.stratum}
        if excerpt.fact is not None:
            view["facts"].append(build_fact(excerpt.fact, place, words, None, **more))
        if excerpt.number is not None:
            at = excerpt.number.start - excerpt.offset
            start, end = find_span(excerpt.text, at, rows="\t" in excerpt.text)
            sentence = excerpt.text[start:end].strip()
            view["numbers"].append(build_number(excerpt.number, place, sentence, words, **more))
    return view


def lay_out_excerpts(excerpts: Sequence[Excerpt]) -> list[Part]:
    """The parts of a sample; its facts and its numbers are counted through."""
    parts: list[Part] = []
    facts: list[Fact] = []
    numbers: list[NonFact] = []
    for place, excerpt in enumerate(excerpts):
        spans: list[Span] = []
        if excerpt.fact is not None:
            spans.append(Span(excerpt.fact.start, excerpt.fact.end, fact=len(facts)))
            facts.append(excerpt.fact)
        if excerpt.number is not None:
            spans.append(Span(excerpt.number.start, excerpt.number.end, number=len(numbers)))
            numbers.append(excerpt.number)
        pieces = cut_text(excerpt.text, excerpt.offset, spans, facts, numbers)
        parts.append(Part("block", place, kind="excerpt", pieces=pieces, caption=spell_origin(excerpt)))
    return parts


def spell_origin(excerpt: Excerpt) -> str:
    return " › ".join([excerpt.title or excerpt.source, *excerpt.path])


def render_page(articles: Sequence[dict[str, Any]], data: dict[str, Any]) -> str:
    script, style = load_script(), read_text("page.css")
    policy = POLICY.format(script=hash_text(script), style=hash_text(style))
    known = encode(data).decode("utf-8").translate(UNSAFE)
    names = {name: pair["en"] for name, pair in load_texts().items()}
    page: object = load_template().render(
        articles=articles,
        policy=policy,
        script=script,
        style=style,
        data=known,
        several=len(articles) > 1,
        t=names,
    )
    return str(replace_surrogates(page))


def hash_text(text: str) -> str:
    """A source expression of a Content-Security-Policy.

    >>> hash_text("")
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
    """
    return "sha256-" + base64.b64encode(sha256(text.encode()).digest()).decode("ascii")


def read_text(name: str) -> str:
    return files("qjreport.review").joinpath(name).read_text(encoding="utf-8")


def load_script() -> str:
    """The parts of the script, in their order, as one strict function."""
    parts = "\n".join(read_text(f"script/{name}.js") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


@lru_cache(maxsize=1)
def load_texts() -> dict[str, dict[str, str]]:
    """What the page says, by key: {"en": …, "zh": …}."""
    plain: dict[str, tuple[str, str]] = msgspec.toml.decode(read_text("words.toml"), type=dict[str, tuple[str, str]])
    return {key: {"en": english, "zh": chinese} for key, (english, chinese) in plain.items()}


@lru_cache(maxsize=1)
def load_template() -> Template:
    jinja2 = load_library("jinja2", "review")
    strict = jinja2.StrictUndefined
    environment = jinja2.Environment(autoescape=True, undefined=strict, trim_blocks=True, lstrip_blocks=True)
    template: Template = environment.from_string(read_text("page.html.j2"))
    return template
