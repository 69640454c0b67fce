"""Commands on a system that is short of something: files, disk, folders, patience. They say so, without a traceback."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archives import make_page, write
from batches import do_batch
from conftest import ROOT, SAMPLES, undisturbed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits and signals of Linux")

COMMAND = [sys.executable, "-m", "qjreport"]
ENV = {**os.environ, "PYTHONPATH": str(ROOT)}


def call(*args: str | Path, files: int = 0, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command, with so many files that it may open."""

    def limit() -> None:
        if files:
            import resource

            resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))

    command = [*COMMAND, *map(str, args)]
    return subprocess.run(command, env=ENV | more, cwd=cwd, capture_output=True, text=True, preexec_fn=limit)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    for number in range(6):
        write(tmp_path / f"pages/{number}.html", make_page(number))
    return tmp_path / "pages"


@undisturbed
@pytest.mark.parametrize("files", [5, 6, 8, 11, 13])
def test_files(pages: Path, tmp_path: Path, files: int) -> None:
    done = call("batch", pages, "-o", tmp_path / "out", "-q", files=files)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert call("batch", pages, "-o", tmp_path / "out", "-q").returncode == 0


@undisturbed
@pytest.mark.parametrize("files", [5, 6])
def test_files_for_a_page(files: int) -> None:
    assert "Traceback" not in call("extract", SAMPLES[0], "--format", "csv", files=files).stderr


def test_the_working_directory(pages: Path, tmp_path: Path) -> None:
    program = (
        "import os, subprocess, sys; os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone');"
        "sys.exit(subprocess.run(sys.argv[1:]).returncode)"
    )
    for args in (["batch", pages, "-o", tmp_path / "out"], ["extract", pages / "1.html", "-o", "facts.json"]):
        command = [sys.executable, "-c", program, *COMMAND, *map(str, args)]
        done = subprocess.run(command, env=ENV, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 1
        assert "the working directory was removed; change to another one" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("columns", ["9" * 20, "9" * 5000])
def test_columns(columns: str) -> None:
    for args in (["--help"], ["extract", SAMPLES[0], "--format", "table"]):
        done = call(*args, COLUMNS=columns)
        assert done.returncode == 0, done.stderr
        assert max(map(len, done.stdout.splitlines())) < 200


@pytest.mark.parametrize("args", [["--help"], ["batch", "--help"], ["--version"], ["schema"]])
def test_a_reader_who_has_seen_enough(args: list[str]) -> None:
    command = f"{{ {' '.join([*COMMAND, *args])}; echo code $? >&2; }} | true"
    done = subprocess.run(command, shell=True, env=ENV, capture_output=True, text=True)
    assert done.stderr.split() == ["code", "0"]


@pytest.mark.parametrize("factor", ["9" * 5000, f"0x{'f' * 5000}", f'"{"9" * 5000}"', f"1{'_0' * 3000}"])
def test_a_factor_without_an_end(tmp_path: Path, factor: str) -> None:
    words = write(tmp_path / "words.toml", f'[[units]]\nname = "箩"\ndimension = "count"\nfactor = {factor}\n'.encode())
    done = call("lexicon", "check", words)
    assert done.returncode == 1
    assert f"{words}:4: error: " in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stdout + done.stderr) < 1000


@pytest.mark.skipif(not shutil.which("mount") or os.geteuid() != 0, reason="mounts a small disk")
@pytest.mark.parametrize("name", ["facts.xlsx", "facts.sqlite", "facts.csv"])
def test_the_disk(pages: Path, tmp_path: Path, name: str) -> None:
    do_batch(tmp_path / "out", pages)
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", small], capture_output=True).returncode:
        pytest.skip("mounts nothing here")
    try:
        done = call("export", tmp_path / "out", "-o", small / name)
        left = list(small.iterdir())
    finally:
        subprocess.run(["umount", small], check=True)
    assert done.returncode == 1
    assert "cannot be written: " in done.stderr
    assert "Traceback" not in done.stderr
    assert left == []


@undisturbed
@pytest.mark.parametrize("pause", [0.0, 0.02, 0.2])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_patience(pages: Path, tmp_path: Path, number: signal.Signals, pause: float) -> None:
    """A second signal, and a third one while the second is obeyed."""
    command = [*COMMAND, "batch", str(pages), "-o", str(tmp_path / "out"), "--log-json"]
    with subprocess.Popen(command, env=ENV, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert process.stderr.readline()  # handlers are set by then
        for _ in range(3):
            process.send_signal(number)
            time.sleep(pause)
            if process.poll() is not None:
                break
        said = process.stderr.read().decode()
    assert process.returncode in (0, 130, 143, -number), said
    assert "Traceback" not in said, said
    assert "Exception" not in said, said
    assert call("batch", pages, "-o", tmp_path / "out", "-q").returncode == 0
