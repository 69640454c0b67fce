"""The review page in Chromium: reading, finding, jumping, judging, keeping, saving and loading."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import qjreport
from browser.conftest import ROOT, Open, Opened
from qjreport.commands.root import root
from qjreport.model import Fact, Report
from qjreport.review.corrections import SCHEMA, Corrections, Entry, Reviewed, read_corrections, write_corrections
from qjreport.review.page import build_review, cut_excerpt
from qjreport.review.schema import build_corrections_schema

TEXT = """一、二〇三〇年工作回顾
全年办理提案459件，办复率98.5%。新建公园3个，投资2.10亿元，比上年增长5%。
二、二〇三一年工作安排
新增就业1.2万人，办理提案500件以上。
"""


@pytest.fixture(scope="module")
def short() -> Report:
    return qjreport.extract_text(TEXT, name="short.txt")


def read_entries(path: Path) -> dict[str, dict[str, Any]]:
    """The entries of a file by their quotes."""
    return {entry["quote"]: entry for entry in json.loads(path.read_text(encoding="utf-8"))["entries"]}


def test_it_opens_from_a_file_and_asks_for_nothing(open_page: Open, bulletin: Report, report: Report) -> None:
    opened = open_page(build_review([bulletin, report]))
    assert [url.partition(":")[0] for url in opened.requests] == ["file"]
    assert opened.errors == []
    assert opened.text("article h1") == bulletin.metadata.title
    assert opened.text("#shown") == f"{len(bulletin.facts)} of {len(bulletin.facts)} shown"
    opened.press("o")
    opened.press("o")
    opened.page.click("#reports li:nth-child(2) button")
    assert opened.text("article:not([hidden]) h1") == report.metadata.title
    assert opened.text("#shown") == f"{len(report.facts)} of {len(report.facts)} shown"
    assert len(opened.requests) == 1


def test_every_number_is_marked_where_it_stands(open_page: Open, bulletin: Report) -> None:
    opened = open_page(build_review([bulletin]))
    marked = opened.ask(
        """[...document.querySelectorAll('[data-f]')].flatMap(mark =>
            mark.dataset.f.split(' ').map(index => [Number(index), mark.textContent]))"""
    )
    assert sorted(marked) == [[index, fact.quote] for index, fact in enumerate(bulletin.facts)]
    others = opened.ask(
        "[...document.querySelectorAll('[data-n]')].map(one => [Number(one.dataset.n), one.textContent])"
    )
    assert sorted(others) == [[index, number.quote] for index, number in enumerate(bulletin.non_facts)]
    looks = opened.ask(
        "[...new Set([...document.querySelectorAll('mark[data-f]')].map(mark => mark.classList[1]))].sort()"
    )
    assert looks == ["change", "result"]
    dropped = opened.ask("[...document.querySelectorAll('.dropped li')].map(line => line.lastChild.textContent.trim())")
    assert sorted(dropped) == sorted(line.text for line in bulletin.dropped)


def count_shown(opened: Opened) -> int:
    return int(opened.text("#shown").split(" ")[0])


def test_filters_and_search(open_page: Open, bulletin: Report) -> None:
    opened = open_page(build_review([bulletin]))
    facts = bulletin.facts
    pick = opened.page.select_option
    pick("#by-look", "change")
    assert count_shown(opened) == sum(fact.kind in ("increase", "decrease") for fact in facts)
    opened.page.click("#clear")
    pick("#by-doubt", "any")
    assert count_shown(opened) == sum(bool(fact.doubts) for fact in facts) > 0
    pick("#by-unit", "=%")
    assert count_shown(opened) == sum(bool(fact.doubts) and fact.unit == "%" for fact in facts)
    opened.page.click("#clear")
    pick("#by-period", "=2024")
    assert count_shown(opened) == sum(fact.period == "2024" for fact in facts)
    opened.page.click("#clear")
    pick("#by-section", "1")
    assert count_shown(opened) == sum(fact.path[:1] == (bulletin.sections[1].title,) for fact in facts) > 0
    opened.page.click("#clear")
    opened.page.fill("#search", "粮食")
    assert count_shown(opened) == opened.page.locator(".row").count() > 0
    opened.page.fill("#search", ">1亿")
    assert count_shown(opened) == sum(fact.value > 10**8 for fact in facts) > 0
    opened.page.fill("#search", "no such thing")
    assert opened.page.locator("#nothing").is_visible()
    opened.page.fill("#search", "")
    pick("#by-look", "numbers")
    assert count_shown(opened) == len(bulletin.non_facts)
    pick("#by-look", "")
    pick("#sort", "doubt")
    assert opened.page.locator(".row").first.locator(".tag.doubt").count() == 1
    pick("#sort", "amount")
    assert opened.text(".row .amount").replace(" ", "") == "238.61亿元"


def test_targets_are_found_whatever_else_they_are(open_page: Open) -> None:
    """A change may be a target, too: what a fact is at a glance does not say it."""
    report = qjreport.extract(ROOT / "samples" / "government-report.html")
    targets = [fact for fact in report.facts if fact.status == "target"]
    opened = open_page(build_review([report]))
    opened.page.select_option("#by-status", "=target")
    assert count_shown(opened) == len(targets)
    opened.page.select_option("#by-look", "change")
    changes = [fact for fact in targets if fact.kind in ("increase", "decrease")]
    assert count_shown(opened) == len(changes) > 0


def test_a_click_on_either_side_finds_the_other(open_page: Open, bulletin: Report) -> None:
    opened = open_page(build_review([bulletin]))
    last = len(bulletin.facts) - 1
    opened.page.click(f'[data-f="{last}"]')
    assert opened.chosen()[1] == bulletin.facts[last].quote
    assert opened.page.locator('.row[aria-current="true"]').bounding_box()["y"] < 800
    opened.ask("document.getElementById('list').scrollTop = 0")
    opened.page.click(".row >> nth=0")
    mark = opened.page.locator("mark.on")
    assert mark.inner_text() == bulletin.facts[0].quote
    box = mark.bounding_box()
    assert 0 < box["y"] < 800
    # A fold in between opens.
    opened.page.click("article .fold >> nth=1")
    assert not opened.page.locator('section[data-s="1"] p').first.is_visible()
    index = next(index for index, fact in enumerate(bulletin.facts) if fact.path[:1] == (bulletin.sections[1].title,))
    opened.page.fill("#search", bulletin.facts[index].quote)
    opened.page.click(".row >> nth=0")
    assert opened.page.locator("mark.on").is_visible()


def test_rules_in_words(open_page: Open, short: Report) -> None:
    opened = open_page(build_review([short]))
    opened.page.hover('[data-f="0"]')
    opened.page.wait_for_selector("#inspector.peek")
    shown = opened.text("#inspector")
    for words in ("提案", "459", "The noun phrase in front of the number", "exact", "2030", "result"):
        assert words in shown
    opened.page.hover(".n >> nth=1")
    opened.page.wait_for_selector('#inspector .tag:text-is("a date")')
    opened.press("j")
    assert not opened.page.locator("#inspector.peek").count()


def test_keys_judge_and_undo(open_page: Open, short: Report, tmp_path: Path) -> None:
    opened = open_page(build_review([short]))
    opened.press("ja")  # 459件
    assert opened.chosen()[1] == "98.5%"
    opened.press("x")
    opened.press("61a")  # of 3个 the period is wrong, and the item; and after all it is right
    assert opened.text("#progress-text").startswith("3 of 7 checked")
    opened.press("u")
    assert opened.text("#progress-text").startswith("3 of 7 checked")
    opened.press("kkjj")
    entries = read_entries(opened.save(tmp_path))
    assert {quote: entry["verdict"] for quote, entry in entries.items()} == {
        "459件": "right",
        "98.5%": "wrong",
        "3个": "wrong",
    }
    assert entries["3个"]["wrong_fields"] == ["item", "period"]
    assert entries["459件"]["was"]["value"] == 459
    assert entries["459件"]["fact"] == short.facts[0].id
    opened.press("uuuu")
    assert opened.text("#progress-text").startswith("0 of 7 checked")
    opened.press("u")
    assert opened.text("#notice") == "nothing to undo"


def test_next_doubtful(open_page: Open, bulletin: Report) -> None:
    doubtful = [fact.quote for fact in bulletin.facts if fact.doubts]
    opened = open_page(build_review([bulletin]))
    seen = []
    for _ in doubtful:
        opened.press("n")
        seen.append(opened.chosen()[1])
        opened.press("a")
    assert sorted(seen) == sorted(doubtful)
    opened.press("n")
    assert opened.text("#notice") == "No doubtful fact is left."


def test_edit_in_place(open_page: Open, short: Report, tmp_path: Path) -> None:
    opened = open_page(build_review([short]))
    opened.page.click('mark:text-is("2.10亿元")')
    opened.press("e")
    opened.page.fill("#edit-item", "公园投资")
    opened.page.fill("#edit-value", "21,000.50万")
    opened.page.keyboard.press("Enter")
    opened.page.click('mark:text-is("5%")')
    opened.press("e")
    opened.page.fill("#edit-value", "many")
    opened.page.keyboard.press("Enter")
    assert opened.text("#form-error").startswith("A number is needed")
    opened.page.fill("#edit-value", "6")
    opened.page.select_option("#edit-kind", "decrease")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("mark.is-edited").count() == 2
    path = opened.save(tmp_path)
    entries = read_entries(path)
    assert entries["2.10亿元"]["fields"] == {"item": "公园投资", "value": 210005000}
    assert entries["5%"]["fields"] == {"value": 6, "kind": "decrease", "change": -6}
    assert '"value": 210005000' in path.read_text(encoding="utf-8")
    opened.press("e")
    opened.page.keyboard.press("Escape")
    assert not opened.page.locator("form.edit").count()


def test_add_what_was_missed(open_page: Open, short: Report, tmp_path: Path) -> None:
    opened = open_page(build_review([short]))
    opened.ask(
        """(() => { const text = document.querySelector('[data-b="1"]').firstChild;
            getSelection().setBaseAndExtent(text, 0, text, 4) })()"""
    )
    opened.page.click("#add")
    opened.page.fill("#edit-item", "办理")
    opened.page.fill("#edit-value", "1")
    opened.page.keyboard.press("Enter")
    # By keyboard alone: in the paragraph of the chosen fact.
    opened.press("jm")
    opened.page.fill("#edit-quote", "三〇年")
    opened.page.fill("#edit-item", "年")
    opened.page.fill("#edit-value", "1")
    opened.page.keyboard.press("Enter")
    assert opened.text("#form-error") == "These words are not in the paragraph."
    opened.page.fill("#edit-quote", "比上年")
    opened.page.keyboard.press("Enter")
    # A number that was taken for none.
    opened.page.click(".n >> nth=1")
    opened.press("x")
    opened.page.fill("#edit-item", "年")
    opened.page.fill("#edit-value", "1")
    opened.page.keyboard.press("Enter")
    assert "3 added" in opened.text("#progress-text")
    entries = json.loads(opened.save(tmp_path).read_text(encoding="utf-8"))["entries"]
    added = [entry for entry in entries if entry["verdict"] == "missed"]
    assert sorted((entry["of"], entry["quote"]) for entry in added) == [
        ("non_fact", short.non_facts[1].quote),
        ("selection", "全年办理"),
        ("selection", "比上年"),
    ]
    for entry in added:
        assert short.blocks[entry["block"]].text[entry["start"] : entry["end"]] == entry["quote"]
        assert entry["sentence"] in short.blocks[entry["block"]].text
    opened.press("uuu")
    assert opened.text("#progress-text").startswith("0 of 7 checked")


def test_add_in_a_table_whose_cells_are_merged(open_page: Open, bulletin: Report, tmp_path: Path) -> None:
    opened = open_page(build_review([bulletin]))
    table = bulletin.tables[-1].block
    index = next(index for index, fact in enumerate(bulletin.facts) if fact.block == table)
    opened.page.click(f'[data-f="{index}"]')
    opened.press("m")
    opened.page.fill("#edit-quote", "非金属矿物制品业")
    opened.page.fill("#edit-item", "行业")
    opened.page.fill("#edit-value", "1")
    opened.page.keyboard.press("Enter")
    (entry,) = json.loads(opened.save(tmp_path).read_text("utf-8"))["entries"]
    text = bulletin.blocks[table].text
    assert (entry["block"], text[entry["start"] : entry["end"]]) == (table, "非金属矿物制品业")
    assert entry["sentence"] == "非金属矿物制品业\t8.85\t-4.7"


def test_nothing_is_lost_when_it_is_closed(open_page: Open, short: Report) -> None:
    html = build_review([short])
    opened = open_page(html)
    opened.press("jax")
    opened.press("m")
    opened.page.fill("#edit-quote", "新建")
    opened.page.fill("#edit-item", "公园")
    opened.page.fill("#edit-value", "3")
    opened.page.keyboard.press("Enter")
    before = opened.text("#progress-text")
    opened.page.close()
    again = open_page(html, context=opened.page.context)
    assert again.text("#progress-text") == before
    assert again.page.locator(".row.is-right").count() == again.page.locator(".row.is-wrong").count() == 1
    assert again.page.locator(".row.added").count() == 1
    other = open_page(html, context=opened.page.context)
    again.press("jja")
    other.page.wait_for_selector(".row.is-right >> nth=1")


def change_fact(fact: Fact, **fields: Any) -> Fact:
    return msgspec.structs.replace(fact, **fields)


def test_load_against_a_changed_extraction(open_page: Open, short: Report, tmp_path: Path) -> None:
    opened = open_page(build_review([short]))
    opened.press("jaaaaa")  # five are right
    opened.press("x")  # 1.2万人 or so is wrong
    opened.press("e")
    opened.page.fill("#edit-item", "已办提案")
    opened.page.keyboard.press("Enter")
    path = opened.save(tmp_path)
    assert len(read_entries(path)) == len(short.facts) == 7

    first, second, third, fourth, fifth, sixth, seventh = short.facts
    blocks = list(short.blocks)
    changed = msgspec.structs.replace(
        short,
        blocks=tuple(blocks),
        facts=(
            change_fact(first, id="00000000000a"),  # another id at the same place
            change_fact(second, value=Decimal("98.50")),  # the same number
            change_fact(third, period="2029"),  # read differently
            fourth,
            change_fact(fifth, id="00000000000b", quote="5", end=fifth.end - 1),  # cut otherwise: it does not fit
            sixth,
            change_fact(seventh, item="已办提案"),  # read as it was corrected
        ),
    )
    other = open_page(build_review([changed]), name="other.html")
    other.load(path)
    assert other.text("#notice") == "5 judgements taken up, 2 do not fit"
    listed = other.text("#unfit-dialog")
    assert "is read differently now: Period 2030 → 2029" in listed
    assert "is not found any more" in listed and "5%" in listed
    assert other.page.locator("#unfit-dialog li").count() == 2
    other.page.click("#unfit-dialog .close")
    saved = read_entries(other.save(tmp_path))
    assert saved["459件"]["fact"] == "00000000000a"
    assert saved["500件以上"]["verdict"] == "right"
    assert saved["3个"]["was"]["period"] == "2030"  # kept, until somebody judges again
    other.page.click("#unfit-button")
    other.page.click("#unfit-dialog li button >> nth=0")
    assert other.chosen()[1] == "3个"
    other.press("a")
    assert other.text("#unfit-button") == "1 do not fit"
    other.press("uu")  # loading is one step
    assert other.text("#progress-text").startswith("0 of 7")
    assert not other.page.locator("mark.is-right").count()

    for bad in ("no json", "{}", path.read_text("utf-8").replace("corrections/1", "corrections/9")):
        wrong = tmp_path / "wrong.json"
        wrong.write_text(bad, encoding="utf-8")
        other.load(wrong)
        assert other.text("#notice") == "This is no corrections.json of this version."


def test_corrections_of_the_samples_are_taken_up(open_page: Open, report: Report, tmp_path: Path) -> None:
    path = ROOT / "samples" / "corrections.json"
    known = read_corrections(path)
    opened = open_page(build_review([report]))
    opened.load(path)
    assert opened.text("#notice") == f"{len(known.entries)} judgements taken up, 0 do not fit"
    again = read_corrections(opened.save(tmp_path))
    place = lambda entry: (entry.block, entry.start, entry.fact or "", entry.verdict)  # noqa: E731
    assert sorted(map(place, again.entries)) == sorted(map(place, known.entries))
    assert [entry.fields for entry in sorted(again.entries, key=place)] == [
        entry.fields for entry in sorted(known.entries, key=place)
    ]


def test_a_file_may_say_no_more_than_it_must(open_page: Open, short: Report, tmp_path: Path) -> None:
    """A fact that was missed, without what it says and without its sentence: the page opens again all the same."""
    number = short.non_facts[0]
    places = (("non_fact", number.block, number.start, number.quote), ("selection", 1, 0, "全年"))
    entries = tuple(
        Entry(document=0, of=of, verdict="missed", block=block, start=start, end=start + len(quote), quote=quote)  # type: ignore[arg-type]
        for of, block, start, quote in places
    )
    about = Reviewed(source=short.source.name, sha256=short.source.sha256)
    path = tmp_path / "little.json"
    corrections = Corrections(schema=SCHEMA, tool=short.tool, documents=(about,), entries=entries)
    path.write_bytes(write_corrections(corrections))
    opened = open_page(build_review([short]))
    opened.load(path)
    assert opened.text("#notice") == "2 judgements taken up, 0 do not fit"
    again = open_page(build_review([short]), context=opened.page.context)
    assert "2 added" in again.text("#progress-text")
    assert again.errors == []


def test_saved_corrections_are_what_the_library_reads(open_page: Open, short: Report, tmp_path: Path) -> None:
    opened = open_page(build_review([short]))
    opened.press("jax1")
    opened.page.fill("#comment", "“不确定”")
    opened.page.keyboard.press("Enter")
    opened.press("s")
    opened.page.fill("#who", "甲")
    with opened.page.expect_download() as download:
        opened.page.click("#save-dialog button[type=submit]")
    path = tmp_path / "corrections.json"
    download.value.save_as(path)
    found = read_corrections(path)
    Draft202012Validator(build_corrections_schema()).validate(json.loads(path.read_text("utf-8")))
    assert [(entry.verdict, entry.wrong_fields) for entry in found.entries] == [
        ("right", ()),
        ("wrong", ()),
        ("wrong", ("item",)),
    ]
    assert found.reviewer == "甲"
    assert found.entries[2].comment == "“不确定”"
    assert found.tool == short.tool


FIFTY = 50
MOST_KEYS = 1.3  # for each fact


def test_fifty_facts_by_few_keys(open_page: Open, bulletin: Report) -> None:
    """As somebody works who finds most facts right, every tenth wrong in a field, and corrects two."""
    opened = open_page(build_review([bulletin]))
    keys = 0

    def press(key: str) -> None:
        nonlocal keys
        keys += 1
        opened.page.keyboard.press(key)

    press("j")
    for number in range(1, FIFTY + 1):
        if number in (20, 40):
            press("e")
            for key in "粮食", "Enter":
                if len(key) == 2:
                    opened.page.keyboard.insert_text(key)
                    keys += 2
                else:
                    press(key)
        elif number % 10 == 5:
            press("6")
            press("j")
        elif number == 30:
            press("x")
        else:
            press("a")
    assert opened.text("#progress-text").startswith(f"{FIFTY} of {len(bulletin.facts)} checked")
    assert keys <= FIFTY * MOST_KEYS


def test_a_sample(open_page: Open, short: Report, bulletin: Report, tmp_path: Path) -> None:
    excerpts = [cut_excerpt(short, fact, 0) for fact in short.facts[:2]]
    excerpts += [cut_excerpt(bulletin, fact, 0) for fact in bulletin.facts[-2:]]
    excerpts += [cut_excerpt(bulletin, number, 1) for number in bulletin.non_facts[:2]]
    strata = [
        {"key": {}, "of": "facts", "population": 104, "drawn": 4},
        {"key": {}, "of": "non_facts", "population": 30, "drawn": 2},
    ]
    opened = open_page(build_review(excerpts, {"seed": 7, "size": 4, "by": [], "strata": strata}))
    assert opened.text("#sample-says") == "6 drawn with seed 7"
    assert opened.text("#shown") == "6 of 6 shown"
    assert opened.page.locator("mark[data-f]").all_inner_texts() == [one.fact.quote for one in excerpts[:4]]
    opened.press("j")
    opened.press("aaaaaa")
    assert opened.text("#progress-text") == "6 of 6 checked"
    saved = json.loads(opened.save(tmp_path).read_text(encoding="utf-8"))
    assert saved["sample"]["strata"] == strata
    assert [document["source"] for document in saved["documents"]] == ["short.txt", "bulletin.html"]
    assert [(entry["of"], entry["verdict"], entry["stratum"]) for entry in saved["entries"]] == [
        *[("fact", "right", 0)] * 4,
        *[("non_fact", "right", 1)] * 2,
    ]
    scored = CliRunner().invoke(root, ["review", "score", str(tmp_path / "corrections.json")])
    assert scored.exit_code == 0
    assert re.search(r"right in every field +100.0 %", scored.output)
    for entry, excerpt in zip(saved["entries"], excerpts, strict=True):
        assert (entry["block"], entry["quote"]) == (excerpt.block, excerpt.text[entry["start"] : entry["end"]])


def test_a_full_storage_is_no_loss_unseen(open_page: Open, short: Report, tmp_path: Path) -> None:
    opened = open_page(build_review([short]))
    opened.ask(
        """(() => { let text = 'x'.repeat(1 << 20); let number = 0;
            while (text.length > 10) {
                try { localStorage.setItem('full' + number, text); number += 1 }
                catch { text = text.slice(text.length / 2) }
            } })()"""
    )
    opened.press("ja")
    assert "save before you close" in opened.text("#unkept")
    assert read_entries(opened.save(tmp_path))["459件"]["verdict"] == "right"
