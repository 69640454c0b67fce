"""What a start loads: nothing heavy unless it is used (a person waits once, a script a thousand times)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = str(ROOT / "samples" / "cppcc-report.html")

# Libraries, as `extract --format json` needs them; msgspec brings typing_extensions where that is installed.
LIBRARIES = {"click", "msgspec", "qjreport", "regex", "selectolax"}
INCIDENTAL = {"typing_extensions", "_cython_3_3_0", "cython_runtime"}
# Modules of the standard library that take milliseconds, and that reading one page does not need.
HEAVY = {
    *("_hashlib", "asyncio", "bz2", "concurrent", "csv", "ctypes", "email", "gzip", "hashlib"),
    *(
        "html",
        "http",
        "importlib.metadata",
        "importlib.resources",
        "json",
        "lzma",
        "multiprocessing",
        "pickle",
        "shutil",
        "socket",
    ),
    *("sqlite3", "ssl", "subprocess", "tarfile", "tempfile", "tomllib", "unittest", "xml", "zipfile"),
}
OF_CLICK = {"shutil", "bz2", "lzma"}  # click's help asks for the size of the terminal
PROGRAM = """
import sys
before = set(sys.modules)
sys.argv = ["qjreport", *sys.argv[1:]]
from qjreport.commands import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("\\x00".join(sorted(set(sys.modules) - before)), file=sys.stderr)
"""


def find_loaded(cache: Path, *arguments: str) -> set[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": str(cache), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", PROGRAM, *arguments]
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, encoding="utf-8")
    return set(done.stderr.strip().split("\n")[-1].split("\0"))


def split_library(modules: set[str]) -> set[str]:
    tops = {name.partition(".")[0] for name in modules}
    return tops - sys.stdlib_module_names - {"_sysconfigdata__linux_x86_64-linux-gnu"} - INCIDENTAL


def test_extracting_to_json_loads_these_libraries_and_nothing_heavy(tmp_path: Path) -> None:
    find_loaded(
        tmp_path, "extract", SAMPLE, "--format", "json"
    )  # the first run in a new environment parses the word tables
    loaded = find_loaded(tmp_path, "extract", SAMPLE, "--format", "json")
    assert split_library(loaded) == LIBRARIES
    assert loaded & HEAVY == set()
    assert not {name for name in loaded if name.startswith(("qjreport.batch", "qjreport.page.soup"))}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_loads_click_alone(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    loaded = find_loaded(tmp_path, *arguments)
    assert split_library(loaded) == {"click", "qjreport"}
    assert loaded & HEAVY <= OF_CLICK
    assert {name for name in loaded if name.startswith("qjreport.")} <= {
        "qjreport.commands",
        "qjreport.commands.exit_codes",
        "qjreport.commands.root",
        "qjreport.commands.streams",
        "qjreport.language",
        "qjreport.version",
    }
