"""Publishing documents over the API, for tests."""

from __future__ import annotations

from typing import Any

from tests.desk.people import Caller

STANDING = """星湖市教育局关于就业材料办理的通知
星教〔2026〕9号
各高等学校：
一、办理地点
就业推荐表在行政服务大厅三楼窗口办理。
二、办理要求
办理时携带学生证和成绩单，材料齐全的当场办结。
星湖市教育局
2026年3月2日
"""


def published(caller: Caller, text: str, name: str, **params: Any) -> dict[str, Any]:
    """Publish one text; what became of it."""
    response = caller.post("/documents", params={"name": name, **params}, content=text.encode())
    assert response.status_code == 200, response.text
    [outcome] = response.json()
    return dict(outcome)
