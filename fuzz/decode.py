"""Target: bytes → characters, under any label. The first byte says how to read the others."""

from __future__ import annotations

import codecs

from fuzz.choices import Choices
from fuzz.tokens import ENCODINGS, HEDGES, LABELS, NUMERALS, PHRASES, UNITS
from qjreport.page.decode import decode_page, find_label, name_encoding
from qjreport.page.gb18030 import REPLACEMENT, decode_gb18030, read_legibility

MAX_LENGTH = 32
MOST_WORDS = 6
OPENING = "各位委员：现在报告工作，请予审议。"  # enough for the encoding to show
SAID = [word for word in (*PHRASES, *NUMERALS, *HEDGES, *UNITS) if word.encode("gb18030").decode("gb18030") == word]
MEDIA_TYPES = ("text/html", "text/plain", "text/markdown")
UNDAMAGED = ("utf-8", "gb18030", "utf-16")  # which the ladder always knows, whatever the label


def check(data: bytes) -> None:
    choices = Choices(data)
    kind = choices.below(6)
    if kind < 2:
        check_bytes(choices.rest())
    elif kind == 2:
        check_asked(choices.pick(LABELS), choices.rest())
    elif kind == 3:
        label, encoding = choices.pick(LABELS), choices.pick(ENCODINGS)
        head = f"<meta charset={label}>".encode(encoding, "replace")
        check_bytes(head + choices.rest())
    elif kind == 4:
        check_label(choices.pick(LABELS), choices.pick(UNDAMAGED), OPENING + write_said(choices))
    else:
        check_damage(choices.below(256), choices.below(256), "工作" + write_said(choices))


def write_said(choices: Choices) -> str:
    return "".join(choices.pick(SAID) for _ in range(choices.below(MOST_WORDS)))


def check_bytes(data: bytes) -> None:
    """The text can be written as UTF-8, its encoding exists, and UTF-8 is read as UTF-8."""
    page = decode_page(data)
    assert page.media_type in MEDIA_TYPES
    assert codecs.lookup(page.encoding).name == page.encoding == name_encoding(page.encoding)
    assert 0 <= page.replacements <= page.text.count(REPLACEMENT)
    assert 0 <= read_legibility(page.text) <= 1
    assert page.declared_encoding == find_label(data[:8192])
    if page.encoding != "utf-7":
        page.text.encode()
    if b"\0" not in data and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x84\x31\x95\x33")):
        try:
            plain = data.decode()
        except UnicodeDecodeError:
            return
        assert (page.encoding, page.text, page.replacements) == ("utf-8", plain.removeprefix("\ufeff"), 0) or (
            data.startswith(codecs.BOM_UTF8) and page.encoding == "utf-8"
        )


def check_asked(label: str, data: bytes) -> None:
    """An encoding that is asked for is used, or no encoding has that name."""
    try:
        page = decode_page(data, label)
    except LookupError:
        assert name_encoding(label) is None
    else:
        assert page.encoding == name_encoding(label)


def check_label(label: str, encoding: str, said: str) -> None:
    """A report is read in its own encoding, whatever it declares."""
    text = f"<meta charset={label}><p>{said}</p>"
    page = decode_page(text.encode(encoding))
    assert (page.text, page.replacements, page.media_type) == (text, 0, "text/html")


def check_damage(place: int, stray: int, said: str) -> None:
    """One stray byte in a report in GB18030 harms what stands around it, and nothing long before it."""
    data = said.encode("gb18030")
    place %= len(data)
    text = decode_gb18030(data[:place] + bytes([stray]) + data[place:])
    assert text.count(REPLACEMENT) <= 4  # a character has four bytes at most
    same = next((at for at, pair in enumerate(zip(said, text, strict=False)) if pair[0] != pair[1]), len(said))
    assert len(said[:same].encode("gb18030")) >= place - 40
