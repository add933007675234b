"""Subscriptions: nothing without consent, out at once, changed, erased and exported."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session, sessionmaker

from desk.errors import TooManySubscriptions
from desk.subscriptions import EVENTS, MOST, POSTINGS, Subscriptions
from tests.desk.clocks import SetClock

CHANGSHA = {"cities": ["长沙"], "roles": ["会计"]}


@pytest.fixture
def subscriptions(sessions: sessionmaker[Session], clock: SetClock) -> Subscriptions:
    return Subscriptions(sessions, clock)


def subscribed(subscriptions: Subscriptions, criteria: dict[str, list[str]], hour: int | None = None, conversation: str = "c1") -> int:
    subscriptions.ask(conversation, POSTINGS, criteria, "、".join(value for values in criteria.values() for value in values), hour)
    wish = subscriptions.consent(conversation)
    assert wish is not None
    return wish.id


def test_a_wish_is_no_subscription_until_it_is_consented_to(subscriptions: Subscriptions, clock: SetClock) -> None:
    subscriptions.ask("c1", POSTINGS, CHANGSHA, "长沙、会计")
    assert subscriptions.active("c1") == []

    subscriptions.consent("c1")

    [active] = subscriptions.active("c1")
    assert (active.criteria, active.hour, active.consented_at) == (CHANGSHA, 9, clock.now())
    assert subscriptions.active("c2") == []


def test_a_declined_wish_leaves_nothing_behind(subscriptions: Subscriptions) -> None:
    subscriptions.ask("c1", POSTINGS, CHANGSHA, "长沙、会计")

    assert subscriptions.decline("c1")
    assert subscriptions.consent("c1") is None
    assert subscriptions.export("c1") == {"subscriptions": [], "delivered": []}


def test_only_the_latest_wish_can_be_consented_to(subscriptions: Subscriptions) -> None:
    subscriptions.ask("c1", POSTINGS, CHANGSHA, "长沙、会计")
    subscriptions.ask("c1", EVENTS, {"kinds": ["双选会"]}, "双选会")

    subscriptions.consent("c1")

    assert [each.kind for each in subscriptions.active("c1")] == [EVENTS]
    assert subscriptions.consent("c1") is None


def test_the_same_wish_again_is_the_subscription_that_there_is(subscriptions: Subscriptions) -> None:
    known = subscribed(subscriptions, CHANGSHA)

    assert subscriptions.ask("c1", POSTINGS, CHANGSHA, "长沙、会计").id == known


def test_a_changed_subscription_takes_the_place_of_the_old_one_with_consent(subscriptions: Subscriptions) -> None:
    old = subscribed(subscriptions, CHANGSHA)
    subscriptions.ask("c1", POSTINGS, {"cities": ["上海"], "roles": ["会计"]}, "上海、会计", replaces=old)
    assert [each.id for each in subscriptions.active("c1")] == [old]

    subscriptions.consent("c1")

    assert [each.criteria["cities"] for each in subscriptions.active("c1")] == [["上海"]]


def test_the_hour_is_that_of_the_whole_digest(subscriptions: Subscriptions) -> None:
    subscribed(subscriptions, CHANGSHA, hour=8)
    subscribed(subscriptions, {"cities": ["武汉"]})
    assert [each.hour for each in subscriptions.active("c1")] == [8, 8]

    assert subscriptions.set_hour("c1", 20)
    assert [each.hour for each in subscriptions.active("c1")] == [20, 20]
    assert not subscriptions.set_hour("c2", 20)


def test_one_message_ends_all_and_nothing_of_others(subscriptions: Subscriptions) -> None:
    subscribed(subscriptions, CHANGSHA)
    subscribed(subscriptions, {"cities": ["武汉"]})
    subscribed(subscriptions, CHANGSHA, conversation="c2")

    assert len(subscriptions.end("c1")) == 2
    assert subscriptions.active("c1") == [] and len(subscriptions.active("c2")) == 1
    assert subscriptions.end("c1") == []


def test_one_of_several_can_be_ended_alone(subscriptions: Subscriptions) -> None:
    first = subscribed(subscriptions, CHANGSHA)
    second = subscribed(subscriptions, {"cities": ["武汉"]})

    subscriptions.end("c1", [first])

    assert [each.id for each in subscriptions.active("c1")] == [second]


def test_there_are_only_so_many_in_a_conversation(subscriptions: Subscriptions) -> None:
    for number in range(MOST):
        subscribed(subscriptions, {"words": [str(number)]})

    with pytest.raises(TooManySubscriptions):
        subscriptions.ask("c1", POSTINGS, CHANGSHA, "长沙、会计")


def test_what_is_kept_is_handed_out_and_erased(subscriptions: Subscriptions) -> None:
    subscribed(subscriptions, CHANGSHA)
    subscribed(subscriptions, CHANGSHA, conversation="c2")

    [exported] = subscriptions.export("c1")["subscriptions"]
    assert (exported["label"], exported["status"], exported["hour"]) == ("长沙、会计", "active", 9)

    assert subscriptions.erase("c1") == 1
    assert subscriptions.export("c1") == {"subscriptions": [], "delivered": []}
    assert len(subscriptions.active("c2")) == 1
