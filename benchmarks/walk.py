"""How far one number of a sentence walks through the modules of fact/: `python benchmarks/walk.py [PAGES…]`.

Watches every call while pages are read (the samples, where none are given) and follows each number of prose from the
call that begins it, its predicate and all, to its last draft. Told are, on the average over the numbers:

- modules: in how many modules of fact/ something ran for the number;
- returns: how often control went back by a call, over another module, to a module that it had been in before. That a
  call ends and its caller goes on is no return: who reads the code of the caller has not left it;
- changes: how often control passed from one module to another, the ends of calls included.

The numbers that one 分别 governs are one walk. What is done once for a whole sentence or paragraph (its clauses, its
words of time, what its headings say) belongs to no number and is not counted. Nor is an initialiser: a plain class of
drafts is to count as the struct that it was.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from qjreport.fact import build as stage  # noqa: E402
from qjreport.pipeline import extract  # noqa: E402

BEGIN = "begin_number"  # of fact/prose/reader.py: what is called first for every number
INITIALISER = (
    "__init__"  # of a plain class: it holds what its caller gives it, as a struct's does, which no profile sees
)
WHOLE = ("read_sentence", "read_prose")  # what runs for several numbers, and ends the walk of the last
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in (".html", ".txt"))


class Walk:
    """The modules that one number went through: `steps` holds each with whether a call led into it."""

    def __init__(self, first: str) -> None:
        self.steps: list[tuple[str, bool]] = [(first, True)]

    def enter(self, module: str, called: bool) -> None:
        if self.steps[-1][0] != module:
            self.steps.append((module, called))

    def count_modules(self) -> int:
        return len({module for module, _ in self.steps})

    def count_returns(self) -> int:
        seen: set[str] = set()
        returns = 0
        for module, called in self.steps:
            returns += called and module in seen
            seen.add(module)
        return returns


class Watch:
    """Follows the calls into fact/ and out of it, as `sys.setprofile` tells of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = f"{folder}/"
        self.stack: list[str | None] = []
        self.walks: list[Walk] = []
        self.walk: Walk | None = None

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        if event == "call":
            self.begin(frame.f_code.co_filename, frame.f_code.co_name)
        elif event == "return" and self.stack:
            self.stack.pop()
            if frame.f_code.co_name in WHOLE:
                self.walk = None
            caller = next((module for module in reversed(self.stack) if module), None)
            if self.walk is not None and caller is not None:
                self.walk.enter(caller, called=False)

    def begin(self, path: str, name: str) -> None:
        inside = path.startswith(self.folder) and name != INITIALISER
        module = path.removeprefix(self.folder) if inside else None
        self.stack.append(module)
        if module is None:
            return
        if name == BEGIN:
            self.walk = Walk(module)
            self.walks.append(self.walk)
        elif self.walk is not None:
            self.walk.enter(module, called=True)


def watch_pages(pages: list[Path]) -> list[Walk]:
    for page in pages:  # what is done once for a lexicon is done before
        extract(page)
    watch = Watch(Path(str(stage.__file__)).parent)
    sys.setprofile(watch)
    try:
        for page in pages:
            extract(page)
    finally:
        sys.setprofile(None)
    return watch.walks


def describe_walks(walks: list[Walk]) -> str:
    """A line for the average, and one for each module with the part of the numbers that go through it."""
    count = len(walks)
    modules = sum(walk.count_modules() for walk in walks) / count
    returns = sum(walk.count_returns() for walk in walks) / count
    changes = sum(len(walk.steps) - 1 for walk in walks) / count
    through = Counter(module for walk in walks for module in {module for module, _ in walk.steps})
    lines = [f"{count} numbers: {modules:.1f} modules, {returns:.1f} returns, {changes:.1f} changes"]
    lines += [f"{times / count:6.0%}  {module}" for module, times in through.most_common()]
    return "\n".join(lines)


if __name__ == "__main__":
    print(describe_walks(watch_pages([Path(name) for name in sys.argv[1:]] or SAMPLES)))
