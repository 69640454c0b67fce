"""The README on a clean machine: its blocks run in the order in which they stand, after each way to install.

A copy of the checkout, a `PATH` on which there is no qjreport, and caches of its own stand for the machine. Packages
are downloaded, so that these tests run where QJREPORT_INSTALL is set, as in .ci/run. Both READMEs have the same
commands (tests/test_docs.py), so that each way runs once, and what each of them shows is compared after `make demo`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from documents import READMES, WIDTH, CodeBlock, read_blocks

EXTRAS = "[archive,excel,review]"
SHELL = [block.text for block in read_blocks(READMES[0]) if block.language == "sh"]
MAKE, PINS, CHOICES, USE = SHELL
ACTIVATE = MAKE.splitlines()[1]
WAYS = {"make": MAKE, "pins": f"{PINS}{ACTIVATE}\n"} | {line.split()[0]: f"{line}\n" for line in CHOICES.splitlines()}
LEFT_OUT = shutil.ignore_patterns(".venv", ".git", "*_cache", "__pycache__", ".hypothesis", "build", "dist")
ENDINGS = (".csv", ".md", ".txt", ".json", ".xlsx", ".html", ".sqlite")


def test_ways_to_install() -> None:
    assert list(WAYS) == ["make", "pins", "pipx", "uv", "python3"]
    assert all(EXTRAS in WAYS[way] for way in ("pipx", "uv", "python3"))
    assert f'"qjreport{EXTRAS}"' in USE, "what make demo leaves out is installed before it is used"


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_windows_has_the_same_lines(path: Path) -> None:
    """They cannot be run here: their parts have to be those of the line for Linux and macOS."""
    windows = re.search(r"`(py -m venv [^`]+)`", path.read_text(encoding="utf-8"))
    assert windows
    create, activate, install = windows[1].split("; ")
    theirs = WAYS["python3"].strip().replace("python3 -m", "py -m").replace(". .venv/bin/activate", activate)
    assert f"{create} && {activate} && {install}" == theirs
    assert activate == r".venv\Scripts\Activate.ps1"


def test_make_demo_says_what_to_type_next() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    said = makefile.partition("\ndemo:")[2].partition("\n\n")[0]
    assert ". $(BIN)/activate" in said and f'pip install "qjreport{EXTRAS}"' in said
    samples = re.findall(r"samples/[\w.-]+", said)
    assert samples and all((ROOT / sample).exists() for sample in samples)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A checkout, and an environment that knows the Python below this one, pipx and uv, and nothing of qjreport."""
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT, checkout, ignore=LEFT_OUT)
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("pipx", "uv"):
        if found := shutil.which(tool, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"):
            (tools / tool).symlink_to(found)
    kept = {key: value for key, value in os.environ.items() if not re.match("PYTHON|VIRTUAL_ENV|MAKE|MFLAGS|QJ", key)}
    own = {
        "PIPX_HOME": "pipx",
        "PIPX_BIN_DIR": "bin",
        "UV_TOOL_DIR": "uv",
        "UV_TOOL_BIN_DIR": "bin",
        "XDG_CACHE_HOME": "x",
    }
    path = [tmp_path / "bin", tools, Path(sys.base_prefix, "bin"), "/usr/bin", "/bin"]
    yield (
        checkout,
        kept
        | {key: str(tmp_path / name) for key, name in own.items()}
        | {"PATH": os.pathsep.join(map(str, path)), "COLUMNS": WIDTH, "UV_PYTHON": sys.executable},
    )


def write_script(way: str) -> str:
    """Way to install and use; after make all that either README shows, in files of its own."""
    use = (
        USE if way in ("make", "pins") else "".join(line for line in USE.splitlines(True) if "pip install" not in line)
    )
    if way != "make":
        return WAYS[way] + use
    parts = [MAKE]
    for number, block in enumerate(list_shown()):
        if block.language == "console":
            lines = [line[2:] for line in block.text.splitlines() if line.startswith("$ ")]
            commands = "".join(f"echo {quote('$ ' + line)}; ({line}) 2>&1 || true\n" for line in lines)
            language = "zh" if block.document.endswith(".zh.md") else "en"
            parts.append(f"(export QJREPORT_LANG={language}; {commands}) > shown.{number}\n")
        elif block.language == "python":
            parts.append(f"python -m doctest -o ELLIPSIS -o NORMALIZE_WHITESPACE block.{number}\n")
    return "".join([*parts, use])


def quote(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def list_shown() -> list[CodeBlock]:
    return [block for path in READMES for block in read_blocks(path) if block.language in ("console", "python")]


@pytest.mark.skipif("QJREPORT_INSTALL" not in os.environ, reason="downloads packages; .ci/run sets QJREPORT_INSTALL")
@pytest.mark.parametrize("way", WAYS)
def test_readme_on_a_clean_machine(way: str, machine: tuple[Path, dict[str, str]]) -> None:
    checkout, environment = machine
    if way in ("pipx", "uv") and not (checkout.parent / "tools" / way).exists():
        pytest.skip(f"{way} is not installed; make release installs it")
    if way == "make" and not shutil.which("make"):
        pytest.skip("make is not installed")
    assert shutil.which("qjreport", path=environment["PATH"]) is None
    shown = list_shown()
    for number, block in enumerate(shown):
        (checkout / f"block.{number}").write_text(block.text, encoding="utf-8")
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", write_script(way)],
        cwd=checkout,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    for number, block in enumerate(shown):
        if way == "make" and block.language == "console":
            assert (checkout / f"shown.{number}").read_text(encoding="utf-8") == block.text
    written = [name for name in re.findall(r"(?:-o|>) (\S+)", USE) if name.endswith(ENDINGS)]
    assert len(written) >= 8
    assert [name for name in written if not (checkout / name).stat().st_size and name != "audit.txt"] == []
