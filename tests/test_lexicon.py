"""Files of more words: how they change what is read, and what qjreport says of wrong ones."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT

from qjreport.commands.root import root
from qjreport.lexicon import LexiconError, load_lexicon
from qjreport.lexicon.check import check_extension
from qjreport.lexicon.extend import ITEM_LISTS, MAPPINGS, TABLES, UNIT_KEYS
from qjreport.pipeline import extract_passage
from qjreport.quantity import find_quantities

SAMPLE = ROOT / "samples" / "lexicon.toml"
DOCUMENT = ROOT / "docs" / "lexicon.md"


def call(*args: str | Path) -> Result:
    return CliRunner().invoke(root, [str(arg) for arg in args])


def check(text: str) -> list[tuple[int, str, str]]:
    found = check_extension(text.encode(), load_lexicon())
    return [(problem.line, problem.severity, problem.message) for problem in found]


# A sentence, and what it gives without the words of samples/lexicon.toml and with them: value, unit, bound, item.
SENTENCES = [
    ("a counter", "栽种30畹兰草。", [], [("30", "畹", "=", "栽种兰草")]),
    ("a counter after a Chinese numeral", "补种三畹桂花。", [], [("3", "畹", "=", "桂花")]),
    ("an alias", "补种5小畹桂花。", [], [("5", "畹", "=", "桂花")]),
    ("a measure", "整治坡地300工分亩和水田。", [], [("300", "工分亩", "=", "坡地")]),
    ("a hedge in front", "窖藏足有90吨。", [("90", "吨", "=", "窖藏足")], [("90", "吨", ">=", "窖藏")]),
    ("a hedge after the unit", "窖藏90吨光景。", [("90", "吨", "=", "窖藏光景")], [("90", "吨", "~", "窖藏")]),
    (
        "a word that colours",
        "茶叶产量料想达到90吨。",
        [("90", "吨", "=", "茶叶产量料想")],
        [("90", "吨", "=", "茶叶产量")],
    ),
    ("a name with a numeral", "修缮三座桥村旧居。", [("3", "座", "=", "桥村旧居")], []),
    ("what a bare number counts", "登记3000茶农。", [], [("3000", "", "=", "茶农")]),
    (
        "a facet",
        "新建塘坝9座，总蓄水量30万立方米。",
        [("9", "座", "=", "塘坝"), ("300000", "立方米", "=", "总蓄水量")],
        [("9", "座", "=", "塘坝"), ("300000", "立方米", "=", "塘坝总蓄水量")],
    ),
    ("a light verb", "垦复茶园200亩。", [("200", "亩", "=", "垦复茶园")], [("200", "亩", "=", "茶园")]),
    (
        "a pair",
        "山坝居民收入分别为1万元、2万元。",
        [("10000", "元", "=", "山坝居民收入"), ("20000", "元", "=", "山坝居民收入")],
        [("10000", "元", "=", "山区居民收入"), ("20000", "元", "=", "坝区居民收入")],
    ),
]


@pytest.mark.parametrize(("text", "before", "after"), [case[1:] for case in SENTENCES], ids=[c[0] for c in SENTENCES])
def test_words_of_a_file_change_what_is_read(
    text: str, before: list[tuple[str, ...]], after: list[tuple[str, ...]]
) -> None:
    for lexicon, want in ((load_lexicon(), before), (load_lexicon(SAMPLE), after)):
        facts = extract_passage(text, lexicon=lexicon).facts
        assert [(str(fact.value), fact.unit, fact.bound, fact.item) for fact in facts] == want


def test_the_command_prints_the_facts_of_added_words(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("2024年工作总结\n全年垦复茶园200亩，栽种30畹兰草，各项工作扎实推进，取得了明显的成效。\n", "utf-8")
    plain, more = (
        json.loads(call("extract", page, *options).stdout, parse_float=Decimal)
        for options in ([], ["--lexicon", SAMPLE])
    )
    assert [fact["item"] for fact in plain["facts"]] == ["垦复茶园"]
    assert more["facts"][0]["item"] == "茶园"
    assert [fact["quote"] for fact in more["facts"]] == ["200亩", "30畹"]
    assert plain["tool"]["lexicon"] != more["tool"]["lexicon"]
    assert call("audit", page).stdout.splitlines()[0] != call("audit", page, "--lexicon", SAMPLE).stdout.splitlines()[0]
    assert "30畹" in call("explain", page, "--lexicon", SAMPLE).stdout


def test_a_table_reads_added_units(tmp_path: Path) -> None:
    rows = [("品种", "面积（工分亩）"), ("兰草", "30"), ("桂花", "20")]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    page = tmp_path / "page.html"
    page.write_text(
        f"<h1>2024年白溪区工作总结</h1><p>全年栽种面积稳步增加，各项工作扎实推进。</p><table>{cells}</table>", "utf-8"
    )
    facts = json.loads(call("extract", page, "--lexicon", SAMPLE).stdout)["facts"]
    assert [(fact["quote"], fact["unit"], fact["dimension"]) for fact in facts] == [
        ("30", "工分亩", "area"),
        ("20", "工分亩", "area"),
    ]


def test_hedges_after_the_unit_have_two_names(tmp_path: Path) -> None:
    for table in ("hedges.after", "hedges.behind"):
        path = tmp_path / f"{table}.toml"
        path.write_text(f"[{table}]\nabout = ['光景']\n", "utf-8")
        assert check(path.read_text("utf-8")) == []
        assert [q.bound for q in find_quantities("窖藏90吨光景。", load_lexicon(path))] == ["~"]


def test_the_same_contents_are_the_same_lexicon(tmp_path: Path) -> None:
    plain, more = load_lexicon(), load_lexicon(SAMPLE)
    assert load_lexicon() is plain
    assert load_lexicon(SAMPLE) is more
    assert plain.digest != more.digest
    other = tmp_path / "other.toml"
    other.write_text("[items]\nfacets = ['总馆藏']\n", "utf-8")
    assert len({load_lexicon(*paths).digest for paths in ([], [SAMPLE], [other], [SAMPLE, other])}) == 4
    assert "总馆藏" in load_lexicon(SAMPLE, other).facts.item.facets
    assert "总馆藏" not in load_lexicon().facts.item.facets
    assert find_quantities("5畹兰草", load_lexicon(other))[0].why is not None


FAULTS = [
    ("", []),
    ("[units]\nname = 'a'", [(1, "units is a list of tables: [[units]]")]),
    ("unit = []", [(1, "unknown table unit; do you mean units?")]),
    ("[[units]]\nname = 5", [(2, "name is a text in quotation marks")]),
    ("[[units]]\ncode = 'x'", [(1, "a unit needs a name")]),
    ("[[units]]\nname = '畹'\nfactors = '1'", [(3, "unknown key units.factors; do you mean factor?")]),
    ("[[units]]\nname = '畹'\naliases = '小畹'", [(3, "aliases is a list of words")]),
    ("[[units]]\nname = '畹'\nchinese = 'yes'", [(3, "chinese is true or false")]),
    ("[[units]]\nname = '畹'\ndimension = 'areas'", [(3, "unknown dimension areas; do you mean area?")]),
    ("[[units]]\nname = ''", [(2, "an empty word")]),
    ("[[units]]\nname = '畹 '", [(2, "'畹 ' has white space around it")]),
    ("[[units]]\nname = '5畹'", [(2, "5畹 begins with a digit, which is read as part of the number")]),
    (
        "[[units]]\nname = '万畹'",
        [(2, "万畹 begins with 万, which is read as part of the number; give the unit without it")],
    ),
    (
        "[[units]]\nname = '亩'\ndimension = 'area'\nfactor = '600'",
        [(2, "亩 is known already as area, no code, factor 2000/3")],
    ),
    ("[[units]]\nname = '件'\ncode = '{case}'", [(2, "件 is known already as a counter")]),
    ("[[units]]\nname = '畹'\n[[units]]\n# again\nname = '畹'", [(5, "畹 stands twice in this file")]),
    ("[hedges]\nfront = ['足有']", [(2, "hedges.front is a table: [hedges.front]")]),
    (
        "[hedges.front]\nabout = ['足有']\nat_least = [\n  '足有',\n]",
        [(2, "足有 stands in hedges.front.at_least as well")],
    ),
    ("[hedges.after]\nat_most = ['以上']", [(2, "以上 bounds with >= already")]),
    ("[hedges.behind]\nat_most = ['以上']", [(2, "以上 bounds with >= already")]),
    ("[hedges]\nfront.at_leest = ['足有']", [(2, "unknown key hedges.front.at_leest; do you mean at_least?")]),
    (
        "[names]\nwords = ['乙方']",
        [(2, "乙方 has no Chinese numeral in it: names.words would never be asked for it")],
    ),
    ("[names]\nwords = ['三']", [(2, "三 is a single character: it would be taken out of every number")]),
    ("[items]\nfacets = [\n  '总库藏',\n  '总库藏',\n]", [(4, "总库藏 stands twice in items.facets")]),
    ("[items]\nfacets = [5]", [(2, "items.facets is a list of words")]),
    ("[items]\nlight = ['垦复', '']", [(2, "an empty word")]),
    ("[items.pairs]\n'山坝' = ['山']", [(2, "山坝 stands for two words, not for 1")]),
    ("[items.pairs]\n'山坝' = 5", [(2, "items.pairs gives each word a list of words")]),
    ("items = 5", [(1, "items is a table: [items]")]),
    ("[items]\nfacets = ['a'\n[names]", [(3, "is not TOML: Unclosed array")]),
]


@pytest.mark.parametrize(("text", "want"), FAULTS, ids=[text[:40].replace("\n", " ") for text, _ in FAULTS])
def test_what_is_wrong_is_said_by_line(text: str, want: list[tuple[int, str]]) -> None:
    assert check(text) == [(line, "error", message) for line, message in want]


@pytest.mark.parametrize(
    "factor", ['"0"', '"-1"', '"1/0"', '"many"', "-2", "0", "true", "inf", '""', '"1e9999"', "[1]", "1.0e-9999"]
)
def test_a_bad_factor(factor: str) -> None:
    found = check(f"[[units]]\nname = '畹'\ndimension = 'area'\nfactor = {factor}")
    assert [(line, message.split(": ")[-1]) for line, _, message in found] == [(4, 'write "1000", "0.5" or "2000/3"')]


@pytest.mark.parametrize("factor", ["500", "500.0", '"500"', '"1000/2"', "5e2"])
def test_factors_that_are_the_same_number(factor: str) -> None:
    exists = check("[[units]]\nname = '斤'\ndimension = 'mass'\nfactor = '0.5'")
    assert [severity for _, severity, _ in exists] == ["note"]
    text = f"[[units]]\nname = '畹'\ndimension = 'area'\nfactor = {factor}"
    assert check(text) == []


def test_a_word_that_is_known_is_a_note_and_harms_nothing(tmp_path: Path) -> None:
    text = "[[units]]\nname = '件'\n[hedges.front]\nat_least = ['超过']\n[names]\nwords = ['三农']\n"
    text += "[items]\nfacets = ['总里程']\n"
    assert [(line, severity) for line, severity, _ in check(text)] == [
        (2, "note"),
        (4, "note"),
        (6, "note"),
        (8, "note"),
    ]
    path = tmp_path / "known.toml"
    path.write_text(text, "utf-8")
    assert call("lexicon", "check", path).exit_code == 0
    sentence = "超过50件提案，总投资30亿元，关注三农问题。"
    plain, more = (extract_passage(sentence, lexicon=lexicon) for lexicon in (load_lexicon(), load_lexicon(path)))
    assert plain.facts == more.facts


def test_exit_codes_of_check(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_bytes("[items]\nfacet = ['总库藏']\n".encode())
    done = call("lexicon", "check", bad)
    assert (done.exit_code, done.stdout) == (1, f"{bad}:2: error: unknown key items.facet; do you mean facets?\n")
    assert call("lexicon", "check", SAMPLE).exit_code == 0
    assert call("lexicon", "check", SAMPLE, bad).exit_code == 1
    assert call("lexicon", "check", tmp_path / "missing.toml").exit_code == 2
    assert call("lexicon", "check").exit_code == 2
    bad.write_bytes(b"# \xff")
    assert call("lexicon", "check", bad).stdout.startswith(f"{bad}:1: error: is not UTF-8")
    repeated = call("lexicon", "check", SAMPLE, SAMPLE)  # each file is an addition to the one before it
    assert repeated.exit_code == 0
    assert "note: 畹 is known already" in repeated.stdout


def test_a_file_that_cannot_be_used_is_wrong_usage(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("[items]\nfacet = ['总库藏']\nlights = ['垦复']\n", "utf-8")
    done = call("extract", ROOT / "samples" / "crawl.txt", "--lexicon", bad)
    assert done.exit_code == 2
    assert f"{bad}:2: unknown key items.facet" in done.stderr
    assert "and 1 more: qjreport lexicon check" in done.stderr
    with pytest.raises(LexiconError, match=r"bad\.toml:2: "):
        load_lexicon(bad)
    with pytest.raises(LexiconError, match=r"missing\.toml: No such file"):
        load_lexicon(tmp_path / "missing.toml")


def test_list_units() -> None:
    lines = call("lexicon", "list", "units").stdout.splitlines()
    assert lines[0].split() == ["name", "reported", "dimension", "code", "factor", "base"]
    assert ["亩", "亩", "area", "2000/3", "m2"] in [line.split() for line in lines]
    shown = call("lexicon", "list", "units", "--lexicon", SAMPLE, "--format", "csv").stdout
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(shown, newline=""))}
    assert rows["小畹"]["reported"] == "畹"
    assert rows["工分亩"]["factor"] == "1000/3"
    assert len(rows) > len(lines)


def test_the_document_names_every_table_and_key_and_shows_the_sample() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert SAMPLE.read_text(encoding="utf-8") in text
    keys = {*UNIT_KEYS, *ITEM_LISTS, *(key for keys in TABLES.values() for key in keys)}
    assert [key for key in (*TABLES, *MAPPINGS, *keys) if f"`{key}`" not in text] == []


@pytest.mark.parametrize("command", [["lexicon", "check"], ["lexicon", "list"]])
def test_help_of_the_subcommands_has_examples(command: list[str]) -> None:
    assert "Examples:" in call(*command, "--help").stdout
