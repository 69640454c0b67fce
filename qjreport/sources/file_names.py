"""Names: their natural order, which kinds of file are no pages, which lead out of an archive, which a person wants."""

from __future__ import annotations

from fnmatch import fnmatchcase

import msgspec

from qjreport.sources.entry import Failure
from qjreport.text.patterns import compile_regex

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

    def give(self, name: str) -> str:
        count = self.given[name] = self.given.get(name, 0) + 1
        return f"{self.address}!{name}" + (f"#{count}" if count > 1 else "")

    def tell(self, failure: Failure) -> str:
        address = f"{self.address}@{failure.offset}"
        count = self.given[address] = self.given.get(address, 0) + 1
        return address + (f"#{count}" if count > 1 else "")
