"""What was pasted to be looked at is told from questions and wishes."""

from __future__ import annotations

import pytest

from knowledge.traps.pasting import looks_like_advertisement, pasted, without_request

ADVERTISEMENT = "诚聘行政前台，月薪5000，五险一金，双休，联系电话见简历"


@pytest.mark.parametrize("request_", ["帮我看看这个招聘靠谱吗：", "这个是真的吗:", "麻烦帮我鉴定一下这条招工信息\n", "帮忙看看这个，"])
def test_what_follows_a_request_for_a_check_is_surely_to_be_checked(request_: str) -> None:
    held = pasted(request_ + ADVERTISEMENT)

    assert held is not None and held.surely
    assert held.text == without_request(request_ + ADVERTISEMENT) == ADVERTISEMENT


def test_a_request_behind_an_advertisement_is_understood_too() -> None:
    held = pasted(ADVERTISEMENT + "。这个靠谱吗？")

    assert held is not None and held.surely and held.text == ADVERTISEMENT


def test_an_advertisement_that_holds_a_trap_is_checked_unasked_and_a_sound_one_only_when_asked_for() -> None:
    trap, sound = pasted(ADVERTISEMENT + "，入职先交押金五百元"), pasted(ADVERTISEMENT)

    assert trap is not None and trap.surely
    assert sound is not None and not sound.surely


@pytest.mark.parametrize(
    "words",
    [
        "这个公司靠谱吗",
        "帮我看看这个招聘",
        "想找长沙的会计岗位，月薪六千以上，双休，五险一金，大专学历",
        "有没有不收押金、包吃住、日结的兼职推荐",
        "求职创业补贴的标准是多少，怎么申请",
        "公司要收押金合法吗",
    ],
)
def test_questions_and_wishes_are_nothing_pasted(words: str) -> None:
    held = pasted(words)

    assert held is None or not held.surely
    assert not looks_like_advertisement(words)
