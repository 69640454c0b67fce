"""Bytes → choices: a byte is a choice, so that changing, dropping or doubling bytes does the same to a page's words.

In this way the plain mutations of the fuzzer become structured ones. When the bytes are used up, every choice is the
first one, and so the text that is being written comes to its end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Choice = TypeVar("Choice")


class Choices:
    """The bytes that are left.

    >>> choices = Choices(bytes([1, 0]))
    >>> choices.pick("甲乙丙"), choices.more(), choices.pick("甲乙丙"), choices.more(), choices.pick("甲乙丙")
    ('乙', True, '甲', False, '甲')
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0

    def more(self) -> bool:
        return self.place < len(self.data)

    def below(self, bound: int) -> int:
        """A number from 0 to below the bound, from two bytes where one is not enough."""
        size = 1 if bound <= 256 else 2
        found = self.data[self.place : self.place + size]
        self.place += size
        return int.from_bytes(found, "little") % bound

    def pick(self, among: Sequence[Choice]) -> Choice:
        return among[self.below(len(among))]

    def rest(self) -> bytes:
        found = self.data[self.place :]
        self.place = len(self.data)
        return found
