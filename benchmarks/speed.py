"""Whole extraction against libraries that give a page's text alone, on the same pages, in turn.

    python benchmarks/speed.py [--archive reports.zip] [--pages FOLDER] [--rounds N] [--limit N]

Each ratio is the median of the pages' ratios. qjreport makes the whole report from bytes, and trafilatura makes text
from bytes, with its defaults. The others are for context: readability-lxml gives the HTML of the article, resiliparse
the text of the page and of its main part, BeautifulSoup and Lexbor their trees. The script leaves out what is not
installed, and says so. All of them are in the extra `bench` (`make bench` installs it).
"""

from __future__ import annotations

import argparse
import logging
import warnings
from collections.abc import Callable
from importlib import import_module
from statistics import median
from typing import Any

from figures import Ratio, as_ms, name_way, print_ratios, print_table
from inputs import Inputs, add_options, read_heavy, read_reports
from turns import Times, median_ratio, say, time_in_turn

import qjreport
from qjreport.writers.jsons import write_json

Read = Callable[[Any], Any]
CHARACTERS = 10_000  # of text for the recognizers of numbers
GOALS = {"archive": (0.9, 1.4), "heavy": (0.33, 0.5)}  # compiled, plain
JSON_GOAL = 1.05
ROUNDS = 3
READINGS = 200  # of all pages together: the fewer pages there are, the more often each is read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    parser.add_argument("--rounds", type=int, help=f"at least {ROUNDS}, and more where there are few pages")
    args = parser.parse_args()
    print(f"qjreport{name_way() or ' as it is released, its stages compiled'}.\n")
    warnings.simplefilter("ignore")  # other libraries' messages about these pages are not measured
    logging.disable()
    others, missing = load_others()
    if "trafilatura" not in others:
        raise SystemExit("there is nothing to measure against: pip install trafilatura, or make bench")
    reports = read_reports(args)
    ratios = measure(reports, others, args.rounds, "archive" if args.archive else "samples")
    heavy = read_heavy(args)
    if heavy is not None:
        ratios += measure(heavy, others, args.rounds, "heavy")
    print_ratios(ratios)
    compare_recognizers(reports, args.rounds or ROUNDS)
    if missing:
        print(f"Left out, for they are not installed: {', '.join(missing)} (pip install -e '.[bench]').\n")


def load_others() -> tuple[dict[str, Read], list[str]]:
    """The other readers that are installed, and the names of those that are not."""
    found: dict[str, Read] = {}
    missing = []
    for package, load in (
        ("trafilatura", load_trafilatura),
        ("readability-lxml", load_readability),
        ("resiliparse", load_resiliparse),
        ("beautifulsoup4", load_soup),
        ("selectolax", load_lexbor),
    ):
        try:
            found |= load()
        except ImportError:
            missing.append(package)
    return found, missing


def load_trafilatura() -> dict[str, Read]:
    return {"trafilatura": import_module("trafilatura").extract}


def load_readability() -> dict[str, Read]:
    document = import_module("readability").Document
    return {"readability-lxml": lambda data: document(data).summary()}


def load_resiliparse() -> dict[str, Read]:
    parse = import_module("resiliparse.parse.html").HTMLTree.parse_from_bytes
    detect = import_module("resiliparse.parse.encoding").detect_encoding
    write = import_module("resiliparse.extract.html2text").extract_plain_text
    return {
        "resiliparse, all text": lambda data: write(parse(data, detect(data))),
        "resiliparse, main text": lambda data: write(parse(data, detect(data)), main_content=True),
    }


def load_soup() -> dict[str, Read]:
    soup = import_module("bs4").BeautifulSoup
    found: dict[str, Read] = {"BeautifulSoup tree, html.parser": lambda data: soup(data, "html.parser")}
    try:
        import_module("lxml")
    except ImportError:
        return found
    return found | {"BeautifulSoup tree, lxml": lambda data: soup(data, "lxml")}


def load_lexbor() -> dict[str, Read]:
    parse = import_module("selectolax.lexbor").LexborHTMLParser
    return {"Lexbor tree": lambda data: parse(data)}


def measure(inputs: Inputs, others: dict[str, Read], rounds: int | None, kind: str) -> list[Ratio]:
    """Print how long each takes on the pages, and return the ratios that have a goal."""
    rounds = rounds or max(ROUNDS, READINGS // len(inputs.pages) + 1)
    readers: dict[str, Read] = {"qjreport": qjreport.extract, **others}
    times = time_in_turn(readers, inputs.pages, rounds, f"speed, {inputs.name}")
    reports = [qjreport.extract(page) for page in inputs.pages]
    writing = time_in_turn({"JSON": write_json}, reports, rounds, f"speed, JSON of {inputs.name}")["JSON"]
    written = [one + other for one, other in zip(times["qjreport"], writing, strict=True)]
    print_context(inputs, times | {"qjreport and JSON": written})
    way = name_way()
    compiled, plain = GOALS.get(kind, GOALS["archive"])
    against = median_ratio(times["qjreport"], times["trafilatura"])
    return [
        Ratio(f"report over trafilatura{way}, {inputs.name}", against, plain if way else compiled),
        Ratio(f"report and JSON over report{way}, {inputs.name}", median_ratio(written, times["qjreport"]), JSON_GOAL),
    ]


def print_context(inputs: Inputs, times: Times) -> None:
    size, base = sum(map(len, inputs.pages)) / 1e6, sum(times["trafilatura"])
    print(f"{inputs.describe()}; a page's time is the median of its rounds.\n")
    rows = [
        (
            name,
            as_ms(median(taken)),
            as_ms(sum(taken)),
            f"{size / sum(taken):.2f}",
            f"{sum(taken) / base:.3f}",
        )
        for name, taken in times.items()
    ]
    print_table(("reader", "ms, median page", "ms, all pages", "MB a second", "all pages over trafilatura"), rows)


def compare_recognizers(inputs: Inputs, rounds: int) -> None:
    """The quantities of running text against Microsoft's recognizer of Chinese numbers, for context."""
    text = "\n".join(block.text for page in inputs.pages for block in qjreport.extract(page).blocks)
    text = (text * (CHARACTERS // len(text) + 1))[:CHARACTERS] if text else ""
    try:
        numbers: Any = import_module("recognizers_number")
    except ImportError as error:
        say(f"speed: Recognizers-Text is left out: {error}")
        return
    chinese = numbers.Culture.Chinese
    readers: dict[str, Read] = {
        "qjreport.find_quantities": qjreport.find_quantities,
        "Recognizers-Text, numbers alone": lambda given: numbers.recognize_number(given, chinese),
    }
    times = time_in_turn(readers, [text], rounds, "speed, numbers of running text")
    print(f"{len(text):,} characters of the blocks of {inputs.name}.\n")
    print_table(("reader", "ms"), [(name, as_ms(taken[0])) for name, taken in times.items()])


if __name__ == "__main__":
    main()
