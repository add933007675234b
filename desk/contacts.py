"""What counts as a way to reach a graduate: a mobile number, a WeChat id, an e-mail address."""

from __future__ import annotations

import re
import unicodedata

_MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")
_EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", re.ASCII)
_WECHAT_ID = r"[A-Za-z][A-Za-z0-9_-]{5,19}(?![A-Za-z0-9_-])"
_WECHAT_NAMED = re.compile(rf"(?:微信号?|薇信|(?<![a-z])(?:wx|vx|wechat|v))(?:是|为|号|id)?\s*[::]?\s*({_WECHAT_ID})", re.IGNORECASE | re.ASCII)
_WECHAT_BARE = re.compile(rf"\A(?=.*[0-9_-])({_WECHAT_ID})\Z", re.ASCII)
_LONGEST = 300


def contact_in(words: str) -> str | None:
    """The one contact in a message, in a plain form (`13800000000`, `微信 zhang_san`, an address); None without any."""
    plain = unicodedata.normalize("NFKC", words[:_LONGEST]).strip()
    if found := _EMAIL.search(plain):
        return found.group()
    if found := _MOBILE.search(plain):
        return "".join(found.groups())
    found = _WECHAT_NAMED.search(plain) or _WECHAT_BARE.search(plain)
    return f"微信 {found.group(1)}" if found else None
