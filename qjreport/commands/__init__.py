"""The command line: click, a thin face over the library.

A command parses its arguments, makes one call for each page and prints. Data goes to standard output, everything
else to standard error; `exit_codes` says with which code it exits.
"""

from __future__ import annotations

import signal
import sys
from types import FrameType

from qjreport.commands.exit_codes import INTERRUPTED, judge_signal


def main() -> None:
    """Run the command that sys.argv asks for, and exit with its code."""
    signal.signal(signal.SIGTERM, end)
    try:
        # Imported here, so that Ctrl-C while the modules load ends as quietly as it does later.
        from qjreport.commands.root import run

        code = run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)


def end(number: int, _: FrameType | None) -> None:
    """Leave as after Ctrl-C, so that what is being written aside goes."""
    sys.exit(judge_signal(number))
