"""The shape of rules.toml: what each rule says and each doubt means, for `qjreport explain` and the documents.

The rules themselves are in the stages; here is only what to tell a reader of them.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Literal

import msgspec

Language = Literal["en", "zh"]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    gives: tuple[str, ...]  # fields of a fact, or why
    en: str
    zh: str

    def say(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


class Doubt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reason to look at a fact again."""

    en: str
    zh: str
    example: str  # a number of it bears the doubt
    near_miss: str  # none does

    def say(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """rules.toml. A rule's name begins with its family: bound.behind.about."""

    families: dict[str, tuple[str, str]]  # English, Chinese
    rules: dict[str, Rule]
    defaults: dict[str, tuple[str, str]]  # field → what it says where no rule was needed
    doubts: dict[str, Doubt]

    def find(self, name: str) -> Rule:
        """The rule of that name; one that says nothing where the table lacks it."""
        return self.rules.get(name, UNKNOWN)


UNKNOWN = Rule((), "", "")


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """The table that comes with the package.

    >>> load_rules().find("unit.counter").gives
    ('unit',)
    """
    data = files("qjreport.lexicon").joinpath("rules.toml").read_bytes()
    return msgspec.toml.decode(data, type=Rules)
