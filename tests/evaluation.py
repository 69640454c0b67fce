"""Writes what qjreport scores on samples/gold into docs/evaluation.md: `make evaluation`.

The tables stand between `<!-- scores: make evaluation -->` and `<!-- end of scores -->`, in each language the same.
"""

from __future__ import annotations

import re
from functools import cache

from golden import ROOT

GOLD = ROOT / "samples" / "gold"
DOCUMENTS = [
    path for path in (ROOT / "docs" / "evaluation.md", ROOT / "docs" / "zh" / "evaluation.md") if path.is_file()
]
SCORES = re.compile(r"(?<=<!-- scores: make evaluation -->\n).*?(?=<!-- end of scores -->)", re.S)


@cache
def read_scores() -> str:
    """The tables as the command prints them."""
    from qjreport.evaluate.__main__ import read_page
    from qjreport.evaluate.align import pair_facts
    from qjreport.evaluate.gold import read_gold
    from qjreport.evaluate.predictions import place_predictions
    from qjreport.evaluate.score import evaluate
    from qjreport.evaluate.show import show_evaluation

    scored = []
    for document in read_gold(GOLD):
        placed = place_predictions(read_page(GOLD / document.document), document)
        scored.append((document, pair_facts(document, placed)))
    return show_evaluation(evaluate("qjreport", scored))


def write_scores(text: str, scores: str) -> str:
    found, count = SCORES.subn(lambda _: f"\n{scores}\n", text)
    if count != 1:
        raise ValueError("no place for the scores")
    return found


if __name__ == "__main__":
    for path in DOCUMENTS:
        path.write_text(write_scores(path.read_text(encoding="utf-8"), read_scores()), encoding="utf-8")
