"""All settings of the project, read from the environment and `.env` (docs: README, "Settings")."""

from __future__ import annotations

import os
import secrets
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.wechat_account import API_BASE, LOOPBACK, MAIN, WechatAccount


class SettingInvalid(Exception):
    """A setting cannot be used: its name in the environment, and what of it is wrong. The value, which may be a secret, is in neither."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name}: {what}")
        self.name, self.what = name, what


class Settings(BaseSettings):
    """One object a process; build it with `Settings()` and pass it on. Raises pydantic.ValidationError, SettingInvalid or SettingsError."""

    model_config = SettingsConfigDict(env_prefix="ZHIWEN_", env_file=".env", env_file_encoding="utf-8", extra="ignore", populate_by_name=True)

    home: Path = Field(default=Path("var"), validation_alias="ZHIWEN_HOME")
    host: str = Field(default="127.0.0.1", validation_alias="ZHIWEN_HOST")
    port: int = Field(default=8000, ge=0, le=65535, validation_alias="ZHIWEN_PORT")
    action_port: int = Field(default=5055, ge=0, le=65535, validation_alias="ZHIWEN_ACTION_PORT")
    rasa_url: str = Field(default="http://127.0.0.1:5005", validation_alias="ZHIWEN_RASA_URL")
    database: str | None = Field(default=None, validation_alias="DATABASE_URL", repr=False)
    redis_url: str | None = Field(default=None, validation_alias="REDIS_URL", repr=False)
    today: date | None = Field(default=None, validation_alias="ZHIWEN_TODAY")
    embeddings_url: str | None = Field(default=None, validation_alias="ZHIWEN_EMBEDDINGS_URL")
    embeddings_model: str = Field(default="text-embedding", min_length=1, max_length=200, validation_alias="ZHIWEN_EMBEDDINGS_MODEL")
    embeddings_key: str | None = Field(default=None, validation_alias="ZHIWEN_EMBEDDINGS_KEY", repr=False)
    secret: str | None = Field(default=None, validation_alias="ZHIWEN_SECRET", repr=False)
    wecom_webhook: str | None = Field(default=None, validation_alias="ZHIWEN_WECOM_WEBHOOK", repr=False)
    silent_minutes: int = Field(default=60, ge=1, le=10_000, validation_alias="ZHIWEN_SILENT_MINUTES")

    @field_validator("wecom_webhook")
    @classmethod
    def _over_https(cls, address: str | None) -> str | None:
        """The address holds a secret: it travels encrypted, except to this machine itself."""
        parts = urlsplit(address or "")
        if address and not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))):
            raise ValueError("ZHIWEN_WECOM_WEBHOOK must be an https address")
        return address or None

    oidc_issuer: str | None = Field(default=None, validation_alias="ZHIWEN_OIDC_ISSUER")
    oidc_client_id: str = Field(default="zhiwen", validation_alias="ZHIWEN_OIDC_CLIENT_ID")
    oidc_client_secret: str = Field(default="", validation_alias="ZHIWEN_OIDC_CLIENT_SECRET", repr=False)
    oidc_name_claim: str = Field(default="preferred_username", validation_alias="ZHIWEN_OIDC_NAME_CLAIM")
    wechat_app_id: str | None = Field(default=None, validation_alias="WECHAT_APP_ID")
    wechat_token: str | None = Field(default=None, validation_alias="WECHAT_TOKEN", repr=False)
    wechat_aes_key: str | None = Field(default=None, validation_alias="WECHAT_AES_KEY", repr=False)
    wechat_aes_key_previous: str | None = Field(default=None, validation_alias="WECHAT_AES_KEY_PREVIOUS", repr=False)
    wechat_app_secret: str | None = Field(default=None, validation_alias="WECHAT_APP_SECRET", repr=False)
    wechat_api_base: str = Field(default=API_BASE, validation_alias="WECHAT_API_BASE")
    wechat_service_messages: bool = Field(default=True, validation_alias="WECHAT_SERVICE_MESSAGES")
    wechat_notice_template: str | None = Field(default=None, validation_alias="WECHAT_NOTICE_TEMPLATE")
    wechat_notice_fields: tuple[str, str] = Field(default=("thing1", "time2"), validation_alias="WECHAT_NOTICE_FIELDS")
    wechat_accounts: list[WechatAccount] = Field(default_factory=list, validation_alias="WECHAT_ACCOUNTS")

    @cached_property
    def wechat(self) -> dict[str, WechatAccount]:
        """The official accounts by name: `main` of the settings above, and those of `WECHAT_ACCOUNTS`."""
        main = [self._main_account()] if self.wechat_app_id else []
        accounts = [*main, *self.wechat_accounts]
        named = {account.name: account for account in accounts}
        if len(named) < len(accounts) or any(account.name == MAIN for account in self.wechat_accounts):
            raise SettingInvalid("WECHAT_ACCOUNTS", "names")
        return named

    @model_validator(mode="after")
    def _accounts_are_whole(self) -> Self:
        """Told when the settings are read, not when the first message comes."""
        _ = self.wechat
        return self

    def _main_account(self) -> WechatAccount:
        given = {name: getattr(self, f"wechat_{name}") for name in WechatAccount.model_fields if name not in ("name", "college")}
        try:
            return WechatAccount(name=MAIN, **{**given, "token": self.wechat_token or ""})
        except ValidationError as error:
            field = str(error.errors()[0]["loc"][0])
        raise SettingInvalid(f"WECHAT_{field.upper()}", field)

    public_url: str | None = Field(default=None, validation_alias="ZHIWEN_PUBLIC_URL")

    @field_validator("public_url")
    @classmethod
    def _of_a_page(cls, address: str | None) -> str | None:
        """Links in messages begin with it."""
        parts = urlsplit(address or "")
        if address and not (parts.scheme in ("http", "https") and parts.hostname and not parts.query and not parts.fragment):
            raise ValueError("ZHIWEN_PUBLIC_URL must be an http or https address")
        return address.rstrip("/") if address else None

    keep_conversations: int = Field(default=180, ge=1, validation_alias="ZHIWEN_KEEP_CONVERSATIONS")
    keep_requests: int = Field(default=730, ge=1, validation_alias="ZHIWEN_KEEP_REQUESTS")

    widget_origins: Annotated[tuple[str, ...], NoDecode] = Field(default=(), validation_alias="ZHIWEN_WIDGET_ORIGINS")

    @field_validator("widget_origins", mode="before")
    @classmethod
    def _exact_origins(cls, listed: object) -> object:
        """Origins as browsers write them (RFC 6454, 6.2), parted by blanks or commas; no pattern, for one name too many opens the chat to it."""
        if not isinstance(listed, str):
            return listed
        return tuple(_origin(one) for one in listed.replace(",", " ").split())

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL in force: `DATABASE_URL`, or SQLite in the home folder."""
        if self.database:
            return self.database
        self.home.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{self.home / 'zhiwen.db'}"

    @cached_property
    def signing_secret(self) -> str:
        """`ZHIWEN_SECRET`, or one made on first use and kept, readable by its owner alone, in the home folder."""
        if self.secret:
            return self.secret
        path = self.home / "secret"
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            try:
                with open(path, "x", encoding="ascii", opener=_owner_only) as file:
                    file.write(secrets.token_urlsafe(48))
            except FileExistsError:
                pass  # another process made it first: read theirs
        return path.read_text(encoding="ascii").strip()


def _origin(written: str) -> str:
    """`https://host` or `https://host:port`, in lower case. Raises ValueError."""
    parts = urlsplit(written.lower())
    origin = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in ("http", "https") or not parts.hostname or "*" in written or "@" in written or written.lower().rstrip("/") != origin:
        raise ValueError(f"ZHIWEN_WIDGET_ORIGINS: {written} is not an origin such as https://www.example.edu.cn")
    standard = {"http": 80, "https": 443}[parts.scheme]
    return origin.removesuffix(f":{standard}") if parts.port == standard else origin


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
