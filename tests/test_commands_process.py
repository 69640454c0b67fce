"""The commands as processes of their own: what only a real process shows."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from calls import CPPCC, PAGE
from conftest import ROOT, SAMPLES, Run, undisturbed


class TestProcess:
    """What only a real process shows."""

    def test_all_three_launchers(self, run: Run, tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        page.write_bytes(PAGE)
        module = run("extract", page).stdout
        script = subprocess.run([sys.executable, ROOT / "cli.py", "extract", page], capture_output=True).stdout
        assert module == script
        assert json.loads(module)["facts"]

    @pytest.mark.parametrize("env", [{"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}])
    def test_utf8_whatever_the_environment_says(self, run: Run, env: dict[str, str]) -> None:
        for args in (["text", CPPCC], ["extract", CPPCC, "--format", "table"], ["schema", "--table"], ["--help"]):
            done = run(*args, **env)
            assert done.returncode == 0, done.stderr
            assert done.stdout.decode("utf-8")
        assert "没有" in run("extract", "没有.html", **env).stderr.decode("utf-8")

    def test_exit_codes(self, run: Run) -> None:
        assert run("extract", CPPCC).returncode == 0
        assert run("extract", "missing.html").returncode == 1
        assert run("extract").returncode == 2
        assert run("extract", CPPCC, "--format", "xml").returncode == 2

    def test_nothing_but_data_on_standard_output(self, run: Run) -> None:
        done = run("extract", "missing.html", CPPCC)
        assert json.loads(done.stdout)
        assert done.stderr.startswith(b"qjreport: missing.html: ")

    @pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
    def test_a_closed_pipe_is_quiet(self) -> None:
        command = f"{sys.executable} -m qjreport extract {' '.join(map(str, SAMPLES))} -f jsonl; echo code $? >&2"
        done = subprocess.run(f"{{ {command}; }} | head -c 1", shell=True, capture_output=True, cwd=ROOT)
        assert done.stdout == b"{"
        assert done.stderr.split() == [b"code", b"0"]

    @undisturbed
    @pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
    def test_interrupted_is_130(self, tmp_path: Path) -> None:
        page, target = tmp_path / "page.html", tmp_path / "facts.json"
        os.mkfifo(page)
        command = [sys.executable, "-m", "qjreport", "extract", page, "-o", target]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT)
        with page.open("wb"):  # waits until someone opens it for reading
            process.send_signal(signal.SIGINT)
        # The end of the file wakes a read that began between the signal and Python's handling of it.
        _, said = process.communicate(timeout=20)
        assert process.returncode == 130
        assert b"Traceback" not in said
        assert list(tmp_path.iterdir()) == [page]

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")
    def test_a_full_disk(self, run: Run) -> None:
        with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
            command = [sys.executable, "-m", "qjreport", "extract", CPPCC]
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=ROOT)
        assert done.returncode == 1
        assert done.stderr.startswith(b"qjreport: cannot write: ")
        assert b"Traceback" not in done.stderr

    @pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are bytes on Linux")
    def test_a_file_name_that_is_no_text(self, tmp_path: Path) -> None:
        page = os.fsencode(tmp_path) + b"/\xb1\xa8.txt"
        with open(page, "wb") as stream:  # noqa: PTH123 - a name in bytes
            stream.write(PAGE)
        for format_ in ("json", "csv", "table", "markdown"):
            command = [sys.executable, "-m", "qjreport", "extract", page, "--format", format_]
            done = subprocess.run(command, capture_output=True, cwd=ROOT)
            assert done.returncode == 0, done.stderr
            assert done.stdout.decode("utf-8")

    @undisturbed
    def test_modules_that_extract_loads(self, tmp_path: Path) -> None:
        """Each costs every call some milliseconds; rich is only for people, bs4 only for --reader soup."""
        (tmp_path / "page.html").write_bytes(PAGE)
        program = (
            "import sys\n"
            "from qjreport.commands.root import run\n"
            "sys.argv[1:] = ['extract', 'page.html', '--format', 'json', '-o', 'out.json']\n"
            "run()\n"
            "print(*sorted({name.split('.')[0] for name in sys.modules}))"
        )
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, capture_output=True, cwd=tmp_path, env=env, check=True, text=True)
        loaded = set(done.stdout.split())
        third_party = {name for name in loaded if name not in sys.stdlib_module_names and not name.startswith("_")}
        ours = {"click", "msgspec", "qjreport", "regex", "selectolax"}
        theirs = {"typing_extensions", "cython_runtime"}  # of msgspec and selectolax
        assert third_party <= ours | theirs | installed_hooks()
        assert not loaded & {"asyncio", "email", "http", "multiprocessing", "ssl", "unittest", "xml"}

    def test_help_loads_no_stage(self) -> None:
        program = (
            "import sys\nfrom qjreport.commands.root import root\n"
            "root.main(['--help'], standalone_mode=False)\nprint(*sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=ROOT, check=True, text=True)
        loaded = done.stdout.split("\n")[-2].split()
        assert not [
            name for name in loaded if name.startswith(("qjreport.p", "qjreport.fact", "msgspec", "regex", "rich"))
        ]


def installed_hooks() -> set[str]:
    """What the environment itself loads at start: the .pth files of its packages."""
    program = "import sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    return set(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.split())
