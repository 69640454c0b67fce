"""The process in which pages are read, one after the other, and its end when nobody asks for more."""

from __future__ import annotations

import os
import signal
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from qjreport.batch.work import Item, Settings, fail, read_item, tell_memory

HEADROOM = 1024 * 1024 * 1024  # of addresses that libraries may yet reserve without using them: arenas, stacks
IDLE = 300.0  # seconds without a page after which it ends: a worker of a cluster outlives the batch that it read for
LOOK = 0.5  # seconds between two looks whether the parent is still there


def serve(connection: Connection, packed_settings: bytes, parent: int) -> None:
    """Answer items with results until the connection closes, or nobody has asked for long."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the planner, which lets the page at hand be finished
    settings = msgspec.msgpack.decode(packed_settings, type=Settings)
    threading.Thread(target=watch_parent, args=(parent,), daemon=True).start()
    warm_up(settings)
    limit_memory(settings.memory)
    decode = msgspec.msgpack.Decoder(Item).decode
    encode = msgspec.msgpack.Encoder().encode
    try:
        connection.send_bytes(b"ready")
        while connection.poll(IDLE):
            item = decode(connection.recv_bytes())
            try:
                result = read_item(item, settings)
            except MemoryError:  # once more, while the first was being handled
                result = fail(item, tell_memory(settings))
            connection.send_bytes(encode(result))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def warm_up(settings: Settings) -> None:
    """Read a page as all others will be, so that everything is loaded before time and memory are counted."""
    page = "<h1>工作报告</h1><p>全年办理提案459件。</p>".encode()
    read_item(Item(0, "-", page), settings)


def watch_parent(parent: int) -> None:
    """End with the parent, even where a page hangs that would never see the connection close."""
    while os.getppid() == parent:
        time.sleep(LOOK)
    os._exit(1)


def limit_memory(most: int) -> None:
    """The second line behind the parent's eye, which looks ten times a second only.

    Addresses that are reserved now, and libraries reserve many, are not what a page takes.
    """
    try:
        import resource

        reserved = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except (ImportError, OSError, ValueError):
        return  # not Linux
    wanted = reserved + most + HEADROOM
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > wanted:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
