"""GB18030 with stray bytes in it: one replacement character for one bad byte, and nothing else lost.

Python's own decoder goes on after a stray lead byte with the next byte, so that every character up to the next ASCII
one is read across its middle. Here the bytes between two ASCII marks are read in the way that makes the most legible
text, a dropped byte being dear (`repair`).

`read_legibility` says how much a text looks like Chinese that people write, which shows a right decoding from a wrong
one. In running Chinese about half of the characters are among the few hundred most common ones; bytes read in a wrong
encoding hit them by chance, a few times in a hundred.
"""

from __future__ import annotations

from typing import Final

from qjreport.text.patterns import compile_re
from qjreport.text.words import COMPILED

# The most common characters of modern written Chinese, simplified and traditional, and the marks between them.
_COMMON: Final = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多"
    "定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还"
    "因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没"
    "结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流"
    "路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百"
    "规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真"
    "务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究"
    "观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除"
    "消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县"
    "这為個國來時們會學發經對動產種後過說裡進電兩應開無與關體機點業東車長門問間書報"
    "，。、：；“”（）《》！？％—…·０１２３４５６７８９　"
)
# Common in reports, rare elsewhere: they tell a reading that is in step from one across the middle of characters.
_OFFICIAL: Final = frozenset(
    "案视察督协商职履策范镇街乡村域城财税贸投融债险医疗健康疾病养老幼校师课培训岗贫困扶助残救灾环境污染绿林草湿河湖库"
    "源煤网络智慧科技研专利业企创优服群众宣传稳促健支撑攻坚防控安监管审批执纪律廉政党委届届章程议代表届主席秘书秀典型"
    "章奖授誉牌获誉讲座访谈调民族宗侨港澳台团结统战联谊友好邻农业粮棉蔬菜果畜牧渔产值额亿比率占降增减补贴缴住房棚户"
    "旧改造桥隧铁公路航空港码头仓储物流旅游景馆博图剧演艺赛冠军届检察院法庭律诉讼仲裁访纠纷犯罪禁毒消防救援应急演练预警"
    "届居社区网格楼栋邻里垃圾厕污水管网燃气热暖电源光伏风储氢车充桩智造链群园区孵化器引资签约落户投竣验收续"
)
_IS_COMMON: Final = bytearray(0x10000)
for _character in _COMMON:
    _IS_COMMON[ord(_character)] = 1
SAMPLE: Final = 4000  # characters that are looked at; an encoding shows in less
STEP: Final = 16_384  # characters of a page that are looked through at once
_ASCII: Final = bytes(range(128))


def read_legibility(text: str) -> float:
    """The share of common characters among those beyond ASCII, from 0 to 1; a character that is none weighs against it.

    >>> read_legibility("全年办理提案") > 0.5 > read_legibility("全年办理提案".encode().decode("gb18030", "replace"))
    True
    """
    beyond = ""
    for start in range(0, len(text), STEP):
        # Most of a page is markup: in UTF-8 it is dropped at once, and not run by run.
        encoded = text[start : start + STEP].encode("utf-8", "surrogatepass").translate(None, _ASCII)
        beyond += encoded.decode("utf-8", "surrogatepass")
        if len(beyond) >= SAMPLE:
            break
    if not beyond:
        return 0.0
    beyond = beyond[:SAMPLE]
    common = count_common(beyond)
    return max(0.0, (common - beyond.count("\ufffd")) / len(beyond))


def count_common(text: str) -> int:
    """How many characters of a text are common ones."""
    if not COMPILED:
        return sum(map(_COMMON.__contains__, text))
    common = 0
    for place in range(len(text)):  # compiled, a character that is only looked up here stays a number
        code = ord(text[place])
        if code < len(_IS_COMMON) and _IS_COMMON[code]:
            common += 1
    return common


def read_frequency(character: str) -> int:
    """2 for the most common characters, 1 for those of official writing, 0 for all others.

    >>> read_frequency("的"), read_frequency("镇"), read_frequency("腹")
    (2, 1, 0)
    """
    return 2 if character in _COMMON else 1 if character in _OFFICIAL else 0


REPLACEMENT: Final = "\ufffd"
# Never a part of a longer character of GB18030, so that a stray byte harms nothing beyond them.
_SEPARATORS: Final = compile_re(rb"([\x00-\x2f\x3a-\x3f]+)")
# Bytes of broken stretches that are weighed; a file with more is no page with a stray byte
REPAIR_BUDGET: Final = 200_000
_DROP: Final = -12.0  # worth four common characters: fewer than that are no reason to see a stray byte


# Characters whose code in GB18030 was moved from the private area to a proper place (GB18030-2005, -2022, WHATWG).
_MOVED: Final = {
    "\ue5e5": "\u3000",
    "\ue7c7": "\u1e3f",
    "\ue81e": "\u9fb4",
    "\ue826": "\u9fb5",
    "\ue82b": "\u9fb6",
    "\ue82c": "\u9fb7",
    "\ue832": "\u9fb8",
    "\ue843": "\u9fb9",
    "\ue854": "\u9fba",
    "\ue864": "\u9fbb",
} | {chr(0xE78D + offset): chr(0xFE10 + offset) for offset in range(10)}
_ANY_MOVED: Final = compile_re("[" + "".join(_MOVED) + "]")


def decode_gb18030(data: bytes) -> str:
    """The characters of GB18030, GBK or GB2312 bytes; U+FFFD for each byte that belongs to none.

    >>> decode_gb18030("提案".encode("gb18030") + bytes([0xB9]) + "办理情况".encode("gb18030") + b"<p>")
    '提案\ufffd办理情况<p>'
    """
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = repair(data)
    return settle(text)


def settle(text: str) -> str:
    """Characters that Python's codec leaves in the private area, where they belong today.

    >>> settle("\ue5e5一、工作回顾") == "\u3000一、工作回顾"
    True
    """
    if not any(map(text.__contains__, _MOVED)):  # twenty looks for one character cost a fifth of one for any
        return text
    return _ANY_MOVED.sub(lambda match: _MOVED[match[0]], text)


def repair(data: bytes) -> str:
    parts: list[str] = []
    budget = REPAIR_BUDGET
    for stretch in _SEPARATORS.split(data):
        try:
            parts.append(stretch.decode("gb18030"))
        except UnicodeDecodeError:
            budget -= len(stretch)
            parts.append(read_most_legible(stretch) if budget >= 0 else stretch.decode("gb18030", "replace"))
    return "".join(parts)


def read_most_legible(data: bytes) -> str:
    """The best way through a stretch of bytes, weighed from its end: a character of one, two or four, or a bad byte."""
    size = len(data)
    best = [0.0] * (size + 1)
    chosen: list[tuple[int, str]] = [(1, REPLACEMENT)] * size
    for place in range(size - 1, -1, -1):
        weight, choice = _DROP + best[place + 1], (1, REPLACEMENT)
        if data[place + 1 : place + 2] == b"\xff":  # never a part of a character: the one that it broke goes with it
            weight, choice = _DROP + best[place + 2], (2, REPLACEMENT)
        for length in (1, 2, 4):
            if place + length > size:
                break
            character = decode_one(data[place : place + length])
            if character is not None:
                gained = weigh(character, length) + best[place + length]
                if gained >= weight:  # of two equal readings the one that drops later: what is in front is in step
                    weight, choice = gained, (length, character)
        best[place] = weight
        chosen[place] = choice
    parts: list[str] = []
    place = 0
    while place < size:
        length, character = chosen[place]
        parts.append(character)
        place += length
    return "".join(parts)


def decode_one(data: bytes) -> str | None:
    try:
        character = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return character if len(character) == 1 else None


def weigh(character: str, length: int) -> float:
    """Common characters weigh most, those of GB2312 something, the rest (rare, or read across the middle) nothing."""
    if length == 1:
        return 1.0
    frequency = read_frequency(character)
    if frequency:
        return 2.0 + frequency / 2
    if length == 4:
        return -1.0
    lead, trail = character.encode("gb18030")[:2]
    if trail < 0xA1 or lead < 0xA1:
        return -1.0
    return 1.5 if 0xB0 <= lead <= 0xD7 else 0.0
