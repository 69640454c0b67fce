"""Nothing is ever fetched: no command opens a socket or looks up a name, whatever the page asks for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

PAGE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://dtd.example.test/xhtml1.dtd" [
<!ENTITY outside SYSTEM "http://entity.example.test/secret"> <!ENTITY file SYSTEM "file:///etc/hostname">
<!ENTITY % more SYSTEM "http://more.example.test/x.dtd"> %more; ]>
<?xml-stylesheet href="http://style.example.test/a.xsl"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><base href="http://base.example.test/">
<meta http-equiv="refresh" content="0;url=http://refresh.example.test/">
<link rel="stylesheet" href="http://link.example.test/a.css">
<link rel="preconnect dns-prefetch" href="//dns.example.test">
<script src="http://script.example.test/a.js"></script><style>@import "http://import.example.test/a.css";</style></head>
<body background="http://background.example.test/a.png"><h1>白溪区政协工作报告</h1>
<img src="http://img.example.test/a.png" srcset="http://set.example.test/b.png 2x">
<iframe src="http://frame.example.test/"></iframe><object data="http://object.example.test/"></object>
<svg><image href="http://svg.example.test/a.png"/><use href="http://use.example.test/#a"/></svg>
<xi:include href="http://include.example.test/a.xml"/>
<p>全年办理提案459件，办复率达到100%&outside;&file;，详见<a href="http://a.example.test/">附表</a>。</p></body></html>
"""

# Raises at anything that uses the network, and names it; multiprocessing's own pipes do not count.
GUARD = """
import sys
def refuse(event, args):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        if event == "socket.__new__" and args[1] == getattr(__import__("_socket"), "AF_UNIX", None):
            return
        if event in ("socket.bind", "socket.connect") and isinstance(args[1], (str, bytes)):
            return
        sys.stderr.write(f"REACHED OUT: {event} {args}\\n")
        sys.stderr.flush()
        __import__("os")._exit(99)
sys.addaudithook(refuse)
"""
RUN = "from qjreport.commands.root import run; import sys; sys.exit(run())"


@pytest.fixture
def guard(tmp_path: Path) -> dict[str, str]:
    """An environment whose every Python, workers of a batch among them, is guarded."""
    folder = tmp_path / "guard"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(GUARD)
    return {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "PYTHONNOUSERSITE": "1"}


def call(guard: dict[str, str], folder: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-c", RUN, *args], cwd=folder, env=guard, capture_output=True, timeout=60)


def test_the_guard_holds(guard: dict[str, str], tmp_path: Path) -> None:
    for program in (
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('example.test', 80)",
        "import urllib.request; urllib.request.urlopen('http://a.example.test/')",
    ):
        done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=guard, capture_output=True)
        assert (done.returncode, b"REACHED OUT" in done.stderr) == (99, True)


@pytest.mark.parametrize(
    "args",
    [
        ["extract", "page.html", "--audit"],
        ["extract", "page.html", "--reader", "soup"],
        ["extract", "page.html", "--format", "table"],
        ["text", "page.html", "--format", "markdown"],
        ["outline", "page.html"],
        ["audit", "page.html"],
        ["explain", "page.html"],
        ["review", "page.html"],
    ],
    ids=" ".join,
)
def test_no_command_reaches_out(guard: dict[str, str], tmp_path: Path, args: list[str]) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    done = call(guard, tmp_path, *args)
    assert done.returncode == 0, done.stderr
    assert {"audit": "2 facts", "outline": "白溪区"}.get(args[0], "459") in done.stdout.decode()
    hostname = Path("/etc/hostname")
    if hostname.is_file() and len(hostname.read_text().strip()) > 3:
        assert hostname.read_text().strip() not in done.stdout.decode()


@pytest.mark.parametrize(
    "args",
    [["samples", "here"], ["schema"], ["places", "綦江"], ["indicators"], ["lexicon", "list", "units"], ["--help"]],
    ids=" ".join,
)
def test_no_command_without_a_page_reaches_out(guard: dict[str, str], tmp_path: Path, args: list[str]) -> None:
    done = call(guard, tmp_path, *args)
    assert done.returncode == 0 and done.stdout + done.stderr, done.stderr


def test_no_batch_and_no_export_reaches_out(guard: dict[str, str], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="needs the extra archive")
    pytest.importorskip("polars", reason="needs the extra panel")
    (tmp_path / "pages").mkdir()
    for name in ("page.html", "page.xml", "http:__a.example.test.html"):
        (tmp_path / "pages" / name).write_text(PAGE, encoding="utf-8")
    done = call(guard, tmp_path, "batch", "pages", "-o", "facts", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    for name in ("facts.csv", "facts.jsonl", "facts.sqlite"):
        done = call(guard, tmp_path, "export", "facts", "-o", name)
        assert done.returncode == 0, done.stderr
    for command in (["status"], ["check"], ["panel", "-o", "panel.csv"], ["track", "-o", "track.csv"]):
        done = call(guard, tmp_path, command[0], "facts", *command[1:])
        assert done.returncode == 0, done.stderr
    assert [json.loads(line)["quote"] for line in (tmp_path / "facts.jsonl").read_bytes().splitlines()][:1] == ["459件"]


def test_an_address_is_not_a_page(guard: dict[str, str], tmp_path: Path) -> None:
    for name in (
        "http://a.example.test/report.html",
        "ftp://a.example.test/report.html",
        "//a.example.test/report.html",
    ):
        done = call(guard, tmp_path, "extract", name)
        assert done.returncode == 1
        assert (b"works offline" if name.startswith("http") else b"no such file") in done.stderr
