"""Where the work is: cities by the short names of `knowledge.language.places`, and the district as written.

Where only a province or 全国 is named, that stands in place of a city. A city that is not written is not concluded from a district.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from core.text.folding import fold
from knowledge.language.places import NATION, PROVINCE_OF, PROVINCES, narrowest, place_chain
from knowledge.language.regions import regions_in
from knowledge.postings.fields.cleaning import clean_line

MISSING = "没有写工作城市"
LIKELY = "没有写工作城市（按“{district}”看可能在{city}，请核实）"
UNKNOWN = "认不出工作城市：{text}"

_LONGEST = 200
"""Characters that are read."""
_ANYWHERE = re.compile(r"全国(?:各地|范围|可选|通岗|各省市)?|不限|工作地(?:点)?不限|地点不限|国内|中国|全国多地|居家|远程(?:办公)?|在家办公")
_SEPARATORS = re.compile(r"[、,，;；/|·・\n+&→>（）()]+|\s+|[-—](?=[\u4e00-\u9fff])|(?<=[市区州省])(?:和|及|与|或)")
_MUNICIPALITIES = frozenset(province for province in PROVINCES if all(PROVINCE_OF[name] != province or name == province for name in PROVINCE_OF))
_AUTONOMOUS = re.compile(r"(?:(?:土家|苗|藏|羌|布依|侗|哈尼|彝|傣|景颇|朝鲜|回|蒙古|壮|白|傈僳|哈萨克|柯尔克孜)族?)+自治州$")


@dataclass(frozen=True)
class Places:
    """What is known of the place; `issue` is Chinese and says what is missing."""

    cities: tuple[str, ...] = ()
    district: str = ""
    text: str = ""
    issue: str = ""


def read_places(city: str, district: str = "", address: str = "") -> Places:
    """The place that the fields of a posting say; `text` is all that is written about it.

    >>> read_places("武汉市", "洪山区").cities, read_places("长沙、株洲").cities
    (('武汉',), ('长沙', '株洲'))
    """
    city, district, address = (clean_line(part) for part in (city, district, address))
    text = " ".join(dict.fromkeys(part for part in (city, district, address) if part))[:200]
    if not city:
        return Places((), district[:100], text, _missing(district))
    cities, counties = _cities(city[:_LONGEST])
    if not cities:
        return Places((), district[:100], text, UNKNOWN.format(text=city[:40]))
    return Places(cities, (district or (counties[0] if len(counties) == 1 else ""))[:100], text)


def looks_like_city(written: str) -> bool:
    """Whether a text is the name of a city or province and nothing else (to tell displaced columns)."""
    return len(written) <= 12 and _known(clean_line(written)) is not None


@lru_cache(maxsize=8192)
def _cities(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Cities and counties that a text names, in order."""
    if _ANYWHERE.fullmatch(text):
        return (NATION,), ()
    direct = _known(text)
    if direct:
        return (direct,), ()
    named: list[str] = []
    for part in _SEPARATORS.split(text):
        if not part:
            continue
        known = _known(part)
        found = [known] if known else [NATION] if _ANYWHERE.fullmatch(part) else list(regions_in(fold(part)))
        found = found or [place for place in [_county_below(named, part)] if place]
        named += found
    chains = [chain for chain in (place_chain(name) for name in narrowest(named)) if chain]
    cities = tuple(dict.fromkeys(_city_of(chain) for chain in chains))
    counties = tuple(dict.fromkeys(chain[-1].removeprefix(_city_of(chain)) or chain[-1] for chain in chains if chain[-1] != _city_of(chain)))
    return cities, counties


@lru_cache(maxsize=8192)
def _known(text: str) -> str | None:
    """A province's or city's short name: 长沙市, 湖北省, 中山, 恩施土家族苗族自治州."""
    text = _AUTONOMOUS.sub("", fold(text))
    bare = re.sub("(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|省|市|地区|州|盟)$", "", text)
    return next((name for name in (text, f"{text}市", bare, f"{bare}市", f"{bare}州") if name in PROVINCE_OF), None)


def _county_below(above: list[str], text: str) -> str | None:
    """A county whose name several bear, told apart by the city named before it: 北京·朝阳 is no city in Liaoning."""
    if not above:
        return None
    return next((f"{above[-1]}{name}" for name in (text, f"{text}区") if len(place_chain(f"{above[-1]}{name}")) > 1), None)


def _city_of(chain: tuple[str, ...]) -> str:
    if len(chain) < 3 or chain[1] in _MUNICIPALITIES:
        return chain[min(1, len(chain) - 1)]
    return chain[2]


def _missing(district: str) -> str:
    chain = place_chain(district) if district else ()
    return LIKELY.format(district=district, city=_city_of(chain)) if len(chain) > 2 else MISSING
