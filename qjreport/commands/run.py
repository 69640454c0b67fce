"""Runs the command line once: settles the streams, calls click, turns what happened into an exit code."""

from __future__ import annotations

import io
import sys

import click

from qjreport.commands.root import root
from qjreport.commands.streams import OutputClosedError, clean, clean_line, drop_output, settle_streams, speak


def run() -> int:
    """The exit code. Never raises, but for KeyboardInterrupt."""
    settle_streams()
    try:
        code = root.main(prog_name="qjreport", standalone_mode=False)
        drop_output(flush=True)
    except click.Abort as error:  # click's name for Ctrl-C
        raise KeyboardInterrupt from error
    except click.ClickException as error:
        show_error(error)
        return error.exit_code
    except OutputClosedError:
        drop_output()
        return 0
    except OSError as error:  # the disk is full, standard output is closed
        drop_output()
        speak(f"cannot write: {error.strerror or error}")
        return 1
    finally:
        keep_patterns()
    return code if isinstance(code, int) else 0


def keep_patterns() -> None:
    """What was compiled for this run serves the next one."""
    patterns = sys.modules.get("qjreport.text.patterns")
    if patterns is not None:
        patterns.keep_patterns()


def show_error(error: click.ClickException) -> None:
    """What click says, with nothing of a file's name in it that a terminal would obey."""
    said = io.StringIO()
    error.show(said)
    text = clean(said.getvalue())
    if not isinstance(error, click.UsageError):  # which has lines of its own
        text = clean_line(text.removesuffix("\n")) + "\n"
    if sys.stderr is not None:
        sys.stderr.write(text)
