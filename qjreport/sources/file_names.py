"""Names: their natural order, which kinds of file are no pages, which lead out of an archive, which a person wants.

And addresses, of which no two inputs have the same: `2024.zip!重庆市/2015.html`, `crawl.warc.gz@8127 http://…`. A sign
of a name that would read as one between an archive and its member is spelt out (`x.zip\\x21b.html`), as is a byte that
is no text, and a backslash where a name would read as if something had been spelt out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from qjreport.sources.entry import Failure
from qjreport.sources.storage import is_url
from qjreport.text.patterns import compile_regex

if TYPE_CHECKING:
    from regex import Pattern

NUMBERS = compile_regex(r"(\d+)")
DRIVE = compile_regex(r"^[A-Za-z]:")

# Ending → what such a file is. What is not listed here is opened, and its first bytes decide.
OTHER_KINDS = {
    **dict.fromkeys((".css", ".less", ".scss"), "a style sheet"),
    **dict.fromkeys((".js", ".mjs", ".ts", ".map"), "a script"),
    **dict.fromkeys((".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".yaml", ".yml", ".toml", ".rss", ".atom"), "data"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".svg", ".ico", ".tif", ".tiff"), "a picture"),
    **dict.fromkeys(
        (".mp3", ".mp4", ".m4a", ".avi", ".mov", ".wmv", ".flv", ".wav", ".webm", ".m3u8"), "sound or film"
    ),
    **dict.fromkeys((".woff", ".woff2", ".ttf", ".otf", ".eot"), "a font"),
    **dict.fromkeys(
        (".doc", ".docx", ".wps", ".rtf", ".odt", ".ofd", ".pdf", ".caj", ".epub"), "a document, not a page"
    ),
    **dict.fromkeys((".xls", ".xlsx", ".et", ".ods", ".ppt", ".pptx"), "an office file, not a page"),
    **dict.fromkeys((".rar", ".7z", ".iso", ".cab"), "an archive of a kind that is not read"),
    **dict.fromkeys((".exe", ".dll", ".so", ".swf", ".class", ".jar", ".py", ".sh"), "a program"),
    **dict.fromkeys((".sqlite", ".db", ".mdb", ".parquet"), "a database"),
    **dict.fromkeys((".cdx", ".cdxj", ".idx", ".ds_store"), "an index"),
}
# What stands beside pages in a folder and tells of them, by the first part of its name.
NOTES = frozenset("readme license licence copying notice changelog changes contributing authors".split())  # noqa: SIM905
NOTE_ENDINGS = ("", ".md", ".txt", ".rst", ".markdown")
CONTAINERS = (
    ".zip .wacz .tar .tgz .tbz2 .txz .tzst .gz .bz2 .xz .zst .warc .wet .arc .tbz .taz .tzs".split()  # noqa: SIM905
)
PAGE_GZ = tuple(f"{page}.gz" for page in (".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht", ".txt"))


def order_naturally(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that puts 2.html before 10.html.

    >>> sorted(["10.html", "2.html", "年报.html", "1.html"], key=order_naturally)
    ['1.html', '2.html', '10.html', '年报.html']
    """
    parts = NUMBERS.split(name)
    return tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts if part)


def explain_kind(name: str) -> str | None:
    """What a file is that cannot be a page by its ending; None where it may be one.

    >>> explain_kind("地图.JPG"), explain_kind("2015.html")
    ('is a picture (.jpg)', None)
    >>> explain_kind("2024/README.md")
    'is a note beside pages (readme.md)'
    """
    last = name.lower().replace("\\", "/").rstrip("/").rpartition("/")[2]
    if last.partition(".")[0] in NOTES and last[len(last.partition(".")[0]) :] in NOTE_ENDINGS:
        return f"is a note beside pages ({last})"
    ending = find_ending(last) or last
    kind = OTHER_KINDS.get(ending)
    return f"is {kind} ({ending})" if kind else None


def find_ending(name: str) -> str:
    """The ending of a path with its dot. Not by pathlib, which takes ten times as long: it is asked of every file.

    >>> find_ending("a.zip/2015.html"), find_ending("a.zip/.ds_store"), find_ending("2015.")
    ('.html', '', '')
    """
    last = name.rstrip("/").rpartition("/")[2]
    place = last.rfind(".")
    return last[place:] if 0 < place < len(last) - 1 else ""


def is_container(name: str) -> bool:
    """Whether the ending says that there may be several pages inside.

    >>> is_container("crawl.warc.gz"), is_container("2015.html.gz")
    (True, False)
    """
    lower = name.lower()
    return find_ending(lower) in CONTAINERS and not lower.endswith(PAGE_GZ)


def names_crawl(name: str) -> bool:
    """Whether the name says that records of a crawl are inside.

    >>> names_crawl("crawl.warc.gz"), names_crawl("2015.html.gz")
    (True, False)
    """
    return ".warc" in name.lower() or ".wet" in name.lower()


def leads_outside(name: str) -> bool:
    """Whether a member's name would leave the folder that the archive is unpacked to.

    >>> leads_outside("../secret.html"), leads_outside("a/b.html")
    (True, False)
    """
    slashed = name.replace("\\", "/")
    return slashed.startswith("/") or DRIVE.match(name) is not None or ".." in slashed.split("/") or "\x00" in name


SIGNS = "!@"  # between an archive and what it holds
SPELT = compile_regex(r"\\x(?=[0-9a-f]{2})")
SPELT_SIGN = compile_regex(r"\\x(?=21|40|5c)")  # all that is spelt out of a member's name, which is text
SPELT_BYTE = compile_regex(rb"\\x([0-9a-f]{2})")
AGAIN = compile_regex(r"#[0-9]+$")


def show_path(path: str) -> str:
    """A path as an address: text, and not that of another file, nor of a page in an archive that is there."""
    shown = path
    if any(sign in path for sign in "\\!@"):
        shown = spell_signs(path, SPELT, is_container if is_url(path) else lambda front: Path(front).is_file())
    return shown if shown.isascii() else os.fsencode(shown).decode("utf-8", "backslashreplace")


def show_member(name: str) -> str:
    """The name of a member as it stands in an address.

    >>> show_member("a!b.html"), show_member("b.zip!c.html")
    ('a!b.html', 'b.zip\\\\x21c.html')
    """
    if not any(sign in name for sign in "\\!@"):
        return name
    return spell_signs(name, SPELT_SIGN, lambda front: is_container(AGAIN.sub("", front)))


def spell_signs(name: str, spelt: Pattern[str], is_archive: Callable[[str], bool]) -> str:
    """The name with its backslashes of `spelt` spelt out, and those signs that stand after an archive."""
    parts: list[str] = []
    begin = 0
    for place, sign in enumerate(name):
        if sign in SIGNS and place and is_archive(name[:place]):
            parts += [name[begin:place], f"\\x{ord(sign):02x}"]
            begin = place + 1
    parts.append(name[begin:])
    return "".join(spelt.sub(r"\\x5cx", part) if place % 2 == 0 else part for place, part in enumerate(parts))


def find_path(shown: str) -> str:
    """The path that `show_path` shows so.

    >>> find_path("x.zip\\\\x21b.html"), find_path("a.html")
    ('x.zip!b.html', 'a.html')
    """
    if "\\x" not in shown:
        return shown
    return os.fsdecode(SPELT_BYTE.sub(lambda found: bytes([int(found[1], 16)]), os.fsencode(shown)))


def split_address(address: str) -> Iterator[str]:
    """The paths that an address may begin with: in front of each ! and @, but for those of a host (`hdfs://me@host/`).

    >>> list(split_address("a@b.zip!c.html")), list(split_address("hdfs://me@host/b.zip!c.html"))
    (['a', 'a@b.zip'], ['hdfs://me@host/b.zip'])
    """
    first = address.find("/", address.index("://") + 3) if is_url(address) else 0
    return (address[:place] for place, sign in enumerate(address) if place > first >= 0 and sign in SIGNS)


class Choice(msgspec.Struct, frozen=True):
    """The globs of --include and --exclude. They are matched with a name's whole path and with its last part."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    @property
    def takes_all(self) -> bool:
        """Whether there is nothing to match with."""
        return not (self.include or self.exclude)

    def takes(self, name: str, *, container: bool = False) -> bool:
        """Whether a page or an archive of this name is wanted; an archive is, unless it is excluded.

        >>> Choice(include=("*.html",)).takes("a/b.html"), Choice(exclude=("a/*",)).takes("a/b.html")
        (True, False)
        """
        if self.takes_all:
            return True
        last = name.replace("\\", "/").rsplit("/", 1)[-1]

        def match(globs: tuple[str, ...]) -> bool:
            return any(fnmatchcase(name, glob) or fnmatchcase(last, glob) for glob in globs)

        return not match(self.exclude) and (container or not self.include or match(self.include))


class Names:
    """Addresses of an archive's members, each different: the second of a name gets #2."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.given: dict[str, int] = {}
        self.told: dict[str, int] = {}

    def give(self, name: str) -> str:
        """The address of a member; that of the next one of a name has #2, unless a member is called so."""
        shown = show_member(name)
        given = shown
        while given in self.given:
            self.given[shown] += 1
            given = f"{shown}#{self.given[shown]}"
        self.given[given] = 1
        return f"{self.address}!{given}"

    def tell(self, failure: Failure) -> str:
        address = f"{self.address}@{failure.offset}"
        count = self.told[address] = self.told.get(address, 0) + 1
        return address + (f"#{count}" if count > 1 else "")
