"""Files that are no pages, a small one of each kind: name, bytes, and the words that an error about it must have."""

from __future__ import annotations

import gzip
import json
import random

from archives import make_page, make_tar, make_zip

OPEN_XML = {"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<Relationships/>"}
BYTES = random.Random(459).randbytes(4096)
NUL = bytes(64)

NOT_PAGES: tuple[tuple[str, bytes, str], ...] = (
    ("report.pdf", b"%PDF-1.7\n1 0 obj <</Length 459>> stream\n", "a PDF document.*pdftotext"),
    ("late.pdf", b"\r\n\xef\xbb\xbf%PDF-1.4\n", "a PDF document"),
    ("report.ps", b"%!PS-Adobe-3.0\n", "a PostScript document"),
    ("report.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NUL, r"an old Office document \(DOC, XLS or WPS\).*as text"),
    ("report.docx", make_zip({**OPEN_XML, "word/document.xml": b"<w:p/>"}), "a Word document.*as text"),
    ("last.docx", make_zip({"docProps/a.xml": BYTES * 8, "word/document.xml": b""}), "a Word document"),
    ("sheet.xlsx", make_zip({**OPEN_XML, "xl/workbook.xml": b"<workbook/>"}), "an Excel workbook.*its sheet"),
    ("talk.pptx", make_zip({**OPEN_XML, "ppt/presentation.xml": b"<p/>"}), "a PowerPoint document"),
    ("report.odt", make_zip({"mimetype": b"application/vnd.oasis.opendocument.text"}, 0), "an OpenDocument file"),
    ("book.epub", make_zip({"mimetype": b"application/epub+zip"}, 0), "an EPUB book"),
    ("report.ofd", make_zip({"OFD.xml": b"<ofd/>"}), "an OFD document"),
    ("pages.zip", make_zip({"password/1.html": make_page(1)}), "a ZIP archive.*qjreport batch"),
    ("empty.zip", make_zip({}), "a ZIP archive"),
    ("pages.tar", make_tar({"1.html": make_page(1)}), "a tar archive.*qjreport batch"),
    ("pages.tar.gz", gzip.compress(make_tar({"1.html": make_page(1)})), "a tar archive"),
    ("crawl.warc", b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "a WARC archive.*qjreport batch"),
    ("report.rtf", b"{\\rtf1\\ansi 459}", "an RTF document"),
    ("report.caj", b"CAJ\x00" + NUL, "a CAJ document"),
    ("scan.djvu", b"AT&TFORM" + NUL, "a DjVu document"),
    ("map.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a PNG picture.*not a picture of it"),
    ("map.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "a JPEG picture"),
    ("old.gif", b"GIF87a" + NUL, "a GIF picture"),
    ("map.gif", b"GIF89a" + NUL, "a GIF picture"),
    ("map.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 ", "a WebP picture"),
    ("map.bmp", b"BM\x46\x00\x00\x00\x00\x00\x00\x00", "a BMP picture"),
    ("map.tif", b"II*\x00" + NUL, "a TIFF picture"),
    ("big.tif", b"MM\x00*" + NUL, "a TIFF picture"),
    ("film.mp4", b"\x00\x00\x00\x18ftypmp42", "sound, film or a picture"),
    ("song.mp3", b"ID3\x04\x00" + NUL, "sound"),
    ("song.ogg", b"OggS\x00" + NUL, "sound or film"),
    ("pages.rar", b"Rar!\x1a\x07\x01\x00", "a RAR archive.*unpack it"),
    ("pages.7z", b"7z\xbc\xaf\x27\x1c" + NUL, "a 7-Zip archive"),
    ("base.sqlite", b"SQLite format 3\x00" + NUL, "an SQLite database"),
    ("facts.parquet", b"PAR1\x15\x04" + NUL + b"PAR1", "a Parquet file"),
    ("page.webarchive", b"bplist00" + NUL, "a Safari web archive"),
    ("ls", b"\x7fELF\x02\x01\x01" + NUL, "a program"),
    ("tool.exe", b"MZ\x90\x00\x03" + NUL, "a program"),
    ("tool.dylib", b"\xcf\xfa\xed\xfe" + NUL, "a program"),
    ("Tool.class", b"\xca\xfe\xba\xbe" + NUL, "a program"),
    ("font.woff", b"wOFF" + NUL, "a font"),
    ("font.woff2", b"wOF2" + NUL, "a font"),
    ("facts.json", json.dumps({"facts": [{"value": 459}]}, indent=2).encode(), "JSON.*take the text or the HTML"),
    ("facts.jsonl", b'{"value": 459}\n{"value": 460}\n', "JSON"),
    ("list.json", '\ufeff[459, "件"]'.encode(), "JSON"),
    ("unknown.bin", b"\x99\x81" + BYTES, "a binary file"),
)
