"""Settings in qjreport.toml and pyproject.toml: what they change, what wins, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click
import pytest
from calls import call
from conftest import ROOT, Run

from qjreport.batch.dataset import Dataset
from qjreport.batch.home import Home
from qjreport.commands.root import root
from qjreport.commands.settings_file import KEYS, VARIABLE

WORDS = ROOT / "samples" / "lexicon.toml"
PAGE = "samples/bulletin.html"
SETTINGS = """
lexicon = "words/lexicon.toml"
headers = "zh"
columns = ["item", "amount", "unit"]
"""


@pytest.fixture
def project(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with samples, words and settings, and a folder below it in which commands run."""
    (workplace / "words").mkdir()
    shutil.copy(WORDS, workplace / "words")
    (workplace / "qjreport.toml").write_text(SETTINGS, encoding="utf-8")
    (workplace / "inner").mkdir()
    monkeypatch.chdir(workplace)
    monkeypatch.delenv(VARIABLE, raising=False)
    return workplace


def read_head(*words: str) -> str:
    done = call(*words, "extract", PAGE, "--format", "csv")
    assert done.exit_code == 0, done.stderr
    return done.stdout.splitlines()[0].lstrip("\ufeff")


def find_digest(*words: str, page: str = PAGE) -> str:
    """Which words a report was read with."""
    return str(json.loads(call(*words, "extract", page, "--format", "json").stdout)["tool"]["lexicon"])


def test_settings_are_defaults_here_and_below(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = find_digest("--no-settings")
    assert read_head() == "指标,数量,单位"
    assert find_digest() != plain
    monkeypatch.chdir(project / "inner")
    assert find_digest(page="../" + PAGE) == find_digest("--settings", "../qjreport.toml", page="../" + PAGE) != plain


def test_the_command_line_wins(project: Path) -> None:
    done = call("extract", PAGE, "--format", "csv", "--headers", "en", "--columns", "unit,item")
    assert done.stdout.splitlines()[0] == "unit,item"


@pytest.mark.parametrize("words", [("--format", "json"), ("--format", "jsonl"), ("--format", "table")])
def test_a_setting_that_a_format_has_no_use_for_is_no_mistake(project: Path, words: tuple[str, ...]) -> None:
    (project / "qjreport.toml").write_text(SETTINGS + 'bom = "always"\n', encoding="utf-8")
    assert call("extract", PAGE, *words).exit_code == 0
    assert call("extract", PAGE, *words, "--bom", "always").exit_code == 2
    assert call("schema").exit_code == 0


def test_a_dataset_is_made_and_exported_with_them(project: Path) -> None:
    assert call("batch", "samples", "-o", "facts", "--jobs", "0").exit_code == 0
    digest = Dataset(Home(project / "facts", project / "facts")).meta["lexicon"]
    assert digest == find_digest() != find_digest("--no-settings")
    again = call("batch", "samples", "-o", "facts", "--jobs", "0", "--lexicon", "words/lexicon.toml")
    assert "inputs read" not in again.stderr, "the same words, wherever they are named"
    exported = call("export", "facts", "-o", "facts.csv")
    assert exported.exit_code == 0, exported.stderr
    assert Path("facts.csv").read_text("utf-8-sig").splitlines()[0] == "指标,数量,单位"
    for more in (("-o", "facts.sqlite"), ("--table", "documents"), ("--format", "jsonl")):
        assert call("export", "facts", *more).exit_code == 0, more


def test_indicators_hold_for_commands_without_the_option(project: Path) -> None:
    (project / "qjreport.toml").write_text('indicators = "docs/study/indicators.toml"\n', encoding="utf-8")
    named = json.loads(
        call("--no-settings", "extract", PAGE, "--format", "json", "--indicators", "docs/study/indicators.toml").stdout
    )
    assert find_digest() == named["tool"]["lexicon"] != find_digest("--no-settings")
    assert call("audit", PAGE).exit_code == 0
    assert "docs/study/indicators.toml" in call("settings").stdout
    assert call("indicators").stdout != call("--no-settings", "indicators").stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('headrs = "zh"', "there is no setting 'headrs'. Did you mean headers"),
        ('path_pattern = "{place}.html"', "Did you mean path-pattern"),
        ('headers = "cn"', "headers: 'cn' is none of en, zh."),
        ('bom = "alway"', "Did you mean always?"),
        ("headers = 1", "headers: 1 is none of en, zh."),
        ("jobs = -1", "jobs: -1 is no whole number from 0 on."),
        ("jobs = true", "jobs: True is no whole number"),
        ('columns = "itm"', "there is no column 'itm'; did you mean item?"),
        ("columns = []", "columns: no column is named"),
        ('lexicon = "words/lexcon.toml"', "words/lexcon.toml: no such file. Did you mean words/lexicon.toml?"),
        ("lexicon = [1]", "lexicon: [1] is neither a text nor a list of texts."),
        ("documents = ['a']", "is no name of a file"),
        ('[tool.qjreport]\nheaders = "zh"', "settings stand at the top of this file"),
        ("headers = ", "is no TOML file"),
    ],
)
def test_what_is_wrong_is_refused_with_file_and_key(project: Path, text: str, said: str) -> None:
    (project / "qjreport.toml").write_text(text + "\n", encoding="utf-8")
    for command in (("extract", PAGE), ("settings",)):
        done = call(*command)
        assert done.exit_code == 2
        assert done.stderr.startswith("Error: qjreport.toml: ")
        assert said in done.stderr
    assert call("--no-settings", "extract", PAGE).exit_code == 0
    assert call("samples", "more").exit_code == 0, "what has no setting does not read them"
    assert call("extract", "--help").exit_code == 0


def test_help_shows_the_defaults_that_hold(project: Path) -> None:
    assert "[default: zh]" in call("extract", "--help").stdout
    assert "[default: zh]" not in call("--no-settings", "extract", "--help").stdout


def test_which_file_is_taken(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearest folder that has any; in one folder qjreport.toml before pyproject.toml."""
    table = '[project]\nname = "x"\n[tool.qjreport]\ncolumns = ["unit"]\n'
    (project / "pyproject.toml").write_text(table, encoding="utf-8")
    assert read_head() == "指标,数量,单位"
    (project / "qjreport.toml").unlink()
    assert read_head() == "unit"
    (project / "inner" / "pyproject.toml").write_text('[project]\nname = "y"\n', encoding="utf-8")
    shutil.copytree(project / "samples", project / "inner" / "samples")
    monkeypatch.chdir(project / "inner")
    assert read_head() == "unit", "a pyproject.toml without the table is passed over"
    (project / "inner" / "qjreport.toml").write_bytes(b'\xef\xbb\xbfcolumns = "item"\r\n')
    assert read_head() == "item"
    monkeypatch.setenv(VARIABLE, "../pyproject.toml")
    assert read_head() == "unit"
    assert read_head("--settings", "qjreport.toml") == "item"
    monkeypatch.setenv(VARIABLE, "none")
    assert read_head().startswith("area,year,")
    monkeypatch.setenv(VARIABLE, "../pyprojct.toml")
    assert "Did you mean ../pyproject.toml?" in call("extract", PAGE).stderr
    assert call("--settings", "qjreport.toml", "--no-settings", "settings").exit_code == 2


def test_settings_are_shown(project: Path) -> None:
    shown = call("settings").stdout.splitlines()
    assert shown[0] == "qjreport.toml"
    rows = {line.split()[0]: line.split()[1:] for line in shown[1:]}
    assert rows["headers"] == ["zh", "qjreport.toml"]
    assert rows["reader"] == ["lexbor", "default"]
    plain = json.loads(call("settings", "--json").stdout)
    assert plain["file"] == "qjreport.toml"
    assert plain["settings"]["lexicon"] == {"value": ["words/lexicon.toml"], "from": "qjreport.toml"}
    assert plain["settings"]["jobs"] == {"value": 2, "from": "default"}
    assert call("--no-settings", "settings").stdout.startswith("no settings: --no-settings")


def test_a_setting_is_an_option_with_the_same_default_and_choices() -> None:
    found: dict[str, list[click.Option]] = {name: [] for name in KEYS}
    context = click.Context(root)
    commands = [root.get_command(context, name) for name in root.list_commands(context)]
    while commands:
        command = commands.pop()
        assert command is not None
        if isinstance(command, click.Group):
            commands += [command.get_command(context, name) for name in command.list_commands(context)]
        for param in command.params:
            if isinstance(param, click.Option) and str(param.name).replace("_", "-") in KEYS:
                found[str(param.name).replace("_", "-")].append(param)
    for name, options in found.items():
        key = KEYS[name]
        assert options, name
        for option in options:
            assert f"--{name}" in option.opts
            if key.kind == "choice":
                assert isinstance(option.type, click.Choice)
                assert set(option.type.choices) == set(key.choices)
            assert option.default == key.default or key.default is None


def test_a_broken_file_of_somebody_else_is_no_concern(project: Path) -> None:
    (project / "qjreport.toml").unlink()
    (project / "pyproject.toml").write_text("[project\n", encoding="utf-8")
    assert call("extract", PAGE).exit_code == 0


def test_without_a_file_there_are_no_settings(run: Run) -> None:
    done = run("settings")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"no settings: neither")
