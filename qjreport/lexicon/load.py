"""Reads the word tables that come with the package into one frozen Lexicon.

A module beside this one has the shape of each table; script.toml, which is generated, has its shape here.
"""

import os
from functools import lru_cache
from typing import Any

import msgspec

from qjreport.lexicon.chrome import Chrome
from qjreport.lexicon.facts import FactWords
from qjreport.lexicon.hedges import Hedges
from qjreport.lexicon.indicators import Indicators
from qjreport.lexicon.markers import Markers
from qjreport.lexicon.names import Names
from qjreport.lexicon.numerals import Numerals
from qjreport.lexicon.places import PlaceWords
from qjreport.lexicon.units import Units
from qjreport.model.digest import digest_file
from qjreport.start_cache import KEPT, tell_apart


class LexiconError(ValueError):
    """A word table that cannot be used; the message says which table and where in it."""


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """script.toml, by which `qjreport.text.script` folds pages: a character at the same place of both strings."""

    traditional: str
    simplified: str
    both: str  # simplified characters that traditional text has as well: 后, 里
    frequent: str  # traditional characters; a page of some length that has none of them is not traditional


class Lexicon(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """All word tables. Equal only to itself, so that compiled patterns may be cached by it."""

    chrome: Chrome
    facts: FactWords
    hedges: Hedges
    indicators: Indicators
    markers: Markers
    names: Names
    numerals: Numerals
    places: PlaceWords
    script: Script
    units: Units
    digest: str  # of the tables' bytes: the same words, the same digest


TABLES: dict[str, Any] = {
    "chrome": Chrome,
    "facts": FactWords,
    "hedges": Hedges,
    "indicators": Indicators,
    "markers": Markers,
    "names": Names,
    "numerals": Numerals,
    "places": PlaceWords,
    "script": Script,
    "units": Units,
}


@lru_cache(maxsize=1)
def load_tables() -> Lexicon:
    """The package's own tables: as they were kept when these very bytes were read before, else parsed."""
    data = {name: read_table(f"{name}.toml") for name in TABLES}
    whole = b"".join(data.values())
    key = ("lexicon", *tell_apart(whole))
    kept = KEPT.get(key)
    if kept is not None:
        try:
            return msgspec.msgpack.decode(kept, type=Lexicon)
        except msgspec.DecodeError:  # the shapes have changed since
            pass
    digest = digest_file(whole)[:16]
    lexicon = Lexicon(**{name: parse_table(name, data[name], shape) for name, shape in TABLES.items()}, digest=digest)
    KEPT.put(key, msgspec.msgpack.encode(lexicon), sole=True)
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
