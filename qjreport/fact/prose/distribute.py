"""Lists that one verb or one number is spread over: A、B和C分别增长x、y和z; 一等奖、三等奖各1件.

Splits the list and gives every part the head or the owner that the text says only once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qjreport.fact.prose.nouns import trim_item
from qjreport.fact.prose.vocabulary import Patterns
from qjreport.text.patterns import compile_re
from qjreport.text.sentences import mark_inside

COMMA: Final = compile_re(r"、")
ANY: Final = compile_re(r"、|以及|(?<=\w{2})(?:和|及|与)(?=\w{2})|(?<=[”’》）)])(?:和|及|与)|(?:和|及|与)(?=[“‘《])")
# Whose it is, said before the first part only: 省属企业｜营业收入、利润; 省级｜公用经费和一般性支出.
OWNER: Final = compile_re(
    r"\A(?:[国省市区县州旗镇]级|[^、]{1,6}(?:企业|开发区|园区|产业|口岸|机场|港口|农村|城镇|项目|工程|机构|单位|学校|医院|公司|部门|行业|市场)"
    r"|全国|全省|全市|全区|全县)(?=\w{2})"
)
# 校园火灾｜起数和受伤人数
COUNT: Final = compile_re(r"(?:起数|件数|宗数|次数|数量|数)\Z")


def split_list(subject: str, count: int | None = None) -> list[str]:
    """The parts of a list, marks in quotations and brackets aside; of `count` parts where that can be had.

    >>> split_list("规上采矿业、文化创意产业营收", 2)
    ['规上采矿业', '文化创意产业营收']
    """
    inside = mark_inside(subject)
    best: list[str] = [subject]
    for pattern in (COMMA, ANY):
        parts, start = [], 0
        for match in pattern.finditer(subject):
            if not inside[match.start()]:
                parts.append(subject[start : match.start()])
                start = match.end()
        parts.append(subject[start:])
        parts = [part for part in map(trim_item, parts) if part]
        if len(parts) == count:
            return parts
        if count is None:
            best = parts
    return best


def spread_items(
    subject: str, count: int | None, patterns: Patterns, pairs: Mapping[str, tuple[str, str]], *, things: bool = False
) -> list[str] | None:
    """The items of a shared predicate, `count` of them (None: as many as the list has); None where they don't match.

    `things` where things are counted, which need no measure of their own: 渡口、码头均增至9个.

    城乡居民人均可支配收入, 2 → 城镇居民人均可支配收入, 农村居民人均可支配收入
    """
    parts = split_list(subject, count)
    if count is not None and len(parts) != count:
        parts = split_pairs(split_list(subject), count, pairs)
    if len(parts) < 2 or (count is not None and len(parts) != count):
        return None
    return share_owner(share_head(parts, patterns, things), patterns)


def split_pairs(parts: list[str], count: int, pairs: Mapping[str, tuple[str, str]]) -> list[str]:
    """With words that stand for two made two, until the parts are `count`: 存贷款余额 → 存款余额, 贷款余额."""
    for word, both in pairs.items():
        for place, part in enumerate(parts):
            if len(parts) < count and word in part:
                parts = [*parts[:place], *(part.replace(word, one, 1) for one in both), *parts[place + 1 :]]
    return parts


def share_head(parts: list[str], patterns: Patterns, things: bool) -> list[str]:
    """Give each part the head that only the last one has: 炼铁、炼钢先进产能占比 → 炼铁先进产能占比."""
    last = parts[-1]
    if (share := last.find("占")) > 0 and last.endswith(("比重", "比例", "份额")) and "占" not in "".join(parts[:-1]):
        # 茶业、竹业产值｜占农业总产值比重
        return [part + last[share:] for part in [*share_head([*parts[:-1], last[:share]], patterns, things)]]
    inside = mark_inside(last)
    etc = last.find("等")
    if 0 < etc < len(last) - 2 and not inside[etc] and last[etc + 1] not in "级待于":
        head = last[etc + 1 :]
        return [part + head for part in [*parts[:-1], last[:etc]]]
    measure = patterns.measure.before(last)
    whole = []
    for part in parts[:-1]:
        own = patterns.measure.before(part)
        whole.append(part if own else part + find_head(part, last, measure, things))
    return [*whole, last]


def find_head(part: str, last: str, measure: str, things: bool) -> str:
    """What of the last part belongs to this one as well."""
    if measure and len(measure) < len(last) and last[-len(measure) - 1] == part[-1]:
        return measure  # 规上采矿业、文化创意产业｜营收
    if part[0] == last[0] and len(part) <= 4 and len(last) > len(part):
        return last[len(part) :]  # 涉诈、涉毒｜警情
    end = last.find(part[-1])
    if 0 < end < len(last) - 1 and end <= len(part) + 1:
        return last[end + 1 :]  # 国家级、部级｜创新平台
    if len(part) <= 2 and len(last) >= len(part) + 2:
        return last[len(part) :]  # 工业、农业｜总产值
    return measure if len(measure) < len(last) and not things else ""


def share_owner(parts: list[str], patterns: Patterns) -> list[str]:
    """Give the later parts the owner that only the first one has."""
    first = parts[0]
    owner = OWNER.match(first)
    whole = [first]
    for part in parts[1:]:
        if part in patterns.dependents and (count := COUNT.search(first)) and count.start() >= 2:
            part = first[: count.start()] + part
        elif owner and len(part) < len(first) and not OWNER.match(part) and not part.startswith("“"):
            part = owner[0] + part
        elif len(part) <= 3 and len(first) > len(part) and first[-1] == part[-1] and first[-1] not in "奖率量额数值":
            part = first[: len(first) - len(part)] + part  # 生猪存栏、出栏
        whole.append(part)
    return whole


def align_parts(parts: list[str]) -> list[str]:
    """Take off the first part the name that is not its own alone: “金桥奖”金奖、铜奖各1件 → 金奖."""
    first, rest = parts[0], parts[1:]
    cut = max(first.rfind(mark) for mark in "”》")
    if cut > 0 and cut + 1 < len(first) and all(part[-1] == first[-1] and "”" not in part for part in rest):
        return [first[cut + 1 :], *rest]
    return parts
