"""Where: cities with what lies around them, districts, provinces, and regions as people call them (江浙沪)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.language.places import PROVINCE_OF, PROVINCES, county_names, place_chain
from knowledge.language.regions import places_named
from knowledge.postings.wishes.remaining import Conditions, Remaining

MUNICIPALITIES = frozenset({"北京", "天津", "上海", "重庆"})
_CITY_REGIONS = {
    "新一线城市": "成都 杭州 重庆 武汉 苏州 西安 南京 长沙 天津 郑州 东莞 青岛 宁波 合肥",
    "新一线": "成都 杭州 重庆 武汉 苏州 西安 南京 长沙 天津 郑州 东莞 青岛 宁波 合肥",
    "一线城市": "北京 上海 广州 深圳",
    "北上广深": "北京 上海 广州 深圳",
    "北上广": "北京 上海 广州",
    "珠三角": "广州 深圳 珠海 佛山 惠州 东莞 中山市 江门 肇庆",
    "大湾区": "广州 深圳 珠海 佛山 惠州 东莞 中山市 江门 肇庆",
    "长株潭": "长沙 株洲 湘潭",
    "成渝": "成都 重庆",
}
_PROVINCE_REGIONS = {
    "江浙沪": "江苏 浙江 上海",
    "长三角": "江苏 浙江 上海 安徽",
    "京津冀": "北京 天津 河北",
    "川渝": "四川 重庆",
    "东北": "辽宁 吉林 黑龙江",
    "两广": "广东 广西",
    "两湖": "湖南 湖北",
}
_REGION = re.compile("|".join(sorted({**_CITY_REGIONS, **_PROVINCE_REGIONS}, key=len, reverse=True)))
_BEFORE_HERE = re.compile("(?:现在|目前|人|我|本来|一直)在$")
_BEHIND_HERE = re.compile("(?:这边|那边|市)?(?:上班|工作|读书|上学|读大学|念书|念大学|读研|住|实习)")
_ENGLISH = {
    "beijing": "北京",
    "shanghai": "上海",
    "guangzhou": "广州",
    "shenzhen": "深圳",
    "hangzhou": "杭州",
    "changsha": "长沙",
    "wuhan": "武汉",
    "chengdu": "成都",
    "nanjing": "南京",
    "chongqing": "重庆",
    "suzhou": "苏州",
    "tianjin": "天津",
    "qingdao": "青岛",
    "xiamen": "厦门",
    "zhengzhou": "郑州",
    "xi'an": "西安",
}
_ENGLISH_CITY = re.compile(f"(?<![a-z])(?:{'|'.join(_ENGLISH)})(?![a-z])")
_SPOKEN_CITIES = {"中山": "中山市", "北海": "北海市", "黄山": "黄山市", "白银": "白银市"}
"""Cities whose short name is a word elsewhere; in a wish for a job the city is meant."""
_SPOKEN_CITY = re.compile(f"(?:{'|'.join(_SPOKEN_CITIES)})市?(?!大学|学院|路|区|中学|公园|企业|服)")
_KIND_OF_PLACE = re.compile("(?:省内|省|市区|市内|市里|市|本地|这边|那边|这里|那里|当地|地区|城区)?")
_AROUND = re.compile("(?<![\u4e00-\u9fff])(?:及|和|以及|或者?)?(?:周边|周围|附近|邻近|旁边)(?:的)?(?:城市|地区|地方|市)?")
_NEAR_HOME = re.compile("离(?:我)?(?:家|学校|老家)(?:比较|最好)?近(?:一点|点|些|一些)?的?|家门口|回家|回老家|老家")


def read_places(remaining: Remaining) -> Conditions:
    """The places named, with `nearby` where those around are welcome. Places side by side are alternatives."""
    remaining.take(_NEAR_HOME)
    named = [*_regions(remaining), *_spoken_cities(remaining), *_named(remaining)]
    conditions = conditions_of(named)
    if remaining.takes(_AROUND):
        conditions["nearby"] = True
    return conditions


def conditions_of(places: Iterable[str]) -> Conditions:
    """The conditions that places are, each by the name that `knowledge.language.places` has for it."""
    cities: dict[str, None] = {}
    districts: dict[str, None] = {}
    provinces: dict[str, None] = {}
    for place in places:
        chain = place_chain(place)
        if place in MUNICIPALITIES or (place in PROVINCE_OF and place not in PROVINCES):
            cities[place] = None
        elif place in PROVINCES:
            provinces[place] = None
        elif len(chain) > 2:
            (cities if chain[-2] not in PROVINCES or chain[-2] in MUNICIPALITIES else provinces)[chain[-2]] = None
            districts[_short_district(place, chain[-2])] = None
    narrower = {place_chain(city)[1] for city in cities if len(place_chain(city)) > 2}
    kept = tuple(province for province in provinces if province not in narrower)
    if kept and cities and set(cities) <= MUNICIPALITIES:
        kept, cities = (*kept, *cities), {}
    elif kept and cities:  # all conditions hold at once, so that alternatives must be of one kind
        cities |= {city: None for city, province in PROVINCE_OF.items() if province in kept and city not in PROVINCES}
        kept = ()
    found = {"cities": tuple(cities), "districts": tuple(districts), "provinces": kept}
    return {name: value for name, value in found.items() if value}


def region_at(text: str, start: int) -> tuple[int, tuple[str, ...]] | None:
    """The region that a text names right at a place, as where its name ends and its cities; None where there is none."""
    match = _REGION.match(text, start)
    if match is None:
        return None
    if match.group() in _CITY_REGIONS:
        return match.end(), tuple(_CITY_REGIONS[match.group()].split())
    provinces = _PROVINCE_REGIONS[match.group()].split()
    return match.end(), tuple(name for name, province in PROVINCE_OF.items() if province in provinces)


def _regions(remaining: Remaining) -> list[str]:
    names = [match.group() for match in remaining.take(_REGION)]
    return [place for name in names for place in (_CITY_REGIONS.get(name) or _PROVINCE_REGIONS[name]).split()]


def _spoken_cities(remaining: Remaining) -> list[str]:
    english = [_ENGLISH[match.group()] for match in remaining.take(_ENGLISH_CITY)]
    return english + [_SPOKEN_CITIES[match.group().removesuffix("市")] for match in remaining.take(_SPOKEN_CITY)]


def _short_district(place: str, city: str) -> str:
    """A district without the city that only tells it from others of the name (南京鼓楼区); 长沙县 stays."""
    short = place.removeprefix(city)
    return short if len(short) > 1 else place


def _named(remaining: Remaining) -> list[str]:
    text = remaining.text
    named = places_named(text)
    wished = [each for each in named if not _is_where_one_is(text, *each[:2])] or named
    found = []
    for start, end, place in named:
        district = _district_behind(text, end, place)
        kind = _KIND_OF_PLACE.match(text, end + (len(district) - 1 if district else 0))
        remaining.blank(start, kind.end() if kind else end)
        found += [district or place] if (start, end, place) in wished else []
    return found


def _is_where_one_is(text: str, start: int, end: int) -> bool:
    """Whether a place is only where somebody works or studies now, and not where they want to go (现在在东莞上班)."""
    return bool(_BEFORE_HERE.search(text[:start]) and _BEHIND_HERE.match(text, end))


def _district_behind(text: str, end: int, city: str) -> str | None:
    """A district of a city that stands behind it without 区 (上海徐汇)."""
    for length in (3, 2):
        name = text[end : end + length]
        for kind in ("区", "县", "市"):
            for meaning in county_names().get(f"{name}{kind}", ()) if len(name) == length else ():
                if city in place_chain(meaning)[:-1]:
                    return meaning if len(meaning) == length + 1 else None
    return None
