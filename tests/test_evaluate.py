"""The project's own test set is what its guidelines say, and the scorer counts as one would by hand."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from conftest import ROOT
from evaluation import DOCUMENTS, GOLD, read_scores, write_scores
from gold_numbers import read_quote

from qjreport.evaluate.__main__ import main
from qjreport.evaluate.align import Pair, is_same_item, is_same_period, is_same_unit, pair_facts
from qjreport.evaluate.gold import GoldDocument, GoldError, GoldFact, Neutral, find_faults, read_gold
from qjreport.evaluate.predictions import Answer, GivenBlock, PredictionError, place_predictions, read_answer
from qjreport.evaluate.score import draw_intervals, evaluate

ANNOTATED = read_gold(GOLD)
POWERS = {Fraction(10) ** power for power in range(13)}  # of a table's head: 万元, 亿元
PARAGRAPH = "全年提案120件，立案100件，办复率近九成；获一等奖、二等奖各1件。"


def make_fact(quote: str, value: str, unit: str, item: str, **other: str) -> GoldFact:
    start = PARAGRAPH.index(quote)
    fields = {"bound": "=", "kind": "level", "period": "2023", "status": "actual"} | other
    made = {"paragraph": 0, "start": start, "end": start + len(quote), "quote": quote, "value": value, "unit": unit}
    return msgspec.convert({**made, "item": item, **fields}, GoldFact)


def make_document(**other: object) -> GoldDocument:
    facts = (
        make_fact("120件", "120", "件", "提案"),
        make_fact("100件", "100", "件", "立案提案"),
        make_fact("九成", "90", "%", "办复率", bound="~"),
        make_fact("1件", "1", "件", "一等奖"),
        make_fact("1件", "1", "件", "二等奖"),
    )
    start = PARAGRAPH.rindex("1件")
    facts = (*facts[:3], *(msgspec.structs.replace(one, start=start, end=start + 2) for one in facts[3:]))
    fields = {"kind": "cppcc", "level": "county", "year": 2023, "script": "simplified", "facts": facts}
    made = {"schema": "qjreport/gold/1", "document": "made.txt", "paragraphs": (PARAGRAPH,), **fields, **other}
    return GoldDocument(**made)  # type: ignore[arg-type]


def answer(*facts: tuple[str, str, str, str], **every: object) -> Answer:
    """A tool's answer in the first form; the years and the status are right unless `every` has others."""
    fields = {"sentence": PARAGRAPH, "bound": "=", "kind": "level", "period": "2023", "status": "actual"} | every
    keys = ("quote", "value", "unit", "item")
    return msgspec.convert({"facts": [dict(zip(keys, fact, strict=True)) | fields for fact in facts]}, Answer)


@pytest.mark.parametrize("document", ANNOTATED, ids=lambda one: one.name)
def test_values_are_those_of_the_quotes(document: GoldDocument) -> None:
    for fact in document.facts:
        given = [Fraction(value) for value in (fact.value, fact.value_to) if value is not None]
        read = list(read_quote(fact.quote))
        in_table = "\t" in document.paragraphs[fact.paragraph]
        assert given == read or (in_table and given[0] / read[0] in POWERS), (fact, read)


@pytest.mark.parametrize("document", ANNOTATED, ids=lambda one: one.name)
def test_a_document_is_annotated_as_a_whole(document: GoldDocument) -> None:
    page = (GOLD / document.document).read_bytes()
    text = page.decode("gb18030" if b"charset=gb2312" in page else "utf-8").replace("**", "")
    for paragraph in document.paragraphs:
        assert all(cell in text for cell in paragraph.split("\t")), paragraph
    assert len(document.facts) >= 12
    kinds = Counter(fact.kind for fact in document.facts)
    assert kinds["level"] and len({fact.item for fact in document.facts}) >= len(document.facts) // 3


def test_the_set_has_documents_of_all_kinds_and_times() -> None:
    assert len({one.kind for one in ANNOTATED}) >= 4
    assert {Path(one.document).suffix for one in ANNOTATED} == {".html", ".md", ".txt"}
    assert min(one.year for one in ANNOTATED) < 1960 < 2020 < max(one.year for one in ANNOTATED)
    assert {path.name for path in GOLD.iterdir()} == {
        "GUIDELINES.md",
        *(f"{one.name}.json" for one in ANNOTATED),
        *(one.document for one in ANNOTATED),
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start": 0, "end": 4}, "not at 0 to 4"),
        ({"paragraph": 3}, "no paragraph 3"),
        ({"value": "many"}, "many is no value"),
        ({"value_to": "90"}, "ends before it begins"),
        ({"period": "last year"}, "is no period"),
        ({"item": " "}, "no item"),
    ],
)
def test_a_broken_annotation_is_named(change: dict[str, object], said: str) -> None:
    fact = msgspec.structs.replace(make_document().facts[0], **change)
    assert [said for fault in find_faults(make_document(facts=(fact,))) if said in fault] == [said]
    assert list(find_faults(make_document())) == []


def test_the_counts_of_a_small_example() -> None:
    """Five gold facts. Right in all: 120件, both prizes. 100件 has a wrong item, 九成 no bound; 7件 is nowhere."""
    given = answer(
        ("120件", "120", "件", "提案"),
        ("100件", "100", "件", "办复率"),
        ("九成", "90", "%", "办复率"),
        ("1件", "1", "件", "二等奖"),
        ("1件", "1", "件", "一等奖"),
        ("7件", "7", "件", "提案"),
    )
    document = make_document()
    found = evaluate("made", [(document, pair_facts(document, place_predictions(given, document)))])
    assert (found.facts, found.predictions, found.spurious, found.outside) == (5, 6, 1, 1)
    counted = {name: (round(one.precision * 6), round(one.recall * 5)) for name, one in found.fields.items()}
    assert counted == {
        "value": (5, 5),
        "unit": (5, 5),
        "bound": (4, 4),
        "kind": (5, 5),
        "item": (4, 4),
        "period": (5, 5),
        "status": (5, 5),
        "full": (3, 3),
    }
    assert found.fields["full"].f1 == pytest.approx(2 * 3 / 11)
    assert found.of_found["item"].share == 0.8
    assert found.sure is None and found.kinds["cppcc"].full_recall.right == 3
    assert found.years.keys() == {"2020 and later"}


def test_sure_facts_are_told_from_doubtful_ones() -> None:
    given = answer(("120件", "120", "件", "提案"), ("100件", "100", "件", "提案"), sure=True)
    given = Answer(facts=[*given.facts, *answer(("九成", "90", "%", "办复率"), sure=False).facts])
    document = make_document()
    found = evaluate("made", [(document, pair_facts(document, place_predictions(given, document)))])
    assert found.sure and (found.sure.judged, found.sure.right) == (2, 1)
    assert found.doubtful and (found.doubtful.judged, found.doubtful.right) == (1, 0)


def test_neutral_numbers_count_for_nothing() -> None:
    start = PARAGRAPH.index("120件")
    neutral = Neutral(paragraph=0, start=start, end=start + 4, quote="120件")
    document = make_document(facts=make_document().facts[1:], neutral=(neutral,))
    given = answer(("120件", "120", "件", "提案"), ("100件", "100", "件", "立案提案"))
    pairs = pair_facts(document, place_predictions(given, document))
    assert [(pair.gold is not None, pair.got is not None) for pair in pairs] == [(True, True), *[(True, False)] * 3]


def test_both_forms_of_predictions_find_the_same_places() -> None:
    document = make_document()
    by_sentence = answer(("120件", "120", "件", "提案"), ("1件", "1", "件", "一等奖"))
    text = f"首页 12 \n　　{PARAGRAPH.replace('，', ',')}"
    found = [(text.rindex(fact.quote), fact) for fact in by_sentence.facts]
    facts = [msgspec.structs.replace(fact, start=at, end=at + len(fact.quote)) for at, fact in found]
    by_offset = Answer(text=text, facts=facts)
    in_second = [msgspec.structs.replace(fact, block=1) for fact in facts]
    by_block = Answer(blocks=[GivenBlock(text="首页 12"), GivenBlock(text=text)], facts=in_second)
    places = [
        [(one.start, one.end, one.paragraph) for one in place_predictions(form, document)]
        for form in (by_sentence, by_offset, by_block)
    ]
    assert places[0][0] == places[1][0] == places[2][0]
    assert places[1] == places[2] and places[0][1] != (-1, -1, None)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("[]", "Expected `object`, got `array`"),
        ('{"facts": null}', r"at `\$.facts`"),
        ('{"facts": [1]}', r"at `\$.facts\[0\]`"),
        ('{"facts": [{"quote": "120件", "sentence": 5}]}', r"at `\$.facts\[0\].sentence`"),
        ('{"facts": [{"quote": "120件"}]}', "120件 has neither"),
        ('{"text": "120件", "facts": [{"quote": "120件"}]}', "120件 has neither"),
        ('{"text": "120件", "facts": [{"quote": "120件", "start": 0, "end": 99}]}', "0 to 99 is not in the text"),
        ('{"blocks": [{}], "facts": []}', "missing required field `text`"),
        ("120", "Expected `object`"),
        ("no JSON", "malformed"),
    ],
)
def test_an_answer_in_neither_form_is_refused(given: str, said: str) -> None:
    with pytest.raises(PredictionError, match=said):
        place_predictions(read_answer(given.encode()), make_document())


def test_an_answer_may_leave_out_what_the_tool_does_not_know() -> None:
    given = read_answer(
        '\ufeff{"facts": [{"quote": "120件", "sentence": "提案120件", "at": -3, "value": 120}]}'.encode()
    )
    (found,) = place_predictions(given, make_document())
    assert (found.value, found.unit, found.bound, found.period, found.sure) == (120, "", "=", None, None)


@pytest.mark.parametrize(
    ("item", "got", "neighbours", "right"),
    [
        ("提案", "提案", set(), True),
        ("高新技术企业", "新增高新技术企业", set(), True),
        ("提案", "委员提出的提案总数", set(), False),
        ("工业投资", "基础设施投资、工业投资", {"基础设施投资"}, False),
        ("立案提案", "立案提案", {"提案"}, True),
        ("立案提案", "提案", {"提案"}, False),
        ("城镇居民收入", "农村居民收入", {"农村居民收入"}, False),
    ],
)
def test_items(item: str, got: str, neighbours: set[str], right: bool) -> None:
    assert is_same_item(make_fact("120件", "120", "件", item), got, neighbours) is right


def test_periods_and_units() -> None:
    fact = make_fact("120件", "120", "件", "提案", period="2021-2025")
    assert is_same_period(fact, "2021-2025") and is_same_period(fact, "2025") and not is_same_period(fact, "2021")
    growth = msgspec.structs.replace(fact, kind="increase")
    assert not is_same_period(growth, "2025")
    assert is_same_period(make_fact("120件", "120", "件", "提案"), "2023-06") and not is_same_period(fact, None)
    assert is_same_unit("%", "％") and is_same_unit("平方公里", "平方千米") and not is_same_unit("人", "人次")


def test_intervals_hold_the_figure_and_stay_the_same() -> None:
    tallies = [Counter(gold=10, got=10, full=right) for right in (10, 9, 8, 5, 10, 7)]
    low, high = draw_intervals(tallies)["full"]
    assert low < 49 / 60 < high and (low, high) == draw_intervals(tallies)["full"]
    one = Pair(gold=make_fact("120件", "120", "件", "提案"), got=None)
    assert evaluate("none", [(make_document(), [one])]).fields["full"].f1 == 0


def test_any_command_is_scored(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    tool = tmp_path / "tool.py"
    tool.write_text(
        "import json, re, sys\ntext = open(sys.argv[1], encoding='utf-8').read()\n"
        "found = [m for m in re.finditer(r'([0-9.]+)%', text)]\n"
        "print(json.dumps({'text': text, 'facts': [{'quote': m[0], 'value': m[1], 'unit': '%', 'start': m.start(), "
        "'end': m.end()} for m in found]}))\n",
        encoding="utf-8",
    )
    name = ANNOTATED[0].name
    command = f"{shlex.quote(sys.executable)} {shlex.quote(str(tool))} {{text}}"
    assert main([str(GOLD), "--tool", command, "--only", name, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["documents"] == 1 and found["fields"]["unit"]["precision"] > 0.8 > found["fields"]["unit"]["recall"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--tool", "cat"], "needs {file} or {text}"),
        (["--tool", "cat {file}"], "budget-1993-county: JSON is malformed"),
        (["--tool", "no-such-tool {file}"], "no-such-tool: No such file"),
        (["--tool", "false {file}"], "ended with 1"),
        (["--predictions", "nowhere"], "No such file"),
        (["--only", "nothing-is-called-so"], "no document's name begins"),
    ],
)
def test_what_goes_wrong_is_said_in_a_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(GOLD), *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1


def test_a_folder_without_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="no annotated documents"):
        read_gold(tmp_path)
    (tmp_path / "one.json").write_text('{"schema": "other/1"}', encoding="utf-8")
    with pytest.raises(GoldError, match=r"one\.json"):
        read_gold(tmp_path)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_scores_in_the_document_are_those_of_the_command(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert write_scores(text, read_scores()) == text, "`make evaluation` writes them anew"


def test_the_numbers_beside_recognizers_are_those_of_the_script() -> None:
    """Where Recognizers-Text is not installed, qjreport's alone."""
    command = [sys.executable, "benchmarks/recognizers.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    lines = [line for line in done.stdout.splitlines() if "%" in line and "interval" not in line]
    assert len(lines) >= 6
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8").replace(",", "")
        for name, numbers, part, *figures in (re.split(r" *\| *", line)[1:-1] for line in lines):
            if part == "all" or name == "qjreport.extract":
                shown = re.escape(" | ".join(figures).rstrip())
                assert re.search(rf"\| {numbers} \| [^|]+ \| {shown}", text), (document.name, name, part)


def test_the_module_runs() -> None:
    command = [sys.executable, "-m", "qjreport.evaluate", str(GOLD), "--only", ANNOTATED[0].name, "--errors", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0 and "F1" in done.stdout, done.stderr
