"""Front matter: the lines at the head of a text file that say what it is (title, date, source), and are not its text.

YAML between two --- and TOML between two +++, as generators of sites write them. It is known by its lines: each is a
key with its value or goes on with the one before. A text between two rules is none.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from qjreport.model import Line
from qjreport.page.characters import collapse
from qjreport.text.patterns import compile_re, compile_regex

MAX_LINES: Final = 60  # what is longer is no front matter but a text between two rules
CLOSINGS: Final = {"---": ("---", "..."), "+++": ("+++",)}

_YAML_KEY: Final = compile_re(r"(?P<key>[A-Za-z_][\w.-]{0,39})[ \t]*:(?:[ \t]+(?P<value>.*))?\Z")
_YAML_MORE: Final = compile_re(r"[ \t]+\S|-(?:[ \t]|\Z)|#")  # below its key, an entry of its list, a comment
_YAML_LIST: Final = compile_re(r"[ \t]*-[ \t]+")
_TOML_KEY: Final = compile_re(r"(?P<key>[A-Za-z_][\w.-]{0,39})[ \t]*=[ \t]*(?P<value>.*)\Z")
_TOML_MORE: Final = compile_re(r"[ \t]+\S|[\"'\]]|#")
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
