"""Whether a page has words that a person asked for, by its raw bytes, in each encoding that a page may have.

Nothing is parsed: a page that is passed over costs a search and no more. What a reader sees as the words is missed
where a tag or white space stands between their characters; what is found may be nothing that a reader sees.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from qjreport.sources.entry import Entry, FailureError, Limits
from qjreport.sources.packing import find_packing
from qjreport.sources.unpack import is_mhtml, open_page

# Those that `page` finds out by itself. UTF-16 shows by its mark or the zero bytes of its ASCII; UTF-32, which nearly
# nobody has, by its mark only.
NARROW = ("utf-8", "gb18030", "big5hkscs")
WIDE = ("utf-16-le", "utf-16-be")
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
MARKED = {b"\xff\xfe\x00\x00": "utf-32-le", b"\x00\x00\xfe\xff": "utf-32-be"}
MOST_ZEROS = 8  # in front of the number of a reference
NO_PAGES = ("skipped", "no-page", "empty")  # failures of what is known to hold no page


class Spelling(msgspec.Struct, frozen=True):
    """The words in one encoding, and their characters as references: &#24037; and &#x5DE5;"""

    encoding: str
    needles: tuple[bytes, ...]
    sign: bytes  # &# in this encoding
    references: re.Pattern[bytes]

    def stands_in(self, data: bytes) -> bool:
        if any(needle in data for needle in self.needles):
            return True
        if self.sign not in data:
            return False
        resolved, count = self.references.subn(self.resolve, data)
        return count > 0 and any(needle in resolved for needle in self.needles)

    def resolve(self, reference: re.Match[bytes]) -> bytes:
        number = reference[1].replace(b"\x00", b"")
        return chr(int(number[1:], 16) if number[:1] in b"xX" else int(number)).encode(self.encoding)


@lru_cache(maxsize=64)
def spell(words: tuple[str, ...], encoding: str) -> Spelling | None:
    """None where the encoding can write none of the words: Big5 has no 报."""
    needles = []
    for word in words:
        try:
            needles.append(word.encode(encoding))
        except UnicodeEncodeError:
            continue
    if not needles:
        return None
    zeros = b"\x00" * (len("&".encode(encoding)) - 1)  # beside an ASCII character

    def piece(characters: str) -> bytes:
        one = b"[" + characters.encode() + b"]"
        return one + zeros if encoding.endswith("le") else zeros + one

    leading = b"(?:%b){0,%d}" % (piece("0"), MOST_ZEROS)
    forms = []
    for code in sorted({ord(character) for needle in needles for character in needle.decode(encoding)}):
        decimal, hexadecimal = str(code), [digit + digit.upper() for digit in f"{code:x}"]
        forms.append(leading + b"".join(map(piece, decimal)) + b"(?!%b)" % piece("0-9"))
        forms.append(piece("xX") + leading + b"".join(map(piece, hexadecimal)) + b"(?!%b)" % piece("0-9a-fA-F"))
    sign = "&#".encode(encoding)
    # Not kept as the package's own patterns are: the words are a user's.
    references = re.compile(re.escape(sign) + b"(" + b"|".join(forms) + b")" + b"(?:%b)?" % piece(";"))
    return Spelling(encoding, tuple(needles), sign, references)


def find_words(words: tuple[str, ...], data: bytes, encoding: str | None = None) -> bool:
    """Whether any of the words stands in the bytes of a page; `encoding` is one that the page is known to have.

    >>> find_words(("工作报告",), "政府工作报告".encode("gbk")), find_words(("工作报告",), b"&#24037;&#x4F5c;")
    (True, False)
    """
    marked = next((name for mark, name in MARKED.items() if data.startswith(mark)), None)
    names = [name for name in (marked, encoding) if name and name not in NARROW]
    names += NARROW
    if b"\x00" in data or data.startswith(WIDE_MARKS):
        names += WIDE
    return any(found is not None and found.stands_in(data) for found in (spell(words, name) for name in names))


class Sieve:
    """Lets through the pages that have the words, and what could not be read to tell; counts the others."""

    def __init__(self, words: tuple[str, ...], limits: Limits, encoding: str | None = None) -> None:
        self.words = words
        self.limits = limits
        self.encoding = encoding
        self.passed = 0

    def takes(self, entry: Entry) -> bool:
        taken = self.looks_wanted(entry)
        self.passed += not taken
        return taken

    def looks_wanted(self, entry: Entry) -> bool:
        try:
            data = entry.load()
            if find_packing(data) or is_mhtml(data):
                data = open_page(entry.address, data, self.limits)
        except FailureError as error:
            return error.failure.error not in NO_PAGES
        return find_words(self.words, data, self.encoding)
