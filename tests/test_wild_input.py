"""Whatever a user hands over — bytes, the name of an encoding, words, archives — gives a report or a clear error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from archives import PAGES, make_records, make_tar, make_zip, pack_records, write
from batches import do_batch, read_table
from calls import call
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.choices import Choices
from fuzz.grammar import write_bytes
from fuzz.tokens import LABELS

WILD = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
BYTES = st.binary(max_size=100) | st.binary(max_size=100).map(Choices).map(write_bytes)
FORMATS = ("json", "jsonl", "csv", "tsv", "markdown", "table")
TOML = [
    *(
        "[[units]]",
        "[[counters]]",
        "[verbs]",
        "[hedges]",
        "names",
        "=",
        '"亩"',
        "[",
        "]",
        "'",
        '"""',
        "1.5",
        "true",
        "#",
    ),
    *(
        "\n",
        "\n\n",
        " ",
        ",",
        "{",
        "}",
        "\x00",
        "\ufeff",
        "\u202e",
        "dimension",
        '"area"',
        "factor",
        "1e999",
        "nan",
        "é",
    ),
]


def check_said(code: int, error: str, data: bytes) -> None:
    """Either data and no error, or an error in a line and no data."""
    assert "Traceback" not in error
    if code == 0:
        assert data
    else:
        assert code in (1, 2)
        assert data == b"" and error.strip()


@WILD
@given(BYTES, st.sampled_from(LABELS) | st.text(max_size=6), st.sampled_from(FORMATS))
def test_any_bytes_in_any_encoding_on_standard_input(data: bytes, label: str, kind: str) -> None:
    done = call("extract", "-", "--format", kind, "--encoding", label, "--audit", stdin=data)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    check_said(done.exit_code, done.stderr, done.stdout_bytes)
    if done.exit_code == 0 and kind in ("json", "jsonl"):
        assert json.loads(done.stdout_bytes)["schema"] == "qjreport/report/1"


@WILD
@given(st.lists(st.sampled_from(TOML), max_size=14).map("".join), st.binary(max_size=3))
def test_any_file_of_words(tmp_path: Path, text: str, stray: bytes) -> None:
    """A file that cannot be used is named with the place of its error, and no page is read with half of it."""
    words = write(tmp_path / "words.toml", text.encode("utf-8", "surrogatepass") + stray)
    page = write(tmp_path / "page.html", PAGES["1.html"])
    done = call("extract", page, "--lexicon", words, "--format", "json")
    assert done.exception is None or isinstance(done.exception, SystemExit)
    check_said(done.exit_code, done.stderr, done.stdout_bytes)
    if done.exit_code:
        assert str(words) in done.stderr


ARCHIVES = {
    "a.zip": make_zip(PAGES),
    "a.tar": make_tar(PAGES),
    "a.tar.gz": make_tar(PAGES, "gz"),
    "a.warc": b"".join(make_records(PAGES.values())),
    "a.warc.gz": pack_records(make_records(PAGES.values()), "gz"),
}


@pytest.mark.parametrize("name", ARCHIVES)
@settings(WILD, max_examples=6)
@given(flips=st.lists(st.tuples(st.integers(0, 2**16), st.integers(1, 255)), min_size=1, max_size=12))
def test_flipped_bytes_of_an_archive_are_pages_or_failures(
    tmp_path_factory: pytest.TempPathFactory, name: str, flips: list[tuple[int, int]]
) -> None:
    """Every input is a document or a row of failures that says what is wrong."""
    data = bytearray(ARCHIVES[name])
    for place, mask in flips:
        data[place % len(data)] ^= mask
    folder = tmp_path_factory.mktemp("flipped")
    outcome = do_batch(folder / "out", write(folder / name, bytes(data)))
    documents, failures = (read_table(folder / "out", table) for table in ("documents", "failures"))
    assert (outcome.documents, sum(outcome.errors.values())) == (len(documents), len(failures))
    assert documents or failures
    for failure in failures:
        assert failure["error"] and failure["message"] and "Traceback" not in failure["message"]
