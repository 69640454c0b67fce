"""What a file is by its first bytes, whatever its name says, where it is no page."""

from __future__ import annotations

import msgspec

from qjreport.text.patterns import compile_re

HEAD = 8192  # bytes that are looked at
_BLANK = b"\xef\xbb\xbf \t\r\n\f"  # what may stand in front, as it may in front of a page
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # UTF-16 and UTF-32, whose bytes may be of any value
_CONTROLS = bytes({*range(1, 9), *range(14, 27), *range(28, 32)})  # that no text has; NUL is padding, ESC a shift
_MOST_CONTROLS = 0.06  # of all bytes but NUL: packed data has 0.10, programs more, text none unless it is UTF-16
_LEAST_CONTROLS = 16  # a damaged page may have a few
_READABLE = compile_re("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef -~\t\r\n]")
_MOST_CHANCE = 0.6  # of the characters: random bytes as UTF-16 have a third that are readable, Chinese nearly all

_SAVE_TEXT = "open it and save it as a web page (.html) or as text"
_SAVE_SHEET = "open it and save its sheet as a web page (.html)"
_SAVE_PAGE = "save the page itself, as HTML or as text"
_PICTURE = "save the page itself, not a picture of it; qjreport reads no text out of pictures"
_BATCH = "`qjreport batch` reads all pages in it"
_UNPACK = "unpack it and name the pages in it"

# (offset, bytes there, what it is, what to do)
_MAGIC: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF-", "a PDF document", "save the web page that it was made from, or its text (pdftotext)"),
    (0, b"%!PS", "a PostScript document", _SAVE_PAGE),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS or WPS)", _SAVE_TEXT),
    (0, b"{\\rtf", "an RTF document", _SAVE_TEXT),
    (0, b"CAJ\x00", "a CAJ document", "save it as text with CAJViewer"),
    (0, b"AT&TFORM", "a DjVu document", _SAVE_PAGE),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture", _PICTURE),
    (0, b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    (0, b"GIF87a", "a GIF picture", _PICTURE),
    (0, b"GIF89a", "a GIF picture", _PICTURE),
    (0, b"II*\x00", "a TIFF picture", _PICTURE),
    (0, b"MM\x00*", "a TIFF picture", _PICTURE),
    (8, b"WEBP", "a WebP picture", _PICTURE),
    (6, b"\x00\x00\x00\x00", "a BMP picture", _PICTURE),
    (4, b"ftyp", "sound, film or a picture (MP4, HEIC)", _SAVE_PAGE),
    (0, b"ID3", "sound (MP3)", _SAVE_PAGE),
    (0, b"OggS\x00", "sound or film (Ogg)", _SAVE_PAGE),
    (257, b"ustar", "a tar archive", _BATCH),
    (0, b"WARC/", "a WARC archive of many pages", _BATCH),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (0, b"\x1f\x8b\x08", "a gzip file", "unpack it (gzip -d)"),
    (0, b"\x28\xb5\x2f\xfd", "a zstd file", "unpack it (zstd -d)"),
    (0, b"\xfd7zXZ\x00", "an XZ file", "unpack it (xz -d)"),
    (0, b"BZh", "a bzip2 file", "unpack it (bzip2 -d)"),
    (0, b"SQLite format 3\x00", "an SQLite database", _SAVE_PAGE),
    (0, b"PAR1", "a Parquet file", "`qjreport export` reads a dataset; a page is HTML or text"),
    (0, b"bplist00", "a Safari web archive", "save the page as its source (.html) instead"),
    (0, b"\x7fELF", "a program", "name a saved page"),
    (0, b"\xcf\xfa\xed\xfe", "a program", "name a saved page"),
    (0, b"\xca\xfe\xba\xbe", "a program", "name a saved page"),
    (0, b"wOFF", "a font", "name a saved page"),
    (0, b"wOF2", "a font", "name a saved page"),
)
# Where more than one place tells: (first bytes, bytes that the entry of _MAGIC needs in front of it).
_OPENINGS = {"a WebP picture": b"RIFF", "a BMP picture": b"BM"}
# What a ZIP container turns out to be by the names in it, which stand uncompressed in its first and last bytes. A NUL
# is in front of each: the end of a length or of an offset.
_ZIPPED: tuple[tuple[bytes, str, str], ...] = (
    (b"\x00word/", "a Word document (DOCX)", _SAVE_TEXT),
    (b"\x00xl/", "an Excel workbook (XLSX)", _SAVE_SHEET),
    (b"\x00ppt/", "a PowerPoint document (PPTX)", _SAVE_TEXT),
    (b"OFD.xml", "an OFD document", "open it in an OFD reader and save it as text"),
    (b"mimetypeapplication/epub", "an EPUB book", _UNPACK),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file", _SAVE_TEXT),
)
A_ZIP = "a ZIP archive"


def find_kind(data: bytes) -> tuple[str, str] | None:
    """What the bytes are by their signature and what to do, None where they may be a page.

    >>> find_kind(b"%PDF-1.7 ...")[0], find_kind("<p>全年办理提案459件".encode())
    ('a PDF document', None)
    """
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        names = data[:HEAD] + data[-HEAD:]
        found = next(((kind, remedy) for name, kind, remedy in _ZIPPED if name in names), None)
        return found or (A_ZIP, f"{_BATCH}, `qjreport extract 'FILE!NAME'` one of them")
    head = data[:512]
    for place, magic, kind, remedy in _MAGIC:
        if head.startswith(magic, place) and head.startswith(_OPENINGS.get(kind, b"")):
            return kind, remedy
    if head[:2] == b"MZ" and b"\x00" in head:
        return "a program", "name a saved page"
    return None


def find_other(data: bytes) -> tuple[str, str] | None:
    """As find_kind, and for what has no signature: JSON, and bytes that are no text.

    >>> find_other(b'{"title": "459"}')[0], find_other("[摘要]全年办理提案459件".encode())
    ('JSON', None)
    """
    start = data[:HEAD].lstrip(_BLANK)
    kind = find_kind(data) or find_kind(start)
    if kind is not None:
        return kind
    if start[:1] in (b"{", b"[") and is_json(data):
        return "JSON", "take the text or the HTML of the page out of it"
    if not start.startswith(_MARKS) and is_binary(data[:HEAD]):
        return "a binary file of no known kind", _SAVE_PAGE
    return None


def is_json(data: bytes) -> bool:
    """Whether the bytes are JSON, or JSON Lines as far as the first line tells."""
    whole = data.strip(_BLANK)
    first, _, rest = whole.partition(b"\n")
    for text in (first, whole) if rest.startswith(b"{") else (whole,):
        try:
            msgspec.json.decode(text, type=msgspec.Raw)
        except (msgspec.DecodeError, RecursionError):
            continue
        return True
    return False


def is_binary(head: bytes) -> bool:
    """Whether there are control characters in the bytes as no text has them, UTF-16 without a mark neither."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls < _LEAST_CONTROLS or controls < _MOST_CONTROLS * (len(head) - head.count(0)):
        return False
    wide = (head.decode(encoding, "ignore") for encoding in ("utf-16-le", "utf-16-be"))
    return all(len(_READABLE.findall(text)) < _MOST_CHANCE * len(text) for text in wide)
