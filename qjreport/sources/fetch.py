"""Places → bytes: what a worker does for itself where the planner would only carry them."""

from __future__ import annotations

from pathlib import Path

from qjreport.sources.crawl import load_record
from qjreport.sources.entry import Failure, FailureError, Limits, Place
from qjreport.sources.storage import is_url, look_up, read_stretch
from qjreport.sources.walk import explain_os, mark_file
from qjreport.sources.zips import load_member

CHANGED = "changed"  # the file is not the one that was listed: never a row, for the sources are to be listed again
UNREACHED = (CHANGED, "unreadable")  # failures that say nothing of the page: another machine may see the file


def load_place(place: Place, limits: Limits) -> bytes:
    """The bytes of an input where it lies.

    Raises FailureError where there are none, SourceError where shared storage does not answer.

    >>> load_place(Place("missing.html"), Limits())
    Traceback (most recent call last):
    qjreport.sources.entry.FailureError: cannot be read: no such file (a link that leads nowhere, or it is gone)
    """
    try:
        if place.mark and find_mark(place.path) != place.mark:
            raise FailureError(Failure(stage="source", error=CHANGED, message="changed while it was read"))
        if place.kind == "file":
            return read_stretch(place.path, place.offset, place.size)
        if place.kind == "zip":
            return load_member(place)
        if place.kind == "warc":
            return load_record(place, limits)
    except OSError as error:
        raise FailureError(explain_os(error)) from error
    raise ValueError(f"a place of kind {place.kind!r}, which this version does not know")


def find_mark(path: str) -> str:
    return look_up(path).mark if is_url(path) else mark_file(Path(path).stat())
