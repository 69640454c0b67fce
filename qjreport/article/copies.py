"""Copies: an article that stands on the page twice, for printing or in large type, without being hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

LEAST_COPY: Final = 80  # characters of a run of lines that repeats an earlier one; reports repeat a slogan or a heading
LEAST_LINES: Final = 3  # … and so many lines: authors paste one paragraph twice, and that is their text
LEAST_SHARE: Final = 3  # … or fewer lines that are a third of all that is kept


def find_copies(texts: Sequence[str]) -> set[int]:
    """Indexes of lines in a run that stands once more word for word, and in the same order, further up.

    >>> paragraph = "全年办理提案，" * 8
    >>> sorted(find_copies(["一、回顾", paragraph, paragraph + "二", "一、回顾", paragraph, paragraph + "二"]))
    [3, 4, 5]
    """
    first: dict[str, int] = {}
    copies: set[int] = set()
    run: list[int] = []
    size = 0
    expected = -1
    whole = sum(map(len, texts))

    def close() -> None:
        if size >= LEAST_COPY and (len(run) >= LEAST_LINES or size * LEAST_SHARE >= whole):
            copies.update(run)

    for index, text in enumerate(texts):
        if run and expected < run[0] and texts[expected] == text:
            run.append(index)
            size += len(text)
            expected += 1
            continue
        close()
        run, size = [], 0
        earlier = first.setdefault(text, index)
        if earlier != index:
            run, size, expected = [index], len(text), earlier + 1
    close()
    return copies
