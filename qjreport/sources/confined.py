"""Archives are listed and unpacked in a process of their own, whose time, memory and output are bounded from outside.

A file that is made to do harm may hang in a C library or end its process; whoever asked, the planner of a batch or
`extract`, must outlive that. `Confined` starts the process, asks it to run a function of this package by its name, and
hands on what that gives, part by part. A part that takes too long or too much memory ends the process, and so does a
file that takes too long as a whole; the next question starts another. A process that somebody else ended says nothing
of the file: it is asked once more.

The process is started by its command line and not by `multiprocessing`, which would run the script of whoever calls
`read_source` once more. It ends with its parent, and leaves Ctrl-C and SIGTERM to it.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

import msgspec

from qjreport.sources.entry import MIB, DamageError, Failure, FailureError, explain_error
from qjreport.sources.errors import SourceError
from qjreport.sources.walk import explain_os

LOOK = 0.1  # seconds between two looks at the memory of the process
START = 120.0  # seconds that it may take to load, on a machine that is busy
IDLE = 300.0  # seconds without a question after which it ends: a worker of a cluster outlives the batch
PARENT_LOOK = 0.5  # seconds between two looks whether the parent is still there
HEADROOM = 512 * MIB  # of addresses that libraries may yet reserve without using them: arenas, stacks
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
MOST_PART = 256 * MIB  # bytes of an answer: the page of a file that a person named
MIB_TIME = 8.0  # seconds of a file's time for each MiB of it: xz and bzip2 take one or two
MOST_TIMES = 3  # times the limit of a part that a small file may take as a whole
MOST_ENDED = 4  # times that somebody else ends the process before the question is given up
MOST_FAULTS = 2  # times that a file ends it before it is to blame: a fault, too, may be sent
# Ctrl-C and what a service manager or a closed terminal sends: they reach the whole group, and are for the parent.
FOR_PARENT = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name)
)
# What code does to itself; any other signal came from outside.
FAULTS = ("SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL", "SIGABRT", "SIGTRAP", "SIGSYS", "SIGXCPU")
BROKEN_OFF = ("timeout", "memory", "crash", "ended")  # errors after which the rest of a file was not listed
REMEDY = "unpack it and name the pages in it"

# What a function gives: a part, and whether a word may come before it goes on, which is answered by another part.
Parts = Generator[tuple[bytes, bool], bytes, None]


class Bounds(msgspec.Struct, frozen=True):
    """What reading a part of an archive may take."""

    seconds: float = 60.0
    memory: int = 384 * MIB  # of the process; it has some 40 MiB before it begins


class EndedError(Exception):
    """The process ended; by a fault, of which the file may be to blame, or by somebody."""

    def __init__(self, how: str, *, fault: bool = False) -> None:
        super().__init__(how)
        self.fault = fault


class Confined:
    """A process that reads archives, replaced whenever one of them ends it. One thread at a time may use it."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.process: subprocess.Popen[bytes] | None = None
        self.left: weakref.finalize[..., Confined] | None = None  # ends a process that nobody asks any more
        self.parts: queue.Queue[tuple[bytes, bytes]] = queue.Queue(2)
        self.ended = threading.Event()  # of the process at hand
        self.used = 0.0
        self.waited = 0.0
        self.looked = 0.0
        self.spent: Failure | None = None  # what a part took too much of, after which the others go on
        self.begun = False  # whether a question was asked and not answered to its end
        self.closed = False

    def __enter__(self) -> Confined:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def call(self, function: str, question: bytes, size: int = 0) -> bytes:
        """The last part that a function gives; as `run`."""
        answer = b""
        for part in self.run(function, question, size):
            answer = part
        return answer

    def run(self, function: str, question: bytes, size: int = 0) -> Iterator[bytes]:
        """The parts that `module:function` gives, of a file of so many bytes.

        Who gets a part that waits for a word may say one by `ask`. Raises FailureError where the function does, or
        where it takes too much; SourceError where shared storage does not answer, or no process can be started.
        Where the process was ended before it was done, all parts come once more.
        """
        self.waited, self.spent = 0.0, None
        most = MOST_TIMES * self.bounds.seconds + MIB_TIME * size / MIB
        faults = 0
        for turn in range(1, MOST_ENDED + 1):
            try:
                yield from self.run_once(function, question, most)
                return
            except EndedError as error:
                faults += error.fault
                if error.fault and faults == MOST_FAULTS:
                    raise fail("crash", tell_crash(str(error))) from None
                if turn == MOST_ENDED or self.closed:
                    raise FailureError(self.spent or fail("ended", tell_ended(str(error))).failure) from None

    def run_once(self, function: str, question: bytes, most: float) -> Iterator[bytes]:
        self.make_ready()
        self.begun = True
        try:
            self.send(function.encode())
            self.send(question)
            while True:
                kind, part = self.receive(most)
                if kind == b"E":
                    break
                if kind == b"F":
                    raise FailureError(msgspec.msgpack.decode(part, type=Failure))
                if kind == b"S":
                    raise SourceError(*json.loads(part))
                yield part
                if kind == b"A":
                    self.send(b"")
            self.begun, self.used = False, time.monotonic()
        finally:
            if self.begun:  # it was given up, by whoever asked or for what it took
                self.kill()

    def ask(self, word: bytes) -> bytes:
        """What the function says to a word, where the part that it gave last waits for one. Raises FailureError.

        Where saying it takes too much, what the function gives goes on after that part.
        """
        try:
            self.send(word)
            kind, part = self.receive(float("inf"))
            if kind != b"L":
                raise FailureError(msgspec.msgpack.decode(part, type=Failure))
            return part
        except EndedError as error:
            self.kill()
            failure = fail("crash", tell_crash(str(error))) if error.fault else fail("ended", tell_ended(str(error)))
        except FailureError as error:
            self.kill()
            failure = error
        self.spent = failure.failure
        raise failure

    def make_ready(self) -> None:
        if self.begun or time.monotonic() - self.used > IDLE / 2:
            self.kill()  # it ends by itself sooner or later, perhaps just now
        if self.process is None:
            self.start()

    def start(self) -> None:
        path = json.dumps([os.fsencode(part).hex() for part in sys.path])
        program = (
            "import os, sys, json; sys.path[:] = [os.fsdecode(bytes.fromhex(one)) for one in json.loads(sys.argv[1])];"
            "from qjreport.sources.confined import serve; serve(int(sys.argv[2]), int(sys.argv[3]))"
        )
        command = [sys.executable, "-c", program, path, str(os.getpid()), str(self.bounds.memory)]
        pipe = subprocess.PIPE
        try:
            with hide_signals(), hide_main():
                self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
                self.left = weakref.finalize(self, end_process, self.process)  # where who asked is gone without closing
        except OSError as error:
            raise explain_start(error.strerror or str(error)) from error
        self.parts, self.ended = queue.Queue(2), threading.Event()
        threading.Thread(target=collect, args=(self.process, self.parts, self.ended), daemon=True).start()
        try:
            kind, _ = self.parts.get(timeout=START)
        except queue.Empty:
            kind = b""
        if kind == b"!":
            code = self.process.wait()
            self.kill()
            if code < 0:
                raise EndedError(f"signal {-code}")
        if kind != b"R":
            self.kill()
            raise explain_start("it ends" if kind else f"it takes more than {START:g} seconds")
        self.used = time.monotonic()

    def send(self, data: bytes) -> None:
        if self.process is None:
            raise EndedError("its limits")
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(len(data).to_bytes(4, "little") + data)
            self.process.stdin.flush()
        except OSError as error:
            self.explain_end(error)

    def receive(self, most: float) -> tuple[bytes, bytes]:
        begun = time.monotonic()
        while True:
            now = time.monotonic()
            if now - self.looked > LOOK:
                self.looked = now
                self.measure()
            try:
                kind, part = self.parts.get(timeout=LOOK)
            except queue.Empty:
                kind, part = b"", b""
            self.waited += time.monotonic() - now
            if kind == b"!":
                self.explain_end(None)
            if kind:
                return kind, part
            if now - begun > self.bounds.seconds or self.waited > most:
                seconds = self.bounds.seconds if now - begun > self.bounds.seconds else most
                raise fail("timeout", f"took more than {seconds:g} seconds; {REMEDY}, or raise --time-limit")

    def measure(self) -> None:
        """Raises FailureError where the process uses more memory than it may, if the system says how much."""
        assert self.process is not None
        if measure_memory(self.process.pid) > self.bounds.memory:
            raise fail("memory", tell_memory(self.bounds.memory))

    def explain_end(self, error: OSError | None) -> None:
        """Raises EndedError, which says how the process ended."""
        assert self.process is not None
        try:
            code = self.process.wait(2)
        except subprocess.TimeoutExpired:
            code = 0
        name = signal.Signals(-code).name if code < 0 and -code in {*signal.Signals} else f"code {code}"
        raise EndedError(name, fault=code >= 0 or name in FAULTS) from error

    def kill(self) -> None:
        process, self.process = self.process, None
        self.begun = False
        self.ended.set()
        if process is not None:
            end_process(process)
            if self.left is not None and self.process is None:
                self.left.detach()

    def close(self) -> None:
        """Ask no more, even where another thread is at it."""
        self.closed = True
        self.kill()


def end_process(process: subprocess.Popen[bytes]) -> None:
    """End it, wait for that, and close what led to it; nothing where that was done before."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue  # what was still to be written to a process that is gone


def collect(process: subprocess.Popen[bytes], parts: queue.Queue[tuple[bytes, bytes]], ended: threading.Event) -> None:
    """Hand on what the process writes until it ends, or writes more than an answer may have; two parts wait at most."""
    stdout = process.stdout
    assert stdout is not None
    head = part = b""
    while not ended.is_set():
        try:
            if not head:
                head = stdout.read(5)
                size = int.from_bytes(head[1:], "little")
                part = stdout.read(size) if len(head) == 5 and size <= MOST_PART else b""
                if len(head) < 5 or len(part) < size:
                    head, part = b"!", b""
            parts.put((head[:1], part), timeout=LOOK)
            if head == b"!":
                return
            head = b""
        except queue.Full:
            continue
        except (OSError, ValueError):  # it was closed here
            return


def explain_start(reason: str) -> SourceError:
    return SourceError("qjreport", f"cannot start the process that reads archives ({reason})", "--jobs 0 needs none")


def fail(error: str, message: str) -> FailureError:
    return FailureError(Failure(stage="source", error=error, message=message))


def tell_crash(how: str) -> str:
    return f"ended the process that read it ({how}); {REMEDY}"


def tell_ended(how: str) -> str:
    return f"somebody ended the process that read it ({how}); the next run reads it again"


def tell_memory(memory: int) -> str:
    return f"needs more than {memory // MIB} MiB of memory; {REMEDY}, or raise --memory-limit"


@contextmanager
def hide_signals() -> Iterator[None]:
    """A process that is started here never sees what is sent to the whole group, not even while it loads."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, FOR_PARENT)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# Held while a process is started: `__main__` is another one meanwhile, and a parent that ends before it has told the
# new process what to do leaves it with a traceback on the terminal.
STARTING = threading.Lock()


@contextmanager
def hide_main() -> Iterator[None]:
    """A process that is started here does not run the caller's script once more, as `multiprocessing` has it do.

    Nothing that these processes call lives in the script, and one without `if __name__ == "__main__":` would start
    them again, and fail.
    """
    main = sys.modules["__main__"]
    with STARTING:
        spec, path = main.__spec__, main.__dict__.pop("__file__", None)
        main.__spec__ = None
        try:
            yield
        finally:
            main.__spec__ = spec
            if path is not None:
                main.__file__ = path


def leave_signals() -> None:
    """From now on, in a process that was started so: who started it lets it finish, or ends it."""
    for number in FOR_PARENT:
        signal.signal(number, signal.SIG_IGN)


def measure_memory(process: int | None) -> int:
    """Bytes of memory that a process uses; 0 where the system does not say."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE
    except (OSError, ValueError, IndexError):
        return 0


# -- in the process


class Asked:
    """When the last question was answered, which the thread that looks after the parent asks, too."""

    def __init__(self) -> None:
        self.idle_since: float | None = None


def serve(parent: int, memory: int) -> None:
    """Answer questions until there are none."""
    leave_signals()
    asked = Asked()
    threading.Thread(target=watch, args=(parent, asked), daemon=True).start()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    questions = sys.stdin.buffer
    import_module("qjreport.sources.listing")
    limit_memory(memory)
    answer(out, b"R", b"")
    while True:
        asked.idle_since = time.monotonic()
        function = read_word(questions)
        asked.idle_since = None
        if function is None:
            return
        answer_question(function.decode(), read_word(questions) or b"", questions, out, memory)


def answer_question(name: str, question: bytes, questions: BinaryIO, out: BinaryIO, memory: int) -> None:
    try:
        module, _, function = name.partition(":")
        parts: Parts = getattr(import_module(module), function)(question)
        for part, waits in parts:
            answer(out, b"A" if waits else b"D", part)
            while waits and (word := read_word(questions)):
                answer(out, b"L", parts.send(word)[0])
        answer(out, b"E", b"")
    except FailureError as error:
        answer(out, b"F", msgspec.msgpack.encode(error.failure))
    except DamageError as error:
        answer(out, b"F", msgspec.msgpack.encode(error.to_failure()))
    except SourceError as error:
        answer(out, b"S", json.dumps([error.name, error.problem, error.remedy]).encode())
    except OSError as error:
        answer(out, b"F", msgspec.msgpack.encode(explain_os(error)))
    except MemoryError:
        answer(out, b"F", msgspec.msgpack.encode(fail("memory", tell_memory(memory)).failure))
    except Exception as error:
        answer(out, b"F", msgspec.msgpack.encode(explain_error(error)))


def answer(out: BinaryIO, kind: bytes, part: bytes) -> None:
    out.write(kind + len(part).to_bytes(4, "little"))
    out.write(part)
    out.flush()


def read_word(stream: BinaryIO) -> bytes | None:
    """What the parent says; None where it says no more."""
    head = stream.read(4)
    return stream.read(int.from_bytes(head, "little")) if len(head) == 4 else None


def watch(parent: int, asked: Asked) -> None:
    """End with the parent, even where a file hangs, and where nobody has asked for long."""
    while os.getppid() == parent:
        since = asked.idle_since
        if since is not None and time.monotonic() - since > IDLE:
            os._exit(0)
        time.sleep(PARENT_LOOK)
    os._exit(1)


def limit_memory(most: int, headroom: int = HEADROOM) -> None:
    """A second line of defence, for the parent looks at the memory only ten times a second.

    Addresses that are reserved now, and libraries reserve many, are not what a file takes.
    """
    try:
        import resource

        reserved = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (ImportError, OSError, ValueError):
        return  # not Linux
    wanted = reserved + most + headroom
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > wanted:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
