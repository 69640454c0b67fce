"""-q, -v and --json: every command has them, and they mean the same everywhere."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from calls import PAGE as OTHER_PAGE
from calls import call, read_terminal
from click.testing import CliRunner
from conftest import ROOT, Run

from qjreport.commands.root import root
from qjreport.commands.streams import VOICE

PAGE = "samples/bulletin.html"
CORRECTIONS = "samples/corrections.json"


def walk_commands() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with its words; of a group that does nothing itself only those below."""
    context = click.Context(root)
    left: list[tuple[tuple[str, ...], click.Command]] = [((), root)]
    while left:
        words, command = left.pop()
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                below = command.get_command(context, name)
                assert below is not None
                left.append(((*words, name), below))
        if words == ("review",):  # whose pages stand straight after it
            from qjreport.commands.review import pages_command

            command = pages_command
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield words, command


COMMANDS = dict(walk_commands())

# A run of each command; FILE says that -o is given, so that standard output is empty.
RUNS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("extract",): (PAGE,),
    ("outline",): (PAGE, "samples/crawl.txt"),
    ("text",): (PAGE, "samples/crawl.txt"),
    ("audit",): (PAGE,),
    ("explain",): (PAGE, "3"),
    ("review",): (PAGE, "-o", "review.html"),
    ("review", "apply"): (CORRECTIONS, "facts", "-o", "-"),
    ("review", "score"): (CORRECTIONS,),
    ("review", "agree"): (CORRECTIONS, CORRECTIONS),
    ("lexicon", "check"): ("samples/lexicon.toml",),
    ("lexicon", "list"): ("units",),
    ("batch",): ("samples", "-o", "more", "--jobs", "0", "--shard-size", "3"),
    ("status",): ("facts",),
    ("check",): ("facts",),
    ("export",): ("facts",),
    ("samples",): ("written",),
    ("places",): ("綦江县",),
    ("panel",): ("facts",),
    ("track",): ("facts",),
    ("indicators",): (),
    ("indicators", "check"): ("docs/study/indicators.toml",),
    ("schema",): (),
    ("settings",): (),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Samples and a dataset of them."""
    import shutil

    from conftest import ROOT

    folder = tmp_path_factory.mktemp("voice")
    shutil.copytree(ROOT / "samples", folder / "samples")
    shutil.copytree(ROOT / "docs" / "study", folder / "docs" / "study")
    before = Path.cwd()
    os.chdir(folder)
    try:
        assert call("batch", "samples", "-o", "facts", "--jobs", "0", "-q").exit_code == 0
    finally:
        os.chdir(before)
    return folder


@pytest.fixture
def here(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(place)
    import shutil

    for made in ("more", "written"):
        shutil.rmtree(place / made, ignore_errors=True)
    return place


def read_json(text: str) -> list[object]:
    """Standard output as JSON: one value, or a value a line."""
    try:
        return [json.loads(text)]
    except ValueError:
        return [json.loads(line) for line in text.splitlines()]


def test_every_command_is_tried_here() -> None:
    assert set(COMMANDS) == set(RUNS)


@pytest.mark.parametrize("words", sorted(RUNS), ids=" ".join)
def test_every_command_has_the_three_options(words: tuple[str, ...]) -> None:
    options = {name: param for param in COMMANDS[words].params for name in param.opts}
    assert {"-q", "--quiet", "-v", "--verbose", "--json"} <= set(options)
    said = {name: options[name].help for name in ("-q", "-v", "--json") if isinstance(options[name], click.Option)}
    assert said == {
        "-q": "Say nothing on standard error but errors.",
        "-v": "Say more on standard error: what was read and how, and how long it took.",
        "--json": "For programs: standard output in JSON, messages as JSON Lines.",
    }
    taken = [name for param in COMMANDS[words].params for name in (*param.opts, *param.secondary_opts)]
    assert len(taken) == len(set(taken)), "no option has the letter of another"


@pytest.mark.parametrize("words", sorted(RUNS), ids=" ".join)
def test_they_mean_the_same(here: Path, words: tuple[str, ...]) -> None:
    run = [*words, *RUNS[words]]
    plain = call(*run)
    assert plain.exit_code in (0, 1), plain.stderr
    for made in ("more", "written"):
        (here / made).exists() and (here / made).rename(here / f"{made}-{os.urandom(4).hex()}")

    quiet = call(*run, "-q")
    assert (quiet.exit_code, quiet.stdout) == (plain.exit_code, plain.stdout)
    if words != ("review", "apply"):  # what does not fit is an error
        assert quiet.stderr == ""

    verbose = call(*run, "-v")
    assert verbose.stdout == plain.stdout
    assert len(verbose.stderr.splitlines()) >= len(plain.stderr.splitlines()) + 2
    assert all(line.startswith("qjreport: ") for line in verbose.stderr.splitlines())
    assert verbose.stderr.startswith("qjreport: qjreport 0")
    assert verbose.stderr.endswith(" s\n")

    loud = call(*run, "-v", "--json")
    assert loud.exit_code == plain.exit_code
    assert bool(read_json(loud.stdout)) == bool(plain.stdout)
    events = [json.loads(line) for line in loud.stderr.splitlines()]
    assert {event["event"] for event in events} >= {"detail"}
    assert all(isinstance(event.get("message", ""), str) for event in events)


def test_a_quiet_command_names_what_failed(here: Path) -> None:
    for command in (("extract", PAGE, "missing.html"), ("places", "无此县"), ("lexicon", "check", "samples/crawl.txt")):
        done = call(*command, "-q")
        assert done.exit_code == 1
        assert done.stdout or done.stderr
    assert "missing.html: no such file" in call("extract", PAGE, "missing.html", "-q").stderr


def test_opposites_and_two_formats_are_refused(here: Path) -> None:
    for both in (("-q", "-v"), ("-v", "-q")):
        done = call("extract", PAGE, *both)
        assert done.exit_code == 2
        assert "-q and -v are opposites" in done.stderr
    for command in (
        ("extract", PAGE, "-f", "csv"),
        ("text", PAGE, "-f", "markdown"),
        ("outline", PAGE, "-f", "tree"),
        ("export", "facts", "-f", "csv"),
        ("check", "facts", "-f", "csv"),
        ("indicators", "-f", "csv"),
        ("lexicon", "list", "units", "-f", "csv"),
        ("audit", PAGE, "-f", "text"),
        ("panel", "facts", "-f", "tsv"),
    ):
        done = call(*command, "--json")
        assert done.exit_code == 2, command
        assert "two formats of standard output" in done.stderr
    assert call("review", PAGE, "--json").exit_code == 2


@pytest.mark.parametrize(
    "command",
    [("extract", PAGE), ("outline", PAGE), ("audit", PAGE), ("explain", PAGE), ("review", "score", CORRECTIONS)],
)
def test_the_other_spelling_stays(here: Path, command: tuple[str, ...]) -> None:
    assert call(*command, "--format", "json").stdout == call(*command, "--json").stdout != ""
    assert call(*command, "--format", "json", "--json").exit_code == 0


def test_a_file_keeps_its_format(here: Path) -> None:
    done = call("extract", PAGE, "--json", "-o", "facts.csv")
    assert Path("facts.csv").read_text("utf-8-sig").startswith("area,")
    assert json.loads(done.stderr)["event"] == "message"
    call("check", "facts", "-o", "look.csv")
    assert Path("look.csv").read_text("utf-8-sig").splitlines()[0].count(",") > 1


def test_errors_of_a_process_are_json_too(run: Run) -> None:
    for words, code in (
        (("extract", "no.html", "--json"), 1),
        (("status", "no", "--json"), 1),
        (("extract", "--jsn", "--json"), 2),
    ):
        done = run(*words)
        assert done.returncode == code
        event = json.loads(done.stderr)
        assert event["event"] == "error"
        assert event["message"]


def test_a_command_below_a_group_is_told_through_it(here: Path) -> None:
    done = call("indicators", "--json", "check", "docs/study/indicators.toml")
    assert json.loads(done.stdout)["usable"] is True


def test_one_run_does_not_speak_as_the_last_one(here: Path) -> None:
    call("extract", PAGE, "-q")
    assert "bulletin" in CliRunner().invoke(root, ["text", PAGE, "-o", "a.txt", "-v"]).stderr
    assert VOICE.quiet is False


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals")
class TestStatusLine:
    """How far a run is, on one line of the terminal, which is gone before anything else is said."""

    @pytest.fixture
    def pages(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("PYTHONPATH", str(ROOT))
        monkeypatch.setenv("TERM", "dumb")
        folder = tmp_path / "pages"
        folder.mkdir()
        for number in range(12):
            (folder / f"{number}.html").write_bytes(OTHER_PAGE)
        (folder / "5.html").write_bytes(b"")
        return folder

    @pytest.mark.parametrize("command", [["extract", "-f", "csv"], ["text"], ["outline"], ["review"]], ids=" ".join)
    def test_many_pages_are_counted(self, command: list[str], pages: Path, tmp_path: Path) -> None:
        if command == ["review"]:
            pytest.importorskip("jinja2", reason="needs the extra review")
        name = "out.html" if command == ["review"] else "out.txt"
        shown = self.read([*command, str(pages), "-o", name], tmp_path)
        assert "\r\x1b[Kqjreport: 0 of 12 pages are read" in shown
        assert re.search(r"are read\r\x1b\[Kqjreport: \S*5\.html: ", shown)  # what failed has a line of its own
        assert not shown.endswith("are read")  # which would stand in front of the prompt

    @pytest.mark.parametrize(
        "command",
        [["extract", "pages"], ["extract", "pages", "-o", "a.csv", "-q"], ["extract", "pages/1.html", "-o", "a.csv"]],
        ids=" ".join,
    )
    def test_nothing_is_counted_where_it_shows_or_is_soon_done(
        self, command: list[str], pages: Path, tmp_path: Path
    ) -> None:
        assert "pages are read" not in self.read(command, tmp_path)

    def read(self, words: list[str], folder: Path) -> str:
        return read_terminal([sys.executable, "-m", "qjreport", *words], folder)
