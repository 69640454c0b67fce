"""Which tags close which, and how far a closing tag looks: the sets of the HTML standard that `nesting` goes by."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEAD = words("title meta link style script base noscript template")
CLOSES_P = words(
    "address article aside blockquote center details dialog dir div dl dt dd fieldset figcaption figure footer form h1"
    " h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search section summary ul xmp"
)
HEADINGS = words("h1 h2 h3 h4 h5 h6")
SCOPE = words("table td th caption marquee html")
P_SCOPE = SCOPE | {"button"}
SPECIAL = SCOPE | CLOSES_P | words("body tr tbody thead tfoot button")
LIST_SCOPE = SPECIAL - words("address div p li dd dt")
FORMATTING = words("a b big code em font i nobr s small strike strong tt u")
VOID = words("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
SECTIONS = words("tbody thead tfoot")
CELLS = words("td th")
TABLE = words("table")
CELL_OPENERS = CELLS | {"caption"}
TABLE_PARTS = SECTIONS | CELL_OPENERS | words("tr col colgroup")
BETWEEN_CELLS = SECTIONS | words("table tr")
SAME_FORMATTING = 3  # an unclosed <font> that is repeated in every paragraph is carried on three times, not hundreds
