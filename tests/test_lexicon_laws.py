"""Laws that hold for any file of words, whatever is in it."""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from qjreport.lexicon import load_lexicon
from qjreport.lexicon.check import check_extension
from qjreport.lexicon.extend import ITEM_LISTS, MAPPINGS, TABLES, UNIT_KEYS
from qjreport.quantity import find_quantities

WORD = st.text(st.sampled_from("三五畹亩a 5\n\"'[]=.#"), max_size=4)
VALUE = st.recursive(
    st.one_of(WORD, st.integers(), st.booleans(), st.just(Decimal("1.5"))),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


def spell_value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(spell_value, value))}]"
    return json.dumps(value, ensure_ascii=True) if isinstance(value, str | bool) else str(value)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["[[units]]", *(f"[{table}]" for table in (*TABLES, *MAPPINGS)), "", "[other]"]),
            st.dictionaries(
                st.sampled_from([*UNIT_KEYS, *ITEM_LISTS, "words", "vague", "at_least", "front", '"三"']),
                VALUE,
                max_size=3,
            ),
        ),
        max_size=4,
    )
)
def test_any_file_is_either_faulty_or_can_be_used(tables: list[tuple[str, dict[str, object]]]) -> None:
    lines = [line for head, keys in tables for line in (head, *(f"{k} = {spell_value(v)}" for k, v in keys.items()))]
    text = "\n".join(lines)
    found = check_extension(text.encode(), load_lexicon())
    assert all(1 <= problem.line <= len(lines) + 1 for problem in found)
    if all(problem.severity == "note" for problem in found):
        from qjreport.lexicon import load_extended

        find_quantities("三畹5亩", load_extended(("file", text.encode())))


@given(st.binary(max_size=60))
def test_any_bytes_are_checked_without_fail(data: bytes) -> None:
    assert all(problem.line >= 1 for problem in check_extension(data, load_lexicon()))
