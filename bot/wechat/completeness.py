"""What an official account's settings leave out, and what does not work for it."""

from __future__ import annotations

from collections.abc import Iterator

from core.settings import Settings
from core.wechat_account import MAIN, WechatAccount

_NO_SECRET = "没有 {secret}：超过五秒的回答要等下一条消息才能给，图片也取不到（公众号没有客服接口的，把 {permission} 设为 false）"
_NO_KEY = "有 {previous} 却没有 {key}：换密钥以后的消息读不了"
_NO_PAGE = "没有 ZHIWEN_PUBLIC_URL：微信里给不出网页链接"


def gaps(settings: Settings) -> list[str]:
    """In Chinese, one for each; empty where nothing is missing, or where there is no account."""
    found = [f"{account.path} {gap}" for account in settings.wechat.values() for gap in _of(account)]
    return [*found, _NO_PAGE] if settings.wechat and not settings.public_url else found


def _of(account: WechatAccount) -> Iterator[str]:
    if account.service_messages and not account.app_secret:
        yield _NO_SECRET.format(secret=_named(account, "app_secret"), permission=_named(account, "service_messages"))
    if account.aes_key_previous and not account.aes_key:
        yield _NO_KEY.format(previous=_named(account, "aes_key_previous"), key=_named(account, "aes_key"))


def _named(account: WechatAccount, field: str) -> str:
    return f"WECHAT_{field.upper()}" if account.name == MAIN else f"WECHAT_ACCOUNTS 里 {account.name} 的 {field}"
