"""WeChat's side of the callback: signs, encrypts with wechatpy's own code, posts, and tries again what is not answered in five seconds."""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Literal
from xml.parsers.expat import ExpatError

import httpx
import xmltodict
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import WeChatException
from wechatpy.utils import WeChatSigner

from tests.wechat.stand_in.record import FAULT, PASSIVE, Attempt, Delivery, Got, Record

Mode = Literal["plain", "compatible", "safe"]
ATTEMPT_SECONDS = 5.0
ATTEMPTS = 3
FAULT_TEXT = "该公众号提供的服务出现故障，请稍后再试"


@dataclass(frozen=True)
class Account:
    """An official account as WeChat knows it."""

    callback: str
    app_id: str = "wx0123456789abcdef"
    token: str = "stand-in-token"
    aes_key: str = field(default="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", repr=False)
    mode: Mode = "safe"
    original_id: str = "gh_stand_in"


class Sender:
    """Posts callbacks of one account. Its methods belong to one event loop."""

    def __init__(self, account: Account, record: Record, attempt_seconds: float = ATTEMPT_SECONDS) -> None:
        self.account, self.record, self._seconds = account, record, attempt_seconds
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
        self._client = httpx.AsyncClient(trust_env=False, timeout=None, limits=limits)

    async def close(self) -> None:
        await self._client.aclose()

    async def verify(self, echo: str = "5837397576500011344") -> httpx.Response:
        """What WeChat asks when the address is entered in its console."""
        return await self._client.get(self.account.callback, params={**self._signed(), "echostr": echo})

    async def deliver(self, xml: str, *, mode: Mode | None = None) -> Delivery:
        """Post a message as WeChat does, with retries; what the follower gets to see is on the record."""
        fields = xmltodict.parse(xml)["xml"]
        openid = str(fields["FromUserName"])
        self.record.service.heard(openid, str(fields["Event"]) if fields["MsgType"] == "event" else None)
        params, body = self.envelope(xml, mode)
        attempts: list[Attempt] = []
        while len(attempts) < ATTEMPTS and not (attempts and attempts[-1].status):
            attempts.append(await self._attempt(params, body))
        text, way = self._shown(attempts[-1])
        if text is not None:
            self.record.add(Got(openid, text, way))
        delivery = Delivery(openid, attempts, text)
        self.record.deliveries.append(delivery)
        return delivery

    def envelope(self, xml: str, mode: Mode | None = None, **changed: str) -> tuple[dict[str, str], bytes]:
        """Query and body of a callback; `changed` parameters are signed as they are."""
        mode = mode or self.account.mode
        params = {**self._signed(**changed), "openid": str(xmltodict.parse(xml)["xml"]["FromUserName"])}
        if mode == "plain":
            return params, xml.encode()
        crypto = WeChatCrypto(self.account.token, self.account.aes_key, self.account.app_id)
        sealed = xmltodict.parse(crypto.encrypt_message(xml, params["nonce"], params["timestamp"]))["xml"]
        params |= {"encrypt_type": "aes", "msg_signature": str(sealed["MsgSignature"])}
        encrypted = f"<Encrypt><![CDATA[{sealed['Encrypt']}]]></Encrypt>"
        if mode == "compatible":
            return params, xml.replace("</xml>", f"{encrypted}</xml>").encode()
        return params, f"<xml><ToUserName><![CDATA[{self.account.original_id}]]></ToUserName>{encrypted}</xml>".encode()

    async def post(self, params: dict[str, str], body: bytes) -> httpx.Response:
        """One request, as it is."""
        return await self._client.post(self.account.callback, params=params, content=body, headers={"Content-Type": "text/xml"})

    def opened(self, body: str) -> dict[str, Any]:
        """A reply as WeChat reads it. Raises what wechatpy and the XML parser raise."""
        reply = xmltodict.parse(body)["xml"]
        if "Encrypt" in reply:
            crypto = WeChatCrypto(self.account.token, self.account.aes_key, self.account.app_id)
            reply = xmltodict.parse(crypto.decrypt_message(body, reply["MsgSignature"], reply["TimeStamp"], reply["Nonce"]))["xml"]
        return dict(reply)

    def _signed(self, *, timestamp: str | None = None, nonce: str | None = None, token: str | None = None) -> dict[str, str]:
        timestamp, nonce = timestamp or str(int(time.time())), nonce or secrets.token_hex(8)
        signer = WeChatSigner()
        signer.add_data(token or self.account.token, timestamp, nonce)
        return {"signature": signer.signature, "timestamp": timestamp, "nonce": nonce}

    async def _attempt(self, params: dict[str, str], body: bytes) -> Attempt:
        start = time.monotonic()
        try:
            async with asyncio.timeout(self._seconds):
                response = await self.post(params, body)
        except (TimeoutError, httpx.TransportError):
            return Attempt(time.monotonic() - start, 0, "")
        return Attempt(time.monotonic() - start, response.status_code, response.text)

    def _shown(self, attempt: Attempt) -> tuple[str | None, str]:
        """What the follower sees of the last answer: its text, nothing, or WeChat's own notice of a fault."""
        if attempt.status == 200 and attempt.body in ("", "success"):
            return None, PASSIVE
        try:
            reply = self.opened(attempt.body)
            if attempt.status == 200 and reply["MsgType"] == "text":
                return str(reply["Content"]), PASSIVE
        except (WeChatException, ExpatError, ValueError, KeyError, TypeError):
            pass  # what WeChat cannot read is a fault of the server's
        return FAULT_TEXT, FAULT
