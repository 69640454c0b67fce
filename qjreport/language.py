"""The language of what a person reads: English as it stands in the code, or Chinese from a catalogue of gettext.

`_("{path}: no such file", path=path)` is a message with its fields; `_.count(3, "facts")` a number of things. What a
program reads (JSON, CSV, datasets, ledgers, messages of --json) is English in every locale, so what it is made of is
written with ENGLISH, which has the same two.

Which language it is, `find_language` reads from the environment when a command begins; until then it is English.
In English nothing is loaded and nothing is looked up. The catalogue holds click's messages, too: click asks gettext
for the text domain of the process, which `use` sets.

The layers below the commands raise and return English, for it may be stored. `_.translate` finds the message that such
a text was made from, by the words between its fields, and says it in the language of the reader.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from gettext import GNUTranslations

VARIABLE = "QJREPORT_LANG"
DOMAIN = "qjreport"
FOLDER = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120 - pathlib loads more
PLAIN_LOCALES = ("C", "POSIX")
FIELD = re.compile(r"\{(\w++)[^{}]*+\}")  # possessive: a brace that nothing closes is looked at once
JOINTS = ((": ", "："), ("; ", "；"))  # between messages that a text is put together from
MESSAGES = {"reason", "error", "message", "problem", "line"}  # fields that are messages themselves
LEAST_WORDS = 2  # of its own, by which a message with fields is known again in a text
MANY_WORDS = 3  # with fewer, its fields are single words


def find_language() -> Literal["en", "zh"]:
    """ "zh" where QJREPORT_LANG says so or, without it, the locale; else "en".

    LC_ALL goes before LANGUAGE: whoever sets LC_ALL=C wants what is the same everywhere.
    """
    asked = os.environ.get(VARIABLE)
    if not asked:
        all_, language = os.environ.get("LC_ALL", ""), os.environ.get("LANGUAGE", "")
        plain = all_.partition(".")[0] in PLAIN_LOCALES
        named = (all_ if plain else "", language, all_, os.environ.get("LC_MESSAGES", ""), os.environ.get("LANG", ""))
        asked = next(filter(None, named), "")
    return "zh" if asked.lower().startswith("zh") else "en"


@lru_cache(maxsize=4096)  # what a rule says is measured for every fact
def measure_cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for a Chinese character.

    >>> measure_cells("5亿元"), measure_cells("“a”")
    (5, 3)
    """
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


class Tongue:
    """Says messages in a language."""

    def __init__(self) -> None:
        self.language: Literal["en", "zh"] = "en"
        self.catalogue: GNUTranslations | None = None

    def use(self, language: Literal["en", "zh"]) -> None:
        """Speak this language from now on, and let click do the same."""
        if language == self.language:
            return
        import gettext

        found = gettext.translation(DOMAIN, FOLDER, languages=[language], fallback=True)
        self.language, self.catalogue = "en", None
        gettext.textdomain("messages")
        if not isinstance(found, gettext.GNUTranslations):  # English, or a copy that came without the catalogue
            return
        self.language, self.catalogue = language, found
        os.environ["LANGUAGE"] = language  # by which gettext finds the catalogue, for click
        gettext.bindtextdomain(DOMAIN, FOLDER)
        gettext.textdomain(DOMAIN)

    def __call__(self, message: str, /, **fields: object) -> str:
        """The message with its fields; what went wrong elsewhere is translated, too."""
        if self.catalogue is not None:
            message = self.catalogue.gettext(message)
            fields |= {name: self.translate(str(fields[name])) for name in MESSAGES & fields.keys()}
        return message.format(**fields) if fields else message

    def count(self, number: int, things: str) -> str:
        """
        >>> ENGLISH.count(1, "facts"), ENGLISH.count(9, "dates"), ENGLISH.count(1, "of its structure")
        ('1 fact', '9 dates', '1 of its structure')
        """
        if self.catalogue is not None:
            return self.catalogue.gettext(f"{{count}} {things}").format(count=number)
        singular = things[:-1] if things.endswith("s") and " " not in things else things
        return f"{number} {singular if number == 1 else things}"

    def translate(self, text: str) -> str:
        """A text that was made elsewhere in English: a message, one with fields in it, or several that are joined."""
        return text if self.catalogue is None else translate_text(text, self.catalogue)


ENGLISH: Final = Tongue()
_: Final = Tongue()  # of the process


def translate_text(text: str, catalogue: GNUTranslations) -> str:
    """The text as one message, else what stands before and after a joint, the shortest before it first.

    A word alone may be anybody's: a name, a path. A field that holds a joint may hold two messages, so that a message
    with such a field is the last thing that is looked for.
    """
    if " " not in text:
        return text
    whole = translate_whole(text, catalogue)
    if whole is not None:
        return whole
    for joint, sign in JOINTS:
        at = text.find(joint)
        while at >= 0:
            head, tail = text[:at], text[at + len(joint) :]
            said = translate_whole(head, catalogue) or head, translate_text(tail, catalogue)
            if said != (head, tail):
                return sign.join(said)
            at = text.find(joint, at + 1)
    return translate_whole(text, catalogue, strict=False) or text


def translate_whole(text: str, catalogue: GNUTranslations, *, strict: bool = True) -> str | None:
    messages, templates = list_messages(catalogue)
    if text in messages:
        return messages[text]
    if text.endswith(".") and (said := translate_whole(text[:-1], catalogue)) is not None:
        return f"{said}。"
    for pattern, words, message in templates:
        match = pattern.fullmatch(text)
        if match is None or (strict and any("; " in field for field in match.groups())):
            continue
        if words >= MANY_WORDS or not any(" " in field for field in match.groups()):
            fields = {name: translate_text(value, catalogue) for name, value in match.groupdict().items()}
            return FIELD.sub(r"{\1}", messages[message]).format(**fields)
    return None


@lru_cache(maxsize=1)
def list_messages(catalogue: GNUTranslations) -> tuple[dict[str, str], list[tuple[re.Pattern[str], int, str]]]:
    """All messages, and those with fields as patterns, the ones with most words of their own first."""
    held: dict[object, str] = catalogue._catalog  # type: ignore[attr-defined]
    messages = {message: said for message, said in held.items() if isinstance(message, str) and message}
    wordy = [message for message in messages if FIELD.search(message) and count_words(message) >= LEAST_WORDS]
    wordy.sort(key=lambda message: len(FIELD.sub("", message)), reverse=True)
    return messages, [(compile_template(message), count_words(message), message) for message in wordy]


def count_words(message: str) -> int:
    """
    >>> count_words("{path}: is {kind} and no page"), count_words("{name}: {count}")
    (4, 0)
    """
    return len(re.findall(r"[A-Za-z]+", FIELD.sub(" ", message)))


def compile_template(message: str) -> re.Pattern[str]:
    """
    >>> compile_template("is {kind} and no page").fullmatch("is a PDF document and no page")["kind"]
    'a PDF document'
    """
    seen: set[str] = set()
    parts = []
    for place, part in enumerate(FIELD.split(message)):
        if place % 2 == 0:
            parts.append(re.escape(part))
        else:
            parts.append(f"(?P={part})" if part in seen else f"(?P<{part}>.+?)")
            seen.add(part)
    return re.compile("".join(parts), re.DOTALL)
