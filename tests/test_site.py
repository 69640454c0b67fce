"""The documentation site: what becomes of a page of the repository on its way; `make site` builds it, strictly."""

from __future__ import annotations

import re
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from subprocess import CalledProcessError
from types import ModuleType

import pytest
from conftest import ROOT

# Found and not imported: jieba warns of its own patterns when it is compiled.
needs_mkdocs = pytest.mark.skipif(not (find_spec("material") and find_spec("jieba")), reason="make site installs them")


@pytest.fixture(scope="module")
def site() -> ModuleType:
    spec = spec_from_file_location("site_pages", ROOT / ".ci" / "site.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "language", "text", "turned"),
    [
        ("README.md", "en", "see [use](docs/use.md#pages)", "see [use](use.md#pages)"),
        ("README.md", "en", "[中文说明](README.zh.md)", '<a href="zh/index.html">中文说明</a>'),
        ("README.zh.md", "zh", "见 [用法](docs/zh/use.md)", "见 [用法](use.md)"),
        ("README.zh.md", "zh", "见 [规则](docs/rules.md)", "见 [规则](rules.md)"),
        ("docs/zh/use.md", "zh", "[English](../use.md)", '<a href="../use.html">English</a>'),
        ("docs/decisions/0004-pins-with-hashes.md", "en", "[licences](../licences.md)", "[licences](../licences.md)"),
        ("docs/limits.md", "en", "[`pages`](../tests/hostile_pages.py)", "`pages`"),
        ("docs/use.md", "en", "```\n[a](b.md)\n```", "```\n[a](b.md)\n```"),
        ("docs/use.md", "en", "[out](https://example.org/x.md)", "[out](https://example.org/x.md)"),
        ("docs/zh/use.md", "zh", "提取\n数据", "提取数据"),
        ("docs/zh/use.md", "zh", "| 甲 |\n| 乙 |\n\n丙", "| 甲 |\n| 乙 |\n\n丙"),
        ("docs/output.md", "en", "# A\n\n# B\n\n## C\n", "# A\n\n## B\n\n### C\n"),
        ("docs/use.md", "en", "# A\n\n## B\n", "# A\n\n## B\n"),
    ],
)
def test_a_page_on_its_way(site: ModuleType, name: str, language: str, text: str, turned: str) -> None:
    assert site.turn_page(text, name, language) == turned


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_has_a_place_of_its_own_and_is_in_the_navigation(site: ModuleType, language: str) -> None:
    """MkDocs checks it as well, where it is installed."""
    places = list(site.list_pages(language).values())
    assert len(places) == len(set(places)) and "index.md" in places
    config = (ROOT / ("mkdocs.yml" if language == "en" else "mkdocs.zh.yml")).read_text(encoding="utf-8")
    shown = re.findall(r"[\w/-]+\.md$", config.partition("\nnav:\n")[2], re.M)
    assert sorted(shown) == sorted(place for place in places if place.endswith(".md"))


@needs_mkdocs
def test_it_builds(site: ModuleType, tmp_path: Path) -> None:
    """A search in Chinese finds words: the index has them apart, by a space of no width."""
    folder = tmp_path
    site.build(folder / "out")
    index = (folder / "out" / "zh" / "search" / "search_index.json").read_text(encoding="utf-8")
    assert "\u200b" in index or "\\u200b" in index
    assert 'href="../use.html"' in (folder / "out" / "zh" / "use.html").read_text(encoding="utf-8")


@needs_mkdocs
def test_an_anchor_that_leads_nowhere_fails(site: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    turn = site.turn_page
    wrong = "[nowhere](rules.md#nowhere)"
    monkeypatch.setattr(site, "turn_page", lambda text, *more: turn(text, *more) + f"\n\n{wrong}\n")
    with pytest.raises(CalledProcessError):
        site.build(tmp_path / "out")
