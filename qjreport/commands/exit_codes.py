"""With which code a command exits: every command asks here, so that a script can rely on one meaning of each code.

0 done · 1 some input failed, or what was asked for does not hold (--strict, a dataset that is not finished) · 2 wrong
usage, which click finds · 130 interrupted · 143 ended by SIGTERM
"""

from __future__ import annotations

from collections.abc import Iterable

DONE, FAILED = 0, 1
INTERRUPTED = 130  # what a shell reports for a program that Ctrl-C ended
PASSED_OVER = ("skipped",)  # failures of a batch that are as they should be: what is no page by its name


def judge_inputs(failed: int) -> int:
    """Of a command that reads pages or files of words: how many of them failed."""
    return FAILED if failed else DONE


def judge_account(failed: int, unread: int, *, strict: bool) -> int:
    """Of `qjreport audit`: --strict wants every number of every page to have been read.

    >>> judge_account(0, 2, strict=False), judge_account(0, 2, strict=True)
    (0, 1)
    """
    return FAILED if strict and unread else judge_inputs(failed)


def judge_check(found: int, *, strict: bool) -> int:
    """Of `qjreport check`: --strict wants nothing to be found."""
    return FAILED if strict and found else DONE


def judge_batch(errors: Iterable[str]) -> int:
    """Of `qjreport batch`, by the errors of its inputs.

    >>> judge_batch(["skipped"]), judge_batch(["skipped", "damaged"])
    (0, 1)
    """
    return FAILED if any(error not in PASSED_OVER for error in errors) else DONE


def judge_signal(number: int) -> int:
    """Of a command that a signal ends, as shells count it."""
    return 128 + number
