"""The catalogue of messages: what of the code is to be translated, and the files that hold the translations.

`make catalogue` writes qjreport/locale/zh/LC_MESSAGES/qjreport.po anew: messages that are new come in empty, those that
nobody says any more go, the translations of the others stay. Then it compiles the .mo, which the package reads.

Messages are found where they are made:
- help: the paragraphs of every command and the help of every option, as click has them;
- said: the first argument of `_(…)` and of what stands for it, and the things that `.count(…, "things")` counts;
- words: tables whose words are looked up one by one (COMMANDS, states of a dataset, reasons of dropped lines);
- below: sentences of the layers below the commands, which return English: `Tongue.translate` finds them again. A field
  of theirs is called after what stands in it;
- click: what the installed click asks gettext for. Other versions of it ask for other words, which stay, too;
- system: what the operating system says most often.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from qjreport.commands.localize import AS_IT_IS, EXAMPLES, split_help
from qjreport.commands.root import COMMANDS, root
from qjreport.language import DOMAIN, FOLDER

ROOT = Path(__file__).resolve().parent.parent
PO = Path(FOLDER) / "zh" / "LC_MESSAGES" / f"{DOMAIN}.po"
MO = PO.with_suffix(".mo")
SAYING = ("_", "say", "tongue")  # functions that translate
BELOW = (  # modules whose sentences a person is shown
    *("sources/*.py", "batch/*.py", "panel/candidates.py", "places/*.py"),
    *("review/apply.py", "review/corrections.py", "review/sample.py", "review/tables.py", "lexicon/__init__.py"),
    *("lexicon/check*.py", "lexicon/indicators.py", "article/find.py", "article/judge.py", "article/boundaries.py"),
    *("outline/evidence.py", "outline/timeline.py", "fact/checks.py", "fact/headline.py", "fact/period.py"),
    *("fact/prose/distribute.py", "pipeline.py", "writers/parquet.py"),
)
RAISED = ("writers/fact_columns.py", "panel/output.py")  # modules that describe columns, too: only what they raise
NO_SENTENCES = ("Column", "compile_re", "compile_regex", "getLogger", "TypeError", "check_argument", "Struct")
NO_SENTENCE = re.compile(  # SQL, programs, patterns, lists of names, what goes to a log
    r"\s*(?:SELECT|CREATE|INSERT|DELETE|UPDATE|PRAGMA|coalesce|import |for file$|or raise --$|readme license|\.zip )"
    r"|.*(?:\\|\(\?|\{\}|%s)|\{table\} by id$",
    re.DOTALL,
)
LEAST_WORDS = 2
# Lines of a catalogue's head that say when and by whom it was made.
DATED = re.compile(
    rb'^"(?:Project-Id|Report-Msgid|POT-Creation|PO-Revision|Generated-By|Last-Translator|Language-Team).*\n', re.M
)
SYSTEM = (
    "No such file or directory",
    "Permission denied",
    "Is a directory",
    "Not a directory",
    "File exists",
    "Directory not empty",
    "No space left on device",
    "Disk quota exceeded",
    "Too many open files",
    "Too many open files in system",
    "Read-only file system",
    "Input/output error",
    "File name too long",
)


REASONS = (  # of dropped lines
    *("advert", "button", "byline", "comments", "credits", "dialog"),
    *("disclaimer", "edition", "footer", "form", "hidden", "metadata"),
    *("navigation", "ornament", "picture", "related", "ruby", "share"),
)
OUTCOMES = ("met", "missed", "not reported", "no report", "not comparable")
LEVELS = ("country", "province", "prefecture", "county")
SEVERITIES = ("error", "note")
STEPS = (  # words in the account of a line
    *("alone", "element", "place", "decided there", "by the whole page", "block that hangs on to the report"),
    *("stays", "became", "nothing", "data", "called as chrome is ({chrome})"),
)
ROLES = ("review", "plan", "year", "reviews", "plans", "paragraph", "item", "table", "heading", "-")


def name_call(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def find_said(tree: ast.AST) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    """The messages of `_(…)` with the names of the fields that they get, None where they get none there."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        first = node.args[0]
        if name_call(node) in SAYING and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value, tuple(sorted(str(word.arg) for word in node.keywords)) or None
        thing = node.args[1] if len(node.args) > 1 else None
        counts = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") in SAYING
        if counts and name_call(node) == "count" and isinstance(thing, ast.Constant) and isinstance(thing.value, str):
            yield f"{{count}} {thing.value}", ("count",)


def find_below(path: Path) -> Iterator[str]:
    """The sentences of a module: texts of two words and more that are no documentation, no pattern and no SQL."""
    raised = path.relative_to(ROOT / "qjreport").as_posix() in RAISED
    tree = parse(path)
    if raised:
        tree = ast.Module([node for node in ast.walk(tree) if isinstance(node, ast.Raise)], [])
    passed = {id(inner) for node in ast.walk(tree) for inner in list_passed(node)}
    for node in ast.walk(tree):
        if id(node) in passed:
            continue
        text = write_template(node)
        words = [word for word in re.findall(r"[A-Za-z'-]+", re.sub(r"\{[^}]*\}", " ", text)) if word.islower()]
        text = text.strip(" ;:,")
        if len(words) >= LEAST_WORDS and " " in text and not NO_SENTENCE.match(text):
            yield text


def list_passed(node: ast.AST) -> Iterator[ast.AST]:
    """What of a node is no sentence: documentation, arguments that are none, the parts of a text with fields."""
    if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and node.body:
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            yield first.value
    if isinstance(node, ast.Call) and name_call(node) in NO_SENTENCES:
        yield from ast.walk(node)
    if isinstance(node, ast.Call) and name_call(node) in SAYING:
        yield from (first for first in node.args[:1] if isinstance(first, ast.Constant))
    if isinstance(node, ast.Dict):  # a key is a name
        yield from (key for key in node.keys if key is not None)
    if isinstance(node, ast.JoinedStr):
        yield from (inner for inner in ast.walk(node) if inner is not node)


def write_template(node: ast.AST) -> str:
    """A text with its fields by name; "" for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    parts, names = [], {}
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            name, number = name_field(part.value), 1
            while names.setdefault(name, ast.unparse(part.value)) != ast.unparse(part.value):
                number += 1
                name = f"{name_field(part.value)}{number}"
            parts.append(f"{{{name}}}")
        elif isinstance(part, ast.Constant):
            parts.append(str(part.value))
    return "".join(parts)


def name_field(node: ast.expr) -> str:
    """A field is called after the variable, the attribute or the function that gives it."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript):
        key = node.slice
        return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else name_field(node.value)
    if isinstance(node, ast.Call) and name_call(node) in ("join", "len", "show_path", "show_quote", "tell", "explain"):
        return name_field(node.args[0]) if node.args else name_call(node)
    if isinstance(node, ast.Call):
        return name_call(node)
    return "value"


def find_click(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """What click asks gettext for: a message, or one with its plural."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_call(node) in ("_", "ngettext"):
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if texts:
                yield tuple(texts)


def walk_commands() -> Iterator[click.Command]:
    """Every command, the one that builds the review page among them."""
    from qjreport.commands.review import pages_command

    context = click.Context(root)
    left: list[click.Command] = [root, pages_command]
    while left:
        command = left.pop()
        yield command
        if isinstance(command, click.Group):
            left += [below for name in command.list_commands(context) if (below := command.get_command(context, name))]


def find_help(command: click.Command) -> Iterator[str]:
    for paragraph in split_help(command.help or ""):
        lines = paragraph.removeprefix(AS_IT_IS)
        yield EXAMPLES if lines.startswith(EXAMPLES) else lines
    for param in command.params:
        if isinstance(param, click.Option) and param.help:
            yield param.help


def list_words() -> Iterator[str]:
    """Words that are looked up one by one."""
    from qjreport.batch.dataset import FINISHED, RUNNING, UNFINISHED
    from qjreport.commands.review import SUBCOMMANDS
    from qjreport.writers.accounts import PLURALS
    from qjreport.writers.csv_tsv import HEADS as UNIT_HEADS
    from qjreport.writers.indicator_table import HEADS as INDICATOR_HEADS

    yield from COMMANDS.values()
    yield from (says for _, says in SUBCOMMANDS.values())
    yield from (f"{{count}} {word}" for word in PLURALS.values())
    yield from (FINISHED, RUNNING, UNFINISHED, *OUTCOMES, *SEVERITIES, *ROLES, *REASONS, *LEVELS, *STEPS)
    yield from (*UNIT_HEADS, *INDICATOR_HEADS[:6])


def collect() -> dict[str, list[tuple[str, ...]]]:
    """All messages by their section, each once: (message,) or (message, plural)."""
    package = ROOT / "qjreport"
    said = [text for path in sorted(package.rglob("*.py")) for text, _ in find_said(parse(path))]
    below = [text for glob in (*BELOW, *RAISED) for path in sorted(package.glob(glob)) for text in find_below(path)]
    of_click = [texts for path in sorted(Path(click.__file__).parent.glob("*.py")) for texts in find_click(parse(path))]
    sections: dict[str, list[tuple[str, ...]]] = {
        "help": [(text,) for command in walk_commands() for text in find_help(command) if text],
        "said": [(text,) for text in said],
        "words": [(text,) for text in list_words()],
        "below": [(text,) for text in below],
        "system": [(text,) for text in SYSTEM],
        "click": of_click,
    }
    seen: set[str] = set()
    for name, texts in sections.items():
        sections[name] = [text for text in dict.fromkeys(texts) if text[0] not in seen]
        seen |= {text[0] for text in texts}
    return sections


def read_catalogue(path: Path = PO) -> Catalog:
    if not path.exists():
        return new_catalogue()
    with path.open("rb") as file:
        return read_po(file, locale="zh", domain=DOMAIN)


def new_catalogue() -> Catalog:
    return Catalog(locale="zh", domain=DOMAIN, header_comment="# Chinese messages; make catalogue", fuzzy=False)


def update(old: Catalog, keep: Callable[[str], bool]) -> Catalog:
    """A catalogue of what the code says now, with the translations that there are; `keep` says what else stays."""
    fresh = new_catalogue()
    for section, texts in collect().items():
        for text in texts:
            held = old.get(text[0])
            message = text[0] if len(text) == 1 else text[:2]
            fresh.add(message, held.string if held else ("" if len(text) == 1 else ("",)), auto_comments=[section])
    for held in old:
        name = held.id if isinstance(held.id, str) else held.id[0]
        if name and name not in fresh and "click" in held.auto_comments and keep(name):
            fresh.add(held.id, held.string, auto_comments=held.auto_comments)
    return fresh


def is_translated(message: Message) -> bool:
    return bool(message.string) if isinstance(message.string, str) else all(message.string)


def spell_po(catalogue: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalogue, width=0, omit_header=False, no_location=True)
    return DATED.sub(b"", file.getvalue())


def compile_mo(catalogue: Catalog) -> bytes:
    """The same bytes for the same translations, whenever it is done."""
    catalogue.creation_date = catalogue.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def main() -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(spell_po(update(read_catalogue(), lambda name: True)))
    written = read_catalogue()
    MO.write_bytes(compile_mo(written))
    missing = [message.id for message in written if not is_translated(message)]
    print(f"{PO.relative_to(ROOT)}: {len(written)} messages, {len(missing)} without a translation")


if __name__ == "__main__":
    main()
