"""The worker that empties the outbox, against the stand-in over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.hub import Hub
from bot.wechat.api import WechatApi
from bot.wechat.models import Follower
from bot.wechat.worker import WechatWorker
from core.database import session_factory
from core.wechat_account import WechatAccount
from tests.bot.servers import served
from tests.desk.clocks import SetClock
from tests.loops import run
from tests.wechat.outgoing import Outgoing
from tests.wechat.stand_in.program import application
from tests.wechat.stand_in.record import Record
from tests.wechat.stand_in.sending import Account

NOW = datetime(2026, 12, 1, 4, tzinfo=UTC)


class Running:
    """The outbox with its worker and WeChat on the other side."""

    def __init__(self, engine: Engine, base: str, record: Record) -> None:
        account = WechatAccount(
            name="main", app_id=Account("").app_id, token="token", app_secret="stand-in-secret", api_base=base, notice_template="T1"
        )
        self.outgoing = Outgoing(session_factory(engine), SetClock(NOW), {"main": account})
        self.record, self.service, self.account = record, record.service, account

    def follower(self, openid: str = "o1") -> Follower:
        """One who has just written."""
        follower = self.outgoing.follower(openid)
        self.outgoing.says(follower)
        self.service.heard(openid, None)
        return follower

    def worker(self, hub: Hub | None = None) -> WechatWorker:
        async def blocking(call: Callable[..., Any], *arguments: Any) -> Any:
            return await asyncio.to_thread(call, *arguments)

        outgoing = self.outgoing
        apis = {"main": WechatApi(self.account)}
        return WechatWorker(outgoing.outbox, apis, hub or Hub(), outgoing.clock, blocking=blocking)

    def work(self, workers: int = 1) -> int:
        """One round of each; how many parts were taken."""

        async def rounds() -> int:
            made = [self.worker() for _ in range(workers)]
            try:
                return sum(await asyncio.gather(*(worker.work() for worker in made)))
            finally:
                for worker in made:
                    await worker.close()

        return run(rounds())


@pytest.fixture
def running(migrated_engine: Engine) -> Iterator[Running]:
    record = Record()
    with served(application(Account(""), record)) as base:
        yield Running(migrated_engine, base, record)


def test_what_is_said_unasked_reaches_wechat_once_whoever_works(running: Running) -> None:
    followers = [running.follower(f"o{number}") for number in range(6)]
    for follower in followers:
        for number in range(3):
            running.outgoing.unasked(follower, f"老师的第{number}条，给{follower.openid}")

    assert running.work(workers=3) == 18

    assert running.work() == 0
    assert running.record.doubles() == {}
    for follower in followers:
        assert running.record.texts(follower.openid) == [f"老师的第{number}条，给{follower.openid}" for number in range(3)]


def test_check_7_the_sixth_waits_and_one_notice_tells_of_it(running: Running) -> None:
    follower = running.follower()
    running.outgoing.change(follower, consents=1)
    running.service.consents["o1"] = 1
    for number in range(1, 8):
        running.outgoing.unasked(follower, f"第{number}条")

    running.work()

    ways = [(got.way, got.text) for got in running.record.got("o1")]
    assert ways[:5] == [("service", f"第{number}条") for number in range(1, 6)]
    assert [way for way, _ in ways[5:]] == ["notice"] and ways[5][1].endswith("2026年12月1日 12:00")
    running.outgoing.says(follower, "看到了")
    assert running.outgoing.outbox.passive(follower.id, "m2") == "第6条\n\n第7条"


def test_a_window_that_wechat_counts_otherwise_is_believed(running: Running) -> None:
    follower = running.follower()
    running.service.errors.append(45015)
    running.outgoing.unasked(follower, "回复。")

    assert (running.work(), running.work()) == (0, 0)

    assert running.outgoing.stand(follower) == [("回复。", "pending")]
    assert running.outgoing.now(follower).window_left == 0


def test_what_wechat_cannot_take_now_is_taken_later(running: Running) -> None:
    follower = running.follower()
    running.outgoing.unasked(follower, "回复。")
    running.service.errors.extend([-1, 503])

    assert running.work() == 0
    assert running.work() == 0  # too early
    running.outgoing.clock.advance(seconds=2)
    assert running.work() == 0
    running.outgoing.clock.advance(seconds=5)
    assert running.work() == 1

    assert running.record.texts("o1") == ["回复。"]
    assert running.outgoing.now(follower).window_left == 4


def test_what_was_taken_without_a_word_is_in_doubt_and_not_said_twice(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.wechat.api.TIMEOUT_SECONDS", 0.5)
    follower = running.follower()
    running.outgoing.unasked(follower, "第一条")
    running.service.silent = True
    running.work()
    running.service.silent = False
    running.outgoing.unasked(follower, "第二条")
    running.outgoing.clock.advance(hours=1)

    running.work()

    assert running.outgoing.stand(follower) == [("第一条", "unknown"), ("第二条", "sent")]
    assert running.record.texts("o1") == ["第一条", "第二条"]


def test_an_account_without_leave_learns_it_once(running: Running) -> None:
    running.service.permitted = False
    followers = [running.follower(f"o{number}") for number in range(3)]
    for follower in followers:
        running.outgoing.unasked(follower, "回复。")

    running.work()
    running.work()

    assert not running.outgoing.outbox.can_send("main")
    assert [running.outgoing.stand(follower) for follower in followers] == [[("回复。", "pending")]] * 3


def test_without_a_token_nothing_counts_as_sent(running: Running) -> None:
    follower = running.follower()
    running.outgoing.unasked(follower, "回复。")
    running.service.secret = "changed"

    running.work()
    assert [(part.state, part.error) for part in running.outgoing.parts(follower)] == [("waiting", "errcode 40125")]
    running.service.secret = "stand-in-secret"
    running.outgoing.clock.advance(seconds=2)

    assert running.work() == 1


def test_the_worker_hears_at_once_and_puts_on_record_what_it_sends_when_it_is_stopped(running: Running) -> None:
    follower = running.follower()
    running.service.seconds = 0.5

    async def work() -> None:
        hub = Hub()
        worker = running.worker(hub)
        loop = asyncio.create_task(worker.run())
        await asyncio.sleep(0.3)
        await asyncio.to_thread(running.outgoing.unasked, follower, "回复。")
        hub.notify(follower.conversation_id)
        on_its_way = False
        while not on_its_way:
            await asyncio.sleep(0.02)
            parts = await asyncio.to_thread(running.outgoing.parts, follower)
            on_its_way = any(part.claim for part in parts)
        loop.cancel()
        with suppress(asyncio.CancelledError):
            await loop
        await worker.close()

    run(work())
    assert running.outgoing.stand(follower) == [("回复。", "sent")]
