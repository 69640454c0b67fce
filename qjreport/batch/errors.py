"""What ends a batch before it is done."""

from __future__ import annotations


class BatchError(Exception):
    """A batch that cannot begin or go on: what is wrong and what to do, for a person."""


class StoppedError(Exception):
    """Ctrl-C: what was begun is committed, the rest is for the next run."""
