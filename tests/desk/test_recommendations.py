"""Graduates in care: at least three that surely fit, logged; fewer bring a counsellor, and nothing is padded in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session, sessionmaker

from desk.models import Priority, Reason
from desk.recommendations import Recommendations
from desk.tickets import Tickets
from knowledge.postings.search.criteria import Criteria
from tests.desk.clocks import SetClock

WISH = Criteria(cities=("长沙",), roles=("会计",))


@dataclass(frozen=True)
class View:
    id: int
    uncertain: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shelf:
    """A search that finds what it was given."""

    items: tuple[View, ...]

    def search(self, criteria: Criteria, *, limit: int = 5, exclude: Sequence[int] = ()) -> Shelf:
        return Shelf(self.items[:limit])


@pytest.fixture
def recommendations(sessions: sessionmaker[Session], clock: SetClock, tickets: Tickets) -> Recommendations:
    return Recommendations(sessions, clock, tickets)


def test_three_or_more_are_offered_and_logged(recommendations: Recommendations, clock: SetClock) -> None:
    offer = recommendations.recommend(Shelf(tuple(View(number) for number in (1, 2, 3, 4))), "case:7", WISH, "staff:3")

    assert ([view.id for view in offer.views], offer.ticket) == ([1, 2, 3, 4], None)
    [logged] = recommendations.log("case:7")
    assert (logged.by, logged.posting_ids, logged.offered_at, logged.ticket) == ("staff:3", [1, 2, 3, 4], clock.now(), None)


def test_fewer_are_not_padded_and_a_counsellor_follows_up(recommendations: Recommendations) -> None:
    offer = recommendations.recommend(Shelf((View(1), View(2), View(3, uncertain=("双休",)))), "case:7", WISH, "staff:3")

    assert [view.id for view in offer.views] == [1, 2]
    assert offer.ticket is not None
    assert (offer.ticket.reason, offer.ticket.priority, offer.ticket.conversation_id) == (Reason.FOLLOW_UP, Priority.HIGH, "case:7")
    assert "只有 2 个" in offer.ticket.summary and "会计" in offer.ticket.summary
    assert "低保" not in offer.ticket.summary
    assert recommendations.log("case:7")[0].ticket == offer.ticket.number


def test_the_follow_up_stands_beside_a_request_of_ones_own_and_is_opened_once(recommendations: Recommendations, tickets: Tickets) -> None:
    for _ in range(2):
        recommendations.recommend(Shelf(()), "c1", WISH, "assistant")

    assert [ticket.times_asked for ticket in tickets.open_tickets("c1")] == [2]
    assert len(recommendations.log("c1")) == 2


def test_what_is_kept_is_handed_out_and_erased(recommendations: Recommendations) -> None:
    recommendations.record("c1", WISH, [1, 2, 3], "assistant")
    recommendations.record("c2", WISH, [1, 2, 3], "assistant")

    assert recommendations.export("c1")[0]["postings"] == [1, 2, 3]
    assert recommendations.erase("c1") == 1
    assert (recommendations.export("c1"), len(recommendations.export("c2"))) == ([], 1)
