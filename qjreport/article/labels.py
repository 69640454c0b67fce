"""Labelled values in a line of a page: 来源：…, 责任编辑：…, 索 引 号：….

Says what stands behind which label; which of several values is the report's is for `metadata`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from qjreport.article.dates import read_stamp
from qjreport.article.fold import fold_width
from qjreport.lexicon import Lexicon
from qjreport.text.patterns import compile_re
from qjreport.text.words import join_words

LONGEST_LABEL: Final = 10
SURE_LABEL: Final = 4  # characters; so long a label counts even where a Chinese character stands right before it
_SENTENCE: Final = compile_re(r"[。！？!?；…]")
_TRIM: Final = " \t,，、;；:：|｜丨[]【】·*—"


class Labelled(NamedTuple):
    """A label and what stands behind it."""

    field: str  # of the metadata; empty where the label belongs to none
    label: str
    value: str
    start: int  # where the label begins


@lru_cache(maxsize=8)
def known_labels(lexicon: Lexicon) -> dict[str, str]:
    """Label → field."""
    labels = dict.fromkeys(lexicon.chrome.other_labels, "")
    for field, words in lexicon.chrome.labels.items():
        labels.update(dict.fromkeys(words, field))
    return labels


def read_labels(text: str, lexicon: Lexicon) -> list[Labelled]:
    """Every label of a line that stands before a colon, with its value: up to the next label.

    >>> from qjreport.lexicon import load_lexicon
    >>> [(x.field, x.value) for x in read_labels("来源:本站原创 编辑:张三 作者：", load_lexicon())]
    [('source', '本站原创'), ('editor', '张三'), ('author', '')]
    """
    if ":" not in text and "：" not in text and "∶" not in text:
        return []
    return read_folded_labels(text, fold_width(text), lexicon)


def read_folded_labels(text: str, folded: str, lexicon: Lexicon) -> list[Labelled]:
    """The same of a text that was folded before."""
    found: list[tuple[int, int, str]] = []
    before = 0
    colon = folded.find(":")
    while colon >= 0:
        label = find_label(folded, before, colon, lexicon)
        if label:
            found.append((label[0], colon + 1, label[1]))
        before = colon + 1
        colon = folded.find(":", before)
    if not found:
        return []
    fields = known_labels(lexicon)
    ends = [start for start, _, _ in found[1:]] + [len(text)]
    return [
        Labelled(fields[label], label, clean_value(text[value:end], lexicon), start)
        for (start, value, label), end in zip(found, ends, strict=True)
    ]


def find_label(folded: str, before: int, colon: int, lexicon: Lexicon) -> tuple[int, str] | None:
    """The longest known label that ends at a colon: where it begins, and its characters without white space."""
    if folded[before:colon].rstrip()[-1:] not in last_characters(lexicon):
        return None
    labels = known_labels(lexicon)
    best = None
    label = ""
    for place in range(colon - 1, max(before, colon - 2 * LONGEST_LABEL) - 1, -1):
        if folded[place].isspace():
            continue
        label = folded[place] + label
        if len(label) > LONGEST_LABEL:
            break
        if label in labels and (len(label) >= SURE_LABEL or place == before or not is_han(folded[place - 1])):
            best = (place, label)
    return best


@lru_cache(maxsize=8)
def last_characters(lexicon: Lexicon) -> frozenset[str]:
    """What known labels end with; most colons stand behind another character."""
    return frozenset(label[-1] for label in known_labels(lexicon))


def is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def clean_value(value: str, lexicon: Lexicon) -> str:
    """A value without what the page hangs on to it: other dates, buttons, brackets that do not close.

    >>> from qjreport.lexicon import load_lexicon
    >>> clean_value("国家统计局 2024-05-11 09:36 字号", load_lexicon())
    '国家统计局'
    """
    value = value.strip(_TRIM)
    folded = fold_width(value)
    if read_stamp(folded[:12]) is None:
        stamp = read_stamp(folded)
        if stamp:
            value, folded = value[: stamp.start], folded[: stamp.start]
    ends = value_end_pattern(lexicon).search(folded)
    if ends:
        value = value[: ends.start()]
    value = value.strip(_TRIM)
    for opening, closing in ("（）", "()"):
        if value.endswith(closing) and value.count(opening) < value.count(closing):
            value = value[:-1].rstrip(_TRIM)
        if value.startswith(opening) and value.count(opening) > value.count(closing):
            value = value[1:].lstrip(_TRIM)
        if value.endswith(opening):
            value = value[:-1].rstrip(_TRIM)
    return "" if value in lexicon.chrome.no_values or not any(c.isalnum() for c in value) else value


@lru_cache(maxsize=8)
def value_end_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return compile_re(join_words(lexicon.chrome.value_ends))


def is_sentence(text: str) -> bool:
    """Whether a text has the punctuation of running text.

    >>> is_sentence("全年办理提案459件。"), is_sentence("来源:本站原创")
    (True, False)
    """
    return _SENTENCE.search(text) is not None
