"""What is kept of somebody who writes in WeChat is theirs to see and to have erased, and goes by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, func, select

from bot.personal_data import conversation_holdings
from bot.wechat.holdings import forget
from bot.wechat.models import Follower, Link, OutgoingPart
from core.database import session_factory
from desk.audit import Audit
from desk.personal_data import PersonalData
from desk.personal_holdings import desk_holdings
from tests.desk.clocks import SetClock
from tests.wechat.outgoing import Outgoing

NOW = datetime(2026, 12, 1, 4, tzinfo=UTC)


def test_check_23_a_follower_sees_and_erases_what_is_kept_of_them_and_nobody_else(migrated_engine: Engine) -> None:
    outgoing = Outgoing(session_factory(migrated_engine), SetClock(NOW))
    mine, other = outgoing.follower("o1"), outgoing.follower("o2")
    for follower in (mine, other):
        outgoing.answer(outgoing.says(follower), f"给{follower.openid}的答复")
        outgoing.outbox.passive(follower.id, "m1")
        link = Link(digest=follower.openid, conversation_id=follower.conversation_id, expires_at=NOW)
        with outgoing.sessions.begin() as session:
            session.add(link)
    clock = outgoing.clock
    data = PersonalData(outgoing.sessions, Audit(outgoing.sessions, clock), clock, (*conversation_holdings(), *desk_holdings()))

    kept = data.export(mine.conversation_id)
    assert [row["text"] for row in kept["微信里发出的消息"]] == ["给o1的答复"]
    assert [row["openid"] for row in kept["微信关注记录"]] == ["o1"]
    assert len(kept["从微信转到网页的链接"]) == 1

    data.erase(mine.conversation_id)

    assert data.counts(mine.conversation_id) == {}
    assert outgoing.stand(other) == [("给o2的答复", "sent")]
    outgoing.outbox.leave(mine.id)
    assert outgoing.outbox.passive(mine.id, "m2") is None  # whoever still knows their number finds nothing


def test_what_was_sent_goes_after_a_week_and_what_waits_stays(migrated_engine: Engine) -> None:
    outgoing = Outgoing(session_factory(migrated_engine), SetClock(NOW))
    follower = outgoing.follower()
    outgoing.answer(outgoing.says(follower), "发出的")
    outgoing.outbox.passive(follower.id, "m1")
    outgoing.clock.advance(hours=49)
    outgoing.unasked(follower, "等着的")
    assert outgoing.outbox.next_part(follower.id) is None

    assert forget(outgoing.sessions, NOW + timedelta(days=6)) == 0
    assert forget(outgoing.sessions, NOW + timedelta(days=8)) == 1

    assert outgoing.stand(follower) == [("等着的", "pending")]
    with outgoing.sessions() as session:
        assert session.scalar(select(func.count()).select_from(OutgoingPart)) == 1
        assert session.get_one(Follower, follower.id).collected_seq == 3
