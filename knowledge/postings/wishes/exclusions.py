"""What is not wanted: 不要销售, 除了客服, 外包的不要, 销售除外, 不去北京. What is no known thing is left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from knowledge.language.places import PROVINCE_OF, PROVINCES
from knowledge.language.regions import places_named
from knowledge.postings.fields.roles import mentions
from knowledge.postings.wishes.employers import types_at
from knowledge.postings.wishes.place import region_at
from knowledge.postings.wishes.remaining import Conditions, Remaining

_BEFORE = re.compile(
    "(?:除了?|除去|除开|排除(?:掉)?|去掉|剔除|避开|不要(?!求|紧)(?:给我)?(?:推荐?)?(?:任何|那些|那种|什么)?|"
    "不想(?:要|去|做|干|当|进|找|投|从事)*|不(?:考虑|做|干|去|当|投|看|接受|想做|愿意做|愿意去)(?:做|去)?"
    "|别(?:给我)(?:推荐?|发)?|别(?:推荐?|发|要|是)|拒绝|讨厌|非|(?<!是)不是)(?:做|干|去|当)?"
)
_AFTER = re.compile(
    "(?:类|方面|相关|性质)?(?:的)?(?:岗位|岗|工作|职位|单位|企业|公司)?(?:的)?(?:我|就|都)*(?:除外|以外|之外|不要|"
    "就算了|不考虑|不(?:想)?看|不投|不推|别(?:给我)?(?:看|推|发|来)(?:荐|给我)?|跳过|pass|免了|不用了|不用(?:给我)?(?:看|推荐?)|不感兴趣|免谈|不行|勿扰|不去|不干|不做)"
)
_JOINT = re.compile("(?:[、和或与跟及/]|或者|以及|还有)(?:是|去)?")
_TAIL = re.compile(
    "(?:类|方面|相关|性质)?(?:的)?(?:岗位|岗|工作|职位|这种|这类)?(?:以外|之外|外)?(?:(?:的)?(?:都|也|其他|其它|"
    "别的|啥|什么|全)?(?:都)?(?:行|可以|可|看看|能接受|能投|能干|成|要)(?:的)?)?"
)
_WORDS = (
    "劳务派遣|派遣|外包|教培|培训机构|倒班|三班倒|两班倒|夜班|出差|驻场|外派|合同工|编外|单休|大小周|早教机构|"
    "流水线|电话销售|带货|驻外|轮班|无责底薪|中介|劳务公司|直播"
)
_WORD = re.compile(_WORDS)
_INTERNSHIP = re.compile("实习(?:生)?")
_OVERTIME, _SINGLE_DAY_OFF = re.compile("加班|996"), re.compile("单休|大小周|996")


@dataclass
class _Unwanted:
    roles: dict[str, None] = field(default_factory=dict)
    words: dict[str, None] = field(default_factory=dict)
    cities: dict[str, None] = field(default_factory=dict)
    types: dict[str, None] = field(default_factory=dict)
    internship: bool = False
    overtime: bool = False
    single_day_off: bool = False

    def conditions(self) -> Conditions:
        lists = {"exclude_roles": self.roles, "exclude_words": self.words, "exclude_cities": self.cities, "exclude_employer_types": self.types}
        found: Conditions = {name: tuple(value) for name, value in lists.items() if value}
        if self.internship:
            found["internship"] = False
        if self.overtime:
            found["no_overtime"] = True
        if self.single_day_off:
            found["weekends_off"] = True
        return found


def read_exclusions(remaining: Remaining) -> Conditions:
    """Everything that a message turns down; `internship` False, `no_overtime` and `weekends_off` True follow from 不要实习, 加班 and 单休."""
    unwanted = _Unwanted()
    for match in _BEFORE.finditer(remaining.text):
        end = _things_from(remaining.text, match.end(), unwanted)
        if end > match.end():
            tail = _TAIL.match(remaining.text, end)
            remaining.blank(match.start(), tail.end() if tail else end)
    for match in reversed(list(_AFTER.finditer(remaining.text))):
        start = _things_before(remaining.text, match.start(), unwanted)
        if start < match.start():
            remaining.blank(start, match.end())
    return unwanted.conditions()


def _things_from(text: str, start: int, unwanted: _Unwanted) -> int:
    """Reads things one after the other from a place on; returns where the last of them ends."""
    end = start
    while (after := _thing_at(text, start, unwanted)) is not None:
        end = start = after
        joint = _JOINT.match(text, start)
        start = joint.end() if joint else start
    return end


def _things_before(text: str, end: int, unwanted: _Unwanted) -> int:
    """Reads the things that end right before a place; returns where the first of them starts."""
    ends_with_kind = end + 1 if text[end : end + 1] == "类" else end  # 销售类 is a name as a whole
    for start in range(max(0, end - 12), end):
        trial = _Unwanted()
        if _things_from(text, start, trial) in (end, ends_with_kind):
            _things_from(text, start, unwanted)
            return start
    return end


def _thing_at(text: str, start: int, unwanted: _Unwanted) -> int | None:
    """Reads the one thing that stands right at a place, the longest first; returns its end, None where there is none."""
    readers = (_overtime_at, _internship_at, _word_at, _types_at, _places_at, _role_at)
    return next((end for reader in readers if (end := reader(text, start, unwanted)) is not None), None)


def _overtime_at(text: str, start: int, unwanted: _Unwanted) -> int | None:
    overtime, single = _OVERTIME.match(text, start), _SINGLE_DAY_OFF.match(text, start)
    unwanted.overtime |= overtime is not None
    unwanted.single_day_off |= single is not None
    match = overtime or single
    return match.end() if match else None


def _internship_at(text: str, start: int, unwanted: _Unwanted) -> int | None:
    match = _INTERNSHIP.match(text, start)
    unwanted.internship |= match is not None
    return match.end() if match else None


def _word_at(text: str, start: int, unwanted: _Unwanted) -> int | None:
    match = _WORD.match(text, start)
    if match:
        unwanted.words[match.group()] = None
    return match.end() if match else None


def _types_at(text: str, start: int, unwanted: _Unwanted) -> int | None:
    found = types_at(text, start)
    if found:
        unwanted.types |= dict.fromkeys(found[1])
    return found[0] if found else None


def _places_at(text: str, start: int, unwanted: _Unwanted) -> int | None:
    if region := region_at(text, start):
        unwanted.cities |= dict.fromkeys(region[1])
        return region[0]
    for begin, end, place in places_named(text):
        if begin == start:
            unwanted.cities |= dict.fromkeys(
                [place] if place not in PROVINCES else [name for name, province in PROVINCE_OF.items() if province == place]
            )
            return end
    return None


def _role_at(text: str, start: int, unwanted: _Unwanted) -> int | None:
    for mention in mentions(text[start:], written=True):
        if mention.start == 0:
            unwanted.roles |= dict.fromkeys(mention.roles)
            return start + mention.end
        break
    return None
