"""The code blocks of the READMEs: runs them, compares them with what they claim; `make golden` rewrites them.

A block marked `sh` holds commands that must succeed. A block marked `console` holds commands after `$ ` and what they
print. A block marked `python` is a doctest. A comment `<!-- fact: PAGE QUOTE -->` stands before a `json` block with
that fact. docs/engines.md holds examples that need engines: `make golden-engines` rewrites what they print.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal
from functools import partial
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


def run_shell(command: str, folder: Path, language: str = "en") -> subprocess.CompletedProcess[str]:
    """A command as a reader types it; `qjreport` and `python3` are those of this environment."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    environment |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": WIDTH,
        "QJREPORT_LANG": language,
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
    language = "zh" if block.document.endswith(".zh.md") else "en"  # as whoever reads the document sees it
    for line in block.text.splitlines():
        if line.startswith("$ "):
            done = run_shell(f"set +o pipefail; {{ {line[2:]} ; }} 2>&1", folder, language)
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

    def renew(match: re.Match[str], document: str) -> str:
        block = read_block(document, match)
        text = block.text
        if block.language == "console":
            text = run_console(block, folder)
        elif block.page:
            text = show_fact(block)
        start, end = match.span("text")
        return match[0][: start - match.start()] + text + match[0][end - match.start() :]

    for path in READMES:
        text = FENCE.sub(partial(renew, document=path.name), path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8", newline="\n")


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


ENGINES = ROOT / "docs" / "engines.md"
ENGINE_HANG = 900  # seconds: a guard for a busy machine, where Java alone may take a minute to start
# On this machine only, and with the Python of this environment.
ENGINE_ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "SPARK_LOCAL_IP": "127.0.0.1",
    "PYSPARK_PYTHON": sys.executable,
    "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",  # a third less work for a short-lived process
    "RAY_USAGE_STATS_ENABLED": "0",
}


def read_engine_example(engine: str) -> tuple[str, list[str]]:
    """The script of a section of docs/engines.md, made of its blocks, and the outputs that it shows."""
    sections = re.split(r"^# (.+)\n", ENGINES.read_text(encoding="utf-8"), flags=re.MULTILINE)
    section = dict(zip(sections[1::2], sections[2::2], strict=True))[engine]
    blocks = [read_block(ENGINES.name, match) for match in FENCE.finditer(section)]
    script = "\n".join(block.text for block in blocks if block.language == "python")
    return script, [block.text for block in blocks if block.language == "text"]


def run_with_engine(arguments: list[str], folder: Path) -> str:
    """What a script prints, run in a process of its own: engines warn, log and do not end their threads."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=ENGINE_ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        timeout=ENGINE_HANG,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def run_engine_example(engine: str, folder: Path) -> str:
    """What the example prints in a folder with the samples, and with a crawl of their pages."""
    from archives import make_records, pack_records, write
    from conftest import SAMPLES

    html = [path.read_bytes() for path in SAMPLES if path.suffix == ".html"]
    write(folder / "crawl.warc.gz", pack_records(make_records(html), "gz"))
    script, _ = read_engine_example(engine)
    write(folder / "example.py", script.encode())
    return run_with_engine(["example.py"], folder)


def rewrite_engines() -> None:
    """Write what the examples of docs/engines.md print now; each block keeps its number of lines."""
    document = ENGINES.read_text(encoding="utf-8")
    for engine in ("Spark", "Ray", "DuckDB", "Polars"):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(ROOT / "samples", Path(folder) / "samples", ignore=shutil.ignore_patterns("gold"))
            lines = run_engine_example(engine, Path(folder)).splitlines(keepends=True)
        for block in read_engine_example(engine)[1]:
            size = block.count("\n")
            shown, lines = "".join(lines[:size]), lines[size:]
            head, section = document.split(f"# {engine}\n", 1)
            document = f"{head}# {engine}\n" + section.replace(f"```text\n{block}```", f"```text\n{shown}```", 1)
    ENGINES.write_text(document, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if "--engines" in sys.argv:
        rewrite_engines()
    else:
        from manual import rewrite_manual

        write_rules()
        write_doubts()
        rewrite_manual()
        rewrite(ROOT)
