"""The benefit that a question names is told from others that are worded alike; what it names none of is left alone."""

from __future__ import annotations

import re

import pytest

from core.text.folding import fold
from knowledge.answers.benefits import benefits_in


@pytest.mark.parametrize(
    ("question", "about_it", "about_another"),
    [
        ("实习补助标准每月多少钱", "在企业实习的毕业生每月补助八百元", "租房补贴每月三百元"),
        ("这个实习一个月给发多少补助", "见习期间发给生活补助", "创业补贴一次发给"),
        ("在外面租房子有没有补贴", "住房补贴按季发放", "求职补贴按季发放"),
        ("自己交社保的补贴怎么领", "给予社会保险补贴", "给予培训补贴"),
        ("去外地面试的车票能补助吗", "往返交通费凭票补助", "一次性创业补助"),
        ("当兵能拿多少学费补偿", "应征入伍的按学费补偿", "被辞退的付经济补偿"),
        ("租房和生活补贴怎么申请", "生活补贴每月发给", "创业贷款贴息"),
    ],
)
def test_a_clause_on_another_benefit_is_told_apart(question: str, about_it: str, about_another: str) -> None:
    (*benefits,) = benefits_in(fold(question))

    assert any(re.search(words, about_it) for words in benefits)
    assert not any(re.search(words, about_another) for words in benefits)


@pytest.mark.parametrize("question", ["补贴一共有多少", "裁员能拿多少补偿", "实习要签协议吗，有没有别的补贴", "试用期多久", "租房合同怎么签"])
def test_a_question_that_names_no_benefit_is_not_judged_by_one(question: str) -> None:
    assert benefits_in(fold(question)) == ()


@pytest.mark.parametrize(("question", "about_it"), [("落户要什么条件", "办理户口迁入手续"), ("公积金能不能提取", "提取住房公积金")])
def test_a_matter_that_is_no_sum_is_known_by_its_name(question: str, about_it: str) -> None:
    (benefit,) = benefits_in(fold(question))

    assert re.search(benefit, about_it)
    assert not re.search(benefit, "开发一千个基层公共就业岗位")
