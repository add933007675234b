"""What a group robot is told: numbers and times, nothing about a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.clock import CHINA
from desk.notify.models import Delivery, DeliveryState

_HEAD = "【职问】有 {count} 条请求等待处理，请登录工作台查看："
_AGAIN = "（可能重复）"
_LINE = "{what} {number}｜{about}"
_WHAT = {"new": "新请求", "raised": "转为紧急", "requeued": "无人回复，重新排队", "overdue": "超时未回复"}
_PRIORITY = {"urgent": "紧急", "high": "优先", "normal": "普通"}
_MOST_BYTES = 2048
"""The bound of a robot's text message (WeCom developer documentation, group robots)."""


def message(deliveries: Sequence[Delivery]) -> str:
    """One message for all of them, within the robot's bound."""
    lines = [_HEAD.format(count=len(deliveries)), *map(_line, deliveries)]
    while len("\n".join(lines).encode()) > _MOST_BYTES:
        lines = [*lines[:-2], "……"]
    return "\n".join(lines)


def _line(delivery: Delivery) -> str:
    facts = delivery.facts
    due = datetime.fromisoformat(facts["due"] or "").astimezone(CHINA)
    about = [_PRIORITY.get(facts.get("priority") or "", ""), facts.get("category"), facts.get("college")]
    about.append(f"{due.month}月{due.day}日{due:%H:%M}前回复")
    again = _AGAIN if delivery.state is DeliveryState.UNKNOWN else ""
    return again + _LINE.format(what=_WHAT[delivery.code], number=facts["number"], about="｜".join(part for part in about if part))
