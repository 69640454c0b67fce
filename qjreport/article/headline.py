"""The report's headline: which line it is, or which lines.

Looked for in this order, among the lines that next to no running text stands above (boundaries.py says how many):

1. the line that repeats what <meta>, an index table or <title> say (`find_by_title`): the whole before a part, and of
   equals the last; where no single line does, up to four lines together that do;
2. the line that looks most like one (`find_by_look`): it ends as documents are called, is a heading element, is bold
   or centred, stands above a byline; a part's heading, a date with a name and a speaker's office are none;
3. what <meta> or <title> say, without a line of the page.

What the front matter of a text names stands where no line says as much. A session on the headline's line is no part
of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import regex

from qjreport.article.area import find_name
from qjreport.article.judge import Judgement, is_label
from qjreport.article.labels import find_writer, is_office, read_labels
from qjreport.article.phrases import fold_width, squeeze
from qjreport.article.shapes import is_written_date, name_occasions
from qjreport.lexicon import Lexicon
from qjreport.model import Line, Page
from qjreport.text.patterns import compile_re, compile_regex
from qjreport.text.words import join_words

SHORTEST: Final = 4  # characters, of a headline
LONGEST: Final = 120

# What stands in <title> between the headline and the site's name.
_SITE: Final = compile_re(r" ?[_|｜丨] ?| [-–—]+ |-{2,}| ?[-–—](?=[^-–—]{2,20}$)")


class Headline(NamedTuple):
    """Where the headline stands; `first` is -1 where no line of the page is it."""

    first: int
    last: int
    text: str
    found_at: str  # meta[name=…] or title, where no line says it
    session: str = ""  # what the headline's line says besides: in which meeting the report was given


def find_headline(
    page: Page, judgements: list[Judgement], limit: int, far_limit: int, lexicon: Lexicon
) -> Headline | None:
    """The headline, without the session that may stand on its line."""
    found = find_whole_headline(page, judgements, limit, far_limit, lexicon)
    if found is None:
        return None
    text, session = part_session(found.text, lexicon)
    return found._replace(text=text, session=session)


def find_whole_headline(
    page: Page, judgements: list[Judgement], limit: int, far_limit: int, lexicon: Lexicon
) -> Headline | None:
    """The headline among the first `limit` lines; among `far_limit` where only there a line is the page's title.

    >>> from qjreport.article.judge import judge_line
    >>> from qjreport.lexicon import load_lexicon
    >>> from qjreport.model import Line
    >>> lines = (Line(text="首页"), Line(text="关于提案的报告"), Line(text="全年办理提案459件。"))
    >>> judgements = [judge_line(line, load_lexicon()) for line in lines]
    >>> find_whole_headline(Page(lines=lines, title="关于提案的报告-政协网"), judgements, 2, 2, load_lexicon()).first
    1
    """
    if page.front and page.title:
        return find_front_headline(page, judgements, limit, lexicon)
    site = squeeze(find_meta(page, "site", lexicon)[1])
    named = [clean_title(find_meta(page, "title", lexicon)[1]), find_labelled_title(page, judgements, limit, lexicon)]
    named = [value for value in named if value]
    keys = [squeeze(value) for value in named]
    title = squeeze(page.title)
    for lines, least in ((limit, 2), (far_limit, 4)):
        found = find_by_title(page, judgements, lines, keys, title, least)
        if found is not None and not is_site_name(found.text, site, lexicon):
            return prefer_headed(page, judgements, widen(page, judgements, found, limit, lexicon), limit, lexicon)
    shown = find_by_look(page, judgements, limit, site, lexicon)
    if shown is not None:
        return widen(page, judgements, shown, limit, lexicon)
    if found is not None:
        return found
    if named:
        return Headline(-1, -1, named[0], f"meta[name={find_meta(page, 'title', lexicon)[0]}]")
    if page.title:
        return Headline(-1, -1, _SITE.split(page.title)[0].strip() or page.title, "title")
    return None


def find_front_headline(page: Page, judgements: list[Judgement], limit: int, lexicon: Lexicon) -> Headline:
    """The title of the front matter, or the line that says as much or more; a shorter headline goes with it."""
    title = clean_title(page.title)
    key = squeeze(title)
    found = find_by_title(page, judgements, limit, [key], "", 4) or find_by_look(page, judgements, limit, "", lexicon)
    if found is None or not (ends_as_title(squeeze(found.text), lexicon) or key in squeeze(found.text)):
        return Headline(-1, -1, title, "meta[name=title]")
    richer = key in squeeze(found.text) or not ends_as_title(key, lexicon)
    return found if richer else found._replace(text=title, found_at="meta[name=title]")


def part_session(title: str, lexicon: Lexicon) -> tuple[str, str]:
    """A headline and the session that stands after it, on the same line or in brackets.

    >>> from qjreport.lexicon import load_lexicon
    >>> part_session("政府工作报告——2026年1月8日在云溪县第九届人民代表大会第六次会议上", load_lexicon())
    ('政府工作报告', '——2026年1月8日在云溪县第九届人民代表大会第六次会议上')
    """
    match = session_pattern(lexicon).fullmatch(title)
    if match is None or not ends_as_title(squeeze(match["title"]), lexicon):
        return title, ""
    return match["title"].rstrip(), match["session"]


@lru_cache(maxsize=8)
def session_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    meeting = join_words(lexicon.chrome.meetings)
    return compile_re(
        rf"(?P<title>.{{4,60}}?)\s*(?P<session>(?:[—–─-]{{1,8}}|[(（])\s*(?:\S{{4,5}}年|在).{{0,60}}{meeting}.{{0,30}})"
    )


def find_labelled_title(page: Page, judgements: list[Judgement], limit: int, lexicon: Lexicon) -> str:
    """The title that an index table gives: 标题：…"""
    for index in range(limit):
        if judgements[index].byline:
            labels = read_labels(page.lines[index].text, lexicon)
            if labels and labels[-1].field == "title":
                after = page.lines[index + 1].text if index + 1 < len(page.lines) else ""
                return labels[-1].value or (after if SHORTEST <= len(after) <= LONGEST else "")
    return ""


def find_by_title(
    page: Page, judgements: list[Judgement], limit: int, keys: Sequence[str], title: str, least: int
) -> Headline | None:
    """The line, or the lines together, that a named title or <title> repeats: the best, and of these the last."""
    best: tuple[int, int, int, int, int] | None = None
    for index in range(limit):
        line, judgement = page.lines[index], judgements[index]
        if judgement.reason == "hidden" or len(line.text) > LONGEST:
            continue
        text = judgement.folded.lower()
        quality, last = rank_match(text, keys, title), index
        if quality < WHOLE and len(text) >= 2:
            last = join_lines(judgements, index, limit, keys, title)
            if quality and any(below.folded.startswith(_DASH) for below in judgements[index + 1 : last + 1]):
                last = index  # the other line is the subtitle
            quality = max(quality, 4) if last > index else quality
        if quality >= least and judgement.reason in ("", "byline", "credits", "related", "navigation"):
            score = (quality, 0 if judgement.linked else 1, 1 if line.heading else 0, index, last)
            if best is None or score >= best:
                best = score
    if best is None:
        return None
    first, last = best[3], best[4]
    return Headline(first, last, clean_title("".join(page.lines[i].text for i in range(first, last + 1))), "")


WHOLE: Final = 5  # of what `rank_match` says: a line that is the title
SHORTEST_PART: Final = 6  # characters, of a headline that is only a part of <title>

_AFTER: Final = frozenset("_-–—|｜丨·,<(（ ")  # what follows the headline in <title>


def rank_match(text: str, keys: Sequence[str], title: str) -> int:
    """How well a line agrees with the page's titles: 5 the same, 4 the first part, 2 another part, 0 not."""
    if len(text) < SHORTEST:
        return 0
    if text in keys:
        return WHOLE
    if title:
        if title == text:
            return WHOLE
        if title.startswith(text) and (title[len(text)] in _AFTER or len(text) >= 2 * SHORTEST_PART):
            return 4
        cut = title.rstrip(".…")
        if len(cut) >= SHORTEST_PART and text.startswith(cut):
            return 4
        if len(text) >= SHORTEST_PART and title.endswith(text):
            return 3
        if len(text) >= SHORTEST_PART + 2 and (text in title):
            return 2
    return 4 if any(len(key) >= SHORTEST_PART and (text.startswith(key) or key.startswith(text)) for key in keys) else 0


MOST_LINES: Final = 4  # that a headline is set over


def join_lines(judgements: list[Judgement], index: int, limit: int, keys: Sequence[str], title: str) -> int:
    """The last of the lines from `index` on that together are a title; `index` where there are none."""
    joined = judgements[index].folded.lower()
    if not any(key.startswith(joined) for key in (*keys, title)):
        return index  # nor does one begin with more lines
    for last in range(index + 1, min(limit, index + MOST_LINES)):
        joined += judgements[last].folded.lower()
        if joined in keys or (
            title and (title == joined or (title.startswith(joined) and title[len(joined)] in _AFTER))
        ):
            return last
        if not any(key.startswith(joined) for key in (*keys, title)):
            break
    return index


def widen(page: Page, judgements: list[Judgement], found: Headline, limit: int, lexicon: Lexicon) -> Headline:
    """A headline that is set over two lines, with the other one: 关于印发 … above 实施方案的通知.

    The two stand in a row and look the same, and the lower ends as documents are called, which the upper does not.
    """
    first, last = found.first, found.last
    if first < 0:
        return found
    ends = ends_as_title(judgements[last].folded, lexicon)
    if not ends and last + 1 < limit and is_half(page, judgements, last, last + 1, lexicon):
        last += 1
    elif ends and first > 0 and is_half(page, judgements, first - 1, first, lexicon):
        first -= 1
    if (first, last) == (found.first, found.last):
        return found
    return Headline(first, last, clean_title("".join(page.lines[i].text for i in range(first, last + 1))), "")


def is_half(page: Page, judgements: list[Judgement], upper: int, lower: int, lexicon: Lexicon) -> bool:
    """Whether two lines are the halves of one headline."""
    above, below = page.lines[upper], page.lines[lower]
    dressed = above.heading or (above.centered and above.bold >= len(above.text))
    same = (above.heading, above.centered) == (below.heading, below.centered) and (above.bold > 0) == (below.bold > 0)
    if not dressed or not same or not is_title_text(judgements[upper], above.text, lexicon):
        return False
    if ends_as_title(judgements[upper].folded, lexicon) or not ends_as_title(judgements[lower].folded, lexicon):
        return False
    return is_title_text(judgements[lower], below.text, lexicon) and not is_site_name(above.text, "", lexicon)


def is_title_text(judgement: Judgement, text: str, lexicon: Lexicon) -> bool:
    """Whether a line may be a headline or a part of one: no chrome, no sentence, no item, no person."""
    folded = judgement.folded
    if judgement.reason or judgement.linked or judgement.firm or not SHORTEST <= len(folded) <= LONGEST:
        return False
    if folded.startswith(_DASH) or folded.endswith((*_NO_ENDS, *name_occasions(lexicon))) or _MARKED.match(folded):
        return False
    return not names_person(text, lexicon) and not is_part(folded, lexicon)


LONGEST_COLUMN: Final = 8  # characters of a column's name, which a <title> may have for want of a headline


def prefer_headed(page: Page, judgements: list[Judgement], found: Headline, limit: int, lexicon: Lexicon) -> Headline:
    """The line between a short title and the byline, where the <title> only names the column: 活动通知.

    A headline has its byline below it; a column's name is short, no heading element, and has the headline there.
    """
    first, last = found.first, found.last
    if first < 0 or last + 1 >= limit or len(judgements[first].folded) > LONGEST_COLUMN or page.lines[first].heading:
        return found
    below = page.lines[last + 1]
    longer = len(judgements[last + 1].folded) > max(LONGEST_COLUMN, len(found.text))
    if longer and is_title_text(judgements[last + 1], below.text, lexicon) and is_headed(judgements, last + 1):
        return Headline(last + 1, last + 1, clean_title(below.text), "")
    return found


LEAST_LOOK: Final = 2  # centred and bold, or more

_DASH: Final = ("——", "--", "──", "—", "–")  # opens a subtitle
_NO_ENDS: Final = (":", "。", ",", "!", ";")
_NAMED: Final = compile_regex(
    r"\p{Han}{4}|(?:\p{Han}{1,3}[“”‘’《》：:、·—\s]{1,3}){2,}\p{Han}{1,3}"
)  # 云溪：“渠水”进村来
_MARKED: Final = compile_re(r"[一二三四五六七八九十]{1,3}、|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,2}[.、]|[◆●■]")


def find_by_look(page: Page, judgements: list[Judgement], limit: int, site: str, lexicon: Lexicon) -> Headline | None:
    """Where no title helps: the words of the genre, a heading element, bold and centred, the first line of a text."""
    no_ends = (*_NO_ENDS, *name_occasions(lexicon))
    best: tuple[int, int] | None = None
    for index in range(limit):
        line, judgement = page.lines[index], judgements[index]
        if judgement.reason or judgement.linked or judgement.firm:
            continue
        text = squeeze(part_session(line.text.strip(" *#"), lexicon)[0])
        if not SHORTEST <= len(text) <= LONGEST:
            continue
        if (
            text.startswith(_DASH)
            or text.endswith(no_ends)
            or _MARKED.match(text)
            or "www." in text
            or not _NAMED.search(text)
        ):
            continue
        if (":" in judgement.folded and is_labelled(line.text, lexicon)) or is_menu(line.text, lexicon):
            continue
        if index and is_label(judgements[index - 1].folded, lexicon):
            continue  # the value of an index table's label: 主题分类： above 计划总结
        if is_site_name(text, site, lexicon) or names_person(line.text, lexicon) or is_part(text, lexicon):
            continue
        score = 4 * (ends_as_title(text, lexicon) and "在" not in text[:12])
        score += 3 * (line.heading in (1, 2)) + (line.heading > 2) + line.centered + (line.bold >= len(line.text))
        score += 3 * is_headed(judgements, index) + 2 * is_called_title(page, line, lexicon)
        if not page.is_html:
            score += (len(text) >= 2 * SHORTEST) + (index > 0 and judgements[index - 1].reason != "")
        if best is None or (score, -index) > best:
            best = (score, -index)
    if best is None or (page.is_html and best[0] < LEAST_LOOK):
        return None
    return join_neighbours(page, judgements, -best[1], lexicon)


LEAST_MENU: Final = 3  # entries


def is_menu(text: str, lexicon: Lexicon) -> bool:
    """Whether a line is a page's menu, its entries parted by blanks.

    >>> from qjreport.lexicon import load_lexicon
    >>> is_menu("首页 走进青屿 信息公开", load_lexicon()), is_menu("青屿县 工作总结", load_lexicon())
    (True, False)
    """
    entries = text.split()
    return len(entries) >= LEAST_MENU and squeeze(entries[0]) in lexicon.chrome.home_words


def is_labelled(text: str, lexicon: Lexicon) -> bool:
    """Whether a line begins with a label: 关键词：…"""
    labels = read_labels(text, lexicon)
    return bool(labels) and labels[0].start == 0


_WORD: Final = compile_re(r"[a-z]{2,}")


def is_called_title(page: Page, line: Line, lexicon: Lexicon) -> bool:
    """Whether a line's element, or the one around it, is called as those of headlines are."""
    node = line.node
    for _ in range(2):
        if node < 0:
            return False
        entry = page.nodes[node]
        if (entry.id or entry.classes) and not lexicon.chrome.title_names.isdisjoint(
            _WORD.findall(f"{entry.id} {entry.classes}".lower())
        ):
            return True
        node = entry.parent
    return False


_DATED_NAME: Final = compile_regex(
    r"[(]?\s?\S{4}\s?年\s?\S{1,3}\s?月\s?\S{1,3}\s?日\s?[)]?(?:\s?\p{Han}[\p{Han}·\s]{0,11})?\s?[)]?"
    r"|\p{Han}{2,20}\s\p{Han}[\p{Han}\s]{0,7}[(]\S{4}年\S{1,3}月\S{1,3}日[)]"
)


def names_person(text: str, lexicon: Lexicon) -> bool:
    """Whether a line is a writer's or a speaker's, or a date with the name of who spoke."""
    dated = _DATED_NAME.fullmatch(fold_width(text)) is not None
    return dated or is_office(text, lexicon) or find_writer(text, lexicon) != ""


# 县水务局｜2025年……, 清河街道｜上半年……
_BODY: Final = compile_re(r"\w{0,6}?(?:[省市县区镇乡旗州]\w{0,10}[局厅委办院会联处站部]|街道|[镇乡])(?=\d{4}年|上半年)")


# No part looks back on one year and plans another: 2030年工作总结和2031年工作打算.
_TWO_YEARS: Final = compile_re(r"\d{4}年\w{4,14}[和及暨与]\d{4}年\w{4,12}")


def is_part(folded: str, lexicon: Lexicon) -> bool:
    """Whether a line is the heading of a report's part, or opens the report.

    >>> from qjreport.lexicon import load_lexicon
    >>> [is_part(text, load_lexicon()) for text in ("2025年工作回顾", "现在,我代表县人民政府作报告", "云溪县工作总结")]
    [True, True, False]
    >>> is_part("云溪县水务局2025年工作总结和2026年工作打算", load_lexicon())  # whose it is
    False
    >>> is_part("县水务局2025年工作总结和2026年工作打算", load_lexicon())
    False
    >>> is_part("清河街道上半年工作总结及下半年工作安排", load_lexicon())
    False
    >>> is_part("2025年工作总结和2026年工作打算", load_lexicon())  # looks both ways, as no part does
    False
    """
    words = lexicon.chrome
    return (
        (
            folded.endswith(words.part_ends)
            and not find_name(folded, lexicon)
            and _BODY.match(folded) is None
            and _TWO_YEARS.fullmatch(folded) is None
        )
        or folded.startswith(words.part_opens)
        or any(word in folded for word in words.no_headline_words)
    )


LONGEST_HALF: Final = 40  # characters of a line of a headline set over two


def join_neighbours(page: Page, judgements: list[Judgement], index: int, lexicon: Lexicon) -> Headline:
    """A headline with the line above that begins it (关于…, a body's name) or the one below that ends it (和…报告)."""
    first = last = index

    def is_half(place: int) -> bool:
        """Whether a neighbour may be a half of a headline: it has the same look and is no sentence."""
        line, judgement = page.lines[place], judgements[place]
        alike = (line.centered, line.heading, line.node < 0) == (
            page.lines[index].centered,
            page.lines[index].heading,
            page.lines[index].node < 0,
        )
        short = SHORTEST <= len(judgement.folded) <= LONGEST_HALF
        return alike and short and not (judgement.reason or judgement.good or judgement.linked)

    text = judgements[index].folded.strip("*#")
    if index and is_half(index - 1):
        above = judgements[index - 1].folded.strip("*#")
        opens = above.startswith("关于") and not text.startswith("关于") and not is_written_date(above)
        if opens or above.endswith("关于") or (not page.is_html and names_body_of(above, text, lexicon)):
            first = index - 1
    if first and is_half(first - 1) and judgements[first - 1].folded.strip("*#") in lexicon.chrome.title_begins:
        first -= 1  # 中国人民政治协商会议 above 云溪县第十届委员会常务委员会工作报告
    if index + 1 < len(page.lines) and is_half(index + 1):
        below = judgements[index + 1].folded.strip("*#")
        if below.startswith(lexicon.chrome.title_joins) and ends_as_title(below, lexicon):
            last = index + 1
    return Headline(first, last, "".join(clean_title(page.lines[i].text) for i in range(first, last + 1)), "")


def names_body_of(above: str, text: str, lexicon: Lexicon) -> bool:
    """Whether a line is the body whose report the next one is; one that names its own area needs none above it."""
    name = find_name(above, lexicon)
    return name != "" and not text.startswith(name) and is_body(above, lexicon)


def is_body(folded: str, lexicon: Lexicon) -> bool:
    """Whether a line is an area or a body of one, and nothing else: 云溪县, 云溪县人民政府."""
    name = find_name(folded, lexicon)
    return name != "" and folded.endswith((name, *lexicon.chrome.signers))


def ends_as_title(folded: str, lexicon: Lexicon) -> bool:
    """Whether a line ends as the headline of a document does, a remark in brackets aside.

    >>> from qjreport.lexicon import load_lexicon
    >>> ends_as_title("县总工会年度工作报告(节选)", load_lexicon()), ends_as_title("政务动态", load_lexicon())
    (True, False)
    """
    return title_pattern(lexicon).search(folded) is not None


@lru_cache(maxsize=8)
def title_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    ends = join_words(lexicon.chrome.title_ends)
    return compile_regex(rf"{ends}(?:[(《“][^)]{{0,20}}[)》”])?(?:全文|摘登)?(?:\[\^?\d{{1,3}}\])?$")


LONGEST_SITE: Final = 20  # characters of a site's name


def is_site_name(text: str, site: str, lexicon: Lexicon) -> bool:
    """Whether a text names the site and no report: 云溪县人民政府门户网站.

    >>> from qjreport.lexicon import load_lexicon
    >>> is_site_name("云溪县人民政府门户网站", "", load_lexicon())
    True
    """
    folded = squeeze(text)
    return folded == site or (len(folded) <= LONGEST_SITE and folded.endswith(lexicon.chrome.site_ends))


def is_headed(judgements: list[Judgement], index: int) -> bool:
    """Whether a byline follows a line, with nothing but buttons between."""
    for judgement in judgements[index + 1 : index + 1 + MOST_LINES]:
        if judgement.byline or judgement.reason == "credits":
            return True
        if judgement.reason not in ("button", "share"):
            return False
    return False


_MARKUP: Final = compile_re(r"<[^<>]{0,40}>")
_FOOTNOTE: Final = compile_re(r"\[\^?\d{1,3}\]$")
_LETTER_SPACED: Final = compile_regex(r"(?:\p{Han}\s+){2,}\p{Han}[(（)）\p{Han}]*")


def clean_title(text: str) -> str:
    """A headline without markup and without the spaces that set it wide.

    >>> clean_title("政 府 工 作 报 告"), clean_title("关于提案的<br/>报告")
    ('政府工作报告', '关于提案的报告')
    """
    text = _FOOTNOTE.sub("", _MARKUP.sub("", text).strip(" *#　"))
    return "".join(text.split()) if _LETTER_SPACED.fullmatch(text) else text


def find_meta(page: Page, field: str, lexicon: Lexicon) -> tuple[str, str]:
    """What the page's <meta> say of a field, by the names of the lexicon, the best first: the name and the content."""
    return next(find_metas(page, field, lexicon), ("", ""))


def find_metas(page: Page, field: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """All that they say of it, the best first."""
    values = meta_values(page.meta)
    for name in lexicon.chrome.meta_names.get(field, ()):
        if values.get(name):
            yield name, values[name]


@lru_cache(maxsize=4)
def meta_values(meta: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {name: content for name, content in reversed(meta) if content}
