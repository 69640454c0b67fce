"""Whether a fact is a result or a target: from its own clause, its sentence, its period, its part of the report.

The rules are an ordered table, STATUS_RULES: the first that holds for a number says what it is (`read_status`). Each
looks at one Saying, which is all that it may know. The order:

    status.goal        a number of the sentence in which the report states its main targets: target
    status.start       where a change began: result, but for a year that lies ahead
    status.yardstick   what a plan asked for, beside what became of it: target
    status.intended    a verb that only intends: 拟建, wherever it stands: target
    status.lacking     a part of which something is lacking: result
    status.done        done, in its own clause, though its part plans: result
    status.year_ahead  its period lies ahead: target
    status.year_past   its period is over, though its part plans: result
    status.year_after  its period lies ahead of all that its part looks back on: target
    status.word        a strong word of planning in a part that does not plan: target
    status.heading     what its part, or its paragraph, says
    status.default     nothing speaks of a plan: result

What stands in the number's own clause comes before what the sentence says, and that before the period; the part of the
report decides where none of them tells. A sentence with neither a word of time nor one of the words that the rules
look for never comes here: `settle` says once for its paragraph what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from qjreport.fact.period import Frame, Years
from qjreport.lexicon import Lexicon
from qjreport.model import Status
from qjreport.text.patterns import WordTable, compile_re
from qjreport.text.words import Rare, join_words

ASIDES: Final = compile_re(r"（[^（）]*）|\([^()]*\)")


class PlanWords(WordTable):
    """What a plan is named by beside its amount: 年初预算, 调整预算数, 预期目标."""

    aside: re.Pattern[str]  # 增长5%（预期目标为｜8%
    budgeted: re.Pattern[str]  # 财政支出年初预算｜8亿元
    met: re.Pattern[str]  # 完成｜收入任务
    passed: re.Pattern[str]  # 县人大会议批准年初收入｜8亿元
    listed: re.Pattern[str]  # 批准的年初预算为：｜收入8亿元，支出9亿元
    adjusted: re.Pattern[str]  # 收入预算由8亿元调整为｜9亿元
    adjusts: re.Pattern[str]  # 收入预算由｜8亿元
    amends: re.Pattern[str]  # 8亿元｜调整为9亿元
    result: re.Pattern[str]  # 实际完成｜9亿元
    shared: re.Pattern[str]  # 占全年任务的｜95%
    whole: re.Pattern[str]  # 占年初预算｜8亿元
    share: re.Pattern[str]  # 8亿元｜的43%
    exceeded: re.Pattern[str]  # 超额完成｜40所
    asked: re.Pattern[str]  # 40所｜的年度目标任务
    any: re.Pattern[str]  # of these, and of what came of a plan
    names: Rare  # one of which a sentence has that says any of it


class MoodWords(WordTable):
    target: re.Pattern[str]
    strong: re.Pattern[str]
    not_strong: re.Pattern[str]
    not_strong_after: re.Pattern[str]
    expected: re.Pattern[str]
    intended: re.Pattern[str]
    done: re.Pattern[str]
    finished: re.Pattern[str]
    aimed: re.Pattern[str]
    yardstick: re.Pattern[str]
    planned: re.Pattern[str]  # 计划为｜8亿元，
    outcome: re.Pattern[str]  # 8亿元，｜实际完成9亿元
    beside: re.Pattern[str]  # 高于年初确定的｜12%的目标
    lacking: re.Pattern[str]
    will: re.Pattern[str]
    next_step: re.Pattern[str]
    shall: re.Pattern[str]  # … for all of its sentence
    against: re.Pattern[str]  # 比｜预期目标
    ratio: re.Pattern[str]  # 超年度计划目标｜13.9%, 完成规划目标的｜167%
    plans: PlanWords
    any: re.Pattern[str]
    any_back: re.Pattern[str]  # … in a part that looks back


THROUGH: Final = "经"
RESULT: Final = 8  # characters between 实际 and the number that came of a plan
NUMERALS: Final = "一二三四五六七八九十百千"
SUBJECT: Final = 14  # characters between a year and the word that leads its verbs: 今年，｜县法院｜将


@lru_cache(maxsize=4)
def compile_mood(lexicon: Lexicon) -> MoodWords:
    mood = lexicon.facts.mood
    achieved, goals = [f"{word}了" for word in mood.achieved], lexicon.facts.headline.goals
    after_goal = "|".join(f"(?<={word})" for word in goals)
    back = (*mood.strong_target, *mood.intended, *mood.yardsticks, *mood.yardstick_rates, *mood.will)
    aspect = rf"了(?<![{''.join(mood.not_aspect)}]了)"
    near = r"[约近超]?\Z"  # 接待了｜30个
    outcome = write_outcome(mood.outcomes)
    named = lexicon.facts.time.plan_ends  # 第七个五年｜计划 plans nothing
    either = (*mood.target, *mood.expected, *mood.done, *mood.finished, *mood.standing, *mood.lacking, *achieved)
    free, led = rf"(?!{join_words(mood.not_will_after)})", "".join([f"(?<!{word})" for word in mood.not_will_before])
    return MoodWords(
        target=compile_re(
            rf"(?<!五年){led}{join_words(named)}(?!{join_words(mood.not_plan_after)})"
            rf"|{led}{join_words([word for word in mood.target if word not in named])}"
        ),
        strong=compile_re(write_not_joined(mood.strong_target, mood.joined_goal)),
        not_strong=compile_re(rf"{join_words(mood.not_strong)}[^，。；：]{{0,6}}\Z"),
        not_strong_after=compile_re(rf"{join_words(mood.not_strong_after)}|(?:{after_goal})\d"),
        expected=compile_re(join_words(mood.expected)),
        intended=compile_re(join_words(mood.intended)),
        done=compile_re(join_words(mood.done)),
        finished=compile_re(join_words((*mood.finished, *achieved), also=[w + near for w in (*mood.standing, aspect)])),
        aimed=compile_re(rf"的{join_words(mood.aims)}"),
        yardstick=compile_re(
            rf"(?<![比较]){join_words(mood.yardsticks)}{join_words(mood.leads)}*\Z|{join_words(mood.yardstick_rates)}\Z"
        ),
        planned=compile_re(rf"(?<![占为的比较]){join_words(mood.planned)}{join_words(mood.planned_leads)}?\Z"),
        outcome=compile_re(rf"[^，。；：\d]{{0,2}}{outcome}"),
        beside=compile_re(rf"{join_words(lexicon.facts.predicate.comparing)}[^，。；：\d]{{0,14}}\Z"),
        lacking=compile_re(join_words(mood.lacking)),
        will=compile_re(led + join_words(mood.will) + free),
        next_step=compile_re(join_words(mood.next_steps)),
        shall=compile_re(rf"年[^。；\d]{{0,{SUBJECT}}}?(?<![主需重首]){join_words(mood.shall)}{free}"),
        against=compile_re(rf"{join_words(mood.against_goal)}[^，。；：]{{0,4}}\Z"),
        ratio=compile_re(rf"{join_words(mood.yardsticks)}的?\Z"),
        plans=compile_plans(lexicon, outcome),
        any=compile_re(join_words((*back, *either), also=[aspect])),
        any_back=compile_re(join_words(back, also=[rf"的{mood.aims[0]}"])),
    )


def compile_plans(lexicon: Lexicon, outcome: str) -> PlanWords:
    words, mood = lexicon.facts.predicate, lexicon.facts.mood
    heads = join_words((*words.plan_heads, *words.plans))
    plan = rf"{heads}{{0,4}}{join_words((*words.plan_ends, *words.plans))}{{1,2}}"
    aside, budgeted = rf"[（(]{plan}", rf"{join_words(mood.budgets)}(?:[相对]应)?{plan}"
    ends, adjusted = join_words(words.plan_ends), join_words(mood.adjusted)
    share, asked = (
        r"(?:[（(][^（）()]{1,20}[）)])?的(?:[\d.]+\s?[%％]|百分之)",
        rf"的{heads}{{0,3}}{join_words(mood.aims)}",
    )
    listed = rf"{join_words(mood.approved)}[^，。；：\d]{{0,10}}{ends}[为是]?[：:]"
    amended = rf"{ends}[^，。；]{{0,20}}?(?:[，,]经[^，。；：\d]{{2,16}})?{adjusted}"
    passed = rf"会议?{join_words(mood.approved[:2])}的?[^，。；：]{{0,16}}{join_words(mood.budgets)}[为是]?"
    return PlanWords(
        aside=compile_re(rf"{aside}(?P<lead>{join_words(mood.leads)}{{0,2}})\Z"),
        budgeted=compile_re(rf"{budgeted}[为是]?\Z"),
        met=compile_re(join_words(mood.met)),
        listed=compile_re(listed),
        passed=compile_re(rf"{passed}\Z"),
        adjusted=compile_re(rf"{amended}\Z"),
        adjusts=compile_re(rf"(?:{ends}|{words.plan_ends[0]}[^，。；\d]{{0,6}})[由从]?\Z"),
        amends=compile_re(rf"[^，。；：\d]{{0,4}}?{adjusted}"),
        result=compile_re(join_words([word for word in mood.outcomes if word not in mood.adjusted])),
        shared=compile_re(rf"{ends}的\Z"),
        whole=compile_re(rf"{plan}[为是]?\Z"),
        share=compile_re(share),
        exceeded=compile_re(rf"{join_words(mood.exceeds)}[^，。；：\d]{{0,8}}\Z"),
        asked=compile_re(asked),
        any=compile_re("|".join((outcome, aside, budgeted, listed, passed, amended, rf"[元吨亩人户]{share}", asked))),
        names=Rare(shorten((*words.plans, *words.plan_ends, *mood.planned))),
    )


def write_not_joined(words: Sequence[str], joined: Sequence[str]) -> str:
    """The source of a pattern for words that are no end of what is joined: not the 力争 of 努力争取, but its 争取."""
    ends = {word[-2:] for word in joined}
    parted = [word + "".join(f"(?<!{whole[:-2]}{word})" for whole in joined) for word in words if word[:2] in ends]
    return join_words([word for word in words if word[:2] not in ends], also=parted)


def write_outcome(outcomes: Sequence[str]) -> str:
    """The source of a pattern for the clause that tells what came of a plan: 8亿元，｜实际完成9."""
    return rf"[，；][^，。；：、\d]{{0,4}}{join_words(outcomes)}[^，。；：、\d]{{0,{RESULT}}}?[\d{NUMERALS}]"


def shorten(words: Iterable[str]) -> list[str]:
    """Those of the words that hold no other of them.

    >>> shorten(["预算数", "预算", "任务"])
    ['预算', '任务']
    """
    words = tuple(words)
    return [word for word in words if not any(other != word and other in word for other in words)]


def turns(text: str, start: int, end: int, frame: Frame, words: MoodWords) -> bool:
    """Whether a sentence has any of the words that the rules look for, so that its numbers need a look of their own."""
    pattern = words.any_back if frame.status == "actual" else words.any
    if pattern.search(text, start, end) is not None:
        return True
    plans = words.plans
    return plans.names.within(text[start:end]) and plans.any.search(text, start, end) is not None


class Settled:
    """Period and status, each with its rule; a sentence has those of the numbers of which it says neither itself."""

    def __init__(
        self, period: str | None, period_rule: str, status: Status, status_rule: str, beside: bool = False
    ) -> None:
        self.period = period
        self.period_rule = period_rule
        self.status = status
        self.status_rule = status_rule
        self.beside = beside  # what a plan asked for, beside what became of it


class Saying:
    """What a number's status hangs on."""

    def __init__(
        self,
        before: str,
        clause: str,
        after: str,
        year: int | None,
        dated: bool,
        said: bool,
        origin: bool,
        goal: bool,
        points: bool,
        share: bool,
        planned: bool,
        frame: Frame,
        years: Years,
        words: MoodWords,
        opening: bool = False,
        rest: str = "",
    ) -> None:
        self.before = before  # the sentence in front of the number
        self.clause = clause  # its own clause in front of it
        self.after = after  # and after it
        self.year = year  # in which its period ends
        self.dated = dated  # it has a period of its own
        self.said = said  # the sentence itself names the period
        self.origin = origin  # where a change began
        self.goal = goal  # one of the report's main targets
        self.points = points  # in percentage points: a difference
        self.share = share  # in per cent: of a plan, it says how much more or less
        self.planned = planned  # what was planned beside what became of it: 增长5%（预期目标为8%）
        self.frame = frame
        self.years = years
        self.words = words
        self.rest = rest  # of the sentence, after the number
        self.opening = opening  # its period is the first months of a year: 上半年


def settle(frame: Frame, years: Years, words: MoodWords) -> Settled:
    """What the paragraph and its headings say."""
    year = read_last_year(frame.period) if frame.period else None
    told = year is not None
    saying = Saying("", "", "", year, told, False, False, frame.goal, False, False, False, frame, years, words)
    rule = read_status(saying)
    return Settled(frame.period, frame.rule or "period.none", rule.gives(saying), rule.name)


@lru_cache(maxsize=256)
def read_last_year(period: str) -> int:
    """The year in which a period ends: 2024, 2021-2025, 2024-01/2024-06."""
    return int(period[-4:]) if period[-4:].isdigit() else int(period[:4])


FIRST_MONTH: Final = "-01/"  # in 2024-01/2024-06


def opens_year(period: str | None) -> bool:
    """Whether a period is the first months of a year."""
    return period is not None and period.find(FIRST_MONTH) > 0


# The rules.


def is_goal(saying: Saying) -> bool:
    return saying.goal and not saying.origin


def is_start(saying: Saying) -> bool:
    return saying.origin and not (saying.dated and is_ahead(saying)) and not is_amended(saying)


def is_ahead(saying: Saying) -> bool:
    return saying.year is not None and saying.years.review is not None and saying.year > saying.years.review


def is_yardstick(saying: Saying) -> bool:
    if saying.points or saying.frame.status == "target":
        return False
    if saying.words.aimed.match(saying.after) is not None and saying.words.beside.search(saying.clause) is not None:
        return True  # 高于年初确定的｜12%｜的目标
    if saying.planned or is_budgeted(saying) or is_listed(saying) or is_amended(saying) or is_asked(saying):
        return True
    if saying.words.outcome.match(saying.rest) is not None and says_planned(saying):
        return True
    if saying.words.yardstick.search(saying.clause) is None:
        return False
    return not (saying.share and saying.words.ratio.search(saying.clause))


def is_budgeted(saying: Saying) -> bool:
    """Whether what was planned of an amount is named: 财政支出年初预算｜8亿元, but not 完成收入任务｜8亿元."""
    plans = saying.words.plans
    match = plans.budgeted.search(saying.clause)
    return match is not None and plans.met.search(saying.clause, 0, match.start()) is None


def is_asked(saying: Saying) -> bool:
    """Whether it is what was asked for, beside how much more or less became of it.

    占年初预算｜8亿元｜的43%, 完成年度计划｜8亿元｜的96%, 超额完成｜40所｜的年度目标任务.
    """
    plans = saying.words.plans
    if plans.share.match(saying.rest) is not None:
        return not saying.share and plans.whole.search(saying.clause) is not None
    return plans.asked.match(saying.rest) is not None and plans.exceeded.search(saying.clause) is not None


def is_listed(saying: Saying) -> bool:
    """Whether it is one of the amounts that were approved: 批准的年初预算为：收入8亿元，支出｜9亿元.

    Or the one that an assembly approved: 县人大会议批准年初收入｜8亿元.
    """
    if "会" in saying.clause and saying.words.plans.passed.search(saying.clause) is not None:
        return True
    match = saying.words.plans.listed.search(saying.before) if "：" in saying.before or ":" in saying.before else None
    return match is not None and saying.words.plans.result.search(saying.before, match.end()) is None


def is_amended(saying: Saying) -> bool:
    """Whether it is what a budget was, or became, before it was carried out: 收入预算由｜8亿元｜调整为｜9亿元."""
    plans = saying.words.plans
    if plans.adjusted.search(saying.clause) is not None:
        return True
    if saying.clause.startswith(THROUGH) and plans.adjusted.search(saying.before) is not None:
        return True  # 年初预算8亿元，经县人大批准｜调整为｜9亿元
    return plans.adjusts.search(saying.clause) is not None and plans.amends.match(saying.rest) is not None


def says_planned(saying: Saying) -> bool:
    """Whether a number is what a plan or a budget said: 收入预算为｜8亿元, and not 完成年度计划｜8亿元."""
    words, clause = saying.words, saying.clause
    planned = words.planned.search(clause)
    return planned is not None and words.not_strong.search(clause, 0, planned.start()) is None


def is_intended(saying: Saying) -> bool:
    return saying.words.intended.search(saying.clause) is not None


def is_lacking(saying: Saying) -> bool:
    if saying.frame.status != "target":
        return False
    if saying.words.target.search(saying.clause) is not None:
        return False
    return saying.words.lacking.search(saying.after) is not None


def is_done(saying: Saying) -> bool:
    words = saying.words
    if saying.frame.status != "target":
        return False
    if is_under_way(saying) and saying.share and words.plans.shared.search(saying.clause) is not None:
        return words.finished.search(saying.before) is not None  # 一季度已完成8亿元，为年计划的｜25%
    if words.finished.search(saying.clause) is None:
        return False
    if words.target.search(saying.clause) is not None or words.aimed.match(saying.after) is not None:
        return False
    return not (saying.said and is_ahead(saying)) or is_under_way(saying)


def is_under_way(saying: Saying) -> bool:
    """Of the first months of the year in which it was said, some of which are over: 今年一季度，已完成｜8亿元."""
    return saying.opening and saying.year is not None and saying.year == saying.years.spoken


def is_year_ahead(saying: Saying) -> bool:
    """In a part that plans, or beside a word of planning where the part does not tell."""
    status, years = saying.frame.status, saying.years
    far = saying.said and (saying.year or 0) > max(years.review or 0, years.plan or 0, years.published or 0, 1)
    if status is None and far and saying.words.done.search(saying.before) is None:
        return any(year is not None for year in (years.plan, years.published, years.review))
    if status is None and (goes_on(saying) or intends_now(saying) or expects(saying) or budgets_now(saying)):
        return True
    plans = status == "target" or (status is None and saying.words.target.search(saying.before) is not None)
    return plans and saying.years.plan is not None and is_ahead(saying)


def goes_on(saying: Saying) -> bool:
    """In a sentence that opens with what is to be done: 下一步，该局将开展专项整治｜5次."""
    words = saying.words
    step = words.next_step.match(saying.before)
    return step is not None and words.will.search(saying.before, step.end()) is not None and not is_told_done(saying)


def is_told_done(saying: Saying) -> bool:
    return any(pattern.search(saying.before) is not None for pattern in (saying.words.done, saying.words.finished))


def expects(saying: Saying) -> bool:
    """Of a year after the one that the report looks back on: 2031年，预计｜增长9%."""
    words, spoken = saying.words, saying.years.spoken or 0
    if not (saying.said and is_ahead(saying) and (saying.year or 0) > spoken):
        return False
    return words.expected.search(saying.before) is not None and words.done.search(saying.before) is None


def budgets_now(saying: Saying) -> bool:
    """Of the year that a text dated in it plans, after one it looks back on: 2031年收入｜9亿元, of a draft budget."""
    years, year = saying.years, saying.year
    planned = saying.said and year is not None and year == years.plan == years.published and years.review == year - 1
    return planned and saying.words.done.search(saying.before) is None


def intends_now(saying: Saying) -> bool:
    """Of the year in which it was said, by a word that leads to a verb: 今年，计划｜新建400公里, in a dated text."""
    years, words = saying.years, saying.words
    now = max(years.published or 0, years.spoken or 0)
    if not (saying.said and now and saying.year is not None and saying.year >= now):
        return False
    will = words.will.search(saying.clause)
    leads = will is not None and will.end() < len(saying.clause)  # to a verb: no 完成全年计划｜82%
    if will is not None and saying.share and saying.clause[will.end() :][:1].isdigit():
        leads = False  # 占年度计划｜5亿元的48%
    if leads:
        return words.done.search(saying.clause) is None
    shall = words.shall.search(saying.before)  # 今年，将新建8所，｜改造9所
    return shall is not None and not is_told_done(saying)


def is_year_past(saying: Saying) -> bool:
    if saying.frame.status != "target" or saying.year is None or saying.years.review is None:
        return False
    if saying.years.plan == saying.years.review == saying.year:
        return saying.opening  # in a report on half a year what is over and what is planned are of one year
    told = saying.said or saying.words.done.search(saying.before) is not None
    return told and saying.year <= saying.years.review


def is_year_after(saying: Saying) -> bool:
    """In a part that looks back: later than the year that the report plans, and so no slip of the timeline."""
    years, year = saying.years, saying.year
    if saying.frame.status != "actual" or year is None or (saying.frame.period or "").endswith(str(year)):
        return False
    if saying.said and year > (years.review or year) and saying.words.will.search(saying.before) is not None:
        return True  # 2031年，将……
    told = years.published is not None or years.spoken is not None
    told = told or saying.words.target.search(saying.before) is not None
    known = max(years.review or 0, years.published or 0, years.plan or 0)
    return told and known > 0 and year > known


def is_told_by_word(saying: Saying) -> bool:
    """By a word such as 力争; 高于预期目标 and 控制在预期目标以内 only compare with a target."""
    words, before = saying.words, saying.before
    if saying.frame.status == "target":
        return False
    if words.finished.search(saying.clause) is not None and words.strong.search(saying.clause) is None:
        return False  # 今年计划投资9亿元，已完成投资｜6亿元
    if before.rfind("）") >= 0 or before.rfind(")") >= 0:
        before = ASIDES.sub("", before)  # 增长5%（预期目标为8%），高于｜全市
    return any(
        words.against.search(before, max(0, match.start() - 10), match.start()) is None
        and words.not_strong.search(before, max(0, match.start() - 10), match.start()) is None
        and words.not_strong_after.match(before, match.end()) is None
        for match in words.strong.finditer(before)
    )


def is_told_by_part(saying: Saying) -> bool:
    return saying.frame.status is not None


def always(saying: Saying) -> bool:
    return True


class StatusRule:
    """A rule of the table: what it gives, when it holds, and texts in which it holds and nearly does.

    In a text a heading and a paragraph are parted by ｜; the report looks back on 2024 and plans 2025.
    """

    def __init__(
        self,
        name: str,
        status: Status | None,
        holds: Callable[[Saying], bool],
        example: str,
        near_miss: str,
        beside: bool = False,
    ) -> None:
        self.beside = beside  # what it holds for stands beside a result
        self.name = name
        self.status = status  # None: that of the part
        self.holds = holds
        self.example = example
        self.near_miss = near_miss

    def gives(self, saying: Saying) -> Status:
        return self.status or saying.frame.status or "actual"


STATUS_RULES: Final[tuple[StatusRule, ...]] = (
    StatusRule(
        "status.goal",
        "target",
        is_goal,
        "2025年工作安排｜主要预期目标是：生产总值增长6%，财政收入增长5%。",
        "2024年工作回顾｜超额完成主要预期目标，生产总值增长6%，财政收入增长5%。",
    ),
    StatusRule(
        "status.start",
        "actual",
        is_start,
        "2025年工作安排｜绿地率由38%提高到40%。",
        "2025年工作安排｜绿地率提高到40%。",
    ),
    StatusRule(
        "status.yardstick",
        "target",
        is_yardstick,
        "2024年工作回顾｜粮食增产6%，超过计划规定增长4%的速度。",
        "2024年工作回顾｜粮食增产6%，比计划规定高1.5个百分点。",
        beside=True,
    ),
    StatusRule(
        "status.intended",
        "target",
        is_intended,
        "2024年工作回顾｜拟新建泵站12座。",
        "2024年工作回顾｜新建泵站12座。",
    ),
    StatusRule(
        "status.lacking",
        "actual",
        is_lacking,
        "2025年工作安排｜有15%的村尚未通公交。",
        "2025年工作安排｜力争15%的尚未通公交的村通公交。",
    ),
    StatusRule(
        "status.done",
        "actual",
        is_done,
        "2025年工作安排｜建好已签约的项目，目前已签约项目32个。",
        "2025年工作安排｜将已签约的32个项目建成。",
    ),
    StatusRule(
        "status.year_ahead",
        "target",
        is_year_ahead,
        "2025年工作安排｜到2027年，管网达到500公里。",
        "2025年工作安排｜2023年，管网达到300公里。",
    ),
    StatusRule(
        "status.year_past",
        "actual",
        is_year_past,
        "2025年工作安排｜去年新建管网50公里。",
        "2025年工作安排｜今年新建管网50公里。",
    ),
    StatusRule(
        "status.year_after",
        "target",
        is_year_after,
        "2024年工作回顾｜规划到2027年管网达到500公里。",
        "2024年工作回顾｜2024年管网达到300公里。",
    ),
    StatusRule(
        "status.word",
        "target",
        is_told_by_word,
        "2024年工作回顾｜力争新建管网50公里。",
        "2024年工作回顾｜生产总值增长6%，高于预期目标，财政收入增长5%。",
    ),
    StatusRule(
        "status.heading",
        None,
        is_told_by_part,
        "2024年工作回顾｜新建管网50公里。",
        "新建管网50公里。",
    ),
    StatusRule("status.default", "actual", always, "新建管网50公里。", "2024年工作回顾｜新建管网50公里。"),
)


def read_status(saying: Saying) -> StatusRule:
    """The first rule that holds."""
    for rule in STATUS_RULES:
        if rule.holds(saying):
            return rule
    raise AssertionError("the last rule always holds")
