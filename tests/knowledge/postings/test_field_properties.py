"""What holds of salary, dates and cohorts whatever is written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from knowledge.postings.columns import Columns
from knowledge.postings.fields.cohorts import read_cohorts
from knowledge.postings.fields.dates import read_day
from knowledge.postings.fields.salary import read_salary
from knowledge.postings.gathered_cells import gather
from knowledge.postings.models import Posting
from knowledge.postings.reading import Row
from knowledge.postings.record import Salary
from knowledge.postings.stored import columns_of
from knowledge.postings.understanding_rows import RowRefused, understand

_WIDE = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
_WORDS = (
    "0 8 12 15 2026 2027 1.5 k K 万 千 元 /月 /年 /天 - ~ 至 年薪 月薪 13薪 · 面议 起 以上 以下 底薪 提成 + 试用期 % "
    "届 2027届 应届 往届 均可 年 月 日 , ， ; （ ） 毕业 两年内 不限"
)
fragments = st.sampled_from(_WORDS.split())
mess = st.one_of(st.text(max_size=40), st.lists(fragments, max_size=10).map("".join))
thousands = st.integers(2, 60)
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(mess)
@example("８－１２Ｋ·13薪")
@example("1" * 400 + "万")
@example("零万")
def test_any_text_gives_a_salary_that_makes_sense_and_keeps_the_words(text: str) -> None:
    salary = read_salary(text).salary

    for low, high in ((salary.minimum, salary.maximum), (salary.day_minimum, salary.day_maximum)):
        assert low is None or high is None or 0 < low <= high
    known = [bound for bound in (salary.minimum, salary.maximum, salary.day_minimum, salary.day_maximum) if bound is not None]
    assert not known or (salary.period is not None and any(character.isnumeric() for character in text))
    assert 12 <= salary.months <= 24
    assert bool(salary.text) or salary == Salary()
    assert not (salary.negotiable and known)


@given(
    thousands,
    thousands,
    st.sampled_from(["-", "~", "至", "到", "—", "–", "～", "－"]),
    st.sampled_from(["{a}{s}{b}K", "{a}K{s}{b}K", "{a}千{s}{b}千", "{a}000{s}{b}000元/月", "月薪{a}000{s}{b}000"]),
)
def test_a_range_is_read_the_same_however_it_is_written(a: int, b: int, sign: str, form: str) -> None:
    assume(max(a, b) <= 5 * min(a, b))
    salary = read_salary(form.format(a=a, b=b, s=sign)).salary

    assert (salary.minimum, salary.maximum, salary.period) == (min(a, b) * 1000, max(a, b) * 1000, "month")


@given(thousands, thousands)
def test_a_reversed_range_is_put_in_order_and_noted(a: int, b: int) -> None:
    low, high = sorted((a, b))
    assume(low < high <= 5 * low)

    reading = read_salary(f"{high}-{low}K")

    assert (reading.salary.minimum, reading.salary.maximum) == (low * 1000, high * 1000)
    assert "写反" in reading.notes[0]


@given(st.integers(3, 200), st.integers(0, 100))
def test_a_yearly_sum_is_a_twelfth_a_month(low: int, more: int) -> None:
    salary = read_salary(f"年薪{low}-{low + more}万").salary

    assert (salary.minimum, salary.maximum) == (round(low * 10_000 / 12), round((low + more) * 10_000 / 12))
    assert read_salary(f"{low}-{low + more}万/年").salary == replace(salary, text=f"{low}-{low + more}万/年")


@given(mess)
def test_width_and_blanks_change_nothing(text: str) -> None:
    narrow, wide = read_salary(text).salary, read_salary(text.translate(_WIDE)).salary

    assert (narrow.minimum, narrow.maximum, narrow.day_minimum, narrow.negotiable) == (wide.minimum, wide.maximum, wide.day_minimum, wide.negotiable)


@given(mess, st.none() | days)
@example("2027-02-29", None)
@example("99999", date(2026, 12, 1))
@example("9" * 400, None)
def test_any_text_gives_a_day_a_state_or_a_reason(text: str, since: date | None) -> None:
    reading = read_day(text, since)

    assert (reading.day is not None) == (reading.state == "date")
    assert reading.day is None or not reading.issue
    assert reading.day is None or any(character.isnumeric() for character in text)


@given(
    days,
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d 17:00", "截至%Y年%m月%d日（含）", "即日起至%Y-%m-%d"]),
)
def test_a_day_is_read_the_same_however_it_is_written(day: date, form: str) -> None:
    assert read_day(day.strftime(form)).day == day
    assert read_day(f"{day.year}年{day.month}月{day.day}日").day == day


@given(days)
def test_the_serial_of_a_spreadsheet_is_its_day(day: date) -> None:
    assert read_day(str((day - date(1899, 12, 30)).days)).day == day


@given(days, st.integers(0, 364))
def test_a_day_without_a_year_is_the_next_from_the_posting_day_on(posted: date, ahead: int) -> None:
    deadline = posted + timedelta(days=ahead)
    assume((deadline.month, deadline.day) != (2, 29))

    assert read_day(f"{deadline.month}月{deadline.day}日", posted).day == deadline
    assert read_day(f"{deadline.month}月{deadline.day}日").day is None


@given(st.integers(2000, 2089), st.integers(1, 99), st.integers(1, 99))
def test_a_day_that_does_not_exist_is_none_and_said_to_be(year: int, month: int, number: int) -> None:
    try:
        real: date | None = date(year, month, number)
    except ValueError:
        real = None

    reading = read_day(f"{year}-{month:02d}-{number:02d}")

    assert reading.day == real
    assert bool(reading.issue) == (real is None)


@given(mess, st.none() | days)
@example("2000-2060届", None)
def test_any_text_gives_years_that_rise_and_keeps_the_words(text: str, posted: date | None) -> None:
    cohorts = read_cohorts(text, posted)

    assert list(cohorts.years) == sorted(set(cohorts.years))
    assert all(2000 <= year <= 2060 for year in cohorts.years)
    assert not (cohorts.any and cohorts.years)
    assert bool(cohorts.text) or not (cohorts.years or cohorts.any or cohorts.condition)


@given(st.sets(st.integers(2020, 2035), min_size=1, max_size=4), st.sampled_from(["、", ";", "；", "/", "，", ","]), st.booleans())
def test_years_are_read_the_same_however_they_are_listed(years: set[int], sign: str, short: bool) -> None:
    names = [str(year)[2:] if short else str(year) for year in sorted(years)]

    assert set(read_cohorts(sign.join(f"{name}届" for name in names)).years) == years
    assert set(read_cohorts(f"{sign.join(names)}届").years) == years


@given(st.integers(2020, 2030), st.integers(0, 5))
def test_a_span_of_years_holds_all_between(first: int, more: int) -> None:
    assert read_cohorts(f"{first}-{first + more}届").years == tuple(range(first, first + more + 1))


@given(days)
def test_within_two_years_of_graduation_are_the_two_classes_before_the_posting_day(posted: date) -> None:
    last = posted.year if posted.month >= 7 else posted.year - 1

    assert read_cohorts("毕业两年内", posted).years == (last - 1, last)
    assert read_cohorts("毕业两年内").years == ()


@given(mess)
def test_a_condition_never_says_more_than_is_written(text: str) -> None:
    cohorts = read_cohorts(text)

    assert json.dumps(cohorts.condition)
    assert all(part in cohorts.text for part in cohorts.condition.split("；"))


COLUMNS = ("title", "employer", "source", "external_id", "city", "district", "salary", "education", "majors", "cohort", "headcount", "description")
COLUMNS += ("benefits", "posted_on", "deadline", "contact", "url", "housing", "salary_min", "salary_max", "kind", "五险一金", "备注")
wild = st.one_of(mess, st.text(max_size=300), st.sampled_from(["<p>", "&nbsp;", "\x00", "\ud800", "null", "长沙", "本科", "2027-02-30", "８Ｋ" * 90]))


@settings(deadline=None)  # what is read for the first time loads dictionaries
@given(st.dictionaries(st.sampled_from(COLUMNS), wild))
@example({"title": "会计", "employer": "晴川", "external_id": "9" * 500, "city": "长沙" * 300, "cohort": "2027届；" * 90, "url": "x" * 900})
def test_any_row_becomes_a_posting_that_the_store_can_hold_or_is_refused_with_a_reason(cells: dict[str, str]) -> None:
    try:
        understood = understand(Row(2, cells), gather(cells, Columns()), "来源")
    except RowRefused as refusal:
        assert str(refusal)
        return
    columns = columns_of(understood.fields)
    table = Posting.__table__.columns
    assert all(
        len(value) <= table[name].type.length for name, value in columns.items() if isinstance(value, str) and getattr(table[name].type, "length", 0)
    )
    stored = json.dumps(columns, ensure_ascii=False, default=str)
    assert "\\u0000" not in stored
    assert stored.encode()
