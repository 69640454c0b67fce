"""The plan of a batch and its output folder: inputs named twice, changed inputs, files that an earlier run left."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from archives import make_page, make_records, make_tar, make_zip, pack_records, write

from qjreport.sources.entry import Entry, Limits, make_loaded
from qjreport.sources.listing import list_sources

pytest.importorskip("pyarrow", reason="needs the extra archive")

from qjreport.batch.parts import drop_surplus, make_folders
from qjreport.batch.plan import SHARD_BYTES, Plan
from qjreport.writers import csv_tsv
from qjreport.writers.fact_columns import Column


def make_entries(*addresses: str) -> list[Entry]:
    return [make_loaded(address, b"<p>") for address in addresses]


def test_what_is_named_twice_is_one_input() -> None:
    plan = Plan(make_entries("a.html", "b.html", "a.html"))
    assert (plan.inputs, plan.twice, [planned.address for planned in plan]) == (2, 1, ["a.html", "b.html"])
    assert plan.holds("a.html")
    assert not plan.holds("c.html")


def test_inputs_of_one_address_are_never_dropped_unseen() -> None:
    """No two have one unless a bug gives it to them; a failure says so, also when they are listed again."""
    entries = [*make_entries("a.html", "b.html"), make_loaded("a.html", b"<h1>"), *make_entries("a.html", "c.html")]
    plan = Plan(entries)
    assert (plan.inputs, plan.twice) == (4, 1)
    matched = list(plan.match(entries))
    assert [planned.address for planned, _ in matched] == ["a.html", "b.html", "a.html#3", "c.html"]
    assert [entry.failure and entry.failure.error for _, entry in matched] == [None, None, "collision", None]


def test_shards_end_by_number_and_by_bytes() -> None:
    assert Plan(make_entries(*(f"{number}.html" for number in range(40))), size=4).shards >= 5
    large = [Entry(address=f"{number}.html", fingerprint="1", size=SHARD_BYTES) for number in range(3)]
    assert Plan(large).count_rows() == {0: 1, 1: 1, 2: 1}


def test_entries_meet_their_places() -> None:
    plan = Plan(make_entries("a.html", "b.html"))
    named_twice = make_entries("a.html", "a.html", "b.html", "a.html")
    assert [planned.row for planned, _ in plan.match(named_twice)] == [0, 1]
    assert [planned.address for planned, _ in plan.match(make_entries("a.html", "c.html"))] == ["a.html"]


def list_again(entries: Iterable[Entry]) -> list[tuple[object, ...]]:
    return [
        (entry.address, entry.fingerprint, entry.size, entry.failure, entry.url, entry.captured, entry.place)
        + ((entry.load(),) if entry.read else ())
        for entry in entries
    ]


def test_a_whole_plan_gives_its_entries_again(tmp_path: Path) -> None:
    """A file, members of a zip and records of a crawl by their places, and what is known to fail; a stream has none."""
    write(tmp_path / "sources" / "1.html", make_page(1))
    write(tmp_path / "sources" / "2.css", b"p {}")
    write(tmp_path / "sources" / "3.zip", make_zip({"a.html": make_page(2), "../b.html": make_page(3)}))
    write(tmp_path / "sources" / "4.warc.gz", pack_records(make_records([make_page(4)]), "gz"))
    sources = [str(tmp_path / "sources")]
    plan = Plan(list_sources(sources), 2)
    assert plan.whole and plan.inputs == 5
    restored = [entry for _, entry in plan.restore(range(plan.shards), Limits())]
    assert list_again(restored) == list_again(list_sources(sources))
    assert [planned for planned, _ in plan.restore({1}, Limits())] == [p for p in plan if p.shard == 1]
    write(tmp_path / "sources" / "5.tar", make_tar({"a.html": make_page(5)}))
    assert not Plan(list_sources(sources)).whole


def test_what_a_killed_run_left_is_removed(tmp_path: Path) -> None:
    make_folders(tmp_path)
    left = [tmp_path / "facts" / ".part-00001.x.part", tmp_path / ".datapackage.json.x.part"]
    parts = [tmp_path / "facts" / f"part-{number:05d}.parquet" for number in (0, 1, 2)]
    for path in (*left, *parts):
        path.write_bytes(b"")
    make_folders(tmp_path)
    drop_surplus(tmp_path, 1)
    assert [path for path in (*left, *parts) if path.exists()] == parts[:1]


def test_rows_are_written_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_tsv, "BATCH", 2)
    columns = (Column("item", "指标", "string", "", True),)
    written = list(
        csv_tsv.write_delimited(({"item": f"{n}件"} for n in range(5)), columns, tabs=False, language="zh", bom=False)
    )
    assert len(written) == 4
    assert b"".join(written).decode().split() == ["指标", "0件", "1件", "2件", "3件", "4件"]
