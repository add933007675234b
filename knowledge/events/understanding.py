"""A question about events → what it asks for. Pure functions of the words, of today and of the question before."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib import resources

from core.text.folding import fold
from core.text.segmentation import tokenizer
from knowledge.events.lexicon import classes_of
from knowledge.events.query import EventQuery
from knowledge.events.when import Span, span_in
from knowledge.language.places import PROVINCE_OF, PROVINCES, place_chain, school_of
from knowledge.language.regions import places_named

_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("空中宣讲|云宣讲|线上宣讲|网络宣讲", ("空中宣讲",)),
    ("直播带岗|直播招聘|名企直播|直播间|直播(?=几点|什么|啥)", ("直播带岗",)),
    ("双选会?|双旋会?|供需(?:见面|洽谈)会?", ("双选会",)),
    ("宣讲会?|宣将会?", ("宣讲会", "空中宣讲")),
    ("训练营|特训营", ("训练营",)),
    ("讲座|沙龙|分享会|公开课|报告会|咨询会", ("讲座",)),
    (
        "招聘会|招骋会?|洽谈会|人才交流(?:大会|会)?|人才(?:集市|夜市|市场|大集|博览会)|招聘(?:集市|大集|夜市|现场)|就业博览会|云招聘|巡回招聘|大招会|见面会",
        ("招聘会", "双选会"),
    ),
)
"""What is asked for → the kinds that it means; the most particular first. 招聘会 is what all of them are called, 宣讲 is not."""
_ANY_KIND = "专场|校招|校园招聘|招聘活动|求职活动|招聘|活动|日历|日程|行程|排期|场次|安排|job ?fairs?|career ?(?:fairs?|talks?)|recruitment ?talks?"
_ONLINE = "线上线下|线上|网络|网上|云端|云(?=双选|招聘)|空中|直播|online"
_ON_SITE = "线下|现场|实地"
_NEXT = "(?:下一|下|最近的?一|最近一|接下来一)(?:场|次)(?!年)|nextjobfair|next(?=jobfair|careerfair)"
_MISSED = re.compile("错过|没赶上|没去成|还有没有?下|还有下|下一场|下场")
_COHORT = re.compile(r"(?<!\d)(20\d\d|\d\d)届")
_FOLLOWS = re.compile("^(?:那|换成?|改成?|再看看?|还是)|呢[?？。!！]*$|^(?:只看|只要|不限)")
_ANYWHERE = re.compile("全国|不限(?:城市|地区|地点)|哪里都|哪个城市都")
_SCHOOL = re.compile("[\u4e00-\u9fff]{2,12}?(?:大学|学院)(?!城|生)")
_SHORT_SCHOOL = re.compile("([\u4e00-\u9fff]{1,3}(?:大|理工|师范|外国语|职院))(?=的|那边|这边|那个|有|办|开|什么|啥|几|哪|$)")
"""湖大, 长沙理工: what a school is called in short, where the sentence goes on as after a name."""
_LEADING = re.compile("^(?:请问|请|那个?|我们|我|在|去|想|知道|问|和|到)+")
_ASKS = re.compile("什么时候|什么时间|啥时候|哪[天里儿个家些几间栋]|有没有|是不是|能不能|可不可以|来我们|来学校|来本校|去学校|不能|能进|哪")
_PUNCTUATION = re.compile(r"[\s,，.。、;；:：!！?？~～\-—/|｜()（）【】\[\]《》“”\"'<>]+")
_PIECES = re.compile(r"[\s#]+")


@dataclass(frozen=True)
class _Parts:
    """What stands in a question, each by itself."""

    query: EventQuery
    says_kind: bool
    follows: bool


def understand(text: str, today: date, previous: EventQuery | None = None) -> EventQuery:
    """What a question asks for. With `previous`, a message that only changes it (那下周呢, 换成武汉) is read as the changed question."""
    parts = _parts(text, today)
    if previous is None or not _changes(parts):
        return parts.query
    return _changed(previous, parts.query, anywhere=_ANYWHERE.search(fold(text)) is not None)


def is_follow_up(text: str, today: date) -> bool:
    """Whether a message makes sense only as a change of the question before: it says days, a place, a kind or an audience and nothing else."""
    parts = _parts(text, today)
    said = parts.query != EventQuery() or _ANYWHERE.search(fold(text)) is not None
    return said and not parts.query.hosts and _changes(parts) and len(text) <= 24


def names_an_event(text: str) -> bool:
    """Whether a text speaks of an event by what it is called (招聘会, 双选会, 宣讲 …)."""
    plain = _plain(text)
    return any(re.search(pattern, plain) for pattern, _ in _KINDS) or re.search("专场|招聘活动|招聘日历", plain) is not None


def _changes(parts: _Parts) -> bool:
    return parts.follows or not parts.says_kind


def _changed(previous: EventQuery, said: EventQuery, *, anywhere: bool) -> EventQuery:
    """The question before with what is said now in the place of what it asked."""
    changed = previous
    if said.asks_for_days():
        changed = replace(changed, first=said.first, last=said.last, when=said.when, next_only=False)
    if said.cities or said.provinces or said.districts or anywhere:
        changed = replace(changed, cities=said.cities, provinces=said.provinces, districts=said.districts)
    for name in ("kinds", "audiences", "trades", "hosts"):
        if getattr(said, name):
            changed = replace(changed, **{name: getattr(said, name)})
    if said.online is not None:
        changed = replace(changed, online=said.online)
    if said.cohort is not None:
        changed = replace(changed, cohort=said.cohort)
    return replace(changed, next_only=said.next_only)


def _parts(text: str, today: date) -> _Parts:
    plain = _plain(text)
    next_only = re.search(_NEXT, plain) is not None
    rest = re.sub(_NEXT, " ", plain)
    cohort = _COHORT.search(rest)
    rest = _COHORT.sub(" ", rest)
    span = _span(rest, today, missed=_MISSED.search(plain) is not None)
    rest = _cut(rest, span)
    rest, places = _without_places(rest)
    kinds, rest, says_kind = _kinds(rest)
    online = True if re.search(_ONLINE, rest) else False if re.search(_ON_SITE, rest) else None
    if re.search("线上线下", rest):
        online = None
    rest = re.sub(f"{_ONLINE}|{_ON_SITE}", " ", rest)
    words = _names(rest)
    classes = {word: classes_of(word) for word in words}
    query = EventQuery(
        first=span.first if span else None,
        last=span.last if span else None,
        when=span.words if span else "",
        cities=places["city"],
        provinces=places["province"],
        districts=places["district"],
        kinds=kinds,
        online=online,
        audiences=tuple(dict.fromkeys(name for audiences, _ in classes.values() for name in audiences)),
        cohort=(int(cohort[1]) if len(cohort[1]) == 4 else 2000 + int(cohort[1])) if cohort else None,
        trades=tuple(dict.fromkeys(name for _, trades in classes.values() for name in trades)),
        hosts=tuple(word for word in words if classes[word] == ((), ())),
        next_only=next_only,
    )
    return _Parts(query, says_kind, _FOLLOWS.search(plain) is not None)


def _plain(text: str) -> str:
    """Folded, lower case, without blanks but those between Latin words."""
    return re.sub(r"(?<![a-z]) | (?![a-z])", "", fold(text).lower())


def _span(text: str, today: date, *, missed: bool) -> Span | None:
    """The days asked for; those of an event that was missed are not, they only say what the next one is wanted for."""
    span = span_in(text, today)
    if span is None or not (missed and span.last is not None and span.last < today):
        return span
    later = span_in(_cut(text, span), today)
    return later if later and not (later.last and later.last < today) else replace(span, first=None, last=None, words="")


def _cut(text: str, span: Span | None) -> str:
    return text if span is None else f"{text[: span.start]} {text[span.end :]}"


def _without_places(text: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """The text without cities, provinces and districts, and these; a place that a school is called after stays in its name."""
    found: dict[str, list[str]] = {"city": [], "province": [], "district": []}
    kept, last = [], 0
    for start, end, place in places_named(text):
        if start < last or school_of(text[start:]) or re.match("(?:理工|师大|师范|农大|医科|科大|工大|财大|中医药|外国语|商学院)", text[end:]):
            continue
        found[_sort_of(place)].append(place)
        suffix = re.match("[省市区县]", text[end:])
        kept.append(text[last:start] + " ")
        last = end + (suffix.end() if suffix else 0)
    provinces = [] if found["city"] or found["district"] else found["province"]
    unique = {"city": found["city"], "province": provinces, "district": found["district"]}
    return "".join([*kept, text[last:]]), {kind: tuple(dict.fromkeys(names)) for kind, names in unique.items()}


def _sort_of(place: str) -> str:
    if place in ("北京", "天津", "上海", "重庆", "香港", "澳门"):
        return "city"
    if place in PROVINCES:
        return "province"
    return "city" if place in PROVINCE_OF or len(place_chain(place)) <= 3 else "district"


def _kinds(text: str) -> tuple[tuple[str, ...], str, bool]:
    kinds: tuple[str, ...] = ()
    says = False
    for pattern, meant in _KINDS:
        if re.search(pattern, text):
            kinds, says = kinds + tuple(kind for kind in meant if kind not in kinds), True
            text = re.sub(pattern, " # ", text)
    says = says or re.search(_ANY_KIND, text) is not None
    return kinds, re.sub(_ANY_KIND, " # ", text), says


def _names(rest: str) -> tuple[str, ...]:
    """Names of schools and employers, audiences, trades, whatever is said of the event: what is left when all that only asks and fills is gone."""
    pieces = [piece for piece in _PIECES.split(_PUNCTUATION.sub(" ", _ASKS.sub(" ", rest))) if piece]
    found: list[str] = []
    for piece in pieces:
        opening = _LEADING.sub("", piece)
        schools = _SCHOOL.findall(opening) or [match[1] for match in [_SHORT_SCHOOL.match(opening)] if match]
        for school in schools:
            opening = opening.replace(school, "#")
        found += [*schools, *_runs(opening)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _fillers() -> frozenset[str]:
    """Words that name nothing: they ask, fill, or say what every event has."""
    lines = resources.files("knowledge.events").joinpath("fillers.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _runs(text: str) -> list[str]:
    """What stands between the words that only fill, at least two characters long."""
    runs = [""]
    for token in tokenizer().cut(text, HMM=False):
        if token in _fillers() or not token.isalnum():
            runs.append("")
        else:
            runs[-1] += token
    return [run for run in runs if len(run) >= 2]
