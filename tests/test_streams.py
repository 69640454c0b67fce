"""Standard streams that are closed or are no real streams; progress as lines, as JSON and as a bar."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from calls import CPPCC

from qjreport.commands import progress
from qjreport.commands.progress import JsonLog, Lines, Progress, show_progress
from qjreport.commands.streams import OutputClosedError, drop_output, settle_streams, speak, write_out


class TestClosed:
    def test_output(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdout", None)
        with pytest.raises(OSError, match="standard output is closed"):
            write_out(b"data")
        drop_output()
        drop_output(flush=True)

    def test_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stderr", None)
        settle_streams()
        speak("nobody hears it")
        JsonLog().say("nor this")
        with show_progress(quiet=False, log_json=False) as shown:
            assert isinstance(shown, Lines)

    def test_a_reader_that_is_gone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Gone(io.BytesIO):
            def write(self, _: object) -> int:
                raise BrokenPipeError

        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(Gone()))
        with pytest.raises(OutputClosedError):
            write_out(b"data")
        monkeypatch.undo()

    @pytest.mark.skipif(sys.platform == "win32", reason="descriptors of POSIX")
    def test_as_a_process(self) -> None:
        for closed, code in ((">&-", 1), ("2>&-", 0), ("<&-", 0)):
            command = f'"{sys.executable}" -m qjreport extract "{CPPCC}" -f json {closed}'
            done = subprocess.run(command, shell=True, capture_output=True)
            assert done.returncode == code, command
            assert b"Traceback" not in done.stderr
        done = subprocess.run(f'"{sys.executable}" -m qjreport extract - <&-', shell=True, capture_output=True)
        assert done.returncode == 1
        assert b"standard input is closed; name a file" in done.stderr


def advance(shown: Progress) -> None:
    shown.list_input(progress.LISTED)
    shown.list_input(progress.LISTED + 1)
    shown.inputs = 9
    shown.advance(2, 1, 40)
    shown.say("done \x1b[31m so far")


class TestProgress:
    def test_lines(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setattr(progress, "EVERY", 0)
        advance(Lines())
        said = capsys.readouterr().err.splitlines()
        assert said[0] == f"qjreport: {progress.LISTED} inputs found"
        assert said[1].startswith("qjreport: 3 of 9 inputs: 2 documents, 1 failures, 40 facts; ")
        assert said[2] == "qjreport: done \ufffd[31m so far"

    def test_lines_come_now_and_then(self, capsys: pytest.CaptureFixture[str]) -> None:
        advance(Lines())
        assert len(capsys.readouterr().err.splitlines()) == 2

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        advance(JsonLog())
        [line] = capsys.readouterr().err.splitlines()
        assert json.loads(line) == {"event": "message", "message": "done \x1b[31m so far"}

    def test_bar(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pytest.importorskip("rich")
        screen = io.StringIO()
        monkeypatch.setattr(screen, "isatty", lambda: True)
        monkeypatch.setattr(sys, "stderr", screen)
        with show_progress(quiet=False, log_json=False) as shown:
            assert isinstance(shown, progress.Bar)
            advance(shown)
        assert "\x1b[31m so far" not in screen.getvalue()
        assert "so far" in screen.getvalue()

    def test_quiet(self, capsys: pytest.CaptureFixture[str]) -> None:
        with show_progress(quiet=True, log_json=False) as shown:
            advance(shown)
            assert Progress().left == 0.0
        assert capsys.readouterr().err == ""
