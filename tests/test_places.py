"""The table of places, and the place that a name or a report means."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT

from qjreport import extract_text
from qjreport.commands.root import root
from qjreport.places import resolve_place
from qjreport.places.atlas import LEVELS, LONGEST, SHORTEST, check_data, load_atlas

ATLAS = load_atlas()
PLACES = ATLAS.list_all()


def test_the_table_is_the_one_that_the_word_tables_name() -> None:
    assert check_data()


def test_the_table_has_every_place_of_today() -> None:
    """As many as the Ministry of Civil Affairs counted at the end of 2024, and what changed since."""
    today = [place.level for place in PLACES if place.until is None]
    assert [today.count(level) for level in LEVELS[1:]] == [34, 333, 2846 - 2 + 3]


def test_both_halves_of_the_table_are_sorted_and_agree() -> None:
    for table in (ATLAS.places, ATLAS.names):
        keys = [line.partition("\t")[0] for line in table.list_lines()]
        assert keys == sorted(set(keys))
        assert all(table.find(line.partition("\t")[0]) == line.partition("\t")[2] for line in table.list_lines())
    for place in PLACES:
        for name in (*place.forms, *(one.name for one in place.names)):
            assert place.id in ATLAS.list_ids(name) and SHORTEST <= len(name) <= LONGEST, name
    for line in ATLAS.names.list_lines():
        assert all(ATLAS.get(id_) for id_ in line.partition("\t")[2].split(" "))
    assert [place.id for place in PLACES if place.into and place.into not in {other.id for other in PLACES}] == []


def test_what_is_not_there_is_not_found() -> None:
    for name in ("", "县", "云溪县", "綦", "丁丁县", "\U0002f800", "\ud800县", "zz", "000"):
        assert ATLAS.find(name) == []
    with pytest.raises(KeyError):
        ATLAS.get("999999")


def test_years_of_a_place_follow_each_other() -> None:
    for place in PLACES:
        spans = place.names[::-1]
        assert spans[0].first is None or spans[0].first > 1980
        for before, after in pairwise(spans):
            assert before.until is not None and after.first is not None and before.until <= after.first
            assert (before.name, before.code, before.parent) != (after.name, after.code, after.parent)


def test_canonical_names_are_of_one_place_each() -> None:
    names = [ATLAS.name_fully(place) for place in PLACES]
    assert len(set(names)) == len(names)


# A place of today, and what it was: name, first year, year of the change.
HISTORIES = [
    ("500110", [("綦江区", 2011, None), ("綦江县", 1997, 2011), ("綦江县", None, 1997)]),
    ("120119", [("蓟州区", 2016, None), ("蓟县", 1982, 2016), ("蓟县", None, 1982)]),
    ("420600", [("襄阳市", 2010, None), ("襄樊市", None, 2010)]),
    ("530800", [("普洱市", 2007, None), ("思茅市", 2003, 2007), ("思茅地区", None, 2003)]),
    ("520500", [("毕节市", 2011, None), ("毕节地区", None, 2011)]),
    ("150600", [("鄂尔多斯市", 2001, None), ("伊克昭盟", 1982, 2001), ("伊克昭盟", None, 1982)]),
    ("500000", [("重庆市", 1997, None), ("重庆市", None, 1997)]),
    ("513500-1997", [("黔江地区", 1988, 1997)]),
    ("500157", [("两江新区", 2025, None)]),
    ("370281", [("胶州市", 1995, None), ("胶州市", 1987, 1995), ("胶县", None, 1987)]),  # 威海市 had its code before
    ("150207", [("九原区", 1999, None), ("郊区", None, 1999)]),
    ("460200", [("三亚市", 1988, None), ("三亚市", 1987, 1988)]),  # out of its province
]


@pytest.mark.parametrize(("id_", "names"), HISTORIES)
def test_history(id_: str, names: list[tuple[str, int | None, int | None]]) -> None:
    assert [(one.name, one.first, one.until) for one in ATLAS.get(id_).names] == names


def test_a_place_stays_in_its_province() -> None:
    """But for those of Hainan and Chongqing, which were part of another."""
    provinces = {frozenset(one.code[:2] for one in place.names) for place in PLACES}
    assert {one for one in provinces if len(one) > 1} == {frozenset(("50", "51")), frozenset(("44", "46"))}


# What is asked, in which year, beside which words: name and code.
NAMES = [
    ("綦江县", 2009, (), "綦江区", "500110"),
    ("綦江区", 2012, (), "綦江区", "500110"),
    ("綦江", None, (), "綦江区", "500110"),
    ("四川省綦江县", 1990, (), "綦江区", "500110"),  # until 1997
    ("重庆市 綦江区", 2020, (), "綦江区", "500110"),
    ("黔江地区", 1995, (), "黔江地区", "513500"),
    ("巢湖市", 2008, (), "安徽省巢湖市", "341400"),
    ("巢湖市", 2012, (), "巢湖市", "340181"),
    ("巢湖市", None, (), "巢湖市", "340181"),
    ("毕节市", 2005, (), "毕节地区毕节市", "522401"),
    ("毕节市", 2012, (), "毕节市", "520500"),
    ("吉林市", None, (), "吉林市", "220200"),
    ("吉林", None, (), "吉林省", "220000"),
    ("长沙", None, (), "长沙市", "430100"),
    ("甘孜州", None, (), "甘孜藏族自治州", "513300"),
    ("彭水县", None, (), "彭水苗族土家族自治县", "500243"),
    ("内蒙古", None, (), "内蒙古自治区", "150000"),
    ("全国", None, (), "全国", "000000"),
    ("鼓楼区", None, (), None, None),
    ("徐州市鼓楼区", None, (), "徐州市鼓楼区", "320302"),
    ("鼓楼区", None, ("中共徐州市鼓楼区委主办",), "徐州市鼓楼区", "320302"),
    ("鼓楼区", None, ("江苏省",), None, None),  # which has two
    ("市中区", None, ("四川内江市中区政府网",), "内江市市中区", "511002"),
    ("朝阳", None, (), None, None),
    ("临江市青山区", None, (), None, None),  # two places that are not one in the other
    ("青川省云溪县", None, (), None, None),
]


@pytest.mark.parametrize(("name", "year", "said", "place", "code"), NAMES)
def test_names(name: str, year: int | None, said: tuple[str, ...], place: str | None, code: str | None) -> None:
    found = resolve_place(name, year=year, said=said)
    assert (found.name, found.code) == (place, code)


def test_the_report_itself_tells_where_nothing_else_does() -> None:
    lines = ["鼓楼区2021年政府工作报告", "各位代表：", "一、2020年工作回顾", "对接开封市重点项目12个。"]
    assert extract_text("\n".join(lines)).metadata.place is None
    lines.append("落实开封市委部署，开封古城保护项目完成投资3亿元，服务开封市民20万人次。")
    metadata = extract_text("\n".join(lines)).metadata
    assert (metadata.area, metadata.place, metadata.place_code) == ("鼓楼区", "开封市鼓楼区", "410204")


def test_a_place_that_is_open_is_told_with_its_candidates() -> None:
    report = extract_text("城中区2021年政府工作报告\n各位代表：\n一、2020年工作回顾\n完成投资3亿元。")
    assert (report.metadata.place, report.metadata.place_code, report.metadata.place_level) == (None, None, None)
    said = [(one.code, one.message) for one in report.diagnostics]
    assert said == [("place-open", "城中区 may be 柳州市城中区, 西宁市城中区")]


def test_the_table_is_not_read_before_a_place_is_asked_for() -> None:
    program = "import qjreport.pipeline, qjreport.places.atlas as a; print(a.load_atlas.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "0"


def test_pages_of_two_hundred_places() -> None:
    """True names of all levels and years in made reports of every kind, of which 99 in 100 have to be told."""
    cases = [json.loads(line) for line in (ROOT / "tests/cases/places/pages.jsonl").read_text("utf-8").splitlines()]
    wrong = []
    for case in cases:
        metadata = extract_text("\n".join(case["lines"])).metadata
        if (metadata.place, metadata.place_code) != (case["place"], case["place_code"]):
            wrong.append((case["pattern"], case["lines"][:3], metadata.place, case["place"]))
    assert len({case["place_code"] for case in cases}) >= 200
    assert len(wrong) <= 0.01 * len(cases), wrong


OPENED = "现在，我代表{}人民政府，向大会作报告，请审议。"
BY_NINGBO = "2015-02-18 09:53 来源：宁波日报"
# A page whose forms name no area: headline, byline, opening, body, and the place.
UNNAMED = {
    "the body of a province": (
        *("2004年政府工作报告", "", OPENED.format("省"), "浙江与江苏合作。浙江民营经济增长20%。浙江港口吞吐量2亿吨。"),
        "浙江省",
    ),
    "a paper, and the body": (
        *("2015年政府工作报告", BY_NINGBO, OPENED.format("市"), "弘扬宁波帮精神，新增企业20家。"),
        "宁波市",
    ),
    "a paper alone": ("2015年政府工作报告", BY_NINGBO, OPENED.format("市"), "新增企业20家。", None),
    "a paper of another level": ("2015年政府工作报告", BY_NINGBO, OPENED.format("县"), "宁波口岸2亿吨。", None),
    "a headline without 县": ("綦江2012年工作总结", "", "一、工作回顾", "全年新增企业20家。", "綦江区"),
    "no report": ("綦江：数字经济成优长", BY_NINGBO, "本报讯", "綦江新增企业20家，宁波客商到访。", None),
}


@pytest.mark.parametrize(("title", "source", "opening", "body", "place"), UNNAMED.values(), ids=UNNAMED)
def test_a_page_that_names_no_area(title: str, source: str, opening: str, body: str, place: str | None) -> None:
    lines = (title, source, "各位代表：", opening, body, "全年办理提案120件，增长5%。")
    metadata = extract_text("\n".join(lines)).metadata
    assert (metadata.area, metadata.place) == (None, place)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(root, ["places", *arguments])


def test_the_command_tells_a_name_its_code_and_its_history() -> None:
    assert call("綦江县").stdout.splitlines() == [
        "綦江区  500110  county in 重庆市",
        "  2011-today  500110  綦江区, 重庆市",
        "  1997-2011   500222  綦江县, 重庆市",
        "  …-1997      510223  綦江县, 重庆市",
        "  also called 綦江",
    ]
    assert "  went into 綦江区" in call("万盛区").stdout.splitlines()


def test_the_command_tells_each_place_of_a_name() -> None:
    assert [line.split("  ")[0] for line in call("鼓楼区").stdout.splitlines() if line[0] != " "] == [
        *("南京市鼓楼区", "徐州市鼓楼区", "福州市鼓楼区", "开封市鼓楼区")
    ]
    assert call("500110", "--year", "2005").stdout.startswith("万盛区  500110  county in 重庆市\n")


def test_the_command_in_json() -> None:
    found = [json.loads(line) for line in call("襄樊市", "綦江", "--json").stdout.splitlines()]
    assert [(one["asked"], one["place"], one["place_code"], one["place_level"]) for one in found] == [
        ("襄樊市", "襄阳市", "420600", "prefecture"),
        ("綦江", "綦江区", "500110", "county"),
    ]
    assert found[1]["history"][1] == {
        "name": "綦江县",
        "code": "500222",
        "within": "重庆市",
        "from": 1997,
        "until": 2011,
    }


def test_the_command_lists_what_is_below() -> None:
    assert len(call("全国", "--below").stdout.splitlines()) == 34
    assert "两江新区  500157  county in 重庆市" in call("重庆", "--below").stdout.splitlines()


def test_the_command_says_what_it_does_not_know() -> None:
    result = call("云溪县", "綦江区")
    assert (result.exit_code, result.stdout[:3]) == (1, "綦江区")
    assert result.stderr == "qjreport: 云溪县: no province, prefecture or county has or had this name since 1980\n"
