"""The time for runs of one character grows no faster than the runs."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from qjreport.model import Decoded
from qjreport.outline.title_shape import squeeze
from qjreport.page import read_page
from qjreport.page.decode import is_markdown

MOST = 9  # four times the length takes 4 times as long if the cost is linear, 16 times if it is quadratic
TRIES = 3  # one quiet try is enough, where others use the machine


def read_md(text: str) -> object:
    return read_page(Decoded(text=text, media_type="text/markdown", encoding="utf-8"))


@pytest.mark.parametrize(
    ("read", "write"),
    [
        (read_md, lambda n: "# 工作" + "\t" * n + "回顾"),
        (read_md, lambda n: "# 工作 #" + "\t" * n + "#" * n + "回顾"),
        (read_md, lambda n: "| 指标 |\n" + "\t" * n + "|"),
        (read_md, lambda n: "| 指标 |\n|:--" + "-" * n + " " * n + "|x"),
        (is_markdown, lambda n: "\t" * n + "| 指标 |"),
        (squeeze, lambda n: "工作回顾" + "…" * n + "见5"),
        (squeeze, lambda n: "工作回顾" + " " * n + "见."),
    ],
    ids=["heading", "closed heading", "blank table rule", "table rule", "media type", "contents", "blanks"],
)
def test_long_runs(read: Callable[[str], object], write: Callable[[int], str]) -> None:
    size = 50
    while measure(read, write(size)) < 0.002 and size < 400_000:  # quadratic ones get there with a short run
        size *= 2
    assert any(measure(read, write(4 * size)) < MOST * measure(read, write(size)) for _ in range(TRIES))


def measure(read: Callable[[str], object], text: str) -> float:
    taken = []
    for _ in range(5):
        begun = time.process_time()
        read(text)
        taken.append(time.process_time() - begun)
    return min(taken)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("## 工作回顾", "工作回顾"),
        ("## 工作回顾 ##", "工作回顾"),
        ("#\t工作回顾\t#\t", "工作回顾"),
        ("# 工作#回顾", "工作#回顾"),
        ("#工作回顾", "#工作回顾"),
        ("####### 工作回顾", "####### 工作回顾"),
    ],
)
def test_headings_of_markdown(row: str, text: str) -> None:
    page = read_page(Decoded(text=row, media_type="text/markdown", encoding="utf-8"))
    assert [line.text for line in page.lines] == [text]
    assert [line.heading > 0 for line in page.lines] == [text != row or "工作#" in text]
