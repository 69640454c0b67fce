"""The language of what a person reads: which it is, that the catalogue is whole, and that data stay as they are."""

from __future__ import annotations

import gettext
import io
import json
import os
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from catalogue import (
    DOMAIN,
    MO,
    PO,
    REASONS,
    collect,
    compile_mo,
    find_help,
    find_said,
    is_translated,
    parse,
    read_catalogue,
    spell_po,
    update,
    walk_commands,
)
from click.testing import CliRunner, Result
from conftest import ROOT, SAMPLES, Run

from qjreport.commands.localize import EXAMPLES, break_lines, localize, split_help
from qjreport.commands.root import root
from qjreport.language import FOLDER, _, find_language, measure_cells

VARIABLES = ("QJREPORT_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")
BULLETIN = str(ROOT / "samples" / "bulletin.html")


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Messages in Chinese, as `run` sets them."""
    monkeypatch.setenv("LANGUAGE", "zh")
    _.use("zh")
    yield
    _.use("en")


def call(*words: str) -> Result:
    return CliRunner().invoke(localize(root), list(words))


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "zh_CN.GB18030"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANGUAGE": "zh_CN:en", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LANGUAGE": "en:zh", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANGUAGE": "zh", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "POSIX", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"QJREPORT_LANG": "zh", "LC_ALL": "C"}, "zh"),
        ({"QJREPORT_LANG": "en", "LANG": "zh_CN.UTF-8", "LANGUAGE": "zh"}, "en"),
        ({"QJREPORT_LANG": "", "LANG": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_which_language_it_is(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert find_language() == language


HELD = read_catalogue()
COMMANDS = list(walk_commands())  # as they are in English


def list_fields(text: str) -> list[str]:
    """The fields of a message with their formats, each once."""
    return sorted(
        {f"{name}:{form}" for before, name, form, _sign in string.Formatter().parse(text) if name is not None}
    )


class TestCatalogue:
    def test_every_message_has_a_translation(self) -> None:
        said = {one.id if isinstance(one.id, str) else one.id[0] for one in HELD if is_translated(one)}
        texts = [text[0] for section in collect().values() for text in section]
        assert len(texts) > 900
        assert [text for text in texts if text not in said] == [], "`make catalogue` adds them"

    def test_nothing_in_it_is_said_no_more(self) -> None:
        """But for what other versions of click ask for."""
        assert update(HELD, lambda name: True)
        wanted = {text[0] for section in collect().values() for text in section}
        held = {one.id if isinstance(one.id, str) else one.id[0]: one for one in HELD if one.id}
        assert [name for name, one in held.items() if name not in wanted and "click" not in one.auto_comments] == []

    def test_translations_have_the_fields_of_their_messages(self) -> None:
        wrong = []
        for one in HELD:
            if not one.id or "help" in one.auto_comments:  # which is never formatted
                continue
            ids, said = (one.id, one.string) if isinstance(one.id, str) else (one.id[-1], one.string[0])
            try:
                same = list_fields(ids) == list_fields(said)
            except ValueError:  # a brace alone: nothing formats it
                same = ids.count("{") == said.count("{")
            if not same or ids.count("%(") != said.count("%("):
                wrong.append((ids, said))
        assert wrong == []

    def test_what_is_typed_stays(self) -> None:
        """Options, commands and file names in a help are what one types: they stand in its translation, too."""
        import re

        typed = re.compile(r"--[a-z][a-z-]+|`[^`]+`|\b[a-z_]+\.(?:toml|json|md|csv)\b")
        wrong = {}
        for one in HELD:
            if isinstance(one.id, str) and {"help", "said"} & set(one.auto_comments):
                lost = set(typed.findall(one.id)) - set(typed.findall(one.string))
                if lost:
                    wrong[one.id] = lost
        assert wrong == {}

    def test_fields_are_given(self) -> None:
        """`_("{path}: …", path=…)` names all fields of its message, and no others."""
        wrong = []
        for path in sorted((ROOT / "qjreport").rglob("*.py")):
            for text, given in find_said(parse(path)):
                fields = {field.partition(":")[0] for field in list_fields(text)} if given else set()
                if given is not None and fields != set(given):
                    wrong.append((path.name, text, given))
        assert wrong == []

    def test_it_is_compiled(self) -> None:
        with MO.open("rb") as file:
            read, compiled = gettext.GNUTranslations(file), gettext.GNUTranslations(io.BytesIO(compile_mo(HELD)))
        texts = [text for section in collect().values() for text in section]
        for text in texts:
            if len(text) == 1:
                assert read.gettext(*text) == compiled.gettext(*text), "`make catalogue` compiles it"
            else:
                assert read.ngettext(text[0], text[1], 2) == compiled.ngettext(text[0], text[1], 2)
        assert spell_po(HELD) == PO.read_bytes(), "`make catalogue` writes it"

    def test_it_is_where_gettext_looks(self) -> None:
        found = gettext.translation(DOMAIN, FOLDER, languages=["zh_CN"])
        assert found.gettext("Usage:") == "用法："

    def test_reasons_of_dropped_lines(self) -> None:
        words = tomllib.loads((ROOT / "qjreport" / "lexicon" / "chrome.toml").read_text("utf-8"))
        assert {phrase["reason"] for phrase in words["phrases"]} <= set(REASONS)


class TestHelp:
    @pytest.mark.usefixtures("chinese")
    def test_every_command_is_explained_in_chinese(self) -> None:
        for command in COMMANDS:
            said = localize(command)
            texts = [text for text in find_help(said) if not text.startswith(EXAMPLES)]
            assert texts
            for text in texts:
                assert any("\u4e00" <= sign <= "\u9fff" for sign in text), text
            examples = [one.splitlines()[2:] for one in split_help(command.help or "") if EXAMPLES in one]
            shown = [one.splitlines()[2:] for one in split_help(said.help or "") if "示例：" in one]
            assert examples == shown

    @pytest.mark.usefixtures("chinese")
    @pytest.mark.parametrize("width", [60, 80, 100])
    def test_its_lines_fit_and_begin_with_no_stop(self, width: int) -> None:
        for words in ((), ("extract",), ("batch",), ("review",), ("review", "apply"), ("lexicon", "list")):
            shown = CliRunner().invoke(localize(root), [*words, "--help"], terminal_width=width).stdout
            assert shown.startswith("用法：")
            for line in shown.splitlines():
                typed = line.lstrip().startswith(("qjreport", "find", "cat", "-", "用法"))
                assert typed or measure_cells(line) <= width, line
                assert not line.lstrip().startswith(tuple("，。；：、）")), line

    def test_english_is_as_it_stands(self) -> None:
        assert localize(root) is root
        for command in COMMANDS:
            assert localize(command) is command

    def test_lines_break_between_characters_and_words(self) -> None:
        assert break_lines("输出网页中的数据，每条一行；use --json", 16) == [
            "输出网页中的数",
            "据，每条一行；",
            "use --json",
        ]
        assert break_lines("", 16) == []
        assert break_lines("a-very-long-word-that-fits-nowhere 中", 8) == ["a-very-long-word-that-fits-nowhere", "中"]


MESSAGES = [
    (("extrct", "a.html"), "没有命令“extrct”。是不是想写 extract 或 export？"),
    (("extract",), "错误：缺少参数 'PAGE...'"),
    (("extract", "a.html", "--jsn"), "没有选项"),
    (("extract", "missing.html"), "qjreport: missing.html：没有这个文件；请检查路径"),
    (("extract", "https://example.gov.cn/a.html"), "是网址，而 qjreport 不联网；请先保存网页"),
    (("extract", "a.pdf"), "a.pdf：是 PDF 文档，不是网页；请保存原来的网页"),
    (
        ("extract", BULLETIN, "-f", "cvs"),
        "'xlsx', 'markdown' 之中。是不是想写 csv？",
    ),
    (
        ("extract", BULLETIN, "-o", "a.doc"),
        "请使用 --format，或改用以下扩展名：.txt .json",
    ),
    (("extract", BULLETIN, "-o", "no/a.csv"), "没有 no 这个文件夹。请先创建。"),
    (("extract", BULLETIN, "-o", "a.csv", "--columns", "itm"), "--columns：没有 'itm' 这一列；是不是想写 item？"),
    (("extract", BULLETIN, "-o", "facts.csv"), "facts.csv：100 条数据，来自 1 个网页"),
    (("extract", BULLETIN, "-q", "-v"), "-q 与 -v 相反"),
    (("batch", "nothing", "-o", "ds"), "nothing：没有这个文件或文件夹。"),
    (("batch", "a.pdf", "-o", "ds", "--jobs", "0"), "ds: 1 个输入 = 0 份文档 + 1 个失败 (1 skipped)；0 条数据"),
    (("status", "nowhere"), "nowhere 中没有数据集：里面没有 manifest.sqlite"),
    (("places", "无此县"), "无此县：1980 年以来没有省、地、县叫这个名称"),
    (("explain",), "请给出一个网页，或用 --text 给出文字。"),
]


@pytest.mark.usefixtures("chinese")
class TestMessages:
    @pytest.mark.parametrize(
        ("words", "said"), MESSAGES, ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else ""
    )
    def test_message(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
        from qjreport.commands.root import show_error

        monkeypatch.chdir(tmp_path)
        Path("a.pdf").write_bytes(b"%PDF-1.7")
        done = CliRunner().invoke(localize(root), list(words), standalone_mode=False)
        shown = done.stderr
        if isinstance(done.exception, click.ClickException):
            from contextlib import redirect_stderr
            from io import StringIO

            with redirect_stderr(StringIO()) as stream:
                show_error(done.exception)
            shown += stream.getvalue()
        assert said in shown

    def test_text_below_the_commands_is_known_again(self) -> None:
        assert _.translate("a b.html: is a PDF document and no page; name a saved page") == (
            "a b.html：是 PDF 文档，不是网页；请指定保存下来的网页"
        )
        assert _.translate("x.zip: needs more than 384 MiB of memory") == "x.zip：需要超过 384 MiB 的内存"
        assert _.translate("no such file.") == "没有这个文件。"
        assert _.translate("page.html: something nobody wrote") == "page.html: something nobody wrote"

    def test_what_a_person_reads(self) -> None:
        assert call("audit", BULLETIN).stdout.startswith("131 个数字：100 条数据，5 个日期")
        table = call("extract", BULLETIN, "-f", "table").stdout
        assert "原文数值" in table
        assert "131 个数字：100 条数据" in table
        assert "as written" in call("extract", BULLETIN, "-f", "table", "--headers", "en").stdout
        assert "是数据" in call("explain", "--text", "办复提案200件。").stdout
        assert "is a fact" in call("explain", "--text", "办复提案200件。", "--language", "en").stdout
        assert "回顾" in call("explain", BULLETIN, "--time").stdout
        assert "县级，重庆市" in call("places", "綦江县").stdout
        assert call("review", "score", str(ROOT / "samples" / "corrections.json")).stdout == (
            call("review", "score", str(ROOT / "samples" / "corrections.json"), "--language", "zh").stdout
        )


FORMATS = ("json", "jsonl", "csv", "tsv", "markdown")


class TestData:
    """Of a process with a Chinese locale and of one without: the same bytes wherever a program may read them."""

    @pytest.mark.parametrize(
        "words",
        [
            *(("extract", "-f", form) for form in FORMATS),
            *((command, "--json") for command in ("extract", "outline", "audit", "explain", "text")),
            *((command, "-f", "json") for command in ("outline", "audit", "explain")),
            ("outline", "-f", "markdown"),
            ("text",),
        ],
        ids=" ".join,
    )
    def test_of_a_page(self, run: Run, words: tuple[str, ...]) -> None:
        command, *options = words
        done = [run(command, BULLETIN, *options, QJREPORT_LANG=language) for language in ("en", "zh")]
        assert done[0].stdout == done[1].stdout != b""

    def test_of_messages(self, run: Run) -> None:
        for words in (
            ("extract", "no.html"),
            ("status", "no"),
            ("extrct",),
            ("extract", BULLETIN, "-o", "a.csv", "-v"),
        ):
            done = [run(*words, "--json", QJREPORT_LANG=language).stderr.splitlines() for language in ("en", "zh")]
            english, chinese = ([json.loads(line) for line in lines] for lines in done)
            assert [one["event"] for one in english] == [one["event"] for one in chinese]
            assert all(one["message"].isascii() for one in chinese), chinese

    def test_of_a_dataset(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "pages").mkdir()
        for path in SAMPLES:
            (tmp_path / "pages" / path.name).write_bytes(path.read_bytes())
        (tmp_path / "pages" / "a.html").write_bytes(b"%PDF-1.7")
        written = {}
        for language in ("en", "zh"):
            done = run("batch", "pages", "-o", language, "--jobs", "1", QJREPORT_LANG=language)
            assert done.returncode == 1
            files = sorted((tmp_path / language).rglob("*.parquet"))
            assert len(files) == 3
            written[language] = [path.read_bytes() for path in files]
            exported = [run("export", language, "-f", "csv", QJREPORT_LANG=other).stdout for other in ("en", "zh")]
            assert exported[0] == exported[1]
            checked = run("check", language, "-f", "csv", QJREPORT_LANG=language).stdout
            written[language].append(checked)
        assert written["en"] == written["zh"]

    def test_a_locale_is_enough(self, run: Run) -> None:
        plain = dict.fromkeys(VARIABLES, "")
        done = run("extract", "no.html", **{**plain, "LANG": "zh_CN.UTF-8"})
        assert done.stderr.decode() == "qjreport: no.html：没有这个文件；请检查路径\n"
        done = run("extract", "no.html", **{**plain, "LANG": "zh_CN.UTF-8", "QJREPORT_LANG": "en"})
        assert done.stderr.decode() == "qjreport: no.html: no such file; check the path\n"
        done = run("--help", **{**plain, "LC_ALL": "zh_CN.UTF-8"})
        assert done.stdout.decode().startswith("用法：")


def test_a_copy_without_the_catalogue_speaks_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("qjreport.language.FOLDER", str(tmp_path))
    _.use("zh")
    assert (_.language, _("no such file")) == ("en", "no such file")


def test_english_loads_no_catalogue(run: Run) -> None:
    import subprocess
    import sys

    program = "import sys; from qjreport.commands.root import run; sys.argv[1:] = ['--help']; run(); "
    program += "print('qjreport.commands.localize' in sys.modules, file=sys.stderr)"
    for language, loaded in (("en", b"False"), ("zh", b"True")):
        environment = {**os.environ, "QJREPORT_LANG": language, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, env=environment)
        assert done.stderr.strip() == loaded
