"""What one line of a page says of the report: labelled values (来源：…, 责任编辑：…, 索 引 号：…), dates and persons.

In the order of this module:

1. dates as pages print them become ISO 8601, as precise as they stand there (`read_stamp`);
2. a label is the longest known word right before a colon, its value what follows up to the next label, without what
   the page hangs on to it (`read_labels`, `clean_value`);
3. a byline whose values stand in elements side by side (<span>来源：甲</span><span>编辑：乙</span>) is parted first: a
   reader sees them apart, for the style sheet sets them apart; the line's text alone does not tell. What is one word
   set in two elements (<span>63</span>9次) stays whole: a seam parts only what is known on one side of it;
4. a line that names a person without a label, who wrote the text (本报记者 …) or who gives the report (县长 …), is a
   role or an office of the lexicon, what may stand before it (the paper, the body), and the name.

Which of several values is the report's is for metadata.py.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

import regex

from qjreport.article.phrases import fold_width, strip_ornaments
from qjreport.lexicon import Lexicon
from qjreport.model import Line
from qjreport.text.patterns import ByLexicon, compile_re, compile_regex
from qjreport.text.words import Signs, join_words

_DATE: Final = compile_re(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?(?P<mark>[-./年]|\s(?=\s?\d{1,2}/))\s?(?P<month>\d{1,2})\s?[-./月]\s?(?P<day>\d{1,2})\s?日?"
    r"(?:(?:\s{0,3}|T)(?P<hour>\d{1,2})\s?[:时点]\s?(?P<minute>\d{1,2})(?:\s?[:分]\s?(?P<second>\d{1,2}))?[分秒]?)?(?!\d)"
)


class Stamp(NamedTuple):
    """A date in a line."""

    start: int
    end: int
    iso: str
    written_out: bool  # 2025年1月14日, not 2025-01-14
    timed: bool


def read_stamp(text: str) -> Stamp | None:
    """The first date of a folded text, None where there is none.

    >>> read_stamp("2025年01月14日 08:38:35 来源:本站").iso, read_stamp("2026年02月10日 07时41分").iso
    ('2025-01-14T08:38:35', '2026-02-10T07:41')
    >>> read_stamp("2024 03/12 20:20:33").iso
    '2024-03-12T20:20:33'
    >>> read_stamp("2023-13-01") is None
    True
    """
    after = 0
    while (match := find_date(text, after)) is not None:
        after = match.end()
        month, day = int(match["month"]), int(match["day"])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            continue
        iso = f"{match['year']}-{month:02}-{day:02}"
        timed = match["hour"] is not None and int(match["hour"]) < 24 and int(match["minute"]) < 60
        if timed:
            iso += f"T{int(match['hour']):02}:{int(match['minute']):02}"
            if match["second"] is not None and int(match["second"]) < 60:
                iso += f":{int(match['second']):02}"
        return Stamp(match.start(), match.end(), iso, match["mark"] == "年", timed)
    return None


def find_date(text: str, start: int) -> re.Match[str] | None:
    """The next date of a folded text, looked for only where the digits of a century begin one."""
    first, second = text.find("20", start), text.find("19", start)
    while first >= 0 or second >= 0:
        place = first if second < 0 or 0 <= first < second else second
        match = _DATE.match(text, place)
        if match is not None:
            return match
        if place == first:
            first = text.find("20", place + 1)
        else:
            second = text.find("19", place + 1)
    return None


class Labelled(NamedTuple):
    """A label and what stands after it."""

    field: str  # of the metadata; empty where the label belongs to none
    label: str
    value: str
    start: int  # where the label begins


def list_labels(lexicon: Lexicon) -> dict[str, str]:
    """Label → field."""
    labels = dict.fromkeys(lexicon.chrome.other_labels, "")
    for field, words in lexicon.chrome.labels.items():
        labels.update(dict.fromkeys(words, field))
    return labels


LABELS: Final = ByLexicon(list_labels)


def read_labels(text: str, lexicon: Lexicon) -> list[Labelled]:
    """Every label of a line that stands before a colon, with its value: up to the next label.

    >>> from qjreport.lexicon import load_lexicon
    >>> [(x.field, x.value) for x in read_labels("来源:本站原创 编辑:张三 作者：", load_lexicon())]
    [('source', '本站原创'), ('editor', '张三'), ('author', '')]
    """
    if ":" not in text and "：" not in text and "∶" not in text:
        folded = open_bars(open_brackets(fold_width(text), lexicon), lexicon)
        return read_folded_labels(text, folded, lexicon) if ":" in folded else read_blank_labels(text, lexicon)
    return read_folded_labels(text, fold_width(text), lexicon)


def read_folded_labels(text: str, folded: str, lexicon: Lexicon) -> list[Labelled]:
    """The same of a text that was folded before."""
    found: list[tuple[int, int, str]] = []
    before = 0
    colon = folded.find(":")
    while colon >= 0:
        label = find_label(folded, before, colon, lexicon)
        if label:
            found.append((label[0], colon + 1, label[1]))
        before = colon + 1
        colon = folded.find(":", before)
    if not found:
        return []
    fields = LABELS.of(lexicon)
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    return [
        Labelled(fields[label], label, clean_value(text[value:end], lexicon), start)
        for (start, value, label), end in zip(found, ends, strict=True)
    ]


BARS: Final = Signs("|丨/")
LONGEST_STAMPED_LABELS: Final = 120
LONGEST_BARRED: Final = 60  # characters of a line of labels with bars


@lru_cache(maxsize=8)
def bar_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """A label at the beginning of a line or after a blank, and the bar that stands for its colon."""
    labels = [label for field, words in lexicon.chrome.labels.items() if field != "title" for label in words]
    return compile_re(
        rf"(?:(?<=^)|(?<=\s)|(?<=^\()){join_words((*labels, *lexicon.chrome.barred_labels))}\s?(?P<bar>[|丨/])(?=\s?\S)"
    )


def open_bars(folded: str, lexicon: Lexicon) -> str:
    """A folded line of labels with a bar in place of the colon, with colons: 编辑|田秋 责编|周正.

    >>> from qjreport.lexicon import load_lexicon
    >>> open_bars("编辑|田秋 责编丨周正", load_lexicon()), open_bars("首页|要闻", load_lexicon())
    ('编辑:田秋 责编:周正', '首页|要闻')
    >>> open_bars("药剂科供稿 摄影/田秋 编辑/周正", load_lexicon())
    '药剂科供稿 摄影:田秋 编辑:周正'
    """
    if len(folded) > LONGEST_BARRED or BARS.find(folded) < 0:
        return folded
    found = list(bar_pattern(lexicon).finditer(folded))
    if len(found) < 2 and bar_pattern(lexicon).match(folded, folded.startswith("(")) is None:
        return folded
    for match in found:
        folded = folded[: match.start("bar")] + ":" + folded[match.end("bar") :]
    return folded


@lru_cache(maxsize=8)
def bracket_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return compile_re(rf"[【\[](?P<label>{join_words(LABELS.of(lexicon))})[】\]]\s?(?=[^\s【\[])")


def open_brackets(folded: str, lexicon: Lexicon) -> str:
    """A folded line of labels in brackets, with colons: 【来源】云溪日报.

    >>> from qjreport.lexicon import load_lexicon
    >>> open_brackets("【来源】云溪日报", load_lexicon()), open_brackets("【打印】【关闭】", load_lexicon())
    (' 来源:云溪日报', '【打印】【关闭】')
    """
    if len(folded) > LONGEST_STAMPED_LABELS or folded[:1] not in "【[":
        return folded
    for match in bracket_pattern(lexicon).finditer(folded):
        label = match["label"]
        end = match.start() + len(label) + 2
        folded = f"{folded[: match.start()]} {label}:{folded[end:]}"
    return folded


@lru_cache(maxsize=8)
def list_blank_labels(lexicon: Lexicon) -> tuple[str, ...]:
    words = lexicon.chrome
    labels = (*words.labels["editor"], *words.labels["responsible_editor"], *words.barred_labels)
    return tuple([label for label in labels if len(label) > 1])


@lru_cache(maxsize=8)
def blank_mark_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return compile_re(rf"{join_words(list_blank_labels(lexicon))}\s")


@lru_cache(maxsize=8)
def blank_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    """Labels of persons, a blank in place of the colon, and names; the name of a site may stand before the first."""
    labels = list_blank_labels(lexicon)
    more = rf"[\s、，,]{{1,3}}(?!{join_words(labels)}){_NAME}"
    pair = rf"(?P<label>{join_words(labels)})\s+(?P<name>{_NAME}(?:{more}){{0,3}}?)"
    return compile_regex(rf"[(（【]?(?:\p{{Han}}{{2,8}}?)??{pair}(?:\s+{pair}){{0,5}}[)）】]?")


def read_blank_labels(text: str, lexicon: Lexicon) -> list[Labelled]:
    """The labels of a line that is nothing but such labels and names.

    >>> from qjreport.lexicon import load_lexicon
    >>> [(x.field, x.value) for x in read_blank_labels("（云溪网编辑 周正）", load_lexicon())]
    [('editor', '周正')]
    """
    if len(text) > LONGEST_BARRED or blank_mark_pattern(lexicon).search(text) is None:
        return []
    match = blank_pattern(lexicon).fullmatch(text.strip(_BEFORE_WRITER))
    if match is None:
        return []
    fields = LABELS.of(lexicon)
    found = zip(match.captures("label"), match.captures("name"), match.starts("label"), strict=True)
    return [Labelled(fields.get(label, ""), label, name.strip(), start) for label, name, start in found]


LONGEST_LABEL: Final = 10  # characters
SURE_LABEL: Final = 4  # characters; so long a label counts even where a Chinese character stands right before it


def find_label(folded: str, before: int, colon: int, lexicon: Lexicon) -> tuple[int, str] | None:
    """The longest known label that ends at a colon: where it begins, and its characters without white space."""
    if folded[before:colon].rstrip()[-1:] not in last_characters(lexicon):
        return None
    labels = LABELS.of(lexicon)
    best = None
    label = ""
    for place in range(colon - 1, max(before, colon - 2 * LONGEST_LABEL) - 1, -1):
        if folded[place].isspace():
            continue
        label = folded[place] + label
        if len(label) > LONGEST_LABEL:
            break
        if label in labels and (len(label) >= SURE_LABEL or is_parted(folded, before, place, lexicon)):
            best = (place, label)
    return best


def is_parted(folded: str, before: int, place: int, lexicon: Lexicon) -> bool:
    """Whether a short label at `place` is one: after no Chinese character, or after the full name of a source."""
    if place == before or not is_han(folded[place - 1]):
        return True
    return before > 0 and folded[before:place].endswith(lexicon.chrome.source_ends)


@lru_cache(maxsize=8)
def last_characters(lexicon: Lexicon) -> frozenset[str]:
    """What known labels end with; most colons follow another character."""
    return frozenset(label[-1] for label in LABELS.of(lexicon))


def is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


_NEXT_LABEL: Final = compile_re(r"(?<=\S)\s[\u4e00-\u9fff]{2,6}:")  # one that no list knows: 选稿：
_TRIM: Final = " \t,，、;；:：|｜丨[]【】·*—"


def clean_value(value: str, lexicon: Lexicon) -> str:
    """A value without what the page hangs on to it: other dates, buttons, brackets that do not close.

    >>> from qjreport.lexicon import load_lexicon
    >>> clean_value("国家统计局 2024-05-11 09:36 字号", load_lexicon())
    '国家统计局'
    """
    value = value.strip(_TRIM)
    folded = fold_width(value)
    stamp = read_stamp(folded)
    if stamp is not None and read_stamp(folded[:12]) is None:
        value, folded = value[: stamp.start], folded[: stamp.start]
    ends = value_end_pattern(lexicon).search(folded) or _NEXT_LABEL.search(folded)
    if ends:
        value = value[: ends.start()]
    value = value.strip(_TRIM)
    for opening, closing in ("（）", "()"):
        if value.endswith(closing) and value.count(opening) < value.count(closing):
            value = value[:-1].rstrip(_TRIM)
        if value.startswith(opening) and value.count(opening) > value.count(closing):
            value = value[1:].lstrip(_TRIM)
        if value.endswith(opening):
            value = value[:-1].rstrip(_TRIM)
    return "" if value in lexicon.chrome.no_values or not any(c.isalnum() for c in value) else value


@lru_cache(maxsize=8)
def value_end_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return compile_re(join_words(lexicon.chrome.value_ends))


_SENTENCE: Final = Signs("。！？!?；…")


def is_sentence(text: str) -> bool:
    """Whether a text has the punctuation of running text.

    >>> is_sentence("全年办理提案459件。"), is_sentence("来源:本站原创")
    (True, False)
    """
    return _SENTENCE.find(text) >= 0


PARTING: Final = "|"  # ends a value, as it does where the page itself has it


def part_seams(line: Line, lexicon: Lexicon) -> str:
    """A line's text with a bar where another element begins that holds a label, a date or a count of its own.

    >>> from qjreport.lexicon import load_lexicon
    >>> part_seams(Line(text="来源：县政府办编辑：周正", seams=(7,)), load_lexicon())
    '来源：县政府办|编辑：周正'
    >>> part_seams(Line(text="2026-01-20 09:312.3万阅读", seams=(16,)), load_lexicon())
    '2026-01-20 09:31|2.3万阅读'
    """
    if not line.seams:
        return line.text
    text = line.text
    folded = fold_width(text)
    parted = text[: line.seams[0]]
    before = folded[: line.seams[0]]
    dated = read_stamp(before)
    for start, end in pairwise((*line.seams, len(text))):
        piece = folded[start:end]
        stamp = read_stamp(piece)
        parted += find_parting(before, dated, piece, stamp, lexicon) + text[start:end]
        before, dated = piece, stamp
    return parted


def cut_seams(text: str, seams: tuple[int, ...]) -> str:
    """A text with a bar at each seam, whatever stands there.

    >>> cut_seams("打印关闭", (2,))
    '打印|关闭'
    """
    for place in reversed(seams):
        text = text[:place] + PARTING + text[place:]
    return text


_CLOCK: Final = compile_re(r"\d{1,2}:\d\d")


def find_parting(before: str, dated: Stamp | None, piece: str, stamp: Stamp | None, lexicon: Lexicon) -> str:
    """What stands between two pieces of a line: a bar, a space between a day and its time, or nothing.

    `dated` and `stamp` are the dates of the two.
    """
    bare = before.rstrip()
    if bare.endswith(":"):
        return ""
    if dated is not None and dated.end == len(bare):
        return " " if not dated.timed and _CLOCK.match(piece) else PARTING
    if stamp is not None and stamp.start == 0:
        return PARTING
    if ":" in before and is_han(piece[:1]) and ends_value(before, lexicon):
        return PARTING
    key = "".join(piece.split()).lower()
    if ":" in piece and "".join(piece.partition(":")[0].split()) in LABELS.of(lexicon):
        return PARTING
    return PARTING if count_pattern(lexicon).fullmatch(key) or strip_ornaments(key) in button_words(lexicon) else ""


def ends_value(before: str, lexicon: Lexicon) -> bool:
    """Whether a piece of a byline ends with a source that is named in full: what goes on in Chinese is another thing.

    >>> from qjreport.lexicon import load_lexicon
    >>> ends_value("来源:云溪新闻网", load_lexicon()), ends_value("来源:云溪", load_lexicon())
    (True, False)
    """
    labels = read_folded_labels(before, before, lexicon)
    return bool(labels) and labels[-1].field == "source" and labels[-1].value.endswith(lexicon.chrome.source_ends)


@lru_cache(maxsize=8)
def count_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """A count and what it counts, in either order: 2.3万阅读, 阅读量(231)."""
    words = join_words(lexicon.chrome.count_words) + join_words(lexicon.chrome.count_ends) + "?"
    count = r"\d[\d.,]*+[万千wk]?\+?次?"
    return compile_re(rf"{count}{words}|{words}\(?{count}\)?")


@lru_cache(maxsize=8)
def button_words(lexicon: Lexicon) -> frozenset[str]:
    """Words of buttons that stand in a byline."""
    return frozenset(
        strip_ornaments(word)
        for phrase in lexicon.chrome.phrases
        if phrase.place == "whole" and phrase.reason in ("button", "share")
        for word in phrase.words
        if len(strip_ornaments(word)) > 1
    )


_NAME: Final = r"(?:\p{Han}{2,4}|\p{Han}\s{1,4}\p{Han}|\p{Han}{2,6}·\p{Han}{2,6})"  # 李文, 王 方, 阿依古丽·买买提
LONGEST_BYLINE: Final = 60  # characters
LONGEST_SPEAKER: Final = 40
_AROUND: Final = " ()（）*"
_BEFORE_WRITER: Final = _AROUND + "　【】[]□■◇◆○●◎△▲☆★▪•·—-|｜丨"  # a paper sets such a sign before its reporter


def find_writer(text: str, lexicon: Lexicon) -> str:
    """The names in a line that is a byline without a label; empty where it is none.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_writer("本报记者 李文 王 方", load_lexicon()), find_writer("记者节活动3场次。", load_lexicon())
    ('李文 王 方', '')
    >>> find_writer("□ 云溪日报记者 李文 通讯员 周正 文/图", load_lexicon())
    '李文 周正'
    """
    if len(text) > LONGEST_BYLINE or "，" in text or "。" in text:
        return ""
    if not role_pattern(lexicon).search(text):  # of a hundred lines, one has 记者
        return ""
    match = writer_pattern(lexicon).fullmatch(text.strip(_BEFORE_WRITER))
    if match is None or any(name.endswith(lexicon.chrome.caption_ends) for name in match.captures("name")):
        return ""
    return " ".join([name.strip() for name in match.captures("name")])


def find_signed(text: str, lexicon: Lexicon) -> str:
    """The name in a line that is a sign and a name, as papers set their writer below the headline; empty for others.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_signed("□ 李文", load_lexicon()), find_signed("■教育", load_lexicon()), find_signed("李文", load_lexicon())
    ('李文', '', '')
    """
    match = signed_pattern(lexicon).fullmatch(text) if len(text) <= LONGEST_SPEAKER else None
    return match["name"].strip() if match else ""


def find_speaker(text: str, lexicon: Lexicon) -> str:
    """Who gives the report, from the line that says so; empty where it is none.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_speaker("临江市人民政府市长 李 文", load_lexicon())
    '李 文'
    """
    if len(text) > LONGEST_SPEAKER:
        return ""
    match = speaker_pattern(lexicon).fullmatch(text.strip(_AROUND))
    return match["name"] if match else ""


def is_office(text: str, lexicon: Lexicon) -> bool:
    """Whether a line is the office of who gives the report, with the name or without it.

    >>> from qjreport.lexicon import load_lexicon
    >>> is_office("临江市人民政府代市长", load_lexicon()), is_office("国务院总理 李文", load_lexicon())
    (True, True)
    """
    return len(text) <= LONGEST_SPEAKER and office_pattern(lexicon).fullmatch(text.strip(_AROUND)) is not None


LONGEST_PERSONS: Final = 40  # characters of a value that names persons, or the body that wrote for them


@lru_cache(maxsize=8)
def institute_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    """Where a value goes on with what the person is: 云溪大学教授 after a blank, or at once with its place."""
    institutes = join_words(lexicon.chrome.institutes)
    place = rf"(?:\p{{Han}}{{2,3}}[省市县区]|{join_words(lexicon.chrome.institute_heads)})"
    after_blank = rf"[\s、，,]{{1,8}}+(?=\p{{Han}}{{0,20}}{institutes})"
    at_once = rf"(?<=^\p{{Han}}{{2,3}})(?={place}\p{{Han}}{{0,20}}{institutes})"
    return compile_regex(rf"\s{{0,8}}[:：(（]|{after_blank}|{at_once}")


def read_persons(value: str, lexicon: Lexicon) -> str:
    """The persons that a labelled value names, without what they are and where; empty where it names none.

    A date, a sentence, a label with its own value or a long title after 作者： is no person.

    >>> from qjreport.lexicon import load_lexicon
    >>> read_persons("记者李文 王方", load_lexicon()), read_persons("2026-03-05 09:10", load_lexicon())
    ('李文 王方', '')
    >>> read_persons("记者 李文 通讯员 周正", load_lexicon())
    '李文 周正'
    >>> read_persons("周 正：云溪大学，青川", load_lexicon()), read_persons("田秋 云溪大学管理学院教授", load_lexicon())
    ('周 正', '田秋')
    """
    value = later_role_pattern(lexicon).sub("", strip_role(value, lexicon))
    after = institute_pattern(lexicon).search(value, 1)
    if after is not None:
        value = value[: after.start()]
    if len(value) > LONGEST_PERSONS or not is_named(value):
        return ""
    return value.strip()


_BARE: Final = compile_regex(r"\p{Han}{2,3}|\p{Han}\s{1,4}\p{Han}|\p{Han}{2,6}·\p{Han}{2,6}")


def is_bare_name(text: str) -> bool:
    """Whether a line may be a person's name and nothing else.

    >>> is_bare_name("周 正"), is_bare_name("各位代表：")
    (True, False)
    """
    return _BARE.fullmatch(text.strip(_AROUND)) is not None


_NO_NAME: Final = compile_re(r"[。？！?!:：]|(?<![A-Za-z\d_-])\d")


def is_named(value: str) -> bool:
    """Whether a value may be names, or the code of an editor: no figures, no sentence, nothing that is labelled itself.

    >>> is_named("李文、王方"), is_named("LX055"), is_named("03-05")
    (True, True, False)
    """
    return _NO_NAME.search(value) is None


def strip_role(value: str, lexicon: Lexicon) -> str:
    """A name without 记者 before it.

    >>> from qjreport.lexicon import load_lexicon
    >>> strip_role("记者李文", load_lexicon())
    '李文'
    """
    match = role_pattern(lexicon).match(value)
    return value[match.end() :].strip() if match else value


@lru_cache(maxsize=8)
def role_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return compile_re(rf"{join_words(lexicon.chrome.author_words)}[:：\s]*+")


@lru_cache(maxsize=8)
def later_role_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """What the second of two writers is, before the name: 记者 李文 通讯员 周正."""
    return compile_re(rf"(?<=[\s、，,]){join_words(lexicon.chrome.author_words)}[:：\s]*+(?=\S)")


@lru_cache(maxsize=8)
def writer_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    role, end = join_words(lexicon.chrome.author_words), join_words(lexicon.chrome.author_ends)
    name = rf"(?!{role}|{join_words(lexicon.chrome.no_writers)}){_NAME}"
    names = rf"{role}[:：\s]{{0,3}}(?P<name>{name}(?:[\s、，,]{{1,3}}(?!{role}|{end}){_NAME}){{0,5}}?)"
    return compile_regex(
        rf"(?:\p{{Han}}[\p{{Han}}·\s]{{0,23}}?)??{names}(?:[\s、，,/|]{{1,3}}{names}){{0,2}}(?:[\s/(（]{{0,3}}{end})?"
    )


@lru_cache(maxsize=8)
def signed_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    name = rf"{join_words(lexicon.chrome.surnames)}(?:\p{{Han}}{{1,2}}|\s{{1,4}}\p{{Han}})"
    return compile_regex(rf"[□■◇◆○●◎]\s?(?P<name>{name}(?:[\s、]{{1,3}}{name}){{0,3}})")


@lru_cache(maxsize=8)
def office_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    office = join_words(lexicon.chrome.offices)
    return compile_regex(rf"[\p{{Han}}、]{{0,30}}?{office}(?:[:：\s]{{0,6}}{_NAME})?")


@lru_cache(maxsize=8)
def speaker_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    office = join_words(lexicon.chrome.offices)
    return compile_regex(rf"[\p{{Han}}、]{{0,30}}?{office}[:：\s]{{0,6}}(?P<name>{_NAME})")
