"""Places as a hierarchy: what lies where, which rule holds where, and which places a text names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.ingest.metadata import find_issuers, find_region
from knowledge.language.places import NATION, PROVINCE_OF, bearing, county_names, holds_in, is_school, narrowest, place_chain, province_of, relation
from knowledge.language.regions import regions_in

COUNTIES = sorted({meaning for meanings in county_names().values() for meaning in meanings})
PLACES = st.sampled_from([NATION, *PROVINCE_OF, *COUNTIES, "湖南大学", "长沙学院", "华中科技大学"])


@pytest.mark.parametrize(
    ("name", "chain"),
    [
        ("全国", ("全国",)),
        ("湖南省", ("全国", "湖南")),
        ("长沙市", ("全国", "湖南", "长沙")),
        ("长沙县", ("全国", "湖南", "长沙", "长沙县")),
        ("浏阳", ("全国", "湖南", "长沙", "浏阳市")),
        ("海淀区", ("全国", "北京", "海淀区")),
        ("琼海", ("全国", "海南", "琼海市")),
        ("义乌", ("全国", "浙江", "金华", "义乌")),
        ("城步县", ("全国", "湖南", "邵阳", "城步苗族自治县")),
        ("南京鼓楼区", ("全国", "江苏", "南京", "南京鼓楼区")),
        ("长沙学院", ("全国", "湖南", "长沙", "长沙学院")),
        ("湖南大学", ("全国", "湖南", "湖南大学")),
        ("华中科技大学", ("全国", "华中科技大学")),
        ("鼓楼区", ()),
        ("月球", ()),
        ("", ()),
    ],
)
def test_a_place_lies_in_the_places_above_it(name: str, chain: tuple[str, ...]) -> None:
    assert place_chain(name) == chain


@pytest.mark.parametrize(
    ("own", "asked", "expected"),
    [
        ("湖南", "湖南省", "same"),
        ("全国", "长沙县", "above"),
        ("湖南", "长沙", "above"),
        ("长沙", "岳麓区", "above"),
        ("长沙", "湖南", "below"),
        ("岳麓区", "湖南", "below"),
        ("株洲", "长沙", "other"),
        ("福建", "湖南", "other"),
        ("北京朝阳区", "长春朝阳区", "other"),
        ("长沙学院", "长沙", "below"),
        ("长沙", "长沙学院", "above"),
        ("长沙学院", "株洲", "other"),
        ("长沙学院", "湖南大学", "other"),
        ("湖南大学", "长沙", "unknown"),
        ("华中科技大学", "湖北", "unknown"),
        (None, "湖南", "unknown"),
        ("鼓楼区", "南京", "unknown"),
    ],
)
def test_a_documents_place_stands_to_the_one_asked_for(own: str | None, asked: str, expected: str) -> None:
    assert relation(own, asked) == expected
    assert holds_in(own, asked) == (expected in ("same", "above"))


def test_province_and_city_together_mean_the_city() -> None:
    assert narrowest(("湖南", "长沙")) == ("长沙",)
    assert bearing("株洲", ("湖南", "长沙")) == "other"
    assert bearing("湖南", ("湖南", "长沙")) == "above"
    assert bearing("湖南", ("福建", "长沙")) == "above"
    assert bearing("全国", ()) == "above"
    assert bearing("湖南", ()) == "unknown"


@given(PLACES, PLACES)
def test_above_and_below_are_each_others_converse(one: str, other: str) -> None:
    converse = {"same": "same", "above": "below", "below": "above", "other": "other", "unknown": "unknown"}
    assert relation(other, one) == converse[relation(one, other)]


@given(PLACES, PLACES, PLACES)
def test_what_holds_in_a_place_holds_in_those_that_lie_in_it(high: str, middle: str, low: str) -> None:
    assert not (holds_in(high, middle) and holds_in(middle, low)) or holds_in(high, low)


@given(PLACES)
def test_every_place_lies_in_the_nation(place: str) -> None:
    chain = place_chain(place)
    assert chain[0] == NATION
    assert chain[-1] == place
    assert holds_in(NATION, place)
    assert is_school(place) or place == NATION or province_of(place) == chain[1]


@given(st.text(max_size=12))
def test_any_name_can_be_asked_for(name: str) -> None:
    assert relation(name, name) in ("same", "unknown")


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("湖南省长沙市岳麓区的补贴", ("湖南", "长沙", "岳麓区")),
        ("长沙县和宁乡有什么不同", ("长沙县", "宁乡市")),
        ("昆山落户", ("昆山市",)),
        ("浦东租房补贴", ("浦东新区",)),
        ("河南信阳新县", ("河南", "信阳", "新县")),
        ("安徽马鞍山和县", ("安徽", "马鞍山", "和县")),
        ("南京市鼓楼区人社局", ("南京", "南京鼓楼区")),
        ("北京市朝阳区租房补贴", ("北京", "北京朝阳区")),
        ("洛阳老城区", ("洛阳", "老城区")),
    ],
)
def test_counties_are_found_in_order(text: str, regions: tuple[str, ...]) -> None:
    assert regions_in(text) == regions


@pytest.mark.parametrize(
    "text",
    [
        "鼓楼区在哪",
        "朝阳区租房补贴",
        "住在老城区",
        "省市和县级部门",
        "开展和平区域合作",
        "岳麓山下的招聘会",
        "江山如此多娇",
        "各区县人社局",
        "52个未摘帽贫困县",
    ],
)
def test_an_ambiguous_or_ordinary_word_names_no_county(text: str) -> None:
    assert regions_in(text) == ()


def test_an_ambiguous_county_of_two_named_cities_stays_ambiguous() -> None:
    assert regions_in("南京和徐州的鼓楼区") == ("南京", "徐州")


@given(st.sampled_from(COUNTIES))
def test_a_county_is_found_behind_its_province(county: str) -> None:
    above = place_chain(county)[-2]
    spelled = county if len(county_names().get(county.removeprefix(above), ())) < 2 else county.removeprefix(above)
    assert county in regions_in(f"{above}市{spelled}" if not above.endswith("州") and not above.endswith("市") else f"{above}{spelled}")


@pytest.mark.parametrize(
    ("issuers", "title", "region"),
    [
        (["长沙市人力资源和社会保障局"], "", "长沙"),
        (["湖南省长沙市人力资源和社会保障局"], "", "长沙"),
        (["长沙市岳麓区人力资源和社会保障局"], "", "岳麓区"),
        (["长沙县人民政府"], "", "长沙县"),
        (["南京市鼓楼区人民政府"], "", "南京鼓楼区"),
        (["湖南大学招生就业工作处"], "", "湖南大学"),
        (["湖南省教育厅"], "湖南省教育厅关于大学生就业的通知", "湖南"),
        ([], "长沙学院2026届毕业生离校通知", "长沙学院"),
        ([], "青云师范学院2027届毕业生离校材料清单", "青云师范学院"),
        ([], "普通高等职业学院学生实习管理规定", None),
        ([], "湖南省高等学校毕业生就业办法", "湖南"),
        ([], "关于做好大学生就业工作的通知", None),
        (["教育部"], "教育部关于高等学校毕业生就业的通知", "全国"),
    ],
)
def test_a_document_is_of_its_issuers_place(issuers: list[str], title: str, region: str | None) -> None:
    assert find_region(issuers, title, "") == region


def test_a_school_signs_like_an_agency() -> None:
    assert find_issuers("", ["湖南大学招生就业工作处", "2026年3月1日"]) == ["湖南大学招生就业工作处"]
    assert find_issuers("长沙学院关于2026届毕业生离校的通知", []) == ["长沙学院"]
