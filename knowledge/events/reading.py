"""What the readers of tables and calendars have in common: a row that was read, or why it was not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from core.text.folding import fold
from knowledge.events import texts
from knowledge.events.models import CANCELLED, PLANNED, POSTPONED
from knowledge.events.record import EventFields, digest, is_online, is_online_alone, kind_of
from knowledge.language.places import PROVINCE_OF, PROVINCES, place_chain
from knowledge.language.regions import regions_in

LENGTHS = {"title": 200, "district": 100, "place": 300, "audience": 300, "organiser": 200, "url": 500, "description": 4000}
"""The longest that each field may be, in characters: the database's columns."""


@dataclass(frozen=True)
class ReadRow:
    """One event of a file. `fields` is None where it was refused, with the `reason` in Chinese."""

    line: int
    """Where it stands in the file, counted from 1."""
    fields: EventFields | None
    reason: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Defaults:
    """What the operator says of a whole file."""

    city: str = ""


def completed(known: dict[str, Any], uid: str, defaults: Defaults) -> EventFields:
    """The fields of an event from what was read (`EventFields` by name, texts as written), with kind, city and ways of attending worked out.

    Raises ValueError with a Chinese reason where the title is missing.
    """
    texts_known = {name: " ".join(str(known.get(name) or "").split())[:length] for name, length in LENGTHS.items()}
    if not texts_known["title"]:
        raise ValueError(texts.NO_TITLE)
    spoken = " ".join(str(known.get(name) or "") for name in ("kind", "way", "title"))
    where = " ".join((spoken, texts_known["place"]))
    fields = EventFields(
        uid=uid,
        starts_at=known["starts_at"],
        ends_at=known.get("ends_at"),
        all_day=bool(known.get("all_day")),
        kind=kind_of(str(known.get("kind") or "")) or kind_of(texts_known["title"]) or kind_of(texts_known["description"]) or "活动",
        city=city_of(str(known.get("city") or ""), texts_known) or ("" if is_online_alone(where) else defaults.city),
        online=is_online(where),
        status=status_of(str(known.get("status") or ""), texts_known["title"]),
        **texts_known,
    )
    return fields if fields.uid else replace(fields, uid=made_uid(fields))


def made_uid(fields: EventFields) -> str:
    """A name for an event whose source gives none: a correction of its hour keeps the name, another day or city is another event."""
    return digest(fold(fields.title), fields.starts_at.date().isoformat(), fields.city, fold(fields.place))[:40]


def city_of(written: str, known: dict[str, str]) -> str:
    """The city, by its short name: as written, else where place, title or organiser name one; a city that is not known is kept as written."""
    named = regions_in(fold(written))
    if written.strip() and not named:
        return written.strip().removesuffix("市")[:50]
    for text in (written, known["place"], known["title"], known["organiser"]):
        cities = [city for region in regions_in(fold(text)) if (city := _city(region))]
        if cities:
            return cities[0]
    return ""


def status_of(written: str, title: str) -> str:
    """`planned`, `cancelled` or `postponed`, as a column or the title says."""
    said = fold(f"{written} {title}").lower()
    if any(word in said for word in ("取消", "停办", "cancel")):
        return CANCELLED
    return POSTPONED if any(word in said for word in ("延期", "改期", "推迟", "postpone")) else PLANNED


def _city(region: str) -> str | None:
    """The city that a place is or lies in; municipalities are their own."""
    chain = place_chain(region)
    if len(chain) > 2 and chain[2] in PROVINCE_OF:
        return chain[2]
    return chain[1] if len(chain) > 1 and chain[1] in PROVINCES and chain[1] in ("北京", "天津", "上海", "重庆", "香港", "澳门") else None
