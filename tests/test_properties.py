"""Laws of the whole pipeline, stated in fuzz/laws.py: they hold for any page."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT, SAMPLES
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import qjreport
from fuzz import laws
from fuzz.choices import Choices
from fuzz.grammar import write_bytes, write_page, write_report, write_sound
from fuzz.tokens import ANYTHING, LABELS
from qjreport.model import Decoded, Page
from qjreport.page import decode_page, read_page
from qjreport.pipeline import extract_passage
from qjreport.writers.jsons import write_json
from qjreport.writers.schema import build_report_schema

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
WILD_TEXT = st.lists(st.sampled_from(ANYTHING) | st.text(max_size=3), max_size=50).map("".join)
CHOICES = st.binary(max_size=160).map(Choices)  # a byte is a choice: shrinking the bytes shrinks the page
REPORTS = CHOICES.map(write_report)
VALIDATOR = jsonschema.Draft202012Validator(build_report_schema())
RELAXED = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def check_laws(report: qjreport.Report, page: Page | None = None) -> None:
    laws.check_report(report)
    laws.check_csv(report)
    laws.check_csv(report, tabs=True)
    VALIDATOR.validate(json.loads(laws.check_json(report)))
    if page is not None:
        laws.check_page(page)
        laws.check_whole(report, page)


def check_bytes(data: bytes, encoding: str | None = None) -> None:
    report = qjreport.extract(data, encoding=encoding)
    check_laws(report, read_page(decode_page(data, encoding)))
    assert write_json(report, audit=True) == write_json(qjreport.extract(data, encoding=encoding), audit=True)


@pytest.mark.parametrize("reader", ["lexbor", "soup"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_laws_on_the_samples(sample: Path, reader: str) -> None:
    check_laws(qjreport.extract(sample, reader=reader))


@RELAXED
@given(PAGES)
def test_laws_on_any_page(page: str) -> None:
    check_bytes(f"<html><body>{page}</body></html>".encode("utf-8", "replace"))


@RELAXED
@given(WILD_TEXT | REPORTS)
def test_laws_on_any_text(text: str) -> None:
    """Words of reports, numerals, hedges, units and markers, among controls, bidi marks and half surrogate pairs."""
    decoded = Decoded(text=text, media_type="text/plain", encoding="utf-8")
    check_laws(qjreport.extract_text(text), read_page(decoded))
    assert qjreport.extract_text(text) == qjreport.extract_text(text)


@RELAXED
@given(WILD_TEXT | REPORTS, st.none() | st.integers(1900, 2100))
def test_laws_on_any_passage(text: str, year: int | None) -> None:
    """Nothing is dropped from a passage: its lines are the blocks."""
    report = extract_passage(text, year=year)
    check_laws(report)
    assert squeeze("".join(block.text for block in report.blocks)) == squeeze(text)
    assert report.dropped == ()


@RELAXED
@given(CHOICES.map(write_page))
def test_laws_on_broken_markup(page: str) -> None:
    check_bytes(page.encode("utf-8", "replace"))


@RELAXED
@given(CHOICES.map(write_bytes))
def test_laws_on_mixed_encodings_under_any_label(data: bytes) -> None:
    check_bytes(data)


@RELAXED
@given(CHOICES.map(write_bytes), st.sampled_from(LABELS))
def test_laws_in_any_encoding_that_is_asked_for(data: bytes, label: str) -> None:
    """Either the name is refused, or the bytes are read in that encoding."""
    try:
        check_bytes(data, label)
    except LookupError as error:
        assert str(error) == f"no encoding {label!r}: Chinese pages are utf-8, gb18030, big5 or utf-16"


@RELAXED
@example(b"\x1f\x8b\x08")  # gzip's first bytes: no page
@given(st.binary(max_size=300))
def test_laws_on_any_bytes(data: bytes) -> None:
    check_bytes(data)


@RELAXED
@given(CHOICES.map(write_sound))
def test_readers_give_the_same_facts_of_sound_markup(html: str) -> None:
    page = f"<!doctype html><html><head><title>甲</title></head><body>{html}</body></html>".encode()
    assert qjreport.extract(page) == qjreport.extract(page, reader="soup")


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
    assert laws.find_split_runs(qjreport.extract(sample)) == []


# Found by fuzzing: a rate's 0 and the unit m2 ended in the middle of a run of digits.
SPLIT_RUNS = ["发病率为35/07", "3／0830", "面积为3亿m26", "5km21", "百分之0", "零分之5", "千百分之500"]


@pytest.mark.parametrize("text", SPLIT_RUNS)
def test_no_run_of_digits_is_read_as_two_numbers(text: str) -> None:
    assert laws.find_split_runs(extract_passage(text)) == []


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
    """Each exists, is loaded when asked for, and is in the list from which an editor completes."""
    for name in qjreport.__all__:
        assert getattr(qjreport, name) is not None
        assert name in dir(qjreport)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = qjreport.no_such_name


def test_numerals_in_characters_are_counted_as_those_in_digits_are() -> None:
    """A fact, an unread one, a name and a word: the word is none; what stands in a dropped line is counted there."""
    report = extract_passage("十三部委联合发文，走访三家企业，统一规划二桥。")
    assert [(fact.quote, fact.value) for fact in report.facts] == [("三家", 3)]
    assert [(number.quote, number.why) for number in report.non_facts] == [("十三", "unread"), ("二", "name")]
    assert (report.counts.numbers, report.counts.unread) == (3, 1)
    page = "<nav><a href=/>三家企业招聘</a><a href=/>12家</a></nav><p>全年走访企业五家，新增就业六百人。</p>"
    counts = qjreport.extract(page.encode()).counts
    assert counts.numbers == counts.facts + sum(counts.non_facts.values()) + counts.dropped
