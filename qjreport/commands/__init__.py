"""The command line: click, a thin face over the library.

A command parses its arguments, makes one call for each page and prints. Data goes to standard output, everything
else to standard error; exit codes: 0 done, 1 some input failed, 2 wrong usage, 130 interrupted.
"""

from __future__ import annotations

import sys

INTERRUPTED = 130  # what a shell reports for a program that Ctrl-C ended


def main() -> None:
    """Run the command that sys.argv asks for, and exit with its code."""
    try:
        # Imported here, so that Ctrl-C while the modules load ends as quietly as it does later.
        from qjreport.commands.run import run

        code = run()
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)
