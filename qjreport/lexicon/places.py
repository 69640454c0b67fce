"""The shape of places.toml: the words that go with the table of places, places.tsv.

The table is text that `qjreport.places.atlas` looks things up in; it is part of no Lexicon, and read only where a place
is asked for. Its digest stands here, so that other places are other words.
"""

import msgspec


class PlaceWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """places.toml."""

    data: str  # the first digits of the SHA-256 of places.tsv
    country: str
    country_code: str
    name_ends: tuple[str, ...]
    yearly: tuple[str, ...]  # kinds of reports that a place gives once a year
    aliases: dict[str, str]  # other names → code
