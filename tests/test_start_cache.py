"""What is kept between runs (qjreport/start_cache.py): it makes the start faster and changes no output."""

from __future__ import annotations

import marshal
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from zlib import crc32

import pytest
import regex

from qjreport.start_cache import CHECKSUM, MOST, Keeper
from qjreport.text import patterns
from qjreport.text.patterns import compile_re, compile_regex, put_together, take_apart

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "samples" / "cppcc-report.html"

# A pattern of each kind that the package uses, and a text that it is tried on.
PATTERNS = [
    (r"第(?P<number>\d+)届|(?<!新)增(?:加|长)到?", 0, "第12届，增加到9亿元"),
    (r"[⺀-鿿\U00020000-\U0003fffd]{2,}+\Z", 0, "共办理提案"),
    (r"<!doctype\s+html", re.IGNORECASE, "<!DOCTYPE html>"),
    (r"^#+", re.MULTILINE, "一\n## 二"),
    (rb"charset\s*=\s*([a-z0-9-]+)", re.IGNORECASE, b"CHARSET=gb2312"),
]


def run(cache: Path, *, write: bool = True) -> bytes:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": str(cache), "PYTHONPATH": str(ROOT)}
    if not write:
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
    command = [sys.executable, "-m", "qjreport", "extract", str(SAMPLE), "--format", "json"]
    return subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True).stdout


def find_kept(cache: Path) -> list[Path]:
    return list(cache.rglob("start_cache.*.bin*"))


def test_a_second_run_uses_what_the_first_kept_and_prints_the_same(tmp_path: Path) -> None:
    first = run(tmp_path)
    (kept,) = find_kept(tmp_path)
    before = kept.read_bytes()
    assert run(tmp_path) == first
    assert kept.read_bytes() == before, "the second run found everything that it needed"


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "other interpreter", "not a table"])
def test_a_file_that_is_no_use_costs_nothing_but_time(tmp_path: Path, damage: str) -> None:
    first = run(tmp_path)
    (kept,) = find_kept(tmp_path)
    data = kept.read_bytes()
    things = marshal.loads(data[CHECKSUM:])[1]
    kept.write_bytes(
        {
            "empty": b"",
            "cut": data[: len(data) // 2],
            "flipped": data[:5000] + bytes([data[5000] ^ 255]) + data[5001:],
            "other interpreter": seal(("2.7", things)),
            "not a table": seal((sys.version, [1, 2])),
        }[damage]
    )
    assert run(tmp_path) == first
    assert len(find_kept(tmp_path)) == 1
    assert marshal.loads(kept.read_bytes()[CHECKSUM:])[1].keys() == things.keys(), "it was written anew"


def seal(thing: object) -> bytes:
    body = marshal.dumps(thing)
    return crc32(body).to_bytes(CHECKSUM, "little") + body


def test_nothing_is_kept_where_no_bytecode_is(tmp_path: Path) -> None:
    assert run(tmp_path, write=False)
    assert find_kept(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    keeper = Keeper(str(tmp_path / "missing" / "kept.bin"))
    keeper.put("key", 1)
    keeper.save()
    assert keeper.get("key") is None
    assert list(tmp_path.iterdir()) == []


def test_the_file_stays_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = str(tmp_path / "kept.bin")
    for batch in range(3):
        keeper = Keeper(path)
        assert keeper.get("absent") is None
        for number in range(MOST // 2 + 1):
            keeper.put((batch, number), number)
        keeper.save()
    kept = Keeper(path)
    assert kept.get((2, 0)) == 0
    assert kept.read is not None
    assert len(kept.read) <= MOST


def test_the_word_tables_of_yesterday_are_not_kept_beside_those_of_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path = str(tmp_path / "kept.bin")
    for digest in ("yesterday", "today"):
        keeper = Keeper(path)
        assert keeper.get(("lexicon", digest)) is None
        keeper.put(("lexicon", digest), digest, sole=True)
        keeper.put(("re", digest), digest)
        keeper.save()
    kept = Keeper(path)
    assert kept.get(("lexicon", "yesterday")) is None
    assert [kept.get(key) for key in (("lexicon", "today"), ("re", "yesterday"), ("re", "today"))] == [
        *("today", "yesterday", "today"),
    ]


@pytest.mark.parametrize(("pattern", "flags", "text"), PATTERNS)
def test_a_kept_pattern_is_the_pattern(pattern: str | bytes, flags: int, text: str | bytes) -> None:
    fresh = re.compile(pattern, flags)
    kept = put_together(pattern, marshal.loads(marshal.dumps(take_apart(pattern, flags, fresh))))
    for one in (kept, compile_re(pattern, flags)):
        assert (one.pattern, one.flags, one.groups) == (fresh.pattern, fresh.flags, fresh.groups)
        assert dict(one.groupindex) == dict(fresh.groupindex)
        found, wanted = one.search(text), fresh.search(text)
        assert found is not None
        assert wanted is not None
        assert (found.span(), found.groups(), found.lastgroup) == (wanted.span(), wanted.groups(), wanted.lastgroup)


def test_a_pattern_that_re_would_compile_otherwise_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another Python may parse and compile otherwise under the same names: what comes out then is not the pattern."""
    fresh = re.compile(PLAIN)
    assert take_apart(PLAIN, 0, fresh) is not None
    assert take_apart(PLAIN, 0, re.compile(PLAIN, re.IGNORECASE)) is None
    other = patterns.COMPILER._code(patterns.PARSER.parse(r"产值(\d*)亿元"), 0)
    monkeypatch.setattr(patterns.COMPILER, "_code", lambda *_: other)
    assert take_apart(PLAIN, 0, fresh) is None
    monkeypatch.delattr(patterns.COMPILER, "_code")
    assert take_apart(PLAIN, 0, fresh) is None


def test_without_the_inner_names_re_compiles(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "SRE", None)
    assert compile_re(PLAIN) == re.compile(PLAIN)
    patterns.keep_patterns()
    assert keeper.fresh == {}


def keep_regex(pattern: str) -> tuple[str, str, tuple[object, ...]]:
    """What is kept of a pattern of `regex`."""
    compile_regex(pattern)
    kept: tuple[str, str, tuple[object, ...]] = patterns.KEPT.fresh["regex", regex.__version__, pattern, 0]
    return kept


@pytest.mark.usefixtures("keeper")
def test_a_kept_regex_is_the_regex() -> None:
    pattern = r"(?r)(?P<rank>居|列)\p{Han}{0,4}"
    module, name, arguments = marshal.loads(marshal.dumps(keep_regex(pattern)))
    kept = getattr(import_module(module), name)(*arguments)
    found = kept.match("位居全国")
    assert found is not None
    assert found["rank"] == "居"
    assert kept.pattern == pattern


PLAIN, FLAGGED = r"产值(\d+)亿元", r"(?:gdp|cpi)\d+"


@pytest.fixture
def keeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keeper:
    """An empty keeper in place of the package's; it writes even where this process would not."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(patterns, "UNKEPT", {})
    keeper = Keeper(str(tmp_path / "kept.bin"))
    monkeypatch.setattr(patterns, "KEPT", keeper)
    return keeper


def test_what_was_compiled_is_kept_and_not_compiled_again(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_re(PLAIN)
    compile_re(FLAGGED, re.IGNORECASE)
    compile_regex(PLAIN)
    compile_regex(FLAGGED, regex.IGNORECASE)
    assert [key[0] for key in patterns.UNKEPT] == ["re", "re"]
    patterns.keep_patterns()
    assert patterns.UNKEPT == {}

    again = Keeper(keeper.path)
    monkeypatch.setattr(patterns, "KEPT", again)
    for module in (patterns.re, patterns.regex):
        monkeypatch.setattr(module, "compile", refuse)
    for compiled in (compile_re, compile_regex):
        found = compiled(PLAIN).search("产值12亿元")
        assert found is not None
        assert found[1] == "12"
        assert found.re.pattern == PLAIN
        assert compiled(FLAGGED, re.IGNORECASE).search("GDP3") is not None
        assert not compiled(PLAIN).flags & re.IGNORECASE
    assert patterns.UNKEPT == {}
    assert again.fresh == {}


def refuse(*_: object) -> None:
    raise AssertionError("compiled again")


@pytest.mark.parametrize("useless", [(), (None,), ("甲",) * 5, (0, [], 0, {}, ())])
def test_what_is_kept_and_no_use_is_compiled(keeper: Keeper, useless: tuple[object, ...]) -> None:
    keeper.read = {("re", PLAIN, 0): useless, ("regex", regex.__version__, PLAIN, 0): useless}
    for compiled in (compile_re, compile_regex):
        found = compiled(PLAIN).search("产值12亿元")
        assert found is not None
        assert found[1] == "12"
