"""The fact stage: whole sentences, each for one pattern, and the laws that hold for all."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qjreport.fact import build_facts, status
from qjreport.fact.period import Frame, Mention, Years, compile_time, find_mentions, find_relative
from qjreport.fact.prose import nouns, parts
from qjreport.fact.prose.predicate import read_predicate
from qjreport.fact.prose.vocabulary import compile_patterns
from qjreport.fact.status import STATUS_RULES, StatusRule
from qjreport.lexicon import load_lexicon
from qjreport.lexicon.rules import load_rules
from qjreport.model import Block, BlockKind, Facts, Metadata, Outline, Section
from qjreport.outline import build_timeline
from qjreport.quantity import find_quantities, read_quantities

CASES = Path(__file__).parent / "cases" / "fact"
SIGNS: dict[str, Callable[[Decimal], Decimal | None]] = {
    "increase": lambda value: value,
    "decrease": lambda value: -value,
}
FIELDS = ("quote", "item", "kind", "status", "period")


def read_cases() -> list[Any]:
    lines = [line for path in sorted(CASES.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    cases = [json.loads(line) for line in lines]
    return [pytest.param(case, id=case["pattern"]) for case in cases]


def date_outline(heading: str, texts: Sequence[str], plan: int) -> Outline:
    """One section of a work report on that year."""
    kinds: tuple[tuple[BlockKind, str], ...] = (("heading", heading), *(("paragraph", text) for text in texts))
    blocks = tuple(
        Block(kind=kind, marker="", section=0, text=text, locator=f"line {number}")
        for number, (kind, text) in enumerate(kinds, 1)
    )
    section = Section(parent=None, level=1, marker="", title=heading, block=0)
    dated = build_timeline(Metadata(kind="政府工作报告"), (section,), blocks, load_lexicon(), given=plan)
    return Outline(sections=dated.sections, blocks=blocks, metadata=dated.metadata, timeline=dated.timeline)


def build(
    text: str, heading: str = "2024年工作回顾", reviews: str = "2024", plans: str = "2025"
) -> tuple[Outline, Facts]:
    outline = date_outline(heading, (text,), int(plans))
    assert outline.timeline.review == int(reviews)
    return outline, build_facts(outline, read_quantities(outline, load_lexicon()), load_lexicon())


@pytest.mark.parametrize("case", read_cases())
def test_sentence(case: dict[str, Any]) -> None:
    _, found = build(case["text"], case["heading"], case["reviews"], case["plans"])
    assert [diagnostic.code for diagnostic in found.diagnostics] == case.get("diagnostics", [])
    facts = [fact for fact in found.facts if fact.block == 1]
    got = [{name: getattr(fact, name) for name in FIELDS} for fact in facts]
    assert got == [{name: fact[name] for name in FIELDS} for fact in case["facts"]]
    assert [fact.change for fact in facts] == [SIGNS.get(fact.kind, lambda _: None)(fact.value) for fact in facts]
    assert {rule for fact in facts for rule in fact.rules} <= load_rules().rules.keys()
    by_id = {fact.id: fact.quote for fact in facts}
    for fact, want in zip(facts, case["facts"], strict=True):
        for name in want.keys() - set(FIELDS):
            value = getattr(fact, name)
            value = by_id.get(value, value) if name == "part_of" else value
            value = list(value) if isinstance(value, tuple) else value
            assert (str(value) if isinstance(value, Decimal) else value) == want[name], name


def test_a_list_that_does_not_match_its_numbers_is_reported_and_not_guessed() -> None:
    _, found = build("水稻、小麦、玉米产量分别增长3%、5%。")
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["respectively-mismatch"]
    (message,) = (diagnostic.message for diagnostic in found.diagnostics)
    assert message == "2 numbers do not match their list: …水稻、小麦、玉米产量分别增长3%、5%"
    assert all("、" in fact.item or fact.item == found.facts[0].item for fact in found.facts)


def test_each_thing_of_a_list_is_a_part_of_the_same_whole() -> None:
    _, found = build("全年新增就业9万人，其中高校毕业生、返乡农民各3万人。")
    whole, *parts = (fact for fact in found.facts if fact.block == 1)
    assert [part.item for part in parts] == ["高校毕业生", "返乡农民"]
    assert [part.part_of for part in parts] == [whole.id, whole.id]


def test_ids_hang_on_what_is_said() -> None:
    _, once = build("提交提案212件。")
    _, again = build("提交提案212件。")
    _, moved = build("工作扎实推进。提交提案212件。")
    assert once.facts[0].id == again.facts[0].id == moved.facts[0].id
    _, twice = build("提交提案212件。提交提案212件。")
    assert len({fact.id for fact in twice.facts}) == 2


def test_every_fact_names_the_rules_that_made_it() -> None:
    _, found = build("全县生产总值达到318.4亿元、增长6.2%。")
    for fact in found.facts:
        stages = {rule.split(".")[0] for rule in fact.rules}
        assert {"numeral", "item", "period", "status"} <= stages


PIECES = (
    "全年 提交 提案 12件 增长 3.5% 、 ， 。 分别 均 由 到 其中 的 20家 企业 “ ” （ ） 2024年 五年来 第3位 居全省 投资"
    " 5亿元 建成 和 达到 翻一番 三分之一 每 万"
)
WORDS = st.sampled_from(PIECES.split())


@given(st.lists(WORDS, max_size=40).map("".join))
def test_any_sentence_gives_facts_that_quote_it(text: str) -> None:
    outline, found = build(text)
    for fact in found.facts:
        block = outline.blocks[fact.block].text
        assert block[fact.start : fact.end] == fact.quote
        assert fact.sentence in block
        assert fact.quote in fact.sentence
    assert len({fact.id for fact in found.facts}) == len(found.facts)


@pytest.mark.parametrize(
    ("text", "item", "period", "status"),
    [
        ("2024年第一季度生产总值增长5.1%。", "生产总值", "2024-01/2024-03", "actual"),
        ("2024年第三季度末，贷款余额5亿元。", "贷款余额", "2024-07/2024-09", "actual"),
        ("今后五年新建公路500公里。", "公路", "2025-2029", "target"),
        ("未来5年，新建公路500公里。", "公路", "2025-2029", "target"),
        ("五年来新建公路500公里，为今后五年打下基础。", "公路", "2020-2024", "actual"),
        ("新建公路500公里，为今后五年打下基础。", "公路", "2024", "actual"),
    ],
)
def test_periods_that_a_part_that_looks_back_names(text: str, item: str, period: str, status: str) -> None:
    _, found = build(text)
    facts = [(fact.item, fact.period, fact.status) for fact in found.facts if fact.block == 1]
    assert facts == [(item, period, status)]


@pytest.mark.parametrize(
    ("heading", "text", "wanted"),
    [
        (
            "2025年工作安排",
            "三年内新建泵站30座，今后五年新增就业6万人。",
            "30座 2025-2027 target, 6万人 2025-2029 target",
        ),
        (
            "2024年工作回顾",
            "粮食产量按2020年价格计算增长31%，比2019年增长4%，是2015年的1.2倍。",
            "31% 2024 actual, 4% 2024 actual, 1.2倍 2024 actual",
        ),
        (
            "2024年工作回顾",
            "职工达到3.1万人，比2019年的2.8万人增长10.7%。",
            "3.1万人 2024 actual, 2.8万人 2019 actual, 10.7% 2024 actual",
        ),
        ("2024年工作回顾", "在2023年增长7%的基础上，2024年财政收入增长6%。", "7% 2023 actual, 6% 2024 actual"),
        (
            "2024年工作回顾",
            "自2019年3月设立以来，窗口累计受理530件，获表彰3次。",
            "530件 2019-2024 actual, 3次 2019-2024 actual",
        ),
        (
            "“十四五”时期工作回顾",
            "“十四五”期间，新建公路310公里，其中，2024年新建80公里；新建桥梁12座。",
            "310公里 2021-2025 actual, 80公里 2024 actual, 12座 2021-2025 actual",
        ),
        (
            "2024年工作回顾",
            "新建公路310公里（2023年80公里），新建桥梁12座。",
            "310公里 2024 actual, 80公里 2023 actual, 12座 2024 actual",
        ),
        ("2024年工作回顾", "粮食增产6%，超过计划规定增长4%的速度。", "6% 2024 actual, 4% 2024 target"),
        ("2024年工作回顾", "已征集提案310件，拟提交大会30件。", "310件 2024 actual, 30件 2024 target"),
        ("2025年工作安排", "实现已确定的产值翻一番的目标。", "翻一番 2025 target"),
        ("2025年工作安排", "全县有15%的村尚未通公交。", "15% 2024 actual"),
        ("2025年工作安排", "力争15%的尚未通公交的村通公交。", "15% 2025 target"),
    ],
)
def test_when_and_whether_done(heading: str, text: str, wanted: str) -> None:
    """Where the item is not what is looked at."""
    _, found = build(text, heading)
    facts = [f"{fact.quote} {fact.period} {fact.status}" for fact in found.facts if fact.block == 1]
    assert ", ".join(facts) == wanted


def test_an_average_whose_years_nothing_names_is_reported() -> None:
    _, found = build("茶园年均增长4%。茶园面积年均增长5%，竹林3万亩。")
    assert [(diagnostic.code, diagnostic.message) for diagnostic in found.diagnostics] == [
        ("time-average-without-span", f"“{quote}” ({item}) is a yearly average, but only the year 2024 is known of it")
        for quote, item in (("4%", "茶园"), ("5%", "茶园面积"))
    ]
    _, found = build("五年来，茶园年均增长4%。")
    assert found.diagnostics == ()


GOALS = ("今后的主要目标是：", "——生产总值增长6%；", "——财政收入增长5%。", "新建公路310公里。")


def test_a_list_below_a_statement_of_targets_states_them() -> None:
    outline = date_outline("2025年工作安排", GOALS, 2025)
    found = build_facts(outline, read_quantities(outline, load_lexicon()), load_lexicon())
    assert [(fact.quote, fact.headline, fact.period) for fact in found.facts] == [
        ("6%", "target", "2025"),
        ("5%", "target", "2025"),
        ("310公里", None, "2025"),
    ]


def test_main_targets_of_another_year_are_reported() -> None:
    _, found = build("2023年的主要预期目标是：生产总值增长6%，财政收入增长5%。", "2025年工作安排")
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["headline-year"]
    _, found = build("2025年的主要预期目标是：生产总值增长6%，财政收入增长5%。", "2025年工作安排")
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("粮食产量比2019年增长4%。", "比2019年"),
        ("生产总值按2020年价格计算增长31%。", "按2020年价格"),
        ("粮食产量是2015年的1.2倍。", "2015年"),
        ("五年来，生产总值年均增长6%。", "年均"),
        ("2019年粮食产量增长4%。", None),
    ],
)
def test_what_a_number_is_measured_against(text: str, basis: str | None) -> None:
    _, found = build(text)
    assert [fact.basis for fact in found.facts if fact.block == 1] == [basis]


def read_status_rules(text: str) -> set[str]:
    """The rules of status that read a text, below its heading where it has one."""
    heading, _, paragraph = text.rpartition("｜")
    _, found = build(paragraph, heading)
    return {rule for fact in found.facts if fact.block == 1 for rule in fact.rules if rule.startswith("status")}


@pytest.mark.parametrize("rule", STATUS_RULES, ids=lambda rule: rule.name)
def test_a_rule_of_the_status_holds_for_its_example_and_not_for_its_near_miss(rule: StatusRule) -> None:
    assert rule.name in read_status_rules(rule.example)
    missed = read_status_rules(rule.near_miss)
    assert missed
    assert rule.name not in missed


def test_the_order_of_the_rules_of_the_status_is_printed_at_the_head_of_their_module() -> None:
    listed = re.findall(
        r"^    (status\.[a-z_]+)  ",
        ast.get_docstring(ast.parse(Path(status.__file__).with_name("status.py").read_text("utf-8")), clean=False)
        or "",
        re.M,
    )
    assert listed == [rule.name for rule in STATUS_RULES]


def test_a_paragraph_that_looks_ahead_speaks_for_itself_alone() -> None:
    """今后五年 in a part that looks back: the paragraphs after it look back again."""
    texts = ("今后五年新建公路500公里。再建桥梁30座。", "新建学校20所。")
    outline = date_outline("2024年工作回顾", texts, 2025)
    found = build_facts(outline, read_quantities(outline, load_lexicon()), load_lexicon())
    assert [(fact.quote, fact.period, fact.status) for fact in found.facts] == [
        ("500公里", "2025-2029", "target"),
        ("30座", "2025-2029", "target"),
        ("20所", "2024", "actual"),
    ]


# The years of a report that was spoken in 2031, and its parts: one that looks back at a year, one that plans, one that
# looks back at five years, and one that says nothing of time.
YEARS = Years(2030, 2031, None, 2031, "2026-2030", "2031-2035")
FRAMES = {
    "back": Frame("2030", "actual", "period.heading"),
    "ahead": Frame("2031", "target", "period.heading"),
    "five": Frame("2026-2030", "actual", "period.heading"),
    "open": Frame(None, None, "period.report"),
}
FLAGS = ("compared", "valued", "as_of", "effort")


def show_mention(mention: Mention, text: str) -> str:
    """The words, their period, what they are, and what they only do, with the text from where they cease to hold."""
    flags = [name for name in FLAGS if getattr(mention, name)]
    until = [f"until {text[mention.within : mention.within + 3]}"] if mention.within >= 0 else []
    return " ".join([text[mention.start : mention.end], mention.period, mention.sort, *flags, *until])


def read_mentions() -> list[Any]:
    lines = (CASES.parent / "mentions" / "words.jsonl").read_text("utf-8").splitlines()
    return [pytest.param(case, id=case["text"]) for case in map(json.loads, lines)]


@pytest.mark.parametrize("case", read_mentions())
def test_words_of_time(case: dict[str, Any]) -> None:
    """In each kind of part; what is not told of one is as in the part that looks back at a year."""
    text, words = case["text"], compile_time(load_lexicon())
    for name, frame in FRAMES.items():
        found = [show_mention(one, text) for one in find_mentions(text, 0, len(text), YEARS, frame, words)]
        assert found == case["read"].get(name, case["read"]["back"]), name


# What the words in front of a number may say, and what holds where they do not.
SAID: dict[str, object] = {
    "basis": None,
    "scope": None,
    "date": None,
    "verb": "",
    "rules": [],
    **dict.fromkeys(("respectively", "origin", "each", "towards", "decided", "compared", "placed"), False),
}


def read_predicates() -> list[Any]:
    lines = (CASES.parent / "predicates" / "words.jsonl").read_text("utf-8").splitlines()
    return [pytest.param(case, id=case["text"]) for case in map(json.loads, lines)]


@pytest.mark.parametrize("case", read_predicates())
def test_words_in_front_of_a_number(case: dict[str, Any]) -> None:
    """Subject and kind, and whatever else differs from a number that nothing is said of."""
    text = case["text"]
    number = next(found for found in find_quantities(text) if found.quote == case["number"])
    thing = number.dimension == "count" and number.unit != "位"
    found = read_predicate(text[: number.start], compile_patterns(load_lexicon()).predicate, number, thing=thing)
    told = {name: getattr(found, name) for name in SAID}
    assert {"subject": found.subject, "kind": found.kind} | {
        name: value for name, value in told.items() if value != SAID[name]
    } == case["read"]


def read_nouns(call: str, text: str) -> object:
    """What a step of the way from a clause to an item makes of a text."""
    words = compile_patterns(load_lexicon())
    steps: dict[str, Callable[[str], object]] = {
        "trim_item": nouns.trim_item,
        "read_subject": lambda text: nouns.read_subject(text, words.noun),
        "headless": lambda text: nouns.read_subject(text, words.noun, headless=True),
        "read_list": lambda text: nouns.read_list(text, words.noun),
        "read_noun_after": lambda text: nouns.read_noun_after(text, words.noun),
        "find_root": lambda text: parts.find_root(text, words.acts),
        "cut_acts": lambda text: parts.cut_acts(text, words.acts),
        "names_measure": lambda text: parts.names_measure(text, words.choice),
        "find_measure": lambda text: parts.find_measure(text, words.choice),
    }
    return steps[call](text)


NOUNS = [json.loads(line) for line in (CASES.parent / "nouns" / "words.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", NOUNS, ids=lambda case: f"{case['call']}:{case['text']}")
def test_nouns(case: dict[str, Any]) -> None:
    assert read_nouns(case["call"], case["text"]) == case["read"]


def test_every_word_of_time_is_looked_for() -> None:
    """fact/period.py skips a sentence without a mark of time, so it must see one in every word."""
    words = compile_time(load_lexicon())
    time = load_lexicon().facts.time
    years = (time.this_year, time.whole_year, time.same_year, time.year_end, time.last_year, time.year_before)
    lists = (*years, time.past_year, time.next_year, time.two_years_ago, time.now)
    told = [word for words in lists for word in words]
    assert told
    assert [word for word in told if not find_relative(word, 0, len(word), words)] == []
