"""The rules of the house that a machine can hold: layers, circles, the length of functions, nothing of a machine."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

MODULES = sorted((ROOT / "qjreport").rglob("*.py"))
TESTS = sorted([*(ROOT / "tests").glob("*.py"), *(ROOT / "fuzz").glob("*.py")])

# A registry, a proxy or a path of somebody's machine has no place in a repository that others clone.
FOREIGN = re.compile(
    r"pypi\.org|pythonhosted|(?<!emit-)index-url|find-links|trusted-host|https?://(?:localhost|127\.|10\.|192\.168\.)"
    r"|(?<![\w.])/(?:home|root|Users|work|opt|srv|mnt)/\w"
)
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


def test_importing_the_package_loads_no_stage() -> None:
    program = "import sys, qjreport; print(*[name for name in sys.modules if name.startswith('qjreport')])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True)
    assert done.stdout.split() == ["qjreport", "qjreport.version"]


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
