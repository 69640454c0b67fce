"""Standard output and error: UTF-8 wherever it runs, data apart from talk, a closed pipe no error, a terminal safe."""

from __future__ import annotations

import os
import re
import sys
import time
from io import TextIOWrapper

from qjreport.language import _

# What a page could send to a terminal: C0 and C1 controls but tab and newline, DEL, and the signs that turn the
# direction of writing, with which a page can show other text than it holds.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class OutputClosedError(Exception):
    """Whoever read standard output has seen enough (`| head`): no error of ours.

    Not an OSError, for click would take a BrokenPipeError and exit with 1.
    """


LONGEST_SIZE = 4  # digits of a terminal's width or height


def settle_streams() -> None:
    """Write UTF-8 whatever PYTHONIOENCODING, the locale or a Windows code page say, and on no endless lines."""
    for name in ("COLUMNS", "LINES"):
        if len(os.environ.get(name, "")) > LONGEST_SIZE:
            del os.environ[name]  # rich would make as many blanks
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def clean(text: str) -> str:
    r"""Text that can do nothing to a terminal: controls become U+FFFD.

    >>> clean("提案\x1b[31m459件")
    '提案�[31m459件'
    """
    return CONTROLS.sub("\ufffd", text)


def clean_line(text: str) -> str:
    r"""The same on one line: a name with a newline in it cannot pass for a line of ours.

    >>> clean_line("a\nqjreport: done")
    'a�qjreport: done'
    """
    return clean(text).replace("\n", "\ufffd")


def write_out(data: bytes, *, safe: bool = False) -> None:
    """Data to standard output, at once; on a terminal cleaned, unless it is known to be `safe`.

    Raises OutputClosedError where nobody reads any more, OSError where it cannot be written.
    """
    if sys.stdout is None:
        raise OSError(_("standard output is closed"))
    if sys.stdout.isatty():
        clear_status()
        data = data if safe else clean(data.decode("utf-8", "replace")).encode()
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        raise OutputClosedError from error


class Voice:
    """How a run speaks, by -q, -v and --json of its command (commands.voice)."""

    def __init__(self) -> None:
        self.quiet = self.verbose = self.as_json = False


VOICE = Voice()


def speak(message: str) -> None:
    """Say how it went: a line on standard error, unless -q is given."""
    if not VOICE.quiet:
        write_line("message", message)


def tell(message: str) -> None:
    """Say what is done meanwhile, with -v."""
    if VOICE.verbose:
        write_line("detail", message)


def complain(message: str) -> None:
    """Say what failed, whatever was asked for."""
    write_line("error", message)


def write_line(event: str, message: str, **values: object) -> None:
    """A line on standard error, in the language of the reader; with --json, an object that says what kind it is."""
    clear_status()
    if sys.stderr is None:
        return
    if VOICE.as_json:
        from qjreport.writers.jsons import encode

        plain = {"event": event, "message": message, **values}
        print(encode(plain).decode(), file=sys.stderr, flush=True)
    else:
        print(f"qjreport: {clean_line(_.translate(message))}", file=sys.stderr)


class StatusLine:
    """What is on the last line of the terminal to say how far a run is."""

    def __init__(self) -> None:
        self.shown = False
        self.at = 0.0  # when it was written, in seconds


STATUS = StatusLine()


def is_watched() -> bool:
    """Whether a person looks at standard error and wants to know how far a run is."""
    return sys.stderr is not None and sys.stderr.isatty() and not (VOICE.quiet or VOICE.as_json)


def show_status(message: str) -> None:
    """Say how far a run is, where a person looks: on one line, which goes as soon as anything else is said."""
    if is_watched():
        sys.stderr.write(f"\r\x1b[Kqjreport: {clean_line(_.translate(message))}")
        sys.stderr.flush()
        STATUS.shown, STATUS.at = True, time.monotonic()


def clear_status() -> None:
    """Take the status line away."""
    if STATUS.shown and sys.stderr is not None:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
    STATUS.shown = False


def drop_output(*, flush: bool = False) -> None:
    """Send what may still be buffered nowhere, so that the interpreter does not complain about it as it ends."""
    if sys.stdout is None:
        return
    if flush:
        sys.stdout.flush()
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        pass  # not a real stream, as under a test runner


def explain_os(error: OSError) -> str:
    """The system's reason, for a person; what has no folder to stand in is told so.

    >>> explain_os(PermissionError(13, "Permission denied"))
    'Permission denied'
    """
    if isinstance(error, FileNotFoundError) and error.filename is None:
        try:
            os.getcwd()  # noqa: PTH109 - Path.cwd() would do as well, and loads more
        except OSError:
            return _("the working directory was removed; change to another one")
    return error.strerror or str(error)
