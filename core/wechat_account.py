"""One WeChat official account, as the settings describe it."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

MAIN = "main"
"""The account that `WECHAT_APP_ID` and its neighbours describe, served at `/wechat`."""
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
API_BASE = "https://api.weixin.qq.com"


class WechatAccount(BaseModel):
    """One official account. Secrets come from the environment and are never shown."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9]{0,30}$")
    app_id: str = Field(min_length=1, max_length=64)
    token: str = Field(min_length=3, max_length=64, repr=False)
    aes_key: str | None = Field(default=None, repr=False)
    """EncodingAESKey as WeChat gives it: 43 characters; None where the account sends plain messages alone."""
    aes_key_previous: str | None = Field(default=None, repr=False)
    app_secret: str | None = Field(default=None, repr=False)
    """Without it nothing can be sent but answers to callbacks."""
    api_base: str = API_BASE
    service_messages: bool = True
    """Whether the account may use the customer-service API; personal accounts may not."""
    notice_template: str | None = None
    """Template of the subscription message that tells of an answer outside the window."""
    notice_fields: tuple[str, str] = ("thing1", "time2")
    """Names of that template's fields for the words and for the time."""
    college: str | None = Field(default=None, max_length=60)
    """Whose graduates follow it: requests from it go to that college's counsellors."""

    @field_validator("aes_key", "aes_key_previous")
    @classmethod
    def _thirty_two_bytes(cls, key: str | None) -> str | None:
        if not key:
            return None
        try:
            whole = len(key) == 43 and len(base64.b64decode(key + "=", validate=True)) == 32
        except binascii.Error:
            whole = False
        if not whole:
            raise ValueError("an EncodingAESKey has 43 characters of base64")
        return key

    @field_validator("api_base")
    @classmethod
    def _over_https(cls, address: str) -> str:
        """The secret goes there: encrypted, except to this machine itself."""
        parts = urlsplit(address)
        if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
            raise ValueError("an https address")
        return address.rstrip("/")

    @property
    def can_send(self) -> bool:
        """Whether something can be sent that answers no callback."""
        return bool(self.app_secret) and self.service_messages

    @property
    def path(self) -> str:
        """Where WeChat delivers its messages."""
        return "/wechat" if self.name == MAIN else f"/wechat/{self.name}"
