"""Text as sources carry it, made plain: markup out, entities decoded, invisible characters gone. The words stay letter for letter.

Only names that HTML knows count as tags (WHATWG HTML, section 4): in 年龄<35岁 and List<String> nothing is markup.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from core.text.folding import to_simplified

_GONE_WITH_CONTENT = re.compile(
    r"<(script|style|noscript|template|iframe|object|svg|head|title|textarea|select)\b[^>]*>.*?(?:</\1\s*>|"
    r"\Z)",
    re.I | re.S,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|<!doctype[^>]*>|<\?xml[^>]*>", re.I | re.S)
_BLOCKS = (
    "address|article|aside|blockquote|br|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|"
    "header|hr|li|main|nav|ol|p|pre|section|table|tbody|tfoot|thead|tr|ul"
)
_INLINE = (
    "a|abbr|acronym|audio|b|base|bdi|bdo|big|body|button|canvas|center|cite|code|col|colgroup|"
    "del|dfn|em|embed|font|html|i|img|input|ins|kbd|label|link|"
    "map|mark|meta|o:p|param|q|s|samp|script|small|source|span|strike|strong|style|sub|sup|"
    "td|th|time|tt|u|var|video|w:[a-z]+|wbr|area|iframe|object|svg"
)
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})(?:\s[^<>]*|/)?(?:>|\Z)", re.I)
_TAG = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]*|/)?(?:>|\Z)", re.I)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});?", re.I)
_INVISIBLE = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n\s*")
_ROUNDS = 3
"""Markup that was escaped once more than it should be (&lt;p&gt;) becomes markup only when it is decoded."""
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}


def clean(text: str) -> str:
    """The plain text: lines kept, runs of blanks made one, ends trimmed.

    >>> clean('<div><b>岗位职责</b>：办理柜面业务。<script>var a=1;</script></div>&nbsp;')
    '岗位职责：办理柜面业务。'
    """
    for _ in range(_ROUNDS):
        before = text
        if "<" in text:
            text = _without_markup(text)
        if "&" in text and _ENTITY.search(text):
            text = html.unescape(text)
        if text == before:
            break
    text = _LONE_SURROGATE.sub("\ufffd", _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def clean_line(text: str) -> str:
    """As `clean`, on one line."""
    return clean(text).replace("\n", " ")


def narrow(text: str) -> str:
    """Full-width letters, digits and signs to half width, one for one, so that offsets stay those of the text."""
    return text.translate(_NARROW)


def plain(text: str) -> str:
    """As `narrow`, and in simplified characters where that keeps the offsets."""
    narrowed = narrow(text)
    simplified = to_simplified(narrowed)
    return simplified if len(simplified) == len(text) else narrowed


@lru_cache(maxsize=16_384)
def compact(text: str) -> str:
    """The form in which short fields are read: NFKC, simplified, lower case, no blanks. The latest are remembered, for they come again.

    >>> compact("１５．５－２４．５ Ｋ")
    '15.5-24.5k'
    """
    return to_simplified("".join(unicodedata.normalize("NFKC", text).lower().split()))


def _without_markup(text: str) -> str:
    text = _COMMENT.sub("", _GONE_WITH_CONTENT.sub("", text))
    return _TAG.sub("", _BLOCK.sub("\n", text))
