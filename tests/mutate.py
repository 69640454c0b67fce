"""Changes the code of functions one place at a time and runs the tables of cases against each change: `make mutate`.

mutmut says what to change (its mutations, on libcst); its own runner collects the tests again for each mutant and wraps
each function, which takes ten times as long. This script collects the tests once and forks that process for each
mutant; in the fork, the functions of one module get the code of the changed source. It writes no file of the checkout.
"""

from __future__ import annotations

import argparse
import difflib
import os
import pickle
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import NamedTuple

import libcst
import pytest
from _pytest.runner import runtestprotocol
from mutmut.mutation.file_mutation import Mutation, create_mutations, deep_replace

ROOT = Path(__file__).resolve().parent.parent
# The tests that read whole sentences, pages and numerals in this process. Generated texts (marked by hypothesis),
# hostile lengths and runs of the command prove other things and take most of the time.
TESTS = (
    "quantity",
    "numerals",
    "sentences",
    "fact",
    "agreement",
    "locator",
    "page",
    "edges",
    "doctests",
    "start_cache",
)
TESTS += ("units", "bad_use", "calendar", "script", "words", "patterns")
LEFT_OUT = "not hostile and not absurdly and not commands and not no_use and not second_run"
LEFT_OUT += " and not no_bytecode and not sparse"
LONGEST = 20  # seconds; all of them take three
KILLED, SURVIVED = 1, 0
# If fewer tests than these reach a function, a cache may hide it from all but the first of them: run all tests.
FEW = 5


class Mutant(NamedTuple):
    path: Path
    tree: libcst.Module
    mutation: Mutation

    def get_function(self) -> tuple[str, str]:
        function = self.mutation.contained_by_top_level_function
        assert function is not None
        return str(self.path), function.name.value

    def write(self) -> str:
        changed = deep_replace(self.tree, self.mutation.original_node, self.mutation.mutated_node)
        assert isinstance(changed, libcst.Module)
        return changed.code

    def show(self) -> str:
        """The lines that differ, with the number of the first."""
        old, new = self.tree.code.splitlines(), self.write().splitlines()
        place, *lines = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]
        name = self.path.relative_to(ROOT)
        return "\n".join([f"{name}:{place.split()[1].lstrip('-').partition(',')[0]}", *(f"  {line}" for line in lines)])


def find_mutants(path: Path) -> list[Mutant]:
    tree, mutations, _, _ = create_mutations(str(path), path.read_text(encoding="utf-8"))
    inside = [m for m in mutations if isinstance(m.contained_by_top_level_function, libcst.FunctionDef)]
    return [Mutant(path, tree, mutation) for mutation in inside]


def walk_code(code: CodeType) -> Iterator[CodeType]:
    yield code
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from walk_code(part)


def find_functions(module: ModuleType) -> Iterator[FunctionType]:
    own = [thing for thing in vars(module).values() if getattr(thing, "__module__", None) == module.__name__]
    for thing in own + [part for kind in own if isinstance(kind, type) for part in vars(kind).values()]:
        if isinstance(thing, FunctionType):
            yield thing


def apply(mutant: Mutant) -> None:
    """Give the functions of the module the changed code, also where others have imported them."""
    module = import_module(".".join(mutant.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    code = compile(mutant.write(), str(mutant.path), "exec", dont_inherit=True)
    changed = {part.co_qualname: part for part in walk_code(code)}
    for function in find_functions(module):
        if function.__code__.co_qualname in changed:
            function.__code__ = changed[function.__code__.co_qualname]


class Runner:
    """Runs the collected tests for each mutant, in place of running them once."""

    def __init__(self, mutants: list[Mutant], minutes: float) -> None:
        self.mutants = mutants
        self.minutes = minutes
        self.results: list[tuple[Mutant, str]] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = session.items
        reached = record(items)
        end = time.monotonic() + 60 * self.minutes
        for number, mutant in enumerate(self.mutants, 1):
            if time.monotonic() > end:
                break
            own = reached.get(mutant.get_function(), [])
            result = run_fork([items[at] for at in own] if len(own) >= FEW else items, mutant)
            self.results.append((mutant, result))
            if result != "killed":
                print(f"{number}/{len(self.mutants)} {result} {mutant.show()}", flush=True)
        return True


def run_fork(items: list[pytest.Item], mutant: Mutant) -> str:
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return "timeout" if os.WTERMSIG(status) == signal.SIGALRM else "killed"
        return "survived" if os.WEXITSTATUS(status) == SURVIVED else "killed"
    result = KILLED
    try:
        signal.alarm(LONGEST)
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        apply(mutant)
        result = SURVIVED if all(passes(item) for item in items) else KILLED
    finally:
        os._exit(result)


def record(items: list[pytest.Item]) -> dict[tuple[str, str], list[int]]:
    """The tests that reach each function, by file and name. A fork runs each test once to find them; all must pass."""
    read, write = os.pipe()
    if os.fork():
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            told = pipe.read()
        os.wait()
        if not told:
            raise pytest.UsageError("a test fails before anything is changed")
        found: dict[tuple[str, str], list[int]] = pickle.loads(told)
        return found
    reached: dict[tuple[str, str], list[int]] = {}
    try:
        for at, item in enumerate(items):
            seen: set[CodeType] = set()
            sys.setprofile(lambda frame, event, _, seen=seen: seen.add(frame.f_code) if event == "call" else None)
            passed = passes(item)
            sys.setprofile(None)
            if not passed:
                print(f"{item.nodeid} fails before anything is changed", file=sys.stderr, flush=True)
                return reached
            for key in {(code.co_filename, code.co_name) for code in seen if "qjreport" in code.co_filename}:
                reached.setdefault(key, []).append(at)
        with os.fdopen(write, "wb") as pipe:
            pickle.dump(reached, pipe)
    finally:
        os._exit(0)


def passes(item: pytest.Item) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[Path("qjreport/text"), Path("qjreport/quantity")])
    parser.add_argument("--sample", type=int, help="this many mutants of each module, drawn by chance")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=24 * 60, help="stop then, wherever it is")
    options = parser.parse_args()
    sys.dont_write_bytecode = True
    chosen: list[Mutant] = []
    of_module: Counter[Path] = Counter()
    for folder in options.paths:
        for path in sorted((ROOT / folder).rglob("*.py")) if folder.suffix != ".py" else [ROOT / folder]:
            found = find_mutants(path)
            of_module[path] = len(found)
            few = options.sample is not None and options.sample < len(found)
            chosen += random.Random(options.seed).sample(found, options.sample) if few else found
    random.Random(options.seed).shuffle(chosen)
    runner = Runner(chosen, options.minutes)
    tests = [str(ROOT / "tests" / f"test_{name}.py") for name in TESTS]
    flags = [
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:faulthandler",
        "--capture=no",
        "-m",
        "not hypothesis",
        "-k",
        LEFT_OUT,
    ]
    status = pytest.main([*flags, "--rootdir", str(ROOT), *tests], plugins=[runner])
    print("\n| module | mutants | run | killed | survived | timeout | share |", "| --- |" + " --: |" * 6, sep="\n")
    for path, number in of_module.items():
        if number:
            told = Counter(result for mutant, result in runner.results if mutant.path == path)
            print_row(str(path.relative_to(ROOT / "qjreport")), number, told)
    print_row("all", of_module.total(), Counter(result for _, result in runner.results))
    return int(status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED))


def print_row(name: str, number: int, told: Counter[str]) -> None:
    ran = told.total()
    dead = told["killed"] + told["timeout"]
    share = f"{100 * dead / ran:.1f} %" if ran else "–"
    print(f"| {name} | {number} | {ran} | {told['killed']} | {told['survived']} | {told['timeout']} | {share} |")


if __name__ == "__main__":
    raise SystemExit(main())
