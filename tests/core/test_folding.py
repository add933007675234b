"""Folding: one form for comparing, and the way back from it to what was printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.folding import drop_injected_pinyin, fold, fold_with_offsets, to_simplified

PIECES = st.sampled_from(
    [
        "高校",
        "畢業生",
        "技(jì )術",
        "學(xué)校",
        "（1）",
        "２０２４屆",
        "ＡＩ",
        "人工智能(AI)",
        " ",
        "\n",
        "\u3000",
        "。",
        "；",
        "5G",
        "⾼",
        "①",
        "的(de)",
        "补贴",
    ]
)
PRINTED = st.one_of(st.lists(PIECES, max_size=12).map("".join), st.text(max_size=40))


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("ｏｆｆｅｒ　怎麼簽", "offer 怎么签"),
        ("２０２４屆畢業生", "2024届毕业生"),
        ("（一）擇業期", "(一)择业期"),
        ("⾼校", "高校"),
        ("  前後\n都是  空白\u3000", "前后 都是 空白"),
        ("", ""),
    ],
)
def test_width_script_and_blanks_are_folded(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@pytest.mark.parametrize(
    "printed",
    ["大學(xué)生", "大学（xué）生", "大學(Xué)生", "大學(xue\u0301)生", "大學(xué )生"],
)
def test_injected_pinyin_is_dropped_however_it_was_typed(printed: str) -> None:
    assert fold(printed) == "大学生"
    assert fold_with_offsets(printed).text == "大学生"


def test_pinyin_with_a_blank_inside_the_brackets_is_dropped() -> None:
    assert fold("信息技(jì )術") == "信息技术"


def test_a_neutral_syllable_is_dropped_although_it_bears_no_mark() -> None:
    assert drop_injected_pinyin("我们(men)") == "我们"


@pytest.mark.parametrize("printed", ["人工智能(AI)", "信息技术(IT)应用", "(jì)", "部门(HR )", "通知(附后)"])
def test_acronyms_and_ordinary_brackets_stay(printed: str) -> None:
    assert drop_injected_pinyin(printed) == printed


def test_half_a_character_is_folded_to_the_mark_of_a_lost_one() -> None:
    assert fold("补\ud800贴") == "补\ufffd贴"
    assert fold_with_offsets("补\ud800贴").text == "补\ufffd贴"


def test_simplifying_keeps_everything_else() -> None:
    assert to_simplified("就業創業 ABC，。") == "就业创业 ABC，。"


@given(PRINTED)
def test_folding_twice_changes_nothing_more(printed: str) -> None:
    assert fold(fold(printed)) == fold(printed)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_both_ways_of_folding_agree(printed: str) -> None:
    assert fold_with_offsets(printed).text == "".join(fold(printed).split())


@given(PRINTED)
def test_every_folded_character_knows_where_it_was_printed(printed: str) -> None:
    folded = fold_with_offsets(printed)
    assert len(folded.offsets) == len(folded.text)
    assert list(folded.offsets) == sorted(folded.offsets)
    assert all(0 <= offset < len(printed) for offset in folded.offsets)
    assert not any(character.isspace() for character in folded.text)


@given(st.lists(PIECES, max_size=12).map("".join), st.data())
def test_a_printed_span_folds_back_to_the_folded_text_it_stands_for(printed: str, data: st.DataObject) -> None:
    folded = fold_with_offsets(printed)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    span = folded.printed_span(start, end)
    assert span in printed
    assert fold_with_offsets(span).text == folded.text[start:end]


@given(PRINTED)
def test_the_whole_span_is_the_printed_text_but_for_outer_blanks(printed: str) -> None:
    folded = fold_with_offsets(printed)
    assert fold_with_offsets(folded.printed_span(0, len(folded.text))).text == folded.text


def test_the_pinyin_behind_the_last_character_belongs_to_the_span_but_an_acronym_does_not() -> None:
    pinyin, acronym = fold_with_offsets("入學(xué)後"), fold_with_offsets("人工智能(AI)。")
    assert pinyin.printed_span(0, 2) == "入學(xué)"
    assert acronym.printed_span(0, 4) == "人工智能"


def test_an_empty_span_prints_nothing() -> None:
    assert fold_with_offsets("高校").printed_span(1, 1) == ""
