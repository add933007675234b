"""Which places a text speaks of. What lies where is known by `knowledge.language.places`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.text.segmentation import tokenizer
from knowledge.language.places import NATION, PROVINCE_OF, PROVINCES, county_names, place_chain, province_of

__all__ = ["NATION", "PROVINCES", "PROVINCE_OF", "places_named", "province_of", "regions_in"]

_GOES_ON_AS_PLACE = re.compile("[省市州区县地盟人籍大学师医工]")
_KIND_OF_PLACE = re.compile("(?:省|市|自治州|自治区|州|地区|盟)?")
_ALSO_A_WORD = frozenset(
    [
        "城东区",
        "城北区",
        "城关区",
        "城厢区",
        "城西区",
        "城中区",
        "港口区",
        "海港区",
        "老城区",
        "路北区",
        "路南区",
        "市中区",
        "新城区",
        "新市区",
        "中原区",
    ]
)
"""Districts whose names are ordinary words: they count only where their city is named too."""


@dataclass(frozen=True)
class _Mention:
    """A name in a text, and the places that it can mean."""

    start: int
    end: int
    spelled: str
    meanings: tuple[str, ...]


def regions_in(folded: str) -> tuple[str, ...]:
    """The places a folded text names, in order, each once, by their short names (`福建`, `深圳`, `岳麓区`).

    A name counts only where a word begins with it: 适宜春招 does not name 宜春, 长治久安 does not name 长治. A county's name that several
    counties bear, or that is an ordinary word too, counts only where its city or province is named as well: 南京市鼓楼区 names 南京鼓楼区.
    """
    return tuple(dict.fromkeys(place for _, _, place in places_named(folded)))


def places_named(folded: str) -> list[tuple[int, int, str]]:
    """As `regions_in`: start, end and place of every name, repeated ones too."""
    if not _may_name_a_place(folded):
        return []
    mentions = list(_mentions(folded))
    certain = [mention for mention in mentions if _is_certain(mention)]
    found = []
    for mention in mentions:
        meant = [mention.meanings[0]] if _is_certain(mention) else _meant(mention, certain, folded)
        if len(meant) == 1:
            found.append((mention.start, mention.end, meant[0]))
    return found


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    return {**county_names(), **{name: (name,) for name in PROVINCE_OF}}


@lru_cache(maxsize=1)
def _openings() -> frozenset[str]:
    return frozenset(name[:2] for name in _names())


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(map(len, _names()))


def _may_name_a_place(text: str) -> bool:
    openings = _openings()
    return any(text[start : start + 2] in openings for start in range(len(text) - 1))


def _mentions(text: str) -> Iterator[_Mention]:
    """The names that words of the text begin with, the longest at each word."""
    starts = {start for _, start, _ in tokenizer().tokenize(text, HMM=False)} | {len(text)}
    start, last = 0, None
    while start < len(text) - 1:
        mention = _mention_at(start, starts, text, last) if start in starts else None
        if mention:
            yield mention
            last = mention
            starts.add(mention.end)
        start = mention.end if mention else start + 1


def _mention_at(start: int, starts: set[int], text: str, last: _Mention | None) -> _Mention | None:
    for end in range(min(start + _longest(), len(text)), start + 1, -1):
        mention = _Mention(start, end, text[start:end], _names().get(text[start:end], ()))
        if mention.meanings and (_ends_there(mention, starts, text) or (last and _may_run_on(mention) and _goes_on(last, mention, text))):
            return mention
    return None


def _ends_there(mention: _Mention, starts: set[int], text: str) -> bool:
    """Whether no idiom goes on behind a name; a province's is never part of one."""
    if mention.spelled in PROVINCES or mention.end in starts:
        return True
    return mention.spelled in PROVINCE_OF and bool(_GOES_ON_AS_PLACE.match(text, mention.end))


def _may_run_on(mention: _Mention) -> bool:
    """和县 is named only where a word ends behind it, for 和 begins 和县级."""
    return len(mention.spelled) > 2 or mention.spelled in PROVINCE_OF


def _goes_on(last: _Mention, mention: _Mention, text: str) -> bool:
    """Whether a name stands right behind that of the place it lies in (河南信阳)."""
    between = text[last.end : mention.start]
    return _KIND_OF_PLACE.fullmatch(between) is not None and any(set(place_chain(meaning)[:-1]) & set(last.meanings) for meaning in mention.meanings)


def _is_certain(mention: _Mention) -> bool:
    if mention.spelled in PROVINCE_OF:
        return True
    short = len(mention.spelled) == 2 and mention.spelled == mention.meanings[0]
    return len(mention.meanings) == 1 and not short and mention.spelled not in _ALSO_A_WORD


def _meant(mention: _Mention, certain: Sequence[_Mention], text: str) -> list[str]:
    """The places that a name can mean which lie in one that is named for certain; a name of two characters must follow right behind it."""
    if len(mention.spelled) == 2 and not any(_goes_on(other, mention, text) for other in certain):
        return []
    named = {other.meanings[0] for other in certain}
    return [meaning for meaning in mention.meanings if set(place_chain(meaning)[1:-1]) & named]
