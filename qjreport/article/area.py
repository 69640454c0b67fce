"""The area that a report is about, and its level: a name as it is written, or nothing.

Names are looked for only where a form puts one: in the line of the session, the headline, the speaker's office, the
opening (我代表…人民政府), what the page says of its site, the signature. There a name has a border on both sides. Dates
go first, for 年 and 日 before a name are no part of it. The whole country is told only where no smaller area is.

A report that says only on which level it speaks (我代表省人民政府) thanks its committee by name (在中共…省委的领导下):
of the names that the text gives to committees of that level, the one that it gives most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import regex

from qjreport.article.phrases import fold_width, squeeze
from qjreport.lexicon import Lexicon
from qjreport.text.patterns import compile_re, compile_regex
from qjreport.text.words import join_words

COUNTRY: Final = "全国"
PROVINCE: Final = "省"
CITY: Final = "市"
COUNTY: Final = "县"
TOWN: Final = "乡镇街道"
LONGEST_NAME: Final = 8  # characters before the end of a name
LONGEST_AUTONOMOUS: Final = 14  # … where it is told after its peoples: …族…族自治县
LONGEST_OPENING: Final = 300  # characters of a paragraph in which the report's opening formula is looked for

_DIGITS: Final = r"(?:\d{1,4}|[〇○Oo零一二三四五六七八九十]{1,4})"
_DATE: Final = compile_re(
    rf"{_DIGITS}\s*年度?(?:\s*{_DIGITS}\s*月)?(?:\s*{_DIGITS}\s*[日号](?:\s*[至到和、-]+\s*{_DIGITS}\s*日)?"
    r"(?:\s*[上下]午)?(?:\s*于(?![一-鿿][县区]))?)?"
    r"|(?:第?[一二三四五六七八九十百\d]{1,5}|[本上])[届次]"
)
_BORDER: Final = compile_regex(r"[^\p{Han}]+")
_SPACED: Final = compile_regex(r"(?<!\p{Han})(?:\p{Han}\s+){3}")
_SPACED_DIGITS: Final = compile_re(r"(?<=\d)\s(?=\d(?!\d))")


class AreaTexts(NamedTuple):
    """The texts of a page that may name the area, each kind after what it is told by."""

    sessions: Sequence[str] = ()
    headlines: Sequence[str] = ()
    offices: Sequence[str] = ()
    openings: Sequence[str] = ()
    site: Sequence[str] = ()
    signatures: Sequence[str] = ()
    body: Sequence[str] = ()


def find_area(texts: AreaTexts, lexicon: Lexicon) -> str | None:
    """The area that the first telling text names, the fuller where a later one has it.

    >>> from qjreport.lexicon import load_lexicon
    >>> headlines, sessions = ["区政协工作报告"], ["2026年1月9日临江市青山区第九届人民代表大会第一次会议"]
    >>> find_area(AreaTexts(headlines=headlines, sessions=sessions), load_lexicon())
    '临江市青山区'
    >>> find_area(AreaTexts(openings=["现在，我代表省人民政府，向大会作报告。"]), load_lexicon()) is None
    True
    """
    told = [find_name(text, lexicon) for text in dict.fromkeys((*texts.sessions, *texts.headlines))]
    told += [name for text in texts.offices for name in list_names(text, lexicon)[-1:]]
    told += [find_name_in_opening(text, lexicon) for text in texts.openings]
    if not any(told) and is_country(texts, lexicon):
        return COUNTRY
    best = ""
    for name in told:
        best = choose_fuller(best, name)
    for text in (*texts.site, *texts.signatures):
        if best in (closed := close_spaces(text)):  # else it has no fuller name
            best = choose_fuller(best, max(list_closed_names(closed, lexicon), key=len, default=""))
    return best or find_name_of_level(texts, lexicon) or None


def choose_fuller(best: str, name: str) -> str:
    return name if not best or (name.endswith(best) and len(name) > len(best)) else best


def is_country(texts: AreaTexts, lexicon: Lexicon) -> bool:
    """Whether the report is the whole country's by its headline, its session, its speaker or its opening."""
    words = lexicon.chrome
    short = (squeeze(text) for text in (*texts.sessions, *texts.headlines, *texts.offices))
    if any(word in text for text in short for word in words.country_words):
        return True
    openings = (squeeze(text[:LONGEST_OPENING]) for text in texts.openings)
    return any(opening in text for text in openings for opening in words.country_openings)


def find_name(text: str, lexicon: Lexicon) -> str:
    """The longest name of an area that a line gives with a border on both sides; empty where it gives none.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_name("——2016年1月7日日新市第九届人民代表大会", load_lexicon()), find_name("为实现我省目标", load_lexicon())
    ('日新市', '')
    """
    return max(list_names(text, lexicon), key=len, default="")


def list_names(text: str, lexicon: Lexicon) -> list[str]:
    """The names that a line gives, in order; of an officer's posts (中共…市委常委、…县长) the last is the own."""
    return list_closed_names(close_spaces(text), lexicon)


def list_closed_names(closed: str, lexicon: Lexicon) -> list[str]:
    """The same of a line that is closed already."""
    found = [name for name in lexicon.chrome.named_areas if name in closed]
    if not any(character in closed for character in list_last_characters(lexicon)):
        return found  # most texts: no 市, no 县
    for part in _BORDER.split(drop_dates(closed)):
        for piece in stop_pattern(lexicon).split(part) if part else ():
            match = area_pattern(lexicon).match(piece)
            if match and is_clean(match["area"], lexicon):
                found.append(match["area"])
    return found


def find_name_in_opening(text: str, lexicon: Lexicon) -> str:
    """The area of the body in whose name a report is given.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_name_in_opening("现在，我代表云溪县人民政府，向大会作报告。", load_lexicon())
    '云溪县'
    """
    squeezed = "".join(text[:LONGEST_OPENING].split())
    named = [name for name in lexicon.chrome.named_areas if name in squeezed]
    if not any(word in squeezed for word in lexicon.chrome.area_openings):
        return named[0] if named else ""
    squeezed = fold_width(squeezed)
    matches = opening_pattern(lexicon).finditer(drop_dates(squeezed), overlapped=True)
    return next((match["area"] for match in matches if is_clean(match["area"], lexicon)), named[0] if named else "")


def find_name_of_level(texts: AreaTexts, lexicon: Lexicon) -> str:
    """The name that the report's text gives most to a body of the level that its forms tell without a name.

    >>> from qjreport.lexicon import load_lexicon
    >>> body = ["在中共青川省委的领导下，各项工作取得新进展。", "与临江省人民政府签订协议，在青川省委的领导下落实。"]
    >>> find_name_of_level(AreaTexts(openings=["我代表省人民政府，向大会作报告。"], body=body), load_lexicon())
    '青川省'
    >>> find_name_of_level(AreaTexts(body=body), load_lexicon())
    ''
    """
    short = (*texts.sessions, *texts.headlines, *texts.offices, *(text[:LONGEST_OPENING] for text in texts.openings))
    told = (level_pattern(lexicon).search(drop_dates(close_spaces(text))) for text in short)
    end = next((match["end"] for match in told if match), "")
    if not end:
        return ""
    pattern = committee_pattern(lexicon, end)
    marked = [text for text in texts.body if f"{end}委" in text or f"{end}党委" in text]
    found = Counter(match["area"] for text in marked for match in pattern.finditer(text))
    return next((name for name, _ in found.most_common() if is_clean(name, lexicon)), "")


def close_spaces(text: str) -> str:
    """A line whose characters are set apart (云 溪 县) without its white space; there it borders no name."""
    folded = fold_width(text)
    if len(folded.split()) < 2:
        return folded  # nothing is set apart
    folded = _SPACED_DIGITS.sub("", folded)
    return "".join(folded.split()) if _SPACED.search(folded) else folded


def drop_dates(text: str) -> str:
    """A text with a space for each date and each session."""
    return _DATE.sub(" ", text) if "年" in text or "届" in text or "次" in text else text


def is_clean(name: str, lexicon: Lexicon) -> bool:
    """Whether a name is one by its own characters, and no piece of a sentence.

    >>> from qjreport.lexicon import load_lexicon
    >>> [is_clean(name, load_lexicon()) for name in ("云溪县", "为实现我省", "全县", "临县")]
    [True, False, False, True]
    """
    words = lexicon.chrome
    if name in words.named_areas:
        return True
    if any(word in name for word in words.no_area_words) or name.endswith(words.no_area_ends):
        return False
    return len(name) > 2 or name[0] not in words.no_county_names


def find_level(area: str, lexicon: Lexicon) -> str | None:
    """The level of the administration that an area stands on; of a chain (市, then 区) the last name's.

    >>> from qjreport.lexicon import load_lexicon
    >>> [find_level(name, load_lexicon()) for name in ("云溪省", "重庆市", "青川市", "重庆市云溪区", "云溪镇")]
    ['省', '省', '市', '县', '乡镇街道']
    >>> [find_level(name, load_lexicon()) for name in ("青川州云溪市", "云溪自治州", "云溪开发区", "全国")]
    ['县', '市', None, '全国']
    """
    words = lexicon.chrome
    if area == COUNTRY:
        return COUNTRY
    if area in words.municipalities or area.endswith(words.regions):
        return PROVINCE
    if area.endswith(words.no_levels):
        return None
    if area.endswith(words.counties):
        return COUNTY
    if area.endswith(words.towns):
        return TOWN
    if area.endswith(words.prefectures):
        return CITY
    return COUNTY if city_in_city_pattern(lexicon).fullmatch(area) else CITY


@lru_cache(maxsize=8)
def name_pattern(lexicon: Lexicon) -> str:
    """省, 市 and 区 chained, each with a name before it."""
    words = lexicon.chrome
    autonomous = join_words(end for end in words.area_ends if end.startswith("自治"))
    bodies, ends = join_words(words.area_bodies), join_words(words.area_ends)
    name = rf"\p{{Han}}{{2,{LONGEST_AUTONOMOUS}}}?{autonomous}|\p{{Han}}{{2,{LONGEST_NAME}}}?{ends}|\p{{Han}}县"
    return rf"(?P<area>(?:(?!{bodies})(?:{name})){{1,3}}?)"


@lru_cache(maxsize=8)
def list_last_characters(lexicon: Lexicon) -> tuple[str, ...]:
    """The characters that the names of `name_pattern` end with."""
    return tuple(sorted({"县", *(end[-1] for end in lexicon.chrome.area_ends)}))


@lru_cache(maxsize=8)
def area_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    """A name, and after it what only follows one; the level may be said again (…县县政府)."""
    words = lexicon.chrome
    again = join_words(end for end in words.area_ends if len(end) == 1)
    after = rf"{again}?{join_words(words.area_bodies)}|\p{{Han}}{{2,10}}{join_words(words.departments)}$"
    return compile_regex(rf"{name_pattern(lexicon)}(?=$|{after})")


@lru_cache(maxsize=8)
def opening_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    words = lexicon.chrome
    bodies = join_words(words.area_bodies)
    before = rf"{join_words(words.area_openings)}\s?{join_words(words.area_parties)}?\s?"
    return compile_regex(rf"{before}{name_pattern(lexicon)}(?=\s|{bodies})")


@lru_cache(maxsize=8)
def level_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    """A body of an area whose name is left out: 代表省人民政府, 在市 人民代表大会."""
    words = lexicon.chrome
    before = rf"(?:^|[^\p{{Han}}]|{join_words((*words.area_stops, *words.area_openings))})"
    return compile_regex(rf"{before}(?P<end>{join_words(words.area_ends)})\s?(?:{join_words(words.area_bodies)})")


@lru_cache(maxsize=64)
def committee_pattern(lexicon: Lexicon, end: str) -> regex.Pattern[str]:
    words = lexicon.chrome
    parties = join_words(words.area_parties)
    before = rf"(?:{parties}|{join_words(words.area_committee_words)})(?!{parties})"
    return compile_regex(rf"{before}(?P<area>\p{{Han}}{{2,{LONGEST_NAME}}}?{end})(?=党?委(?!员))")


@lru_cache(maxsize=8)
def city_in_city_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    """A 市 below a 市 or a 州, which stands on the level of a 县."""
    above = join_words(("市", *lexicon.chrome.prefectures))
    return compile_regex(rf"\p{{Han}}{{2,}}{above}\p{{Han}}{{2,}}市")


@lru_cache(maxsize=8)
def stop_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """What a name stands after; 代表 of 人民代表大会 is none."""
    return compile_re(rf"(?<!人民){join_words(lexicon.chrome.area_stops)}")
