"""The shape of chrome.toml: the words by which a page's chrome, its metadata and its genre are known.

Every word is written as `qjreport.article` compares it: without white space, punctuation in half width (`:` `(` `,`).
"""

from typing import Literal

import msgspec

Place = Literal["whole", "opens", "holds"]


class Phrase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words by which one line alone is known as chrome."""

    reason: str  # what a dropped line says of itself: share, related, footer …
    place: Place  # the whole line, its beginning, anywhere in it
    words: tuple[str, ...]
    ends: bool = False  # after a report, nothing of the report follows such a line
    sure: bool = True  # False: not between the report's own paragraphs (大, 中 may be a table's head)
    sentences: bool = False  # True: a line with a full stop in it is judged as well
    longest: int = 60  # characters; a longer line is not judged by these words


class Genre(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of report and the words that a title of it holds, each tuple all at once."""

    kind: str
    words: tuple[tuple[str, ...], ...]


class Chrome(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of pages, not of reports."""

    labels: dict[str, tuple[str, ...]]  # field of the metadata → the labels that stand before it: 来源 …
    other_labels: tuple[str, ...]  # labels of what is no metadata: 浏览次数 …
    barred_labels: tuple[str, ...]  # those that a bar may follow as a colon does: 校对|…
    value_ends: tuple[str, ...]  # where a label's value is over at the latest
    no_values: tuple[str, ...]  # what stands after a label where nothing is said
    late_labels: tuple[str, ...]  # labels of a date that gives way to one after 发布时间
    source_words: tuple[str, ...]  # words without a colon that a source follows
    source_ends: tuple[str, ...]  # how the name of a source ends that stands after a time without any label
    byline_words: tuple[str, ...]  # a byline inside a report must hold one of these: 时间： is the report's too
    coda_openings: tuple[str, ...]  # how a block begins that a page hangs on to a report: 扫描二维码
    coda_heads: tuple[str, ...]  # what its first line holds near its beginning: 一周排行
    coda_notices: tuple[str, ...]  # … or both what a notice is of, and
    coda_notice_ends: tuple[str, ...]  # that it is one: 反侵权公告
    coda_words: tuple[str, ...]  # what the lines of such a block speak of: 本网, 公众号, 评论
    moods: tuple[str, ...]  # what readers vote: 开心, 感动
    count_words: tuple[str, ...]  # what a count beside a byline counts: 2.3万阅读
    count_ends: tuple[str, ...]  # what may follow such a word: 阅读量
    reply_words: tuple[str, ...]  # what stands under each comment of a thread: 回复, 2小时前
    makers: tuple[str, ...]  # how a line in brackets ends that says who made the page: （县政府办｜供稿）
    site_words: tuple[str, ...]  # a sentence after the report that holds one speaks of the site: 值班电话
    pager_words: tuple[str, ...]  # what stands between the numbers of a row of pages: 下一页, 跳转
    home_words: tuple[str, ...]  # the first step of a breadcrumb: 首页
    crumb_names: tuple[str, ...]  # parts of ids and classes that breadcrumbs have
    place_names: tuple[str, ...]  # … and those that say where one is, which other elements have as well
    title_names: frozenset[str]  # parts of ids and classes that headlines have
    no_crumbs: tuple[str, ...]  # last steps of a breadcrumb that name no column: 正文
    title_ends: tuple[str, ...]  # how the headline of a document ends: 报告, 公报
    part_ends: tuple[str, ...]  # how the heading of a report's part ends, which is no headline of it: 工作回顾
    part_opens: tuple[str, ...]  # … and begins: 过去五年
    title_begins: tuple[str, ...]  # of a headline on several lines: the first of them, alone
    title_joins: tuple[str, ...]  # how the second line of a headline begins: 和…的报告
    no_headline_words: tuple[str, ...]  # what a line that opens the report holds: 我代表
    phrases: tuple[Phrase, ...]
    report_names: tuple[str, ...]  # ids and classes that content systems give the report's own element
    chrome_names: dict[str, str]  # part of an id or class → reason
    meta_names: dict[str, tuple[str, ...]]  # field of the metadata → names of <meta>, the best first
    genres: tuple[Genre, ...]
    offices: tuple[str, ...]  # who gives a report: 市长, 主席 …
    author_words: tuple[str, ...]  # before a name: 记者, 通讯员 …
    no_writers: tuple[str, ...]  # what follows 记者 and is no name: 调查
    surnames: tuple[str, ...]  # what names of persons begin with
    author_ends: tuple[str, ...]  # after the names of those who wrote: 文/图
    caption_ends: tuple[str, ...]  # after the name of who took a picture: 摄
    institutes: tuple[str, ...]  # bodies and titles that a person after 作者： is of: 大学, 教授
    institute_heads: tuple[str, ...]  # how such a body begins right after the name: 北京, 中国
    meetings: tuple[str, ...]  # how the occasion of a report ends: 会议, 大会
    salutations: tuple[str, ...]  # how a line begins that greets the meeting: 各位
    dated: tuple[str, ...]  # what a headline calls a text about a year: 报告
    first_headings: tuple[str, ...]  # the marker of a report's first heading: 一、, 第一部分
    summary_labels: tuple[str, ...]  # what a summary above the report begins with: 摘要
    note_labels: tuple[str, ...]  # what a note at a report's end begins with: 注, 附件
    signers: tuple[str, ...]  # how the names of bodies end that sign a report: 统计局 …
    area_ends: tuple[str, ...]  # how names of administrative areas end
    area_stops: tuple[str, ...]  # what an area's name stands after
    area_openings: tuple[str, ...]  # … in the sentence that opens a report: 代表
    area_committee_words: tuple[str, ...]  # … in one that names the committee of its level: 在
    departments: tuple[str, ...]  # how the office of an area ends: 局
    named_areas: tuple[str, ...]  # areas that are known by their whole name
    area_parties: tuple[str, ...]  # what stands before its name in the name of a body: 中共, 政协
    area_bodies: tuple[str, ...]  # what only follows the name of an area
    no_area_words: tuple[str, ...]  # what no name of an area holds
    no_area_ends: tuple[str, ...]  # ends of places that are no area of the administration: 社区
    no_county_names: tuple[str, ...]  # characters before 县 that are no name: 全县
    country_words: tuple[str, ...]  # in a headline, a session or an office: the report is the whole country's
    country_openings: tuple[str, ...]  # the same in the sentence that opens a report
    sessions: tuple[str, ...]  # words of the line that says in which meeting a report was given
    prefectures: tuple[str, ...]  # ends of names on the level of a 市
    counties: tuple[str, ...]  # … of a 县
    towns: tuple[str, ...]  # … of a 乡, a 镇 or a 街道
    no_levels: tuple[str, ...]  # … of areas that stand on no level
    municipalities: tuple[str, ...]  # the cities on the level of a 省
    regions: tuple[str, ...]  # ends of all other names on that level
    site_ends: tuple[str, ...]  # what a site's name adds to the area's: 人民政府门户网站 …
