"""The rules of the house that a machine can hold: layers, circles, names of rules, functions, nothing of a machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from qjreport.lexicon.rules import load_rules

MODULES = sorted((ROOT / "qjreport").rglob("*.py"))
TESTS = sorted([*(ROOT / "tests").glob("*.py"), *(ROOT / "fuzz").glob("*.py")])

# A registry, a proxy or a path of somebody's machine has no place in a repository that others clone.
FOREIGN = re.compile(
    r"pypi\.org|pythonhosted|(?<!emit-)index-url|find-links|trusted-host|https?://(?:localhost|127\.|10\.|192\.168\.)"
    r"|(?<![\w.])/(?:home|root|Users|work|opt|srv|mnt)/\w"
)
LONGEST_FUNCTION = 60  # lines
LONG_FUNCTION, MOST_LONG = 40, 10  # a function fits a screen; a table of cases may need more
MOST_WALKED, MOST_RETURNS = 5, 4  # modules of fact/ that a number goes through, and how often it comes back to one
MOST_MODULES = 175  # but for the packages that came after the stages, which have commands and tables of their own
APART = re.compile(
    r"(?:^|[/_])(?:check|evaluate|indicators?|panel|places|review|track|filters|frames|many|nearest|pages|samples|settings|settings_file|language|localize|voice)(?:[/._]|$)"
)
NAMED = re.compile(r"(?<![\w/.-])(?:qjreport|tests|benchmarks|fuzz|samples|docs)/[\w/-]+\.(?:py|toml|md|jsonl)\b")
GENERATED = {".venv", ".git", "dist", "build", "__pycache__"}


def list_files() -> list[Path]:
    """The files that git knows, or every file where there is no git."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    if done.returncode == 0 and done.stdout:
        names = done.stdout.decode().split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not GENERATED & set(path.parts)]


@pytest.mark.parametrize("module", [*MODULES, *TESTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_module(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    if text:
        assert text.startswith(('"""', 'r"""')), "a module opens with what it does"


def test_no_float_makes_a_value() -> None:
    """Values are exact decimals; a float between text and value would lose digits unseen."""
    stages = [path for path in MODULES if path.parent.name in ("text", "quantity", "fact")]
    assert [path.name for path in stages if re.search(r"\bfloat\(", path.read_text(encoding="utf-8"))] == []


def test_nothing_of_a_machine_is_in_the_tree() -> None:
    found = []
    for path in list_files():
        if path == Path(__file__):
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in FOREIGN.finditer(text)]
    assert found == []


def test_no_module_is_called_after_nothing() -> None:
    assert [path for path in MODULES if re.search(r"util|helper|misc|common", path.stem)] == []


def name_module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def find_imports(path: Path, known: set[str]) -> set[str]:
    """The modules of the package that a module names in an import, wherever the import stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and not node.level:
            found |= {name if (name := f"{node.module}.{alias.name}") in known else node.module for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return (found & known) - {name_module(path)}


def test_no_circles() -> None:
    """No module imports another that imports it, over whatever others, in a function or for the type checker alone."""
    known = {name_module(path) for path in MODULES}
    left = {name_module(path): find_imports(path, known) for path in MODULES}
    assert left["qjreport.pipeline"] > {"qjreport.model", "qjreport.fact"}
    while free := {name for name, imports in left.items() if not imports}:
        left = {name: imports - free for name, imports in left.items() if name not in free}
    # What is left imports one another, or is imported by such modules alone: only the former makes a circle.
    while idle := set(left) - {name for imports in left.values() for name in imports}:
        left = {name: imports for name, imports in left.items() if name not in idle}
    assert left == {}


def measure_functions() -> Iterator[tuple[int, str]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (node.end_lineno or 0) - node.lineno + 1, f"{path.relative_to(ROOT)}: {node.name}"


def test_functions_fit_a_screen() -> None:
    long = sorted(((lines, name) for lines, name in measure_functions() if lines > LONG_FUNCTION), reverse=True)
    assert [name for lines, name in long if lines > LONGEST_FUNCTION] == []
    assert len(long) <= MOST_LONG, long


def test_modules_are_concepts_and_not_pieces_of_them() -> None:
    names = [path.relative_to(ROOT / "qjreport").as_posix() for path in MODULES]
    assert len([name for name in names if not APART.search(name)]) <= MOST_MODULES


def test_a_number_walks_through_few_modules() -> None:
    """Whoever follows one number of the samples through the stage of facts has few files to open."""
    walk = subprocess.run([sys.executable, "benchmarks/walk.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    told = re.search(r"(\d+) numbers: ([\d.]+) modules, ([\d.]+) returns", walk.stdout)
    assert told is not None, walk.stdout
    assert int(told[1]) > 200
    assert float(told[2]) <= MOST_WALKED
    assert float(told[3]) <= MOST_RETURNS


def test_the_modules_that_a_text_names_are_there() -> None:
    """Documents, scripts and the build name modules and tables by their paths; NAME stands for any."""
    missing = []
    for document in list_files():
        if document.suffix not in (".md", ".toml", ".py", "") or document in MODULES:
            continue
        named = set(NAMED.findall(document.read_bytes().decode("utf-8", "replace")))
        folders = (ROOT, document.parent)
        lost = [name for name in named if not any((folder / name).is_file() for folder in folders)]
        missing += [f"{document.relative_to(ROOT)}: {name}" for name in lost if not re.search("NAME|KIND", name)]
    assert missing == []


def test_importing_the_package_loads_no_stage() -> None:
    program = "import sys, qjreport; print(*[name for name in sys.modules if name.startswith('qjreport')])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True)
    assert set(done.stdout.split()) == {"qjreport", "qjreport.version"}


RULES = frozenset(load_rules().rules)
EXPLAINS = ROOT / "qjreport" / "writers" / "explanation.py"


def find_rule_comparisons(source: str) -> Iterator[str]:
    """Every comparison, `in` and match of a rule's name, also of one that is put together or stands in a list.

    >>> list(find_rule_comparisons('if rule == "item.before" or f"kind.{kind}.object" in draft.rules: pass'))
    ["rule == 'item.before'", "f'kind.{kind}.object' in draft.rules"]
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            parts = [node.left, *node.comparators]
            if any(names_rule(part) for part in parts) or any(holds_rules(part) for part in parts):
                yield ast.unparse(node)
        elif isinstance(node, ast.MatchValue) and names_rule(node.value):
            yield ast.unparse(node)


def names_rule(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        pieces = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z_]+" for part in node.values]
        return any(re.fullmatch("".join(pieces), name) for name in RULES)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and node.value in RULES
    return isinstance(node, (ast.Tuple, ast.List, ast.Set)) and any(names_rule(part) for part in node.elts)


def holds_rules(node: ast.expr) -> bool:
    """draft.rules, mention.rule: what is compared with it is a rule's name, however it is come by."""
    return isinstance(node, ast.Attribute) and node.attr in ("rule", "rules")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_names_of_rules_explain_and_decide_nothing(module: Path) -> None:
    if module != EXPLAINS:
        assert list(find_rule_comparisons(module.read_text("utf-8"))) == []


def test_import_contracts() -> None:
    """The layers, where import-linter is installed (`make lint` installs it)."""
    linter = pytest.importorskip("importlinter", reason="make lint checks the import contracts")
    assert linter
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
