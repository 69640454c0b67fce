"""Addresses of shared storage → the objects below them, in the order in which folders of files are walked."""

from __future__ import annotations

from collections.abc import Iterator

from qjreport.sources.entry import Entry, make_failed, make_skipped
from qjreport.sources.names import Choice, explain_kind, is_container, order_naturally
from qjreport.sources.storage import Found, list_storage, look_up
from qjreport.sources.walk import File, explain_os


def walk_storage(url: str, choice: Choice, leave_out: str | None) -> Iterator[File | Entry]:
    """Every object below an address but for a folder that is left out. Raises SourceError where nothing answers."""
    address = url.rstrip("/")
    try:
        found = look_up(url)
    except OSError as error:
        yield make_failed(address, explain_os(error))
        return
    if not found.folder:
        yield look_at(found, address, named=True)
        return
    left_out = (leave_out or "").rstrip("/")
    stack = [list_folder(address)]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
            continue
        if isinstance(entry, Entry):
            yield entry
            continue
        below, found = entry
        relative = below[len(address) + 1 :]
        if found.folder:
            if below == left_out or not choice.takes(relative, container=True):
                continue
            if found.link:
                yield make_skipped(below, "is a link to a folder; name that folder")
            else:
                stack.append(list_folder(below))
        elif choice.takes(relative, container=is_container(relative)):
            yield look_at(found, below, named=False)


def list_folder(address: str) -> Iterator[tuple[str, Found] | Entry]:
    try:
        base, listed = list_storage(address)
    except OSError as error:
        return iter([make_failed(address, explain_os(error))])
    named = [(found.name[len(base) :].strip("/"), found) for found in listed]
    named.sort(key=lambda pair: order_naturally(pair[0]))
    return iter([(f"{address}/{name}", found) for name, found in named])


def look_at(found: Found, address: str, *, named: bool) -> File | Entry:
    kind = explain_kind(address)
    return make_skipped(address, kind) if kind else File(address, address, found.size, found.mark, named)
