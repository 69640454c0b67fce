"""Laws of the whole: whatever the page, these hold."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import qjreport
from qjreport.page import decode_page, read_page
from qjreport.writers.jsons import write_json

# What pages of this kind are made of, thrown together at random.
WORDS = [
    *(
        "2024年",
        "全年",
        "提案",
        "459件",
        "增长5.3%",
        "其中",
        "分别",
        "3—5个",
        "翻一番",
        "第3位",
        "约",
        "以上",
        "万元",
        "亿",
    ),
    *("十余", "三分之一", "1/3", "-0.3", "（%）", "来源：", "电话：0000", "、", "，", "。", "：", "\n", "\t", "&nbsp;"),
    *("一、", "（一）", "1.", "◆", "●", "——", "<p>", "</p>", "<br>", "<b>", "</b>", "<a href=x>", "</a>"),
    *("<table><tr><td>", "</td><td>", "</table>"),
]
PAGES = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=40).map("".join)
RELAXED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def check_laws(report: qjreport.Report) -> None:
    for fact in report.facts:
        assert report.blocks[fact.block].text[fact.start : fact.end] == fact.quote != ""
        assert fact.sentence in report.blocks[fact.block].text
        assert fact.value.is_finite()
        if fact.value_to is not None:
            assert fact.value_to.is_finite()
        if fact.kind in ("level", "rank"):
            assert fact.change is None
    for number in report.non_facts:
        assert report.blocks[number.block].text[number.start : number.end] == number.quote != ""
    for index, section in enumerate(report.sections):
        assert section.parent is None or section.parent < index
        assert section.level == (1 if section.parent is None else report.sections[section.parent].level + 1)
        assert 0 <= section.block < len(report.blocks)
    for block in report.blocks:
        assert block.section is None or 0 <= block.section < len(report.sections)
        assert block.marker in block.text
    for table in report.tables:
        assert report.blocks[table.block].kind == "table"
    ids = [fact.id for fact in report.facts]
    assert len(set(ids)) == len(ids)
    assert {fact.part_of for fact in report.facts} - {None} <= set(ids)
    counts = report.counts
    assert counts.numbers == counts.facts + sum(counts.non_facts.values()) + counts.dropped


@pytest.mark.parametrize("reader", ["lexbor", "soup"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_laws_on_the_samples(sample: Path, reader: str) -> None:
    check_laws(qjreport.extract(sample, reader=reader))


@RELAXED
@given(PAGES)
def test_laws_on_any_page(page: str) -> None:
    check_laws(qjreport.extract(f"<html><body>{page}</body></html>".encode("utf-8", "replace")))


@RELAXED
@given(PAGES)
def test_laws_on_any_text(text: str) -> None:
    check_laws(qjreport.extract_text(text))


@RELAXED
@given(st.binary(max_size=200))
def test_laws_on_any_bytes(data: bytes) -> None:
    check_laws(qjreport.extract(data))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_kept_and_dropped_lines_are_the_page(sample: Path) -> None:
    """Every character that a reader sees is in a block, in a dropped line, or is the headline."""
    report = qjreport.extract(sample)
    seen = [line.text for line in read_page(decode_page(sample.read_bytes())).lines]
    given_back = [block.text for block in report.blocks] + [line.text for line in report.dropped]
    given_back.append(report.metadata.title or "")
    kept = "\n".join(squeeze(text) for text in given_back)
    assert [line for line in seen if squeeze(line) not in kept] == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_digit_is_accounted_for(sample: Path) -> None:
    """Each run of digits in the report is inside a fact or a non-fact."""
    report = qjreport.extract(sample)
    spans: dict[int, list[tuple[int, int]]] = {}
    for number in (*report.facts, *report.non_facts):
        spans.setdefault(number.block, []).append((number.start, number.end))
    lost = [
        block.text[max(0, run.start() - 10) : run.end() + 5]
        for index, block in enumerate(report.blocks)
        for run in re.finditer(r"\d+", block.text[len(block.marker) :])
        if not any(
            start <= run.start() + len(block.marker) and run.end() + len(block.marker) <= end
            for start, end in spans.get(index, [])
        )
    ]
    assert lost == []


def squeeze(text: str) -> str:
    return "".join(text.split())


def test_the_same_bytes_give_the_same_bytes() -> None:
    """Twice here, and in processes of their own whose hashes differ."""
    here = [[write_json(qjreport.extract(sample, name="page"), audit=True) for sample in SAMPLES] for _ in range(2)]
    assert here[0] == here[1]
    program = (
        "import sys, hashlib, qjreport\nfrom qjreport.writers.jsons import write_json\n"
        "for name in sys.argv[1:]:\n"
        "    print(hashlib.sha256(write_json(qjreport.extract(name, name='page'), audit=True)).hexdigest())"
    )
    for seed in ("0", "4711"):
        done = subprocess.run(
            [sys.executable, "-c", program, *SAMPLES],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        )
        assert done.stdout.split() == [hashlib.sha256(data).hexdigest() for data in here[0]]


def test_public_names() -> None:
    """Each is there, is loaded when asked for, and is in the list that an editor completes from."""
    for name in qjreport.__all__:
        assert getattr(qjreport, name) is not None
        assert name in dir(qjreport)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = qjreport.no_such_name
