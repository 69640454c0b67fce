"""Times of several functions over the same pages, taken in turn.

On each page the functions run once, one right after the other. Their order turns from page to page and from round to
round (A B, B A, A B ...), and a round goes over all pages before the next begins, so that no cache holds the next page.
The clock is the processor time of this process (`time.process_time`), so that other processes do not count. A
function's result is made into a list before the clock is read, so that the garbage collector, if the function held it
back, works within that function's time. What was loaded before is frozen out of the collector's way, and what one
function leaves is collected before the next begins.
"""

from __future__ import annotations

import gc
import math
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any, TypeVar

Item = TypeVar("Item")
Times = dict[str, list[float]]  # name → seconds a page, each the median of its rounds
WARM_UP = 3  # pages that each function reads before the clock starts: imports, tables, patterns


def time_in_turn(functions: dict[str, Callable[[Item], Any]], items: Sequence[Item], rounds: int, label: str) -> Times:
    for function in functions.values():
        for item in items[:WARM_UP]:
            function(item)
    gc.collect()
    gc.freeze()
    taken: dict[str, list[list[float]]] = {name: [[] for _ in items] for name in functions}
    for number in range(rounds):
        say(f"{label}: round {number + 1} of {rounds}")
        for place, item in enumerate(items):
            names = list(functions)
            if (number + place) % 2:
                names.reverse()
            for name in names:
                taken[name][place].append(time_once(functions[name], item))
    gc.unfreeze()
    return {name: [median(times) for times in of_pages] for name, of_pages in taken.items()}


def time_once(function: Callable[[Item], Any], item: Item) -> float:
    gc.collect()
    begun = time.process_time()
    kept = [function(item)]
    seconds = time.process_time() - begun
    del kept
    return seconds


def median_ratio(over: Sequence[float], under: Sequence[float]) -> float:
    """The median of the ratios of the pages.

    >>> median_ratio([2.0, 3.0, 9.0], [1.0, 1.0, 9.0])
    2.0
    """
    return median(one / other for one, other in zip(over, under, strict=True) if other)


def fit_exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """The slope of the line through the logarithms: 1 where the cost grows as the size, 2 as its square.

    >>> round(fit_exponent([1, 2, 4], [3, 12, 48]), 6)
    2.0
    """
    across = [math.log(size) for size in sizes]
    up = [math.log(max(taken, 1e-9)) for taken in seconds]
    middle, height = sum(across) / len(across), sum(up) / len(up)
    spread = sum((one - middle) ** 2 for one in across)
    return sum((one - middle) * (other - height) for one, other in zip(across, up, strict=True)) / spread


def say(text: str) -> None:
    """Progress, for the person who waits."""
    print(text, file=sys.stderr, flush=True)
