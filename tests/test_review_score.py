"""How good an extraction is, and how far two people agree: with figures that were reckoned by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from reviews import PAGE, make_corrections, make_entry, make_number, make_sample

from qjreport.commands.root import root
from qjreport.review.agree import agree, compare_corrections
from qjreport.review.corrections import Entry, Reviewed, write_corrections
from qjreport.review.intervals import Estimate, bound_ratio, estimate, find_interval
from qjreport.review.score import score_corrections
from qjreport.review.statement import write_comparison, write_methods, write_score


def rounded(found: Any, digits: int = 4) -> tuple[float, float, float]:
    return round(found.share, digits), round(found.low, digits), round(found.high, digits)


class TestIntervals:
    @pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
    @pytest.mark.parametrize(("right", "judged"), [(0, 1), (1, 1), (0, 50), (9, 10), (47, 50), (50, 50), (985, 1000)])
    def test_against_scipy(self, right: int, judged: int, level: float) -> None:
        stats = pytest.importorskip("scipy.stats")
        expected = stats.binomtest(right, judged).proportion_ci(level, method="wilson")
        found = estimate([(3.0, number < right) for number in range(judged)], level)
        assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-12)
        assert (found.share, found.effective) == pytest.approx((right / judged, judged))

    # Newcombe, Two-sided confidence intervals for the single proportion, 1998, table I, method 3.
    @pytest.mark.parametrize(
        ("right", "judged", "low", "high"),
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
    )
    def test_against_a_book(self, right: int, judged: int, low: float, high: float) -> None:
        assert find_interval(right / judged, judged) == pytest.approx((low, high), abs=5e-5)

    def test_weights(self) -> None:
        """Two of a stratum of 900 and two of one of 100: each of the former weighs 450, each of the latter 50."""
        found = estimate([(450, True), (450, False), (50, True), (50, True)])
        assert found.share == (450 + 50 + 50) / 1000
        assert found.effective == pytest.approx(1000**2 / (2 * 450**2 + 2 * 50**2))
        assert (found.low, found.high) == find_interval(0.55, found.effective)

    def test_nothing_judged(self) -> None:
        assert estimate([]) == Estimate(share=None, low=None, high=None, judged=0, right=0, effective=0.0)

    def test_a_ratio_to_what_is_certain_is_the_interval_itself(self) -> None:
        assert bound_ratio((10, 5, 20), (100, 100, 100)) == pytest.approx((0.05, 0.2))


def edit(**new: Any) -> Entry:
    return make_entry("edited", new=new)


# Of 10 facts: 6 right, one with another item, one with another item and unit, one wrong in its period, one none at all.
TEN = [
    *(make_entry(fact=f"right{number}", doubts=("item.short",) * (number == 0)) for number in range(6)),
    make_entry("edited", "item", new={"item": "委员提案"}, doubts=("item.short",)),
    make_entry("edited", "unit", new={"item": "议案", "unit": "份"}, doubts=("item.short", "numeral.small")),
    make_entry("wrong", "period", wrong_fields=("period",)),
    make_entry("wrong", "none"),
]


class TestScore:
    def test_shares_of_whole_reports(self) -> None:
        score = score_corrections(make_corrections(*TEN))
        assert rounded(score.full) == (0.6, 0.3127, 0.8318)
        assert rounded(score.is_fact) == (0.9, 0.5958, 0.9821)
        right = {name: found.right for name, found in score.fields.items()}
        assert right == {
            **dict.fromkeys(("value", "value_to", "bound", "kind", "change", "status", "basis", "scope"), 9),
            "item": 7,
            "unit": 8,
            "period": 8,
        }
        assert {name: (found.right, found.judged) for name, found in score.by_doubt.items()} == {
            "sure": (5, 7),
            "doubted": (1, 3),
            "item.short": (1, 3),
            "numeral.small": (0, 1),
        }

    def test_a_field_that_was_touched_and_left_is_right(self) -> None:
        score = score_corrections(make_corrections(edit(item="提案", unit="件", value=Decimal("459.0"), scope=None)))
        assert score.full.share == 1.0

    def test_recall_of_whole_reports(self) -> None:
        """9 of the 10 are facts; one number and one stretch of text were facts that had been missed: 9 of 11."""
        missed = make_number("missed", new={"item": "会议", "value": Decimal(7)})
        selected = make_entry("missed", None, of="selection", new={"item": "委员", "value": Decimal(5)})
        score = score_corrections(make_corrections(*TEN, missed, selected, make_number(start=0)))
        assert rounded(score.recall) == (0.8182, 0.523, 0.9486)
        assert (score.recall.found, score.recall.missed, score.judged_non_facts) == (9, 2, 2)

    def test_by_kind_of_document(self) -> None:
        documents = (PAGE, Reviewed(source="b.html", kind="统计公报"), Reviewed(source="c.html"))
        entries = [
            make_entry(),
            make_entry("wrong", document=1),
            make_entry(document=1, fact="x"),
            make_entry(document=2),
        ]
        score = score_corrections(make_corrections(*entries, documents=documents))
        found = {kind: (one.right, one.judged) for kind, one in score.by_kind.items()}
        assert found == {"统计公报": (1, 2), "": (1, 1), "政协常委会工作报告": (1, 1)}

    def test_strata_weigh_what_they_stand_for(self) -> None:
        """Of 900 facts two were judged and one is right, of 100 both: 450 + 100 of 1000. Of 500 numbers, one of 10."""
        sample = make_sample(("facts", 900, 2), ("facts", 100, 2), ("non_facts", 500, 10), by=("document_kind",))
        entries = [
            *(make_entry(fact="a", stratum=0), edit(item="x")),
            *(make_entry(fact="b", stratum=1), make_entry(fact="c", stratum=1)),
            *(make_number(stratum=2, start=number) for number in range(9)),
            make_number("missed", stratum=2, start=6, end=9, new={"item": "会议", "value": Decimal(7)}),
        ]
        entries[1] = make_entry("edited", "d", stratum=0, new={"item": "x"})
        score = score_corrections(make_corrections(*entries, sample=sample))
        assert score.full.share == 0.55
        assert score.full.effective == pytest.approx(1e6 / 410_000)
        assert (score.facts, score.non_facts, score.strata, score.outside) == (1000, 500, 3, 0)
        # All four are facts: 1000 found; a tenth of 500 numbers are facts that were missed.
        recall = score.recall
        assert recall.share == pytest.approx(1000 / 1050)
        low, high = find_interval(0.1, 10)
        least, most = find_interval(1.0, 1e6 / 410_000)
        ratio = bound_ratio((50, 500 * low, 500 * high), (1000, 1000 * least, 1000 * most))
        assert (recall.low, recall.high) == pytest.approx((1 / (1 + ratio[1]), 1 / (1 + ratio[0])))
        assert rounded(recall) == (0.9524, 0.7823, 0.9911)

    def test_what_was_not_drawn_is_not_counted(self) -> None:
        sample = make_sample(("facts", 10, 2), ("facts", 30, 2), ("non_facts", 0, 0))
        entries = [make_entry(stratum=0), make_entry("wrong", fact="beside"), make_entry("wrong", "x", document=0)]
        score = score_corrections(make_corrections(*entries, sample=sample))
        assert (score.judged_facts, score.outside, score.full.share) == (1, 2, 1.0)
        assert (score.unjudged, score.unjudged_share) == (1, 0.75)
        assert (score.recall.share, score.recall.low, score.recall.high) == (1.0, 1.0, 1.0)  # no number to miss

    @pytest.mark.parametrize(
        ("strata", "entries", "why"),
        [
            ((("facts", 10, 1), ("non_facts", 10, 1)), [make_entry(stratum=0)], "no-numbers"),
            ((("facts", 10, 1), ("non_facts", 10, 1)), [make_entry("wrong", stratum=0)], "no-facts"),
            ((("facts", 10, 1), ("non_facts", 10, 1)), [make_number(stratum=1)], "no-facts"),
        ],
    )
    def test_where_recall_is_not_known(self, strata: Any, entries: list[Entry], why: str) -> None:
        recall = score_corrections(make_corrections(*entries, sample=make_sample(*strata))).recall
        assert (recall.share, recall.why_not) == (None, why)

    def test_no_judgement_at_all(self) -> None:
        score = score_corrections(make_corrections())
        assert (score.full.share, score.recall.why_not, score.by_kind) == (None, "no-facts", {})
        assert " ".join(write_score(score).split()).startswith(
            "share 95 % interval right judged right in every field – 0 0"
        )


SAMPLED = make_corrections(
    *(make_entry(fact=str(number), stratum=0) for number in range(19)),
    make_entry("edited", "19", stratum=0, new={"item": "x"}),
    *(make_number(stratum=1, start=0, end=number) for number in range(1, 10)),
    make_number("missed", stratum=1, new={"item": "会议", "value": Decimal(7)}),
    sample=make_sample(("facts", 12_000, 20), ("non_facts", 3_000, 10), seed=11, size=20),
)


class TestStatement:
    def test_methods(self) -> None:
        assert write_methods(score_corrections(SAMPLED)) == (
            "Facts were extracted with qjreport 1.2.3 (lexicon f00dcafe). Of the 12,000 facts and of the 3,000 numbers "
            "that it takes for no facts, 20 and 10 were drawn at random (seed 11) and judged against the text by 甲. "
            "95.0 % of the facts are right in every field (95 % interval 76.4–99.1 %), and 100.0 % are facts at all "
            "(83.9–100.0 %); by field: item 95.0 %, value 100.0 %, value_to 100.0 %, unit 100.0 %, bound 100.0 %, "
            "kind 100.0 %, change 100.0 %, period 100.0 %, status 100.0 %, basis 100.0 %, scope 100.0 %. "
            "1 of the 10 numbers judged is a fact that was missed, which puts the recall among the numbers of the "
            "documents at 97.6 % (90.7–99.6 %). Intervals are Wilson's; that of recall combines two of them (MOVER)."
        )

    def test_methods_in_chinese(self) -> None:
        assert write_methods(score_corrections(SAMPLED), "zh") == (
            "数据由 qjreport 1.2.3（词表 f00dcafe）抽取。从全部 12,000 条数据和 3,000 个未列为数据的数字中分别随机抽取 "
            "20 条和 10 个（随机种子 11），由甲对照原文核对。各字段全部正确的数据占 95.0%（95%置信区间 76.4–99.1%），"
            "确为数据的占 100.0%（83.9–100.0%）；各字段正确率：指标 95.0%，数值 100.0%，数值上限 100.0%，单位 100.0%，"
            "界限 100.0%，类型 100.0%，变化量 100.0%，时期 100.0%，状态 100.0%，比较基准 100.0%，排名范围 100.0%。"
            "所核对的 10 个数字中有 1 个是遗漏的数据，据此估计，就报告中的数字而言，查全率为 97.6%（90.7–99.6%）。"
            "区间均为 Wilson 区间；查全率的区间由两个区间合成（MOVER）。"
        )

    def test_methods_of_whole_reports(self) -> None:
        missed = make_number("missed", new={"item": "会议", "value": Decimal(7)})
        score = score_corrections(make_corrections(make_entry(), missed))
        english, chinese = write_methods(score), write_methods(score, "zh")
        assert "甲 judged 1 fact in 1 document against the text, none of them drawn at random." in english
        assert "brought up 1 fact that had been missed: a recall of 50.0 % (9.5–90.5 %)." in english
        assert "由甲对照原文核对 1 份报告中的 1 条数据，这些数据并非随机抽取。" in chinese
        assert "核对者在通读报告时另发现 1 条遗漏的数据，查全率为 50.0%（9.5–90.5%）。" in chinese

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_strata_are_named(self, language: str) -> None:
        sample = make_sample(("facts", 10, 1), ("non_facts", 10, 1), by=("fact_kind", "doubts"))
        said = write_methods(score_corrections(make_corrections(make_entry(stratum=0), sample=sample)), language)
        strata = {"en": "stratified by kind of fact and doubts into 2 strata", "zh": "按类型、存疑分为 2 层"}
        assert strata[language] in said

    @pytest.mark.parametrize(
        ("language", "said"),
        [("en", "left out: 1 stratum (50.0 % of the whole)"), ("zh", "注意：1 层（占总体 50.0%）")],
    )
    def test_what_to_keep_in_mind(self, language: str, said: str) -> None:
        sample = make_sample(("facts", 10, 1), ("non_facts", 10, 1))
        made = make_corrections(make_entry(stratum=0), make_entry(fact="beside"), sample=sample)
        shown = write_score(score_corrections(made), language)
        assert said in shown
        assert shown.count("note:") + shown.count("注意：") == 3

    def test_commands(self, tmp_path: Path) -> None:
        path = tmp_path / "corrections.json"
        path.write_bytes(write_corrections(SAMPLED))
        text, methods, plain = (
            CliRunner().invoke(root, ["review", "score", str(path), *more])
            for more in ([], ["--methods"], ["--format", "json", "--level", "0.9"])
        )
        assert text.stdout.endswith(f"\n\n{methods.stdout}")
        found = json.loads(plain.stdout)
        assert (found["schema"], found["level"], found["full"]["share"]) == ("qjreport/score/1", 0.9, 0.95)
        assert "(90 % interval" in found["methods"]

    def test_a_file_that_holds_none(self, tmp_path: Path) -> None:
        (tmp_path / "a.json").write_text("{}")
        done = CliRunner().invoke(root, ["review", "score", str(tmp_path / "a.json")])
        assert (done.exit_code, "is no file of corrections" in done.stderr) == (1, True)


class TestAgreement:
    @pytest.mark.parametrize(
        ("answers", "share", "kappa"),
        [
            ((45, 15, 25, 15), 0.6, 0.1304),  # the example of Wikipedia's article on Cohen's kappa
            ((20, 5, 10, 15), 0.7, 0.4),
            ((5, 0, 0, 5), 1.0, 1.0),
            ((0, 5, 5, 0), 0.0, -1.0),
            ((10, 0, 0, 0), 1.0, None),  # nothing could be told apart
            ((9, 1, 0, 0), 0.9, 0.0),
        ],
    )
    def test_kappa(self, answers: tuple[int, int, int, int], share: float, kappa: float | None) -> None:
        both, first, second, neither = answers
        pairs = [(True, True)] * both + [(True, False)] * first + [(False, True)] * second + [(False, False)] * neither
        found = agree(pairs)
        assert (found.share, found.kappa) == (share, kappa if kappa is None else pytest.approx(kappa, abs=5e-5))

    def test_two_people(self) -> None:
        """Of four facts both call one wrong and give the same item, one alone calls another wrong: 3/4, kappa 1/2."""
        first = make_corrections(
            make_entry("edited", "a", new={"item": "委员提案"}),
            *(make_entry("edited", "b", new={"item": "议案"}), make_entry(fact="c"), make_entry(fact="d")),
            *(make_entry(fact="only mine"), make_number()),
        )
        other = Reviewed(source="elsewhere.html", sha256=PAGE.sha256)  # the same page under another name
        second = make_corrections(
            make_entry("edited", "a", new={"item": "委员提案"}),
            *(make_entry(fact="b"), make_entry(fact="c"), make_entry(fact="d")),
            make_number("missed", new={"item": "会议", "value": Decimal(7)}),
            documents=(other,),
        )
        found = compare_corrections(first, second)
        assert (found.both, found.only_first, found.only_second) == (5, 1, 0)
        item = found.fields["item"]
        assert (item.share, item.kappa, item.corrected, item.same_value) == (0.75, 0.5, 1, 1)
        assert (found.full.share, found.is_fact.kappa) == (0.75, None)
        assert (found.fields["value"].share, found.non_facts.share) == (1.0, 0.0)
        assert "指标" in write_comparison(found, "zh")

    def test_nothing_in_common(self, tmp_path: Path) -> None:
        for name in ("a", "b"):
            made = make_corrections(make_entry(fact=name))
            (tmp_path / f"{name}.json").write_bytes(write_corrections(made))
        done = CliRunner().invoke(root, ["review", "agree", str(tmp_path / "a.json"), str(tmp_path / "b.json")])
        assert (done.exit_code, "judge nothing in common" in done.stderr) == (1, True)
