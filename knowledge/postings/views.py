"""A posting as it leaves the package: what the page and the conversation show of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from core.clock import CHINA
from knowledge.language.places import province_of
from knowledge.origins import shown_source
from knowledge.postings import view_texts as texts
from knowledge.postings.models import Posting
from knowledge.postings.record import DEGREE_NAMES, TRAITS, Degree, TraitName
from knowledge.postings.search.fitting import Doubt
from knowledge.postings.search.meanings import PUBLISHED

State = Literal["open", "expired", "withdrawn"]
"""`expired`: its last day is over; `withdrawn`: it was shown once and is held, rejected or taken back now."""


@dataclass(frozen=True)
class PostingView:
    """A posting that was reviewed and published, as it stands today; `uncertain` says why it may not fit what was asked."""

    posting: Posting
    state: State
    sources: tuple[str, ...] = ()
    uncertain: tuple[Doubt, ...] = ()

    @property
    def id(self) -> int:
        return self.posting.id

    @property
    def title(self) -> str:
        return self.posting.title

    @property
    def employer(self) -> str:
        return self.posting.employer

    @property
    def state_text(self) -> str:
        """Its state in Chinese."""
        if self.state == "expired":
            return texts.EXPIRED.format(day=self.posting.deadline)
        return texts.OPEN if self.state == "open" else texts.WITHDRAWN

    def as_item(self) -> dict[str, Any]:
        """The contract's item of a `postings` message, sums in yuan a month; of one withdrawn only what names it."""
        posting = self.posting
        named = {
            "id": str(posting.id),
            "external_id": posting.external_id or None,
            "title": posting.title,
            "employer": posting.employer,
            "status": self.state,
            "status_text": self.state_text,
        }
        shown: dict[str, Any] = {
            "city": "、".join(posting.cities) or posting.place_text or None,
            "cities": list(posting.cities),
            "district": posting.district or None,
            "salary_text": posting.salary_text or None,
            "salary_min": posting.salary_min,
            "salary_max": posting.salary_max,
            "salary_months": posting.salary_months,
            "salary_period": posting.salary_period,
            "day_min": posting.day_min,
            "day_max": posting.day_max,
            "negotiable": posting.negotiable,
            "education": education_text(posting) or None,
            "cohort": posting.cohort_text or None,
            "deadline": _iso(posting.deadline),
            "deadline_state": posting.deadline_state,
            "deadline_text": posting.deadline_text or None,
            "url": posting.url or None,
            "employer_type": posting.employer_type or posting.employer_type_text or None,
            "roles": list(posting.roles),
            "posted_on": _iso(posting.posted_on),
            "traits": {name: {"value": value, "evidence": evidence} for name, value, evidence in _traits(posting)},
            "uncertain": [{"condition": doubt.condition, "label": doubt.label, "reason": doubt.reason} for doubt in self.uncertain],
        }
        if self.state == "withdrawn":
            shown = dict.fromkeys(shown) | {"cities": [], "traits": {}, "uncertain": []}
        return named | shown

    def as_detail(self) -> dict[str, Any]:
        """Every field with the words it rests on, the sources and when it was checked; of one withdrawn no field."""
        rows = [] if self.state == "withdrawn" else list(_fields(self.posting))
        return {
            "fields": rows,
            "source": "、".join(dict.fromkeys(map(shown_source, self.sources))) or None,
            "checked_at": _moment(self.posting.checked_at),
            "status": self.state,
            "status_text": self.state_text,
        }


def education_text(posting: Posting) -> str:
    """The degree as written, else what it was understood as; empty where nothing is said."""
    if posting.education_text:
        return posting.education_text
    return DEGREE_NAMES[Degree(posting.education)] if posting.education is not None else ""


def deadline_text(posting: Posting) -> str:
    """The last day as ISO date, else what is written instead of one."""
    return _iso(posting.deadline) or posting.deadline_text or texts.NOT_WRITTEN


def state_of(posting: Posting, today: date) -> State | None:
    """How it stands; None for what is not published now. Whether such a one ever was, only the decisions can tell."""
    if posting.status != PUBLISHED:
        return None
    return "expired" if posting.deadline is not None and posting.deadline < today else "open"


def _fields(posting: Posting) -> list[dict[str, str]]:
    plain = {
        texts.TITLE: posting.title,
        texts.EMPLOYER: posting.employer,
        texts.EMPLOYER_TYPE: posting.employer_type_text or posting.employer_type or "",
        texts.PLACE: place_text(posting.cities, posting.district) if posting.cities else posting.place_text,
        texts.SALARY: posting.salary_text,
        texts.EDUCATION: education_text(posting),
        texts.MAJORS: posting.majors_text,
        texts.COHORT: posting.cohort_text,
        texts.HEADCOUNT: posting.headcount_text,
    }
    rows = [{"label": label, "value": value or texts.NOT_WRITTEN} for label, value in plain.items()]
    for name, value, evidence in _traits(posting):
        rows.append({"label": texts.TRAITS[name], "value": texts.YES if value else texts.NO, "evidence": evidence})
    later = {
        texts.DESCRIPTION: posting.description,
        texts.BENEFITS: posting.benefits,
        texts.POSTED_ON: _iso(posting.posted_on) or "",
        texts.DEADLINE: deadline_text(posting),
        texts.CONTACT: posting.contact,
        texts.URL: posting.url,
        **posting.extra,
    }
    return rows + [{"label": label, "value": value or texts.NOT_WRITTEN} for label, value in later.items() if value or label in texts.ALWAYS]


def place_text(cities: Sequence[str], district: str) -> str:
    """Cities and district, nothing said twice.

    >>> place_text(["长沙"], "岳麓区"), place_text(["长沙"], "长沙市岳麓区"), place_text(["长沙"], "长沙县"), place_text(["北京"], "北京市")
    ('长沙岳麓区', '长沙市岳麓区', '长沙 长沙县', '北京')
    """
    if len(cities) != 1 or not district:
        return " ".join(filter(None, ("、".join(cities), district)))
    [city] = cities
    if district in (city, f"{city}市"):
        return city
    if district.startswith(f"{city}市") or (city in district and not district.startswith(city) and district.startswith(province_of(city))):
        return district
    return f"{city} {district}" if district.startswith(city) else f"{city}{district}"


def _traits(posting: Posting) -> list[tuple[TraitName, bool, str]]:
    """What the posting offers or denies, with the words that say so."""
    said = ((name, *posting.traits.get(name, (None, ""))) for name in TRAITS)
    return [(name, value, str(evidence or "")) for name, value, evidence in said if value is not None]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(CHINA).isoformat() if moment else None
