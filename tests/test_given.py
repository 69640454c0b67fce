"""What is known of a report beside its page: paths, tables, and that neither goes against the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("pyarrow", reason="needs the extra archive")

from batches import Said, do_batch, read_table

from qjreport import extract
from qjreport.commands.root import root
from qjreport.places.given import Given, GivenError, Givens, Pattern, read_documents

# A pattern, an address, and what it gives.
PATTERNS = [
    ("{place}/{year}.md", "places.zip!省/上海市/2007.md", Given("上海市", 2007)),
    ("{place}/{year}.md", "places.zip!省/上海市/2007-08.md", Given()),
    ("{place}/{year}*.md", "places.zip!省/上海市/2007-08.md", Given("上海市", 2007)),
    ("{place}/{year}.md", r"C:\reports\上海市\2007.md", Given("上海市", 2007)),
    ("{year}/*_{place}.html", "a/2019/07_綦江区.html", Given("綦江区", 2019)),
    ("{year}/*_{place}.html", "a/20199/07_綦江区.html", Given()),
    ("{province}/{prefecture}/{place}.txt", "江苏/南京/鼓楼.txt", Given("江苏南京鼓楼", None)),
    ("{place}-{year}.html", "綦江-区-2020.html", Given("綦江-区", 2020)),
    ("{year}.html", "crawl.warc.gz@8 http://a.cn/2020.html", Given(None, 2020)),
]


@pytest.mark.parametrize(("written", "address", "given"), PATTERNS)
def test_patterns(written: str, address: str, given: Given) -> None:
    assert Givens([written]).find(address) == given


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{town}/{year}.md", "{town} is none of"),
        ("{place}/{place}.md", "{place} stands in it twice"),
        ("*.md", "names nothing"),
        ("{place/{year}.md", "{ is none of"),
    ],
)
def test_patterns_that_cannot_be_used(written: str, words: str) -> None:
    with pytest.raises(GivenError, match=words):
        Pattern(written)


def test_a_table_of_documents(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("source,title,place,year\n綦江/1.html,x,綦江区,2009年\n./b.html,,,2010\n,,上海市,\n", "utf-8-sig")
    givens = Givens(["{place}/1.html"], read_documents(str(table)))
    assert givens.find("a.zip!綦江/1.html") == Given("綦江区", 2009)
    assert givens.find("b.html") == Given(None, 2010)
    assert givens.find("cb.html") == Given()
    assert givens.find("万州区/1.html") == Given("万州区", None)
    assert list(givens.tell()) == []
    givens.find("other/b.html")
    assert list(givens.tell()) == ["1 rows of the table of documents are of several inputs each: b.html"]
    table.write_text("来源文件\t行政区\na.html\t綦江区\n", "gb18030")
    assert read_documents(str(table)) == {"a.html": Given("綦江区")}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,place\na,b\n", "the first line has to name the columns source"),
        ("", "the first line has to name the columns source"),
        ("source,year\na.html,next year\n", ":2: next year is no year"),
        ("source,year\na.html,2010\n./a.html,2011\n", ":3: ./a.html stands in it twice"),
    ],
)
def test_tables_that_cannot_be_used(tmp_path: Path, text: str, words: str) -> None:
    table = tmp_path / "table.csv"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(GivenError, match=words):
        read_documents(str(table))
    (tmp_path / "a.html").write_text("<p>提案459件。</p>", encoding="utf-8")
    done = CliRunner().invoke(root, ["batch", str(tmp_path), "--documents", str(table), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2 and words.lstrip(":") in done.stderr


UNNAMED = "政府工作报告\n各位代表：\n一、工作回顾\n全年办理提案120件。\n二、今年工作安排\n办复提案150件。"
NAMED = "鼓楼区2021年政府工作报告\n各位代表：\n一、2020年工作回顾\n全年办理提案120件。"


def test_what_the_page_does_not_say_is_taken_from_beside_it() -> None:
    report = extract(UNNAMED.encode(), place="綦江县", year=2009)
    metadata = report.metadata
    assert (metadata.place, metadata.place_code, metadata.area) == ("綦江区", "500110", None)
    assert (metadata.year, metadata.reviews, metadata.plans) == (2009, "2008", "2009")
    assert [fact.period for fact in report.facts] == ["2008", "2009"]
    alone = extract(UNNAMED.encode())
    assert (alone.metadata.place, alone.metadata.year) == (None, None)


def test_what_the_page_says_stands() -> None:
    metadata = extract(NAMED.encode(), place="徐州市", year=1999).metadata
    assert (metadata.place, metadata.year, metadata.reviews) == ("徐州市鼓楼区", 2021, "2020")  # of four the one there
    assert extract(NAMED.replace("鼓楼区", "万州区").encode(), place="徐州市").metadata.place == "万州区"


def test_a_bulletin_is_of_its_year() -> None:
    page = "统计公报\n初步核算，全年地区生产总值100亿元，增长5%。\n年末户籍人口20万人。"
    assert extract(page.encode(), place="綦江", year=2022).metadata.reviews == "2022"


def test_a_year_beside_makes_no_report_of_a_page() -> None:
    metadata = extract("新区动态\n全区新开工项目12个，完成投资3亿元。".encode(), year=2022).metadata
    assert (metadata.year, metadata.reviews, metadata.plans) == (2022, None, None)


def test_a_place_that_the_table_lacks_is_kept_as_it_is_given() -> None:
    report = extract(UNNAMED.encode(), place="云溪高新区")
    assert (report.metadata.place, report.metadata.place_code) == ("云溪高新区", None)
    assert [one.code for one in report.diagnostics if one.code.startswith("place")] == ["place-unknown"]


def test_a_batch_with_paths_and_a_table(tmp_path: Path) -> None:
    for name in ("綦江县/2009.txt", "云溪/2010.txt", "鼓楼区/2021.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True)
        path.write_text(NAMED if "鼓楼" in name else UNNAMED, encoding="utf-8")
    table = {"2010.txt": Given("万州")}

    def read(**given: object) -> list[tuple[object, ...]]:
        do_batch(tmp_path / "out", tmp_path / "in", givens=Givens(**given))
        rows = read_table(tmp_path / "out", "documents")
        return [(row["place"], row["year"], row["place_given"], row["year_given"]) for row in rows]

    assert set(read()) == {(None, None, None, None), (None, 2021, None, None)}
    assert sorted(read(patterns=["{place}/{year}.txt"], table=table), key=str) == [
        ("万州区", 2010, "万州", 2010),
        ("綦江区", 2009, "綦江县", 2009),
        (None, 2021, "鼓楼区", 2021),
    ]
    listener = Said()
    table["2021.txt"] = Given("南京鼓楼")
    do_batch(
        tmp_path / "out", tmp_path / "in", givens=Givens(["{place}/{year}.txt"], table), listener=listener
    )  # reads the one again whose row is new
    assert "1 inputs are new or changed, 2 are as they were and skipped" in listener.said
    assert "南京市鼓楼区" in {row["place"] for row in read_table(tmp_path / "out", "documents")}
