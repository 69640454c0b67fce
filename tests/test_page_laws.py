"""Laws that hold for any page, whatever its markup."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pages import READERS, read
from selectolax.lexbor import LexborHTMLParser

from fuzz import readers
from fuzz.choices import Choices
from fuzz.grammar import write_page, write_sound
from qjreport.article.find import build_locator
from qjreport.page.hostile import tame

CHARACTERS = st.text(alphabet="甲乙丙，。（）《》09.%a \n\t\u3000\xa0\u200b<>&", max_size=12)
MARKUP = st.recursive(
    CHARACTERS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(("div", "span", "b", "font", "section", "ul", "em")), inner).map(
            lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
        ),
        st.lists(inner, max_size=4).map("".join),
        st.lists(inner, max_size=3).map(lambda parts: "<br>".join(parts)),
        st.lists(inner, min_size=1, max_size=3).map(
            lambda parts: "<table><tr>" + "".join(f"<td>{part}</td>" for part in parts) + "</tr></table>"
        ),
    ),
    max_leaves=12,
)
PLAIN_TAGS = """
    <p> </p> <div> </div> <b> </b> <a> </a> <span> </span> <br> <table> </table> <tr> <td> </td> <li> <ul> </ul> <h1>
    </h1> <center> </center> <script> </script> <!-- --> <title> </body> </font> </html> </i> <body> <form> </form>
    <pre> </pre> <select> <option> <html> <
"""
TAGS = (*PLAIN_TAGS.split(), "<font color=red>", "<i hidden>", "<td colspan=2 rowspan=3>")
TAG_SOUP = st.lists(
    st.one_of(
        st.sampled_from(TAGS),
        CHARACTERS,
    ),
    max_size=30,
).map("".join)


def squeeze(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


@settings(max_examples=150, deadline=None)
@given(MARKUP)
def test_all_visible_text_is_in_the_lines_in_order(html: str) -> None:
    page = read(f"<body>{html}")
    seen = LexborHTMLParser(f"<body>{html}").body
    assert squeeze("".join(line.text for line in page.lines)) == squeeze(seen.text() if seen else "")


@settings(max_examples=150, deadline=None)
@given(MARKUP)
def test_readers_agree_on_well_formed_markup(html: str) -> None:
    page = f"<!doctype html><html><head><title>甲</title></head><body>{html}</body></html>"
    assert read(page) == read(page, "soup")


@settings(max_examples=200, deadline=None)
@given(TAG_SOUP)
def test_any_markup_is_read(html: str) -> None:
    for reader in READERS:
        page = read(html, reader)
        assert page == read(html, reader)
        for line in page.lines:
            assert line.text == " ".join(line.text.split())
            assert 0 <= line.linked <= len(line.text)
            assert 0 <= line.bold <= len(line.text)
            assert -1 <= line.table < len(page.tables)
            build_locator(page, line)
        for grid in page.tables:
            places = {(cell.row, cell.column) for cell in grid.cells}
            assert len(places) == len(grid.cells)
            assert all(cell.row + cell.rowspan <= grid.rows for cell in grid.cells)
            assert all(cell.column + cell.colspan <= grid.columns for cell in grid.cells)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=120))
def test_broken_markup_keeps_the_laws_in_both_readers(choices: bytes) -> None:
    """Unclosed and crossed-over elements, tables in tables, junk spans, cut-off attributes, references and comments."""
    readers.check_markup(write_page(Choices(choices)))
    readers.check_agreement(write_sound(Choices(choices)))


@settings(max_examples=100, deadline=None)
@given(TAG_SOUP)
@example("<!-->0")
@example("<!--!>0--!>1")
@example("<!<!-- 甲>乙<p>丙")  # what is no tag and no comment is a comment to the next >
@example("</3 <!-- >甲</3")
@example("<plaintext><!-- 甲 --></p x=1><p")
@example("甲</script a='<p>乙'>丙</p a='<td>丁")
@example("甲&#<!---->57;&a<!---->mp;<<!--->?>乙")
def test_tamed_markup_holds_the_same_text(html: str) -> None:
    assert [line.text for line in read(tame(html)).lines] == [line.text for line in read(html).lines]


@settings(max_examples=100, deadline=None)
@given(st.text(), st.sampled_from(("text/html", "text/plain", "text/markdown")))
def test_no_character_that_cannot_be_seen_comes_out(text: str, media_type: str) -> None:
    page = read(text + "\ud800\x00\x07甲", media_type=media_type)
    for line in page.lines:
        line.text.encode()
        assert all(character.isprintable() or ord(character) > 0xA0 for character in line.text)
