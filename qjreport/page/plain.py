"""Plain text → lines, each with its number in the file. `markdown` reads Markdown.

`join_wrapped` puts text that was broken at a column, in <pre> or in a text file, together again into paragraphs.
Mailers and old editors broke Chinese text every 35 or 40 characters, in the middle of words and numbers (新增就业5 |
600人). Such rows are known by their width: all that run on are as wide as the widest. Rows of a table set with blanks,
verse and lists are left as they are.

`read_front_matter` takes the lines at the head of a text file that say what it is (title, date, source) and are not its
text: YAML between two --- and TOML between two +++, as generators of sites write them. They are known by their rows:
each is a key with its value or goes on with the one before. A text between two rules is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from qjreport.model import Line, Page
from qjreport.page.characters import collapse
from qjreport.text.patterns import compile_re, compile_regex

# Of front matter.
MAX_LINES: Final = 60  # what is longer is no front matter but a text between two rules
CLOSINGS: Final = {"---": ("---", "..."), "+++": ("+++",)}

_YAML_KEY: Final = compile_re(r"(?P<key>[A-Za-z_][\w.-]{0,39})[ \t]*:(?:[ \t]+(?P<value>.*))?\Z")
_YAML_MORE: Final = compile_re(r"(?<![ \t])[ \t]+\S|-(?:[ \t]|\Z)|#")  # below its key, an entry of its list, a comment
_YAML_LIST: Final = compile_re(r"[ \t]{0,40}-[ \t]+")
_TOML_KEY: Final = compile_re(r"(?P<key>[A-Za-z_][\w.-]{0,39})[ \t]*=[ \t]*(?P<value>.*)\Z")
_TOML_MORE: Final = compile_re(r"(?<![ \t])[ \t]+\S|[\"'\]]|#")
_TOML_TABLE: Final = compile_re(r"\[.{1,80}\][ \t]*\Z")
_HAN: Final = compile_regex(r"\p{Han}")
_COMMENT: Final = compile_re(r"(?:\A|[ \t])#")
_BLOCK: Final = ("|", ">", "|-", ">-", "|+", ">+")  # the value stands below its key


class FrontMatter(NamedTuple):
    """What the front matter says, the lines it says it in, and the index of the row where the text begins."""

    pairs: tuple[tuple[str, str], ...] = ()
    lines: tuple[Line, ...] = ()
    end: int = 0

    @property
    def title(self) -> str:
        return next((value for key, value in self.pairs if key == "title"), "")


def read_front_matter(rows: list[str]) -> FrontMatter:
    """The front matter of a file's rows, empty where it has none. Keys are in lower case; of a list the first counts.

    >>> found = read_front_matter(["---", "title: 云溪县工作总结", "link:", "- https://example.cn/1", "---", "一、"])
    >>> found.pairs, found.end
    ((('title', '云溪县工作总结'), ('link', 'https://example.cn/1')), 5)
    >>> read_front_matter(["---", "全年办理提案459件。", "---"]).end
    0
    """
    mark = rows[0].rstrip() if rows else ""
    closings = CLOSINGS.get(mark)
    if closings is None:
        return FrontMatter()
    last = next((index for index in range(1, min(len(rows), MAX_LINES)) if rows[index].rstrip() in closings), 0)
    pairs = (read_yaml if mark == "---" else read_toml)(rows[1:last])
    if not pairs:
        return FrontMatter()
    texts = [(index, collapse(rows[index])) for index in range(1, last)]
    lines = tuple(Line(text=text, number=index + 1, hidden=True) for index, text in texts if text)
    return FrontMatter(tuple((key, value) for key, value in pairs if value), lines, last + 1)


def read_yaml(rows: list[str]) -> list[tuple[str, str]]:
    """Keys and values, in order; none where a row of Chinese is neither a key's nor goes on with one."""
    pairs: list[tuple[str, str]] = []
    for row in rows:
        found = _YAML_KEY.match(row)
        if found:
            value = clean_value(found["value"] or "")
            pairs.append((found["key"].lower(), "" if value in _BLOCK else value))
        elif _HAN.search(row) and not _YAML_MORE.match(row):
            return []
        elif row.strip() and pairs and not pairs[-1][1]:
            entry = _YAML_LIST.match(row)
            pairs[-1] = (pairs[-1][0], clean_value(row[entry.end() :] if entry else row))
    return pairs


def read_toml(rows: list[str]) -> list[tuple[str, str]]:
    """The same of `key = value`; what stands below a [table] is not said of the text."""
    pairs: list[tuple[str, str]] = []
    tabled = False
    for row in rows:
        found = _TOML_KEY.match(row)
        if found:
            pairs.append(("" if tabled else found["key"].lower(), clean_value(found["value"])))
        elif _TOML_TABLE.match(row):
            tabled = True
        elif _HAN.search(row) and not _TOML_MORE.match(row):
            return []
        elif row.strip() and pairs and not pairs[-1][1]:
            pairs[-1] = (pairs[-1][0], clean_value(row))
    return [(key, value) for key, value in pairs if key]


def clean_value(value: str) -> str:
    """A value without its quotation marks and the comment after it; the first of a list.

    >>> clean_value('"云溪县 #1"  # checked'), clean_value("[https://example.cn/1, https://example.cn/2]")
    ('云溪县 #1', 'https://example.cn/1')
    """
    value = value.strip()
    listed = value.startswith("[")
    value = value.lstrip("[ \t")
    if value[:1] in ("'", '"'):
        return collapse(value[1:].partition(value[0])[0])
    comment = _COMMENT.search(value)
    if comment:
        value = value[: comment.start()]
    return collapse(value.partition(",")[0].rstrip("] \t") if listed else value.rstrip(","))


NARROWEST, WIDEST = 30, 130  # columns of a page of text; a paragraph that stands on one row is wider sooner or later
SPARE: Final = 4  # columns that a row may fall short: a wide character or a closing mark went to the next
LEAST_RUNS: Final = 3  # rows that run on; fewer show nothing
FULL_SHARE: Final = 0.6  # of the rows that another follows at once; the others end a paragraph
MOST_STOPS: Final = 0.4  # of the full rows may end with a full stop, which in broken text is chance

_STOP: Final = compile_re(r"[。！？；：.!?;:][”』）)》」]{0,2}\Z")
_COLUMNS: Final = compile_re(r"\S(?:[ \u3000]{2,}|\t)[\S]")
_LETTER: Final = compile_re(r"[A-Za-z]")


def join_wrapped(rows: Sequence[str]) -> list[tuple[int, str]]:
    """Each paragraph with the index of its first row; every row by itself where the text is not broken at a column.

    >>> rows = ["全县新建村级服务站四十六个，受益群众", "二万三千人，其中新增城镇就业五千六百"]
    >>> rows += ["人，比上年多三百人，增长百分之五，好", "于预期。"]
    >>> join_wrapped(rows) == [(0, "".join(rows))]
    True
    >>> join_wrapped(["提案459件", "办结457件"])
    [(0, '提案459件'), (1, '办结457件')]
    """
    widths = [measure(row) for row in rows] if len(rows) > LEAST_RUNS else []
    limit = max(widths, default=0)
    if not NARROWEST <= limit <= WIDEST:
        return list(enumerate(rows))
    margin = min(len(row) - len(row.lstrip()) for row in rows if row.strip())
    runs = [index for index, (row, below) in enumerate(pairwise(rows)) if runs_on(row, below, margin)]
    full = [index for index in runs if widths[index] >= limit - SPARE]
    stops = sum(_STOP.search(rows[index].rstrip()) is not None for index in full)
    tabled = any(_COLUMNS.search(rows[index].strip()) for index in full)
    if tabled or len(full) < max(LEAST_RUNS, FULL_SHARE * len(runs)) or stops > MOST_STOPS * len(full):
        return list(enumerate(rows))
    joined: list[tuple[int, list[str]]] = []
    continues = False
    going = set(full)
    for index, row in enumerate(rows):
        if continues:
            parts = joined[-1][1]
            blank = _LETTER.match(parts[-1][-1:]) and _LETTER.match(row.strip()[:1])
            parts += [" ", row.strip()] if blank else [row.strip()]
        else:
            joined.append((index, [row.rstrip()]))
        continues = index in going
    return [(index, "".join(parts)) for index, parts in joined]


def measure(row: str) -> int:
    """Columns of a row; a Chinese character has two, as it has bytes in GBK."""
    return len(row.rstrip().encode("gb18030", "replace"))


def runs_on(row: str, below: str, margin: int) -> bool:
    """Whether the row below may go on with a row: neither is blank, and that below is not indented."""
    return bool(row.strip()) and bool(below.strip()) and not below[margin : margin + 1].isspace()


_FILE_BREAK: Final = compile_re("\r\n|\n|\r")
_INNER_BREAK: Final = compile_re("[\u2028\u2029]")  # breaks that an editor shows and does not number


def read_plain(text: str) -> Page:
    """The lines of a text file.

    >>> [(line.number, line.text) for line in read_plain("政协工作报告\\r\\n\\r\\n　　各位委员：").lines]
    [(1, '政协工作报告'), (3, '各位委员：')]
    """
    rows = split_lines(text)
    front = read_front_matter(rows)
    lines: list[Line] = list(front.lines)
    for index, raw in join_wrapped(rows[front.end :]):
        comment = read_comment(raw, front.end + index + 1)
        if comment is not None:
            lines.append(comment)
            continue
        pieces = _INNER_BREAK.split(raw) if "\u2028" in raw or "\u2029" in raw else (raw,)
        for piece in pieces:
            seen = collapse(piece)
            if seen:
                lines.append(Line(text=seen, number=front.end + index + 1))
    return Page(lines=tuple(lines), title=front.title, meta=front.pairs, front=len(front.lines), is_html=False)


_COMMENTED: Final = compile_re(r"\s*<!--(?:(?!-->).)*-->\s*\Z")


def read_comment(row: str, number: int) -> Line | None:
    """A row that is a comment and nothing else, as a line that nobody sees; None for all others.

    >>> read_comment("<!-- 来源：云溪日报 -->", 3).hidden, read_comment("<!-- 甲 --> 乙", 3)
    (True, None)
    """
    if "<!--" not in row or _COMMENTED.match(row) is None:
        return None
    return Line(text=collapse(row), number=number, hidden=True)


def split_lines(text: str) -> list[str]:
    """Lines as an editor numbers them: a form feed ends no line.

    >>> split_lines("甲\\r\\n乙\\r丙\\f丁")
    ['甲', '乙', '丙\\x0c丁']
    """
    return _FILE_BREAK.split(text)
