"""Words live in the lexicon: no list of them stands in the code of a stage, and no list of the lexicon is idle."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from conftest import ROOT

from qjreport.lexicon.chrome import Chrome
from qjreport.lexicon.markers import Markers

MOST = 2  # Chinese words that may stand side by side in code
HAN = re.compile(r"[\u4e00-\u9fff]")
TABLES = (Chrome, Markers)
# What reads years, and with them the words around years, is counted apart.
APART = ("genre.py", "timeline.py")
MODULES = [
    path
    for stage in ("article", "outline")
    for path in sorted((ROOT / "qjreport" / stage).rglob("*.py"))
    if path.name not in APART
]


def find_lists(program: str) -> Iterator[list[str]]:
    """Every display and every choice in a pattern that has more Chinese words than may stand in code."""
    tree = ast.parse(program)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    pieces = {id(value) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for value in node.values}
    for node in ast.walk(tree):
        groups: list[list[str]] = []
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            groups = [[read_text(element) for element in node.elts]]
        elif isinstance(node, ast.Dict):
            groups = [[read_text(key) for key in node.keys if key]]
        elif id(node) not in prose and id(node) not in pieces:
            groups = split_pattern(read_text(node))
        for words in groups:
            chinese = [word for word in words if HAN.search(word)]
            if len(chinese) > MOST:
                yield chinese


def read_text(node: ast.AST) -> str:
    """The text of a string; of one with places to fill in, what stands between them."""
    if isinstance(node, ast.JoinedStr):
        return "".join(map(read_text, node.values))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def split_pattern(pattern: str) -> list[list[str]]:
    """The alternatives of each group of a pattern, its classes of characters left out."""
    plain = re.sub(r"\\.|\[(?:\\.|[^\]\\])+\]", "", pattern)
    open_groups, groups = [[""]], []
    for character in plain:
        if character == "(":
            open_groups.append([""])
        elif character == "|":
            open_groups[-1].append("")
        elif character == ")" and len(open_groups) > 1:
            groups.append(open_groups.pop())
            open_groups[-1][-1] += "".join(groups[-1])
        else:
            open_groups[-1][-1] += character
    return groups + open_groups


@pytest.mark.parametrize(
    ("program", "lists"),
    [
        ('A = ("增长", "下降", "回落")', 1),
        ('A = {"增长": 1, "下降": 2, "回落": 3}', 1),
        ('A = compile_re(r"^(?:增长|下降|回落)\\d")', 1),
        ('A = compile_re(rf"(?:增长|下降|{words}回落)")', 1),
        ('A = ("增长", "下降")', 0),
        ('A = ("增长", "下降", "up")', 0),
        ('A = compile_re(r"[元吨亩|户辆|人次]|个百分点")', 0),
        ('"""增长|下降|回落"""', 0),
    ],
)
def test_lists_of_words_are_found(program: str, lists: int) -> None:
    assert len(list(find_lists(program))) == lists


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_list_of_words_stands_in_code(module: Path) -> None:
    assert list(find_lists(module.read_text(encoding="utf-8"))) == []


def list_fields(shape: type[msgspec.Struct]) -> Iterator[str]:
    for field in msgspec.structs.fields(shape):
        yield field.name
        for part in (field.type, *getattr(field.type, "__args__", ())):
            if isinstance(part, type) and issubclass(part, msgspec.Struct):
                yield from list_fields(part)


def test_every_list_of_the_lexicon_is_read() -> None:
    read = {
        node.attr
        for path in (ROOT / "qjreport").rglob("*.py")
        if path.parent.name != "lexicon"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert [name for shape in TABLES for name in list_fields(shape) if name not in read] == []
