"""Reads the word tables that come with the package into one frozen Lexicon."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import Any

import msgspec

from qjreport.lexicon.chrome import Chrome
from qjreport.lexicon.facts import FactWords
from qjreport.lexicon.hedges import Hedges
from qjreport.lexicon.markers import Markers
from qjreport.lexicon.names import Names
from qjreport.lexicon.numerals import Numerals
from qjreport.lexicon.script import Script
from qjreport.lexicon.units import Units
from qjreport.model.digest import digest_file
from qjreport.start_cache import KEPT


class LexiconError(ValueError):
    """A word table that cannot be used; the message says which table and where in it."""


class Lexicon(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """All word tables. Equal only to itself, so that compiled patterns may be cached by it."""

    chrome: Chrome
    facts: FactWords
    hedges: Hedges
    markers: Markers
    names: Names
    numerals: Numerals
    script: Script
    units: Units
    digest: str  # of the tables' bytes: the same words, the same digest


TABLES: dict[str, Any] = {
    "chrome": Chrome,
    "facts": FactWords,
    "hedges": Hedges,
    "markers": Markers,
    "names": Names,
    "numerals": Numerals,
    "script": Script,
    "units": Units,
}


@lru_cache(maxsize=1)
def load_tables() -> Lexicon:
    """The package's own tables: as they were kept when these very bytes were read before, else parsed."""
    data = {name: read_table(f"{name}.toml") for name in TABLES}
    digest = digest_file(b"".join(data.values()))[:16]
    key = ("lexicon", msgspec.__version__, digest)
    kept = KEPT.get(key)
    if kept is not None:
        try:
            return msgspec.msgpack.decode(kept, type=Lexicon)
        except msgspec.DecodeError:  # the shapes have changed since
            pass
    lexicon = Lexicon(**{name: parse_table(name, data[name], shape) for name, shape in TABLES.items()}, digest=digest)
    KEPT.put(key, msgspec.msgpack.encode(lexicon))
    return lexicon


def read_table(name: str) -> bytes:
    """A file beside this one, wherever the package was imported from: a folder or a zip."""
    loader: Any = __spec__.loader if __spec__ else None
    data: bytes = loader.get_data(os.path.join(os.path.dirname(__file__), name))  # noqa: PTH118, PTH120
    return data


def parse_table(name: str, data: bytes, shape: type[msgspec.Struct]) -> Any:
    try:
        return msgspec.toml.decode(data, type=shape)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise LexiconError(f"{name}.toml: {error}") from error
