"""The review page without a browser: its text, its marks, what it lets run; the command; the frame of a notebook."""

from __future__ import annotations

import html
import json
import re
import shutil
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import ROOT, SAMPLES, Run, make_fact, make_report

import qjreport
from qjreport.commands.root import root
from qjreport.model import Block, Dropped, Metadata, NonFact, Section, Tool
from qjreport.review.layout import Order, lay_out_report, place_dropped
from qjreport.review.page import (
    SCRIPTS,
    Excerpt,
    build_review,
    cut_excerpt,
    hash_text,
    load_script,
    load_template,
    load_texts,
    read_text,
)

pytest.importorskip("jinja2", reason="the review page is written by Jinja2")


class Reader(HTMLParser):
    """The texts of the blocks and of the marks in a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: dict[int, str] = {}
        self.marks: list[tuple[str, str]] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "input", "img", "br"):
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        for _, attributes in self.open:
            if "data-b" in attributes and "data-o" in attributes:
                place = int(attributes["data-b"] or 0)
                self.blocks[place] = self.blocks.get(place, "") + data
        for name in ("data-f", "data-n"):
            if self.open and name in self.open[-1][1]:
                self.marks.append((f"{name[-1]}{self.open[-1][1][name]}", data))


def read_data(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert found
    plain: dict[str, Any] = json.loads(found[1])
    return plain


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_the_page_has_the_text_of_a_report_and_marks_every_number(sample: Path) -> None:
    report = qjreport.extract(sample)
    page = build_review([report])
    read = Reader(page)
    texts = {index: block.text for index, block in enumerate(report.blocks) if block.kind != "table"}
    assert read.blocks == texts
    marks: dict[str, str] = {}
    for names, text in read.marks:
        for name in names[1:].split(" "):
            marks[names[0] + name] = marks.get(names[0] + name, "") + text
    expected = {f"f{index}": fact.quote for index, fact in enumerate(report.facts)}
    expected |= {f"n{index}": number.quote for index, number in enumerate(report.non_facts)}
    assert marks == expected
    for line in report.dropped:
        assert html.escape(line.text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page
    known = read_data(page)
    assert [fact["id"] for fact in known["views"][0]["facts"]] == [fact.id for fact in report.facts]
    assert [known["sentences"][fact["sentence"]] for fact in known["views"][0]["facts"]] == [
        fact.sentence for fact in report.facts
    ]


def test_the_policy_names_the_script_and_the_style() -> None:
    page = build_review([qjreport.extract_text("全年办理提案459件。")])
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])  # type: ignore[index]
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src '{hash_text(load_script())}'" in policy
    assert f"style-src '{hash_text(read_text('page.css'))}'" in policy
    for text in (load_script(), read_text("page.css")):
        assert text in page
        assert not re.search(r"</(?:script|style)|https?://|url\(|@import|\r", text)
    for unsafe in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch("):
        assert unsafe not in load_script()


def test_the_same_reports_give_the_same_page() -> None:
    reports = [qjreport.extract(sample) for sample in SAMPLES[:2]]
    assert build_review(reports) == build_review(reports)


def test_every_text_that_the_page_asks_for_is_there_and_none_besides() -> None:
    texts = load_texts()
    script = "".join(read_text(f"script/{name}.js") for name in SCRIPTS)
    asked = set(re.findall(r'\bt\("([^"]+)"', script))
    template = read_text("page.html.j2")
    asked |= set(re.findall(r"""\bt\[["']([^"']+)["']\]""", template)) | set(
        re.findall(r'data-t[lp]?="([^"{]+)"', template)
    )
    assert sorted(asked - texts.keys()) == []
    # Keys that are put together: `look.${look}`, name("reason", …), "reason." ~ reason
    used = script + template
    families = set(re.findall(r"`(\w+)\.\$\{|\bname\(\"(\w+)\"|\"(\w+)\.\" ~", used))
    families = {name for names in families for name in names if name} | {"bound", "kind", "status", "headline"}
    lost = [
        key
        for key in texts
        if not re.search(rf"[\"']{re.escape(key)}[\"']", used) and key.split(".")[0] not in families
    ]
    assert lost == []


PATH = "body > div:nth-of-type(2) > "


@pytest.mark.parametrize(
    ("locators", "dropped", "places"),
    [
        (["line 3", "line 7"], [("line 1", "navigation"), ("line 5", "related"), ("line 9", "footer")], [0, 1, 2]),
        ([PATH + "p:nth-of-type(1)", PATH + "p:nth-of-type(3)"], [(PATH + "p:nth-of-type(2)", "share")], [1]),
        ([PATH + "p:nth-of-type(1)"], [("#head", "navigation"), ("#foot", "footer")], [0, 1]),
        ([PATH + "p:nth-of-type(1)"], [("body > div:nth-of-type(1)", "footer"), ("#foot", "footer")], [0, 1]),
        ([PATH + "p:nth-of-type(1)", PATH + "p:nth-of-type(2)"], [(PATH + "h1:nth-of-type(1)", "metadata")], [0]),
        ([], [("line 1", "navigation")], [0]),
    ],
)
def test_dropped_lines_stand_where_they_stood(
    locators: list[str], dropped: list[tuple[str, str]], places: list[int]
) -> None:
    blocks = [Block(kind="paragraph", marker="", section=None, text="文", locator=locator) for locator in locators]
    lines = [Dropped(text=str(number), reason=reason, locator=at) for number, (at, reason) in enumerate(dropped)]
    found = place_dropped(lines, blocks)
    assert [next(place for place, there in found.items() if line in there) for line in lines] == places
    assert Order(locators).find_bounds("nowhere")[0] == 0


def test_sections_open_and_close_around_their_blocks() -> None:
    report = qjreport.extract(ROOT / "samples" / "government-report.html")
    open_sections: list[int] = []
    seen = []
    for part in lay_out_report(report):
        if part.does == "open":
            assert report.sections[part.section].parent == (open_sections[-1] if open_sections else None)
            open_sections.append(part.section)
        elif part.does == "close":
            open_sections.pop()
        elif part.does == "block":
            own = report.blocks[part.place].section if part.section < 0 else part.section
            assert (open_sections or [None])[-1] == own
            seen.append(part.place)
    assert open_sections == []
    assert seen == list(range(len(report.blocks)))


def test_numbers_that_overlap_keep_the_text_whole() -> None:
    fact = make_fact(block=1, start=4, end=8)
    twin = make_fact(id="f2", block=1, start=4, end=8)
    report = make_report(
        facts=(fact, twin, make_fact(id="f3", start=6, end=9)),
        non_facts=(NonFact(block=1, start=0, end=5, quote="提交提案4", why="unread"),),
    )
    read = Reader(build_review([report]))
    assert read.blocks[1] == report.blocks[1].text
    marks = [("n0", "提交提案"), ("f0 1", "4"), ("f0 1", "5"), ("f0 1 2", "9件"), ("f2", "。")]
    assert read.marks[: len(marks)] == marks


def test_heads_over_several_columns_and_rows() -> None:
    report = qjreport.extract(ROOT / "samples" / "bulletin.html")
    table = report.tables[-1]
    part = next(part for part in lay_out_report(report) if part.does == "block" and part.place == table.block)
    heads = [
        [("".join(piece.text for piece in cell.pieces), cell.columns, cell.rows) for cell in row] for row in part.rows
    ]
    assert heads[:2] == [
        [("行业", 1, 2), ("增加值", 2, 1)],
        [("绝对数（亿元）", 1, 1), ("比上年增长（%）", 1, 1)],
    ]
    text = report.blocks[table.block].text
    for row in part.rows:
        for cell in row:
            words = "".join(piece.text for piece in cell.pieces)
            assert text[cell.offset : cell.offset + len(words)] == words


def test_a_section_whose_parents_are_missing() -> None:
    empty = make_report(blocks=(), tables=(), facts=(), non_facts=(), sections=(), dropped=())
    assert '<article id="v0"' in build_review([empty])
    flat = make_report(sections=(Section(parent=None, level=3, marker="", title="二", block=1),))
    assert Reader(build_review([flat])).blocks[1] == "提交提案459件。"


def test_excerpts_are_one_view() -> None:
    report = make_report()
    excerpts = [cut_excerpt(report, report.facts[0], 0), cut_excerpt(report, report.non_facts[0], 1)]
    part = Excerpt(
        source="b.html", text="提案9件", block=7, offset=10, fact=make_fact(block=7, start=12, end=14), stratum=0
    )
    known = read_data(build_review([*excerpts, part], {"seed": 1, "size": 2, "by": [], "strata": []}))
    assert [document["source"] for document in known["documents"]] == ["page.html", "b.html"]
    (view,) = known["views"]
    assert [place["block"] for place in view["places"]] == [1, 2, 7]
    assert [fact["stratum"] for fact in view["facts"]] == [0, 0]
    assert view["numbers"][0]["stratum"] == 1
    assert Reader(build_review([part])).marks == [("f0", "9件")]
    tool = Tool(version="9", lexicon="f" * 16)
    assert read_data(build_review([part], tool=tool))["tool"] == {"version": "9", "lexicon": "f" * 16}


# The command


def test_command_writes_the_page(run: Run, tmp_path: Path) -> None:
    samples = [ROOT / "samples" / name for name in ("bulletin.html", "cppcc-report.html")]
    done = run("review", *samples, "-o", "review.html")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"review.html: 164 facts from 2 pages" in done.stderr
    written = (tmp_path / "review.html").read_bytes()
    assert written.count(b"<article ") == 2
    assert run("review", *samples).stdout == written
    folder = tmp_path / "pages"
    folder.mkdir()
    for sample in samples:
        shutil.copy(sample, folder)
    assert run("review", "pages").stdout.count(b"<article ") == 2


def test_command_says_what_is_wrong(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = ROOT / "samples" / "bulletin.html"
    done = run("review", "missing.html", good, "-o", "review.html")
    assert done.returncode == 1
    assert b"missing.html" in done.stderr and (tmp_path / "review.html").exists()
    done = run("review", "missing.html", "-o", "none.html")
    assert done.returncode == 1 and not (tmp_path / "none.html").exists()
    assert b"--open needs a file" in run("review", good, "--open").stderr
    assert run("review").returncode == 2
    monkeypatch.setitem(sys.modules, "jinja2", None)
    load_template.cache_clear()
    result = CliRunner().invoke(root, ["review", str(good), "-o", str(tmp_path / "x.html")])
    assert result.exit_code == 1 and '"qjreport[review]" brings it' in result.output
    assert not (tmp_path / "x.html").exists()


def test_command_opens_the_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or True)
    target = tmp_path / "核对 1.html"
    result = CliRunner().invoke(root, ["review", str(ROOT / "samples" / "bulletin.html"), "-o", str(target), "--open"])
    assert result.exit_code == 0
    assert opened == [target.as_uri()]


def test_command_draws_a_sample(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="a dataset is Parquet")
    assert run("batch", ROOT / "samples", "-o", "facts", "-q").returncode == 0
    done = run("review", "facts", "--sample", "9", "--numbers", "4", "--seed", "7", "-o", "sample.html")
    assert (done.returncode, done.stderr) == (
        0,
        b"qjreport: sample.html: 9 facts and 4 that are none, of facts\n",
    )
    known = read_data((tmp_path / "sample.html").read_text("utf-8"))
    (view,) = known["views"]
    assert (len(view["facts"]), len(view["numbers"]), len(view["places"])) == (9, 4, 13)
    assert [(stratum["of"], stratum["drawn"]) for stratum in known["sample"]["strata"]] == [
        ("facts", 9),
        ("non_facts", 4),
    ]
    assert {fact["stratum"] for fact in view["facts"]} == {0}
    assert known["tool"]["version"] == qjreport.__version__
    again = run("review", "facts", "--sample", "9", "--numbers", "4", "--seed", "7")
    assert again.stdout == (tmp_path / "sample.html").read_bytes()
    sentences = read_data(run("review", "facts", "--sample", "5", "--sentences").stdout.decode())
    assert [len(sentences["views"][0][name]) for name in ("facts", "numbers")] == [5, 0]
    assert b"--seed goes with --sample" in run("review", "facts", "--seed", "3").stderr
    assert b"--sample goes with one dataset" in run("review", "facts", "facts", "--sample", "3").stderr


def test_a_row_of_a_table_is_enough_of_an_excerpt() -> None:
    report = qjreport.extract(ROOT / "samples" / "bulletin.html")
    table = report.tables[-1].block
    fact = next(fact for fact in report.facts if fact.block == table)
    excerpt = cut_excerpt(report, fact)
    assert "\n" not in excerpt.text and "\t" in excerpt.text
    assert excerpt.text[fact.start - excerpt.offset : fact.end - excerpt.offset] == fact.quote
    assert excerpt.path[-2:] == (report.tables[-1].caption, "增加值 / 绝对数（亿元）")
    number = next(number for number in report.non_facts if report.blocks[number.block].kind == "paragraph")
    known = read_data(build_review([cut_excerpt(report, number)]))
    assert number.quote in known["sentences"][0]
    assert known["sentences"][0] in report.blocks[number.block].text


# In a notebook


def test_a_notebook_shows_the_page_in_a_frame() -> None:
    attack = "<script>alert(1)</script>\"'"
    report = make_report(metadata=Metadata(title=attack))
    frame = report.review(height=500)
    shown = frame._repr_html_()  # type: ignore[attr-defined]
    assert "height: 500px" in shown
    assert html.escape(frame.page) in shown  # type: ignore[attr-defined]
    assert "<script" not in shown and shown.count("<") == 2  # the frame alone
