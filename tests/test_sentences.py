"""Sentences and their pieces: text longer than any sentence is cut where a reader would pause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qjreport.text.sentences import (
    CLAUSE_END,
    LONGEST_PAIR,
    LONGEST_SENTENCE,
    SENTENCE_END,
    find_breaks,
    find_ends,
    find_pairs,
    find_sentences,
    is_aside,
    mark_inside,
)

HALF = LONGEST_SENTENCE // 2


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in find_sentences(text)]


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("甲" * LONGEST_SENTENCE, [LONGEST_SENTENCE]),
        # At the last comma before the limit, not at one in the first half or after the limit.
        ("甲" * (HALF - 2) + "，" + "乙" * LONGEST_SENTENCE, [LONGEST_SENTENCE, HALF - 1]),
        ("甲" * HALF + "，" + "乙" * 9 + "，" + "丙" * LONGEST_SENTENCE, [HALF + 11, LONGEST_SENTENCE]),
        ("甲" * (LONGEST_SENTENCE + 5) + "，乙", [LONGEST_SENTENCE, 7]),
        # Without a comma: not inside a number, if there is anything else.
        ("甲" * (HALF + 5) + "7" * LONGEST_SENTENCE, [HALF + 5, LONGEST_SENTENCE]),
        ("甲" * (HALF - 5) + "7" * LONGEST_SENTENCE, [LONGEST_SENTENCE, HALF - 5]),
        ("7" * LONGEST_SENTENCE + "甲，7", [LONGEST_SENTENCE, 3]),
        # Each piece is measured from where it begins.
        ("甲" * (3 * LONGEST_SENTENCE + 1), [LONGEST_SENTENCE] * 3 + [1]),
    ],
)
@pytest.mark.parametrize("ahead", ["", "新建公路9公里。"])
@pytest.mark.parametrize("after", ["", "。植树3万株。"])
def test_what_is_too_long_is_cut(text: str, lengths: list[int], ahead: str, after: str) -> None:
    # A mark after the text belongs to the sentence: the text gives up its last character for it.
    pieces = split(ahead + text[: -1 if after else None] + after)
    between = pieces[bool(ahead) : -1 if after else None]
    assert [len(piece) for piece in between] == lengths
    assert "".join(pieces) == ahead + text[: -1 if after else None] + after


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("甲“乙丙”丁", "乙丙"),
        ("甲乙丙（丁“戊”己）庚", "丁“戊”己"),
        # A mark inside that is never closed is skipped, and so are four of them.
        ("（甲“乙）丙", "甲“乙"),
        ("（“‘《甲）乙", "“‘《甲"),
        ("（“‘《【甲）乙", ""),
        ("“甲）乙”", "甲）乙"),
        ("甲）乙“丙", ""),
        (f"“{'甲' * (LONGEST_PAIR - 1)}”乙", "甲" * (LONGEST_PAIR - 1)),
        (f"“{'甲' * LONGEST_PAIR}”乙", ""),
    ],
)
def test_what_stands_inside(text: str, inside: str) -> None:
    marked = mark_inside(text)
    assert len(marked) == len(text)
    assert "".join(character for character, mark in zip(text, marked, strict=True) if mark) == inside


def test_a_long_text_of_short_sentences_is_not_cut() -> None:
    assert split("甲。" * LONGEST_SENTENCE) == ["甲。"] * LONGEST_SENTENCE


def test_pairs_are_of_one_sort() -> None:
    assert find_pairs("《甲“乙》丙”") == [(0, 5)]


def test_marks_that_are_given_are_used() -> None:
    text = "甲。乙。"
    assert find_sentences(text, bytearray(b"\0\1\0\0")) == [(0, 4)]


def test_breaks_keep_to_their_sentence() -> None:
    text = "甲，乙：丙。丁；戊（己，庚），辛"
    assert find_breaks(text, 0, 5, mark_inside(text)) == [(1, 2), (3, 4)]
    assert find_breaks(text, 6, len(text), mark_inside(text)) == [(7, 8), (14, 15)]


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("310件｜（旧存18件），｜审结", False),
        ("310件（旧存18件｜），审结｜300件", True),
        ("甲(3件｜)乙(｜4件)", False),  # the second is in a bracket of its own
        ("甲（3件｜）乙（｜4件）", False),
        ("甲（3件｜，｜4件）", False),
        ("甲(乙(3件｜))，｜4件", True),
    ],
)
def test_what_stands_in_a_closed_bracket_is_aside(text: str, aside: bool) -> None:
    end, start = text.index("｜"), text.rindex("｜") - 1
    assert is_aside(text.replace("｜", ""), end, start) is aside


MARKS = st.text(alphabet="甲9.%，,。！—”）(\n", max_size=24)


@given(MARKS, st.integers(0, 8), st.integers(0, 24))
def test_breaks_are_those_of_the_pattern(text: str, start: int, end: int) -> None:
    end = min(end, len(text))
    found = [match.span() for match in CLAUSE_END.finditer(text, start, end)]
    assert find_breaks(text, start, end, bytearray(len(text))) == found


@given(MARKS)
def test_ends_are_those_of_the_pattern(text: str) -> None:
    assert find_ends(text) == [match.span() for match in SENTENCE_END.finditer(text)]
