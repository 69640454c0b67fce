"""Changes the code of functions one place at a time and runs the tables of cases against each change: `make mutate`.

mutmut says what to change (its mutations, on libcst); its own runner collects the tests again for each mutant and wraps
each function, which takes ten times as long. This script collects the tests once and forks that process for each
mutant; in the fork, the functions of one module get the code of the changed source. It writes no file of the checkout.

What makes it quick: a mutant meets only the tests that reach its line (coverage tells them), those first that killed
mutants of the same function before, then the short ones; and what the lexicon is compiled to is made once, before the
forks, but forgotten in the forks that change a function that makes it.
"""

from __future__ import annotations

import argparse
import difflib
import inspect
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
from types import CodeType, FunctionType
from typing import Any, NamedTuple

import coverage
import libcst
import pytest
from _pytest.runner import runtestprotocol
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import Mutation, create_mutations, deep_replace

from qjreport.lexicon import load_lexicon

ROOT = Path(__file__).resolve().parent.parent
# What `make mutate` changes: reading numbers, the years of a report and of a fact, and what is counted.
MODULES = (
    "qjreport/text",
    "qjreport/quantity",
    "qjreport/outline/timeline.py",
    "qjreport/fact/period.py",
    "qjreport/fact/prose",
)
# The tests that read whole sentences, pages and numerals in this process. Generated texts (marked by hypothesis),
# hostile lengths and runs of the command prove other things and take most of the time.
TESTS = "quantity numerals sentences fact timeline doubts agreement locator page edges doctests start_cache units"
TESTS += " bad_use calendar script words patterns kinds given samples explain tables check"
LEFT_OUT = "hostile absurdly commands no_use second_run no_bytecode sparse exit_codes"
LONGEST = 5  # seconds of the processor, and twice what the tests take without a change
STUCK = 300  # seconds of the clock, for what waits
KILLED, SURVIVED = 1, 0
# If fewer tests than these reach a line, a cache may hide it from all but the first of them: run those that reach its
# function, or all tests.
FEW = 5


class Mutant(NamedTuple):
    path: Path
    tree: libcst.Module
    mutation: Mutation
    lines: range
    function: range  # the lines of its body

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
    places = MetadataWrapper(tree, unsafe_skip_copy=True).resolve(PositionProvider)
    found: list[Mutant] = []
    for mutation in mutations:
        function = mutation.contained_by_top_level_function
        if isinstance(function, libcst.FunctionDef):
            lines, body = (
                range(places[node].start.line, places[node].end.line + 1)
                for node in (mutation.original_node, function.body)
            )
            found.append(Mutant(path, tree, mutation, lines, body))
    return found


def walk_code(code: CodeType) -> Iterator[CodeType]:
    yield code
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from walk_code(part)


def find_functions(names: dict[str, Any]) -> Iterator[FunctionType]:
    """The functions of a module, by what its names stand for."""
    own = [thing for thing in names.values() if getattr(thing, "__module__", None) == names["__name__"]]
    for thing in own + [part for kind in own if isinstance(kind, type) for part in vars(kind).values()]:
        if isinstance(thing, FunctionType):
            yield thing


def apply(mutant: Mutant) -> None:
    """Give the functions of the module the changed code, also where others have imported them."""
    module = import_module(".".join(mutant.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    code = compile(mutant.write(), str(mutant.path), "exec", dont_inherit=True)
    changed = {part.co_qualname: part for part in walk_code(code)}
    for function in find_functions(vars(module)):
        if function.__code__.co_qualname in changed:
            function.__code__ = changed[function.__code__.co_qualname]
    if mutant.lines.start < mutant.function.start:  # the default of an argument, which is no part of the code
        names = dict(vars(module))
        exec(code, names)
        fresh = {function.__code__.co_qualname: function for function in find_functions(names)}
        for function in find_functions(vars(module)):
            made = fresh[function.__code__.co_qualname]
            function.__defaults__, function.__kwdefaults__ = made.__defaults__, made.__kwdefaults__


class Reach:
    """Which tests reach which lines, how long each takes, and what it has killed."""

    def __init__(self, tests: dict[str, dict[int, list[int]]], times: list[float]) -> None:
        self.tests = tests
        self.times = times
        self.kills: dict[tuple[Path, range], Counter[int]] = {}

    def choose(self, mutant: Mutant) -> list[int]:
        """Those that may kill the mutant, in the order to try them."""
        of_file = self.tests.get(str(mutant.path), {})
        kills = self.kills.get((mutant.path, mutant.function), Counter())
        chosen: list[int] = []
        for lines in (mutant.lines, mutant.function, None):
            found = set(range(len(self.times)))
            if lines is not None:
                found = {at for line in lines for at in of_file.get(line, ()) if at >= 0}
            chosen += sorted(found.difference(chosen), key=lambda at: (-kills[at], self.times[at]))
            if len(chosen) >= FEW:
                break
        return chosen

    def is_made_before(self, mutant: Mutant) -> bool:
        """Whether its function runs while the lexicon is compiled."""
        of_file = self.tests.get(str(mutant.path), {})
        return any(WARMING in of_file.get(line, ()) for line in mutant.function)

    def note(self, mutant: Mutant, test: int) -> None:
        self.kills.setdefault((mutant.path, mutant.function), Counter())[test] += 1


WARMING = -1  # stands for a test


class Runner:
    """Runs the collected tests for each mutant, in place of running them once."""

    def __init__(self, mutants: list[Mutant], minutes: float) -> None:
        self.mutants = mutants
        self.minutes = minutes
        self.results: list[tuple[Mutant, str]] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = session.items
        forget()
        reach = record(items, sorted({str(mutant.path) for mutant in self.mutants}))
        end = time.monotonic() + 60 * self.minutes
        warm_up()
        for number, mutant in enumerate(self.mutants, 1):
            if time.monotonic() > end:
                break
            result, test = run_fork(items, reach, mutant)
            self.results.append((mutant, result))
            if test is not None:
                reach.note(mutant, test)
            if result != "killed":
                print(f"{number}/{len(self.mutants)} {result} {mutant.show()}", flush=True)
        return True


def find_caches() -> Iterator[Any]:
    """What of the package keeps what its functions gave (functools.lru_cache, ByLexicon)."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "qjreport":
            things = (thing for thing in vars(module).values() if not isinstance(thing, type))
            yield from (thing for thing in things if hasattr(thing, "cache_clear"))


def forget() -> None:
    """What collecting the tests has read must not hide a change."""
    for cache in find_caches():
        cache.cache_clear()


def warm_up() -> None:
    """Compile what depends on the lexicon alone."""
    lexicon = load_lexicon()
    for cache in find_caches():
        make = getattr(cache, "make", cache)
        asked = inspect.signature(make).parameters.values()
        if [parameter.annotation for parameter in asked] == ["Lexicon"]:
            make(lexicon)


def run_fork(items: list[pytest.Item], reach: Reach, mutant: Mutant) -> tuple[str, int | None]:
    """What came of it, and the test that killed it."""
    chosen = reach.choose(mutant)
    read, write = os.pipe()
    child = os.fork()
    if child:
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            told = pipe.read()
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return "timeout" if os.WTERMSIG(status) in (signal.SIGALRM, signal.SIGPROF) else "killed", None
        return "survived" if os.WEXITSTATUS(status) == SURVIVED else "killed", int(told) if told else None
    result = KILLED
    try:
        signal.alarm(STUCK)
        signal.setitimer(signal.ITIMER_PROF, LONGEST + 2 * sum(reach.times[at] for at in chosen))
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        apply(mutant)
        if reach.is_made_before(mutant):
            forget()
        failed = next((at for at in chosen if not passes(items[at])), None)
        if failed is None:
            result = SURVIVED
        else:
            os.write(write, str(failed).encode())
    finally:
        os._exit(result)


def record(items: list[pytest.Item], paths: list[str]) -> Reach:
    """A fork runs each test once, to find what it reaches; all must pass."""
    read, write = os.pipe()
    if os.fork():
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            told = pipe.read()
        os.wait()
        if not told:
            raise pytest.UsageError("a test fails before anything is changed")
        return Reach(*pickle.loads(told))
    try:
        os.environ["COVERAGE_CORE"] = "ctrace"  # which can tell the tests apart
        tracer = coverage.Coverage(data_file=None, config_file=False, include=paths)
        tracer.start()
        tracer.switch_context(str(WARMING))
        warm_up()
        times: list[float] = []
        for at, item in enumerate(items):
            tracer.switch_context(str(at))
            began = time.process_time()
            if not passes(item):
                print(f"{item.nodeid} fails before anything is changed", file=sys.stderr, flush=True)
                os._exit(KILLED)
            times.append(time.process_time() - began)
        tracer.stop()
        data = tracer.get_data()
        tests = {
            path: {line: [int(at) for at in found if at] for line, found in data.contexts_by_lineno(path).items()}
            for path in paths
        }
        with os.fdopen(write, "wb") as pipe:
            pickle.dump((tests, times), pipe)
    finally:
        os._exit(0)


def passes(item: pytest.Item) -> bool:
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, default=[Path(name) for name in MODULES])
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
    tests = [str(ROOT / "tests" / f"test_{name}.py") for name in TESTS.split()]
    left_out = " and ".join(f"not {name}" for name in LEFT_OUT.split())
    flags = ["-q", "-p", "no:cacheprovider", "-p", "no:faulthandler", "--capture=no", "--rootdir", str(ROOT)]
    status = pytest.main([*flags, "-m", "not hypothesis", "-k", left_out, *tests], plugins=[runner])
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
