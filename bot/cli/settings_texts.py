"""What is wrong with a setting, in one Chinese line. Values that may be secrets are not repeated."""

from __future__ import annotations

import re

from pydantic import ValidationError
from pydantic_settings import SettingsError

from core.settings import SettingInvalid, Settings

_WRONG = "设置 {name} 的值不对{reason}。请检查环境变量或 .env。"
_UNREADABLE = "设置 {name} 读不了：要写成 JSON，字段名和文字用英文双引号。请检查环境变量或 .env。"
_OF_ACCOUNT = "WECHAT_ACCOUNTS 第 {number} 个公众号的 {field}"
_SHOWN = frozenset(
    {
        "ZHIWEN_HOST",
        "ZHIWEN_PORT",
        "ZHIWEN_ACTION_PORT",
        "ZHIWEN_RASA_URL",
        "ZHIWEN_TODAY",
        "ZHIWEN_SILENT_MINUTES",
        "ZHIWEN_PUBLIC_URL",
        "ZHIWEN_KEEP_CONVERSATIONS",
        "ZHIWEN_KEEP_REQUESTS",
        "WECHAT_SERVICE_MESSAGES",
    }
)
"""Settings whose value helps whoever reads the line, and tells nothing that is to be kept."""
_REASONS = {
    "name": "：要小写英文字母开头，只含小写字母和数字，最多 31 个字符",
    "names": "：每个公众号的 name 要各不相同，也不能叫 main",
    "app_id": "：要填公众号的 AppID",
    "token": "：要填公众号后台里的令牌，3 到 64 个字符",
    "aes_key": "：消息加解密密钥（EncodingAESKey）是 43 个英文字母和数字",
    "aes_key_previous": "：消息加解密密钥（EncodingAESKey）是 43 个英文字母和数字",
    "api_base": "：要以 https:// 开头",
    "service_messages": "：要填 true 或 false",
}


def explained(error: ValidationError | SettingInvalid | SettingsError) -> str:
    """The first thing that is wrong."""
    if isinstance(error, SettingInvalid):
        return _WRONG.format(name=error.name, reason=_REASONS.get(error.what, ""))
    if isinstance(error, SettingsError):
        field = re.search(r'field "(\w+)"', str(error))
        known = Settings.model_fields.get(field[1]) if field else None
        return _UNREADABLE.format(name=known.validation_alias if known else "")
    first = error.errors(include_url=False)[0]
    name, *inside = (str(part) for part in first["loc"])
    if name == "WECHAT_ACCOUNTS" and len(inside) > 1:
        return _WRONG.format(name=_OF_ACCOUNT.format(number=int(inside[0]) + 1, field=inside[1]), reason=_REASONS.get(inside[1], ""))
    return _WRONG.format(name=name, reason=f"：{first['input']!r}" if name in _SHOWN else _REASONS.get(name.lower().removeprefix("wechat_"), ""))
