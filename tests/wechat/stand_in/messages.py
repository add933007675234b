"""What WeChat posts to a server: messages and events as XML, by https://developers.weixin.qq.com (接收普通消息, 接收事件推送)."""

from __future__ import annotations

import time
from itertools import count
from typing import Any
from xml.sax.saxutils import escape

_numbers = count(int(time.time() * 1_000) * 1_000)


def message(openid: str, kind: str, /, *, to: str = "gh_stand_in", msg_id: int | None = None, created: int | None = None, **fields: Any) -> str:
    """A message of this MsgType; `fields` are its further elements, such as Content."""
    return _xml(
        {
            "ToUserName": to,
            "FromUserName": openid,
            "CreateTime": created or int(time.time()),
            "MsgType": kind,
            **fields,
            "MsgId": msg_id if msg_id is not None else next(_numbers),
        }
    )


def event(openid: str, name: str, /, *, to: str = "gh_stand_in", created: int | None = None, **fields: Any) -> str:
    """An event of this name; `fields` are its further elements, such as EventKey."""
    return _xml({"ToUserName": to, "FromUserName": openid, "CreateTime": created or int(time.time()), "MsgType": "event", "Event": name, **fields})


def _xml(fields: dict[str, Any]) -> str:
    return f"<xml>{''.join(_element(name, value) for name, value in fields.items())}</xml>"


def _element(name: str, value: Any) -> str:
    if isinstance(value, dict):
        inside = "".join(_element(inner, what) for inner, what in value.items())
    elif isinstance(value, int):
        inside = str(value)
    elif "]]>" in value:
        inside = escape(value)
    else:
        inside = f"<![CDATA[{value}]]>"
    return f"<{name}>{inside}</{name}>"
