"""What is read from a message, in tables: statements, denials, questions, guesses, other people, numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.eligibility.facts import HARDSHIPS, KNOWN
from knowledge.eligibility.reading.numerals import number
from knowledge.eligibility.reading.polarity import denied, denied_after
from knowledge.eligibility.reading.reader import read_facts

TODAY = date(2026, 12, 1)


def read(text: str) -> dict[str, Any]:
    return read_facts(text, TODAY)


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("我是2027届的", {"cohort": 2027}),
        ("本人26届毕业生", {"cohort": 2026}),
        ("2025年7月本科毕业", {"cohort": 2025, "graduation_month": 7, "education": "本科"}),
        ("我今年6月毕业", {"cohort": 2026, "graduation_month": 6}),
        ("去年毕业的", {"cohort": 2025}),
        ("前年从大专毕业", {"cohort": 2024, "education": "专科"}),
        ("明年七月毕业", {"cohort": 2027, "graduation_month": 7}),
        ("毕业两年了", {"months_since_graduation": 24}),
        ("毕业不到一年", {"months_since_graduation": 6}),
        ("本科毕业第三年", {"months_since_graduation": 30}),
        ("毕业两年半", {"months_since_graduation": 30}),
        ("离校半年", {"months_since_graduation": 6}),
        ("我大四", {"grade": "大四", "enrolled": True}),
        ("研二在读", {"grade": "研二", "education": "硕士", "enrolled": True}),
        ("我二十四岁", {"age": 24}),
        ("女，25，23届", {"age": 25, "cohort": 2023}),
        ("我36了", {"age": 36}),
        ("今年30周岁", {"age": 30}),
        ("专升本的学生", {"education": "本科"}),
        ("本科是民办，硕士是公办", {"education": "硕士"}),
        ("社保交了十一个月", {"insured_months": 11}),
        ("缴满两年失业保险", {"insured_months": 24}),
        ("没交过社保", {"ever_insured": False, "insured_months": 0}),
        ("社保不满一年", {"insured_months": 11}),
        ("签了三年合同", {"contract_years": 3}),
        ("在镇卫生院干满三年", {"service_years": 3, "work_area": "乡镇及以下"}),
        ("注册公司才五个月", {"business_months": 5, "own_business": True}),
        ("我在長沙租房住了八個月", {"stay_months": 8, "residence_ground": True, "places": ("长沙",)}),
        ("自己算了75分", {"score": 75}),
        ("去年期满", {"service_ended_months": 14}),
    ],
)
def test_numbers_times_and_degrees(text: str, states: dict[str, Any]) -> None:
    found = read(text)
    assert {name: found.get(name) for name in states} == states


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("我没有低保", "dibao", False),
        ("我家是低保户", "dibao", True),
        ("我家不是低保户", "dibao", False),
        ("不是没有低保", "dibao", True),
        ("没有低保、残疾证", "disabled", False),
        ("助学贷款也没办过", "student_loan", False),
        ("助学贷款还没还清", "student_loan", True),
        ("我不是未就业", "jobless", False),
        ("并非没有工作", "jobless", False),
        ("我没有工作", "jobless", True),
        ("还没签三方", "tripartite", False),
        ("三方还没签", "tripartite", False),
        ("三方已经签了", "tripartite", True),
        ("并非全日制", "part_time", True),
        ("全日制本科", "part_time", False),
        ("非全日制研究生", "part_time", True),
        ("我不是应届", "fresh", False),
        ("没有教师资格证", "teaching_certificate", False),
        ("教资还没考", "teaching_certificate", False),
        ("教资已经拿到了", "teaching_certificate", True),
        ("我非师范专业", "normal_major", False),
        ("不是党员", "party_member", False),
        ("我是预备党员", "party_member", True),
        ("没有犯罪记录", "criminal", False),
        ("没当过兵", "veteran", False),
        ("去年退伍的", "veteran", True),
        ("不是自己辞职的", "involuntary", True),
        ("我裸辞了", "involuntary", False),
        ("公司把我裁员了", "involuntary", True),
        ("失业登记还没办", "registered_unemployed", False),
        ("办了失业登记", "registered_unemployed", True),
        ("还没注册公司", "own_business", False),
        ("法人是我妈", "own_business", False),
        ("档案还在学校", "archive_at_school", True),
        ("只有结业证", "diploma", False),
        ("我是自考本科", "adult_education", True),
        ("我被公司录用了", "employer", False),
        ("我司招了一名应届生", "employer", True),
        ("服务期满考核合格", "project_done", True),
        ("只干了一年就走了", "project_done", False),
        ("我爸有残疾证", "disabled_family", True),
    ],
)
def test_affirmed_denied_and_denied_twice(text: str, name: str, value: bool) -> None:
    assert read(text).get(name) is value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("低保才能领吗", "dibao"),
        ("是不是必须低保才能领", "dibao"),
        ("低保家庭能领吗", "dibao"),
        ("我同学是低保", "dibao"),
        ("我室友是低保，他领到了", "dibao"),
        ("好像是低保", "dibao"),
        ("我可能算低保", "dibao"),
        ("如果我是低保", "dibao"),
        ("要是办了助学贷款的话", "student_loan"),
        ("我能申请低保吗", "dibao"),
        ("家里很困难，爸妈没什么收入", "dibao"),
        ("家里很困难，爸妈没什么收入", "poverty_registered"),
        ("我们家穷得揭不开锅", "special_poor"),
        ("我家是低保边缘户", "dibao"),
        ("我爸有残疾证", "disabled"),
        ("我爸失业了", "jobless"),
        ("我还算应届吗", "fresh"),
        ("不算应届吗", "fresh"),
        ("我想考教师资格证", "teaching_certificate"),
        ("我没考上研究生", "education"),
        ("招聘要求本科以上", "education"),
        ("不是2027届", "cohort"),
        ("家里人都说要交钱", "dibao"),
        ("助学贷款代偿怎么办", "student_loan"),
        ("灵活就业社保补贴多少钱", "flexible"),
    ],
)
def test_what_is_asked_guessed_supposed_or_said_of_others_states_nothing(text: str, name: str) -> None:
    assert name not in read(text)


def test_somebody_who_asks_for_another_speaks_of_that_person() -> None:
    assert read("帮我弟弟问一下，他是2027届，低保家庭") == {"cohort": 2027, "dibao": True}


def test_a_clause_about_oneself_ends_what_was_said_of_others() -> None:
    assert read("我同学是低保领到了，我家是脱贫户") == {"poverty_registered": True}


def test_what_came_later_makes_the_earlier_work_the_past() -> None:
    found = read("我去年毕业，在一家公司上班，后来辞职了，现在待业")
    assert found["jobless"] is True
    assert "employed" not in found


def test_the_place_of_the_register_and_the_school_is_not_the_place_of_work() -> None:
    assert read("户口在湖南，在武汉读书，去贵州工作")["places"] == ("贵州",)


@given(st.sampled_from(sorted(HARDSHIPS)), st.integers(0, 4))
def test_an_even_number_of_denials_affirms(name: str, denials: int) -> None:
    words = {"dibao": "低保", "zero_job_family": "零就业家庭", "poverty_registered": "脱贫户", "special_poor": "特困人员", "disabled": "残疾"}
    phrase = words.get(name, "低保")
    fact = name if name in words else "dibao"
    text = "我" + "不是" * (denials % 2) + "并非" * (denials - denials % 2) + phrase
    assert read(text)[fact] is (denials % 2 == 0)


@given(st.text(max_size=120))
def test_any_text_is_read_into_known_facts(text: str) -> None:
    assert read(text).keys() <= KNOWN


@given(st.integers(1, 99))
def test_chinese_numerals_read_as_digits(value: int) -> None:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(value, 10)
    written = (digits[tens] if tens > 1 else "") * bool(tens) + "十" * bool(tens) + (digits[ones] if ones else "")
    assert number(written) == value


@given(st.sampled_from(["我", "我家", "本人目前"]), st.integers(0, 3))
def test_denials_are_counted(head: str, count: int) -> None:
    assert denied(head + "不是" * count) is (count % 2 == 1)


def test_a_denial_behind_the_phrase_counts_unless_it_is_about_something_else() -> None:
    assert denied_after("也没办过")
    assert not denied_after("还没还清")
