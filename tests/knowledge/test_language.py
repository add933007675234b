"""What texts and questions speak of: quantities, places, kinds of answers, years."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.text.folding import fold_with_offsets
from knowledge.language.pipeline import find_entities
from knowledge.language.quantities import find_quantities
from knowledge.language.question import analyse
from knowledge.language.regions import PROVINCES, province_of, regions_in


@pytest.mark.parametrize(
    ("text", "label", "found"),
    [
        ("每人1500元", "MONEY", "1500元"),
        ("不超过1.5万元", "MONEY", "1.5万元"),
        ("5000-8000元", "MONEY", "5000-8000元"),
        ("两千元", "MONEY", "两千元"),
        ("补贴120元", "MONEY", "120元"),
        ("奖励12500元", "MONEY", "12500元"),
        ("工资8k", "MONEY", "8k"),
        ("2021年11月至2022年6月", "DATE", "2021年11月"),
        ("于3月18日前报送", "DATE", "3月18日前"),
        ("2022年3-8月", "DATE", "2022年3-8月"),
        ("2022年上半年", "DATE", "2022年上半年"),
        ("试用期不超过6个月", "PERIOD", "不超过6个月"),
        ("满三年以上", "PERIOD", "满三年以上"),
        ("30个工作日内", "PERIOD", "30个工作日内"),
        ("比例不低于1:500", "RATIO", "1:500"),
        ("百分之二十", "RATIO", "百分之二十"),
        ("占12.5%", "RATIO", "12.5%"),
        ("15-20场", "COUNT", "15-20场"),
        ("不少于100家", "COUNT", "不少于100家"),
        ("举办120场", "COUNT", "120场"),
        ("3万余人", "COUNT", "3万余人"),
        ("5万多名", "COUNT", "5万多名"),
        ("第二届", "ORDINAL", "第二届"),
        ("首届", "ORDINAL", "首届"),
        ("教学厅函〔2022〕3号", "DOC_NO", "教学厅函〔2022〕3号"),
        ("拨打12333", "PHONE", "12333"),
        ("电话0999-1234567", "PHONE", "0999-1234567"),
        ("报警拨打110。", "PHONE", "110"),
    ],
)
def test_a_quantity_is_told_from_others(text: str, label: str, found: str) -> None:
    assert (label, found) in [(own, text[start:end]) for own, start, end in find_quantities(text)]


@pytest.mark.parametrize("text", ["高校要加强领导", "多元化", "2024", ""])
def test_no_quantity_is_seen_where_none_is(text: str) -> None:
    assert find_quantities(text) == []


@settings(deadline=None)
@given(st.one_of(st.text(max_size=40), st.text(alphabet="0123456789,.-:一二三万元年月日个家场第届%至", max_size=30)))
def test_quantities_stand_in_order_and_never_overlap(text: str) -> None:
    spans = [(start, end) for _, start, end in find_quantities(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))


def test_names_people_use_lead_to_the_canonical_one() -> None:
    found = {entity.text: (entity.label, entity.name) for entity in find_entities("导员说人社局给低保家庭发补贴")}
    assert found["导员"] == ("AUDIENCE", "辅导员")
    assert found["人社局"] == ("AGENCY", "人力资源社会保障部门")
    assert found["低保家庭"][0] == "AUDIENCE"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_entities_lie_where_they_say(text: str) -> None:
    folded = fold_with_offsets(text).text
    assert all(folded[entity.start : entity.end] == entity.text for entity in find_entities(folded))


# Places


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("那福建呢", ("福建",)),
        ("湖南省长沙市的补贴", ("湖南", "长沙")),
        ("去长沙找工作", ("长沙",)),
        ("在深圳落户", ("深圳",)),
        ("吉林市", ("吉林市",)),
        ("我是甘肃的,想去杭州", ("甘肃", "杭州")),
        ("湘西人社局在哪", ("湘西",)),
        ("档案怎么转", ()),
    ],
)
def test_places_are_found_in_order(text: str, regions: tuple[str, ...]) -> None:
    assert regions_in(text) == regions


@pytest.mark.parametrize(
    "text",
    [
        "最新乡村医生专项计划",
        "有没有规定西部计划服务期",
        "适宜春招的岗位",
        "普通化工专业能报吗",
        "推广安全教育",
        "维护长治久安",
        "集中卫生岗位",
        "大连续三年",
    ],
)
def test_two_words_that_spell_a_place_across_their_border_name_none(text: str) -> None:
    assert regions_in(text) == ()


@pytest.mark.parametrize("province", PROVINCES)
def test_every_province_is_found_in_a_question(province: str) -> None:
    assert regions_in(f"{province}的补贴有多少") == (province,)
    assert regions_in(f"那{province}呢") == (province,)
    assert province_of(province) == province


@pytest.mark.parametrize(("city", "province"), [("深圳", "广东"), ("长沙", "湖南"), ("义乌", "浙江"), ("月球", "月球")])
def test_a_city_lies_in_its_province(city: str, province: str) -> None:
    assert province_of(city) == province


# Questions


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("求职补贴一个人给多少钱", "MONEY"),
        ("补贴多少", "MONEY"),
        ("什么时候截止", "DATE"),
        ("几月到几月", "DATE"),
        ("试用期最长多久", "PERIOD"),
        ("辅导员配比是多少", "RATIO"),
        ("具体要多少家", "COUNT"),
        ("要办几场招聘会", "COUNT"),
        ("这个通知是谁发的", "ISSUER"),
        ("文号是多少", "DOC_NO"),
        ("什么时候印发的", "ISSUE_DATE"),
        ("联系电话是多少", "PHONE"),
        ("在哪个平台签约", "PLATFORM"),
        ("有哪些要求", "LIST"),
        ("四不准是什么意思", "MEANING"),
        ("第几届大赛", "ORDINAL"),
        ("哪些人可以申请", "WHO"),
        ("求職補貼給多少錢", "MONEY"),
        ("这个文啥时候下的", "ISSUE_DATE"),
        ("落款写的哪一天", "ISSUE_DATE"),
        ("那份通知全名叫什么", "TITLE"),
        ("档案转到哪里", "PLACE"),
        ("材料交晚了会怎么样", "CONSEQUENCE"),
    ],
)
def test_a_question_wants_its_kind_of_answer(text: str, want: str) -> None:
    assert want in analyse(text, 2026).wants


@pytest.mark.parametrize(
    ("text", "cohorts", "named"),
    [
        ("2024届有补贴吗", (2024,), ()),
        ("24届秋招", (2024,), ()),
        ("25届和26届一样吗", (2025, 2026), ()),
        ("2022年的政策", (), (2022,)),
        ("24年的政策", (), (2024,)),
        ("第20届大赛什么时候", (), ()),
        ("服务满10年", (), ()),
        ("10年工龄", (), ()),
        ("10年以上经验", (), ()),
        ("交了15年社保", (), ()),
    ],
)
def test_cohorts_and_years_are_told_from_lengths_of_time(text: str, cohorts: tuple[int, ...], named: tuple[int, ...]) -> None:
    question = analyse(text, 2026)
    assert (question.cohorts, question.named_years) == (cohorts, named)


def test_this_year_and_last_year_are_counted_from_today() -> None:
    assert analyse("今年和去年有什么不同", 2026).years == (2026, 2025)
    assert analyse("今年和去年有什么不同", 2026).named_years == ()


@pytest.mark.parametrize("text", ["那福建呢", "几月到几月", "具体要多少家", "还有别的吗", "那金额呢？"])
def test_a_short_follow_up_is_recognised(text: str) -> None:
    assert analyse(text, 2026).looks_like_follow_up


@pytest.mark.parametrize("text", ["困难毕业生可以领多少求职补贴", "三方协议丢了怎么补办", "湖南省2022届专场招聘会要办多少场"])
def test_a_whole_question_is_no_follow_up(text: str) -> None:
    assert not analyse(text, 2026).looks_like_follow_up


def test_the_name_of_a_school_that_has_papers_is_no_subject() -> None:
    question = analyse("青云师范学院的档案转到哪里", 2026)
    assert question.subject(frozenset({"青云师范学院"})) == "的档案转到哪里"
    assert "青云" not in "".join(question.terms_but_schools(frozenset({"青云师范学院"})))
    assert question.subject(frozenset({"长沙学院"})) == question.folded
    assert question.terms_but_schools(frozenset({"长沙学院"})) == question.terms


def test_where_a_region_decides_the_document_its_name_is_no_subject() -> None:
    question = analyse("湖南省2022届要办多少场招聘会", 2026)
    assert "湖南" not in question.subject(frozenset({"湖南"}))
    assert "湖南" in question.subject(frozenset())
    assert "2022" not in question.subject(frozenset())


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_analysed(text: str) -> None:
    question = analyse(text, 2026)
    assert question.text == text
    assert question.subject(frozenset(PROVINCES)) is not None
