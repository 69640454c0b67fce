"""How much an input may ask for before it is taken for a trap."""

from __future__ import annotations

import msgspec

MIB = 1024 * 1024


class Limits(msgspec.Struct, frozen=True):
    """Bytes and ratios above which an input becomes a failure.

    >>> Limits().page // MIB
    32
    """

    page: int = 32 * MIB  # of one page, unpacked; the largest real ones, with pictures inlined, have some ten
    ratio: int = 250  # unpacked to packed; HTML gives 5 to 50, a bomb of deflate 1000
    ratio_from: int = 4 * MIB  # unpacked bytes below which no ratio is looked at: small pages may repeat themselves
    total: int = 1024 * 1024 * MIB  # unpacked bytes of one archive: a crawl's file has some 5 GiB
