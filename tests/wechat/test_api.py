"""WeChat's interface against the stand-in: one token for everybody, and what each refusal means."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot import log
from bot.wechat.api import FORCED_A_DAY, NotFollowing, NotPermitted, NotTaken, TakenPerhaps, WechatApi, WindowClosed
from core.wechat_account import WechatAccount
from tests.bot.servers import free_port, served
from tests.loops import run
from tests.wechat.stand_in.program import application
from tests.wechat.stand_in.record import Record
from tests.wechat.stand_in.sending import Account
from tests.wechat.stand_in.service import Service


@pytest.fixture
def record() -> Record:
    return Record()


@pytest.fixture
def service(record: Record) -> Service:
    record.service.heard("o1", None)
    return record.service


@pytest.fixture
def base(record: Record) -> Iterator[str]:
    with served(application(Account(""), record)) as base:
        yield base


class Seconds:
    """What a process calls time."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def opened(base: str, seconds: Callable[[], float] = Seconds(), **changed: Any) -> AsyncIterator[WechatApi]:
    account = WechatAccount(name="main", app_id=Account("").app_id, token="token", app_secret="stand-in-secret", api_base=base)
    api = WechatApi(account.model_copy(update=changed), seconds)
    try:
        yield api
    finally:
        await api.close()


def test_check_8_fifty_senders_at_once_fetch_one_token(base: str, service: Service, record: Record) -> None:
    for number in range(50):
        service.heard(f"o{number}", None)

    async def work() -> None:
        async with opened(base) as api:
            await asyncio.gather(*(api.send_text(f"o{number}", "你好") for number in range(50)))

    run(work())
    assert (service.fetches, len(record.got())) == (1, 50)


def test_a_token_is_fetched_anew_before_it_ends(base: str, service: Service) -> None:
    async def work() -> None:
        seconds = Seconds()
        async with opened(base, seconds) as api:
            await api.token()
            seconds.now += 7_200 - 301
            await api.token()
            assert service.fetches == 1
            seconds.now += 2
            await asyncio.gather(*(api.token() for _ in range(50)))
            assert service.fetches == 2

    run(work())


def test_a_token_that_another_process_had_replaced_is_asked_for_and_not_forced(base: str, service: Service, record: Record) -> None:
    for number in range(20):
        service.heard(f"o{number}", None)

    async def work() -> None:
        async with opened(base) as api:
            await api.token()
            service.replaced()
            await asyncio.gather(*(api.send_text(f"o{number}", "你好") for number in range(20)))

    run(work())
    assert (service.fetches, service.forced, len(record.got())) == (2, 0, 20)


def test_a_token_that_is_refused_though_it_is_the_present_one_is_forced_once(base: str, service: Service, record: Record) -> None:
    async def work() -> None:
        async with opened(base) as api:
            await api.token()
            service.errors.append(42001)
            await api.send_text("o1", "你好")
            service.errors.extend([40001, 40001])
            with pytest.raises(NotTaken, match="40001"):
                await api.send_text("o1", "在吗")

    run(work())
    assert (service.forced, [got.text for got in record.got()]) == (2, ["你好"])


def test_tokens_are_not_forced_more_often_than_wechat_lets(base: str, service: Service) -> None:
    async def work() -> None:
        async with opened(base) as api:
            for _ in range(FORCED_A_DAY + 3):
                service.errors.extend([40001, 40001])
                with pytest.raises(NotTaken):
                    await api.send_text("o1", "你好")
                service.errors.clear()

    run(work())
    assert service.forced == FORCED_A_DAY


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        (45015, WindowClosed),
        (45047, WindowClosed),
        (48001, NotPermitted),
        (43004, NotFollowing),
        (40003, NotFollowing),
        (-1, NotTaken),
        (503, NotTaken),
    ],
)
def test_each_refusal_has_its_meaning(base: str, service: Service, code: int, meaning: type[NotTaken]) -> None:
    async def work() -> None:
        async with opened(base) as api:
            service.errors.append(code)
            with pytest.raises(NotTaken) as refused:
                await api.send_text("o1", "你好")
            assert type(refused.value) is meaning

    run(work())


def test_check_7_the_sixth_message_is_refused_and_so_is_one_after_two_days(base: str, service: Service) -> None:
    async def work() -> None:
        async with opened(base) as api:
            for _ in range(5):
                await api.send_text("o1", "你好")
            with pytest.raises(WindowClosed, match="45047"):
                await api.send_text("o1", "你好")
            service.heard("o1", None)
            service.ahead = 48 * 3_600 + 1
            with pytest.raises(WindowClosed, match="45015"):
                await api.send_text("o1", "你好")

    run(work())


def test_nobody_there_is_certain_and_no_answer_is_not(base: str, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.wechat.api.TIMEOUT_SECONDS", 0.5)

    async def work() -> None:
        async with opened(f"http://127.0.0.1:{free_port()}") as api:
            with pytest.raises(NotTaken, match="ConnectError"):
                await api.send_text("o1", "你好")
        async with opened(base) as api:
            service.silent = True
            with pytest.raises(TakenPerhaps, match="ReadTimeout"):
                await api.send_text("o1", "你好")

    run(work())


def test_a_wrong_secret_tells_everybody_who_waits(base: str, service: Service) -> None:
    async def work() -> None:
        async with opened(base, app_secret="another") as api:
            outcomes = await asyncio.gather(*(api.token() for _ in range(10)), return_exceptions=True)
            assert {str(outcome) for outcome in outcomes} == {"errcode 40125"}

    run(work())


def test_words_reach_wechat_as_they_are(base: str, service: Service, record: Record) -> None:
    words = "“引号” \\ 换行\n表情👨‍👩‍👧 <xml> ]]>"

    async def work() -> None:
        async with opened(base) as api:
            await api.send_text("o1", words)

    run(work())
    assert record.texts("o1") == [words]


def test_pictures_come_whole_and_not_without_end(base: str, service: Service) -> None:
    service.media["m1"] = ("image/jpeg", b"\xff\xd8" + bytes(5_000))

    async def work() -> None:
        async with opened(base) as api:
            assert await api.media("m1") == service.media["m1"][1]
            with pytest.raises(NotTaken, match="too large"):
                await api.media("m1", most_bytes=4_000)
            with pytest.raises(NotTaken, match="40007"):
                await api.media("gone")
            service.replaced()
            assert len(await api.media("m1")) == 5_002

    run(work())


def test_menu_and_notice_are_said_as_wechat_wants_them(base: str, service: Service, record: Record) -> None:
    service.consents["o1"] = 1
    menu = {"button": [{"type": "click", "name": "问政策", "key": "policy"}]}

    async def work() -> None:
        async with opened(base, notice_template="T1") as api:
            await api.create_menu(menu)
            await api.send_notice("o1", {"thing1": "你有新答复", "time2": "2026年12月1日 12:00"})
            with pytest.raises(NotFollowing, match="43101"):
                await api.send_notice("o1", {"thing1": "你有新答复", "time2": "2026年12月1日 12:00"})

    run(work())
    assert service.menu == menu
    assert record.texts("o1") == ["你有新答复｜2026年12月1日 12:00"]


def test_neither_token_nor_openid_is_written_down(base: str, service: Service, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    for name in log.QUIET:
        caplog.set_level(logging.WARNING, name)
    seen: list[str] = []

    async def work() -> None:
        async with opened(base) as api:
            await api.token()
            service.errors.append(45015)
            with pytest.raises(WindowClosed) as refused:
                await api.send_text("o1-of-somebody", "你好")
            seen.append(f"{refused.value!r} {refused.value.__cause__!r} {api.account!r}")

    run(work())
    ours = [record.getMessage() for record in caplog.records if record.name != "uvicorn.access"]  # the stand-in's own
    for secret in (service.token, service.secret, "o1-of-somebody"):
        assert secret not in "".join([*seen, *ours])
