"""page → article: the report's own lines, and what the page says about it."""

from __future__ import annotations

import msgspec

from qjreport.model.page import Diagnostic, Grid, Line


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What the page says about the report. None where it does not."""

    title: str | None = None
    subtitle: str | None = None
    published: str | None = None  # ISO 8601, as precise as the page: 2025-01-14 or 2025-01-14T08:38:35
    source: str | None = None
    url: str | None = None  # the address that the page says it has
    author: str | None = None
    editor: str | None = None
    responsible_editor: str | None = None
    organizer: str | None = None  # 主办
    undertaker: str | None = None  # 承办
    breadcrumb: tuple[str, ...] = ()
    document_number: str | None = None
    index_number: str | None = None
    kind: str | None = None  # 政府工作报告, 统计公报 …
    area: str | None = None
    area_level: str | None = None  # 全国, 省, 市, 县, 乡镇街道
    place: str | None = None  # the canonical name, of today, which no other place has
    place_code: str | None = None  # by GB/T 2260; 000000 for the whole country
    place_level: str | None = None  # country, province, prefecture, county
    year: int | None = None
    reviews: str | None = None  # the period that it looks back on: 2024 or 2021-2025
    plans: str | None = None  # the year that it plans; a span where it plans no single year
    found_at: dict[str, str] = msgspec.field(default_factory=dict)  # field → locator, or meta[name=…]


class Dropped(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A line that is not the report's, and why it went."""

    text: str
    reason: str
    locator: str


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """The report's own lines in order; the tables among them are lines whose `table` points into `tables`."""

    lines: tuple[Line, ...]
    locators: tuple[str, ...]  # one for each line
    tables: tuple[Grid, ...] = ()
    metadata: Metadata = Metadata()
    dropped: tuple[Dropped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
