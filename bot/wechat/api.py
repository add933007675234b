"""WeChat's own interface for one account: its token, what can be sent, the menu, media.

WeChat official account documentation: `cgi-bin/stable_token` (获取稳定版接口调用凭据), `message/custom/send` (客服消息),
`message/subscribe/bizsend` (订阅通知), `menu/create`, `media/get`, and the list of return codes (全局返回码). The token stands in the
addresses, as WeChat wants it: neither they nor openids go into a log or an error.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Coroutine
from typing import Any

import httpx

from core.wechat_account import WechatAccount

TIMEOUT_SECONDS = 5.0
CONNECTIONS = 32
EARLY_SECONDS = 300.0
"""A token is fetched anew so long before its end; meanwhile WeChat takes the old one and the new."""
FORCED_A_DAY = 20
"""How often a day WeChat lets a token be replaced before its end."""
DAY_SECONDS = 86_400.0
MEDIA_BYTES = 8 * 1024 * 1024

_TOKEN_DEAD = frozenset({40001, 40014, 42001})
_CLOSED = frozenset({45015, 45047})
_NOT_PERMITTED = frozenset({48001, 48004})
_NOT_REACHABLE = frozenset({40003, 43004, 43101, 43019})
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL)


class WechatFailed(Exception):
    """WeChat did not do what it was asked for; the words may be shown: a code, no address, no secret, nobody's name."""


class NotTaken(WechatFailed):
    """Nothing was sent: nobody listened, or WeChat is busy or refuses. Another try later may do."""


class WindowClosed(NotTaken):
    """The 48 hours are over, or as many messages were sent as may be (45015, 45047)."""


class NotPermitted(NotTaken):
    """The account may not use this interface (48001, 48004)."""


class NotFollowing(NotTaken):
    """The person does not follow the account, or has not agreed to such messages (40003, 43004, 43019, 43101)."""


class TakenPerhaps(WechatFailed):
    """It was on its way and no answer came."""


class WechatApi:
    """One account's interface; use within one event loop."""

    def __init__(self, account: WechatAccount, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.account = account
        self._monotonic = monotonic
        self._client: httpx.AsyncClient | None = None
        self._token, self._fresh_until = "", 0.0
        self._flight: asyncio.Task[None] | None = None
        self._forced: list[float] = []

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()

    async def token(self) -> str:
        """The access token; however many ask at once, one fetches it. Raises WechatFailed."""
        if self._token and self._monotonic() < self._fresh_until:
            return self._token
        await self._together(lambda: self._fetch(force=False))
        return self._token

    async def send_text(self, openid: str, text: str) -> None:
        """A text by the customer-service interface; WeChat takes 2,048 bytes. Raises WechatFailed."""
        await self._call("/cgi-bin/message/custom/send", {"touser": openid, "msgtype": "text", "text": {"content": text}})

    async def send_notice(self, openid: str, data: dict[str, str]) -> None:
        """A subscription message of the account's template; `data`: the template's fields and their values. Raises WechatFailed."""
        fields = {name: {"value": value} for name, value in data.items()}
        body = {"touser": openid, "template_id": self.account.notice_template, "data": fields}
        await self._call("/cgi-bin/message/subscribe/bizsend", body)

    async def create_menu(self, menu: dict[str, Any]) -> None:
        """Put `menu` (`{"button": [...]}`) in the place of the account's menu. Raises WechatFailed."""
        await self._call("/cgi-bin/menu/create", menu)

    async def media(self, media_id: str, most_bytes: int = MEDIA_BYTES) -> bytes:
        """What a follower has sent in a message, such as a picture. Raises WechatFailed; NotTaken also where it is larger than `most_bytes`."""
        for last in (False, True):
            token = await self.token()
            kind, content = await self._get("/cgi-bin/media/get", {"access_token": token, "media_id": media_id}, most_bytes)
            if not kind.startswith(("application/json", "text/plain")):
                return content
            code = _errcode(content)
            if code not in _TOKEN_DEAD or last:
                raise _refusal(code)
            await self._replace(token)
        raise AssertionError("unreachable")

    async def _call(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """POST; a token that is no longer valid is replaced once."""
        token = await self.token()
        answer = await self._post(path, body, token)
        if answer["errcode"] in _TOKEN_DEAD:
            await self._replace(token)
            answer = await self._post(path, body, self._token)
        if answer["errcode"] != 0:
            raise _refusal(answer["errcode"])
        return answer

    async def _replace(self, dead: str) -> None:
        """Another token for one that WeChat no longer takes. Another process may have replaced it: the ordinary way tells."""
        if self._token == dead:
            await self._together(lambda: self._fetch_other_than(dead))

    async def _fetch_other_than(self, dead: str) -> None:
        await self._fetch(force=False)
        if self._token == dead:
            await self._fetch(force=True)

    async def _together(self, fetch: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """One of all who want a token fetches it; the others get what that one gets, also where it is an error."""
        if self._flight is None:
            self._flight = asyncio.create_task(fetch())
            self._flight.add_done_callback(self._landed)
        await asyncio.shield(self._flight)

    def _landed(self, flight: asyncio.Task[None]) -> None:
        self._flight = None
        if not flight.cancelled():
            flight.exception()  # whoever asked has it; if all of them were cancelled nobody wants to hear of it

    async def _fetch(self, *, force: bool) -> None:
        if force:
            self._count_forced()
        body = {
            "grant_type": "client_credential",
            "appid": self.account.app_id,
            "secret": self.account.app_secret or "",
            "force_refresh": force,
        }
        try:
            answer = await self._post("/cgi-bin/stable_token", body, None)
        except TakenPerhaps as error:  # to ask for it again does no harm
            raise NotTaken(str(error)) from error
        token, seconds = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(seconds, int):
            raise _refusal(answer["errcode"])
        self._token = token
        self._fresh_until = self._monotonic() + max(seconds - EARLY_SECONDS, seconds / 2 if seconds <= EARLY_SECONDS else 0.0)

    def _count_forced(self) -> None:
        now = self._monotonic()
        self._forced = [at for at in self._forced if at > now - DAY_SECONDS]
        if len(self._forced) >= FORCED_A_DAY:
            raise NotTaken("token refused, replaced too often today")
        self._forced.append(now)

    async def _post(self, path: str, body: dict[str, Any], token: str | None) -> dict[str, Any]:
        """The answer's object, always with an `errcode`. The text goes out as it is: WeChat shows escapes as they stand."""
        content = json.dumps(body, ensure_ascii=False).encode(errors="replace")
        try:
            response = await self._http().post(
                self.account.api_base + path,
                params={"access_token": token} if token else None,
                content=content,
                headers={"Content-Type": "application/json; charset=utf-8"},
            )
        except _NEVER_LEFT as error:
            raise NotTaken(type(error).__name__) from None
        except httpx.HTTPError as error:
            raise TakenPerhaps(type(error).__name__) from None
        if response.status_code != httpx.codes.OK:
            raise NotTaken(f"HTTP {response.status_code}")
        return _object(response.content)

    async def _get(self, path: str, params: dict[str, str], most_bytes: int) -> tuple[str, bytes]:
        content = bytearray()
        try:
            async with self._http().stream("GET", self.account.api_base + path, params=params) as response:
                if response.status_code != httpx.codes.OK:
                    raise NotTaken(f"HTTP {response.status_code}")
                async for piece in response.aiter_bytes():
                    content += piece
                    if len(content) > most_bytes:
                        raise NotTaken("too large")
                return response.headers.get("Content-Type", ""), bytes(content)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotTaken(type(error).__name__) from None

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
            self._client = httpx.AsyncClient(timeout=TIMEOUT_SECONDS, trust_env=False, limits=limits)
        return self._client


def _object(content: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(content)
    except ValueError:
        raise TakenPerhaps("no answer that can be read") from None
    if not isinstance(answer, dict):
        raise TakenPerhaps("no answer that can be read")
    code = answer.get("errcode", 0)
    return {**answer, "errcode": code if isinstance(code, int) else -1}


def _errcode(content: bytes) -> int:
    try:
        return int(_object(content)["errcode"])
    except TakenPerhaps:
        return -1


def _refusal(code: int) -> NotTaken:
    for codes, kind in ((_CLOSED, WindowClosed), (_NOT_PERMITTED, NotPermitted), (_NOT_REACHABLE, NotFollowing)):
        if code in codes:
            return kind(f"errcode {code}")
    return NotTaken(f"errcode {code}")
