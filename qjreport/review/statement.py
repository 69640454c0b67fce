"""A score for people: a table of shares with their intervals, and the paragraph for the methods section of a paper.

Both in English or Chinese. The paragraph names what a reader needs to judge or repeat the estimate: version and hash of
the word tables, how much was drawn of how much and with which seed, who judged, and how the intervals were reckoned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from qjreport.review.agree import Agreement, Comparison
from qjreport.review.corrections import DOUBTED, SURE
from qjreport.review.intervals import Estimate
from qjreport.review.score import Score
from qjreport.writers.accounts import name_count
from qjreport.writers.fact_columns import FACT_COLUMNS
from qjreport.writers.text import pad_cells

CHINESE = {column.name: column.chinese for column in FACT_COLUMNS}


class Words(msgspec.Struct, frozen=True):
    """What a table says beside the names of fields."""

    heads: tuple[str, ...]
    full: str
    is_fact: str
    recall: str
    fields: str
    doubts: str
    kinds: str
    groups: Mapping[str, str]
    unknown: str  # a kind of document that is not known
    agreement: tuple[str, ...]
    non_facts: str
    by: Mapping[str, str]


ENGLISH = Words(
    ("", "share", "interval", "right", "judged"),
    "right in every field",
    "is a fact",
    "recall",
    "by field",
    "right in every field, by doubt",
    "right in every field, by kind of document",
    {SURE: "none", DOUBTED: "any"},
    "unknown",
    ("", "share", "kappa", "same", "both judged", "both corrected", "to the same"),
    "other number: fact or none",
    {
        "fact_kind": "kind of fact",
        "document_kind": "kind of document",
        "doubts": "doubts",
        "status": "status",
        "area_level": "level of the area",
        "year": "year of the report",
        "why": "what the number is instead",
    },
)
# fmt: off
IN_CHINESE = Words(
    ("", "比例", "区间", "正确", "已核"),
    "各字段全对", "确为数据", "查全率", "按字段", "各字段全对，按存疑", "各字段全对，按报告类型",
    {SURE: "无存疑", DOUBTED: "有存疑"},
    "不详",
    ("", "一致率", "kappa", "一致", "共同核对", "都作改正", "改正相同"),
    "其他数字：是否数据",
    {"fact_kind": "类型", "document_kind": "报告类型", "doubts": "存疑", "status": "状态",
     "area_level": "地区级别", "year": "报告年份", "why": "数字类别"},
)
# fmt: on
NOTES = {
    "en": {
        "unjudged": "note: without any judgement, and left out: {strata} ({share} of the whole)",
        "outside": "note: not counted: {outside} of what was not drawn",
        "whole": "note: recall holds only if the documents were read as a whole and all that was missed was entered",
        "selections": "note: not counted in recall: {selections} that reading what was shown brought up",
        "no-numbers": "note: no number that is no fact was judged, so that recall cannot be estimated",
    },
    "zh": {
        "unjudged": "注意：{unjudged} 层（占总体 {share}）尚无一条核对，以上数字不含这些层。",
        "outside": "注意：{count} 条核对不在样本之内，未计入。",
        "whole": "注意：查全率只在核对者通读全部报告、逐一补充遗漏时成立。",
        "selections": "注意：另有 {added} 条数据是核对者在所示段落中自行发现的，未计入查全率。",
        "no-numbers": "注意：未核对非数据的数字，无法估计查全率。",
    },
}
WORDS = {"en": ENGLISH, "zh": IN_CHINESE}


PERCENT = {"en": " %", "zh": "%"}


def format_share(share: float | None, language: str = "en") -> str:
    """
    >>> format_share(0.98525), format_share(0.98525, "zh"), format_share(None)
    ('98.5 %', '98.5%', '–')
    """
    return "–" if share is None else f"{100 * share:.1f}{PERCENT[language]}"


def format_interval(low: float | None, high: float | None, language: str = "en") -> str:
    return "" if low is None or high is None else f"{100 * low:.1f}–{100 * high:.1f}{PERCENT[language]}"


def name_field(name: str, language: str) -> str:
    return CHINESE[name] if language == "zh" else name


def write_score(score: Score, language: str = "en") -> str:
    """The shares as a table, what to keep in mind, and the paragraph of methods."""
    words = WORDS[language]
    rows = list(list_rows(score, words, language))
    lines = list(pad_cells(rows))
    notes = list(list_notes(score, language))
    parts = ["\n".join(lines), *(["\n".join(notes)] if notes else []), write_methods(score, language)]
    return "\n\n".join(parts) + "\n"


def list_rows(score: Score, words: Words, language: str) -> Iterator[tuple[str, ...]]:
    level = f"{100 * score.level:g} % " if language == "en" else f"{100 * score.level:g}%"
    yield (words.heads[0], words.heads[1], level + words.heads[2], *words.heads[3:])
    yield show(words.full, score.full, language)
    yield show(words.is_fact, score.is_fact, language)
    recall = score.recall
    bounds = format_interval(recall.low, recall.high, language)
    yield words.recall, format_share(recall.share, language), bounds, "", ""
    yield (words.fields,)
    yield from (show("  " + name_field(name, language), shown, language) for name, shown in score.fields.items())
    yield (words.doubts,)
    yield from (show("  " + words.groups.get(name, name), shown, language) for name, shown in score.by_doubt.items())
    yield (words.kinds,)
    yield from (show("  " + (kind or words.unknown), shown, language) for kind, shown in score.by_kind.items())


def show(name: str, found: Estimate, language: str) -> tuple[str, ...]:
    bounds = format_interval(found.low, found.high, language)
    return name, format_share(found.share, language), bounds, str(found.right), str(found.judged)


def list_notes(score: Score, language: str) -> Iterator[str]:
    """What a reader of the figures has to keep in mind."""
    notes = {
        "unjudged": bool(score.unjudged),
        "outside": bool(score.outside),
        "whole": score.seed is None and score.recall.share is not None,
        "selections": score.seed is not None and bool(score.selections),
        "no-numbers": score.recall.why_not == "no-numbers",
    }
    share = format_share(score.unjudged_share, language)
    for name, holds in notes.items():
        if holds:
            yield NOTES[language][name].format(
                unjudged=score.unjudged,
                strata="1 stratum" if score.unjudged == 1 else f"{score.unjudged} strata",
                share=share,
                outside=name_count(score.outside, "judgements"),
                count=score.outside,
                selections=name_count(score.selections, "more facts"),
                added=score.selections,
            )


def write_methods(score: Score, language: str = "en") -> str:
    """A paragraph for the methods section of a paper."""
    return write_methods_chinese(score) if language == "zh" else write_methods_english(score)


def write_methods_english(score: Score) -> str:
    level, tool = f"{100 * score.level:g} %", f"qjreport {score.version} (lexicon {score.lexicon})"
    who = f" by {join_words(score.reviewers)}" if score.reviewers else ""
    if score.seed is None:
        said = [
            f"Facts were extracted with {tool}. {join_words(score.reviewers) or 'A reader'} judged "
            f"{name_count(score.judged_facts, 'facts')} in {name_count(score.documents, 'documents')} against the "
            "text, none of them drawn at random."
        ]
    else:
        by = join_words([WORDS["en"].by.get(name, name) for name in score.by])
        strata = f", stratified by {by} into {score.strata} strata and weighted by their sizes" if by else ""
        said = [
            f"Facts were extracted with {tool}. Of the {score.facts:,} facts and of the {score.non_facts:,} numbers "
            f"that it takes for no facts, {score.judged_facts:,} and {score.judged_non_facts:,} were drawn at random "
            f"(seed {score.seed}{strata}) and judged against the text{who}."
        ]
    if score.full.share is not None:
        fields = ", ".join(f"{name} {format_share(found.share)}" for name, found in score.fields.items())
        said.append(
            f"{format_share(score.full.share)} of the facts are right in every field "
            f"({level} interval {format_interval(score.full.low, score.full.high)}), and "
            f"{format_share(score.is_fact.share)} are facts at all "
            f"({format_interval(score.is_fact.low, score.is_fact.high)}); by field: {fields}."
        )
    said += list_recall_english(score)
    how = "Intervals are Wilson's" + (", on the effective sample size where weights differ" if score.by else "")
    combined = score.seed is not None and score.recall.share is not None
    said.append(f"{how}{'; that of recall combines two of them (MOVER)' if combined else ''}.")
    return " ".join(said)


def join_words(words: Sequence[str]) -> str:
    """
    >>> join_words(["kind", "year", "doubts"]), join_words(["kind"]), join_words([])
    ('kind, year and doubts', 'kind', '')
    """
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def list_recall_english(score: Score) -> Iterator[str]:
    recall = score.recall
    if recall.share is None:
        return
    interval = format_interval(recall.low, recall.high)
    if score.seed is None:
        found = name_count(int(recall.missed), "facts")
        yield (
            f"Reading the documents brought up {found} that had been missed: a recall of "
            f"{format_share(recall.share)} ({interval})."
        )
        return
    missed = recall.missed_rate
    if missed is None:
        return
    what = "is a fact that was missed" if missed.right == 1 else "are facts that were missed"
    counted = f"{missed.right:,} of the {missed.judged:,} numbers judged {what}"
    yield (
        f"{counted}, which puts the recall among the numbers of the documents at {format_share(recall.share)} "
        f"({interval})."
    )


def write_methods_chinese(score: Score) -> str:
    level, tool = f"{100 * score.level:g}%", f"qjreport {score.version}（词表 {score.lexicon}）"
    who = f"由{'、'.join(score.reviewers)}" if score.reviewers else ""
    if score.seed is None:
        said = [
            f"数据由 {tool}抽取。{who}对照原文核对 {score.documents:,} 份报告中的 {score.judged_facts:,} 条数据，"
            "这些数据并非随机抽取。"
        ]
    else:
        by = "、".join(WORDS["zh"].by.get(name, name) for name in score.by)
        strata = f"，按{by}分为 {score.strata} 层，并按各层大小加权" if by else ""
        said = [
            f"数据由 {tool}抽取。从全部 {score.facts:,} 条数据和 {score.non_facts:,} 个未列为数据的数字中分别随机抽取 "
            f"{score.judged_facts:,} 条和 {score.judged_non_facts:,} 个（随机种子 {score.seed}{strata}），"
            f"{who}对照原文核对。"
        ]
    if score.full.share is not None:
        fields = "，".join(
            f"{name_field(name, 'zh')} {format_share(one.share, 'zh')}" for name, one in score.fields.items()
        )
        said.append(
            f"各字段全部正确的数据占 {format_share(score.full.share, 'zh')}"
            f"（{level}置信区间 {format_interval(score.full.low, score.full.high, 'zh')}），"
            f"确为数据的占 {format_share(score.is_fact.share, 'zh')}"
            f"（{format_interval(score.is_fact.low, score.is_fact.high, 'zh')}）；各字段正确率：{fields}。"
        )
    said += list_recall_chinese(score)
    weighted = "，权重不等时按有效样本量计算" if score.by else ""
    combined = (
        "；查全率的区间由两个区间合成（MOVER）" if score.seed is not None and score.recall.share is not None else ""
    )
    said.append(f"区间均为 Wilson 区间{weighted}{combined}。")
    return "".join(said)


def list_recall_chinese(score: Score) -> Iterator[str]:
    recall = score.recall
    if recall.share is None:
        return
    shown = f"{format_share(recall.share, 'zh')}（{format_interval(recall.low, recall.high, 'zh')}）"
    missed = recall.missed_rate
    if score.seed is None:
        yield f"核对者在通读报告时另发现 {recall.missed:,.0f} 条遗漏的数据，查全率为 {shown}。"
    elif missed is not None:
        yield (
            f"所核对的 {missed.judged:,} 个数字中有 {missed.right:,} 个是遗漏的数据，据此估计，就报告中的数字而言，"
            f"查全率为 {shown}。"
        )


def write_comparison(found: Comparison, language: str = "en") -> str:
    """The agreement of two people as a table."""
    words = WORDS[language]
    rows = [
        words.agreement,
        show_agreement(words.full, found.full, language),
        show_agreement(words.is_fact, found.is_fact, language),
        *(show_agreement("  " + name_field(name, language), one, language) for name, one in found.fields.items()),
        show_agreement(words.non_facts, found.non_facts, language),
    ]
    counts = (found.both, found.only_first, found.only_second)
    added = (found.added_by_both, found.added_by_first, found.added_by_second)
    if language == "zh":
        said = (
            "共同核对 {} 条，仅第一份 {} 条，仅第二份 {} 条；"
            "选文补充的数据：两份都有 {} 条，仅第一份 {} 条，仅第二份 {} 条。"
        )
    else:
        said = (
            "{} judged by both, {} by the first alone, {} by the second alone; "
            "facts added by selecting text: {} by both, {} by the first alone, {} by the second alone"
        )
    table = "\n".join(pad_cells([tuple(map(str, row)) for row in rows]))
    return f"{table}\n\n{said.format(*counts, *added)}\n"


def show_agreement(name: str, found: Agreement, language: str) -> tuple[str, ...]:
    kappa = "–" if found.kappa is None else f"{found.kappa:.2f}"
    corrected = (str(found.corrected), str(found.same_value)) if found.corrected else ("", "")
    return name, format_share(found.share, language), kappa, str(found.same), str(found.judged), *corrected
