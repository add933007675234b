"""Which days a question means, on Tuesday, 1 December 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.folding import fold
from knowledge.events.when import span_in

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("这周", "2026-11-30", "2026-12-06"),
        ("本星期", "2026-11-30", "2026-12-06"),
        ("這禮拜", "2026-11-30", "2026-12-06"),
        ("这周末", "2026-12-05", "2026-12-06"),
        ("周末", "2026-12-05", "2026-12-06"),
        ("周六日", "2026-12-05", "2026-12-06"),
        ("周六周日", "2026-12-05", "2026-12-06"),
        ("下周", "2026-12-07", "2026-12-13"),
        ("下下周", "2026-12-14", "2026-12-20"),
        ("下周末", "2026-12-12", "2026-12-13"),
        ("下周三", "2026-12-09", "2026-12-09"),
        ("下周一到周五", "2026-12-07", "2026-12-11"),
        ("上周五", "2026-11-27", "2026-11-27"),
        ("周一", "2026-12-07", "2026-12-07"),
        ("星期二", "2026-12-01", "2026-12-01"),
        ("今天", "2026-12-01", "2026-12-01"),
        ("明天", "2026-12-02", "2026-12-02"),
        ("大后天", "2026-12-04", "2026-12-04"),
        ("昨天那场", "2026-11-30", "2026-11-30"),
        ("这个月", "2026-12-01", "2026-12-31"),
        ("下个月", "2027-01-01", "2027-01-31"),
        ("上月", "2026-11-01", "2026-11-30"),
        ("月底", "2026-12-21", "2026-12-31"),
        ("下个月初", "2027-01-01", "2027-01-10"),
        ("12月有哪些", "2026-12-01", "2026-12-31"),
        ("十二月", "2026-12-01", "2026-12-31"),
        ("3月", "2027-03-01", "2027-03-31"),
        ("11月那场", "2026-11-01", "2026-11-30"),
        ("12月中旬", "2026-12-11", "2026-12-20"),
        ("2025年11月", "2025-11-01", "2025-11-30"),
        ("去年9月", "2025-09-01", "2025-09-30"),
        ("20号", "2026-12-20", "2026-12-20"),
        ("下个月5号", "2027-01-05", "2027-01-05"),
        ("12月5号", "2026-12-05", "2026-12-05"),
        ("3月5日", "2027-03-05", "2027-03-05"),
        ("11月28日", "2026-11-28", "2026-11-28"),
        ("12月5号到8号", "2026-12-05", "2026-12-08"),
        ("12月28日-1月3日", "2026-12-28", "2027-01-03"),
        ("2026-12-08", "2026-12-08", "2026-12-08"),
        ("未来十天", "2026-12-01", "2026-12-11"),
        ("三天内", "2026-12-01", "2026-12-04"),
        ("接下来两周", "2026-12-01", "2026-12-15"),
        ("半个月内", "2026-12-01", "2026-12-16"),
        ("月底前", "2026-12-01", "2026-12-31"),
        ("12月10号之前", "2026-12-01", "2026-12-10"),
        ("元旦前", "2026-12-01", "2026-12-31"),
        ("明年春天", "2027-02-01", "2027-05-31"),
        ("今年的秋季", "2026-09-01", "2026-11-30"),
        ("下半年", "2026-07-01", "2026-12-31"),
        ("this weekend", "2026-12-05", "2026-12-06"),
        ("next month", "2027-01-01", "2027-01-31"),
        ("最近", "2026-12-01", None),
        ("五一后", "2027-05-06", None),
    ],
)
def test_days_are_told_from_the_words(words: str, first: str, last: str | None) -> None:
    span = span_in(fold(words).lower(), TODAY)

    assert span is not None
    assert (str(span.first), str(span.last) if last else span.last) == (first, last)


@pytest.mark.parametrize("words", ["双选会什么时候", "湖大", "2月30号", "每周都有吗", "招聘会在几号楼", ""])
def test_where_no_days_are_named_none_are_told(words: str) -> None:
    assert span_in(words, TODAY) is None


def test_on_sunday_the_week_is_still_the_one_that_began_on_monday() -> None:
    span = span_in("这周", date(2026, 12, 6))

    assert span is not None
    assert (span.first, span.last) == (date(2026, 11, 30), date(2026, 12, 6))


def test_on_sunday_the_weekend_is_this_one() -> None:
    span = span_in("周末", date(2026, 12, 6))

    assert span is not None
    assert span.last == date(2026, 12, 6)


@given(st.text(max_size=40), st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_any_words_on_any_day_give_days_in_order_or_none(words: str, today: date) -> None:
    span = span_in(fold(words).lower(), today)

    assert span is None or span.first is None or span.last is None or span.first <= span.last


@given(
    st.sampled_from(["这周", "下周", "上周", "下周三", "周末", "周五", "本月", "下个月", "12月", "3月5号", "20号", "月底", "元旦前", "秋季"]),
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
)
def test_the_usual_words_mean_something_on_every_day(words: str, today: date) -> None:
    assert span_in(words, today) is not None
