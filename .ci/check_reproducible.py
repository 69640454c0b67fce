"""Builds the wheel and the source archive twice, as two different machines would, and compares them byte by byte.

    python .ci/check_reproducible.py [COMPILED_WHEEL]

The second build has another folder, umask, time zone, locale, hash seed and other times of its files, and builds its
wheel from the source archive; the results must be the same. If you name a wheel with compiled stages, which `make fast`
makes, the script builds it once more in the same way and compares.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GENERATED = shutil.ignore_patterns(
    ".venv*", ".git", "dist", "build", "__pycache__", "*_cache", ".hypothesis", ".coverage*"
)
LONG_AGO = 946_684_800  # the year 2000
MACHINES = (
    ("checkout", 0o022, ("--wheel", "--sdist"), {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}),
    ("elsewhere/长 name", 0o077, (), {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "2"}),
)
RELEASED = {"HATCH_BUILD_HOOK_ENABLE_MYPYC": "1", "HATCH_BUILD_HOOK_ENABLE_CUSTOM": "1"}  # as compiled wheels are built


def build(folder: Path, umask: int, options: tuple[str, ...], env: dict[str, str]) -> dict[str, str]:
    """The names of the built files and their SHA-256."""
    shutil.copytree(ROOT, folder, ignore=GENERATED)
    if umask == 0o077:
        for path in folder.rglob("*"):
            path.chmod(path.stat().st_mode & ~umask)
            os.utime(path, (LONG_AGO, LONG_AGO))
    clean = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    command = [sys.executable, "-m", "build", "--no-isolation", *options, "--outdir", "dist", "."]
    done = subprocess.run(command, cwd=folder, env={**clean, **env}, umask=umask, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("dist/*"))}


def main() -> None:
    with tempfile.TemporaryDirectory() as work:
        one, other = (build(Path(work, name), *machine) for name, *machine in MACHINES)
    if one != other or len(one) != 2:
        sys.exit(f"two builds are not the same:\n{one}\n{other}")
    for path in map(Path, sys.argv[1:]):
        one[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        other = build_compiled()
        if other != {path.name: one[path.name]}:
            sys.exit(f"built once more, {path} is not the same: {one[path.name]}\n{other}")
    for name, digest in one.items():
        print(f"{digest}  {name}")


def build_compiled() -> dict[str, str]:
    name, umask, _, env = MACHINES[1]
    with tempfile.TemporaryDirectory() as work:
        return build(Path(work, name), umask, ("--wheel",), {**env, **RELEASED})


main()
