"""The command line: click, a thin face over the library.

A command parses its arguments, makes one call for each page and prints. Data goes to standard output, everything
else to standard error; `exit_codes` says with which code it exits.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from qjreport.commands.exit_codes import FAILED, INTERRUPTED, judge_signal

# New objects after which the cycle collector looks for cycles: more than the modules and the word tables make, which a
# start would look through several times and find nothing.
COLLECT_AFTER = 200_000
LONGEST_START = 0.5  # seconds that who ends at once waits for a process that is being started


def main() -> None:
    """Run the command that sys.argv asks for, and exit with its code."""
    signal.signal(signal.SIGTERM, end)
    gc.set_threshold(COLLECT_AFTER)
    try:
        # Imported here, so that Ctrl-C while the modules load ends as quietly as it does later.
        from qjreport.commands.root import run

        code = run()
        # All is done: a signal that comes now ends the process and shows nothing.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
    except KeyboardInterrupt:
        leave()
    except OSError as error:  # while the modules load: no file can be opened any more
        print(f"qjreport: cannot start: {error.strerror or error}", file=sys.stderr)
        code = FAILED
    gc.freeze()  # or the interpreter would look for cycles among all that is loaded, and then end
    sys.exit(code)


def leave() -> NoReturn:
    """End as after Ctrl-C, at once: a signal that comes now shall not show where the interpreter was clearing up.

    What was written aside is gone by now, and the processes of a batch end with this one.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # closed, or nobody reads it
            stream.flush()
    end_now()


def end_now() -> NoReturn:
    """End, whatever is at hand; but a process that is just being started is told first what it is for.

    It would complain, with a traceback on the terminal, that it was left alone.
    """
    confined = sys.modules.get("qjreport.sources.confined")
    if confined is not None:
        confined.STARTING.acquire(timeout=LONGEST_START)
    os._exit(INTERRUPTED)


def end(number: int, frame: FrameType | None) -> None:
    """Leave as after Ctrl-C, so that what is being written aside goes."""
    sys.exit(judge_signal(number))
