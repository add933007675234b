"""What is known of how long a document holds, what replaced it and how near to its issuer it is; what follows today is `answers.standing`'s."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Authority = Literal["issuer", "repost", "unofficial"]
"""The issuer's own text; one that somebody else reposted; a page that names neither number nor issuer."""
AUTHORITY_RANK: dict[str, int] = {"issuer": 2, "repost": 1, "unofficial": 0}

RelationKind = Literal["supersedes", "repeals", "copy_of", "attachment_of"]
RelationState = Literal["proposed", "confirmed", "rejected"]
RelationRule = Literal["stated", "title", "similar_text", "person"]
"""How a relation was found: the text says so with number or title; the titles differ in the year alone; the texts are nearly the same;
a person said so."""


@dataclass(frozen=True)
class Reference:
    """A document on file as another one names it."""

    document_id: int
    title: str | None
    doc_no: str | None
    dated_on: date | None


@dataclass(frozen=True)
class Successor:
    """The document that replaces or repeals another from `since` on; `believed` unless only the titles suggest it."""

    document: Reference
    kind: RelationKind
    since: date | None
    believed: bool
    quote: str


@dataclass(frozen=True)
class Window:
    """A time to apply in; it says nothing about how long the rule holds."""

    first: date | None
    last: date
    phrase: str


@dataclass(frozen=True)
class Truth:
    """`dated_on` is the day of issue, else of the last adoption or revision; `only_year` the one year it is for where no graduating year
    says so; `retired_until` what a person has set as its last day."""

    dated_on: date | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None
    only_year: int | None = None
    trial: bool = False
    repealed: bool = False
    retired_until: date | None = None
    retired_reason: str = ""
    authority: Authority = "issuer"
    successors: tuple[Successor, ...] = ()
    copy_of: Reference | None = None
