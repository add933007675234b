"""The worker that empties the outbox: as many followers at once as there are connections, one part after the other for each."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.hub import Hub
from bot.wechat.api import NotFollowing, NotPermitted, NotTaken, TakenPerhaps, WechatApi, WechatFailed, WindowClosed
from bot.wechat.models import NOTICE
from bot.wechat.notices import notice_data
from bot.wechat.outbox import Claimed, Outbox
from core.clock import Clock

POLL_SECONDS = 1.0
SPACE_SECONDS = 0.3
"""Between two looks, however often the worker is woken."""
AT_ONCE = 16
PATIENCE_SECONDS = 8.0
"""How long what is on its way may take when the process stops."""
_STORE_RETRIES = (0.2, 0.5, 1.0, 2.0, 4.0)

_log = structlog.get_logger(__name__)


class WechatWorker:
    """One a process; several share the work by the follower's row and the claims on parts."""

    def __init__(self, outbox: Outbox, apis: Mapping[str, WechatApi], hub: Hub, clock: Clock, *, blocking: Callable[..., Awaitable[Any]]) -> None:
        """`apis`: one for each account, by name. `blocking` runs a call in a thread (`Gateway.blocking`)."""
        self._outbox, self._apis, self._hub, self._clock, self._blocking = outbox, apis, hub, clock, blocking
        self._serving: dict[int, asyncio.Task[int]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._stopping = False

    async def run(self) -> None:
        """Work until cancelled; what is on its way then is still put on record."""
        with self._hub.watch_all() as grown:
            try:
                while True:
                    grown.clear()
                    await self._look()
                    await asyncio.sleep(SPACE_SECONDS)
                    await _soon(grown)
            finally:
                self._stopping = True
                if self._serving:
                    await asyncio.wait(self._serving.values(), timeout=PATIENCE_SECONDS)

    async def close(self) -> None:
        """Close the connections."""
        for api in self._apis.values():
            await api.close()

    async def work(self) -> int:
        """One round to its end; how many parts WeChat has taken. Raises SQLAlchemyError."""
        await self._start()
        return sum(await asyncio.gather(*self._serving.values()))

    async def _look(self) -> None:
        try:
            await self._start()
        except SQLAlchemyError as error:
            _log.warning("wechat outbox waits", error=type(error).__name__)

    async def _start(self) -> None:
        for follower_id, account in await self._blocking(self._outbox.due):
            if follower_id not in self._serving:
                task = self._serving[follower_id] = asyncio.create_task(self._serve(follower_id, account))
                task.add_done_callback(lambda _, served=follower_id: self._serving.pop(served, None))  # type: ignore[misc]

    async def _serve(self, follower_id: int, account: str) -> int:
        """Send what a follower may be sent now, in order; how many parts were taken."""
        taken = 0
        async with self._slots:
            try:
                while not self._stopping and (claimed := await self._next(follower_id, account)) is not None:
                    taken += await self._deliver(claimed)
            except SQLAlchemyError as error:  # a claim that is left over is in doubt once its time is over
                _log.warning("wechat outbox waits", error=type(error).__name__)
            except Exception as error:  # one follower must not end the worker
                _log.error("wechat delivery failed", exc_info=error)
        return taken

    async def _next(self, follower_id: int, account: str) -> Claimed | None:
        trouble = await self._without_token(account)  # fetched before a part counts as sent: it may take long, and the process end meanwhile
        claimed: Claimed | None = await self._blocking(self._outbox.next_part, follower_id)
        if claimed is None or trouble is None:
            return claimed
        await self._kept(self._outbox.failed, claimed, str(trouble))
        return None

    async def _deliver(self, claimed: Claimed) -> bool:
        """Whether WeChat has taken the part."""
        try:
            await self._send(claimed)
        except TakenPerhaps as error:
            await self._kept(self._outbox.in_doubt, claimed, str(error))
        except (WindowClosed, NotFollowing, NotPermitted) as error:
            if isinstance(error, NotPermitted):
                self._outbox.bar(claimed.account)
            await self._kept(self._outbox.closed, claimed, str(error))
        except NotTaken as error:
            await self._kept(self._outbox.failed, claimed, str(error))
        else:
            await self._kept(self._outbox.sent, claimed)
            return True
        return False

    async def _without_token(self, account: str) -> WechatFailed | None:
        api = self._apis.get(account)
        if api is None or not api.account.app_secret:
            return None
        try:
            await api.token()
        except WechatFailed as error:
            _log.warning("no token of wechat", account=account, error=str(error))
            return error
        return None

    async def _send(self, claimed: Claimed) -> None:
        api = self._apis[claimed.account]
        if claimed.via == NOTICE:
            await api.send_notice(claimed.openid, notice_data(api.account, claimed.text, self._clock.now()))
        else:
            await api.send_text(claimed.openid, claimed.text)

    async def _kept(self, note: Callable[..., None], claimed: Claimed, *words: str) -> None:
        """Put on record how it went; the database is given some seconds to come back."""
        if words:
            _log.warning("wechat part not delivered", conversation=claimed.conversation_id, error=words[0])
        for pause in (*_STORE_RETRIES, None):
            try:
                await self._blocking(note, claimed, *words)
                return
            except SQLAlchemyError:
                if pause is None:
                    raise
                await asyncio.sleep(pause)


async def _soon(grown: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(grown.wait(), POLL_SECONDS)
    except TimeoutError:
        return
