"""Which tags close which, and how far a closing tag looks: the sets of the HTML standard that `nesting` goes by."""

from __future__ import annotations

from typing import Final


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEAD: Final = words("title meta link style script base noscript template")
CLOSES_P: Final = words(
    "address article aside blockquote center details dialog dir div dl dt dd fieldset figcaption figure footer form h1"
    " h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search section summary ul xmp"
)
HEADINGS: Final = words("h1 h2 h3 h4 h5 h6")
SCOPE: Final = words("table td th caption marquee html")
P_SCOPE: Final = SCOPE | {"button"}
SPECIAL: Final = SCOPE | CLOSES_P | words("body tr tbody thead tfoot button")
LIST_SCOPE: Final = SPECIAL - words("address div p li dd dt")
FORMATTING: Final = words("a b big code em font i nobr s small strike strong tt u")
VOID: Final = words(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
)
SECTIONS: Final = words("tbody thead tfoot")
CELLS: Final = words("td th")
TABLE: Final = words("table")
CELL_OPENERS: Final = CELLS | {"caption"}
TABLE_PARTS: Final = SECTIONS | CELL_OPENERS | words("tr col colgroup")
BETWEEN_CELLS: Final = SECTIONS | words("table tr")
# An unclosed <font> that is repeated in every paragraph is carried on three times, not hundreds
SAME_FORMATTING: Final = 3
