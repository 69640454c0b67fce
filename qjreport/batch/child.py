"""The process in which pages are read, one after the other, and its end when nobody asks for more."""

from __future__ import annotations

import os
import signal
import threading
import time
from multiprocessing.connection import Connection

import msgspec

from qjreport.batch.work import Item, Settings, fail, read_item, tell_memory

HEADROOM = 1024 * 1024 * 1024  # of addresses that a process reserves without using them: libraries, arenas, stacks
LOOK = 0.5  # seconds between two looks whether the parent is still there


def serve(connection: Connection, packed_settings: bytes, parent: int) -> None:
    """Answer items with results until the connection closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the planner, which lets the page at hand be finished
    settings = msgspec.msgpack.decode(packed_settings, type=Settings)
    threading.Thread(target=watch_parent, args=(parent,), daemon=True).start()
    limit_memory(settings.memory)
    warm_up()
    decode = msgspec.msgpack.Decoder(Item).decode
    encode = msgspec.msgpack.Encoder().encode
    try:
        connection.send_bytes(b"ready")
        while True:
            item = decode(connection.recv_bytes())
            try:
                result = read_item(item, settings)
            except MemoryError:  # once more, while the first was being handled
                result = fail(item, tell_memory(settings))
            connection.send_bytes(encode(result))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def warm_up() -> None:
    """Load everything before the first page's time begins to run."""
    from qjreport.pipeline import extract
    from qjreport.writers.arrow import build_table

    extract("<p>全年办理提案459件。</p>".encode())
    build_table("facts", [])


def watch_parent(parent: int) -> None:
    """End with the parent, even where a page hangs that would never see the connection close."""
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)


def limit_memory(most: int) -> None:
    """The second line behind the parent's eye, which looks ten times a second only."""
    try:
        import resource
    except ImportError:  # Windows
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = most + HEADROOM
    if soft == resource.RLIM_INFINITY or soft > wanted:
        try:
            resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
        except (ValueError, OSError):
            return  # a system that cannot
