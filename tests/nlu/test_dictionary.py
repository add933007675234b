"""Terms of the domain stay whole, alone and inside a sentence."""

from __future__ import annotations

import pytest

from core.text.segmentation import DICTIONARY, words

TERMS = [line.split()[0] for line in DICTIONARY.read_text(encoding="utf-8").splitlines() if line.strip()]


def test_there_are_several_hundred_terms_and_none_twice() -> None:
    assert len(TERMS) >= 400
    assert len(TERMS) == len(set(TERMS))


def test_every_term_is_one_word() -> None:
    assert [term for term in TERMS if words(term) != (term,)] == []


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("三方协议丢了怎么补", "三方协议"),
        ("今年三支一扶什么时候报名", "三支一扶"),
        ("公司不交五险一金", "五险一金"),
        ("择业期内还算应届吗", "择业期"),
        ("届别怎么算", "届别"),
        ("户口迁移到杭州", "户口迁移"),
        ("没有报到证能入职吗", "报到证"),
        ("求职创业补贴怎么领", "求职创业补贴"),
        ("2024届秋招", "秋招"),
        ("2027届春招补录", "2027届"),
        ("毕业去向落实率怎么统计", "毕业去向落实率"),
        ("访企拓岗台账怎么建", "台账"),
    ],
)
def test_a_term_stays_whole_in_a_sentence(sentence: str, term: str) -> None:
    assert term in words(sentence)
