"""Pages in traditional script: every case of the stages says the same there, in the page's own characters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from opencc import OpenCC

from qjreport import extract
from qjreport.lexicon import load_lexicon
from qjreport.model import Dropped, Fact, Line, Page, Report
from qjreport.pipeline import extract_passage, extract_text, read_timeline
from qjreport.text.script import Original, fold_page, fold_text, is_traditional, restore_dropped
from qjreport.writers.explanation import find_explained, prepare_reading, write_explanation
from tests.script_table import TABLE, write_table

HERE = Path(__file__).parent
LEXICON = load_lexicon()
CONVERT = OpenCC("s2t").convert
FIELDS = [
    *("start", "end", "value", "value_to", "unit_code", "dimension", "bound", "kind", "change", "period", "status"),
    *("exact", "rules"),
]
WORDS = ["quote", "unit", "hedge", "item", "basis", "scope", "sentence"]


def read_texts() -> list[str]:
    """The texts of all cases that are text, each once."""
    texts: dict[str, None] = {}
    for path in sorted((HERE / "cases").glob("*/*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            text = json.loads(line).get("text")
            texts |= dict.fromkeys([text] if isinstance(text, str) else text or [])
    return list(texts)


def fold(value: Any) -> Any:
    return fold_text(value, LEXICON) if isinstance(value, str) else value


def tell(fact: Fact) -> list[Any]:
    return [getattr(fact, name) for name in FIELDS] + [fold(getattr(fact, name)) for name in WORDS]


def assert_own_characters(text: str, report: Report) -> None:
    """Every quote stands where the report says, and nothing is said in simplified characters."""
    for fact in report.facts:
        assert report.blocks[fact.block].text[fact.start : fact.end] == fact.quote
        for name in WORDS:
            own = getattr(fact, name) or ""
            assert not [c for c in own if c not in text and c in fold(text)], (name, own)
    for number in report.non_facts:
        assert report.blocks[number.block].text[number.start : number.end] == number.quote


def test_table_is_what_opencc_gives() -> None:
    assert TABLE.read_text(encoding="utf-8") == write_table()
    script = LEXICON.script
    assert len(script.traditional) == len(script.simplified) == len(set(script.traditional))
    assert not set(script.traditional) & set(script.simplified)  # folding twice is folding once


@pytest.mark.parametrize("text", read_texts(), ids=lambda text: text[:16])
def test_case_says_the_same_in_traditional_script(text: str) -> None:
    given = CONVERT(text)
    assert len(given) == len(text)
    expected = extract_passage(fold(given), year=2024)
    found = extract_passage(given, year=2024)
    assert [tell(fact) for fact in found.facts] == [tell(fact) for fact in expected.facts]
    assert [(n.start, n.end, n.why) for n in found.non_facts] == [(n.start, n.end, n.why) for n in expected.non_facts]
    assert [block.text for block in found.blocks] == [line.strip() for line in given.splitlines() if line.strip()]
    assert_own_characters(given, found)


def test_folding_gives_the_case_back() -> None:
    """But for the few characters that two simplified ones share (藉, 瞭), so that the test above tests what it says."""
    texts = read_texts()
    assert sum(fold(CONVERT(text)) != text for text in texts) <= 0.01 * len(texts)


@pytest.mark.parametrize("name", sorted(path.name for path in (HERE.parent / "samples").glob("*.html")))
def test_sample_says_the_same_in_traditional_script(name: str) -> None:
    data = (HERE.parent / "samples" / name).read_bytes()
    page = CONVERT(data.decode(extract(data).source.encoding))
    given = extract(fold(page).encode(), encoding="utf-8")
    found = extract(page.encode(), encoding="utf-8")
    assert [tell(fact)[2:] for fact in found.facts] == [tell(fact)[2:] for fact in given.facts]
    assert [(fold(s.title), s.level, s.marker) for s in found.sections] == [
        (s.title, s.level, s.marker) for s in given.sections
    ]
    assert fold(found.metadata.title) == given.metadata.title and (found.metadata.title or "") in page
    assert found.metadata.kind == given.metadata.kind
    assert [fold(line.text) for line in found.dropped] == [line.text for line in given.dropped]
    assert_own_characters(page, found)


def fold_all(value: Any) -> Any:
    """Every text in what a report is made of, folded."""
    if isinstance(value, dict):
        return {name: fold_all(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [fold_all(entry) for entry in value]
    return fold(value)


def list_strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return [text for entry in value for text in list_strings(entry)]
    return [value] if isinstance(value, str) else []


WHOLE = ["metadata", "sections", "blocks", "tables", "dropped", "non_facts", "diagnostics"]
REPORTS = [*sorted((HERE.parent / "samples").glob("*.html")), HERE / "pages" / "article" / "traditional.html"]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_everything_that_a_report_holds_is_in_the_pages_own_characters(path: Path) -> None:
    """Titles, tables, metadata, dropped lines, the words of the evidence: folded they say what the folded page says."""
    data = path.read_bytes()
    page = CONVERT(data.decode(extract(data).source.encoding))
    found, given = extract(page.encode(), encoding="utf-8"), extract(fold(page).encode(), encoding="utf-8")
    timelines = [msgspec.to_builtins(read_timeline(report)) for report in (found, given)]
    assert timelines[0]["parts"] and timelines[0]["evidence"]
    for own, folded in [
        *((msgspec.to_builtins(getattr(found, name)), msgspec.to_builtins(getattr(given, name))) for name in WHOLE),
        (timelines[0], timelines[1]),
    ]:
        assert fold_all(own) == fold_all(folded)
        # The kind and the level are words of the tool's own.
        words = [text for text in list_strings(own) if text not in (found.metadata.kind, found.metadata.area_level)]
        assert not [text for text in words if fold(text) in fold(page) and not set(text) <= set(page)]


def read_reports() -> list[str]:
    """The reports of the cases of years and sections, each in lines."""
    files = sorted((HERE / "cases" / "timeline").glob("*.jsonl"))
    cases = [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    return ["\n".join(case["lines"]) for case in cases if "lines" in case]


@pytest.mark.parametrize("text", read_reports(), ids=range(len(read_reports())))
def test_the_years_of_a_report_are_told_in_its_own_characters(text: str) -> None:
    given = CONVERT(text)
    found, folded = (read_timeline(extract_text(page)) for page in (given, fold(given)))
    own = msgspec.to_builtins(found)
    assert fold_all(own) == fold_all(msgspec.to_builtins(folded))
    told = [one.text for kind in (found.evidence, found.parts, found.turns) for one in kind]
    assert [words for words in told if set(words) & set(fold(given)) - set(given)] == []


def test_a_text_that_stands_nowhere_is_joined_of_its_longest_pieces() -> None:
    original = Original("发展理发之后参与人员", "發展理髮之後參與人員", {"个": "個"})
    assert original.restore("理发") == "理髮"  # not 發, which 发 is first
    assert original.restore("参与发展") == "參與發展"
    assert original.restore("后个人") == "後個人"
    assert original.restore("理发后") == "理髮後"
    assert original.restore("发") == "發"  # the first of the two
    assert original.find("发", 2) == "髮"
    assert original.find("人员", 9) is None


def test_what_two_characters_fold_to_is_told_by_its_place() -> None:
    report = extract_passage("全年新增理髮店12家，發展中心接待3000餘人次。", year=2024)
    assert report.facts[0].item.endswith("理髮店")
    assert (report.facts[1].hedge, report.facts[1].unit) == ("餘", "人次")
    assert "發展中心" in report.facts[1].sentence


def test_a_traditional_page_is_told_from_its_chrome() -> None:
    report = extract((HERE / "pages" / "article" / "traditional.html").read_bytes())
    assert [block.text for block in report.blocks] == [
        "各位代表：",
        "現在，我受常務委員會委託，向大會報告一年來的工作，請予審議。",
        "一、上年工作回顧",
        "全年辦結代表建議312件，辦結率達到98.5%；新建村級服務站46個，受益群眾2.3萬人。",
        "投入資金1.8億元改造舊管網，惠及居民9400戶，群眾滿意率比上年提高3.2個百分點。",
        "二、今年工作安排",
        "計劃完成投資26億元，新增城鎮就業5600人，把群眾的操心事辦成暖心事。",
    ]
    metadata = report.metadata
    assert (metadata.published, metadata.source, metadata.responsible_editor) == ("2026-01-26", "雲溪日報", "田秋")
    assert (metadata.kind, metadata.year) == ("政府工作报告", 2026)
    assert [line.reason for line in report.dropped if line.text == "責任編輯：田秋"] == ["metadata"]


def test_a_simplified_page_stays_as_it_is() -> None:
    page = Page(lines=(Line(text="全年办理提案459件，题词“為人民服務”。"), Line(text="繁體")))
    assert fold_page(page, LEXICON) is page
    assert not is_traditional(["提案459件"], LEXICON)  # what both scripts have tells nothing


def test_explanation_reads_the_numbers_of_a_traditional_report() -> None:
    report = extract_passage("全年新建場館三個，引進一批專家。", year=2024)
    told = write_explanation(prepare_reading(report), find_explained(report))
    assert "場館" in told and "vague" in told


def test_a_dropped_line_is_given_back_by_its_place() -> None:
    """發布 and 發佈 fold to the same: the second is the second line of the page that says so."""
    own, read = ("發布", "9件", "發佈", "發布"), ("发布", "9件", "发布", "发布")
    pages = [tuple(Line(text=text) for text in texts) for texts in (own, read)]
    dropped = [Dropped(reason="menu", text="发布", locator=str(at)) for at in range(3)]
    assert [line.text for line in restore_dropped(dropped, *pages)] == ["發布", "發佈", "發布"]
