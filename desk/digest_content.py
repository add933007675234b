"""What a digest holds: for each subscription what is new and fits without a doubt, told in words and as a typed payload."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from desk import push_texts as texts
from desk.digests import Item
from desk.push_models import Subscription
from desk.subscriptions import EVENTS
from knowledge.events.answering import item_of, listed
from knowledge.events.query import EventQuery
from knowledge.events.service import Events
from knowledge.postings.search.criteria import Criteria

MOST_ITEMS = 5
"""Of each subscription; what is left comes the next day."""


class PostingsFound(Protocol):
    """What a search gives, as far as a digest reads it."""

    @property
    def items(self) -> Sequence[Any]: ...


class PostingsSearch(Protocol):
    """The search that a digest and a recommendation need (`knowledge.postings.service.Postings`)."""

    def search(self, criteria: Criteria, *, limit: int = 5, exclude: Sequence[int] = ()) -> PostingsFound: ...


@dataclass(frozen=True)
class Part:
    """One message of a digest: the contract's kind, text and payload, and what it tells."""

    kind: str
    text: str
    payload: dict[str, Any]
    items: tuple[Item, ...]


def sure(found: PostingsFound) -> list[Any]:
    """Of what was found, what fits without a doubt: nobody is told unasked of what may not fit."""
    return [view for view in found.items if not view.uncertain]


def postings_part(each: Subscription, search: PostingsSearch, told: set[int]) -> Part | None:
    """What is new for a subscription to postings; None where nothing is."""
    criteria = Criteria.from_json(each.criteria)
    views = sure(search.search(criteria, limit=MOST_ITEMS + 1, exclude=sorted(told)))
    shown = views[:MOST_ITEMS]
    if not shown:
        return None
    more = len(views) > len(shown)
    lines = [texts.DIGEST_POSTINGS.format(label=each.label, count=len(shown)), *posting_lines(shown)]
    lines += [texts.DIGEST_MORE.format(count=len(shown))] if more else []
    payload = {
        "total": len(shown),
        "filters": each.criteria,
        "items": [view.as_item() for view in shown],
        "chips": [],
        "loosen": [],
        "page": {"shown": len(shown), "more": more},
        "digest": {"subscription": each.label},
    }
    return Part("postings", "\n".join(lines), payload, tuple(Item(each.id, each.kind, int(view.id)) for view in shown))


def events_part(each: Subscription, events: Events, told: set[int], now: datetime) -> Part | None:
    """What is new for a subscription to events; None where nothing is."""
    shown = events.new_for(EventQuery.from_json(each.criteria), told, MOST_ITEMS)
    if not shown:
        return None
    lines = [texts.DIGEST_EVENTS.format(label=each.label, count=len(shown)), *listed(shown, now)]
    payload = {
        "total": len(shown),
        "filters": each.criteria,
        "items": [item_of(event, now) for event in shown],
        "page": {"shown": len(shown), "more": False},
        "digest": {"subscription": each.label},
    }
    return Part("events", "\n".join(lines), payload, tuple(Item(each.id, EVENTS, event.id) for event in shown))


def posting_lines(views: Sequence[Any]) -> list[str]:
    """Postings as numbered lines: title, employer, place, pay, degree, deadline."""
    return [texts.POSTING_LINE.format(number=number, parts="｜".join(_parts(view.as_item()))) for number, view in enumerate(views, 1)]


def _parts(item: dict[str, Any]) -> list[str]:
    parts = [item["title"], item["employer"], item.get("city"), item.get("salary_text"), item.get("education")]
    deadline = item.get("deadline") or item.get("deadline_text")
    return [str(part) for part in parts if part] + ([texts.DEADLINE.format(day=deadline)] if deadline else [])
