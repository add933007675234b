"""A link leads to its conversation once, within ten minutes, and is kept nowhere but with the follower."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from bot.messages import Reply
from bot.wechat.links import CODE_LENGTH, LIFETIME, Links, LinkUnusable
from bot.wechat.models import Link, OutgoingPart
from bot.wechat.outbox import Outbox
from core.database import session_factory
from tests.desk.clocks import SetClock
from tests.wechat.outgoing import Outgoing

NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
PAGE = "https://zhiwen.example.edu.cn"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def sessions(migrated_engine: Engine) -> sessionmaker[Session]:
    return session_factory(migrated_engine)


@pytest.fixture
def links(sessions: sessionmaker[Session], clock: SetClock) -> Links:
    return Links(sessions, "a secret of the tests", PAGE, clock)


@pytest.fixture
def outgoing(sessions: sessionmaker[Session], clock: SetClock, links: Links) -> Outgoing:
    made = Outgoing(sessions, clock)
    made.outbox = Outbox(sessions, clock, made.accounts, made.woken.append, links)
    return made


def issue(sessions: sessionmaker[Session], links: Links, conversation_id: str) -> str:
    with sessions.begin() as session:
        address = links.issue(session, conversation_id)
    page, _, code = address.partition("#enter=")
    assert page == f"{PAGE}/"
    return code


def test_a_link_leads_to_its_conversation_once(sessions: sessionmaker[Session], links: Links, outgoing: Outgoing) -> None:
    conversation = outgoing.follower().conversation_id
    code = issue(sessions, links, conversation)

    assert links.enter(code) == conversation
    with pytest.raises(LinkUnusable):
        links.enter(code)


def test_only_one_of_many_at_once_gets_in(sessions: sessionmaker[Session], links: Links, outgoing: Outgoing) -> None:
    code = issue(sessions, links, outgoing.follower().conversation_id)

    def enters(_: int) -> bool:
        try:
            links.enter(code)
        except LinkUnusable:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(enters, range(8))) == 1


@pytest.mark.parametrize(("after", "works"), [(LIFETIME - timedelta(seconds=1), True), (LIFETIME, False)])
def test_a_link_lasts_ten_minutes(
    sessions: sessionmaker[Session], links: Links, outgoing: Outgoing, clock: SetClock, after: timedelta, works: bool
) -> None:
    conversation = outgoing.follower().conversation_id
    code = issue(sessions, links, conversation)
    clock.advance(seconds=after.total_seconds())

    if works:
        assert links.enter(code) == conversation
    else:
        with pytest.raises(LinkUnusable):
            links.enter(code)


def test_what_nobody_signed_is_refused(sessions: sessionmaker[Session], links: Links, outgoing: Outgoing, clock: SetClock) -> None:
    code = issue(sessions, links, outgoing.follower().conversation_id)
    elsewhere = Links(sessions, "another secret", PAGE, clock)

    for wrong in ("", "abc", code[:-1], code.swapcase(), "查" * 50):
        with pytest.raises(LinkUnusable):
            links.enter(wrong)
    with pytest.raises(LinkUnusable):
        elsewhere.enter(code)
    assert links.enter(code)


def test_only_a_digest_is_kept_and_links_that_ran_out_are_forgotten(
    sessions: sessionmaker[Session], links: Links, outgoing: Outgoing, clock: SetClock
) -> None:
    conversation = outgoing.follower().conversation_id
    code = issue(sessions, links, conversation)
    clock.advance(minutes=10)
    later = issue(sessions, links, conversation)

    with sessions() as session:
        [kept] = session.scalars(select(Link)).all()
    assert len(code) == len(later) == CODE_LENGTH
    assert code not in kept.digest
    assert later not in kept.digest
    assert links.enter(later) == conversation


def test_a_part_carries_a_fresh_link_however_long_it_waited_and_its_table_has_none(
    sessions: sessionmaker[Session], links: Links, outgoing: Outgoing, clock: SetClock
) -> None:
    follower = outgoing.follower()
    message = outgoing.says(follower, "导出我的信息")
    outgoing.store.answer(message, [Reply("notice", "可以下载了。", {"code": "my_data"}, "system")])
    assert outgoing.outbox.waiting(follower.id) == 1
    clock.advance(days=3)

    said = outgoing.outbox.passive(follower.id, "m2") or ""

    code = said.rpartition("#enter=")[2]
    with sessions() as session:
        [part] = session.scalars(select(OutgoingPart)).all()
    assert code not in part.text
    assert links.enter(code) == follower.conversation_id


def test_what_the_customer_service_interface_sends_carries_a_link_too(links: Links, outgoing: Outgoing) -> None:
    follower = outgoing.follower()
    message = outgoing.says(follower, "导出我的信息")
    outgoing.store.answer(message, [Reply("notice", "可以下载了。", {"code": "my_data"}, "system")])

    claimed = outgoing.outbox.next_part(follower.id)

    assert claimed is not None
    assert links.enter(claimed.text.rpartition("#enter=")[2]) == follower.conversation_id
