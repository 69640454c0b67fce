"""Bytes from front to back with a look ahead, whatever they come from."""

from __future__ import annotations

import os
from typing import BinaryIO, Protocol

from qjreport.sources.entry import DamageError

STEP = 64 * 1024
WORTH_A_LEAP = 4 * STEP  # bytes; fewer are read sooner than leapt over


class Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


class Opened:
    """A file on a disk, whose bytes may be leapt over without being read."""

    def __init__(self, file: BinaryIO, position: int = 0) -> None:
        self.file = file
        self.size = file.seek(0, os.SEEK_END)
        file.seek(position)

    def read(self, size: int = STEP, /) -> bytes:
        return self.file.read(size)

    def leap(self, size: int) -> int:
        """Leave out up to `size` bytes; how many there were."""
        here = self.file.tell()
        self.file.seek(max(here, min(here + size, self.size)))
        return self.file.tell() - here

    def go_back(self, position: int) -> None:
        self.file.seek(position)


class Stream:
    """A source of bytes with a look ahead. An error of the source comes after the bytes in front of it."""

    def __init__(self, raw: Readable, position: int = 0) -> None:
        self.raw = raw
        self.position = position
        self.pending: DamageError | None = None
        self.ahead = b""

    def peek(self, size: int) -> bytes:
        """Up to `size` bytes, fewer at the end or in front of damage."""
        if len(self.ahead) < size and self.pending is None:
            parts = [self.ahead]
            have = len(self.ahead)
            try:
                while have < size and (part := self.raw.read(max(STEP, size - have))):
                    parts.append(part)
                    have += len(part)
            except DamageError as error:
                self.pending = error
            self.ahead = b"".join(parts)
        return self.ahead[:size]

    def read(self, size: int) -> bytes:
        """Up to `size` bytes. Raises DamageError where damage comes first; the next call reads on after it."""
        data = self.peek(size)
        if not data and size:
            self.raise_pending()
        self.ahead = self.ahead[len(data) :]
        self.position += len(data)
        return data

    def raise_pending(self) -> None:
        if self.pending is not None and not self.ahead:
            error, self.pending = self.pending, None
            raise error

    def put_back(self, data: bytes) -> None:
        """Bytes that were read and shall be read again."""
        self.ahead = data + self.ahead
        self.position -= len(data)

    def skip(self, size: int) -> int:
        """Leave out bytes; how many there were."""
        left = size
        if size - len(self.ahead) > WORTH_A_LEAP and isinstance(self.raw, Opened):
            left -= len(self.ahead)
            self.position += len(self.ahead)
            self.ahead = b""
            leapt = self.raw.leap(left)
            self.position += leapt
            return size - left + leapt
        while left and (data := self.read(min(left, STEP))):
            left -= len(data)
        return size - left

    def go_back(self, position: int) -> bool:
        """Read on at a position that was read before; False where the source cannot."""
        if not isinstance(self.raw, Opened):
            return False
        self.raw.go_back(position)
        self.ahead, self.position = b"", position
        return True

    def drop_damaged(self) -> DamageError | None:
        """Go on after the damage; the error that would have been raised for it."""
        error, self.pending = self.pending, None
        return error


class Empty:
    def read(self, _: int = 0, /) -> bytes:
        return b""


EMPTY = Empty()


class Held:
    """Bytes as a stream."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0

    def read(self, size: int = -1, /) -> bytes:
        end = len(self.data) if size < 0 else self.place + size
        part = self.data[self.place : end]
        self.place += len(part)
        return part
