"""What a subscription message says, in the fields of the account's template."""

from __future__ import annotations

from datetime import datetime

from core.clock import CHINA
from core.wechat_account import WechatAccount


def notice_data(account: WechatAccount, words: str, now: datetime) -> dict[str, str]:
    """The template's fields with their values: the words (a `thing` takes 20 characters) and the time, as `notice_fields` names them."""
    words_field, time_field = account.notice_fields
    local = now.astimezone(CHINA)
    return {words_field: words[:20], time_field: f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"}
