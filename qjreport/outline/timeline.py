"""The report's years, and what each of its parts looks at: decided once, here, with the evidence.

Everything that needs a year takes it from the timeline that `build_timeline` makes of the finished sections and
blocks: `reviews` and `plans` of the metadata, role and period of the sections, the periods of facts, `explain --time`.

**The year that the report plans** is voted on. Each rule votes for a year, each year once, with the rule's weight; the
highest sum wins, of two equal ones the later year.

    given           9  whoever asks says so
    heading.plan    5  a title of the two upper levels with plan words and a year
    heading.review  4  … with review words and a year: the year after it
    heading.work    2  … with a year and 工作 alone; of several such titles the last year
    heading.span    2  … with the years of a plan: the first that it plans, or the year after the last that it reviews
    session         4  the line below the headline that says when the report was given; from November on the year after
    headline        3  its year; the year after it where it looks back (公报, 总结), or the page came out later
    goal            3  Y年……预期目标是; the most frequent year
    opener          2  回顾Y年, or a paragraph that opens with Y年，: the year after the most frequent one
    published       1  the date beside the headline; in December the year after
    beside          1  the year that the path or a table of documents gives the report, instead of `published`
    upload          0  a date that the site gave the page (更新时间, a meta element): kept as evidence, decides nothing

`goal` and `opener` speak only for years that are at most one from a year of the other rules, where there is one; in
the first blocks of a report for an earlier year than the page's date too, where nothing else names one.

**The role of a top part**, the first of these that tells:

    appended   名词解释, 附件: no role
    title      its pieces (between 和, 及, ，) each by: goals reached (目标任务完成情况) look back; a year below the
               report's looks back, one from it on ahead; words of one side only. One piece back and another ahead is
               both ways: no role, and paragraphs decide
    kind       a bulletin looks back, a plan itself (规划, 工作要点, 十件民生实事公布) looks ahead, but for the part
               that tells what it builds on (发展基础)
    body       its text has a third more of what was done than of what is to be done (了, 同比, 12.7), or the reverse
    slogan     weak words of one side only (努力, 新征程; 成就)
    position   it follows a part that plans
    order      its text leans ahead, but a part after it looks back by its title, and none between plans by its own

A part after one that plans never looks back by its body alone. A section below the top has its own title's role where
that turns away from the part's plainly (下一步打算 in a review), else the part's. Where no title tells (a report
without sections, a part that looks both ways), paragraphs are divided once: up to where the text looks back, and from
where it looks ahead.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice
from typing import Final, NamedTuple

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.model import Block, Diagnostic, Dropped, Evidence, Metadata, Part, Role, Section, Timeline, Turn
from qjreport.text.calendar import DASH, DIGIT, YEAR, YEAR_ARABIC, Time, find_times, read_year, write_period, write_time
from qjreport.text.numerals import ALL_DIGITS, read_chinese
from qjreport.text.patterns import WordTable, compile_re
from qjreport.text.sentences import ROUND_OPENING
from qjreport.text.words import COMPILED, Endings, Rare, Signs, Words, join_words

WEIGHTS: Final = {
    "given": 9,
    "heading.plan": 5,
    "heading.review": 4,
    "heading.work": 2,
    "heading.span": 2,
    "session": 4,
    "headline": 3,
    "headline.review": 3,
    "goal": 3,
    "opening": 4,
    "opener": 2,
    "beside": 1,
    "published": 1,
    "upload": 0,
}
WEAK: Final = ("goal", "opening", "opener", "published", "beside")  # alone they make no report of a page
CONTRADICTS: Final = 3  # from this weight on a rule that names another year is worth a word
UPPER_LEVELS: Final = (1, 2)  # whose titles speak of the report's parts
LONGEST_TITLE: Final = 60  # characters of a title that are read
FIRST_LINES: Final = 12  # in which the session stands
OPENING_BLOCKS: Final = 6  # … and in which a report says what year it is on, though the page came out years after
LONGEST_LINE: Final = 90
LATE: Final = 11  # from this month on a report plans the year after
MIDDLE: Final = 6  # … and a congress of five years
DECEMBER: Final = 12
EARLY: Final = 3  # up to this month a report is on the year before
SHORTEST_HALF: Final = 200  # characters of the second half of a part, whose heading is lost
LEAST_SHARE: Final = 8  # times as long as its first half is the second at most
LEAST_HALF: Final = 600  # … where no paragraph says that it plans, and its words alone tell
LEAST_TEXT: Final = 400  # characters of a part below which its text tells nothing
LONG_TEXT: Final = 1000  # … from which it may contradict the title
SAMPLE: Final = 3000  # … that are read to see whether it does
WHOLE: Final = 1_000_000
# What a word of what was done weighs, a figure that is not round, a word of leading.
DONE: Final = 3
EXACT: Final = 4
LEAD: Final = 4
LEANS: Final = 13  # tenths of the other side, from which on a text leans to one
CONTRARY: Final = 30  # … from which on it contradicts its title
LONGEST_TEXT: Final = 12000  # … that are read where the title tells nothing
TIME_MARKS: Final[tuple[str, ...]] = ("年", "五", "届")  # one of these is in every time of a title
YEAR_LENGTH: Final = 4
GOAL_REACH: Final = 35  # characters from a year to the word for its goals: the year, 年, and 30 between
PARTS_OF_YEAR: Final = frozenset(("half", "quarter", "month"))
BARE_YEAR: Final = compile_re(rf"(?<!\d)(?:{YEAR_ARABIC})(?!\d|\s?年|[-—–~至])")
YEAR_OF_WORK: Final = compile_re(rf"\A({YEAR_ARABIC})(?=[一-龥]{{0,4}}工作)(?!年)")
WORK: Final = "工作"
YEAR_BELOW: Final = compile_re(rf"[（(]?({YEAR})年度?[)）]?")  # a line of its own below the headline
DECIMAL: Final = compile_re(r"\.\d")
ANNOUNCED: Final = 16  # characters between a year, the words that announce its work, and the end, at most
LEADS_ON: Final = ("：", ":")
WHO: Final = 6  # characters that say who does it, at most: 2031年，｜全县上下｜要……
CLAUSE: Final = "，"
# The first and the last year of a time that a title names, counted from the year looked back on.
REACH: Final = {"back": (-4, 0), "over": (-4, 0), "ahead": (1, 5), "term": (1, 5), "past": (0, 0)}
STATE: Final = "情况"
CLAUSE_MARKS: Final = "。；、：！"  # what parts clauses, besides
NOT_NAMED: Final = compile_re(r"(?:[到至比较]|达到)\Z")  # before a year in a title that is not the title's
NOT_MEANT: Final = compile_re(r"(?:远景|以来|前)")  # … after it
NOT_OVER: Final = compile_re(r"前|以来|上半年|[第一]")  # 今年以来, 今年前四个月 are over
SINCE: Final = compile_re(r"[”\"]?以来")
OPENS_WITH_DATE: Final = compile_re(r"[—–─\-（(〔\[]")
CLOSING_BRACKET: Final = compile_re(r"[）)]")
DATE_ALONE: Final = 8  # characters beside the date in a line that is little more than it
BRACKET: Final = compile_re(r"[（(][^（()）]*[)）]?\Z")
ABOUT: Final = ("", "关于", "对")  # before a time with which a title opens
QUOTES: Final = '“”"'
REPORT: Final = "报告"
CLOSING: Final = compile_re(rf"({YEAR})年末")
# The hour whose state a census takes: 以2030年11月1日零时为标准时点
ZERO_HOUR: Final = compile_re(rf"({YEAR})年\d{{1,2}}月\d{{1,2}}日[零0０]时")
LATEST: Final = 3  # years after which a bulletin comes out at the latest
TITLED: Final = compile_re(r"《([^》]{4,40})》")
META: Final = "meta["  # how the place of what a meta element says begins
LONGEST_LABEL: Final = 12  # characters
LONGEST_NAME: Final = 20  # … between a year and the end of the name of a report: 2030年｜法治政府建设｜年度报告显示
LONGEST_OFFICE: Final = 10  # … of who held a term: 十三届｜县人民政府｜工作回顾
THIS_YEAR: Final = "今年"
REVIEW: Final[Role] = "review"
PLAN: Final[Role] = "plan"


class TitleTime:
    """A time that a title names."""

    def __init__(
        self, start: int, first: int, last: int, period: str, relative: bool = False, over: bool = False
    ) -> None:
        self.start = start
        self.first = first
        self.last = last
        self.period = period
        self.relative = relative  # by the report's own years: 过去五年
        self.over = over  # months of the year that the text was spoken in: 今年前五个月


class Piece:
    """What a title, or a part of it between two joiners, looks at."""

    def __init__(
        self,
        role: Role | None,
        rule: str,
        text: str,
        *,
        both: bool = False,
        appended: bool = False,
        told: bool = False,
        named: bool = False,
        weak: bool = False,
        whole: bool = False,
    ) -> None:
        self.role: Role | None = role
        self.rule = rule
        self.text = text
        self.both = both  # back and ahead
        self.appended = appended  # no part of the report itself
        self.told = told  # by the title's own year or words
        self.named = named  # by the title, one way or another
        self.weak = weak  # by words of a slogan alone
        self.whole = whole  # as all of the document, a plan


class Looks(WordTable):
    """The words of time in titles and texts, compiled."""

    simplified: dict[int, str]
    traditional: Signs  # the characters that `simplified` is for
    review: re.Pattern[str]
    plan: re.Pattern[str]
    plan_ends: re.Pattern[str]
    slogans: re.Pattern[str]
    praise: re.Pattern[str]
    plan_opens: re.Pattern[str]
    plan_closes: re.Pattern[str]
    term_opens: re.Pattern[str]  # 本届政府｜开局之年
    turns: re.Pattern[str]
    looks_back: re.Pattern[str]
    reached: re.Pattern[str]
    reached_ends: Endings  # with which a title ends that says so without 情况
    not_reached: re.Pattern[str]
    appended: re.Pattern[str]
    joiners: re.Pattern[str]
    relative: re.Pattern[str]
    goal: re.Pattern[str]
    goal_ends: Rare  # with which the words for goals end: few texts have any
    opener: re.Pattern[str]
    just_over: re.Pattern[str]
    shown: re.Pattern[str]  # 2030年｜法治政府建设年度报告显示
    past_ends: Rare  # with which the words before it end
    turn: re.Pattern[str]
    done: re.Pattern[str]
    done_words: Words
    not_done: tuple[str, ...]
    lead: re.Pattern[str]  # after a comma
    congress: re.Pattern[str]
    exact: re.Pattern[str]
    opens_goal: re.Pattern[str]


@lru_cache(maxsize=4)
def compile_looks(lexicon: Lexicon) -> Looks:
    words = lexicon.markers.time
    goals, reached = join_words(words.set_goals), join_words(words.reached)
    done = (*words.done, *words.finished, *(how + verb for how in words.done_adverbs for verb in words.done_verbs))
    return Looks(
        simplified={ord(pair[0]): pair[1] for pair in words.simplified},
        traditional=Signs("".join([pair[0] for pair in words.simplified])),
        review=compile_re(join_words(words.review)),
        plan=compile_re(join_words(words.plan)),
        plan_ends=compile_re(rf"{join_words(words.plan_ends)}\Z"),
        slogans=compile_re(join_words(words.slogans)),
        praise=compile_re(join_words(words.praise)),
        plan_opens=compile_re(join_words(words.plan_opens)),
        plan_closes=compile_re(join_words(words.plan_closes)),
        term_opens=compile_re(rf"[^，。、]{{0,4}}?{join_words(words.term_opens)}"),
        turns=compile_re(join_words(words.turns)),
        looks_back=compile_re(join_words(words.looks_back)),
        reached=compile_re(rf"{goals}.{{0,8}}{reached}(?:的?情况|\Z)|{join_words(words.reached_ends)}\Z"),
        reached_ends=Endings((*words.reached, *words.reached_ends)),
        not_reached=compile_re(join_words(words.not_reached)),
        appended=compile_re(
            rf"{join_words(words.appended)}|.{{0,24}}{join_words(words.appended_ends)}(?:[（(].*)?[）)]?\Z"
        ),
        joiners=compile_re(join_words(words.joiners)),
        relative=compile_re(write_relative(lexicon)),
        goal=compile_re(write_goal(words.goals)),
        goal_ends=Rare([word[-2:] for word in words.goals]),
        opener=compile_re(rf"({YEAR})年(?:[，,]|是[^。，]{{0,20}}(?<!第)一年)"),
        just_over=compile_re(rf"{join_words(words.past_years)}({YEAR})年"),
        shown=compile_re(rf"({YEAR})年[^，。；：《]{{0,{LONGEST_NAME}}}?{join_words(words.shown)}"),
        past_ends=Rare([word[-2:] for word in words.past_years]),
        turn=compile_re(write_turn(lexicon)),
        done=compile_re(join_words(done)),
        done_words=Words(done),
        not_done=tuple(before + word for before in words.not_finished for word in words.finished),
        congress=compile_re(rf"{join_words(words.congresses)}(?!第)"),
        lead=compile_re(CLAUSE + join_words(words.lead)),
        exact=compile_re(rf"[{ALL_DIGITS}](?<={DIGIT}){DIGIT}[1-9][{''.join(words.counters)}]"),
        opens_goal=compile_re(rf"({YEAR})年，[^。，；：\d]{{0,{WHO}}}?(?<![主重需]){join_words(words.intends)}(?!了)"),
    )


def write_goal(goals: Sequence[str]) -> str:
    """The source of a pattern of the year whose goals are named: 2031年经济社会发展的主要预期目标是."""
    return rf"(?<![到至比])({YEAR})年[^。，；：\d]{{0,{GOAL_REACH - 5}}}{join_words(goals)}(?:是|为|[:：])"


def write_turn(lexicon: Lexicon) -> str:
    """The source of a pattern of how a paragraph opens that turns to what is planned: 各位代表，2031年工作的."""
    words, this_year = lexicon.markers.time, lexicon.facts.time.this_year[:1]
    year = rf"(?P<year>{YEAR}年|{join_words(this_year)}){join_words(words.paragraph_years)}"
    plain = rf"[^。，；：:]{{0,{ANNOUNCED}}}"  # 2031年，我们要着力做好以下几方面工作：
    told = rf"(?P<told>{YEAR}年)[，,]?{plain}?{join_words(words.announcing)}{plain}?{join_words(words.announced)}"
    openings = rf"{join_words(words.paragraph_plans)}|{year}|{told}{plain}[。：:]"
    return rf"\A(?:{join_words(words.salutations)}[！!，,：:]?)?(?:{openings})"


def write_relative(lexicon: Lexicon) -> str:
    """The source of a pattern of the times that a text names by the report's own, each sort a group."""
    words, times = lexicon.markers.time, lexicon.facts.time
    this = (*times.this_year, *times.whole_year, *times.same_year, *lexicon.markers.titles.years_now)
    last = (*times.last_year, *times.year_before, *times.past_year)
    count = f"{join_words(words.terms)}年"
    past, ahead = join_words((*times.years_past, *times.years_these)), join_words(times.years_ahead)
    some, more = rf"(?P<some>{past}{count}|{count}来)", rf"(?P<more>{ahead}{count})"
    sorts = {
        "ahead": times.five_years_ahead,
        "term": words.terms_next,
        "back": (*times.five_years_back, *words.five_years),
        "next": words.years_next,
        "past": last,
        "this": this,
    }
    over = rf"(?P<over>届[^，。次\d届]{{0,{LONGEST_OFFICE}}}?{join_words(words.terms_over)})"
    return "|".join([*(f"(?P<{sort}>{join_words(said)})" for sort, said in sorts.items()), some, more, over])


class Counts:
    """How much text a section has, with those below it, and how much of it looks back and ahead."""

    def __init__(self, length: int = 0, back: int = 0, ahead: int = 0) -> None:
        self.length = length
        self.back = back
        self.ahead = ahead

    def add(self, other: Counts) -> None:
        self.length += other.length
        self.back += other.back
        self.ahead += other.ahead

    def lean(self, tenths: int = LEANS) -> Role | None:
        """To which side it leans by that many tenths of the other."""
        if self.back * 10 > tenths * self.ahead:
            return "review"
        return "plan" if self.ahead * 10 > tenths * self.back else None


class Dated(NamedTuple):
    """What the timeline completes, and the timeline."""

    metadata: Metadata
    sections: tuple[Section, ...]
    timeline: Timeline
    diagnostics: tuple[Diagnostic, ...]


class Kind(msgspec.Struct, frozen=True):
    """What the headline and the kind of report say of the way it looks."""

    report: bool  # given once a year: the year before is looked back on, its own is planned
    bulletin: bool  # looks back on its year and plans none
    summary: bool  # looks back on its year and may plan the next
    part_year: bool  # a half-year's: what is over and what is planned are of one year
    programme: tuple[int, int] | None  # the years of a plan itself


class Title:
    """A title, a headline or a piece of one: what it says, each thing looked for once, where it is asked for."""

    def __init__(self, text: str, looks: Looks) -> None:
        self.text = text
        self.looks = looks
        self.back: re.Match[str] | None = None  # words of looking back
        self.ahead: re.Match[str] | None = None
        self.reached = False  # that goals were reached
        self.is_read = False
        self.times: list[Time] | None = None

    def read(self) -> None:
        """Look for its words."""
        if not self.is_read:
            self.back, self.ahead = self.looks.review.search(self.text), self.looks.plan.search(self.text)
            self.reached = is_reached(self.text, self.looks)
            self.is_read = True

    def find_times(self) -> list[Time]:
        if self.times is None:
            self.times = find_times(self.text)
        return self.times

    def find_sides(self) -> tuple[bool, bool]:
        """Whether it has words of looking back, and of looking ahead."""
        self.read()
        back = self.back is not None or self.reached or self.looks.praise.search(self.text) is not None
        return back, self.ahead is not None


class Titles:
    """The titles of a report and their pieces."""

    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self.known: dict[str, Title] = {}

    def find(self, text: str) -> Title:
        title = self.known.get(text)
        if title is None:
            title = self.known[text] = Title(text, self.looks)
        return title


class View:
    """The report, as the rules see it. Its years are settled once the evidence for them is gathered."""

    def __init__(
        self,
        metadata: Metadata,
        headline: str,
        titles: list[str],
        sections: Sequence[Section],
        blocks: Sequence[Block],
        lexicon: Lexicon,
        kind: Kind,
        known: Titles,
    ) -> None:
        self.metadata = metadata
        self.headline = headline
        self.titles = titles
        self.sections = tuple(sections)
        self.blocks = tuple(blocks)
        self.lexicon = lexicon
        self.looks = known.looks
        self.kind = kind
        self.known = known
        self.own: int | None = None  # the year of a page that is no report
        self.spoken: int | None = None
        self.now: int | None = None  # the year in whose midst it was spoken, some months of which are over
        self.review: int | None = None
        self.plan: int | None = None
        self.span: str | None = None  # the years that it looks back on as a whole
        self.term: str | None = None  # those of a part that looks back on a term, as its first words say them
        self.times: dict[str, Sequence[TitleTime]] = {}  # that its titles name


def build_timeline(
    metadata: Metadata,
    sections: Sequence[Section],
    blocks: Sequence[Block],
    lexicon: Lexicon,
    *,
    dropped: Sequence[Dropped] = (),
    given: int | None = None,
    beside: int | None = None,
    counted: bool = True,
) -> Dated:
    """Decide the years of a report and the roles of its sections; `given` is the year that it plans, where known.

    `beside` is the report's year by its path or by a table: where the page says none. `counted` asks how much of each
    part looks back and ahead also where nothing is decided by it.

    >>> from qjreport.lexicon import load_lexicon
    >>> titles = ["2030年工作回顾", "2031年工作安排"]
    >>> sections = [Section(parent=None, level=1, marker="", title=title, block=0) for title in titles]
    >>> dated = build_timeline(Metadata(), sections, (), load_lexicon())
    >>> [(section.role, section.period) for section in dated.sections], dated.metadata.plans
    ([('review', '2030'), ('plan', '2031')], '2031')
    """
    looks = compile_looks(lexicon)
    known = Titles(looks)
    headline = choose_headline(metadata, lexicon, looks)
    titles = [write_year(simplify(section.title, looks)[:LONGEST_TITLE]) for section in sections]
    session = find_session(metadata, headline, blocks, lexicon)
    if session is not None and session.text[:1] in ROUND_OPENING:
        headline = headline.replace(session.text, "")  # 工作报告｜（2031年3月）: when it was given
    given_to_meeting = (session is not None and session.formal) or opens_as_report(blocks, lexicon)
    shaped = given_to_meeting or has_both_parts(sections, titles, known)
    errands = read_errands(metadata, known.find(headline), blocks, lexicon)
    kind = read_kind(metadata.kind or "", known.find(headline), shaped, lexicon, errands)
    view = View(metadata, headline, titles, sections, blocks, lexicon, kind, known)
    evidence = gather_evidence(view, session, dropped, given, beside)
    year = vote(evidence)
    settle_years(view, evidence, session, year)
    return complete(view, evidence, contradict(evidence, year), counted)


def settle_years(view: View, evidence: Sequence[Evidence], session: Session | None, year: int | None) -> None:
    """Give the view the report's own year, the one that it looks back on and the one that it plans."""
    if not view.kind.report and all(one.weak for one in evidence if one.weight):
        year = None
    own = find_own_year(view, evidence, session, year)
    review = own if year is None else year if view.kind.part_year else year - 1
    if year is None and view.kind.report:
        review = None
    if year is None and not view.kind.report:
        review = find_cited(view, own) or find_closed(view, own) or review
    if view.kind.bulletin and review is not None and all(one.own is None for one in evidence):
        own = review = find_closing(view, review)
    if view.kind.programme is not None and (review is None or review >= view.kind.programme[0]):
        review = view.kind.programme[0] - 1  # a plan looks back on what was before it, whatever year its headline names
    view.own, view.review = own, review
    view.plan = None if view.kind.bulletin and not view.kind.part_year else year
    view.spoken = find_spoken_year(view, session, own)
    if session is not None and EARLY < session.month < LATE and not view.kind.part_year:
        view.now = session.year
    view.span = span_headline(view, review)


def find_closing(view: View, review: int) -> int:
    """The year at whose end the figures of a bulletin stand that names none itself: 2030年末, in a census of 2032."""
    for block in view.blocks:
        for found in CLOSING.finditer(block.text) if "年末" in block.text else ():
            year = read_year(found[1])
            if year is not None and review - LATEST <= year <= review:
                return year
    return review


def find_closed(view: View, own: int | None) -> int | None:
    """The year before the page's own, of a page of the first months that tells of it: 过去一年, ……; 全年……."""
    published, words = view.metadata.published or "", view.lexicon.markers.time
    if own is None or published[:4] != str(own) or not published[5:7].isdecimal() or int(published[5:7]) > EARLY:
        return None
    texts = [block.text for block in view.blocks if block.kind in ("paragraph", "item")][:FIRST_LINES]
    if any(word in text for text in texts for word in words.not_closing):
        return None
    return own - 1 if any(word in text for text in texts for word in words.closing) else None


def find_cited(view: View, own: int | None) -> int | None:
    """The year before the page's own of a bulletin that its first lines are about: 昨日发布《2030年统计公报》.

    Without the marks too (日前发布的2030年法治政府建设年度报告显示), and of a page whose headline opens with 去年.
    """
    if own is None:
        return None
    words, texts = view.lexicon.markers.time, [block.text for block in view.blocks[:FIRST_LINES]]
    if view.headline.startswith(view.lexicon.facts.time.last_year[0]):
        return own - 1
    for text in texts:
        for title in TITLED.findall(text) if "《" in text else ():
            years = name_years(view.known.find(title))
            if years == [own - 1] and any(word in title for word in words.bulletins):
                return own - 1
    shown = [match for text in texts if f"{own - 1}年" in text for match in view.looks.shown.finditer(text)]
    return own - 1 if any(read_year(match[1]) == own - 1 for match in shown) else None


def span_headline(view: View, review: int | None) -> str | None:
    """The years of a report whose headline looks back on several: ……五年工作综述, 2026—2030年工作报告."""
    span = name_span(view.known.find(view.headline)) if view.kind.report or view.kind.summary else None
    if span is not None and span[1] == review:
        return write_period(*span)
    return write_period(review - 4, review) if review is not None and looks_back_far(view) else None


def looks_back_far(view: View) -> bool:
    found = find_relative(view.headline, view.looks) if view.kind.summary else []
    return bool(found) and found[0].lastgroup == "back"


def find_spoken_year(view: View, session: Session | None, own: int | None) -> int | None:
    """The year in which the text was spoken, where that is known: its 今年."""
    if view.kind.bulletin or view.kind.part_year:
        return own
    if session is not None:
        return session.year
    if not view.kind.report:
        return read_leading_year(view.metadata.published) or own
    if not view.kind.summary or view.review is None or read_leading_year(view.metadata.published) == own:
        return own if view.kind.summary else None
    # 2030年工作总结和2031年工作安排 is written in 2030, but where the part that looks back says 去年 of it
    return view.review if own == view.review + 1 and not calls_it_last(view, own) else own


def calls_it_last(view: View, own: int) -> bool:
    """Whether what a summary looks back on is last year to it: 一、2030年工作回顾. 去年，完成投资9亿元."""
    words = view.lexicon.facts.time
    ahead = (section.block for section in view.sections if f"{own}年" in section.title)
    texts = [block.text for block in view.blocks[: next(ahead, len(view.blocks))]]
    opened = [match[1] for text in texts for match in SENTENCE_YEAR.finditer(text)]
    return words.last_year[0] in opened and words.this_year[0] not in opened


# A sentence that opens with the year that it is about, and not with one that another is compared with.
SENTENCE_YEAR: Final = compile_re(r"(?:\A|[。；])\s*([今去]年)(?=[，,、]|全[省市区县镇乡年]|[我本]|以来)")


def complete(view: View, evidence: Sequence[Evidence], diagnostics: Sequence[Diagnostic], counted: bool) -> Dated:
    """All that follows from the report's years."""
    parts, roles, doubts = read_roles(view, counted)
    lost = [*split_part(view, parts, roles), *turn_announced(view, parts, roles)]
    periods = turn_to_year(
        view, roles, span_part(view, roles, name_term(view, roles, read_periods(view, parts, roles)))
    )
    sections = tuple(
        msgspec.structs.replace(section, role=roles[index], period=periods[index])
        for index, section in enumerate(view.sections)
    )
    timeline = Timeline(
        review=view.review,
        plan=view.plan,
        published=read_leading_year(view.metadata.published),
        span=view.span,
        spoken=view.spoken,
        by_date=bool(evidence) and all(one.text == view.metadata.published for one in evidence),
        evidence=tuple(evidence),
        parts=tuple(parts),
        turns=tuple(sorted({*find_turns(view, parts, roles), *lost}, key=lambda turn: (turn.block, turn.role))),
    )
    reviews, plans = name_reviews(view, parts, roles), name_plans(view, roles)
    metadata = msgspec.structs.replace(view.metadata, year=view.own, reviews=reviews, plans=plans)
    return Dated(metadata, sections, timeline, (*diagnostics, *doubts))


def choose_headline(metadata: Metadata, lexicon: Lexicon, looks: Looks) -> str:
    """The headline that says what the report is: below a slogan the line under it, ——2030年工作综述."""
    title, below = simplify(metadata.title or "", looks), simplify(metadata.subtitle or "", looks)
    words = lexicon.markers.time
    if any(word in title for word in (*words.headlines, *words.reports)):
        return title
    return below if any(word in below for word in words.summaries) and len(below) <= LONGEST_TITLE else title


def simplify(text: str, looks: Looks) -> str:
    text = "".join(text.split())
    # Few texts have such a character, and looking for one takes a tenth of what translating takes.
    return text.translate(looks.simplified) if looks.traditional.find(text) >= 0 else text


def write_year(title: str) -> str:
    """A title with the 年 that it leaves out: 2031工作回顾."""
    return YEAR_OF_WORK.sub(r"\1年", title) if WORK in title else title


def read_leading_year(published: str | None) -> int | None:
    return int(published[:4]) if published and published[:4].isdigit() else None


# What sort of report it is, and when it was given.


def opens_as_report(blocks: Sequence[Block], lexicon: Lexicon) -> bool:
    words = lexicon.markers.time.opening
    return any(word in block.text for block in blocks[:FIRST_LINES] for word in words if block.kind != "table")


def has_both_parts(sections: Sequence[Section], titles: Sequence[str], known: Titles) -> bool:
    """Whether one top part looks back by its title and another ahead, as in a report."""
    sides = {known.find(titles[index]).find_sides() for index, section in enumerate(sections) if section.level == 1}
    return {(True, False), (False, True)} <= sides


def read_errands(metadata: Metadata, headline: Title, blocks: Sequence[Block], lexicon: Lexicon) -> int | None:
    """The year for which a page lists what a government promises: 2031年十件民生实事公布, and not ……全部完成."""
    words, text = lexicon.markers.time, headline.text
    last = max((text.rfind(word) + len(word) for word in words.errands if word in text), default=0)
    if not last or any(word in text for word in words.errands_done):
        return None
    if last < len(text) and not any(word in text for word in words.errands_set):
        return None
    if any(word in block.text for block in blocks[:FIRST_LINES] for word in words.errands_over):
        return None
    years, published = name_years(headline), metadata.published or ""
    year = read_leading_year(published)
    return max(years) if years else None if year is None else year + (published[5:7] == str(DECEMBER))


GOVERNMENT: Final = "政府"


def leave_assigned(said: str, lexicon: Lexicon) -> str:
    """Without what names a report where a year's work is set out: 政府工作｜要点, 《政府工作报告》｜任务分解."""
    words = lexicon.markers.time
    for word in words.programmes_year:
        said = said.replace(GOVERNMENT + word, word)
    return words.programmes_year[0] if sets_out(said, words.assigned, words.assigned_done) else said


def sets_out(text: str, names: Sequence[str], done: Sequence[str]) -> bool:
    """Whether a text names what is to be done, and not after it that it was: 工作要点, but not 工作要点｜完成情况."""
    at = max((text.rfind(name) + len(name) for name in names if name in text), default=0)
    return at > 0 and not any(word in text[at:] for word in done)


def read_kind(kind: str, headline: Title, shaped: bool, lexicon: Lexicon, errands: int | None = None) -> Kind:
    """`shaped` tells that the text itself is a report's, whatever its headline says; `errands` what it promises."""
    words = lexicon.markers.time
    said = leave_assigned(kind + headline.text, lexicon)
    accounts = any(word in said for word in words.accounts)
    draft = not accounts and any(word in said for word in words.drafts)
    bulletin = not draft and any(word in said for word in words.bulletins)
    summary = not draft and not bulletin and (accounts or any(word in said for word in words.summaries))
    report = any(word in said for word in words.reports) or bulletin or summary
    programme = None
    times = headline.find_times()
    plans = (*words.programmes, *words.programmes_thought, *words.programmes_year)
    if not report and any(word in headline.text for word in plans):
        spans = [time for time in times if time.what in ("plan", "span") and time.first and time.last]
        programme = (spans[-1].first or 0, spans[-1].last or 0) if spans else None
    if errands is not None and not report:
        programme = errands, errands
    if programme is None and not report and sets_out(headline.text, words.programmes_year, words.assigned_done):
        years = name_years(headline)
        programme = (years[0], years[0]) if len(set(years)) == 1 and not headline.find_sides()[0] else None
    report = report or (shaped and programme is None)
    part = not draft and any(time.what in PARTS_OF_YEAR for time in times)
    part = part or any(word in headline.text for word in words.sittings)
    return Kind(report, bulletin, summary, part, programme)


class Session(NamedTuple):
    year: int
    month: int
    block: int | None
    text: str
    formal: bool  # it names a meeting, after a dash or in brackets


def find_session(metadata: Metadata, headline: str, blocks: Sequence[Block], lexicon: Lexicon) -> Session | None:
    """When the report was given: from the line below the headline, or the brackets behind it."""
    lines: list[tuple[int | None, str]] = [(None, metadata.subtitle or "")]
    lines += [(index, block.text) for index, block in enumerate(blocks[:FIRST_LINES]) if block.kind != "table"]
    for index, line in lines:
        if found := read_session(line, index, lexicon):
            return found
    if OPENS_WITH_DATE.match(headline):
        return read_session(headline, None, lexicon)
    bracket = BRACKET.search(headline) if REPORT in headline else None
    return read_session(bracket[0], None, lexicon) if bracket else None


def read_session(line: str, block: int | None, lexicon: Lexicon) -> Session | None:
    words = lexicon.markers.time
    text = "".join(line.split()).lstrip("*#")
    if not text or len(text) > LONGEST_LINE:
        return None
    for time in find_times(text):
        if time.first is None or time.month is None or time.what not in ("day", "month"):
            continue
        if any(word in text for word in words.captions):
            return None
        # 本届政府2031年1月就职。……，我代表……向大会报告: that sentence says when the term began
        sentence = text[text.rfind("。", 0, time.start) + 1 : text.find("。", time.end) + 1 or len(text)]
        met, opens = any(word in sentence for word in words.meetings), opens_with_date(text, time.start)
        if met or opens or len(text) - (time.end - time.start) <= DATE_ALONE:
            return Session(time.first, time.month, block, text, met and opens)
    return None


def opens_with_date(text: str, at: int) -> bool:
    """Whether a line opens with a dash, or with a bracket that the date at a place stands in.

    >>> opens_with_date("（2031年3月2日）", 1), opens_with_date("（二）育苗。2031年3月建棚2座。", 6)
    (True, False)
    """
    opening = OPENS_WITH_DATE.match(text)
    return opening is not None and (opening[0] not in ROUND_OPENING or CLOSING_BRACKET.search(text, 0, at) is None)


# The evidence for the year that the report plans.


def gather_evidence(
    view: View, session: Session | None, dropped: Sequence[Dropped], given: int | None, beside: int | None
) -> list[Evidence]:
    found = [*read_headings(view), *read_headline(view, session)]
    if beside is None:
        found += read_published(view, dropped)
    else:
        after = view.kind.bulletin or view.kind.summary  # which are of the year before
        found.append(cite("beside", beside + after, None, str(beside)))
    if given is not None:
        found.append(cite("given", given, None, str(given)))
    if session is not None:
        found.append(cite("session", plan_after(view, session, found), session.block, session.text))
    found += read_opening(view, found)
    strong = {one.year for one in found if one.weight}
    late = view.kind.report and all(one.weak for one in found if one.weight)  # the page's date alone names a year
    weak = [
        one
        for one in read_body(view)
        if not strong
        or any(abs(one.year - year) <= 1 for year in strong)
        or (late and one.block is not None and one.block < OPENING_BLOCKS and one.year < min(strong))
    ]
    once = {(one.rule, one.year): one for one in reversed([*found, *weak])}
    return sorted(once.values(), key=lambda one: (-one.weight, one.rule, -one.year))


def cite(rule: str, year: int, block: int | None, text: str, own: int | None = None) -> Evidence:
    return Evidence(
        rule=rule,
        year=year,
        weight=WEIGHTS[rule],
        block=block,
        text=text[:LONGEST_TITLE],
        own=own,
        weak=rule in WEAK,
    )


def vote(evidence: Sequence[Evidence]) -> int | None:
    votes: Counter[int] = Counter()
    for one in evidence:
        votes[one.year] += one.weight
    best = max(votes.values(), default=0)
    return max(year for year, weight in votes.items() if weight == best) if best else None


def read_headings(view: View) -> list[Evidence]:
    found: list[Evidence] = []
    either: list[Evidence] = []  # 2024年主要工作 plans in a report of 2024, and looks back in one of 2025
    for index, section in enumerate(view.sections):
        title = view.known.find(view.titles[index])
        if section.level not in UPPER_LEVELS or not title.find_times():
            continue  # a title without a time names no year
        back, ahead = title.find_sides()
        split = (back and ahead) or len(set(name_years(title))) > 1
        bare = YEAR_OF_WORK.match(section.title) is not None  # 2031工作回顾
        for piece in view.looks.joiners.split(title.text) if split else [title.text]:
            part = view.known.find(piece)
            back, ahead = part.find_sides()
            years = name_years(part)
            said = section.title if bare else piece
            if back and not ahead and years:
                found.append(cite("heading.review", max(years) + 1, section.block, said))
            elif ahead and not back and years:
                found.append(cite("heading.plan", max(years), section.block, said))
            elif not back and years and view.looks.plan_ends.search(piece):
                either.append(cite("heading.work", max(years), section.block, said))
            elif back != ahead and not years and (span := name_plan(part)) is not None:
                found.append(cite("heading.span", span[1] + 1 if back else span[0], section.block, said))
    last = max((one.year for one in either), default=0)
    return [*found, *(one for one in either if one.year == last)]


def name_plan(title: Title) -> tuple[int, int] | None:
    """The years of the plan that a title is about as a whole: not its first year, nor what went before in it."""
    text, looks = title.text, title.looks
    for time in title.find_times():
        whole = time.what == "plan" and time.edge is None and SINCE.match(text, time.end) is None
        if whole and time.first and time.last == time.first + 4 and not is_aim(text, time):
            first = (looks.plan_opens.match(text, time.end), looks.plan_closes.match(text, time.end))
            return None if any(first) else (time.first, time.last)
    return None


def is_aim(title: str, time: Time) -> bool:
    """Whether a title only goes to a time, or comes from it: 到2035年, 比2029年."""
    return NOT_NAMED.search(title[: time.start]) is not None


def name_years(title: Title) -> list[int]:
    """The single years that a title is about: no span, no plan, no date, no year that it only goes to or comes from."""
    return [
        time.first
        for time in title.find_times()
        if time.what == "year"
        and time.first is not None
        and not is_aim(title.text, time)
        and NOT_MEANT.match(title.text, time.end) is None
    ]


def name_span(title: Title) -> tuple[int, int] | None:
    """The years that a title is about where these are several, and it does not look ahead: 2026—2030年工作报告."""
    for time in title.find_times():
        if time.what == "span" and time.first and time.last and not is_aim(title.text, time):
            return None if title.find_sides()[1] else (time.first, time.last)
    return None


def read_headline(view: View, session: Session | None) -> list[Evidence]:
    """The year of the headline; of two the later, as in 2023年预算执行情况和2024年预算草案."""
    headline = view.headline
    if not any(word in headline for word in view.lexicon.markers.time.headlines) or headline[:1] in '“"':
        return []
    named = view.known.find(headline)
    years = name_years(named)
    if view.kind.part_year:
        years += [time.first for time in named.find_times() if time.first is not None and time.day is None]
    years += [year for found in BARE_YEAR.findall(headline) if (year := read_year(found)) is not None]
    if not years and (below := YEAR_BELOW.fullmatch(view.blocks[0].text.strip() if view.blocks else "")) is not None:
        years = [year for year in [read_year(below[1])] if year is not None]
    span = name_span(named) if view.kind.programme is None else None
    if not years and span is not None:
        return [cite("headline.review", span[1] + 1, None, headline, span[1])]
    if not years:
        return []
    once = len(set(years)) == 1  # 2023年工作总结和2024年工作计划 plans the later
    over = view.kind.bulletin or view.kind.summary or tells_of_year(view, named, max(years), session)
    looks_back = over and once and not view.kind.part_year
    rule = "headline.review" if looks_back else "headline"
    return [cite(rule, max(years) + looks_back, None, headline, max(years))]


def tells_of_year(view: View, headline: Title, year: int, session: Session | None) -> bool:
    """Whether a page tells of the year that its headline names, which was over when it came out.

    A report does where the page came out right after that year, and does not say when it was given.
    """
    if view.kind.programme is not None or headline.find_sides()[1]:
        return False
    published = view.metadata.published or ""
    if read_leading_year(published) != year + 1:
        return False
    return not view.kind.report or (session is None and "" < published[5:7] <= f"{EARLY:02}")


def read_published(view: View, dropped: Sequence[Dropped]) -> list[Evidence]:
    published = view.metadata.published or ""
    year = read_leading_year(published)
    if year is None:
        return []
    after = view.kind.report and not view.kind.part_year and published[5:7] == str(DECEMBER)
    rule = "upload" if is_upload(view, dropped) else "published"
    return [cite(rule, year + after, None, published)]


def is_upload(view: View, dropped: Sequence[Dropped]) -> bool:
    """Whether the page's date tells only when the site got it."""
    place = view.metadata.found_at.get("published")
    if place is not None and place.startswith(META):
        return True
    before = ""
    for line in dropped:
        if line.locator == place:
            return any(label in before + line.text for label in view.lexicon.chrome.late_labels)
        before = line.text if len(line.text) <= LONGEST_LABEL else ""
    return False


def plan_after(view: View, session: Session, found: Sequence[Evidence]) -> int:
    """The year that a report of that session plans: from November on the next, unless its headline names its own."""
    if session.month < (MIDDLE if is_congress(view, session) else LATE) or view.kind.bulletin:
        return session.year  # a bulletin is of the year before, in whichever month it comes out
    said = [one for one in found if one.weight > WEIGHTS["heading.span"]]
    if any(one.own == session.year - 1 and one.year == session.year for one in said):
        return session.year  # 2030年度……情况的报告, in December 2031
    own = any(one.own == one.year == session.year for one in said)
    after = any(one.year == session.year + 1 for one in said)
    later = any(word in title for title in view.titles for word in view.lexicon.markers.time.years_next)
    return session.year if own and not after and not later else session.year + 1


def is_congress(view: View, session: Session) -> bool:
    """Whether the meeting is one that is held once in five years: 第九次代表大会, but not ……第二次会议."""
    said = "".join((view.headline, session.text, view.metadata.subtitle or ""))
    return view.looks.congress.search(said) is not None


def read_body(view: View) -> list[Evidence]:
    """What sentences say: the year of the goals, and the year that is just over."""
    goals, looks = view.lexicon.markers.time.goals, view.looks
    if view.kind.part_year:
        return read_months(view)
    found: dict[str, list[tuple[int, int, str]]] = {"goal": [], "opener": []}
    five = looks_back_far(view)  # there a paragraph on one of the five years says nothing of the report's own
    for index, block in enumerate(view.blocks):
        text = block.text
        if block.kind == "table" or "年" not in text:
            continue
        opens = not five and text[YEAR_LENGTH : YEAR_LENGTH + 1] == "年"
        ahead = looks.opens_goal.match(text) if opens else None  # 2031年，力争……
        matches = [("opener", None if ahead else looks.opener.match(text)), ("goal", ahead)] if opens else []
        if looks.goal_ends.within(text):
            matches += [("goal", match) for match in find_goals(text, goals, looks)]
        if looks.past_ends.within(text):
            matches += [("opener", match) for match in looks.just_over.finditer(text)]
        if view.kind.bulletin and "时" in text:
            matches += [("opener", match) for match in ZERO_HOUR.finditer(text)]
        for rule, match in matches:
            year = read_year(match[1]) if match else None
            if match and year is not None:
                found[rule].append((year + (rule == "opener"), index, match[0]))
    evidence = []
    for rule, named in found.items():
        if named:
            year = Counter(year for year, _, _ in named).most_common()[0][0]
            evidence.append(cite(rule, year, *next((index, text) for at, index, text in named if at == year)))
    return evidence


def read_opening(view: View, found: Sequence[Evidence]) -> list[Evidence]:
    """That a report of Y looks back on Y, as its first paragraph does: 法院2031年工作报告, then 2031年，审结……"""
    named = next((one for one in found if one.own == one.year), None)
    if named is None or view.kind.part_year:
        return []
    for index, block in enumerate(view.blocks[:FIRST_LINES]):
        if block.kind not in ("paragraph", "item") or (len(block.text) <= LONGEST_LINE and "年" not in block.text):
            continue  # 各位代表：现在，我代表区人民法院报告工作
        match = view.looks.opener.match(block.text)
        year = read_year(match[1]) if match else None
        if match is None or year != named.year or count_text(block.text, view.looks).lean() != REVIEW:
            return []
        return [cite("opening", year + 1, index, match[0])]
    return []


def read_months(view: View) -> list[Evidence]:
    """前三季度经济运行情况: the year that its first paragraphs say the months are of."""
    for index, block in enumerate(view.blocks[:FIRST_LINES]):
        times = find_times(block.text[:LONGEST_LINE]) if block.kind in ("paragraph", "item") else []
        for time in times:
            if time.first is not None and time.what in PARTS_OF_YEAR:
                return [cite("opener", time.first, index, block.text[time.start : time.end], time.first)]
        match = view.looks.opener.match(block.text) if times else None  # 2031年，是……的关键一年。截至6月底，……
        year = read_year(match[1]) if match else None
        if match is not None and year is not None:
            return [cite("opener", year, index, match[0], year)]
    return []


def find_goals(text: str, goals: Sequence[str], looks: Looks) -> Iterator[re.Match[str]]:
    """Where a text says which year its goals are for, looked for only around the words for goals."""
    starts = [place for word in goals if (place := text.find(word)) >= 0]
    if not starts:
        return iter(())
    first, last = max(0, min(starts) - GOAL_REACH), max([text.rfind(word) + len(word) for word in goals])
    return looks.goal.finditer(text, first, last + 1) if "年" in text[first:last] else iter(())


def find_own_year(view: View, evidence: Sequence[Evidence], session: Session | None, year: int | None) -> int | None:
    """The report's own year: its headline's, else that in which it was given; of another page what the page says."""
    named = [one.own for one in evidence if one.own is not None]
    if named:
        return named[0]
    if view.kind.report:
        if session is not None and not (view.kind.bulletin or view.kind.summary):
            return session.year
        before = (view.kind.bulletin or view.kind.summary) and not view.kind.part_year
        return None if year is None else year - before
    return view.metadata.year or read_leading_year(view.metadata.published) or year


def contradict(evidence: Sequence[Evidence], year: int | None) -> list[Diagnostic]:
    """A word about each strong rule that names another year than the one that was taken."""
    if year is None:
        return []
    for_it = next(one for one in evidence if one.year == year)
    return [
        Diagnostic(
            code="time-contradiction",
            message=f"the report plans {year} by {for_it.rule} “{for_it.text}”, "
            f"but {one.rule} “{one.text}” gives {one.year}",
        )
        for one in evidence
        if one.weight >= CONTRADICTS and one.year != year
    ]


# The roles of sections.


def read_times(view: View, title: str) -> Sequence[TitleTime]:
    """The times that a title names, in their order: by number, and by words that the report's years give."""
    known = view.times.get(title)
    if known is None:
        known = view.times[title] = list_times(view, title)
    return known


def list_times(view: View, title: str) -> Sequence[TitleTime]:
    found: list[TitleTime] = []
    if not any(mark in title for mark in TIME_MARKS):
        return found
    times = view.known.find(title).find_times()
    for time in times:
        if time.first is None or time.last is None or is_aim(title, time):
            continue
        if time.what == "plan":
            first, last = narrow_plan(view, title, time)
            found.append(TitleTime(time.start, first, last, write_period(first, last)))
        elif runs_on(view, title, time):
            last = view.review or time.last
            found.append(TitleTime(time.start, time.first, last, write_period(time.first, last)))
        elif NOT_MEANT.match(title, time.end) is None:
            found.append(TitleTime(time.start, time.first, time.last, write_time(time) or ""))
    found += [
        relative
        for relative in read_relative(view, title)
        if not any(time.start <= relative.start < time.end or explains(title, time, relative) for time in times)
    ]
    return found if len(found) < 2 else sorted(found, key=lambda time: time.start)


def explains(title: str, time: Time, relative: TitleTime) -> bool:
    """Whether years say which a word means: 今后五年｜（2036—2040年）的主要任务."""
    apart = time.start - relative.start
    return time.what == "span" and 0 < apart <= LONGEST_RELATIVE and title[time.start - 1] in SAID_AS


LONGEST_RELATIVE: Final = 8  # characters: 今后五年规划（
SAID_AS: Final = frozenset("（(即")


def runs_on(view: View, title: str, time: Time) -> bool:
    """Whether a year only begins what a title looks back on: 2003年以来的工作回顾."""
    past = time.what == "year" and view.review is not None and (time.first or 0) < view.review
    return past and SINCE.match(title, time.end) is not None


def narrow_plan(view: View, title: str, time: Time) -> tuple[int, int]:
    """The years that a title means by a plan: “十四五”开局 its first, “十四五”以来 those that are over."""
    first, last, end = time.first or 0, time.last or 0, time.end
    end += title[end : end + 1] == "的"
    if view.looks.plan_opens.match(title, end):
        return first, first
    if view.looks.plan_closes.match(title, end):
        return last, last
    if SINCE.match(title, end) and view.review is not None:
        return first, max(min(last, view.review), first)
    return first, last


def find_relative(text: str, looks: Looks) -> list[re.Match[str]]:
    """Where a text names times by the report's own."""
    last_year = text.rfind("年")
    return [found for found in looks.relative.finditer(text) if tells_time(found, last_year)]


def tells_time(found: re.Match[str], last_year: int) -> bool:
    """Whether it is a time: 下一届 is one only where no 年, the last of which stands at `last_year`, comes after it."""
    return found.lastgroup != "term" or found.end() > last_year


def read_relative(view: View, title: str) -> list[TitleTime]:
    """The times that a title names by the report's own: 今年, 过去五年."""
    found: list[TitleTime] = []
    review, plan = view.review, view.plan
    for match in find_relative(title, view.looks):
        span: tuple[int, int] | None = None
        if match.lastgroup in ("some", "more"):
            span = span_some(match, review, view.lexicon.markers.time.terms)
        elif match.lastgroup == "back" and view.looks.term_opens.match(title, match.end()) is not None:
            span = None if review is None else (review, review)  # 本届政府开局之年的工作
        elif match.lastgroup in REACH:
            first, last = REACH[match.lastgroup]
            span = None if review is None else (review + first, review + last)
        elif match.lastgroup != "next" and NOT_OVER.match(title, match.end()) is not None:
            span = None if view.now is None else (view.now, view.now)  # 今年以来, 今年前五个月
        elif plan is not None:
            span = plan, plan
        if span is not None:
            over = span == (view.now, view.now)
            found.append(TitleTime(match.start(), *span, write_period(*span), relative=True, over=over))
    return found


def span_some(match: re.Match[str], review: int | None, terms: Sequence[str]) -> tuple[int, int] | None:
    """The years of a term that is none of five: 过去四年, 三年来, 今后三年."""
    count = next(read_chinese(term) or 0 for term in terms if term in match[0])
    if review is None:
        return None
    return (review - count + 1, review) if match.lastgroup == "some" else (review + 1, review + count)


def read_title(view: View, title: str) -> Piece:
    """What a title looks at, by its pieces."""
    pieces = [read_piece(view, piece) for piece in view.looks.joiners.split(title) if piece]
    sides = {piece.role for piece in pieces} - {None}
    if len(sides) > 1:
        return Piece(None, "title.both", title, both=True)
    told = next((piece for piece in pieces if piece.role is not None), None)
    return told if told is not None else read_piece(view, title)


def read_piece(view: View, piece: str) -> Piece:
    plan, title = view.plan, view.known.find(piece)
    title.read()
    back, ahead = title.back, title.ahead
    exceeded = view.kind.summary and piece.startswith(view.lexicon.markers.time.exceeded)  # 超额完成｜民生实事任务
    if exceeded or title.reached:
        return Piece("review", "title.reached", piece, named=True)
    times = read_times(view, piece)
    turn = plan if plan is not None else None if view.review is None else view.review + 1
    if times and turn is not None:
        if max(time.last for time in times) < turn:
            return Piece("review", "title.year", times[-1].period, told=True, named=True)
        if min(time.first for time in times) >= turn and back is None:
            return Piece("plan", "title.year", times[-1].period, told=True, named=True)
    if back and not ahead:
        return Piece("review", "title.words", back[0], told=True, named=True)
    half = read_half(view, piece) if view.kind.part_year else None
    if ahead and not back and half != REVIEW:
        return Piece("plan", "title.words", ahead[0], told=True, named=True)
    return Piece(None, "none", "") if half is None else Piece(half, "title.year", piece, told=True, named=True)


def read_half(view: View, piece: str) -> Role | None:
    """In a report on a part of its year: 上半年 is over where the headline names it first, 下半年 comes after it."""
    own = [time.last_month for time in find_times(view.headline) if time.last_month is not None]
    said = [time.last_month for time in find_times(piece) if time.last_month is not None and time.day is None]
    if not own or not said:
        return None
    return REVIEW if said[0] <= own[0] else PLAN


def is_reached(title: str, looks: Looks) -> bool:
    """Whether a title says that goals were reached: 目标任务全面完成, and not 确保目标任务全面完成."""
    if STATE not in title and not looks.reached_ends.before(title):
        return False
    return looks.reached.search(title) is not None and looks.not_reached.search(title) is None


def read_roles(view: View, counted: bool) -> tuple[list[Part], list[Role | None], list[Diagnostic]]:
    parts: list[Part] = []
    roles: list[Role | None] = []
    diagnostics: list[Diagnostic] = []
    tops = read_tops(view)
    for index, section in enumerate(view.sections):
        count = Counts()
        if section.parent is None:
            piece, count = tops[index]
        else:
            parent = parts[section.parent]
            above = Piece(roles[section.parent], parent.rule, "", appended=parent.appended)
            piece = read_child(view, index, count, above)
        if section.parent is None and piece.told and piece.role is not None and counts_words(view):
            text = join_section(view, index, SAMPLE)
            contrary = len(text) > LONG_TEXT and turns_away(text, piece.role, CONTRARY, view.looks)
            if contrary or counted:
                count.add(count_text(text, view.looks))
            if contrary:
                diagnostics.append(doubt(section, piece, count))
        roles.append(piece.role)
        parts.append(
            Part(
                rule=piece.rule,
                text=piece.text,
                both=piece.both,
                back=count.back,
                ahead=count.ahead,
                appended=piece.appended,
            )
        )
    return parts, roles, diagnostics


def read_tops(view: View) -> dict[int, tuple[Piece, Counts]]:
    """The roles of the top parts, with the counts of their texts.

    A report that looks back after a part still does in that part, if no title before has turned it to its plans.
    """
    read: dict[int, tuple[Piece, Counts]] = {}
    before: Role | None = None  # of the part before
    for index, section in enumerate(view.sections):
        if section.parent is None:
            count = Counts()
            piece = read_part(view, index, count, before)
            before = piece.role
            read[index] = piece, count
    if view.kind.summary:
        close_open(view, read)
    named = [index for index, (piece, _) in read.items() if piece.named or piece.both]
    back = False
    for index in reversed(read):
        piece, count = read[index]
        if index in named:
            back = piece.role == REVIEW
        elif piece.role == PLAN and not piece.whole and (back or (piece.weak and named and index < named[0])):
            # 四、从严治院，努力建设…… before 五、1999年的工作任务
            read[index] = Piece(REVIEW, "order", ""), count
    return read


def close_open(view: View, read: dict[int, tuple[Piece, Counts]]) -> None:
    """In a summary 二、重点工作 tells what was done, where a later part plans by its title."""
    words = view.lexicon.markers.time.plan_open
    later = False
    for index in reversed(read):
        piece, count = read[index]
        if piece.role == PLAN and piece.told and view.titles[index] in words and later:
            read[index] = Piece(REVIEW, "order", ""), count
        later = later or (piece.role == PLAN and piece.told)


def doubt(section: Section, piece: Piece, count: Counts) -> Diagnostic:
    return Diagnostic(
        code="time-role-unsure",
        message=f"section “{section.title}” is taken for {piece.role} by its title, but of its text "
        f"{count.back} looks back and {count.ahead} ahead",
    )


def read_part(view: View, index: int, count: Counts, before: Role | None) -> Piece:
    """The role of a top part; `before` is that of the part before it. Its text is counted where the title is mute."""
    title = view.titles[index]
    if view.looks.appended.match(title):
        return Piece(None, "appended", title, appended=True)
    piece = read_title(view, title)
    if piece.role is not None or piece.both:
        return piece
    if view.kind.bulletin:
        return Piece("review", "kind", view.metadata.kind or "")
    if view.kind.programme is not None:
        return read_grounds(view, title) or Piece("plan", "kind", view.headline, whole=True)
    if view.span is not None and before != "plan":
        return Piece("review", "kind", view.headline)
    lean = read_text(view, index, count)
    if lean is not None and not (lean == "review" and before == "plan"):
        return Piece(lean, "body", "")
    if lean is None and (told := read_slogan(view, title)) is not None:
        return told
    return Piece("plan", "position", "") if before == "plan" else Piece(None, "none", "")


def read_grounds(view: View, title: str) -> Piece | None:
    """The part of a plan that tells what was before it: 发展基础, “十四五”发展成就; not 巩固“十四五”成果."""
    word = next((word for word in view.lexicon.markers.time.grounds if word in title), None)
    before = view.kind.programme[0] if view.kind.programme is not None else 0
    times = [time for time in read_times(view, title) if time.last < before]
    opens = bool(times) and title[: times[0].start].strip(QUOTES) in ABOUT and view.known.find(title).find_sides()[0]
    if word is None and not opens:
        return None
    return (
        None if view.looks.plan.search(title) else Piece("review", "title.words", word or times[0].period, named=True)
    )


def read_slogan(view: View, title: str) -> Piece | None:
    """What a title looks at by weak words, where they are of one side only."""
    if title.endswith(STATE):
        return None  # 项目争取情况
    ahead, back = view.looks.slogans.search(title), view.looks.praise.search(title)
    if back and not ahead:
        return Piece("review", "slogan", back[0])
    plans = view.kind.report and not view.kind.summary  # 打造亮点，全力争先 in a summary tells what was done
    return Piece("plan", "slogan", ahead[0], weak=True) if ahead and not back and plans else None


def read_child(view: View, index: int, count: Counts, above: Piece) -> Piece:
    """The role of a section inside another."""
    if above.appended:
        return above
    title = view.titles[index]
    if above.role == PLAN and view.kind.programme is not None and (grounds := read_grounds(view, title)) is not None:
        return grounds
    if above.role is None:
        piece = read_title(view, title)
        lean = None if piece.role else read_text(view, index, count)
        return piece if lean is None else Piece(lean, "body", "")
    turned = view.looks.turns if above.role == "review" else view.looks.looks_back
    turns = turned.search(title) is not None or opens_with_plan(view, title, above)
    if turns and (piece := read_title(view, title)).role not in (None, above.role):
        return piece
    return Piece(above.role, "part", "")


def opens_with_plan(view: View, title: str, above: Piece) -> bool:
    """Whether a section in a part that looks back opens with the year planned: 2031年工作任务."""
    return above.role == REVIEW and view.plan is not None and title.startswith(f"{view.plan}年")


def read_text(view: View, index: int, count: Counts) -> Role | None:
    """To which side a section's text leans, counted into `count`."""
    if counts_words(view):
        count.add(count_text(join_section(view, index, LONGEST_TEXT), view.looks))
    return count.lean() if count.length >= LEAST_TEXT else None


def counts_words(view: View) -> bool:
    return view.kind.report and not view.kind.bulletin


def join_section(view: View, index: int, most: int) -> str:
    """The text of a section with those below it, about `most` characters of it."""
    section = view.sections[index]
    after = next(
        (other.block for other in view.sections[index + 1 :] if other.level <= section.level), len(view.blocks)
    )
    texts: list[str] = []
    for block in view.blocks[section.block : after]:
        if block.kind in ("paragraph", "item"):
            texts.append(block.text)
            most -= len(block.text)
            if most <= 0:
                break
    return CLAUSE.join(texts)


def count_text(text: str, looks: Looks) -> Counts:
    """How much a text looks back and ahead: a figure that is not round, as results are, weighs as a word of leading.

    12.7 is none, and no more is a count such as 403件: what is planned is 400件.
    """
    lead = len(looks.lead.findall(part_clauses(text)))
    return Counts(len(text), DONE * count_done(text, looks) + EXACT * count_exact(text, looks), LEAD * lead)


def count_exact(text: str, looks: Looks) -> int:
    return len(DECIMAL.findall(text)) + len(looks.exact.findall(text))


def count_done(text: str, looks: Looks) -> int:
    done = looks.done_words.count(text) if COMPILED else len(looks.done.findall(text))
    return done - sum(map(text.count, looks.not_done))


def part_clauses(text: str) -> str:
    """A text with a comma before each clause: a pattern that opens with one character is found fast."""
    for mark in CLAUSE_MARKS:
        text = text.replace(mark, CLAUSE)
    return CLAUSE + text


def turns_away(text: str, role: Role, tenths: int, looks: Looks) -> bool:
    """Whether a text leans by that many tenths to the side that is not its role's, as `Counts.lean` has it.

    Most do not, and a part of the counts shows it: the exact figures of what was done, the first words of leading.
    """
    back = EXACT * count_exact(text, looks)
    if role == REVIEW:
        ahead = LEAD * len(looks.lead.findall(part_clauses(text)))
        return ahead * 10 > tenths * back and ahead * 10 > tenths * (back + DONE * count_done(text, looks))
    back += DONE * count_done(text, looks)
    enough = -(-back * 10 // (tenths * LEAD))  # words of leading from which on it does not
    return sum(1 for _ in islice(looks.lead.finditer(part_clauses(text)), enough)) < enough


# The periods of sections, and what the metadata say.


def read_periods(view: View, parts: Sequence[Part], roles: Sequence[Role | None]) -> list[str | None]:
    periods: list[str | None] = []
    for index, section in enumerate(view.sections):
        role = roles[index]
        if parts[index].both or parts[index].appended:
            periods.append(None)
            continue
        title = view.titles[index]
        times = [time for time in read_times(view, title) if agrees(view, time, role)]
        if times and section.parent is not None and not any(view.known.find(title).find_sides()):
            # 办好2031年运动会 only names the year of something
            times = [time for time in times if title[: time.start] in ABOUT or time.relative]
        if times:
            periods.append(times[0].period)
        elif section.parent is not None and roles[section.parent] == role:
            periods.append(periods[section.parent])
        else:
            periods.append(default_period(view, role))
    return periods


def name_term(view: View, roles: Sequence[Role | None], periods: list[str | None]) -> list[str | None]:
    """A part that looks back on a term whose years its first words name: 过去五年. 2030年至2035年，是……的五年."""
    for index, section in enumerate(view.sections):
        times = read_times(view, view.titles[index])
        if section.parent is not None or roles[index] != "review" or not times or not times[0].relative:
            continue
        first = next(iter(list_texts(view, section.block + 1, len(view.blocks))), None)
        told = TERM.match(view.blocks[first].text) if first is not None else None
        begun, ended = (read_year(told[1]), read_year(told[2])) if told is not None else (None, None)
        if begun is None or ended is None or abs(begun - times[0].first) > 1 or not 0 <= ended - times[0].last <= 1:
            continue
        general, after = periods[index], index + 1
        while after < len(periods) and view.sections[after].parent is not None:
            after += 1
        view.term = write_period(begun, ended)
        for at in range(index, after):
            periods[at] = view.term if periods[at] == general else periods[at]
    return periods


# 2030年至2035年，是我市红十字事业快速发展的五年
TERM: Final = compile_re(rf"\s*({YEAR})年?{DASH}({YEAR})年[，,]?是[^。；]*年")


def span_part(view: View, roles: Sequence[Role | None], periods: list[str | None]) -> list[str | None]:
    """A part that plans without a year in its title, before one that has it, and says in its text 今后五年."""
    if view.plan is None:
        return periods
    year, span = str(view.plan), write_period(view.plan, view.plan + 4)
    tops = [index for index, section in enumerate(view.sections) if section.parent is None]
    named = [index for index in tops if any(time.period == year for time in read_times(view, view.titles[index]))]
    for at, index in enumerate(tops[:-1]):
        if roles[index] != PLAN or periods[index] != year or read_times(view, view.titles[index]):
            continue
        if not any(later > index and roles[later] == PLAN for later in named):
            continue
        first, after = view.sections[index].block, view.sections[tops[at + 1]].block
        if any(opens_years_ahead(view, view.blocks[block].text) for block in list_texts(view, first, after)):
            for inner in range(index, tops[at + 1]):
                periods[inner] = span if periods[inner] == year else periods[inner]
    return periods


def opens_years_ahead(view: View, text: str) -> bool:
    match = view.looks.relative.match(text)
    return match is not None and match.lastgroup in ("ahead", "term") and tells_time(match, text.rfind("年"))


def turn_to_year(view: View, roles: Sequence[Role | None], periods: list[str | None]) -> list[str | None]:
    """In a part that plans several years and the next (今后五年和2031年工作的建议): the sections from 今年是…… on."""
    year = None if view.plan is None else str(view.plan)
    for index, section in enumerate(view.sections):
        if section.parent is not None or roles[index] != PLAN or periods[index] in (year, None):
            continue
        if all(time.period != year for time in read_times(view, view.titles[index])):
            continue
        after = next((one.block for one in view.sections[index + 1 :] if one.parent is None), len(view.blocks))
        own = list_texts(view, section.block + 1, after)
        turn = next((block for block in own if opens_plan(view, view.blocks[block].text)), None)
        for at, other in enumerate(view.sections):
            if turn is not None and turn < other.block < after and periods[at] == periods[index]:
                periods[at] = year
    return periods


def agrees(view: View, time: TitleTime, role: Role | None) -> bool:
    if role is None or view.plan is None or time.over:
        return True
    if role == "review":
        return time.last < view.plan or view.kind.part_year
    # 全面实现“十四五”目标 in the plan's later years: the part plans its own year
    return time.last >= view.plan and (time.first >= view.plan - 1 or view.kind.programme is not None)


def default_period(view: View, role: Role | None) -> str | None:
    if role == "plan" and view.kind.programme is not None:
        return write_period(*view.kind.programme)
    if role == "review" and view.kind.programme is not None:
        first, last = view.kind.programme
        return write_period(2 * first - last - 1, first - 1)  # “十三五” in a plan for “十四五”
    if role == "review" and view.span is not None:
        return view.span
    year = view.plan if role == "plan" else view.review if role == "review" else None
    return None if year is None else str(year)


def name_reviews(view: View, parts: Sequence[Part], roles: Sequence[Role | None]) -> str | None:
    """The period that the report looks back on: the widest that the titles of its upper parts name."""
    if view.term is not None:
        return view.term
    for level in UPPER_LEVELS:
        times = [
            time
            for index, section in enumerate(view.sections)
            if section.level == level and (roles[index] == "review" or parts[index].both)
            for time in read_times(view, view.titles[index])
            if view.plan is None or time.last < view.plan or view.kind.part_year
        ]
        if times:
            return write_period(min(time.first for time in times), max(time.last for time in times))
    if view.span is not None:
        return view.span
    told = view.kind.report or "review" in roles
    return default_period(view, REVIEW) if told and view.review is not None else None


def name_plans(view: View, roles: Sequence[Role | None]) -> str | None:
    """The year that the report plans; of a plan itself its span."""
    if view.kind.programme is not None:
        return write_period(*view.kind.programme)
    told = "plan" in roles or (view.kind.report and not view.kind.summary)
    return str(view.plan) if told and view.plan is not None else None


# Where no title tells: the text itself is divided.


def find_turns(view: View, parts: Sequence[Part], roles: Sequence[Role | None]) -> list[Turn]:
    if view.kind.programme is not None and not view.sections and view.blocks:
        return [make_turn(view, 0, PLAN)]  # a plan without headings
    if not counts_words(view):
        return []
    open_ones = [index for index, part in enumerate(parts) if not part.appended and roles[index] is None]
    turns: list[Turn] = []
    texts: dict[int | None, list[int]] = {}
    for index in list_texts(view, 0, len(view.blocks)):
        texts.setdefault(view.blocks[index].section, []).append(index)
    for place in [*open_ones, None]:
        own = texts.get(place, [])
        if place is None and any(roles) and sum(len(view.blocks[index].text) for index in own) < LONG_TEXT:
            continue  # greetings above the first heading
        start = find_start(view, own)
        if start is not None:
            turns += [make_turn(view, own[0], REVIEW), make_turn(view, own[start], PLAN)]
    return turns


def split_part(view: View, parts: list[Part], roles: list[Role | None]) -> list[Turn]:
    """Divide a part that looks back by its title and ahead by most of its text: the heading of its second half is lost.

    Where a report has two parts at most. The sections in the second half plan from here on.
    """
    tops = [index for index, section in enumerate(view.sections) if section.parent is None]
    real = [index for index in tops if not parts[index].appended]
    if not counts_words(view) or view.kind.summary or len(real) > 2:
        return []
    for index in real:
        after = next((view.sections[top].block for top in tops if top > index), len(view.blocks))
        own = list_texts(view, view.sections[index].block, after)
        if roles[index] != REVIEW:
            continue
        if PLAN in roles and not turns_away(join_section(view, index, WHOLE), REVIEW, LEANS, view.looks):
            continue
        start = find_start(view, own)
        if start is None:
            continue
        halves = [sum(len(view.blocks[block].text) for block in half) for half in (own[:start], own[start:])]
        told = opens_plan(view, view.blocks[own[start]].text)
        if min(halves) < SHORTEST_HALF or halves[0] * LEAST_SHARE < halves[1] or (not told and halves[1] < LEAST_HALF):
            continue  # an introduction is no half
        before = {view.blocks[block].section for block in own[:start]}
        for at, section in enumerate(view.sections):
            if (
                view.sections[index].block < section.block < after
                and at not in before
                and section.block + 1 >= own[start]
            ):
                roles[at], parts[at] = PLAN, msgspec.structs.replace(parts[at], rule="turn", text="")
        return [make_turn(view, own[start], PLAN)]
    return []


def list_texts(view: View, first: int, after: int) -> list[int]:
    """The blocks of running text between two places."""
    return [index for index in range(first, after) if view.blocks[index].kind in ("paragraph", "item")]


def find_start(view: View, own: Sequence[int]) -> int | None:
    """Which of these blocks is the first that plans, if that is clear.

    A paragraph that says so, but where much of what stands before it plans already: 新的一年 may open the last words.
    """
    opening = next((at for at, index in enumerate(own) if at and opens_plan(view, view.blocks[index].text)), None)
    if view.kind.summary:
        return opening  # what it plans stands after words that say so, and its verbs (开展, 推动) tell of no side
    counts = [count_text(view.blocks[index].text, view.looks) for index in own]
    place = find_split(counts)
    if place is None:
        return opening
    start = next(at for at in range(place, len(own)) if counts[at].ahead > counts[at].back)
    if opening is None:
        return start
    between = Counts()
    for count in counts[start:opening]:
        between.add(count)
    return start if between.length > LONG_TEXT and between.lean(CONTRARY) == PLAN else opening


def make_turn(view: View, block: int, role: Role) -> Turn:
    text = view.blocks[block].text[:LONGEST_LABEL]
    return Turn(block=block, role=role, period=default_period(view, role), text=text)


def opens_plan(view: View, text: str) -> bool:
    match = view.looks.turn.match("".join(text[:LONGEST_TITLE].split()))
    if match is None or view.plan is None:
        return False
    year = match["year"] or match["told"]
    return not year or year == THIS_YEAR or read_year(year) == view.plan


def turn_announced(view: View, parts: list[Part], roles: list[Role | None]) -> list[Turn]:
    """Turn to what a paragraph announces, with the sections right below it: 2031年工作安排如下：｜1.抓好水利建设."""
    turns: list[Turn] = []
    if not counts_words(view) or view.plan is None:
        return turns
    begins = {section.block: at for at, section in enumerate(view.sections)}
    for block in list_texts(view, 1, len(view.blocks)):
        within = view.blocks[block].section
        if (within is not None and roles[within] == PLAN) or not announces(view, view.blocks[block]):
            continue
        turns.append(make_turn(view, block, PLAN))
        at = begins.get(block + 1)
        if at is None:
            continue
        after = (index for index in range(at, len(roles)) if view.sections[index].level < view.sections[at].level)
        for below in range(at, next(after, len(roles))):
            roles[below], parts[below] = PLAN, msgspec.structs.replace(parts[below], rule="turn", text="")
    return turns


def announces(view: View, block: Block) -> bool:
    """Whether a paragraph does nothing but say that a list of what is planned follows.

    今年的工作……值得总结： does not, in a report that its year has not ended yet.
    """
    if block.kind != "paragraph" or len(block.text) > LONGEST_TITLE or not opens_plan(view, block.text):
        return False
    listed = block.text.endswith(LEADS_ON) or any(word in block.text for word in view.lexicon.markers.time.announced)
    return listed and THIS_YEAR not in block.text


def find_split(counts: Sequence[Counts]) -> int | None:
    """Where looking back ends and looking ahead begins: the place with the most of both on their sides."""
    leans = list(accumulate(count.back - count.ahead for count in counts[:-1]))
    if not leans:
        return None
    place = leans.index(max(leans)) + 1
    before, after = Counts(), Counts()
    for at, count in enumerate(counts):
        (before if at < place else after).add(count)
    return place if before.lean() == REVIEW and after.lean() == PLAN else None
