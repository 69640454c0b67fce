"""The commands in the documents and the help run, and print what is shown."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT
from documents import READMES, CodeBlock, check_doctest, read_blocks, run_console, run_shell, show_fact

from qjreport.commands.root import COMMANDS, root
from qjreport.pipeline import extract_passage

MOST_LINES = 200
BLOCKS = [block for path in READMES for block in read_blocks(path)]
# Both READMEs show the same commands; each is run once.
COMMANDS_SHOWN = sorted(
    {line for block in BLOCKS if block.language == "sh" for line in block.text.splitlines() if line}
)
INSTALLS = [line for line in COMMANDS_SHOWN if re.search(r"\bpipx? install|\buv tool install", line)]
MAKES = [line for line in COMMANDS_SHOWN if line.startswith("make ")]
PLAIN = [line for line in COMMANDS_SHOWN if line not in (*INSTALLS, *MAKES) and ".venv/" not in line]


def read_examples() -> list[str]:
    """The commands below `Examples:` in every --help."""
    examples = []
    for args in [[], *([name] for name in COMMANDS)]:
        shown = CliRunner().invoke(root, [*args, "--help"], terminal_width=200).stdout
        section = re.search(r"^ *Examples:\n((?: +.+\n)+)", shown, re.M)
        assert section, f"no examples in the help of {args}"
        examples += [line.strip() for line in section[1].splitlines()]
    return sorted(set(examples))


@pytest.mark.parametrize("command", read_examples())
def test_example_of_a_help(command: str, workplace: Path) -> None:
    done = run_shell(command, workplace)
    assert done.returncode == 0, done.stderr
    written = re.search(r"(?:-o|>) (\S+)", command)
    assert (workplace / written[1]).stat().st_size if written else done.stdout


@pytest.mark.parametrize("command", PLAIN)
def test_command_of_a_readme(command: str, workplace: Path) -> None:
    done = run_shell(command, workplace)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("command", MAKES)
def test_make_of_a_readme(command: str) -> None:
    """With this environment as .venv; .ci/run lets make create its own. `make test` would run this test again."""
    target = command.split()[1]
    stamps = [option for name in ("run", "test", "dev") for option in ("-o", f"{sys.prefix}/.{name}")]
    dry = [] if target == "demo" else ["-n"]
    done = subprocess.run(
        ["make", *dry, *stamps, f"VENV={sys.prefix}", target], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert "qjreport extract" in done.stdout or target != "demo"


@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if block.language == "console"], ids=lambda block: block.text[:40]
)
def test_output_of_a_readme(block: CodeBlock, workplace: Path) -> None:
    assert run_console(block, workplace) == block.text, "`make golden` writes it anew"


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.page], ids=lambda block: block.document)
def test_fact_of_a_readme(block: CodeBlock) -> None:
    assert show_fact(block) == block.text, "`make golden` writes it anew"


@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if block.language == "python"], ids=lambda block: block.document
)
def test_python_of_a_readme(block: CodeBlock, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(workplace)
    check_doctest(block)


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (
        [block.text for block in read_blocks(path) if block.language in ("sh", "python")] for path in READMES
    )
    assert english == chinese


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_readme_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def read_misreadings(path: Path) -> list[tuple[str, str, str]]:
    """(sentence, quote, what the README says that its item or kind wrongly is)."""
    figures = path.read_text(encoding="utf-8").split("<!-- figures: begin -->")[1].split("<!-- figures: end -->")[0]
    rows = [line.split("|")[1:3] for line in figures.splitlines() if line.startswith("| ") and "`" in line]
    pairs = [(text.strip(), shown) for text, cell in rows for shown in re.findall(r"`(.+?)`", cell)]
    return [(text, *shown.split(" ", 1)) for text, shown in pairs]


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_what_a_readme_says_is_wrong_is_wrong(path: Path) -> None:
    shown = read_misreadings(path)
    assert shown
    for text, quote, misread in shown:
        facts = [fact for fact in extract_passage(f"{text}。").facts if fact.quote == quote]
        assert facts, text
        assert all(misread in (fact.item, fact.kind) for fact in facts), facts


DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("samples/*.md")])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    targets = [target.split("#")[0] for target in re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", text)]
    assert [target for target in targets if target and not (path.parent / target).exists()] == []
