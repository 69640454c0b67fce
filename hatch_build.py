"""What a wheel brings for a fast start: the patterns and word tables that a start derives, for the Python that builds.

`HATCH_BUILD_HOOK_ENABLE_CUSTOM=1 python -m build --wheel .` reads the samples once, with the sources of this folder,
and puts what qjreport/start_cache.py keeps of that into the wheel. The build needs qjreport's own dependencies for it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Reads pages of every kind by the commands that people begin with, then writes the file.
PROGRAM = """
import contextlib, gc, os, sys, zlib
from regex import _regex_core

def write_key(key):
    if isinstance(key, (tuple, list)):
        return "(" + " ".join(map(write_key, key)) + ")"
    return key.__name__ if isinstance(key, type) else write_key(key._key) if hasattr(key, "_key") else repr(key)

# regex orders alternatives by what a class hashes to, its address: any order is right, and one is the same each time.
_regex_core.RegexBase.__hash__ = lambda node: zlib.crc32(write_key(node._key).encode("utf-8", "replace"))

from qjreport.commands import main
from qjreport.start_cache import KEPT, LatePattern
from qjreport.text.patterns import keep_patterns

KEPT.path = KEPT.brought = None
file, folder = sys.argv[1:]
page = os.path.join(folder, "cppcc-report.html")
commands = ["extract", folder, "--format", "json"], ["audit", folder], ["outline", page], ["explain", page, "1"]
for arguments in commands:
    sys.argv = ["qjreport", *arguments]
    with contextlib.suppress(SystemExit), open(os.devnull, "w") as quiet, contextlib.redirect_stdout(quiet):
        main()
gc.unfreeze()  # what a command freezes at its end
waiting = [thing for thing in gc.get_objects() if isinstance(thing, LatePattern)]
for late in sorted(waiting, key=lambda late: repr(late.make.args)):
    late.settle()  # what none of the samples asks
keep_patterns()
assert KEPT.fresh, "nothing was kept"
KEPT.write_brought(file)
"""


class StartCache(BuildHookInterface[Any]):
    """Adds qjreport/start_cache.<Python>.bin to a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":  # a checkout keeps its own
            return
        self.folder = tempfile.TemporaryDirectory()
        name = f"start_cache.{sys.implementation.cache_tag}.bin"
        file = Path(self.folder.name, name)
        write_file(Path(self.root), file)
        build_data["force_include"][str(file)] = f"qjreport/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self.folder.cleanup()


def write_file(root: Path, file: Path) -> None:
    """Write the file for this Python from the sources in `root`. Raises CalledProcessError where they do not run."""
    settled = {"PYTHONPATH": str(root), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    samples = root / "samples"
    command = [sys.executable, "-c", PROGRAM, str(file), str(samples)]
    with tempfile.TemporaryDirectory() as elsewhere:  # where no settings lie
        subprocess.run(command, env={**os.environ, **settled}, cwd=elsewhere, check=True)
