"""Hardship counts where it is declared of oneself, and only there; then a job search is a recommendation."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from sqlalchemy.orm import Session, sessionmaker

from actions.base import Reply
from actions.messages import Message
from actions.recommendations import declares_hardship, for_key_group
from actions.services import Services
from desk.tickets import Tickets
from knowledge.postings.search.criteria import Criteria
from tests.actions.trackers import Talk
from tests.desk.clocks import SetClock

WISH = Criteria(cities=("长沙",), roles=("会计",))


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def provided(sessions: sessionmaker[Session], clock: SetClock, tickets: Tickets) -> Services:
    return Services(sessions, clock, tickets, None)


def tracker(*said: str) -> Tracker:
    talk = Talk()
    for words in said:
        talk.says(words, "search_jobs")
    return Tracker.from_dict(talk.call("action_search_jobs")["tracker"])


def page(*ids: int, unsure: tuple[int, ...] = ()) -> Reply:
    items = [{"id": str(number), "uncertain": [{"label": "双休"}] if number in unsure else []} for number in ids]
    message: Message = {"kind": "postings", "text": "岗位", "payload": {"total": len(ids), "items": items}}
    return Reply([message])


@pytest.mark.parametrize(
    "words",
    [
        "我是困难毕业生，想找长沙的会计岗",
        "我是低保家庭的，有没有长沙的工作",
        "我家是脱贫户，想找个会计工作",
        "我有残疾证，能投的文员岗有哪些",
        "家里吃低保，想早点上班",
        "我属于零就业家庭",
        "困难毕业生，想找长沙会计",
        "我家裡是低保戶",
    ],
)
def test_what_is_said_of_oneself_is_a_declaration(words: str) -> None:
    assert declares_hardship(words)


@pytest.mark.parametrize(
    "words",
    [
        "低保家庭毕业生有什么补贴",
        "我是不是困难毕业生",
        "我不是困难毕业生",
        "我同学是低保家庭的",
        "残疾人专场招聘会什么时候",
        "我想问困难毕业生怎么认定",
        "如果我是低保家庭能申请吗",
        "我家在农村，没钱，想赶紧找个工作",
        "长沙会计岗",
        "我很困难，怎么办",
    ],
)
def test_hardship_is_never_inferred(words: str) -> None:
    assert not declares_hardship(words)


def test_three_sure_ones_are_logged_and_said_to_be_screened(provided: Services) -> None:
    reply = for_key_group(page(1, 2, 3, 4, unsure=(4,)), WISH, tracker("我是困难毕业生，想找长沙的会计岗"), provided)

    assert "3 个岗位都审核过" in reply.messages[-1]["text"]
    assert provided.recommendations.log("c1")[0].posting_ids == [1, 2, 3]
    assert provided.tickets.open_tickets("c1") == []


def test_too_few_say_so_and_bring_a_counsellor(provided: Services) -> None:
    reply = for_key_group(page(1, 2, unsure=(2,)), WISH, tracker("我是低保家庭的", "想找长沙的会计岗"), provided)

    [ticket] = provided.tickets.open_tickets("c1")
    assert (reply.messages[-1]["kind"], reply.messages[-1]["payload"]["ticket"]) == ("handoff", ticket.number)
    assert "只有 1 个" in reply.messages[-1]["text"]
    assert "低保" not in ticket.summary and "低保" not in ticket.topic


def test_anybody_elses_search_is_left_as_it_is(provided: Services) -> None:
    reply = page(1)

    assert for_key_group(reply, WISH, tracker("想找长沙的会计岗"), provided) is reply
    assert provided.recommendations.log("c1") == []
