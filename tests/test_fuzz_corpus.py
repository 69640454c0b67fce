"""The corpus of the fuzz targets and their findings keep the same laws, without the fuzzer."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from conftest import ROOT

from fuzz.choices import Choices
from fuzz.run import TARGETS

CORPUS = ROOT / "fuzz" / "corpus"
MOST_BYTES = 200_000  # of the whole corpus: seeds, not a store
FOUND = [
    json.loads(line) for line in (Path(__file__).parent / "cases/fuzz/found.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("target", TARGETS)
def test_corpus(target: str) -> None:
    seeds = sorted((CORPUS / target).iterdir())
    check = import_module(f"fuzz.{target}").check
    for seed in seeds:
        try:
            check(seed.read_bytes())
        except Exception as error:
            error.add_note(f"in {seed}")
            raise
    assert len(seeds) > 10


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case["what"])
def test_what_was_found(case: dict[str, str]) -> None:
    """A text for the check that it broke, or the bytes of a page."""
    check = getattr(import_module(f"fuzz.{case['target']}"), case["check"])
    check(case["text"] if "text" in case else case["page"].encode() if "page" in case else bytes.fromhex(case["hex"]))


def test_corpus_is_small() -> None:
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < MOST_BYTES


def test_a_law_that_is_broken_is_told() -> None:
    """A check that cannot fail finds nothing."""
    numerals = import_module("fuzz.numerals")
    readers = import_module("fuzz.readers")
    with pytest.MonkeyPatch.context() as patch, pytest.raises(AssertionError):
        patch.setattr(numerals, "read_number", lambda text: Decimal(1) if text.strip() == text else None)
        numerals.check_text("一")
    with pytest.MonkeyPatch.context() as patch, pytest.raises(AssertionError):
        patch.setattr(readers, "tame", lambda text: "")
        readers.check_markup("<p>甲")


def test_spent_choices_are_the_first() -> None:
    choices = Choices(b"\x05\x01\x01")
    assert [choices.below(3), choices.below(1000), choices.more(), choices.below(9)] == [2, 257, False, 0]
