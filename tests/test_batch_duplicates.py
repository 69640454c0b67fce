"""`qjreport batch` with reports that occur twice, whole or abridged."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from archives import write
from batches import do_batch, read_files, read_table


class TestDuplicates:
    def make_text(self, seed: int, sentences: int) -> list[str]:
        random_ = random.Random(seed)
        words = "公路 校舍 水库 果园 茶山 渔港 桥梁 学堂 集市 修缮 新建 改造 扩容 移交 启用 巡查".split()  # noqa: SIM905
        return [f"{''.join(random_.sample(words, 7))}{random_.randrange(9999)}处。" for _ in range(sentences)]

    def make_report(self, lines: list[str], chrome: str) -> bytes:
        body = "".join(f"<p>{line}</p>" for line in lines)
        return f"<html><body><div>{chrome}</div><h1>云汀区工作报告</h1>{body}</body></html>".encode()

    @pytest.fixture
    def twins(self, tmp_path: Path) -> Path:
        lines = self.make_text(1, 60)
        write(tmp_path / "p/1.html", self.make_report(lines, "首页"))
        write(tmp_path / "p/2.html", self.make_report(lines, "首页"))
        write(tmp_path / "p/3.html", self.make_report(["（摘登）", *lines[5:35]], "云汀新闻网"))
        write(tmp_path / "p/4.html", self.make_report(self.make_text(2, 60), "首页"))
        return tmp_path / "p"

    def test_exact_and_abridged(self, twins: Path, tmp_path: Path) -> None:
        assert do_batch(tmp_path / "out", twins).duplicates == 2
        rows = read_table(tmp_path / "out", "documents")
        assert [row["duplicate_of"] for row in rows] == [None, rows[0]["id"], rows[0]["id"], None]
        assert str(rows[1]["similarity"]) == "1.000"
        assert 0.85 < rows[2]["similarity"] <= 1
        assert {row["document"] for row in read_table(tmp_path / "out", "facts")} == {row["id"] for row in rows}

    def test_unique(self, twins: Path, tmp_path: Path) -> None:
        outcome = do_batch(tmp_path / "out", twins, unique=True)
        assert outcome.documents == 4
        rows = read_table(tmp_path / "out", "documents")
        kept = {row["id"] for row in rows if not row["duplicate_of"]}
        assert {row["document"] for row in read_table(tmp_path / "out", "facts")} == kept
        do_batch(tmp_path / "out", twins)
        do_batch(tmp_path / "fresh", twins)
        assert read_files(tmp_path / "out") == read_files(tmp_path / "fresh")

    def test_a_removed_original_frees_its_duplicate(self, twins: Path, tmp_path: Path) -> None:
        do_batch(tmp_path / "out", twins)
        (twins / "1.html").unlink()
        assert do_batch(tmp_path / "out", twins, prune=True).duplicates == 1
        do_batch(tmp_path / "fresh", twins)
        assert read_files(tmp_path / "out") == read_files(tmp_path / "fresh")
