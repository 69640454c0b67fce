"""What each stage makes of each sample, as lines that a diff can show. `make golden` rewrites tests/golden.

A golden file is a record, not a verdict: whoever changes one says in the commit why the new lines are right.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in (".html", ".txt"))
STAGES = ("decode", "page", "article", "outline", "quantities", "facts")

ENCODER = msgspec.json.Encoder(decimal_format="number")


def read_stages(sample: Path) -> dict[str, str]:
    """Stage → what it gave for the sample, one value a line."""
    from qjreport.article import find_article
    from qjreport.fact import build_facts
    from qjreport.lexicon import load_lexicon
    from qjreport.outline import build_outline
    from qjreport.page import decode_page, read_page
    from qjreport.quantity import read_quantities

    lexicon = load_lexicon()
    decoded = decode_page(sample.read_bytes())
    page = read_page(decoded)
    article = find_article(page, lexicon)
    outline = build_outline(article, lexicon)
    quantities = read_quantities(outline, lexicon)
    facts = build_facts(outline, quantities, lexicon)
    return {
        "decode": list_lines(decoded),
        "page": list_lines(page),
        "article": list_lines(article),
        "outline": list_lines(outline),
        "quantities": "".join(list_values("quantity", quantities)),
        "facts": list_lines(facts),
    }


def list_lines(result: msgspec.Struct) -> str:
    """A struct with a line for each field, and for each element of a field that is a list."""
    lines: list[str] = []
    for name in result.__struct_fields__:
        value = getattr(result, name)
        if isinstance(value, tuple) and value:
            lines += list_values(name, value)
        elif name == "text":
            lines += list_values(name, value.splitlines())
        else:
            lines.append(f"{name}: {spell(value)}\n")
    return "".join(lines)


def list_values(name: str, values: Iterable[object]) -> Iterator[str]:
    return (f"{name}: {spell(value)}\n" for value in values)


def spell(value: object) -> str:
    """JSON without the fields that are at their default, so that a line shows what is special about it."""
    if isinstance(value, msgspec.Struct):
        value = {
            name: getattr(value, name)
            for name, default in zip(value.__struct_fields__, all_defaults(value), strict=True)
            if getattr(value, name) != default
        }
    return ENCODER.encode(value).decode()


def all_defaults(struct: msgspec.Struct) -> tuple[object, ...]:
    return tuple(field.default for field in msgspec.structs.fields(struct))


def write_goldens() -> None:
    for sample in SAMPLES:
        folder = GOLDEN / sample.stem
        folder.mkdir(parents=True, exist_ok=True)
        for stage, text in read_stages(sample).items():
            (folder / f"{stage}.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    write_goldens()
