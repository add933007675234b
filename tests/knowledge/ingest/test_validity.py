"""From when and until when a paper holds, read from sentences of our own; what a sentence says of something else is not taken."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.ingest.authority import find_authority
from knowledge.ingest.days import day_of, days_in, months_later, span_of
from knowledge.ingest.validity import Validity, find_validity

ISSUED = date(2023, 3, 10)


def read(*clauses: str, title: str = "星海省毕业生服务办法", issued_on: date | None = ISSUED) -> Validity:
    return find_validity(title, clauses, issued_on)


def phrases(validity: Validity, kind: str) -> list[str]:
    return [entry.phrase for entry in validity.evidence if entry.kind == kind]


@pytest.mark.parametrize(
    ("sentence", "begins", "phrase"),
    [
        ("本办法自2024年1月1日起施行。", date(2024, 1, 1), "本办法自2024年1月1日起施行"),
        ("第九条 本细则自 2022 年 5 月 1 日 起 正式实施。", date(2022, 5, 1), "第九条本细则自2022年5月1日起正式实施"),
        ("本规定自一九九五年一月一日起执行。", date(1995, 1, 1), "本规定自一九九五年一月一日起执行"),
        ("本通知自二〇二三年十二月二十五日起生效。", date(2023, 12, 25), "本通知自二〇二三年十二月二十五日起生效"),
        ("本通知自印发之日起施行。", ISSUED, "本通知自印发之日起施行"),
        ("本措施自发布之日起30日后施行。", ISSUED + timedelta(30), "本措施自发布之日起30日后施行"),
        ("自2023年6月1日起实施，由省教育厅负责解释。", date(2023, 6, 1), "自2023年6月1日起实施"),
        ("本辦法自2024年7月15日起施行。", date(2024, 7, 15), "本办法自2024年7月15日起施行"),
    ],
)
def test_the_day_from_which_it_holds(sentence: str, begins: date, phrase: str) -> None:
    validity = read("一、总则", sentence)
    assert validity.in_force_from == begins
    assert phrases(validity, "from") == [phrase]


@pytest.mark.parametrize(
    "sentence",
    [
        "自2019年1月1日起施行的《星海省人才条例》另有规定的，从其规定。",
        "《青峰市见习办法》自2021年3月1日起施行。",
        "毕业生自2024年7月1日起可以到窗口办理。",
        "本办法自2024年13月1日起施行。",
        "本办法施行前已经受理的申请，按原规定办理。",
    ],
)
def test_a_day_of_something_else_is_not_taken(sentence: str) -> None:
    assert read("一、总则", sentence).in_force_from is None


def test_a_statute_s_head_gives_its_last_version_and_its_day_of_effect() -> None:
    head = (
        "2011年4月2日 星海省人民代表大会常务委员会第六次会议通过\n\n2020年9月30日 星海省人民代表大会常务委员会第二十一次会议修订\n\n2021年1月1日 施行"
    )
    validity = read(head, "第一条 为了促进就业，制定本条例。", issued_on=None)
    assert (validity.version, validity.in_force_from) == (date(2020, 9, 30), date(2021, 1, 1))


@pytest.mark.parametrize(
    ("sentence", "until"),
    [
        ("本办法自2024年1月1日起施行，有效期5年。", date(2028, 12, 31)),
        ("本办法自2024年1月1日起施行，有效期为三年。", date(2026, 12, 31)),
        ("本通知自印发之日起施行，有效期至2025年12月31日。", date(2025, 12, 31)),
        ("本通知自印发之日起执行，有效期两年。", date(2025, 3, 9)),
        ("本措施执行至2024年12月31日。", date(2024, 12, 31)),
        ("以上政策实施期限为2023年1月1日至2024年6月30日。", date(2024, 6, 30)),
        ("上述补贴政策执行期限截至2025年6月30日。", date(2025, 6, 30)),
        ("本办法试行期二年，自2023年5月1日起试行。", date(2025, 4, 30)),
        ("本意见有效期18个月，自2023年5月1日起施行。", date(2024, 10, 31)),
        ("本规定自2027年1月1日起废止。", date(2026, 12, 31)),
        ("本办法自2023年7月1日起施行至2026年6月30日。", date(2026, 6, 30)),
    ],
)
def test_the_last_day_on_which_it_holds(sentence: str, until: date) -> None:
    # a length counts from the day of effect where the text gives one, else from the day of issue
    validity = read("一、总则", sentence)
    assert validity.in_force_until == until
    assert phrases(validity, "until")


@pytest.mark.parametrize(
    "sentence",
    [
        "居住证的有效期为五年。",
        "毕业生证件有效期至2025年12月31日的，应当换领。",
        "申报时间：2024年3月1日至4月30日。",
        "劳动合同期限三年以上的，试用期不得超过六个月。",
        "见习期限为3至12个月。",
    ],
)
def test_how_long_a_card_or_a_window_lasts_is_not_how_long_the_paper_holds(sentence: str) -> None:
    assert read("一、总则", sentence).in_force_until is None


def test_one_measure_may_end_before_the_paper_does() -> None:
    validity = read(
        "一、吸纳补贴", "企业招用毕业生的，每人补贴1200元，该项补贴执行至2024年6月30日。", "三、本通知自印发之日起施行，有效期至2027年12月31日。"
    )
    assert validity.in_force_until == date(2027, 12, 31)
    assert [(entry.until, entry.clause) for entry in validity.evidence if entry.kind == "clause_until"] == [(date(2024, 6, 30), 1)]


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("申报时间：2026年3月1日至2026年4月30日。", date(2026, 3, 1), date(2026, 4, 30)),
        ("报名时间为2026年3月1日至20日，逾期不再受理。", date(2026, 3, 1), date(2026, 3, 20)),
        ("受理时间：2026年11月15日—次年1月15日。", date(2026, 11, 15), date(2027, 1, 15)),
        ("网上报名截止时间：2026年5月8日。", None, date(2026, 5, 8)),
        ("申请人应当于2026年12月20日前向院系提交材料。", None, date(2026, 12, 20)),
    ],
)
def test_a_time_to_apply_in_is_kept_apart(sentence: str, first: date | None, last: date) -> None:
    validity = read("一、申请", sentence)
    assert [(entry.day, entry.until, entry.clause) for entry in validity.evidence if entry.kind == "window"] == [(first, last, 1)]
    assert (validity.in_force_from, validity.in_force_until) == (None, None)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("关于开展2025年毕业生服务行动的通知", 2025),
        ("星海大学2024—2025学年就业帮扶方案", 2025),
        ("关于2026年度见习基地申报工作的通知", 2026),
        ("星海省就业促进规划（2021—2025年）", 2025),
        ("星海省人才条例（2019年修订）", None),
        ("星海省人才条例", None),
        ("星海省教育厅关于2021年以来就业工作的意见", None),
    ],
)
def test_the_one_year_that_a_title_is_for(title: str, year: int | None) -> None:
    assert read("一、任务", title=title).only_year == year


def test_this_year_s_work_is_of_the_year_of_issue() -> None:
    assert read("为做好本年度招募工作，现通知如下。").only_year == 2023
    assert read("为做好本年度招募工作，现通知如下。", issued_on=None).only_year is None


@pytest.mark.parametrize(
    ("title", "trial", "repealed"),
    [
        ("星海省见习管理办法（试行）", True, False),
        ("星海省招聘会管理暂行规定", True, False),
        ("星海省见习管理办法", False, False),
        ("星海省见习管理办法（已废止）", False, True),
        ("星海省见习管理办法【全文失效】", False, True),
    ],
)
def test_a_title_says_that_it_is_on_trial_or_repealed(title: str, trial: bool, repealed: bool) -> None:
    validity = read("一、任务", title=title)
    assert (validity.trial, validity.repealed) == (trial, repealed)


DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
CHINESE = "〇一二三四五六七八九"


def chinese(value: int) -> str:
    """1 to 31 in Chinese numerals."""
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{CHINESE[tens]}十") + (CHINESE[ones] if ones else "")


@given(DAYS)
def test_a_day_is_read_however_it_is_written(day: date) -> None:
    spelled = "".join(CHINESE[int(digit)] for digit in str(day.year))
    for text in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02}月{day.day:02}日",
        f"{spelled}年{chinese(day.month)}月{chinese(day.day)}日",
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
    ):
        assert day_of(text) == day
        assert list(days_in(f"本办法自{text}起施行")) == [day]


@given(DAYS, DAYS)
def test_a_span_runs_forwards_or_is_none(first: date, last: date) -> None:
    text = f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"
    assert span_of(text) == ((first, last) if first <= last else None)


@given(DAYS)
def test_a_paper_that_begins_on_any_day_begins_on_that_day(day: date) -> None:
    validity = read(f"本办法自{day.year}年{day.month}月{day.day}日起施行，有效期1年。")
    assert validity.in_force_from == day
    assert validity.in_force_until == months_later(day, 12) - timedelta(1)


@given(st.text(alphabet="本办法自年月日起施行有效期至0123456789一二十、，。第条（）《》-—~ ", max_size=60))
def test_no_sentence_breaks_the_reading(sentence: str) -> None:
    assert isinstance(read(sentence, title=sentence), Validity)


@pytest.mark.parametrize(
    ("number", "issuers", "source", "kinds", "removed", "authority"),
    [
        ("星教〔2024〕3号", ("星海省教育厅",), "notice.txt", ["title", "body", "signature"], 0, "issuer"),
        ("星教〔2024〕3号", ("星海省教育厅",), "page.txt", ["title", "body", "signature"], 12, "repost"),
        ("星教〔2024〕3号", ("星海省教育厅",), "https://jyt.example.gov.cn/n/1.html", ["title", "body"], 40, "issuer"),
        ("星教〔2024〕3号", ("星海省教育厅",), "https://jyt.gov.cn.example.com/n/1.html", ["title", "body"], 40, "repost"),
        (None, ("星海省教育厅",), "notice.txt", ["posted", "body", "signature"], 0, "repost"),
        (None, (), "page.txt", ["preamble"], 3, "unofficial"),
    ],
)
def test_how_near_a_text_is_to_its_issuer(
    number: str | None, issuers: tuple[str, ...], source: str, kinds: list[str], removed: int, authority: str
) -> None:
    assert find_authority("关于做好就业服务的通知", number, issuers, source, kinds, removed) == authority
