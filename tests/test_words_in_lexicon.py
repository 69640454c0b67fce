"""Words live in the lexicon: no list of Chinese words stands in the code of a stage, and every field of it is read."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import ROOT, SAMPLES

from qjreport.lexicon import load_lexicon
from qjreport.pipeline import extract

PACKAGES = ("fact",)
TABLES = ("facts",)
MOST = 2  # words that a list or an alternation in code may have: a pair is a rule, three are a vocabulary
HAN = re.compile("[\u4e00-\u9fff]")


def list_sources(package: str) -> list[Path]:
    return sorted((ROOT / "qjreport" / package).rglob("*.py"))


def find_word_lists(source: str) -> Iterator[tuple[int, str]]:
    """The line and the beginning of every list, tuple, set or mapping of more Chinese words than may stand in code."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            words = [part for part in node.elts if is_word(part)]
        elif isinstance(node, ast.Dict):
            parts = [part for part in (*node.keys, *node.values) if part is not None and is_word(part)]
            words = [part for part in parts if len(ast.literal_eval(part)) > 1]  # of single characters: digits
        else:
            continue
        if len(words) > MOST:
            yield node.lineno, ast.unparse(node)[:60]


def is_word(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(HAN.search(node.value))


def find_alternations(source: str) -> Iterator[tuple[int, str]]:
    """The line and the text of every alternation of more Chinese words than may stand in code, docstrings aside."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            told |= {id(part) for part in node.values}
            text = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            text = node.value
        else:
            continue
        for words in split_alternations(text):
            if len(words) > MOST:
                yield node.lineno, "|".join(words)[:60]


def split_alternations(pattern: str) -> Iterator[list[str]]:
    """The Chinese words of each alternation in the text of a pattern; a class of characters is no word.

    >>> [words for words in split_alternations("(?:增长|下降)的[上中下]|回落")]
    [['增长', '下降'], ['回落']]
    """
    groups: list[list[str]] = [[""]]
    for piece in re.findall(r"\\.|\[[^\]]*\]|[()|]|[^\\\[()|]+", pattern):
        if piece == "(":
            groups.append([""])
        elif piece == ")" and len(groups) > 1:
            yield [word for word in groups.pop() if HAN.search(word)]
        elif piece == "|":
            groups[-1].append("")
        elif not piece.startswith(("[", "\\")):
            groups[-1][-1] += piece
    for words in reversed(groups):
        yield [word for word in words if HAN.search(word)]


@pytest.mark.parametrize("package", PACKAGES)
def test_no_words_stand_in_code(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in list_sources(package)
        for line, text in (*find_word_lists(path.read_text("utf-8")), *find_alternations(path.read_text("utf-8")))
    ]
    assert found == [], "words belong into qjreport/lexicon"


class Watched:
    """A part of the lexicon that notes which of its fields are asked for."""

    def __init__(self, struct: msgspec.Struct, path: str, read: set[str]) -> None:
        self._struct, self._path, self._read = struct, path, read
        self._inner: dict[str, Watched] = {}

    def __getattr__(self, name: str) -> Any:
        value, path = getattr(self._struct, name), f"{self._path}.{name}"
        self._read.add(path)
        if not isinstance(value, msgspec.Struct):
            return value
        return self._inner.setdefault(name, Watched(value, path, self._read))


def list_fields(struct: msgspec.Struct, path: str) -> Iterator[str]:
    for name in struct.__struct_fields__:
        value = getattr(struct, name)
        if isinstance(value, msgspec.Struct):
            yield from list_fields(value, f"{path}.{name}")
        else:
            yield f"{path}.{name}"


@pytest.mark.parametrize("table", TABLES)
def test_every_field_of_the_lexicon_is_read(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import qjreport.fact.build

    if not str(qjreport.fact.build.__file__).endswith(".py"):
        pytest.skip("what is compiled takes nothing but a lexicon")
    monkeypatch.setattr("qjreport.pipeline.check_argument", lambda *_: None)
    read: set[str] = set()
    watched: Any = Watched(load_lexicon(), "lexicon", read)
    for sample in SAMPLES:
        extract(sample, lexicon=watched)
    words = getattr(load_lexicon(), table)
    assert sorted(set(list_fields(words, f"lexicon.{table}")) - read) == []


def test_word_lists_and_alternations_are_found() -> None:
    assert list(find_word_lists('WORDS = ("增长", "下降", "提高")')) == [(1, "('增长', '下降', '提高')")]
    assert list(find_word_lists('WORDS = ("增长", "下降"), {"十": 10, "百": 100, "千": 1000}')) == []
    assert list(find_alternations('A = r"(?:增长|下降|提高)的[上中下]"')) == [(1, "?:增长|下降|提高")]
    assert list(find_alternations('"""增长|下降|提高"""\nA = r"[增降提]长|下降"')) == []


def find_repeated(value: object, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """The lists of a table that say a word twice, and these words."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from find_repeated(part, f"{path}.{key}")
    elif isinstance(value, list) and all(isinstance(part, str) for part in value):
        if twice := [word for word, count in Counter(value).items() if count > 1]:
            yield path, twice
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from find_repeated(part, f"{path}[{place}]")


@pytest.mark.parametrize("path", sorted((ROOT / "qjreport" / "lexicon").glob("*.toml")), ids=lambda path: path.stem)
def test_no_list_says_a_word_twice(path: Path) -> None:
    assert list(find_repeated(tomllib.loads(path.read_text(encoding="utf-8")))) == []


def test_repeated_words_are_found() -> None:
    assert list(find_repeated({"a": {"b": ["甲", "乙", "甲"]}, "c": [{"d": ["乙", "乙"]}]})) == [
        (".a.b", ["甲"]),
        (".c[0].d", ["乙"]),
    ]
