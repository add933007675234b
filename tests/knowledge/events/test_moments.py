"""When an event is, as tables write it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import CHINA
from knowledge.events.moments import BadMoment, moments

TODAY = date(2026, 12, 1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("start", "end", "starts", "ends", "all_day"),
    [
        ("2026-12-05 09:00", "2026-12-05 17:00", "2026-12-05T09:00", "2026-12-05T17:00", False),
        ("2026-12-05T09:00:00+08:00", "", "2026-12-05T09:00", None, False),
        ("2026-12-05T01:00:00Z", "", "2026-12-05T09:00", None, False),
        ("2026年12月5日（周六）9:00-17:00", "", "2026-12-05T09:00", "2026-12-05T17:00", False),
        ("2026年12月5日 9：00—11：30", "", "2026-12-05T09:00", "2026-12-05T11:30", False),
        ("2026/12/5 下午2点", "", "2026-12-05T14:00", None, False),
        ("2026/12/5 下午2点半-4点", "", "2026-12-05T14:30", "2026-12-05T16:00", False),
        ("2026.12.5 晚上7点到9点", "", "2026-12-05T19:00", "2026-12-05T21:00", False),
        ("2026年12月5日", "", "2026-12-05T00:00", "2026-12-06T00:00", True),
        ("2026-12-05", "2026-12-07", "2026-12-05T00:00", "2026-12-08T00:00", True),
        ("2026年12月5日-6日", "", "2026-12-05T00:00", "2026-12-07T00:00", True),
        ("2026年12月30日至2027年1月2日", "", "2026-12-30T00:00", "2027-01-03T00:00", True),
        ("2026年12月30日至1月2日", "", "2026-12-30T00:00", "2027-01-03T00:00", True),
        ("2026年12月5日9:00-12月6日17:00", "", "2026-12-05T09:00", "2026-12-06T17:00", False),
        ("2026年12月5日-6日 9:00-17:00", "", "2026-12-05T09:00", "2026-12-06T17:00", False),
        ("2026-12-05 14:00", "17:00", "2026-12-05T14:00", "2026-12-05T17:00", False),
        ("2026-12-05 20:00", "24:00", "2026-12-05T20:00", "2026-12-06T00:00", False),
        ("12月5日（星期六）9:00", "", "2026-12-05T09:00", None, False),
        ("1月10日（周日）", "", "2027-01-10T00:00", "2027-01-11T00:00", True),
        ("２０２６年１２月５日　１４：００", "", "2026-12-05T14:00", None, False),
        ("46361.375", "", "2026-12-05T09:00", None, False),
        ("46361", "", "2026-12-05T00:00", "2026-12-06T00:00", True),
    ],
)
def test_what_tables_write_is_understood(start: str, end: str, starts: str, ends: str | None, all_day: bool) -> None:
    found = moments(start, end, TODAY)

    assert (found.starts_at, found.ends_at, found.all_day) == (at(starts), at(ends) if ends else None, all_day)


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("", "", "没有写时间"),
        ("待定", "", "看不懂时间"),
        ("12月5日 9:00", "", "没有写年份"),
        ("12月5日（周一）9:00", "", "没有写年份"),
        ("2026年13月5日", "", "没有这一天"),
        ("2026-02-30", "", "没有这一天"),
        ("2026年12月5日 25:00", "", "没有这个钟点"),
        ("2026年12月5日 17:00-9:00", "", "结束早于开始"),
        ("2026-12-05", "2026-12-03", "结束早于开始"),
        ("2062年12月5日", "", "年份离今天太远"),
        ("每周三下午", "", "每场写一行"),
    ],
)
def test_what_is_no_time_says_why(start: str, end: str, reason: str) -> None:
    with pytest.raises(BadMoment, match=reason):
        moments(start, end, TODAY)


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_text_is_understood_or_refused_with_a_reason(start: str, end: str) -> None:
    try:
        found = moments(start, end, TODAY)
    except BadMoment as error:
        assert str(error)
    else:
        assert found.starts_at.tzinfo is not None
        assert found.ends_at is None or found.ends_at > found.starts_at


@given(st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2030, 1, 1)))
def test_a_moment_is_found_again_in_every_way_of_writing_it(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    for form in ("{0:%Y-%m-%d %H:%M}", "{0.year}年{0.month}月{0.day}日{0:%H:%M}", "{0.year}/{0.month}/{0.day} {0.hour}点{0.minute}分"):
        found = moments(form.format(moment), "", TODAY)
        assert found.all_day or found.starts_at == moment.replace(tzinfo=CHINA)
        assert found.starts_at.date() == moment.date()
