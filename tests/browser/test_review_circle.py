"""From a dataset to a figure: drawn, shown in a browser, judged by keys, scored, and put back into the dataset."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from qjreport.commands.root import root

from .conftest import ROOT, Open


def call(*args: str) -> str:
    done = CliRunner().invoke(root, list(args))
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_a_sample_is_judged_and_scored(open_page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    call("batch", "samples", "-q", "--jobs", "0", "-o", "facts")
    call("review", "facts", "--sample", "20", "--seed", "7", "--by", "document_kind", "-o", "sample.html")
    opened = open_page((tmp_path / "sample.html").read_text(encoding="utf-8"))
    assert opened.text("#sample-says") == "30 drawn with seed 7"
    opened.press("j")
    wrong = 0
    for number in range(30):
        is_fact = opened.ask("document.querySelector('.row[aria-current=true]').item.type") == "fact"
        key = "x" if is_fact and wrong < 2 and number > 3 else "a"
        wrong += key == "x"
        opened.press(key)
    opened.save(tmp_path)
    assert (opened.errors, wrong) == ([], 2)
    score: dict[str, Any] = json.loads(call("review", "score", "corrections.json", "--format", "json"))
    assert (score["judged_facts"], score["judged_non_facts"], score["outside"], score["unjudged"]) == (20, 10, 0, 0)
    assert score["full"]["right"] == 20 - wrong
    assert "(seed 7, stratified by kind of document into" in score["methods"]
    done = CliRunner().invoke(root, ["review", "apply", "corrections.json", "facts", "-o", "corrected"])
    assert f"0 edited, {wrong} removed, 0 added, {30 - wrong} right as they are" in done.stderr
