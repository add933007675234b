"""Whether an event is what a question asks for, and whether it is over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from core.clock import CHINA
from core.text.folding import fold
from core.text.segmentation import words as words_of
from knowledge.events.lexicon import AUDIENCES, TRADES, says
from knowledge.events.models import CANCELLED, Event
from knowledge.events.query import EventQuery
from knowledge.language.places import PROVINCE_OF, place_chain

_SCHOOL = re.compile("[\u4e00-\u9fff]{2,14}?(?:大学|学院|职业技术学校)")
_SHORT_NAME = re.compile("[\u4e00-\u9fff]{1,4}(?:大|理工|师范|农大|师大|科大|财大|医大|工大|交大|外国语|职院)")
_COHORT = re.compile(r"(20\d\d)届")
_SHORT_COHORT = re.compile(r"(?<!\d)(\d\d)届")


def is_past(event: Event, now: datetime) -> bool:
    """Whether it is over: its end has passed, or its day where no end is said."""
    if event.ends_at is not None:
        return event.ends_at <= now
    day = event.starts_at.astimezone(CHINA).date()
    return datetime.combine(day + timedelta(days=1), time(), CHINA) <= now


def days_of(event: Event) -> tuple[date, date]:
    """Its first and last day in China."""
    first = event.starts_at.astimezone(CHINA).date()
    if event.ends_at is None:
        return first, first
    last = (event.ends_at - timedelta(microseconds=1)).astimezone(CHINA).date()
    return first, max(first, last)


def in_days(event: Event, query: EventQuery) -> bool:
    """Whether any of its days is among those asked for."""
    first, last = days_of(event)
    return (query.last is None or first <= query.last) and (query.first is None or last >= query.first)


def fits(event: Event, query: EventQuery, schools: frozenset[str] = frozenset()) -> bool:
    """Whether it meets every condition but the days; `schools` are those that the short names in the query mean (`schools_meant`)."""
    text = text_of(event)
    return (
        _is_there(event, query)
        and (not query.kinds or event.kind in query.kinds)
        and (query.online is None or _is_held(event, online=query.online))
        and all(says(text, audience, AUDIENCES) for audience in query.audiences)
        and all(says(text, trade, TRADES) for trade in query.trades)
        and _is_for(text, query.cohort)
        and all(_bears(text, host, schools) for host in query.hosts)
    )


def text_of(event: Event) -> str:
    """Everything that an event says of itself, folded, without blanks."""
    return fold(" ".join((event.title, event.audience, event.organiser, event.place, event.district, event.description))).replace(" ", "")


def schools_meant(hosts: Sequence[str], events: Iterable[Event]) -> frozenset[str]:
    """The schools among the events that the short names mean: 湖大 is the shortest name that begins with 湖 and holds 大 (湖南大学, 湖北大学).

    What only holds the characters somewhere (川大, 四川大学) counts where nothing begins with them.
    """
    known = {school for event in events for school in _SCHOOL.findall(fold(f"{event.title} {event.organiser} {event.place}"))}
    meant: set[str] = set()
    for host in hosts:
        if not _SHORT_NAME.fullmatch(host) or any(host in school for school in known):
            continue
        holding = [school for school in known if _holds_in_order(school, host)]
        beginning = [school for school in holding if school[0] == host[0]] or holding
        shortest = min((len(school) for school in beginning), default=0)
        generic = host in ("师大", "农大", "理工", "师范", "科大", "财大", "医大", "工大")
        meant |= {school for school in beginning if generic or len(school) == shortest}
    return frozenset(meant)


def is_off(event: Event) -> bool:
    """Whether it does not take place at all."""
    return event.status == CANCELLED


def _is_there(event: Event, query: EventQuery) -> bool:
    if query.cities and event.city not in query.cities:
        return False
    if query.provinces and PROVINCE_OF.get(event.city) not in query.provinces and event.city not in query.provinces:
        return False
    return not query.districts or any(_lies_in(event, district) for district in query.districts)


def _lies_in(event: Event, district: str) -> bool:
    """Whether it is in a district; one that is not said lies nowhere."""
    chain = place_chain(district)
    named = chain[-1] if chain else district
    return named.removesuffix("区").removesuffix("县").removesuffix("市") in fold(f"{event.district} {event.place}")


def _is_held(event: Event, *, online: bool) -> bool:
    """On site is what is not online alone: an event with a city may be both."""
    return event.online if online else not event.online or bool(event.city)


def _is_for(text: str, cohort: int | None) -> bool:
    """Whether it takes graduates of a year: one that names years must name it."""
    years = {int(year) for year in _COHORT.findall(text)} | {2000 + int(year) for year in _SHORT_COHORT.findall(text)}
    return cohort is None or not years or cohort in years


def _bears(text: str, host: str, schools: frozenset[str]) -> bool:
    """Whether a text bears a name: as it stands, by the full name of a school, or word by word."""
    if host in text or any(school in text and _holds_in_order(school, host) for school in schools):
        return True
    parts = [word for word in words_of(host) if len(word) > 1]
    return len(parts) > 1 and "".join(parts) == host and all(part in text for part in parts)


def _holds_in_order(school: str, short: str) -> bool:
    characters = iter(school)
    return all(character in characters for character in short)
