"""Reads the word tables into one frozen Lexicon."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from qjreport.lexicon.chrome import Chrome
from qjreport.lexicon.facts import FactWords
from qjreport.lexicon.hedges import Hedges
from qjreport.lexicon.markers import Markers
from qjreport.lexicon.names import Names
from qjreport.lexicon.units import Units

Shape = TypeVar("Shape", bound=msgspec.Struct)


class LexiconError(ValueError):
    """A word table that cannot be used; the message says which table and where in it."""


class Lexicon(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """All word tables. Equal only to itself, so that compiled patterns may be cached by it."""

    chrome: Chrome
    facts: FactWords
    hedges: Hedges
    markers: Markers
    names: Names
    units: Units
    digest: str  # of the tables' bytes: the same words, the same digest


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The tables that come with the package.

    Raises LexiconError where a table does not have the shape that its module says.

    >>> load_lexicon().digest == load_lexicon().digest
    True
    """
    digest = hashlib.sha256()

    def load(name: str, shape: type[Shape]) -> Shape:
        data = files("qjreport.lexicon").joinpath(f"{name}.toml").read_bytes()
        digest.update(data)
        try:
            return msgspec.toml.decode(data, type=shape)
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            raise LexiconError(f"{name}.toml: {error}") from error

    return Lexicon(
        chrome=load("chrome", Chrome),
        facts=load("facts", FactWords),
        hedges=load("hedges", Hedges),
        markers=load("markers", Markers),
        names=load("names", Names),
        units=load("units", Units),
        digest=digest.hexdigest()[:16],
    )
