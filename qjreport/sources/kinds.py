"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

_OPEN_OFFICE = "open it and save it as a web page (.html) or as text"
_PICTURE = "save the page itself, not a picture of it"
_UNPACK = "unpack it and name the pages in it"

# (first bytes, what it is, what to do)
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF document", "save the web page that it was made from, or its text (pdftotext)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS or WPS)", _OPEN_OFFICE),
    (b"{\\rtf", "an RTF document", _OPEN_OFFICE),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", _PICTURE),
    (b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    (b"GIF87a", "a GIF picture", _PICTURE),
    (b"GIF89a", "a GIF picture", _PICTURE),
    (b"II*\x00", "a TIFF picture", _PICTURE),
    (b"MM\x00*", "a TIFF picture", _PICTURE),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an XZ file", "unpack it with xz -d"),
    (b"BZh", "a bzip2 file", "unpack it with bzip2 -d"),
    (b"SQLite format 3\x00", "an SQLite database", "save the page itself"),
    (b"bplist00", "a Safari web archive", "save the page as its source (.html) instead"),
    (b"WARC/", "a WARC archive of many pages", "take the page out of it (warcio extract)"),
    (b"CAJ", "a CAJ document", "save it as text with CAJViewer"),
    (b"\x7fELF", "a program", "name a saved page"),
)
# What a ZIP container turns out to be by the names in it, which stand uncompressed in its first entries.
_ZIPPED: tuple[tuple[bytes, str, str], ...] = (
    (b"word/", "a Word document (DOCX)", _OPEN_OFFICE),
    (b"xl/", "an Excel workbook (XLSX)", "save its sheet as a web page (.html)"),
    (b"ppt/", "a PowerPoint document (PPTX)", _OPEN_OFFICE),
    (b"OFD.xml", "an OFD document", "open it in an OFD reader and save it as text"),
    (b"mimetypeapplication/epub", "an EPUB book", _UNPACK),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file", _OPEN_OFFICE),
)


def find_kind(data: bytes) -> tuple[str, str] | None:
    """What the bytes are and what to do, None where they may be a page.

    >>> find_kind(b"%PDF-1.7 ...")[0], find_kind("<p>全年办理提案459件".encode())
    ('a PDF document', None)
    """
    if data[:4] == b"PK\x03\x04":
        names = data[:8192] + data[-8192:]
        for name, kind, remedy in _ZIPPED:
            if name in names:
                return kind, remedy
        return "a ZIP archive", _UNPACK
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP picture", _PICTURE
    if data[:2] == b"BM" and b"\x00" in data[6:10]:
        return "a BMP picture", _PICTURE
    for magic, kind, remedy in _MAGIC:
        if data.startswith(magic):
            return kind, remedy
    return None
