"""The words that the stages know, as data: TOML tables beside this file, checked as they are read.

Logic lives in the stages; here is only what they look up. A module beside this one says for each table what its
fields mean (`units.py` for `units.toml`).
"""

from __future__ import annotations

from qjreport.lexicon.load import Lexicon, LexiconError, load_lexicon

__all__ = ["Lexicon", "LexiconError", "load_lexicon"]
