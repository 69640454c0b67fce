"""Page → article: made pages, one for each trap; lines judged alone; laws that hold for any page."""

from __future__ import annotations

import json
import timeit
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qjreport import extract, extract_text
from qjreport.article import find_article
from qjreport.article.area import AreaTexts, find_area, find_level
from qjreport.article.judge import judge_line
from qjreport.article.metadata import find_kind, find_year
from qjreport.lexicon import load_lexicon
from qjreport.model import Article, Line, Page
from qjreport.page import decode_page, read_page

HERE = Path(__file__).parent
LEXICON = load_lexicon()


def read_cases(name: str) -> list[dict[str, Any]]:
    lines = (HERE / "cases" / "article" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def read_made(name: str, reader: str = "lexbor") -> Page:
    return read_page(decode_page((HERE / "pages" / "article" / name).read_bytes()), reader)


def characters(texts: list[str]) -> Counter[str]:
    return Counter("".join("".join(texts).split()))


def assert_accounts_for(page: Page, article: Article) -> None:
    """Kept and dropped lines together are the page, in its order."""
    assert characters([line.text for line in page.lines]) == characters(
        [line.text for line in article.lines] + [line.text for line in article.dropped]
    )
    assert len(article.lines) == len(article.locators)
    assert all(line.reason for line in article.dropped)
    order = iter(line.text for line in page.lines)
    assert all(any(line.text == text for text in order) for line in article.lines if line.table < 0)


@pytest.mark.parametrize("case", read_cases("pages.jsonl"), ids=lambda case: case["page"])
def test_made_page(case: dict[str, Any]) -> None:
    page = read_made(case["page"])
    article = find_article(page, LEXICON)
    assert [line.text for line in article.lines] == case["kept"], case["pattern"]
    found = json.loads(msgspec.json.encode(article.metadata))
    assert {key: found[key] for key in case.get("metadata", {})} == case.get("metadata", {})
    reasons = {line.text: line.reason for line in article.dropped}
    for text, reason in case.get("dropped", {}).items():
        assert reasons.get(text) == reason, text
    assert [entry.code for entry in article.diagnostics] == case.get("diagnostics", [])
    assert_accounts_for(page, article)


@pytest.mark.parametrize("case", read_cases("pages.jsonl"), ids=lambda case: case["page"])
def test_made_page_with_the_second_reader(case: dict[str, Any]) -> None:
    article = find_article(read_made(case["page"], "soup"), LEXICON)
    assert [line.text for line in article.lines] == case["kept"], case["pattern"]


@pytest.mark.parametrize("case", read_cases("lines.jsonl"), ids=lambda case: case["text"][:16])
def test_line_alone(case: dict[str, Any]) -> None:
    assert judge_line(Line(text=case["text"]), LEXICON).reason == case["reason"], case["pattern"]


@pytest.mark.parametrize("case", read_cases("bylines.jsonl"), ids=lambda case: case["text"][:16])
def test_byline(case: dict[str, Any]) -> None:
    """Between a headline and a paragraph, and the same as one line of a text."""
    title, body = "云溪县政府工作报告", "全年办结代表建议312件，办结率达到98.5%。"
    markup = f"<title>{title}</title><h1>{title}</h1><div>{case['text']}</div><div id='zoom'><p>{body}</p></div>"
    for data in (markup.encode(), f"{title}\n{case['text']}\n{body}\n".encode()):
        article = find_article(read_page(decode_page(data)), LEXICON)
        assert [line.text for line in article.lines] == [body]
        for field, value in case["metadata"].items():
            assert getattr(article.metadata, field) == value, (case["pattern"], field)
            assert value is None or article.metadata.found_at[field]


@pytest.mark.parametrize("case", read_cases("titles.jsonl"), ids=lambda case: case["title"][:16])
def test_title(case: dict[str, Any]) -> None:
    texts = [case["title"], case["subtitle"]]
    assert find_kind(texts, LEXICON) == case["kind"]
    assert find_area(AreaTexts(sessions=texts[1:], headlines=texts[:1]), LEXICON) == case["area"]
    assert find_year(texts, LEXICON) == case["year"]


@pytest.mark.parametrize("case", read_cases("areas.jsonl"), ids=lambda case: case["text"][:16])
def test_area(case: dict[str, Any]) -> None:
    area = find_area(AreaTexts(**{case["given"]: [case["text"]]}), LEXICON)
    assert area == case["area"], case["pattern"]
    assert (find_level(area, LEXICON) if area else None) == case["area_level"], case["pattern"]


def test_the_caption_of_the_picture_of_the_speaker_names_the_session() -> None:
    lines = (
        "2031年政府工作报告",
        "沈一鸣在青川市第三十届人民代表大会第六次会议上作政府工作报告。",
        "沈一鸣",
        "各位代表：",
        "现在，我代表市人民政府向大会作报告，请审议。",
        "一、2030年工作回顾",
        "全年新建公路310公里，整治河道46公里，群众满意率比上年提高3.2个百分点。",
    )
    assert extract_text("\n".join(lines)).metadata.area == "青川市"


def test_a_smaller_area_beats_the_country_and_a_fuller_name_the_short_one() -> None:
    country, local = "在第三十届全国人民代表大会第二次会议上", "云溪区第四届人民代表大会第一次会议"
    assert find_area(AreaTexts(sessions=[country, local], site=["青川市云溪区人民政府"]), LEXICON) == "青川市云溪区"


@pytest.mark.parametrize("mark", ["", "# "])
def test_every_number_of_the_front_matter_is_accounted_for(mark: str) -> None:
    text = f"---\ntitle: 工作总结\nid: 4711\nweight: 12\n---\n{mark}提案\n全年办理提案459件。\n"
    counts = extract(text.encode()).counts
    assert (counts.facts, counts.dropped) == (1, 2)


def test_metadata_come_from_the_visible_page_first() -> None:
    head = '<meta name="ContentSource" content="县统计局"><meta name="PubDate" content="2026-03-18 09:12">'
    page = f"<html><head>{head}</head><body><h1>工作总结</h1><p>2026-03-16</p><p>全年办理提案459件。</p></body></html>"
    metadata = find_article(read_page(decode_page(page.encode())), LEXICON).metadata
    assert (metadata.published, metadata.source) == ("2026-03-16", "县统计局")
    assert metadata.found_at["source"] == "meta[name=contentsource]"
    assert metadata.found_at["published"].startswith("body")


CHROME = ["首页", "来源：县政府办", "2026-01-20", "责任编辑：周正", "相关阅读", "0", "|", ""]
WORDS = st.sampled_from([*CHROME, "全年办理提案459件。", "一、工作回顾", "各位代表："])
TAGS = st.sampled_from(["p", "div", "li", "td", "a", "h1", "span", "table", "tr", "br"])


@given(st.lists(st.one_of(WORDS, st.text(max_size=40)), max_size=30))
@settings(max_examples=60, deadline=None)
def test_any_text_is_accounted_for(texts: list[str]) -> None:
    page = read_page(decode_page("\n".join(texts).encode("utf-8", "replace")))
    assert_accounts_for(page, find_article(page, LEXICON))


@given(st.lists(st.tuples(TAGS, st.one_of(WORDS, st.text(max_size=20)), st.booleans()), max_size=30))
@settings(max_examples=60, deadline=None)
def test_any_page_is_accounted_for(parts: list[tuple[str, str, bool]]) -> None:
    """Elements opened, closed or left open, with words of reports and of chrome in them."""
    markup = "".join(f"<{tag}>{text}" + (f"</{tag}>" if closed else "") for tag, text, closed in parts)
    page = read_page(decode_page(f"<html><body>{markup}".encode("utf-8", "replace")))
    assert_accounts_for(page, find_article(page, LEXICON))


def test_same_bytes_give_the_same_article() -> None:
    assert find_article(read_made("crawl.txt"), LEXICON) == find_article(read_made("crawl.txt"), LEXICON)


def test_time_grows_with_the_page() -> None:
    """Twenty times the lines take about twenty times the time: no pattern and no walk is quadratic."""

    def run(count: int) -> float:
        lines = tuple(Line(text=f"第{n}项工作完成{n}件，比上年增长{n}%", number=n + 1) for n in range(count))
        page = Page(lines=lines, is_html=False)
        return min(timeit.repeat(lambda: find_article(page, LEXICON), number=1, repeat=3))

    run(10)
    assert run(4000) < 100 * max(run(200), 0.002)


def test_a_menu_over_a_text_is_no_headline() -> None:
    lines = [
        "青屿县人民政府门户网站 www.qingyu.example.cn",
        "首页 走进青屿 政务公开 办事大厅 互动交流",
        "当前位置: 首页 > 政务公开 > 工作总结",
        "青屿县水务局2030年工作总结和2031年工作打算",
        "今年以来，我局围绕保障供水，扎实做好各项工作，新建水厂4座，改造管网31公里。",
        "一、2030年工作总结",
        "新建水厂4座，供水能力达到12万吨，群众满意率达到96%。",
        "二、2031年工作打算",
        "新建水厂6座，改造管网40公里，进一步提高供水保障水平。",
    ]
    report = extract("\n".join(lines).encode())
    assert report.metadata.title == lines[3]
    assert [section.title for section in report.sections] == ["2030年工作总结", "2031年工作打算"]
