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

from qjreport import start_cache
from qjreport.start_cache import CHECKSUM, MOST, Keeper, read_file
from qjreport.text import patterns
from qjreport.text.patterns import compile_re, compile_regex, make_re, make_regex, put_together, take_apart

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
    assert make_re(PLAIN, 0) == re.compile(PLAIN)
    patterns.keep_patterns()
    assert keeper.fresh == {}


def keep_regex(pattern: str) -> tuple[str, str, tuple[object, ...]]:
    """What is kept of a pattern of `regex`."""
    make_regex(pattern, 0)
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
    asked = compile_re(PLAIN), compile_re(FLAGGED, re.IGNORECASE), compile_regex(PLAIN)
    never = compile_regex(FLAGGED, regex.IGNORECASE)
    assert patterns.UNKEPT == keeper.fresh == {}
    for pattern in asked:
        assert pattern.search("") is None
    assert [key[0] for key in patterns.UNKEPT] == ["re", "re"]
    assert [key[0] for key in keeper.fresh] == ["regex"]
    assert never.fullmatch("GDP3")
    assert [key[0] for key in keeper.fresh] == ["regex", "regex"]
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


def test_what_a_wheel_brings_is_read_where_nothing_is_kept(tmp_path: Path) -> None:
    brought = tmp_path / "brought.bin"
    fresh = Keeper(None)
    fresh.put(("re", "a"), 1)
    fresh.put(("re", "b"), 2)
    fresh.write_brought(str(brought))
    keeper = Keeper(str(tmp_path / "kept.bin"), str(brought))
    assert [keeper.get(("re", name)) for name in "abc"] == [1, 2, None]
    keeper.save()
    assert [path.name for path in tmp_path.iterdir()] == ["brought.bin"], "nothing came that it does not hold"


def test_what_is_kept_goes_before_what_was_brought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    path, brought = str(tmp_path / "kept.bin"), str(tmp_path / "brought.bin")
    older = Keeper(None)
    older.put("key", "brought")
    older.write_brought(brought)
    keeper = Keeper(path, brought)
    keeper.put("key", "kept")
    keeper.save()
    assert Keeper(path, brought).get("key") == "kept"
    assert read_file(path, sys.version) == {"key": "kept"}


@pytest.mark.parametrize("mark", ["", "cpython-27 1 2 little"])
def test_what_was_brought_for_another_engine_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str
) -> None:
    brought = str(tmp_path / "brought.bin")
    keeper = Keeper(None)
    keeper.put("key", "thing")
    monkeypatch.setattr(start_cache, "name_engine", lambda: mark)
    keeper.write_brought(brought)
    monkeypatch.undo()
    assert Keeper(None, brought).get("key") is None


def test_a_wheel_brings_all_that_a_start_derives(tmp_path: Path) -> None:
    """The hook's file, written twice, is the same; with it a start that keeps nothing derives no pattern."""
    pytest.importorskip("hatchling")
    hook = import_module("hatch_build")
    files = [tmp_path / "one.bin", tmp_path / "other.bin"]
    for file in files:
        hook.write_file(ROOT, file)
    assert files[0].read_bytes() == files[1].read_bytes()
    program = (
        "import sys; from qjreport.commands import main; from qjreport.start_cache import KEPT\n"
        f"KEPT.path, KEPT.brought = None, {str(files[0])!r}\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print([key[:3] for key in KEPT.fresh], file=sys.stderr)"
    )
    arguments = ["extract", str(ROOT / "samples" / "bulletin.html"), "--format", "json"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program, *arguments], env=environment, capture_output=True, text=True)
    assert done.stderr.strip() == "[]"
