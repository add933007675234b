"""The outbox: what goes out by which way, in order, once, and what waits."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.wechat.models import Follower
from bot.wechat.outbox import BACKOFF, LEASE, Outbox
from bot.wechat.texts import MORE
from core.database import session_factory
from core.wechat_account import WechatAccount
from tests.desk.clocks import SetClock
from tests.wechat.outgoing import ACCOUNT, Outgoing

NOW = datetime(2026, 12, 1, 4, tzinfo=UTC)
WITH_NOTICES = ACCOUNT.model_copy(update={"notice_template": "T1"})


@pytest.fixture
def outgoing(migrated_engine: Engine) -> Outgoing:
    return Outgoing(session_factory(migrated_engine), SetClock(NOW))


@pytest.fixture
def follower(outgoing: Outgoing) -> Follower:
    return outgoing.follower()


def test_an_answer_goes_out_as_the_answer_to_its_callback_and_a_retry_gets_the_same(outgoing: Outgoing, follower: Follower) -> None:
    outgoing.answer(outgoing.says(follower), "先联系原来的单位。", "再到学校就业中心补办。")

    given = outgoing.outbox.passive(follower.id, "m1")

    assert given == "先联系原来的单位。\n\n再到学校就业中心补办。"
    assert outgoing.outbox.passive(follower.id, "m1") == given
    assert outgoing.outbox.passive(follower.id, "m2") is None
    outgoing.clock.advance(seconds=1)
    assert outgoing.outbox.next_part(follower.id) is None


def test_an_answer_that_came_too_late_waits_again_unless_a_retry_has_given_it(outgoing: Outgoing, follower: Follower) -> None:
    outgoing.answer(outgoing.says(follower), "答复。")
    assert outgoing.outbox.passive(follower.id, "m1") == "答复。"  # too late
    assert outgoing.outbox.passive(follower.id, "m1") == "答复。"  # the retry's, in time
    outgoing.outbox.take_back(follower.id, "m1")
    assert outgoing.stand(follower) == [("答复。", "sent")]

    outgoing.outbox.take_back(follower.id, "m1")  # the retry's was too late as well
    assert outgoing.stand(follower) == [("答复。", "waiting")]
    assert outgoing.outbox.passive(follower.id, "m1") == "答复。"


def test_two_callbacks_at_once_share_what_waits_and_give_nothing_twice(outgoing: Outgoing, follower: Follower) -> None:
    outgoing.answer(outgoing.says(follower), "答复。")

    with ThreadPoolExecutor(8) as threads:
        given = list(threads.map(lambda number: outgoing.outbox.passive(follower.id, f"m{number}"), range(8)))

    assert [text for text in given if text] == ["答复。"]


def test_the_worker_leaves_an_answer_to_the_callback_that_waits_for_it(outgoing: Outgoing, follower: Follower) -> None:
    outgoing.answer(outgoing.says(follower, until=NOW + timedelta(seconds=4.5)), "答复。")

    assert outgoing.outbox.due() == []
    assert outgoing.outbox.next_part(follower.id) is None
    outgoing.outbox.leave(follower.id)

    assert outgoing.woken[-1] == follower.conversation_id
    assert outgoing.outbox.due() == [(follower.id, "main")]
    claimed = outgoing.outbox.next_part(follower.id)
    assert claimed is not None and (claimed.text, claimed.openid) == ("答复。", "o1")
    assert outgoing.outbox.passive(follower.id, "m1") is None  # it is on its way


def test_a_callback_that_died_does_not_keep_its_answer(outgoing: Outgoing, follower: Follower) -> None:
    outgoing.answer(outgoing.says(follower, until=NOW + timedelta(seconds=4.5)), "答复。")
    outgoing.clock.advance(seconds=5)
    assert outgoing.outbox.due() == [(follower.id, "main")]


def test_what_was_asked_on_the_page_is_answered_there_alone(outgoing: Outgoing, follower: Follower) -> None:
    here = outgoing.says(follower)
    there = outgoing.says(follower, channel="web")
    outgoing.answer(there, "页面上的答复。")
    outgoing.unasked(follower, "老师在页面上的回复。")
    outgoing.answer(here, "微信里的答复。")
    outgoing.says(follower, "谢谢")
    outgoing.unasked(follower, "老师在微信里的回复。", role="counsellor")

    assert outgoing.outbox.passive(follower.id, "m1") == "微信里的答复。\n\n老师：老师在微信里的回复。"


def test_an_answer_too_long_for_one_message_follows_in_order(outgoing: Outgoing, follower: Follower) -> None:
    long = "".join(f"第{number}句话说的是怎么办理。" for number in range(300))
    outgoing.answer(outgoing.says(follower), long)

    said = [outgoing.outbox.passive(follower.id, "m1") or ""]
    assert outgoing.outbox.next_part(follower.id) is None  # it could overtake the answer
    outgoing.clock.advance(seconds=1)
    while (claimed := outgoing.outbox.next_part(follower.id)) is not None:
        outgoing.outbox.sent(claimed)
        said.append(claimed.text)

    assert len(said) == 6 and re.sub(r"\n（\d/6）", "", "".join(said)) == long
    assert all(len(part.encode()) <= 2_048 for part in said)


def test_check_7_the_sixth_message_waits_for_the_next_thing_they_say(outgoing: Outgoing, follower: Follower) -> None:
    outgoing.says(follower)
    for number in range(1, 8):
        outgoing.unasked(follower, f"第{number}条")

    sent = []
    while (claimed := outgoing.outbox.next_part(follower.id)) is not None:
        outgoing.outbox.sent(claimed)
        sent.append(claimed.text)

    assert sent == ["第1条", "第2条", "第3条", "第4条", "第5条"]
    assert [state for _, state in outgoing.stand(follower)][5:] == ["pending", "pending"]
    outgoing.answer(outgoing.says(follower, "好的"), "不客气。")
    assert outgoing.outbox.passive(follower.id, "m2") == "第6条\n\n第7条\n\n不客气。"


def test_check_7_a_second_after_the_forty_eight_hours_nothing_is_sent(outgoing: Outgoing, follower: Follower) -> None:
    outgoing.says(follower)
    outgoing.clock.advance(hours=48, seconds=1)
    outgoing.unasked(follower, "回复。")

    assert outgoing.outbox.next_part(follower.id) is None
    assert outgoing.stand(follower) == [("回复。", "pending")]
    assert outgoing.outbox.due() == []  # nothing to look at until they are heard of

    outgoing.says(follower, "在吗")
    claimed = outgoing.outbox.next_part(follower.id)
    assert claimed is not None and claimed.text == "回复。"  # also where the callback got no further


def test_a_digest_takes_the_place_of_an_older_one_that_still_waits(outgoing: Outgoing, follower: Follower) -> None:
    outgoing.says(follower)
    outgoing.clock.advance(hours=49)
    for day in ("周一", "周二"):
        outgoing.digest(follower, f"{day}的新活动")
        outgoing.unasked(follower, f"{day}老师的话", role="system")
        assert outgoing.outbox.next_part(follower.id) is None

    outgoing.answer(outgoing.says(follower, "在吗"), "在。")
    assert outgoing.outbox.passive(follower.id, "m2") == "周一老师的话\n\n周二的新活动\n\n周二老师的话\n\n在。"


def test_one_consent_is_one_notice_of_what_waits(outgoing: Outgoing) -> None:
    told = Outgoing(outgoing.sessions, outgoing.clock, {"main": WITH_NOTICES})
    follower = told.follower()
    told.says(follower)
    told.change(follower, consents=2)
    told.clock.advance(hours=49)
    told.unasked(follower, "第一条")
    told.unasked(follower, "第二条")

    notice = told.outbox.next_part(follower.id)
    assert notice is not None and notice.via == "notice"
    told.outbox.sent(notice)
    told.unasked(follower, "第三条")

    assert told.outbox.next_part(follower.id) is None
    assert told.now(follower).consents == 1
    told.says(follower, "看到了")
    assert told.outbox.passive(follower.id, "m2") == "第一条\n\n第二条\n\n第三条"


def test_what_wechat_refuses_as_over_waits_and_costs_nothing_more(outgoing: Outgoing, follower: Follower) -> None:
    outgoing.says(follower)
    outgoing.unasked(follower, "回复。")
    claimed = outgoing.outbox.next_part(follower.id)
    assert claimed is not None

    outgoing.outbox.closed(claimed, "errcode 45015")

    assert outgoing.outbox.next_part(follower.id) is None
    assert outgoing.stand(follower) == [("回复。", "pending")]
    assert outgoing.outbox.due() == []


def test_a_refusal_does_not_close_the_window_of_what_they_said_meanwhile(outgoing: Outgoing, follower: Follower) -> None:
    outgoing.says(follower)
    outgoing.unasked(follower, "回复。")
    claimed = outgoing.outbox.next_part(follower.id)
    assert claimed is not None
    outgoing.clock.advance(seconds=1)
    outgoing.says(follower, "在吗")

    outgoing.outbox.closed(claimed, "errcode 45015")

    again = outgoing.outbox.next_part(follower.id)
    assert again is not None and again.text == "回复。"


def test_what_fails_is_tried_again_later_in_its_turn_and_then_is_dead(outgoing: Outgoing, follower: Follower) -> None:
    outgoing.says(follower)
    outgoing.unasked(follower, "第一条")
    outgoing.unasked(follower, "第二条")
    for pause in BACKOFF:
        claimed = outgoing.outbox.next_part(follower.id)
        assert claimed is not None and claimed.text == "第一条"
        outgoing.outbox.failed(claimed, "errcode -1")
        assert outgoing.outbox.next_part(follower.id) is None
        outgoing.clock.advance(seconds=pause.total_seconds())
    last = outgoing.outbox.next_part(follower.id)
    assert last is not None
    outgoing.outbox.failed(last, "errcode -1")

    assert outgoing.stand(follower) == [("第一条", "dead"), ("第二条", "waiting")]
    assert outgoing.now(follower).window_left == 5
    second = outgoing.outbox.next_part(follower.id)
    assert second is not None and second.text == "第二条"
    outgoing.outbox.sent(second)
    assert outgoing.outbox.passive(follower.id, "m2") == "第一条"


def test_what_a_process_was_sending_when_it_ended_is_in_doubt_and_not_said_again(outgoing: Outgoing, follower: Follower) -> None:
    outgoing.says(follower)
    outgoing.unasked(follower, "第一条")
    outgoing.unasked(follower, "第二条")
    ended = outgoing.outbox.next_part(follower.id)
    assert ended is not None
    assert outgoing.outbox.next_part(follower.id) is None

    outgoing.clock.advance(seconds=LEASE.total_seconds())
    second = outgoing.outbox.next_part(follower.id)

    assert second is not None and second.text == "第二条"
    assert outgoing.stand(follower) == [("第一条", "unknown"), ("第二条", "waiting")]
    outgoing.outbox.sent(ended)  # it was alive after all
    assert outgoing.stand(follower)[0] == ("第一条", "sent")


def test_several_processes_send_each_part_once(outgoing: Outgoing, follower: Follower) -> None:
    outgoing.says(follower)
    for number in range(5):
        outgoing.unasked(follower, f"第{number}条")
    processes = [Outbox(outgoing.sessions, outgoing.clock, outgoing.accounts, outgoing.woken.append) for _ in range(4)]

    def drain(outbox: Outbox) -> list[str]:
        mine = []
        for _ in range(12):
            claimed = outbox.next_part(follower.id)
            if claimed is not None:
                outbox.sent(claimed)
                mine.append(claimed.text)
        return mine

    with ThreadPoolExecutor(4) as threads:
        sent = [text for mine in threads.map(drain, processes) for text in mine]

    assert sorted(sent) == [f"第{number}条" for number in range(5)]
    assert outgoing.now(follower).window_left == 0


def test_an_account_that_can_only_answer_says_that_there_is_more(outgoing: Outgoing) -> None:
    follower = outgoing.follower(account="mute")
    long = "办理步骤。" * 200
    outgoing.answer(outgoing.says(follower), long)
    assert outgoing.outbox.next_part(follower.id) is None
    assert outgoing.outbox.waiting(follower.id) == 2

    first = outgoing.outbox.passive(follower.id, "m1") or ""
    second = outgoing.outbox.passive(follower.id, "m2") or ""

    assert first.endswith(MORE) and len(first.encode()) <= 2_048
    assert outgoing.outbox.passive(follower.id, "m1") == first
    assert re.sub(r"\n（\d/2）", "", first.removesuffix(MORE) + second) == long
    assert outgoing.outbox.waiting(follower.id) == 0


def test_an_account_that_wechat_bars_waits_and_is_tried_again_after_a_time(outgoing: Outgoing, follower: Follower) -> None:
    outgoing.says(follower)
    outgoing.unasked(follower, "回复。")
    outgoing.outbox.bar("main")

    assert not outgoing.outbox.can_send("main")
    assert outgoing.outbox.next_part(follower.id) is None
    assert outgoing.stand(follower) == [("回复。", "pending")]
    outgoing.clock.advance(hours=1)
    assert outgoing.outbox.can_send("main")
    assert outgoing.outbox.next_part(follower.id) is not None


def test_an_account_that_is_no_longer_set_keeps_what_it_owes(migrated_engine: Engine) -> None:
    gone = WechatAccount(name="gone", app_id="wx3", token="token", app_secret="secret")
    before = Outgoing(session_factory(migrated_engine), SetClock(NOW), {"gone": gone})
    follower = before.follower(account="gone")
    before.says(follower)
    before.unasked(follower, "回复。")

    after = Outgoing(before.sessions, before.clock, {"main": ACCOUNT})
    assert after.outbox.next_part(follower.id) is None
    assert after.stand(follower) == [("回复。", "pending")]
