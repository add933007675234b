"""At least three postings that surely fit, recommended and logged; with fewer it says so and a follow-up comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from core.settings import Settings
from desk.care.files import CareFiles
from desk.care.recommending import Recommending
from desk.care.record import CareRecord
from desk.errors import CareRefused
from desk.models import Reason
from desk.recommendations import Recommendations
from desk.staff.policy import Actor
from desk.tickets import Tickets
from knowledge.postings.service import Postings, open_postings
from tests.desk.clocks import SetClock
from tests.knowledge.postings.search.rows import posting, put

OPEN = date(2026, 12, 31)


@pytest.fixture
def shelf(tmp_path: Path, sessions: sessionmaker[Session], clock: SetClock) -> Iterator[Postings]:
    postings = open_postings(Settings(home=tmp_path), sessions, clock)
    yield postings
    postings.close()


@pytest.fixture
def recommending(
    record: CareRecord, files: CareFiles, tickets: Tickets, shelf: Postings, sessions: sessionmaker[Session], clock: SetClock
) -> Recommending:
    return Recommending(record, files, Recommendations(sessions, clock, tickets), shelf)


def _offer(sessions: sessionmaker[Session], count: int) -> list[int]:
    return put(
        sessions,
        *(posting(title=f"会计{number}", employer=f"示例单位{number}", roles=["会计"], cities=["长沙"], deadline=OPEN) for number in range(count)),
    )


def test_three_that_fit_are_proposed_recommended_and_logged(
    recommending: Recommending, files: CareFiles, opened: Callable[..., int], counsellor: Actor, sessions: sessionmaker[Session]
) -> None:
    _offer(sessions, 4)
    graduate = opened(wish="单位就业", wish_place="长沙", wish_work="会计")
    proposal = recommending.propose(counsellor, graduate)
    assert "长沙" in proposal.conditions and "会计" in proposal.conditions
    chosen = [view.id for view in proposal.views][:3]
    assert len(chosen) == 3

    assert recommending.recommend(counsellor, graduate, chosen) is None
    seen = files.read(counsellor, graduate)
    assert seen.facts.recommended == 3
    assert (seen.recommendations[0].by, seen.recommendations[0].posting_ids) == (f"staff:{counsellor.staff_id}", chosen)
    assert seen.entries[0].kind == "recommendation" and "推荐了 3 个岗位" in seen.entries[0].text


def test_fewer_than_three_say_so_and_open_a_follow_up(
    recommending: Recommending, files: CareFiles, opened: Callable[..., int], counsellor: Actor, sessions: sessionmaker[Session]
) -> None:
    offered = _offer(sessions, 2)
    graduate = opened(wish="单位就业", wish_place="长沙", wish_work="会计")
    ticket = recommending.recommend(counsellor, graduate, offered)
    assert ticket is not None and ticket.reason is Reason.FOLLOW_UP
    seen = files.read(counsellor, graduate)
    assert f"不足 3 个，已登记后续跟进 {ticket.number}" in seen.entries[0].text
    assert [one.number for one in seen.tickets] == [ticket.number]
    assert "推荐岗位不少于3个（已记录2个）" in seen.marks["measures"]


def test_what_is_not_open_or_was_never_published_cannot_be_recommended(
    recommending: Recommending, files: CareFiles, opened: Callable[..., int], counsellor: Actor, sessions: sessionmaker[Session]
) -> None:
    over, held = put(sessions, posting(deadline=date(2026, 11, 30)), posting(status="waiting"))
    graduate = opened(wish_place="长沙", wish_work="会计")
    for gone in (over, held, 99999):
        with pytest.raises(CareRefused, match=str(gone)):
            recommending.recommend(counsellor, graduate, [gone])
    assert files.read(counsellor, graduate).recommendations == []


def test_without_a_wish_it_asks_for_one(
    recommending: Recommending, opened: Callable[..., int], counsellor: Actor, neighbour: Actor, sessions: sessionmaker[Session]
) -> None:
    _offer(sessions, 3)
    graduate = opened()
    with pytest.raises(CareRefused, match="意向"):
        recommending.propose(counsellor, graduate)
    assert len(recommending.propose(counsellor, graduate, "长沙 会计").views) == 3
    with pytest.raises(CareRefused, match="学院"):
        recommending.propose(neighbour, graduate, "长沙 会计")
