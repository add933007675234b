"""Masking of personal numbers and secrets."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.masking import CONTACT_KINDS, Kind, find_sensitive, mask

MARKS = "|".join(re.escape(kind.value) for kind in Kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("110101199003070000", Kind.IDENTITY),
        ("11010119900307000X", Kind.IDENTITY),
        ("000000197200000000", Kind.IDENTITY),
        ("110101 19990230 0000", Kind.IDENTITY),
        ("110101-1999-0230-000x", Kind.IDENTITY),
        ("１１０１０１１９９００３０７００００", Kind.IDENTITY),
        ("110101900307000", Kind.IDENTITY),
        ("110101****0000", Kind.IDENTITY),
        ("6222 0000 0000 0000 000", Kind.BANK),
        ("6222000000000000", Kind.BANK),
        ("13000000000", Kind.PHONE),
        ("130-0000-0000", Kind.PHONE),
        ("130 0000 0000", Kind.PHONE),
        ("1 3 0 0 0 0 0 0 0 0 0", Kind.PHONE),
        ("8613000000000", Kind.PHONE),
        ("130****0000", Kind.PHONE),
        ("一三零零零零零零零零零", Kind.PHONE),
        ("test@example.com", Kind.EMAIL),
    ],
)
def test_a_number_is_hidden_by_its_shape(text, kind):
    assert mask(f"我的是{text}，请问怎么办") == f"我的是{kind.value}，请问怎么办"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("密码：hunter2！", "密码：〔密码已隐去〕！"),
        ("密码abc123，帮我登", "密码〔密码已隐去〕，帮我登"),
        ("password is letmein", "password is 〔密码已隐去〕"),
        ("验证码 000000，给你", "验证码 〔验证码已隐去〕，给你"),
        ("482913是我的验证码", "〔验证码已隐去〕是我的验证码"),
        ("学号2023010203", "学号〔学号已隐去〕"),
        ("我qq10000000", "我qq〔账号已隐去〕"),
        ("微信：zhang_2027", "微信：〔账号已隐去〕"),
        ("身份证后四位1234", "身份证后四位〔证件号已隐去〕"),
        ("护照号E12345678", "护照号〔证件号已隐去〕"),
    ],
)
def test_a_secret_is_hidden_next_to_its_cue(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "打12333、12345、110都行",
        "010-66097865 或 0731-88888888 或 400-007-6266",
        "教学〔2024〕9号，人社部发[2026]12号",
        "2024 2025 2026 2027 届都能报",
        "2026-12-01 09:00-17:00，2026.12.01-2026.12.31",
        "15000-20000 8000.50-12000.75 1000 2000 3000 5000",
        "岗位 J2026120100001 还招吗",
        "密码是多少，忘记密码怎么办，验证码收不到",
        "微信 小程序 打不开",
        "学号填错了，2027届",
        "100000000元",
    ],
)
def test_what_points_at_nobody_stays(text):
    assert mask(text) == text


def test_kinds_to_keep_stay():
    assert mask("13000000000 110101199003070000", CONTACT_KINDS) == f"13000000000 {Kind.IDENTITY.value}"


def test_places_are_those_of_the_text_as_typed():
    text = "电话１３０００００００００谢谢"
    (item,) = find_sensitive(text)
    assert text[item.start : item.end] == "１３０００００００００"


CHINESE = st.text(alphabet="我的电话是号码身份证补贴多少钱年月日，。？ \n", max_size=20)


@given(st.text(max_size=80))
def test_masking_twice_changes_nothing_more(text):
    once = mask(text)
    assert mask(once) == once


@given(st.text(alphabet="0123456789xX -.*密码验证QQq:：是微信@a一二三", max_size=60))
def test_masking_dense_numbers_twice_changes_nothing_more(text):
    once = mask(text)
    assert mask(once) == once


@given(CHINESE, st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True), CHINESE)
def test_an_identity_number_is_hidden_wherever_it_stands(before, number, after):
    assert number not in mask(f"{before}{number}{after}")


NO_DIGITS = st.characters(exclude_categories=("N",), exclude_characters="@*一二三四五六七八九零〇幺壹贰叁肆伍陆柒捌玖")


@given(st.text(alphabet=NO_DIGITS))
def test_a_text_without_digits_stays(text):
    assert mask(text) == text or re.search("密码|密碼|口令|pass|pwd", text, re.IGNORECASE)


@given(CHINESE, st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), CHINESE)
def test_the_rest_of_the_text_stays(before, number, after):
    assert re.split(MARKS, mask(f"{before}，{number}，{after}"))[0].startswith(before)
