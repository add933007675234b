"""Places as a hierarchy, 国 → 省 → 市 → 县 → 校 (GB/T 2260): what lies where, and whether a rule of one place holds in another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from typing import Literal

NATION = "全国"

_CITIES = {
    "北京": "",
    "天津": "",
    "上海": "",
    "重庆": "",
    "河北": "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 雄安",
    "山西": "太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁",
    "内蒙古": "呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安盟 锡林郭勒 阿拉善",
    "辽宁": "沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳市 葫芦岛",
    "吉林": "长春 吉林市 四平 辽源 通化 白山 松原 白城 延边",
    "黑龙江": "哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭",
    "江苏": "南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁",
    "浙江": "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌",
    "安徽": "合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山市 滁州 阜阳 宿州 六安 亳州 池州 宣城",
    "福建": "福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德 平潭",
    "江西": "南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶",
    "山东": "济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽",
    "河南": "郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源",
    "湖北": "武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 仙桃 潜江 天门 神农架",
    "湖南": "长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西",
    "广东": "广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山市 潮州 揭阳 云浮",
    "广西": "南宁 柳州 桂林 梧州 北海市 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾市 崇左",
    "海南": "海口 三亚 三沙 儋州",
    "四川": "成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山",
    "贵州": "贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南 黔南",
    "云南": "昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河州 文山 西双版纳 大理 德宏 怒江 迪庆",
    "西藏": "拉萨 日喀则 昌都 林芝 山南 那曲 阿里地区",
    "陕西": "西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛",
    "甘肃": "兰州 嘉峪关 金昌 白银市 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南",
    "青海": "西宁 海东 海北州 黄南 海南州 果洛 玉树 海西",
    "宁夏": "银川 石嘴山 吴忠 固原 中卫",
    "新疆": "乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 克孜勒苏 喀什 和田 伊犁 塔城 阿勒泰 石河子",
    "香港": "",
    "澳门": "",
    "台湾": "",
}

PROVINCES: tuple[str, ...] = tuple(_CITIES)
PROVINCE_OF: dict[str, str] = {name: province for province, cities in _CITIES.items() for name in (province, *cities.split())}
"""Each province and city by its short name → the province."""

Relation = Literal["same", "above", "below", "other", "unknown"]
"""How a document's place stands to the place asked for: `above` holds there too, `below` holds only in a part of it."""

_BEST_FIRST: tuple[Relation, ...] = ("same", "above", "below", "unknown", "other")
_CITY_ABOVE = {"义乌": "金华", "平潭": "福州"}
"""Listed with the cities, for they are spoken of like them, though they lie in another."""
_SCHOOL = re.compile(r"(?!关于|各|有关)[\u4e00-\u9fff]{2,16}?(?:大学|学院|(?<!高等)学校)(?![生城])")
_ADMINISTRATIVE = re.compile("(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|省|市|地区|州|盟)$")


@lru_cache(maxsize=1)
def county_names() -> dict[str, tuple[str, ...]]:
    """What a county or district is called (岳麓区, 浏阳, 鼓楼区) → the names of those it can be, more than one where it is ambiguous."""
    meanings: dict[str, tuple[str, ...]] = {}
    for canonical, spelled in (county for above, names in _listed() for county in _told_apart(above, names)):
        for name in {canonical, *spelled}:
            meanings[name] = (*meanings.get(name, ()), canonical)
    return meanings


@lru_cache(maxsize=1)
def _parents() -> dict[str, str]:
    """Each place by its name → the place it lies in."""
    parents = dict.fromkeys(PROVINCES, NATION)
    parents |= {city: _CITY_ABOVE.get(city, province) for city, province in PROVINCE_OF.items() if city not in _CITIES}
    return parents | {canonical: above for above, names in _listed() for canonical, _ in _told_apart(above, names)}


def _told_apart(above: str, names: Sequence[tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    """The counties of a city with what they are called; where others bear the same name, the city's is put before it (南京鼓楼区)."""
    common = _common_names()
    return [(f"{above}{name[0]}" if name[0] in common else name[0], name) for name in names]


@lru_cache(maxsize=1)
def _common_names() -> frozenset[str]:
    borne = Counter(name[0] for _, names in _listed() for name in names)
    return frozenset(name for name, places in borne.items() if places > 1)


@lru_cache(maxsize=1)
def _listed() -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """The file's lines: a city, or a province where there is none between, and its counties, each by all its names."""
    lines = resources.files("knowledge.language").joinpath("counties.txt").read_text(encoding="utf-8").splitlines()
    kept = (line.split(": ") for line in lines if not line.startswith("#"))
    return tuple((above.split()[-1], tuple(tuple(name.split("/")) for name in names.split())) for above, names in kept)


def province_of(region: str) -> str:
    """The province a place lies in; the place itself when it is not known."""
    if region in PROVINCE_OF:
        return PROVINCE_OF[region]
    chain = place_chain(region)
    return chain[1] if len(chain) > 1 and chain[1] in _CITIES else region


@lru_cache(maxsize=4096)
def place_chain(name: str) -> tuple[str, ...]:
    """The places from the nation down to this one: 长沙县 → ("全国", "湖南", "长沙", "长沙县").

    Empty for a name that is no place, or that several places bear. A school lies where its name says (长沙学院), else just in the nation.
    """
    known = _canonical(name)
    if known is None:
        return _school_chain(name) if is_school(name) else ()
    chain = [known]
    while chain[0] != NATION:
        chain.insert(0, _parents()[chain[0]])
    return tuple(chain)


def _canonical(name: str) -> str | None:
    """The name that a place goes by here: 湖南省 → 湖南, 浏阳 → 浏阳市; None when there is none, or more than one."""
    if name == NATION or name in _parents():
        return name
    counties = county_names().get(name, ())
    if len(counties) == 1:
        return counties[0]
    short = _ADMINISTRATIVE.sub("", name)
    return short if short != name and short in _parents() else None


def _school_chain(name: str) -> tuple[str, ...]:
    """A school's place is the longest place name that it opens with; which place that is, its name decides, not its campuses."""
    for end in range(len(name) - 2, 1, -1):
        chain = place_chain(name[:end])
        if len(chain) > 1 and not is_school(name[:end]):
            return (*chain, name)
    return (NATION, name)


def school_of(text: str) -> str | None:
    """The school that a text opens with (湖南大学招生就业处 → 湖南大学), or None."""
    match = _SCHOOL.match(text)
    return match.group() if match else None


def is_school(name: str) -> bool:
    """Whether a name is a school's: it ends as schools' names do."""
    return _SCHOOL.fullmatch(name) is not None


def relation(document_region: str | None, asked: str) -> Relation:
    """How the place that a document holds for stands to the one asked for.

    `unknown` where a name is no known place, or lies nobody knows where (a school that is not called after its city).
    """
    own, other = place_chain(document_region) if document_region else (), place_chain(asked)
    if not own or not other:
        return "unknown"
    if own == other:
        return "same"
    if other[: len(own)] == own:
        return "above"
    if own[: len(other)] == other:
        return "below"
    return "unknown" if _may_lie_in(own, other) or _may_lie_in(other, own) else "other"


def _may_lie_in(school: tuple[str, ...], place: tuple[str, ...]) -> bool:
    """Whether a school of which only the province is known, or not even that, may lie in a place."""
    return is_school(school[-1]) and not is_school(place[-1]) and place[: len(school) - 1] == school[:-1]


def holds_in(document_region: str | None, asked: str) -> bool:
    """Whether a rule of the document's place holds in the place asked for: its own, and those of all places above it."""
    return relation(document_region, asked) in ("same", "above")


def bearing(document_region: str | None, asked: Sequence[str]) -> Relation:
    """The best relation of a document's place to any of the places asked for (湖南 and 长沙 together mean 长沙)."""
    if document_region == NATION:
        return "above"
    return min((relation(document_region, place) for place in narrowest(asked)), key=_BEST_FIRST.index, default="unknown")


def narrowest(places: Iterable[str]) -> tuple[str, ...]:
    """The places without those that another of them lies in."""
    named = tuple(dict.fromkeys(places))
    return tuple(place for place in named if not any(relation(place, other) == "above" for other in named))
