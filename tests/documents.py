"""The code blocks of the READMEs: runs them, compares them with what they claim; `make golden` rewrites them.

A block marked `sh` holds commands that must succeed. A block marked `console` holds commands after `$ ` and what they
print. A block marked `python` is a doctest. A comment `<!-- fact: PAGE QUOTE -->` stands before a `json` block with
that fact.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from golden import ROOT

READMES = (ROOT / "README.md", ROOT / "README.zh.md")
FENCE = re.compile(
    r"(?:^<!-- fact: (?P<page>\S+) (?P<quote>\S+) -->\n+)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.M | re.S
)
FACT_WIDTH = 96
WIDTH = "96"  # of the tables in the READMEs: fits a code block without a scroll bar


class CodeBlock(NamedTuple):
    document: str
    language: str
    text: str
    page: str | None
    quote: str | None


def read_blocks(path: Path) -> list[CodeBlock]:
    text = path.read_text(encoding="utf-8")
    return [read_block(path.name, match) for match in FENCE.finditer(text)]


def read_block(document: str, match: re.Match[str]) -> CodeBlock:
    return CodeBlock(document, match["language"], match["text"], match["page"], match["quote"])


def run_shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command as a reader types it; `qjreport` and `python3` are those of this environment."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    environment |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": WIDTH,
    }
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=300,
    )


def run_console(block: CodeBlock, folder: Path) -> str:
    """The block with its commands' real output, standard error included."""
    shown = ""
    for line in block.text.splitlines():
        if line.startswith("$ "):
            done = run_shell(f"set +o pipefail; {{ {line[2:]} ; }} 2>&1", folder)
            shown += f"{line}\n{done.stdout}"
    return shown


def show_fact(block: CodeBlock) -> str:
    """The fact of the page with that quote, as `extract` prints it, but several fields a line."""
    import qjreport
    from qjreport.writers.jsons import encode, encode_report

    report = json.loads(encode_report(qjreport.extract(ROOT / str(block.page)), audit=False), parse_float=Decimal)
    fact = next(fact for fact in report["facts"] if fact["quote"] == block.quote)
    lines = [""]
    for place, (name, value) in enumerate(fact.items(), 1):
        field = f'"{name}": {encode(value).decode()}' + ("," if place < len(fact) else "")
        if len(lines[-1]) + len(field) > FACT_WIDTH and lines[-1]:
            lines.append("")
        lines[-1] += f" {field}" if lines[-1] else field
    return "{" + "\n ".join(lines) + "}\n"


def check_doctest(block: CodeBlock) -> None:
    parser = doctest.DocTestParser()
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    told: list[str] = []
    runner.run(parser.get_doctest(block.text, {}, block.document, None, 0), out=told.append)
    assert not runner.failures, "".join(told)


def rewrite(folder: Path) -> None:
    """Write what the commands print now into the READMEs."""

    def renew(match: re.Match[str]) -> str:
        block = read_block("", match)
        text = block.text
        if block.language == "console":
            text = run_console(block, folder)
        elif block.page:
            text = show_fact(block)
        start, end = match.span("text")
        return match[0][: start - match.start()] + text + match[0][end - match.start() :]

    for path in READMES:
        path.write_text(FENCE.sub(renew, path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def write_rules() -> None:
    """docs/rules.md, from the lexicon's table of rules."""
    from qjreport.lexicon.rules import load_rules
    from qjreport.writers.explanation import write_rules_markdown

    text = write_rules_markdown(load_rules())
    (ROOT / "docs" / "rules.md").write_text(text, encoding="utf-8", newline="\n")


DOUBTS = {"en": ROOT / "docs" / "doubts.md", "zh": ROOT / "docs" / "zh" / "doubts.md"}
DOUBTS_TABLE = re.compile(r"(?<=^<!-- from rules.toml: make golden -->\n\n)\|.*?\|\n(?=\n)", re.M | re.S)


def write_doubts() -> None:
    """The tables of docs/doubts.md and docs/zh/doubts.md, from the lexicon's table of doubts."""
    from qjreport.lexicon.rules import load_rules
    from qjreport.writers.explanation import write_doubts_table

    for language, path in DOUBTS.items():
        table = write_doubts_table(load_rules(), language)  # type: ignore[arg-type]
        text = DOUBTS_TABLE.sub(lambda _, table=table: table, path.read_text("utf-8"))
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    write_rules()
    write_doubts()
    rewrite(ROOT)
