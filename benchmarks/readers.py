"""Whether both readers of HTML, Lexbor and BeautifulSoup, make the same report of a page.

    python benchmarks/readers.py PAGES [PAGES ...] [--shown 3] [--damaged N]

PAGES is a folder (with all folders in it), a zip file or a page; the samples where none is given. For each page that
differs the script prints in what: `lines` (all that a reader sees), `body` (the blocks), `headings` (the sections),
`metadata`, `facts` (every field of every fact), with the first things that one reader has and the other has not.

With `--damaged N` it reads N copies of the pages, each damaged at random as pages in the wild are (tests/damaged.py):
a quote or a tag is missing, a stray piece of markup stands in it. Each that differs is printed with its damages; where
both readers have the same characters in another order, it says so.
"""

from __future__ import annotations

import argparse
import random
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from inputs import KINDS, ROOT

sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from damaged import damage  # noqa: E402

from qjreport import extract  # noqa: E402
from qjreport.model import Fact, Report  # noqa: E402
from qjreport.page import decode_page, read_page  # noqa: E402

PARTS = ("lines", "body", "headings", "metadata", "facts")
LONGEST = 100  # characters that are shown of a thing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", type=Path, default=[ROOT / "samples"], metavar="PAGES")
    parser.add_argument("--shown", type=int, default=3, metavar="N", help="things that are shown of a difference")
    parser.add_argument("--without", nargs="*", default=[], metavar="WORD", help="pages left out, by their names")
    parser.add_argument("--damaged", type=int, default=0, metavar="N", help="read N damaged copies of the pages")
    parser.add_argument("--seed", type=int, default=1, help="of the damages")
    args = parser.parse_args()
    pages = [(name, data) for name, data in read_all(args.pages) if not any(word in name for word in args.without)]
    same: Counter[str] = Counter()
    read = facts = 0
    for name, data in damage_pages(pages, args.damaged, args.seed) if args.damaged else pages:
        one, other = (split_report(data, name, reader) for reader in ("lexbor", "soup"))
        read, facts = read + 1, facts + len(one["facts"])
        differing = [part for part in PARTS if one[part] != other[part]]
        same.update(part for part in PARTS if part not in differing)
        if differing:
            order = Counter("".join(one["lines"])) == Counter("".join(other["lines"]))
            print(f"{name}: {', '.join(differing)}{' (another order)' if order and 'lines' in differing else ''}")
            for part in differing:
                show(part, one[part], other[part], args.shown)
    print(f"\n{read} pages, {facts} facts; with both readers the same:")
    for part in PARTS:
        print(f"  {part:9} {same[part]:5} pages  {same[part] / read if read else 1:7.2%}")


def damage_pages(pages: list[tuple[str, bytes]], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    choose = random.Random(seed)
    for _ in range(count):
        name, data = choose.choice(pages)
        text, done = damage(decode_page(data).text, choose)
        yield f"{name} ({'; '.join(done)})", text.encode("utf-8", "replace")


def read_all(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each page."""
    for path in paths:
        if path.is_dir():
            for page in sorted(page for page in path.rglob("*") if page.suffix.lower() in KINDS):
                yield str(page.relative_to(path)), page.read_bytes()
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                for entry in archive.infolist():
                    if Path(entry.filename).suffix.lower() in KINDS:
                        yield entry.filename, archive.read(entry)
        else:
            yield path.name, path.read_bytes()


def split_report(data: bytes, name: str, reader: str) -> dict[str, list[str]]:
    report = extract(data, name=name, reader=reader)
    return {
        "lines": [line.text for line in read_page(decode_page(data), reader).lines],
        "body": [f"{block.kind} {block.text}" for block in report.blocks],
        "headings": [f"{section.level} {section.marker} {section.title}" for section in report.sections],
        "metadata": [f"{name}: {getattr(report.metadata, name)}" for name in report.metadata.__struct_fields__],
        "facts": [tell_fact(report, fact) for fact in report.facts],
    }


def tell_fact(report: Report, fact: Fact) -> str:
    """Every field but the number of the block, which says no more than that the body differs."""
    names = [name for name in fact.__struct_fields__ if name not in ("block", "part_of")]
    whole = {one.id: one.quote for one in report.facts}.get(fact.part_of or "", "")
    return " ".join(f"{name}={getattr(fact, name)}" for name in names) + f" part_of={whole}"


def show(part: str, one: list[str], other: list[str], most: int) -> None:
    left, right = Counter(one), Counter(other)
    print(f"  {part}: {len(one)} against {len(other)}")
    for sign, things in (("lexbor", left - right), ("soup  ", right - left)):
        for thing in list(things)[:most]:
            print(f"    {sign} {thing[:LONGEST]!r}")
    if left == right:
        print("    the same in another order")


if __name__ == "__main__":
    main()
