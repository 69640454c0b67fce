"""Shares of what was judged, with the intervals that they may lie in.

A judgement has a weight: how many members of the population it stands for, the size of its stratum over the number of
its judgements. A share is the weight of what is right over the whole weight. Its interval is Wilson's, which holds for
small numbers and for shares near 0 and 1, on the effective number of judgements: the square of the sum of the weights
over the sum of their squares (Kish). Where all weights are equal that is the number itself, and the interval Wilson's
as everybody reckons it. That a sample of a small dataset is a large part of it is not taken into account: the intervals
are rather too wide then.

An interval of a ratio of two shares is put together from their intervals (MOVER: Donner and Zou, Closed-form confidence
intervals for functions of the normal mean and standard deviation, 2012).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from statistics import NormalDist

import msgspec

LEVEL = 0.95


class Estimate(msgspec.Struct, frozen=True, kw_only=True):
    """A share, and between what it lies; None where nothing was judged."""

    share: float | None
    low: float | None
    high: float | None
    judged: int
    right: int
    effective: float


def estimate(judgements: Iterable[tuple[float, bool]], level: float = LEVEL) -> Estimate:
    """The share of what is right, of judgements with their weights.

    >>> found = estimate([(1, True)] * 9 + [(1, False)])
    >>> round(found.share, 3), round(found.low, 4), round(found.high, 4)
    (0.9, 0.5958, 0.9821)
    """
    judged = right = 0
    whole = squares = of_right = 0.0
    for weight, is_right in judgements:
        judged += 1
        whole += weight
        squares += weight * weight
        if is_right:
            right += 1
            of_right += weight
    if not whole:
        return Estimate(share=None, low=None, high=None, judged=judged, right=right, effective=0.0)
    share, effective = (1.0 if right == judged else of_right / whole), whole * whole / squares
    low, high = find_interval(share, effective, level)
    return Estimate(share=share, low=low, high=high, judged=judged, right=right, effective=effective)


def find_interval(share: float, number: float, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's score interval of a share of `number` judgements, which need not be whole.

    >>> [round(bound, 4) for bound in find_interval(1.0, 50)]
    [0.9287, 1.0]
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    square = z * z / number
    middle = (share + square / 2) / (1 + square)
    half = z / (1 + square) * sqrt(share * (1 - share) / number + square / (4 * number))
    return (0.0 if share == 0 else max(0.0, middle - half)), (1.0 if share == 1 else min(1.0, middle + half))


Bounds = tuple[float, float, float]  # of an amount: itself, its low and its high bound


def bound_ratio(over: Bounds, under: Bounds) -> tuple[float, float]:
    """The interval of `over` divided by `under`, which is above 0 with its low bound.

    >>> [round(bound, 4) for bound in bound_ratio((10, 5, 20), (100, 90, 110))]
    [0.0498, 0.202]
    """
    (x, x_low, x_high), (y, y_low, y_high) = over, under
    product = x * y

    def reach(x_bound: float, y_bound: float) -> float:
        return sqrt(max(0.0, product * product - x_bound * y_bound * (2 * x - x_bound) * (2 * y - y_bound)))

    low = (product - reach(x_low, y_high)) / (y_high * (2 * y - y_high))
    high = (product + reach(x_high, y_low)) / (y_low * (2 * y - y_low))
    return max(0.0, low), high
