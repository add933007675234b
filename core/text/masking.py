"""Masking: numbers and secrets that point at one person are hidden before a text is stored, logged or passed on.

Everything goes by shape, not by check digit: users mistype, and placeholders are zero-filled or bear impossible dates.
Service lines (12333, 010-xxxxxxxx, 400-xxx-xxxx), years, sums and document numbers are no such shape and stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What was hidden; the value is what the reader sees in its place."""

    IDENTITY = "〔证件号已隐去〕"
    BANK = "〔银行卡号已隐去〕"
    PHONE = "〔手机号已隐去〕"
    STUDENT = "〔学号已隐去〕"
    PASSWORD = "〔密码已隐去〕"
    CODE = "〔验证码已隐去〕"
    EMAIL = "〔邮箱已隐去〕"
    ACCOUNT = "〔账号已隐去〕"


CONTACT_KINDS = frozenset({Kind.PHONE, Kind.EMAIL, Kind.ACCOUNT})
"""What a person leaves to be called back."""


@dataclass(frozen=True)
class Sensitive:
    """One thing to hide: its kind, and where it stands in the text."""

    kind: Kind
    start: int
    end: int


def mask(text: str, keep: frozenset[Kind] = frozenset()) -> str:
    """The text with each personal number or secret replaced by the name of its kind; those of a kind in `keep` stay.

    A text without any comes back unchanged, and masking a masked text changes nothing.

    >>> mask("我的身份证是 990000 19990000 0000，报名要吗")
    '我的身份证是 〔证件号已隐去〕，报名要吗'
    """
    while found := find_sensitive(text, keep):
        for item in reversed(found):
            text = text[: item.start] + item.kind.value + text[item.end :]
    return text


def find_sensitive(text: str, keep: frozenset[Kind] = frozenset()) -> list[Sensitive]:
    """What `mask` would hide in one pass, in the order of the text and without overlaps."""
    plain = _plain_width(text)
    found: list[Sensitive] = []
    for find in _FINDERS:
        for item in find(plain):
            if not any(item.start < other.end and other.start < item.end for other in found):
                found.append(item)
    return sorted((item for item in found if item.kind not in keep), key=lambda item: item.start)


def _plain_width(text: str) -> str:
    """Full-width, circled and other odd digits and letters as plain ones, each character in its place."""
    if text.isascii():
        return text
    return "".join(_plain_character(character) for character in text)


def _plain_character(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    if character.isdigit() and not plain.isascii():
        return str(unicodedata.digit(character))
    return plain if len(plain) == 1 and (plain.isalnum() or plain in "@*-") else character


_Finder = Callable[[str], list[Sensitive]]

_JOINT = r"[ \t\u00a0\u3000]{0,2}[-‐‑–—―_.·]?[ \t\u00a0\u3000]{0,2}"
"""What people put between groups of digits."""
_DIGITS_IN_GROUPS = re.compile(rf"(?<![0-9])[0-9](?:{_JOINT}[0-9]){{9,}}(?:{_JOINT}[xX](?![a-zA-Z]))?(?![0-9])")
_MOBILE_GROUPS = frozenset({(3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 4, 3), (5, 6), (3, 2, 2, 2, 2), (3, 4, 2, 2)})
_IDENTITY_GROUPS = frozenset({
    (6, 8, 4), (6, 4, 4, 4), (6, 4, 2, 2, 4), (6, 12), (14, 4), (3, 3, 4, 4, 4), (3, 3, 8, 4), (6, 6, 6), (10, 8),
    (10, 4, 4),
    (4, 4, 4, 4, 2), (3, 3, 3, 3, 3, 3), (6, 6, 3), (6, 9), (3, 3, 6, 3),
})  # fmt: skip
_BANK_FIRST_GROUPS = ((4, 4, 4), (6, 6), (6, 10), (6, 13), (6, 4, 4))
_STARRED = re.compile(r"(?<![0-9])[0-9]{3,10}[*•]{2,12}[0-9]{0,8}[0-9xX]")
_SPOKEN = "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_SPOKEN_RUN = re.compile(rf"[{_SPOKEN}](?:[ ,，-]?[{_SPOKEN}]){{10,18}}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_GROUP = re.compile(r"[0-9]+")
_RUN = re.compile(r"[0-9]+(?:[xX](?![a-zA-Z]))?")

_LINK = r"(?:[ \t]*(?:号码|号|就)?(?:是|为|叫|设的|[:：=,，])?[ \t]*)"
_CUE_PASSWORD = r"(?:密码|密碼|口令|passwords?|passwd|pwd)"
_PASSWORD_LINKED = re.compile(rf"{_CUE_PASSWORD}[^\S\n]*(?:是|为|為|叫|就是|设的是|is|[:：=])[^\S\n]*([!-~]{{3,40}})", re.IGNORECASE)
_PASSWORD_BARE = re.compile(rf"{_CUE_PASSWORD}[ \t,，]?((?=[!-~]{{0,40}}[0-9])[!-~]{{4,40}})", re.IGNORECASE)
_CUE_CODE = r"(?:验证码|驗證碼|校验码|动态码|verification code|otp)"
_CODE_AFTER = re.compile(
    rf"{_CUE_CODE}[\u4e00-\u9fff]{{0,6}}(?: is)?[ \t:：=,，]{{0,3}}([0-9](?:[ -]?[0-9]){{3,7}})(?![0-9年届元号])",
    re.IGNORECASE,
)
_CODE_BEFORE = re.compile(
    r"(?<![0-9])([0-9]{4,8})[ \t,，]?(?:这个)?(?:就)?(?:是)?(?:我的|你的|你们的|短信|登录|手机){0,3}"
    rf"{_CUE_CODE}"
)
_STUDENT = re.compile(r"(?:学号|學號|工号)" + _LINK + r"([A-Za-z]{0,3}[0-9][0-9-]{4,15}[A-Za-z]?)")
_PAPER = re.compile(
    r"(?:身份证|身分證|证件|護照|护照|准考证|考生|通行证|居住证|社保|社保卡|医保卡|公积金|毕业证|学位证|驾驶证"
    r"|证书|passport)"
    r"(?:编|账)?" + _LINK + r"([A-Za-z]{0,3}[0-9]{6,17}[0-9xX])",
    re.IGNORECASE,
)
_ID_TAIL = re.compile(r"身份证(?:号)?(?:后|最后)[四4六6八8]位" + _LINK + r"([0-9]{3,8}[0-9xX]?)")
_CARD = re.compile(r"(?:银行卡|銀行卡|卡|账|帐|帳|支付宝账)(?:号|號)" + _LINK + r"([0-9][0-9 -]{6,24}[0-9])")
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}[ ]?@[ ]?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,20}){1,3}")
_QQ = re.compile(r"(?:qq|扣扣|企鹅)" + _LINK + r"([1-9][0-9]{4,10})(?![0-9])", re.IGNORECASE)
_WECHAT = re.compile(
    r"(?:微信|薇信|威信|加\s?v|(?<![a-z])(?:vx|wx|wechat)(?![a-z]))" + _LINK + r"((?=[-\w]*[0-9_-])[a-zA-Z][-_a-zA-Z0-9]{4,19})(?![\w])",
    re.IGNORECASE | re.ASCII,
)


def _cued(pattern: re.Pattern[str], kind: Kind) -> _Finder:
    """Finds what stands in the pattern's one group."""
    return lambda text: [Sensitive(kind, *match.span(1)) for match in pattern.finditer(text)]


def _emails(text: str) -> list[Sensitive]:
    return [Sensitive(Kind.EMAIL, *match.span()) for match in _EMAIL.finditer(text)]


def _starred_numbers(text: str) -> list[Sensitive]:
    """Numbers whose middle the user starred out; what is left may still point at someone."""
    found = []
    for match in _STARRED.finditer(text):
        length = len(match.group())
        if length == 11 and match.group().startswith("1"):
            found.append(Sensitive(Kind.PHONE, *match.span()))
        elif length >= 14:
            found.append(Sensitive(Kind.IDENTITY, *match.span()))
    return found


def _spoken_numbers(text: str) -> list[Sensitive]:
    """Numbers written out in Chinese, digit by digit: 一三八零零……"""
    found = []
    for match in _SPOKEN_RUN.finditer(text):
        length = sum(character in _SPOKEN for character in match.group())
        kind = Kind.PHONE if length == 11 else Kind.IDENTITY if length in (15, 18) else Kind.BANK
        if kind is not Kind.PHONE or match.group()[0] in "一幺壹":
            found.append(Sensitive(kind, *match.span()))
    return found


def _numbers(text: str) -> list[Sensitive]:
    """Identity, bank and mobile numbers by the count of their digits, in one run or in groups."""
    found = []
    for match in _DIGITS_IN_GROUPS.finditer(text):
        groups = _GROUP.findall(match.group())
        kind = _kind_of_groups(groups, ends_in_x=match.group()[-1] in "xX") if len(groups) > 1 else None
        if kind:
            found.append(Sensitive(kind, *match.span()))
        else:
            found += _single_runs(text, match.start(), match.end())
    return found


def _single_runs(text: str, start: int, end: int) -> list[Sensitive]:
    """The personal numbers among runs of digits that merely stand side by side."""
    found = []
    for run in _RUN.finditer(text, start, end):
        after_letter = run.start() > 0 and text[run.start() - 1].isascii() and text[run.start() - 1].isalpha()
        if after_letter and len(run.group()) < 15:
            continue  # the number of a posting or an order
        kind = _kind_of_run(run.group())
        if kind:
            found.append(Sensitive(kind, *run.span()))
    return found


def _kind_of_run(digits: str) -> Kind | None:
    """What a number of that length is; nothing for landlines, service lines and short numbers."""
    length = len(digits)
    if digits[-1] in "xX":
        return Kind.IDENTITY if length >= 15 else None
    if length == 13 and digits.startswith("861"):
        return Kind.PHONE
    if length == 11:
        return Kind.PHONE if digits[0] == "1" or digits.startswith("00") else None
    if length in (15, 18):
        return Kind.IDENTITY
    if 13 <= length <= 19:
        return Kind.BANK
    return Kind.IDENTITY if length > 19 else None


def _kind_of_groups(groups: list[str], ends_in_x: bool) -> Kind | None:
    """What the groups make up together; nothing for years, dates, sums, landlines and lists of whole numbers."""
    if groups[0] in ("86", "086") and len(groups) > 1:
        return _kind_of_groups(groups[1:], ends_in_x) if len(groups) > 2 else _kind_of_run(groups[1])
    digits = "".join(groups) + ("X" if ends_in_x else "")
    shape = (*(len(group) for group in groups[:-1]), len(groups[-1]) + ends_in_x)
    if max(shape) == 1:
        return _kind_of_run(digits)
    if _YEAR.fullmatch(groups[0]) or all(group.endswith("00") and group[0] != "0" for group in groups):
        return None
    if shape in _MOBILE_GROUPS:
        return Kind.PHONE if digits[0] == "1" else None
    if shape in _IDENTITY_GROUPS:
        return Kind.IDENTITY
    if ends_in_x and len(digits) == 18:
        return Kind.IDENTITY
    is_card = 13 <= len(digits) <= 19 and any(shape[: len(first)] == first for first in _BANK_FIRST_GROUPS)
    return Kind.BANK if is_card else None


_FINDERS: tuple[_Finder, ...] = (
    _emails,
    _cued(_PASSWORD_LINKED, Kind.PASSWORD),
    _cued(_PASSWORD_BARE, Kind.PASSWORD),
    _cued(_CODE_AFTER, Kind.CODE),
    _cued(_CODE_BEFORE, Kind.CODE),
    _cued(_STUDENT, Kind.STUDENT),
    _cued(_ID_TAIL, Kind.IDENTITY),
    _numbers,
    _starred_numbers,
    _spoken_numbers,
    _cued(_PAPER, Kind.IDENTITY),
    _cued(_CARD, Kind.BANK),
    _cued(_QQ, Kind.ACCOUNT),
    _cued(_WECHAT, Kind.ACCOUNT),
)
