"""The benchmarks run and print what RESULTS.md consists of. No test says how fast anything is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

BENCHMARKS = ROOT / "benchmarks"
RESULTS = BENCHMARKS / "RESULTS.md"
PLAIN = ["## Speed, plain Python", "## Stages", "## Cold start, plain Python", "## Growth", "## Patterns"]
TITLES = ["## Speed", *PLAIN[:2], "## Cold start", PLAIN[2], "## Large inputs", *PLAIN[3:]]  # with what is released
# What a ratio is called, whatever the inputs, the figure and the verdict.
RATIO = re.compile(
    r"^\| ([^|]+?)(?:, [^|,]+\.(?:zip|html))? +\| +\d+\.\d{3} \| +(at most [^|]+?) \| +(?:yes|NO) \|$", re.MULTILINE
)
GOALS = [
    ("report over trafilatura", "at most 1.4"),
    ("report and JSON over report", "at most 1.05"),
    ("start: qjreport extract over trafilatura", "at most 0.65"),
    ("start: nothing kept over trafilatura", "at most 1"),
    ("start: qjreport --help over trafilatura", "at most 0.5"),
    ("steepest growth of a page, exponent", "at most 1.1"),
    ("steepest pattern as it is called, exponent", "at most 1.2"),
]
LARGE = [
    ("seconds: extract a large page", "at most 40"),
    ("MiB: extract a large page", "at most 1536"),
    ("seconds: export to sqlite", "at most 10"),
    ("seconds: export to xlsx", "at most 45"),
]
STAGES = ["decode", "page", "article", "outline", "quantities", "facts"]
CRAWLED = ["one process", "two processes", "two threads", "words", "words, two processes"]
CRAWLED += ["words, heads not looked at", "by place"]
HEAVY = ("report over trafilatura", "at most 0.5")
# Of what is released, compiled.
RELEASED = [("report over trafilatura", f"at most {goal}") for goal in (0.9, 0.33)] + GOALS[1:]


WAY = " (plain Python)"


def find_ratios(text: str) -> list[tuple[str, str]]:
    return RATIO.findall(text.replace(WAY, ""))


def run(script: str, *args: str | Path) -> str:
    command = [sys.executable, str(BENCHMARKS / script), *map(str, args)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def read_head(text: str) -> list[str]:
    return re.findall(r"^- (machine|Python|commit|libraries|input): \S", text, re.MULTILINE)


@pytest.fixture(scope="module")
def measuring() -> None:
    pytest.importorskip("trafilatura", reason="make bench installs what is measured against")


@pytest.mark.usefixtures("measuring")
def test_results_of_the_samples(tmp_path: Path) -> None:
    run("results.py", "--quick", "--output", tmp_path / "RESULTS.md")
    text = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert re.findall("^## .*", text, re.MULTILINE) == PLAIN
    assert find_ratios(text) == GOALS
    assert read_head(text) == ["machine", "Python", "commit", "libraries", "input"]
    assert "these are the samples of the repository" in text
    assert str(ROOT) not in text


@pytest.mark.usefixtures("measuring")
def test_speed_of_heavy_pages() -> None:
    text = run("speed.py", "--rounds", "1", "--limit", "1", "--pages", ROOT / "samples")
    assert find_ratios(text) == [*GOALS[:2], HEAVY, GOALS[1]]
    assert re.search(r"^samples/\*\.html: 1 pages, [\d,]+ bytes", text, re.MULTILINE)


def test_results_that_are_kept() -> None:
    """The results in the repository look as the script writes them, and name no folder of a machine."""
    text = RESULTS.read_text(encoding="utf-8")
    assert re.findall("^## .*", text, re.MULTILINE) == TITLES
    assert (
        set(RELEASED)
        <= set(RATIO.findall(text))
        <= {*RELEASED, *LARGE, *((name + WAY, goal) for name, goal in (*GOALS, HEAVY))}
    )
    assert read_head(text)[:4] == ["machine", "Python", "commit", "libraries"]
    assert not re.search(r"(?<![\w.*])/\w+/\w+/", text.partition("## Patterns")[0])


def test_stages() -> None:
    text = run("stages.py", "--rounds", "1", "--limit", "1")
    stages = re.findall(r"^\| (\w[\w ]*?) +\| +\d+\.\d\d \| +\d+\.\d% \|$", text, re.MULTILINE)
    assert stages == [*STAGES, "rest of the report", "JSON", "whole"]
    assert re.search(r"over the floor, median of 1 pages: \d+\.\d times", text)


def test_readers() -> None:
    pages = len([page for page in (ROOT / "samples").rglob("*.html") if "bulletin" not in page.name])
    assert pages > 20
    for count, options in ((pages, ()), (12, ("--damaged", "12"))):
        text = run("readers.py", "--without", "bulletin", *options)
        assert re.search(rf"^{count} pages, [\d,]+ facts; with both readers the same:$", text, re.MULTILINE)
        parts = re.findall(r"^  (\w+) +(\d+) pages +[\d.]+%$", text, re.MULTILINE)
        assert [part for part, _ in parts] == ["lines", "body", "headings", "metadata", "facts"]
        assert options or {same for _, same in parts} == {str(pages)}


def test_large() -> None:
    text = run("large.py", "--page-bytes", "60000", "--facts", "200", "--pages", "3")
    assert find_ratios(text) == LARGE
    assert re.search(r"^\| export \d{3} facts to xlsx +\| +\d+\.\d \| +\d+ \|$", text, re.MULTILINE)


def test_growth() -> None:
    text = run("growth.py", "--rounds", "1", "--doublings", "1", "--shapes", "headings", "table_rows")
    rows = re.findall(r"^\| (headings|table rows) +\| +[\d,]+ \| +\d", text, re.MULTILINE)
    assert sorted(rows) == ["headings", "table rows"]
    assert find_ratios(text) == GOALS[5:6]


def test_crawl() -> None:
    text = run("crawl.py", "--size", "2")
    rows = re.findall(r"^\| ([\w ,]+?) \| ([\d,]+) \| \d+\.\d\d \| \d+\.\d\d \|", text, re.MULTILINE)
    assert [way for way, _ in rows[:7]] == [way for way, _ in rows[7:]] == CRAWLED
    for inputs in ([int(count) for _, count in rows[:7]], [int(count) for _, count in rows[7:]]):
        assert inputs[0] == inputs[1] == inputs[2] > inputs[3] == inputs[4] == inputs[5] > 0


@pytest.mark.parametrize(
    ("source", "steep"),
    [
        (r"(?:a+)+b", True),
        (r"\s*\n", True),
        (r"\d+\d+x", True),
        (r"a[^b]*b", True),
        (r"(?r)x[一-十]*y+", True),
        (r"\d++x?", False),
        (r"[（(].{1,8}[）)]", False),
        (r"提案\d", False),
    ],
)
def test_worst_texts(source: str, steep: bool) -> None:
    """The texts made from a pattern show whether its cost grows faster than they do."""
    program = (
        "import regex, patterns, worst\n"
        f"pattern = patterns.Watched(regex.compile({source!r}), 'here')\n"
        f"attacks = worst.build_attacks({source!r}, 0)\n"
        "print(patterns.try_pattern(pattern, attacks, 16384).exponent > 1.5)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=BENCHMARKS, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == str(steep), done.stderr
