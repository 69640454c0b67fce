"""The columns of the dataset's three tables, documents, facts and failures, and the rows that a report gives in them.

Rows come one by one as dicts, or as blocks, column by column.

The facts have the columns of `fact_columns` in the order of JSON, the document's id before them, the exact digits and
the signed amount, a float, after them. Parquet, SQLite, the data package and docs/batch.md take names, types and
meanings from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import compress, islice
from typing import Any

from qjreport.model import Metadata, Report
from qjreport.places.given import NOTHING, Given
from qjreport.writers.amounts import format_decimal
from qjreport.writers.fact_columns import AMOUNT, DESCRIPTIONS, PLAIN_COLUMNS, Cell, Column, read_row, sign_amount

DOCUMENT = DESCRIPTIONS["Source"] | {
    key: text for key, text in DESCRIPTIONS["Metadata"].items() if key not in ("source", "url", "found_at")
}
NON_FACTS = ("date", "ordinal", "name", "code", "structure", "vague", "unread")
ADDRESS = "Address of the input, which names it again: 2024.zip!重庆市/2015.html, crawl.warc.gz@8127 http://…"

DOCUMENTS = (
    Column("id", "文档编号", "string", "Derived from the address; facts and failures have it as `document`.", True),
    Column("source", "来源文件", "string", ADDRESS, True),
    Column("url", "网址", "string", "Where a crawler fetched the page; empty outside of crawls."),
    Column("captured", "抓取时间", "string", "When a crawler fetched the page, ISO 8601."),
    Column("sha256", "校验值", "string", DOCUMENT["sha256"], True),
    Column("bytes", "字节数", "integer", DOCUMENT["bytes"], True),
    Column("media_type", "媒体类型", "string", DOCUMENT["media_type"], True),
    Column("encoding", "编码", "string", DOCUMENT["encoding"], True),
    Column("declared_encoding", "声明编码", "string", DOCUMENT["declared_encoding"]),
    Column("replacements", "替换字符", "integer", DOCUMENT["replacements"], True),
    Column("text_sha256", "正文校验值", "string", "SHA-256 of the report's text; empty where the page has none."),
    Column("characters", "正文字数", "integer", "Characters of the report's text.", True),
    Column("title", "报告标题", "string", DOCUMENT["title"]),
    Column("subtitle", "副标题", "string", DOCUMENT["subtitle"]),
    Column("published", "发布时间", "string", DOCUMENT["published"]),
    Column("origin", "稿件来源", "string", DESCRIPTIONS["Metadata"]["source"]),
    Column("origin_url", "稿件网址", "string", DESCRIPTIONS["Metadata"]["url"]),
    Column("author", "作者", "string", DOCUMENT["author"]),
    Column("editor", "编辑", "string", DOCUMENT["editor"]),
    Column("responsible_editor", "责任编辑", "string", DOCUMENT["responsible_editor"]),
    Column("organizer", "主办", "string", DOCUMENT["organizer"]),
    Column("undertaker", "承办", "string", DOCUMENT["undertaker"]),
    Column("breadcrumb", "所在栏目", "string", "The page's place in its site, from the top down, joined by ' > '."),
    Column("document_number", "文号", "string", DOCUMENT["document_number"]),
    Column("index_number", "索引号", "string", DOCUMENT["index_number"]),
    Column("kind", "报告类型", "string", DOCUMENT["kind"]),
    Column("area", "地区", "string", DOCUMENT["area"]),
    Column("area_level", "地区级别", "string", DOCUMENT["area_level"]),
    Column("place", "行政区", "string", DOCUMENT["place"]),
    Column("place_code", "行政区划代码", "string", DOCUMENT["place_code"]),
    Column("place_level", "行政级别", "string", DOCUMENT["place_level"]),
    Column("year", "报告年份", "year", DOCUMENT["year"]),
    Column("reviews", "回顾时期", "string", DOCUMENT["reviews"]),
    Column("plans", "展望时期", "string", DOCUMENT["plans"]),
    Column("place_given", "给定行政区", "string", "What --path-pattern or --documents gave, as it is written."),
    Column("year_given", "给定年份", "year", "The report's year by --path-pattern or --documents."),
    Column("sections", "章节数", "integer", "How many sections the outline has.", True),
    Column("blocks", "段落数", "integer", "How many blocks the report has.", True),
    Column("facts", "事实数", "integer", "How many facts the report has: its rows in the facts table.", True),
    Column("numbers", "数字数", "integer", DESCRIPTIONS["Counts"]["numbers"], True),
    Column("fact_numbers", "事实中数字", "integer", DESCRIPTIONS["Counts"]["facts"], True),
    Column("dropped_numbers", "页面外壳数字", "integer", DESCRIPTIONS["Counts"]["dropped"], True),
    *(
        Column(f"{why}_numbers", f"非事实数字（{chinese}）", "integer", f"Numbers that are no fact: {why}.", True)
        for why, chinese in zip(NON_FACTS, ("日期", "序数", "名称", "代码", "结构", "概数", "未读"), strict=True)
    ),
    Column("diagnostics", "诊断", "string", "Codes of what could not be done, joined by spaces."),
    Column("duplicate_of", "重复自", "string", "Id of the earlier document that holds the same report."),
    Column(
        "similarity",
        "相似度",
        "number",
        "Share of the shorter report's text that stands in the other one too, from 0.80; 1 where both are equal. "
        "An estimate from 256 minima, give or take 0.05.",
    ),
)

FACTS = (
    Column("document", "文档编号", "string", "Id of the document that the fact is from.", True),
    *PLAIN_COLUMNS,
    Column("value_text", "数值原样", "string", "The digits of `value` exactly as JSON and CSV have them: 5.30.", True),
    Column("value_to_text", "数值上限原样", "string", "The digits of `value_to`."),
    Column("change_text", "变化量原样", "string", "The digits of `change`."),
    Column(AMOUNT.name, AMOUNT.chinese, "number", f"{AMOUNT.description} A binary float, for sums and plots.", True),
)

FAILURES = (
    Column("id", "编号", "string", "Derived from the address.", True),
    Column("source", "来源文件", "string", ADDRESS, True),
    Column("stage", "阶段", "string", "source: it could not be opened; read: it could not be read.", True),
    Column(
        "error",
        "错误",
        "string",
        "Stable word for what is wrong: skipped, no-page, empty, damaged, too-large, encrypted, unsafe-name, "
        "link-loop, link-outside, unreadable, unsupported, collision, timeout, memory, crash, ended, bug.",
        True,
    ),
    Column("message", "说明", "string", "What is wrong, for a reader.", True),
    Column("offset", "偏移", "integer", "Where in the file the damage begins, in bytes, as far as it is known."),
    Column("url", "网址", "string", "Where a crawler fetched it; empty outside of crawls."),
)

TABLES = {"documents": DOCUMENTS, "facts": FACTS, "failures": FAILURES}
KEYS = {"documents": "id", "facts": None, "failures": "id"}
TITLES = {
    "documents": "Every input that is a page, in the order of the inputs",
    "facts": "Every fact of every document",
    "failures": "Every input that gave no document, and why",
}
EXACT = ("value", "value_to", "change")  # whose digits a column named …_text has as they are


def build_document(
    document: str,
    report: Report,
    url: str | None,
    captured: str | None,
    text_sha256: str | None,
    characters: int,
    given: Given = NOTHING,
) -> tuple[str | int | None, ...]:
    """The row of documents; who it is a duplicate of is found out later."""
    source, counts = report.source, report.counts
    return (
        document,
        source.name,
        url,
        captured,
        source.sha256,
        source.bytes,
        source.media_type,
        source.encoding,
        source.declared_encoding,
        source.replacements,
        text_sha256,
        characters,
        *list_metadata(report.metadata),
        given.place,
        given.year,
        len(report.sections),
        len(report.blocks),
        len(report.facts),
        counts.numbers,
        counts.facts,
        counts.dropped,
        *(counts.non_facts.get(why, 0) for why in NON_FACTS),
        " ".join(dict.fromkeys(diagnostic.code for diagnostic in report.diagnostics)) or None,
        None,
        None,
    )


def list_metadata(metadata: Metadata) -> tuple[str | int | None, ...]:
    """The cells of a document's row from `title` to `plans`."""
    return (
        metadata.title,
        metadata.subtitle,
        metadata.published,
        metadata.source,
        metadata.url,
        metadata.author,
        metadata.editor,
        metadata.responsible_editor,
        metadata.organizer,
        metadata.undertaker,
        " > ".join(metadata.breadcrumb) or None,
        metadata.document_number,
        metadata.index_number,
        metadata.kind,
        metadata.area,
        metadata.area_level,
        metadata.place,
        metadata.place_code,
        metadata.place_level,
        metadata.year,
        metadata.reviews,
        metadata.plans,
    )


def build_facts(document: str, report: Report) -> list[tuple[Cell, ...]]:
    """A row for each fact, in the order of the page."""
    return [
        (
            document,
            *read_row(report, fact, PLAIN_COLUMNS),
            format_decimal(fact.value),
            None if fact.value_to is None else format_decimal(fact.value_to),
            None if fact.change is None else format_decimal(fact.change),
            sign_amount(fact.value, fact.change),
        )
        for fact in report.facts
    ]


# A block has some thousand rows column by column: a column is converted and written in fewer steps than its cells are.
# Equal texts of a block may be the same object, so that a writer that keeps what it made of a text finds it fast.

Block = Mapping[str, Sequence[Any]]  # the cells of each column under its name, all columns of one length
AT_ONCE = 2000  # rows of a block: Ctrl-C waits for its end


def count_rows(block: Block) -> int:
    """
    >>> count_rows({"item": ["提案", None], "unit": ["件", "%"]}), count_rows({})
    (2, 0)
    """
    return len(next(iter(block.values()), ()))


def split_block(block: Block) -> Iterator[dict[str, Any]]:
    """The rows of a block.

    >>> list(split_block({"item": ["提案", None], "unit": ["件", "%"]}))
    [{'item': '提案', 'unit': '件'}, {'item': None, 'unit': '%'}]
    """
    names = list(block)
    return (dict(zip(names, cells, strict=True)) for cells in zip(*block.values(), strict=True))


def gather_blocks(rows: Iterable[Mapping[str, Any]], names: Sequence[str]) -> Iterator[Block]:
    """The rows as blocks, with the columns of these names.

    >>> list(gather_blocks([{"item": "提案", "unit": "件"}, {"item": None, "unit": "%"}], ["item"]))
    [{'item': ['提案', None]}]
    """
    rest = iter(rows)
    while held := list(islice(rest, AT_ONCE)):
        yield {name: [row[name] for row in held] for name in names}


def pick_rows(block: Block, kept: Sequence[bool]) -> Block:
    """The rows that are kept.

    >>> pick_rows({"item": ["提案", None], "unit": ["件", "%"]}, [False, True])
    {'item': [None], 'unit': ['%']}
    """
    return block if all(kept) else {name: list(compress(cells, kept)) for name, cells in block.items()}


def restore_digits(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of facts with its numbers as the report has them, 5.30 and not 5.300000000000, and no …_text."""
    whole = dict(row)
    for name in EXACT:
        text = whole.pop(f"{name}_text")
        whole[name] = None if text is None else Decimal(text)
    if whole["value"] is not None:
        whole["amount"] = sign_amount(whole["value"], whole["change"])
    return whole


STORED = tuple(column.name for column in FACTS if column.name not in (*EXACT, AMOUNT.name))  # what digits come from


def restore_columns(block: Block) -> Block:
    """The same for a block of facts with the columns `STORED`, whose numbers become texts: their digits."""
    digits = {name: block[f"{name}_text"] for name in EXACT}
    changes = zip(digits["value"], digits["change"], strict=True)
    digits[AMOUNT.name] = [value if change is None else change for value, change in changes]
    names = (column.name for column in FACTS if column.name.removesuffix("_text") == column.name)
    return {name: digits[name] if name in digits else block[name] for name in names}


def restore_decimals(block: Block) -> Block:
    """Such a block with decimals for the digits."""
    texts = {name: block[name] for name in (*EXACT, AMOUNT.name)}
    known: dict[str | None, Decimal | None] = {text: Decimal(text) for text in set().union(*texts.values()) if text}
    return {**block, **{name: list(map(known.get, cells)) for name, cells in texts.items()}}


def spell_digits(row: Mapping[str, Any]) -> dict[str, str | None]:
    """The columns named …_text of such a row."""
    return {f"{name}_text": None if row[name] is None else format_decimal(row[name]) for name in EXACT}
