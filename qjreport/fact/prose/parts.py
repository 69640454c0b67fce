"""其中: a number that is a part of one before it, 新增就业3万人，其中｜高校毕业生1万人.

Only the text right in front of the number is looked at, and only its beginning: 其中 opens the clause of the part.
Rows of a data table are table/parts.py's.
"""

from __future__ import annotations

from qjreport.fact.prose.sentence import Number


def find_whole(number: Number) -> int | None:
    """The draft that the number is a part of; None where its clause does not open with 其中.

    It is the last one of the sentence in the same unit, else simply the last one of the block.
    """
    if not number.tools.patterns.share.part.match(number.left):
        return None
    sentence, unit = number.sentence, number.quantity.unit
    drafts = sentence.drafts
    same = [place for place in range(sentence.first, len(drafts)) if drafts[place].unit == unit]
    return same[-1] if same else (len(drafts) - 1 if drafts else None)
