"""Nothing of a hostile page comes over but its text, and nothing in the file runs but the page's own script."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

import qjreport
from browser.conftest import Open, Opened
from qjreport.model import Report
from qjreport.review.page import build_review, cut_excerpt

ATTACKS = (
    "<script>window.harmed=1</script>",
    "</script><script>window.harmed=1</script>",
    "<!--<script>window.harmed=1",
    "\"'><img src=http://evil.example/a.png onerror=window.harmed=1>",
    "<style>*{display:none}</style><link rel=stylesheet href=http://evil.example/a.css>",
    "{{ 7*7 }}{% raw %}<a href=javascript:window.harmed=1>a</a>",
    "</title></style></textarea><svg onload=window.harmed=1>",
    "\u2028\u202e<iframe srcdoc='<script>parent.harmed=1</script>'></iframe>",
)
# Texts that a type checks have to stay what they are.
KEPT = {"kind", "bound", "status", "headline", "role", "schema", "sha256", "level", "id"}


def poison(value: Any, attack: str, name: str = "") -> Any:
    """Every text of a report with the attack in it."""
    if isinstance(value, msgspec.Struct):
        fields = {field: poison(getattr(value, field), attack, field) for field in value.__struct_fields__}
        return msgspec.structs.replace(value, **fields)
    if isinstance(value, tuple):
        return tuple(poison(one, attack, name) for one in value)
    if isinstance(value, dict):
        return {key: poison(one, attack) for key, one in value.items()}
    if isinstance(value, str) and name not in KEPT:
        return f"{value}{attack}" if name in ("text", "sentence") else f"{attack}{value}"
    return value


def check_harmless(opened: Opened) -> None:
    assert opened.ask("window.harmed") is None
    assert [url for url in opened.requests if not url.startswith(("file:", "blob:"))] == []
    tags = ("script", "style", "link", "img", "svg", "iframe", "object", "embed", "base", "form[action]")
    counted = [*tags, "meta[http-equiv]"]
    assert opened.ask(f"{json.dumps(counted)}.map(tag => document.querySelectorAll(tag).length)") == [
        *(2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1)
    ]
    assert opened.ask("[...document.querySelectorAll('a')].filter(a => !/^#/.test(a.getAttribute('href'))).length") == 0
    assert (
        opened.ask("[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(n => /^on/.test(n))")
        == []
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_in_every_field(open_page: Open, bulletin: Report, attack: str) -> None:
    poisoned = poison(bulletin, attack)
    opened = open_page(build_review([poisoned, poisoned]))
    check_harmless(opened)
    assert opened.text("article h1") == poisoned.metadata.title.replace("\u2028", "\u2028")
    opened.press("jnaxe")
    opened.page.keyboard.press("Escape")
    opened.page.click(".n >> nth=0")
    opened.page.select_option("#by-look", "everything")
    opened.press("?")
    opened.page.keyboard.press("Escape")
    opened.ask("document.querySelectorAll('details').forEach(one => { one.open = true })")
    opened.ask("dispatchEvent(new Event('beforeprint'))")
    opened.page.click("#language")
    check_harmless(opened)
    drawn = [cut_excerpt(poisoned, one) for one in (*poisoned.facts[:2], *poisoned.non_facts[:2])]
    sample = open_page(build_review(drawn, {"seed": 1, "size": 4, "by": [attack], "strata": []}))
    sample.press("jax")
    check_harmless(sample)


def test_attacks_in_corrections(open_page: Open, tmp_path: Path) -> None:
    report = qjreport.extract_text("全年办理提案459件，办复率98%。", name="a.txt")
    opened = open_page(build_review([report]))
    opened.press("ja")
    path = opened.save(tmp_path)
    good = json.loads(path.read_text("utf-8"))
    attack = "<img src=http://evil.example/a.png onerror=window.harmed=1>"
    for name in ("comment", "who", "when"):
        good["entries"][0][name] = attack
    good["entries"].append({**good["entries"][0], "fact": None, "quote": attack, "sentence": attack})
    good["reviewer"] = attack
    path.write_text(json.dumps(good), "utf-8")
    opened.load(path)
    opened.page.click("#unfit-dialog .close")
    opened.press("k")
    check_harmless(opened)
    for field, wrong in (
        ("quote", {"a": 1}),
        ("verdict", "great"),
        ("fields", {"item": {"x": 1}}),
        ("fields", {"value": None}),
        ("fields", {"value": "many"}),
        ("fields", {"bound": "!"}),
        ("block", "1"),
    ):
        path.write_text(json.dumps({**good, "entries": [{**good["entries"][0], field: wrong}]}), "utf-8")
        opened.load(path)
        assert opened.text("#notice") == "This is no corrections.json of this version."


@pytest.mark.parametrize(
    "injected",
    [
        "<script>window.harmed=1</script>",
        "<img src=x: onerror=window.harmed=1>",
        "<script src=evil.js></script>",
        "<style>body{display:none}</style>",
        "<img src=http://evil.example/a.png>",
        "<iframe srcdoc='<script>parent.harmed=1</script>'></iframe>",
        "<base href=http://evil.example/>",
        "<a id=bad href='javascript:window.harmed=1'>a</a>",
    ],
)
def test_the_policy_blocks_what_got_in_all_the_same(
    open_page: Open, bulletin: Report, injected: str, tmp_path: Path
) -> None:
    """Markup written into the file by hand, as a mistake in escaping would."""
    (tmp_path / "evil.js").write_text("window.harmed=1")
    html = build_review([bulletin]).replace("</article>", f"{injected}</article>", 1)
    opened = open_page(html)
    if "id=bad" in injected:
        opened.page.click("#bad")
    opened.page.wait_for_timeout(50)
    assert opened.ask("window.harmed") is None
    assert opened.page.locator("#save").is_visible()
    assert opened.ask("document.baseURI").startswith("file:")
    assert "Content Security Policy" in " ".join(opened.errors)


def test_no_text_becomes_markup(open_page: Open, bulletin: Report) -> None:
    opened = open_page(build_review([bulletin]))
    refused = opened.ask(
        "(() => { try { document.body.innerHTML = '<b>x</b>'; return '' } catch (e) { return e.name } })()"
    )
    assert refused == "TypeError"


def test_in_a_frame_that_keeps_nothing(open_page: Open, bulletin: Report, browser: Any, tmp_path: Path) -> None:
    """As a strict notebook shows it: without storage everything works, and the page says what will be lost."""
    from html import escape

    wrapper = tmp_path / "notebook.html"
    frame = f'<iframe sandbox="allow-scripts" width="1200" height="700" srcdoc="{escape(build_review([bulletin]))}">'
    wrapper.write_text(f'<!DOCTYPE html><meta charset="utf-8">{frame}</iframe>', "utf-8")
    page = browser.new_page()
    page.goto(wrapper.as_uri())
    inner = page.frame_locator("iframe")
    inner.locator("html[data-ready]").wait_for(state="attached")
    assert "save before you close" in inner.locator("#unkept").inner_text()
    inner.locator(".pick >> nth=0").click()
    page.keyboard.press("a")
    assert inner.locator("#progress-text").inner_text().startswith("1 of")
    page.close()
