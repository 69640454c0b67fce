"""The shape of markers.toml, which says what each of its lists is."""

from typing import Literal

import msgspec

Digits = Literal["han", "capital", "arabic"]
Role = Literal["heading", "item"]


class Numbered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of marker that counts: what opens it, its numerals, what closes it."""

    kind: str
    opens: tuple[str, ...]
    digits: tuple[Digits, ...]
    closes: tuple[str, ...]
    glyphs: str = ""  # single characters that are a whole marker
    role: Role = "heading"
    counts_on: bool = False
    depth: int = 1


class Unnumbered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    glyphs: str


class Enumeration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    after_numeral: str


class Sequence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]


class Titles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell the parts of a report by their titles."""

    fringe: tuple[str, ...]
    glossary: tuple[str, ...]
    enclosures: tuple[str, ...]
    review: tuple[str, ...]
    plan: tuple[str, ...]
    part_ends: tuple[str, ...]
    either: tuple[str, ...]
    years_past: tuple[str, ...]
    years_now: tuple[str, ...]
    spans: tuple[str, ...]
    bare: tuple[str, ...]


class TimeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by which a report's years and the roles of its parts are known."""

    simplified: tuple[str, ...]  # a traditional character that stands in these words, and the simplified one
    review: tuple[str, ...]  # a title with one of these looks back
    plan: tuple[str, ...]  # … looks ahead
    plan_open: tuple[str, ...]  # titles that say what was done in a summary, where a later part plans
    plan_ends: tuple[str, ...]  # ends of a title that looks ahead where its year is not over
    slogans: tuple[str, ...]  # weak words of looking ahead: believed where the body says nothing
    praise: tuple[str, ...]  # weak words of looking back, as the slogans are
    turns: tuple[str, ...]  # of `plan`: what alone makes a chapter that plans of one inside a part that looks back
    looks_back: tuple[str, ...]  # of `review`: what alone makes a chapter that looks back of one inside a plan
    set_goals: tuple[str, ...]  # goals that were set, and
    reached: tuple[str, ...]  # what a title says of them where it tells of their achievement
    exceeded: tuple[str, ...]  # … or before them: 超额完成｜目标任务
    reached_ends: tuple[str, ...]  # the end of a title that tells of an achievement
    not_reached: tuple[str, ...]  # what makes a demand of such a title: 确保完成
    appended: tuple[str, ...]  # how a title of what is appended begins
    appended_ends: tuple[str, ...]  # … and how one may end: 《某报告》｜名词解释
    joiners: tuple[str, ...]  # between the two sides of a title that looks back and ahead
    plan_opens: tuple[str, ...]  # after a five-year plan: its first year is meant
    term_opens: tuple[str, ...]  # 本届政府｜开局之年 is one year
    plan_closes: tuple[str, ...]  # … its last
    years_next: tuple[str, ...]  # the year after the one in which the report was given
    terms_next: tuple[str, ...]  # 新一届: the five years planned, where no year is named
    terms: tuple[str, ...]  # of how many years, but for five, a term may be: 过去｜四｜年
    five_years: tuple[str, ...]  # names of the years that an office has been held
    terms_over: tuple[str, ...]  # 十三届人民政府｜工作回顾: what a title looks back on them with
    goals: tuple[str, ...]  # Y年……的预期目标是: the year's goal is stated
    past_years: tuple[str, ...]  # in front of a year that is over: 刚刚过去的Y年
    paragraph_plans: tuple[str, ...]  # how the first paragraph that plans begins, where no title says so
    paragraph_years: tuple[str, ...]  # … after the year: 今年是
    announcing: tuple[str, ...]  # … of a year whose work is announced: 2031年｜要｜做好以下工作
    announced: tuple[str, ...]  # … and that a list of it follows
    salutations: tuple[str, ...]  # what stands before it
    opening: tuple[str, ...]  # how a report to a meeting opens
    reports: tuple[str, ...]  # … of a report that is given once a year
    headlines: tuple[str, ...]  # a headline of a report holds one of these
    shown: tuple[str, ...]  # how a page tells what such a report says
    bulletins: tuple[str, ...]  # … of one that looks back on its year and plans none
    summaries: tuple[str, ...]  # … of one that looks back on its year and may plan the next
    drafts: tuple[str, ...]  # … of one that plans its year, whatever else it says
    accounts: tuple[str, ...]  # what such a draft is called that looks back: 决算草案
    programmes: tuple[str, ...]  # … of a plan itself
    programmes_thought: tuple[str, ...]  # … by its thoughts on the years
    programmes_year: tuple[str, ...]  # … of one year
    assigned: tuple[str, ...]  # who is to do what: 《政府工作报告》重点工作｜任务分解
    assigned_done: tuple[str, ...]  # … and that it was done
    sittings: tuple[str, ...]  # of a report on the meeting that it is given to
    grounds: tuple[str, ...]  # … which part of it tells what was before
    errands: tuple[str, ...]  # what a government promises its people for a year: 十件民生实事
    errands_set: tuple[str, ...]  # beside these, that it is promised
    errands_done: tuple[str, ...]  # … that it was done, or is looked into
    errands_over: tuple[str, ...]  # … in the text
    closing: tuple[str, ...]  # of these a text of the first months tells that is about the year before
    not_closing: tuple[str, ...]  # … but for one that has these
    meetings: tuple[str, ...]  # a report was given at one
    congresses: tuple[str, ...]  # held once in five years
    captions: tuple[str, ...]  # lines that hold a date and are about a picture
    done: tuple[str, ...]  # in running text: what was done
    done_adverbs: tuple[str, ...]  # these, and
    done_verbs: tuple[str, ...]  # one of these behind it
    finished: tuple[str, ...]  # done as well, but not behind
    not_finished: tuple[str, ...]
    lead: tuple[str, ...]  # at the beginning of a clause: what is to be done
    counters: tuple[str, ...]  # what is counted that was done, to the last one: 403件
    intends: tuple[str, ...]  # what follows the year with which a paragraph opens, where it is planned


class Lines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of lines that look like titles and are none."""

    salutation: tuple[str, ...]
    caption_starts: tuple[str, ...]
    caption_ends: tuple[str, ...]
    prompts: tuple[str, ...]
    contacts: tuple[str, ...]
    picture_ends: tuple[str, ...]
    credit_starts: tuple[str, ...]
    signature_ends: tuple[str, ...]
    introducing: tuple[str, ...]
    introducing_ends: tuple[str, ...]
    modals: tuple[str, ...]
    modals_not: tuple[str, ...]
    table_ends: tuple[str, ...]
    table_starts: tuple[str, ...]
    office: tuple[str, ...]
    note_starts: tuple[str, ...]
    teller_starts: tuple[str, ...]
    tellers: tuple[str, ...]


class Figures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words beside a number that make a line a statement and no title."""

    verbs: tuple[str, ...]
    units: tuple[str, ...]


class TableWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by which the columns, rows and cells of a data table are known."""

    unit_words: tuple[str, ...]
    unit_heads: tuple[str, ...]
    name_heads: tuple[str, ...]
    serial_heads: tuple[str, ...]
    remark_heads: tuple[str, ...]
    rank_heads: tuple[str, ...]
    growth: tuple[str, ...]
    growth_not: tuple[str, ...]
    rates: tuple[str, ...]
    basis: tuple[str, ...]
    shares: tuple[str, ...]
    targets: tuple[str, ...]
    targets_not: tuple[str, ...]
    previous: tuple[str, ...]
    amounts: tuple[str, ...]
    part_marks: tuple[str, ...]
    missing: tuple[str, ...]
    whole_units: tuple[str, ...]


class Markers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Markers of headings and items, titles, and the words of tables."""

    numbered: tuple[Numbered, ...]
    unnumbered: tuple[Unnumbered, ...]
    enumeration: Enumeration
    sequence: Sequence
    titles: Titles
    time: TimeWords
    lines: Lines
    figures: Figures
    tables: TableWords
