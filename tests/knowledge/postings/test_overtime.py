"""What a posting says of overtime, letter for letter; what is paid for it or may happen says nothing."""

from __future__ import annotations

import pytest

from knowledge.postings.fields.traits import read_traits


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("双休，不加班", (True, "不加班")),
        ("公司无加班文化，氛围好", (True, "无加班文化")),
        ("基本不加班；五险一金", (True, "基本不加班")),
        ("不需要加班", (True, "不需要加班")),
        ("无需加班，朝九晚五", (True, "无需加班")),
        ("准点下班", (True, "准点下班")),
        ("能适应加班", (False, "能适应加班")),
        ("项目期需要加班", (False, "需要加班")),
        ("大小周，996", (False, "996")),
        ("加班有加班费", None),
        ("加班可调休，按法律付加班工资", None),
        ("旺季会加班", None),
        ("五险一金，双休", None),
        ("不加班，但能接受周末加班", None),
    ],
)
def test_overtime_is_read_where_it_is_said_outright(text: str, said: tuple[bool, str] | None) -> None:
    found = read_traits("会计", [text]).get("no_overtime")

    assert (found and (found.value, found.evidence)) == said
