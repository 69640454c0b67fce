"""Spans of time: when they are asserted (缩短30天), when they only place or name something (五年来, 15分钟生活圈)."""

from __future__ import annotations

from typing import Final

from qjreport.quantity.scope import Scope
from qjreport.text.patterns import compile_regex

SPANS: Final = frozenset(("年", "周年", "季度", "个季度", "周", "星期", "个星期", "日"))
SHORT_SPANS: Final = frozenset(("天", "个月", "小时", "分钟"))
CIRCLE: Final = compile_regex(
    r"\p{Han}{0,10}?圈|不打烊|开放|在线|值班|值守|服务|自助|营业|便民|不落幕|不间断|热线|响应|专线|运行|全天候|监测"
)


def asserts_span(scope: Scope, start: int) -> bool:
    return scope.text.endswith(scope.lookup.spans, max(0, start - 4), start)
