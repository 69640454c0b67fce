"""What a confined process is asked to do in the tests, by name: `confined_work:FUNCTION`."""

from __future__ import annotations

import os
import signal
import sys
import time

from qjreport.sources import listing
from qjreport.sources.confined import Parts
from qjreport.sources.listing import serve_file

MIB = 1024 * 1024


def count(question: bytes) -> Parts:
    for number in range(int(question)):
        yield b"%d" % number, False


def hang(question: bytes) -> Parts:
    """After so many parts."""
    yield from count(question)
    time.sleep(600)


def crawl_along(question: bytes) -> Parts:
    """A part now and then, without an end."""
    while True:
        time.sleep(float(question))
        yield b"", False


def swell(question: bytes) -> Parts:
    """At once to so many MiB, or step by step."""
    size, step = map(int, question.split())
    held = []
    for _ in range(0, size, step):
        held.append(b"x" * (step * MIB))
        time.sleep(0.05)
    yield b"%d" % len(held), False


def end(question: bytes) -> Parts:
    yield b"first", False
    os.kill(os.getpid(), int(question))
    time.sleep(5)
    yield b"still here", False


def end_once(question: bytes) -> Parts:
    """By SIGKILL, unless it was tried before."""
    yield b"first", False
    if not os.path.exists(question):  # noqa: PTH110
        open(question, "wb").close()  # noqa: PTH123
        os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(60)
    yield b"second", False


def chat(_: bytes) -> Parts:
    """Three parts that may be asked for; asking for the second hangs, for the third ends the process."""
    for number in range(3):
        word = yield b"%d" % number, True
        while word:
            if number == 1:
                time.sleep(600)
            if number == 2:
                os.kill(os.getpid(), signal.SIGSEGV)
            word = yield word * 2, True


def fail(_: bytes) -> Parts:
    print("this is no answer")
    sys.stdout.flush()
    raise IndexError("string index out of range")
    yield b"", False


def list_but_hang(packed: bytes) -> Parts:
    """As files are listed, but after the first part of those whose second member is called so."""
    listing.BATCH = 1
    parts, word = serve_file(packed), b""
    part, waits = next(parts)
    while b"hangs.html" not in part:
        word = yield part, waits
        part, waits = parts.send(word)
    time.sleep(600)
