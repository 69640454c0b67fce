"""Which patterns qjreport compiles, which methods they are called with, and on how much text: what `patterns` tries.

It watches them while qjreport reads the samples, the pages of `shapes`, and the pages and sentences of the tests, and
writes their reports.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import regex
from inputs import ROOT
from turns import say

PACKAGES = ("text", "page", "article", "outline", "quantity", "fact", "pipeline", "writers")
METHODS = {"match": 0, "search": 0, "fullmatch": 0, "finditer": 0, "findall": 0, "split": 0, "sub": 1, "subn": 1}


class Watched:
    """A pattern that notes how it is called."""

    def __init__(self, compiled: Any, place: str) -> None:
        self.compiled = compiled
        self.place = place
        self.methods: set[str] = set()
        self.longest = 0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.compiled, name)
        if name not in METHODS:
            return found

        def call(*args: Any, **options: Any) -> Any:
            text = args[METHODS[name]]
            bounds = [*args[1:3], None, None] if not METHODS[name] else [None, None]
            begin = options.get("pos", bounds[0]) or 0
            end = options.get("endpos", bounds[1])
            self.methods.add(name)
            self.longest = max(self.longest, (len(text) if end is None else min(end, len(text))) - begin)
            return found(*args, **options)

        return call


def watch_package(size: int) -> list[Watched]:
    """Watch every pattern that the package compiles. Call this before qjreport is imported."""
    assert "qjreport.pipeline" not in sys.modules
    seen: dict[tuple[str, int, str], Watched] = {}
    importlib.import_module("qjreport.start_cache").KEPT.read = {}  # all is compiled anew
    with watch(re, "_compile", seen), watch(sys.modules[regex.compile.__module__], "_compile", seen):
        import qjreport
        from qjreport import pipeline

        for name in PACKAGES:
            package = importlib.import_module(f"qjreport.{name}")
            for module in pkgutil.iter_modules(getattr(package, "__path__", ())):
                with contextlib.suppress(ImportError):  # of an extra that is not installed
                    importlib.import_module(f"qjreport.{name}.{module.name}")
        from hostile import list_outputs

        say("patterns: reading pages to see how patterns are called")
        for page in list_pages(size):
            for reader in ("lexbor", "soup"):
                report = qjreport.extract(page, reader=reader)
            for _ in list_outputs(report):
                pass
        for sentence in list_sentences():
            pipeline.extract_passage(sentence)
            pipeline.extract_text(sentence)
    return list(seen.values())


def list_pages(size: int) -> Iterator[bytes]:
    from shapes import SHAPES

    for pattern in ("samples/*.htm*", "samples/*.txt", "tests/pages/article/*"):
        for path in sorted(ROOT.glob(pattern)):
            yield path.read_bytes()
    for shape, base in SHAPES.items():
        yield shape(max(1, base * size // 4))


def list_sentences() -> Iterator[str]:
    """The sentences and the titles of the tests' tables."""
    for path in sorted((ROOT / "tests" / "cases").glob("*/*.jsonl")):
        for row in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(row)
            yield "\n".join(str(case[key]) for key in ("title", "heading", "text") if case.get(key))


@contextlib.contextmanager
def watch(module: Any, name: str, seen: dict[tuple[str, int, str], Watched]) -> Iterator[None]:
    compile_pattern: Callable[..., Any] = getattr(module, name)

    def compile_watched(pattern: Any, *args: Any, **options: Any) -> Any:
        compiled = compile_pattern(pattern, *args, **options)
        place = find_place(sys._getframe(1))
        if not place or not isinstance(compiled.pattern, str):
            return compiled
        return seen.setdefault((place.partition(":")[0], compiled.flags, compiled.pattern), Watched(compiled, place))

    setattr(module, name, compile_watched)
    try:
        yield
    finally:
        setattr(module, name, compile_pattern)


def find_place(frame: FrameType | None) -> str:
    """The place in qjreport that asks a pattern first, or "" where another library compiles one."""
    while frame is not None and is_between(frame.f_globals.get("__name__", "")):
        frame = frame.f_back
    if frame is None or not frame.f_globals.get("__name__", "").startswith("qjreport"):
        return ""
    return f"{Path(frame.f_code.co_filename).relative_to(ROOT).as_posix()}:{frame.f_lineno}"


def is_between(module: str) -> bool:
    """Whether a module only passes a pattern on to be compiled."""
    return module in ("qjreport.text.patterns", "qjreport.start_cache") or module.partition(".")[0] in (
        "re",
        "regex",
        "functools",
    )
