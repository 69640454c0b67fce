"""Every pattern of the package against texts made from the pattern itself, to find those whose cost outgrows the text.

    python benchmarks/patterns.py [--longest 16384] [--most 10]

`watched` says which patterns there are, how they are called and on how much text. Each pattern searches its attacks
(see `worst`) of 16, 32, 64 ... characters until one takes `ENOUGH`; the exponent is that of the last three sizes. A
pattern that stays below `SLIGHT` on its worst text of the longest size counts as linear; one that seems steep there is
tried on longer texts. If a pattern is steep in this way, but the package only calls it at one place of a text (match,
fullmatch), it is tried again as it is called. The table shows both, and the longest text that the pattern was given:
one that only ever sees short text costs nothing.
"""

from __future__ import annotations

import argparse
import re
import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, NamedTuple

import regex
from figures import Ratio, print_ratios, print_table
from turns import fit_exponent, say
from watched import Watched, watch_package
from worst import END, PROBES, Attack, build_attacks

GOAL = 1.2
STEEP = 1.2
ANCHORED = ("match", "fullmatch")
ENOUGH = 0.03  # seconds for one text: longer texts are not tried
SLIGHT = 0.003
PATIENCE = 2.0  # seconds after which a text is given up
FIRST = 16  # characters
AGAIN = 5  # how often a steep pattern is tried again: real growth stays steep
LONGER = 16  # times the longest text: the length tried where a pattern seems steep
TRIES = 4  # more rounds of a time worth the name; the smallest counts, since disturbances only add time


Run = Callable[[Any, str], None]


class Finding(NamedTuple):
    watched: Watched
    exponent: float
    seconds: float
    length: int
    attack: Attack
    called: float = 0.0  # the exponent as the package calls it


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--longest", type=int, default=16384)
    parser.add_argument("--most", type=int, default=10, help="how many patterns to print")
    parser.add_argument(
        "--size", type=int, default=4, help="times the smallest page of a shape, for the length of text"
    )
    args = parser.parse_args()
    watched = watch_package(args.size)
    say(f"patterns: {len(watched)} patterns are tried")
    found, plain = [], 0
    for number, one in enumerate(watched, 1):
        try:
            attacks = build_attacks(one.pattern, one.flags)
        except (re.error, OverflowError):
            plain += 1
            attacks = [Attack("", character, after) for character in PROBES for after in (END, "")]
        found.append(try_pattern(one, attacks, args.longest))
        if number % 100 == 0:
            say(f"patterns: {number} of {len(watched)}")
    print_findings(found, plain, args.most, args.longest)


def try_pattern(watched: Watched, attacks: list[Attack], longest: int) -> Finding:
    """The steepest of the attacks that take a measurable time, or else the slowest."""
    steepest = Finding(watched, 0.0, 0.0, 1, Attack("", END, ""))
    for attack in attacks:
        steepest = max(steepest, try_attack(watched, attack, longest, run_over), key=rank)
    anchored = watched.methods and watched.methods <= set(ANCHORED)
    if steepest.exponent <= STEEP or not anchored:
        return steepest._replace(called=steepest.exponent)
    run = run_fullmatch if watched.methods == {"fullmatch"} else run_match
    return steepest._replace(called=max(try_attack(watched, attack, longest, run).exponent for attack in attacks))


def rank(finding: Finding) -> tuple[float, float]:
    return finding.exponent, finding.seconds / finding.length


def run_over(pattern: Any, text: str) -> None:
    for _ in pattern.finditer(text):
        pass


def run_match(pattern: Any, text: str) -> None:
    pattern.match(text, len(text)) if pattern.flags & regex.REVERSE else pattern.match(text)


def run_fullmatch(pattern: Any, text: str) -> None:
    pattern.fullmatch(text)


def try_attack(watched: Watched, attack: Attack, longest: int, run: Run) -> Finding:
    sizes: list[int] = []
    lengths: list[int] = []
    seconds: list[float] = []
    length = FIRST
    while length <= longest or (length <= LONGER * longest and seems_steep(lengths, seconds)):
        if seconds and seconds[-1] >= ENOUGH:
            break
        text = attack.write(length)
        sizes.append(length)
        lengths.append(len(text))
        taken = time_run(run, watched.compiled, text)
        if SLIGHT / 4 < taken < ENOUGH:
            taken = min(taken, *(time_run(run, watched.compiled, text) for _ in range(TRIES)))
        seconds.append(taken)
        length *= 2
    exponent = fit_exponent(lengths[-3:], seconds[-3:]) if seconds[-1] > SLIGHT else 0.0
    for _ in range(AGAIN if exponent > STEEP else 0):
        for place, size in enumerate(sizes[-3:], len(sizes[:-3])):
            seconds[place] = min(seconds[place], time_run(run, watched.compiled, attack.write(size)))
        exponent = fit_exponent(lengths[-3:], seconds[-3:])
    return Finding(watched, exponent, seconds[-1], lengths[-1], attack)


def seems_steep(lengths: list[int], seconds: list[float]) -> bool:
    """A few milliseconds prove little: on longer texts such a pattern is either steep or not."""
    return seconds[-1] > SLIGHT and fit_exponent(lengths[-3:], seconds[-3:]) > STEEP


def time_run(run: Run, pattern: Any, text: str) -> float:
    """Seconds of a run, at most about PATIENCE."""

    def give_up(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    begun = time.process_time()
    try:
        run(pattern, text)
    except TimeoutError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return time.process_time() - begun


def print_findings(found: list[Finding], plain: int, most: int, longest: int) -> None:
    found.sort(key=lambda finding: (-finding.called, -finding.exponent, -finding.seconds))
    steep = sum(finding.called > STEEP for finding in found)
    scanned = sum(finding.exponent > STEEP for finding in found) - steep
    libraries = sum(isinstance(finding.watched.compiled, regex.Pattern) for finding in found)
    print(
        f"{len(found)} patterns ({libraries} of regex, the others of re), each against its own worst texts of up to "
        f"{longest:,} characters; {plain} could not be taken apart and met repeated characters alone. "
        f"{steep} are steeper than {STEEP} as they are called; {scanned} more would be if they were searched for.\n"
    )
    shown = [
        (
            # With a blank in `<![`, which those who build the site's pages take for the beginning of a declaration.
            f"{finding.watched.place} `{finding.watched.pattern[:40]}`".replace("\n", " ").replace("<![", "<! ["),
            show(finding.attack),
            f"{finding.length:,}",
            f"{1000 * finding.seconds:.1f}",
            f"{finding.called:.2f}",
            f"{finding.exponent:.2f}",
            ", ".join(sorted(finding.watched.methods)) or "not called",
            f"{finding.watched.longest:,}",
        )
        for finding in found[:most]
    ]
    print_table(("pattern", "text", "characters", "ms", "exponent", "searched", "called", "given"), shown)
    print_ratios([Ratio("steepest pattern as it is called, exponent", found[0].called if found else 0.0, GOAL)])


def show(attack: Attack) -> str:
    text = f"{attack.before[-6:]}({attack.body[:8]})*{attack.after[:6]}"
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text)


if __name__ == "__main__":
    main()
