"""Choices → text and markup: report sentences, sound pages, broken pages, pages whose bytes belie their label."""

from __future__ import annotations

from fuzz.choices import Choices
from fuzz.tokens import (
    ANYTHING,
    BLOCKS,
    BROKEN_ATTRIBUTES,
    CHROME,
    ENCODINGS,
    HEDGES,
    INLINE,
    LABELS,
    MARKERS,
    MARKS,
    NUMERALS,
    PHRASES,
    RAW,
    REFERENCES,
    SELF_ENDING,
    SOUND_ATTRIBUTES,
    SOUND_REFERENCES,
    STOPS,
    TABLE_PARTS,
    TAGS,
    UNITS,
    VOIDS,
)

MOST_WORDS = 40  # of a text node
DEEPEST = 6
PLAIN = [word for word in ANYTHING if not set(word) & set("<&\ud800\udcff\udc00\x00\r\n\x0b\x0c\x1c\x1f")]
ESCAPES = str.maketrans({"<": "&lt;", "&": "&amp;"})


def write_text(choices: Choices, words: list[str] = ANYTHING) -> str:
    """Any words, as long as there are choices."""
    parts = []
    while choices.more():
        parts.append(choices.pick(words))
    return "".join(parts)


def write_sentence(choices: Choices) -> str:
    """A clause as reports have it, each part of it optional: （一）全年办理提案约459件，"""
    parts = []
    for words in (MARKERS, PHRASES, PHRASES, HEDGES, NUMERALS, UNITS, HEDGES, STOPS):
        place = choices.below(2 * len(words))
        if place < len(words):
            parts.append(words[place])
    return "".join(parts)


def write_report(choices: Choices) -> str:
    """Lines of clauses and of chrome, as a text file has them."""
    parts = []
    while choices.more():
        kind = choices.below(8)
        if kind < 5:
            parts.append(write_sentence(choices))
        elif kind == 5:
            parts.append("\n" + choices.pick(CHROME))
        elif kind == 6:
            parts.append("。\n")
        else:
            parts.append(choices.pick(ANYTHING))
    return "".join(parts)


def write_words(choices: Choices, words: list[str]) -> str:
    return "".join(choices.pick(words) for _ in range(choices.below(6)))


def write_sound(choices: Choices, depth: int = 0) -> str:
    """Markup in which every element is closed in its place, which both readers must read alike."""
    kind = choices.below(9) if choices.more() and depth < DEEPEST else 0
    if kind < 2:
        return write_words(choices, PLAIN).translate(ESCAPES) + (choices.pick(SOUND_REFERENCES) if kind else "")
    if kind == 2:
        return choices.pick(
            ["<br>", "<!-- 甲 3件 -->", "<br/>", "<hr>", "<img src=x>", "<script>1<2</script>", " ", "\n"]
        )
    if kind == 3:
        return write_sound_table(choices, depth + 1)
    if kind == 4:
        return "".join(write_sound(choices, depth + 1) for _ in range(choices.below(5)))
    attributes = choices.pick(SOUND_ATTRIBUTES)
    if kind == 5:
        tag = choices.pick(["div", "section", "ul", "center", "article", "blockquote"])
    else:
        tag = choices.pick(["span", "b", "em", "font", "strong", "i", "u"])
        return f"<{tag}{attributes}>{write_words(choices, PLAIN).translate(ESCAPES)}</{tag}>"
    return f"<{tag}{attributes}>{write_sound(choices, depth + 1)}</{tag}>"


def write_sound_table(choices: Choices, depth: int) -> str:
    rows = []
    for _ in range(choices.below(4)):
        cells = []
        for _ in range(choices.below(4)):
            tag = choices.pick(["td", "th"])
            cells.append(f"<{tag}{choices.pick(SOUND_ATTRIBUTES)}>{write_sound(choices, depth)}</{tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def write_broken(choices: Choices, depth: int = 0) -> str:
    """One piece of markup that no standard allows: unclosed, crossed over, cut off, in the wrong place."""
    kind = choices.below(12) if choices.more() and depth < DEEPEST else 0
    if kind == 0:
        return write_words(choices, ANYTHING)
    if kind == 1:
        return write_sentence(choices)
    if kind == 2:
        return choices.pick(MARKS)
    if kind == 3:
        return choices.pick(REFERENCES)
    if kind == 4:
        return f"</{choices.pick(TAGS)}>"
    if kind == 5:
        return choices.pick(ANYTHING)
    if kind == 6:
        tag = choices.pick(RAW)
        return f"<{tag}>{write_words(choices, [*MARKS, *PHRASES])}" + choices.pick(
            [f"</{tag}>", "", f"</{tag.upper()} "]
        )
    inner = "".join(write_broken(choices, depth + 1) for _ in range(choices.below(5)))
    attributes = choices.pick([*SOUND_ATTRIBUTES, *BROKEN_ATTRIBUTES])
    if kind == 7:
        return f"<{choices.pick(TAGS)}{attributes}>{inner}"
    if kind == 8:  # crossed over
        outer, other = choices.pick([*INLINE, *BLOCKS]), choices.pick([*INLINE, *TABLE_PARTS])
        return f"<{outer}{attributes}><{other}>{inner}</{outer}>{write_words(choices, PHRASES)}</{other}>"
    if kind == 9:
        tag = choices.pick([*TABLE_PARTS, *SELF_ENDING, *VOIDS])
        return f"<{tag}{attributes}>{inner}"
    tag = choices.pick(BLOCKS if kind == 10 else [*TABLE_PARTS[:4], *INLINE])
    return f"<{tag}{attributes}>{inner}</{tag}>"


def write_page(choices: Choices) -> str:
    """A whole page of broken pieces, with or without a head."""
    parts = [choices.pick(["", "<!doctype html>", "<html><body>", "<?xml version='1.0'?>", "<p>"])]
    if choices.below(3) == 2:
        parts.append(f"<meta charset={choices.pick(LABELS)}><title>{write_words(choices, PHRASES)}</title>")
    while choices.more():
        parts.append(write_broken(choices))
    return "".join(parts)


def write_bytes(choices: Choices) -> bytes:
    """A page in one encoding or two, under any label, with stray bytes."""
    encoding, other = choices.pick(ENCODINGS), choices.below(4)
    damage = choices.below(256)
    text = write_page(choices)
    data = text.encode(encoding, "replace")
    if other == 3:
        data += text.encode(ENCODINGS[damage % len(ENCODINGS)], "replace")
    if damage > 200:
        place = damage * 7 % (len(data) + 1)
        data = data[:place] + bytes([damage]) + data[place + damage % 2 :]
    return data
