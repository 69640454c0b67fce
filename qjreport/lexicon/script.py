"""The shape of script.toml: traditional characters and the simplified ones that they are read as.

Nothing here reads text; `qjreport.text.script` folds pages by it.
"""

from __future__ import annotations

import msgspec


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """script.toml, which is generated: a character at the same place of both strings."""

    traditional: str
    simplified: str
    both: str  # simplified characters that traditional text has as well: 后, 里
    frequent: str  # traditional characters; a page of some length that has none of them is not traditional
