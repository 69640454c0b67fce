"""How the cost of an extraction grows with the page: pages of 1, 2, 4 ... 64 times a size, each large in one thing.

    python benchmarks/growth.py [--doublings 6] [--rounds 4] [--shapes NAME ...]

A shape's exponent is the slope of the logarithm of its time over the logarithm of its number of pieces, by least
squares over the four largest pages: 1 where the cost grows as the page does, 2 where it grows with the square. A round
reads the pages of a shape one after the other, so that a disturbance of the machine affects neighbouring sizes alike. A
page's time is the smallest of its rounds; a shape above the goal gets more rounds. A shape ends early if the next page
would take more than ten seconds. `patterns` measures the patterns by themselves.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NamedTuple

from figures import Ratio, as_ms, print_ratios, print_table
from shapes import SHAPES, paragraphs
from turns import fit_exponent, say, time_once

import qjreport

GOAL = 1.1
LARGER = 4  # pages that the exponent is read from
LONGEST = 10.0  # seconds of one page
MOST_ROUNDS = 16  # of a shape above the goal: real growth stays above it, a disturbance does not


class Growth(NamedTuple):
    shape: str
    pieces: list[int]
    sizes: list[int]  # bytes
    seconds: list[float]

    @property
    def exponent(self) -> float:
        return fit_exponent(self.pieces[-LARGER:], self.seconds[-LARGER:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--doublings", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--shapes", nargs="+", metavar="NAME", choices=[shape.__name__ for shape in SHAPES])
    args = parser.parse_args()
    qjreport.extract(paragraphs(5))
    chosen = {shape: base for shape, base in SHAPES.items() if not args.shapes or shape.__name__ in args.shapes}
    found = [time_shape(shape, base, args.doublings, args.rounds) for shape, base in chosen.items()]
    found.sort(key=lambda growth: -growth.exponent)
    rows = [
        (
            growth.shape,
            f"{growth.sizes[-1]:,}",
            as_ms(growth.seconds[0]),
            as_ms(growth.seconds[-1]),
            f"{growth.exponent:.2f}",
        )
        for growth in found
    ]
    print(f"Pages of 1 to {2**args.doublings} times a size, the steepest first.\n")
    print_table(("shape", "bytes, largest", "ms, smallest", "ms, largest", "exponent"), rows)
    print_ratios([Ratio("steepest growth of a page, exponent", found[0].exponent, GOAL)])


def time_shape(shape: Callable[[int], bytes], base: int, doublings: int, rounds: int) -> Growth:
    growth = Growth(shape.__name__.replace("_", " "), [], [], [])
    for step in range(doublings + 1):
        page = shape(base * 2**step)
        growth.pieces.append(base * 2**step)
        growth.sizes.append(len(page))
        growth.seconds.append(time_once(qjreport.extract, page))
        if 2 * growth.seconds[-1] > LONGEST or (step and growth.seconds[-1] ** 2 / growth.seconds[-2] > LONGEST):
            break
    count = 1
    while count < rounds or (growth.exponent > GOAL and count < MOST_ROUNDS):
        for place, pieces in enumerate(growth.pieces):
            growth.seconds[place] = min(growth.seconds[place], time_once(qjreport.extract, shape(pieces)))
        count += 1
    say(f"growth: {growth.shape} {growth.exponent:.2f}")
    return growth


if __name__ == "__main__":
    main()
