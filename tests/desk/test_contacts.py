"""What counts as a contact."""

from __future__ import annotations

import pytest

from desk.contacts import contact_in


@pytest.mark.parametrize(
    ("words", "contact"),
    [
        ("13800000000", "13800000000"),
        ("我的手机号是138 0000 0000，谢谢", "13800000000"),
        ("+86-138-0000-0000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("微信同号13800000000", "13800000000"),
        ("微信：zhang_san99", "微信 zhang_san99"),
        ("wx:Zhangsan", "微信 Zhangsan"),
        ("vx zhang-san-2026", "微信 zhang-san-2026"),
        ("zhang_san99", "微信 zhang_san99"),
        ("邮箱 zhang.san@stu.example.edu.cn", "zhang.san@stu.example.edu.cn"),
        ("138000000", None),
        ("138000000000", None),
        ("110", None),
        ("400-007-6266", None),
        ("nothing", None),
        ("微信：abc", None),
        ("zhang@", None),
        ("档案怎么转", None),
        ("", None),
    ],
)
def test_a_contact_is_a_mobile_number_a_wechat_id_or_an_address(words: str, contact: str | None) -> None:
    assert contact_in(words) == contact
