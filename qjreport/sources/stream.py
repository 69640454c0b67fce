"""Bytes from front to back with a look ahead, whatever they come from."""

from __future__ import annotations

import os
from typing import BinaryIO, Protocol

from qjreport.sources.entry import MIB, DamageError

STEP = 64 * 1024
WORTH_A_LEAP = 4 * STEP  # bytes; fewer are read sooner than leapt over
MOST_AGAIN = 64 * MIB  # bytes that the search after damage may go over a second time, beside those by TIMES_AGAIN
TIMES_AGAIN = 8  # times what was read: a crawl whose every member is damaged takes some six


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
    """A source of bytes with a look ahead. An error of the source comes after the bytes in front of it.

    What was looked at and not read yet stands in `held` from `place` on, so that many short reads copy each byte once.
    """

    def __init__(self, raw: Readable, position: int = 0) -> None:
        self.raw = raw
        self.position = position
        self.pending: DamageError | None = None
        self.held = b""
        self.place = 0
        self.furthest = position
        self.again = 0  # bytes that were gone over a second time

    @property
    def waiting(self) -> int:
        """How many bytes were looked at and not read yet."""
        return len(self.held) - self.place

    def peek(self, size: int) -> bytes:
        """Up to `size` bytes, fewer at the end or in front of damage."""
        have = self.waiting
        if have < size and self.pending is None:
            parts = [self.held[self.place :]]
            try:
                while have < size and (part := self.raw.read(max(STEP, size - have))):
                    parts.append(part)
                    have += len(part)
            except DamageError as error:
                self.pending = error
            self.held, self.place = b"".join(parts), 0
        return self.held[self.place : self.place + size]

    def read(self, size: int) -> bytes:
        """Up to `size` bytes. Raises DamageError where damage comes first; the next call reads on after it."""
        data = self.peek(size)
        if not data and size:
            self.raise_pending()
        self.place += len(data)
        self.position += len(data)
        return data

    def raise_pending(self) -> None:
        if self.pending is not None and not self.waiting:
            error, self.pending = self.pending, None
            raise error

    def put_back(self, data: bytes) -> None:
        """Bytes that were read and shall be read again."""
        if data and self.held.endswith(data, 0, self.place):
            self.place -= len(data)  # they are still here
        else:
            self.held, self.place = data + self.held[self.place :], 0
        self.furthest = max(self.furthest, self.position)
        self.position -= len(data)

    def count_again(self, size: int) -> None:
        """Count what is gone over a second time, in search of what damage has hidden.

        Raises DamageError, after which nothing more comes, where it is more than was read: what is made to be searched
        again and again has no end.
        """
        self.again += size
        self.furthest = max(self.furthest, self.position)
        if self.again > MOST_AGAIN + TIMES_AGAIN * self.furthest:
            self.close()
            raise DamageError(self.position, "is damaged in so many places that the rest is not searched")

    def close(self) -> None:
        """Give nothing more."""
        self.raw, self.pending = EMPTY, None
        self.held, self.place = b"", 0

    def skip(self, size: int) -> int:
        """Leave out bytes; how many there were."""
        left = size
        if size - self.waiting > WORTH_A_LEAP and isinstance(self.raw, Opened):
            left -= self.waiting
            self.position += self.waiting
            self.held, self.place = b"", 0
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
        self.furthest = max(self.furthest, self.position)
        self.raw.go_back(position)
        self.held, self.place, self.position = b"", 0, position
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
