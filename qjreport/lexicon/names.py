"""The shape of names.toml: numbers that are no quantities, told by the words around them.

Nothing here reads text; the quantity stage looks the words up.
"""

import msgspec


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """names.toml. Every list holds whole words; a longer word wins over a shorter one."""

    words: tuple[str, ...]  # begin with a Chinese numeral and count nothing: 三农, 一体化
    idle: tuple[str, ...]  # have a numeral in them and count nothing, unless a unit makes it a number: 统一, 三面
    ordinals: tuple[str, ...]  # after a numeral: 届, 中全会
    ranks: tuple[str, ...]  # in front of 第三 or 首位, they make it a place: 居, 排名
    rank_fields: tuple[str, ...]  # what a place is among: 全国, 全省
    not_ranks: tuple[str, ...]  # in front of it, they do not: 摆在首位
    structure: tuple[str, ...]  # after 三个, they make it a count of the report's own parts: 方面
    adverbs: tuple[str, ...]  # after 7个, they make it a count of what is said: 7个大幅提升
    vague: tuple[str, ...]  # 一批, 若干
    spans: tuple[str, ...]  # in front of a span of time, they assert it: 缩短, 延长
    name_heads: tuple[str, ...]  # in front of it: 国道
    name_tails: tuple[str, ...]  # after a bare number, they make it a name: 热线, 号线
    counted: tuple[str, ...]  # nouns that a bare number counts: 群众, 居民
    counting: tuple[str, ...]  # words in front of a bare number that counts: 惠及
    postal: tuple[str, ...]  # in front of a code: 邮编
