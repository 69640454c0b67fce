"""A line as the lexicon's words are written: no white space, half width, simplified characters, lower case."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from qjreport.text.patterns import compile_re

_COMMON: Final = tuple(zip("：（），；！？％　\xa0｜＞－．", ":(),;!?%  |>-.", strict=True))
# Traditional characters of the words that chrome, labels and titles are known by; none is a simplified one as well.
_TRADITIONAL: Final = dict(
    zip(
        "來責編輯發佈時間瀏覽點擊閱讀關閉頁網權備號聯係電話傳郵條報導鏈評論熱門當現頂載轉請註經許聲欄體簡設為錄訊資國會縣區鎮鄉處長務員協總統計劃記獎圖視頻掃機開讚訪問類應該標題審錄說單位辦級動態與議舉舊從廣場連結無產業繫覽",
        "来责编辑发布时间浏览点击阅读关闭页网权备号联系电话传邮条报导链评论热门当现顶载转请注经许声栏体简设为录讯资国会县区镇乡处长务员协总统计划记奖图视频扫机开赞访问类应该标题审录说单位办级动态与议举旧从广场连结无产业系览",
        strict=True,
    )
)
_WIDTHS: Final = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {0x3000: " ", 0xA0: " ", 0x2236: ":", 0xFE55: ":"}
    | {ord(old): new for old, new in _TRADITIONAL.items() if old != new}
)
_FOLDED: Final = compile_re("[" + "".join(map(chr, _WIDTHS)) + "]")
ORNAMENTS: Final = " \t|｜丨·•●▪>»›<«‹*※—-–_=~.。,，、;；:：/\\()（）[]［］【】〔〕「」『』《》“”\"'‘’↓↑→←▼▲▶►▷☞⊙×+#"
OPENERS: Final = " \t→←↓↑▶►▷☞⊙◎§|｜丨·•▪>»›<«‹*※-–_=~/\\([［【〔「『《“\"'‘"


def fold_width(text: str) -> str:
    """Full-width forms as half-width ones, traditional characters as simplified, one for one, so that offsets stay.

    >>> fold_width("来源：本站（原创）")
    '来源:本站(原创)'
    >>> fold_width("責任編輯：田秋")
    '责任编辑:田秋'
    """
    if not _FOLDED.search(text):
        return text
    for wide, narrow in _COMMON:  # 1 µs for a paragraph, where translate() takes 17
        text = text.replace(wide, narrow)
    return text.translate(_WIDTHS) if _FOLDED.search(text) else text


@lru_cache(maxsize=1024)
def unfold(character: str) -> str:
    """A folded character and all that fold to it.

    >>> unfold("来"), unfold(":")
    ('来來', ':∶﹕：')
    """
    return character + "".join(sorted(chr(code) for code, folded in all_widths().items() if folded == character))


@lru_cache(maxsize=1)
def all_widths() -> dict[int, str]:
    return {code: chr(folded) if isinstance(folded, int) else folded for code, folded in _WIDTHS.items()}


def squeeze(text: str) -> str:
    """Folded, without white space, in lower case.

    >>> squeeze("政 府 工 作 报 告（ICP备）")
    '政府工作报告(icp备)'
    """
    return "".join(fold_width(text).split()).lower()
