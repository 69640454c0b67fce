"""The table of indicators: its laws, what items mean by it, and what a file may add. Sentences are made up."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import ROOT, Run

from qjreport import extract_text, load_lexicon
from qjreport.fact.indicator import compile_indicators
from qjreport.lexicon import LexiconError
from qjreport.lexicon.check import check_extension
from qjreport.lexicon.indicators import SpellingError, expand_name, list_names
from qjreport.pipeline import extract_passage

TABLE = load_lexicon().indicators

# What a sentence says → indicator and measure of each of its facts, in their order; - for none.
SENTENCES = [
    ("全市地区生产总值1286.4亿元，增长6.1%。", "gdp.level gdp.growth"),
    ("全区生产总值86亿元，总量居全市第3位。", "gdp.level gdp.rank"),
    ("经济增长7%左右。", "gdp.growth"),
    ("人均地区生产总值突破8万元。", "gdp_per_capita.level"),
    ("数字经济核心产业增加值增长11.2%。", "digital_economy.growth"),
    ("数字经济核心产业增加值占地区生产总值比重达到9.3%。", "digital_economy.share"),
    ("第三产业增加值占全市生产总值的比重为51.7%。", "tertiary_industry.share"),
    ("工业园区增加值增长9.4%。", "-"),
    ("地区生产总值过百亿元的县6个。", "-"),
    ("一般公共预算收入97.35亿元，同比增长4.8%。", "general_budget_revenue.level general_budget_revenue.growth"),
    ("地方财政一般预算收入增长12%。", "general_budget_revenue.growth"),
    ("公共财政预算收入完成46.2亿元。", "general_budget_revenue.level"),
    ("财政总收入增长9%。", "total_fiscal_revenue.growth"),
    ("居民消费价格总水平涨幅控制在3%以内。", "cpi.growth"),
    ("居民消费价格指数102.3。", "cpi.growth"),
    ("食品烟酒类居民消费价格下降0.6%。", "-"),
    ("城镇新增就业2.2万人，城镇登记失业率3.6%。", "new_jobs.level unemployment_registered.level"),
    ("城镇调查失业率下降0.3个百分点。", "unemployment_surveyed.change"),
    ("单位地区生产总值能耗下降3.1%。", "energy_intensity.growth"),
    ("万元GDP能耗0.52吨标准煤。", "energy_intensity.level"),
    ("赤字率按2.9%安排，财政赤字12500亿元。", "fiscal_deficit.share fiscal_deficit.level"),
    ("粮食总产量8.6亿斤。", "grain_output.level"),
    ("粮食播种面积61万亩，粮食单产提高2%。", "grain_area.level grain_yield.growth"),
    ("全社会研发经费投入增长14%，研发投入强度2.6%。", "rd_expenditure.growth rd_expenditure.share"),
    ("城镇居民人均可支配收入46820元，增长5.2%。", "urban_income.level urban_income.growth"),
    ("农民人均纯收入增加1020元。", "rural_income.change"),
    ("收到提案346件，立案318件。", "proposals_received.level proposals_filed.level"),
    ("全年编报社情民意信息429篇。", "opinions.level"),
]


@pytest.mark.parametrize(("sentence", "wanted"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_what_a_sentence_means(sentence: str, wanted: str) -> None:
    facts = extract_passage(sentence, year=2024).facts
    found = [f"{fact.indicator}.{fact.measure}" if fact.indicator else "-" for fact in facts]
    assert " ".join(found) == wanted, [(fact.item, fact.kind, fact.unit) for fact in facts]


def test_there_are_enough_indicators_of_every_group() -> None:
    groups = defaultdict(list)
    for one in TABLE.indicators:
        groups[one.group].append(one.code)
    assert len(TABLE.indicators) >= 60
    wanted = "economy budget income prices employment energy environment agriculture education health housing"
    assert groups.keys() >= {*wanted.split(), "population", "innovation", "trade", "conference"}


def test_codes_and_families() -> None:
    codes = [one.code for one in TABLE.indicators]
    assert len(codes) == len(set(codes))
    assert {one.family for one in TABLE.indicators} == set(TABLE.families)
    assert all(one.items or one.growth_items or one.share_items for one in TABLE.indicators)
    assert all(one.chinese and one.english for one in TABLE.indicators)


def test_no_name_belongs_to_two_indicators_of_the_same_units() -> None:
    owners = defaultdict(set)
    for one in TABLE.indicators:
        for spelling, _, use in list_names(one, TABLE.parts):
            owners[spelling, use, one.family].add(one.code)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_what_an_indicator_was_called_is_among_its_names() -> None:
    finder = compile_indicators(load_lexicon())
    for one in TABLE.indicators:
        for name in one.names:
            hits, _ = finder.look_up(name.name, None, "")
            assert one.code in [finder.indicators[number].code for number, _ in hits], name


@pytest.mark.parametrize(
    ("item", "area", "wanted"),
    [
        ("全省生产总值", "云岭省", "gdp"),
        ("全省生产总值", "临枫市", None),  # another place's
        ("全市生产总值", "云溪区", None),
        ("全国城镇调查失业率", "临枫市", None),
        ("全国城镇调查失业率", "全国", "unemployment_surveyed"),
        ("临枫市生产总值", "临枫市", "gdp"),
        ("临枫生产总值", "临枫市", "gdp"),
        ("云汐市生产总值", "临枫市", None),
    ],
)
def test_the_whole_place(item: str, area: str, wanted: str | None) -> None:
    finder = compile_indicators(load_lexicon())
    unit, family = ("%", "ratio") if "失业率" in item else ("元", "money")
    assert finder.find(item, None, area, "level", unit, family, Decimal(5))[0] == wanted


@pytest.mark.parametrize(
    "name", ["[地区生产总值", "生产总值]", "人均{gnp}", "(a|b", "[" + "|".join(map(str, range(300))) + "]" * 2]
)
def test_a_name_that_cannot_be_read(name: str) -> None:
    with pytest.raises(SpellingError):
        expand_name(name, {"gdp"})


FAULTS = [
    ('[[indicators]]\ncode = "X"\n', 2, "an indicator needs a code of small letters"),
    ('[[indicators]]\ncode = "tea"\n', 1, "tea is new and needs chinese"),
    ('[[indicators]]\ncode = "gdp"\nfamily = "monney"\n', 3, "unknown family monney; do you mean money?"),
    ('[[indicators]]\ncode = "gdp"\nitem = ["a"]\n', 3, "unknown key indicators.item; do you mean items?"),
    ('[[indicators]]\ncode = "gdp"\nitems = ["[茶"]\n', 3, "[茶: [ is not closed"),
    ('[[indicators]]\ncode = "gdp"\ndirection = "up"\n', 3, "direction is one of more, less, ceiling, floor, none"),
    ('[[indicators]]\ncode = "loan"\ndrop = true\n', 3, "there is no indicator loan to drop; do you mean loans?"),
    ('[families.tea]\ndimension = "teas"\n', 2, "unknown dimension teas"),
    ('[neutral]\nwhole = ["全村"]\n', 2, "neutral.whole is the package's own"),
]


@pytest.mark.parametrize(("text", "line", "message"), FAULTS, ids=[message for _, _, message in FAULTS])
def test_what_is_wrong_with_a_file(text: str, line: int, message: str) -> None:
    problems = [p for p in check_extension(text.encode(), load_lexicon()) if p.severity == "error"]
    assert (line, True) in [(p.line, message in p.message) for p in problems], problems


TEA = """
[[indicators]]
code = "tea_output"
chinese = "茶叶产量"
english = "Tea output"
group = "agriculture"
family = "mass"
items = ["茶叶[总]产量"]

[[indicators]]
code = "loans"
drop = true

[[indicators]]
code = "gdp"
items = ["镇域生产总值"]

[[indicators]]
code = "tea_gardens"
chinese = "茶园"
english = "Tea gardens"
group = "agriculture"
family = "area"
contains = ["茶园"]
not = ["低产"]
"""


def test_a_file_adds_overrides_and_drops(tmp_path: Path) -> None:
    path = tmp_path / "tea.toml"
    path.write_text(TEA, encoding="utf-8")
    lexicon = load_lexicon(path)
    text = "茶叶总产量1.2万吨，贷款余额62亿元，镇域生产总值增长8%，生态茶园面积3万亩，改造低产茶园600亩。"
    own = [
        (fact.quote, fact.indicator, fact.measure) for fact in extract_passage(text, year=2024, lexicon=lexicon).facts
    ]
    assert own == [
        ("1.2万吨", "tea_output", "level"),
        ("62亿元", None, None),
        ("8%", "gdp", "growth"),
        ("3万亩", "tea_gardens", "level"),
        ("600亩", None, None),
    ]
    plain = extract_passage(text, year=2024).facts
    assert [fact.indicator for fact in plain] == [None, "loans", None, None, None]


def test_a_file_with_a_fault_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text('[[indicators]]\ncode = "tea"\n', encoding="utf-8")
    with pytest.raises(LexiconError, match=r"wrong.toml:2: tea is new and needs|wrong.toml:1: tea is new and needs"):
        load_lexicon(path)


def test_no_name_of_a_place_or_report_is_in_the_table() -> None:
    text = (ROOT / "qjreport" / "lexicon" / "indicators.toml").read_text(encoding="utf-8")
    places = ("北京", "上海", "重庆", "广东", "浙江", "綦江", "国务院", "邢台", "南昌")
    assert [place for place in places if place in text] == []


def test_the_facts_of_a_page_have_them(run: Run) -> None:
    done = run("extract", ROOT / "samples" / "government-report.html", "--format", "json")
    facts = json.loads(done.stdout)["facts"]
    known = {one.code for one in TABLE.indicators}
    assert {fact["indicator"] for fact in facts} - {None} <= known
    assert sum(fact["indicator"] is not None for fact in facts) > 40
    assert all((fact["indicator"] is None) == (fact["measure"] is None) for fact in facts)


def test_indicators_of_the_command(run: Run, tmp_path: Path) -> None:
    assert "gdp " in run("indicators").stdout.decode()
    done = run("indicators", "--group", "budget", "--format", "json")
    assert {one["group"] for one in json.loads(done.stdout)} == {"budget"}
    assert run("indicators", "--group", "tea").returncode == 2
    path = tmp_path / "tea.toml"
    path.write_text(TEA, encoding="utf-8")
    assert "tea_output" in run("indicators", "--indicators", path, "--format", "csv").stdout.decode()
    assert run("indicators", "check", path).returncode == 0
    path.write_text('[[indicators]]\ncode = "tea"\n', encoding="utf-8")
    assert run("indicators", "check", path).returncode == 1
    page = tmp_path / "page.txt"
    page.write_text("2024年，茶叶产量1.2万吨。", encoding="utf-8")
    path.write_text(TEA, encoding="utf-8")
    done = run("extract", page, "--indicators", path, "--format", "json")
    assert json.loads(done.stdout)["facts"][0]["indicator"] == "tea_output"


def test_a_traditional_page_has_the_same_indicators() -> None:
    [fact] = extract_text("2024年，全縣地區生產總值增長6.1%。").facts
    assert (fact.indicator, fact.measure) == ("gdp", "growth")
