"""How often facts are wrong that bear a doubt: the table by which the reasons for doubt are kept or go.

    python benchmarks/doubts.py GOLD [OTHERS ...] [--only NAME] [--without NAME] [--read FACTS.jsonl]

GOLD is a folder of annotated reports: score.py, which compares a report with its annotation, facts/NAME.jsonl and
docs/NAME.*; OTHERS are more of the kind, counted apart. A fact is wrong where any field of it is. FACTS.jsonl has facts
that somebody read, a line each with `document`, `sentence`, `quote`, `item` and whether that is `right`; facts that are
read otherwise by now are left out.
A reason is kept where facts that bear it are wrong clearly more often than all are; `alone` are those with no other.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from qjreport.lexicon.rules import load_rules  # noqa: E402
from qjreport.pipeline import extract  # noqa: E402
from qjreport.writers.jsons import write_json_line  # noqa: E402


class Judged(NamedTuple):
    """A fact's doubts, and whether it is wrong."""

    doubts: tuple[str, ...]
    wrong: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("others", type=Path, nargs="*")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="an annotation's name; repeatable")
    parser.add_argument("--without", action="append", default=[], metavar="NAME", help="leave this one out; repeatable")
    parser.add_argument("--read", type=Path, metavar="FACTS.jsonl")
    args = parser.parse_args()
    groups = {"gold": list(judge_gold(args.gold, set(args.only), set(args.without)))}
    if args.others:
        wanted = set(args.only), set(args.without)
        groups["others"] = [fact for folder in args.others for fact in judge_gold(folder, *wanted)]
    if args.read:
        groups["read"] = list(judge_read(args.read))
    print("\n".join(list_table(groups)))


def judge_gold(gold: Path, only: set[str], without: set[str]) -> Iterator[Judged]:
    sys.path.insert(0, str(gold))
    score = importlib.import_module("score")
    for annotation in sorted((gold / "facts").glob("*.jsonl")):
        name = annotation.stem
        documents = [path for path in sorted(gold.glob(f"docs/{name}.*")) if path.suffix != ".json"]
        if name in without or (only and name not in only) or not documents:
            continue
        paragraphs = [json.loads(line) for line in annotation.read_text("utf-8").splitlines()]
        report = json.loads(write_json_line(extract(documents[0])))
        for paragraph, facts in score.facts_by_paragraph(paragraphs, report):
            yield from judge_paragraph(score, paragraph, facts or [])


def judge_paragraph(score: Any, paragraph: dict[str, Any], facts: list[dict[str, Any]]) -> Iterator[Judged]:
    """The facts of a paragraph, but for those that an annotation leaves open."""
    errors: list[Any] = []
    score.score_paragraph(paragraph["mentions"], facts, Counter(), errors, paragraph["id"])
    wrong = {id(fact) for _, _, _, fact in errors}
    for fact in facts:
        labels = {m["label"] for m in paragraph["mentions"] if fact["start"] < m["end"] and m["start"] < fact["end"]}
        if id(fact) in wrong or "fact" in labels or "optional" not in labels:
            yield Judged(tuple(fact["doubts"]), id(fact) in wrong)


def judge_read(path: Path) -> Iterator[Judged]:
    judged: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        fact = json.loads(line)
        judged[fact["document"]].append(fact)
    for document, lines in judged.items():
        found = {(fact.sentence, fact.quote, fact.item): fact for fact in extract(Path(document)).facts}
        for line in lines:
            fact = found.get((line["sentence"], line["quote"], line["item"]))
            if fact is not None:
                yield Judged(fact.doubts, not line["right"])


def list_table(groups: dict[str, list[Judged]]) -> Iterator[str]:
    """A line of Markdown for each doubt, the surest sign first, and one for all, the doubted and the sure."""
    together = [fact for facts in groups.values() for fact in facts]
    yield f"| doubt | wrong | {' | '.join(groups)} | alone |"
    yield "| --- |" + " --- |" * (len(groups) + 2)
    names = sorted(load_rules().doubts, key=lambda name: -rate(bearing(name, together)))
    for name in names:
        alone = [fact for fact in together if fact.doubts == (name,)]
        yield spell_row(f"`{name}`", [bearing(name, facts) for facts in groups.values()], count(alone))
    yield spell_row("any", [[fact for fact in facts if fact.doubts] for facts in groups.values()], "")
    yield spell_row("none", [[fact for fact in facts if not fact.doubts] for facts in groups.values()], "")
    yield spell_row("all facts", list(groups.values()), "")


def bearing(name: str, facts: Iterable[Judged]) -> list[Judged]:
    return [fact for fact in facts if name in fact.doubts]


def rate(facts: list[Judged]) -> float:
    return sum(fact.wrong for fact in facts) / len(facts) if facts else 0.0


def count(facts: list[Judged]) -> str:
    return f"{sum(fact.wrong for fact in facts)} of {len(facts)}"


def spell_row(name: str, groups: list[list[Judged]], alone: str) -> str:
    together = [fact for facts in groups for fact in facts]
    shown = f"{rate(together):.1%}" if together else "–"
    return f"| {name} | {shown} | {' | '.join(count(facts) for facts in groups)} | {alone} |"


if __name__ == "__main__":
    main()
