"""Whether a phrase is affirmed or denied: the denials before it are counted, so that two of them cancel out."""

from __future__ import annotations

import re

_DENIALS = re.compile("并不是|并没有|并没|并非|并无|不是|没有|没能|不算|不属于|不在|从未|从没|未曾|未能|没|未|无|非|不|别")
_FILLERS = re.compile(
    "(?:还|也|都|又|再|曾|曾经|从来|一直|真的?|确实|其实|根本|目前|现在|已经?|早就|刚刚?|从|被|是|算|有|过|"
    "了|的|在|到|去|来|办(?:理|好|下来)?|做|申请|享受|领(?:取)?|拿|取得|获得|持|考(?:上|取|到|下)?|签(?:订)?|"
    "缴(?:纳)?|交|参加|受(?:到)?|什么|任何|一个|一份|个|人|家里?|家庭|本人|我们?|父母|爸妈|上|进行|认定为?|"
    "属于|列为|纳入|给|跟|和单位|与单位|同单位|正式|劳动)$"
)
_SIBLING = re.compile("(?:[^、,没不无非未]{1,10})(?:、|或者|或|和|以及|及|也|跟)$")
_AFTER = re.compile(
    "(?:证|贷款?|的)?(?:都|也|还|一直|从来|根本|确实)*(?:没有?(?:办|领|贷|享受|申请|缴|交|参加|认定|评上?|"
    "拿到?|过|签|注册|做)|未(?:办|领|贷|享受|申请|缴|签|认定)|没有(?:过|的)?$|没有(?:[,。、]|过)|没(?:有过)?$|"
    "不是$|不算$)"
)
_REACH = 16


def denied(before: str) -> bool:
    """Whether the text `before` a phrase denies it. An odd number of denials does, an even number does not.

    >>> denied("我没有"), denied("不是"), denied("不是没有"), denied("我家是")
    (True, True, False, False)
    """
    rest, count = before[-_REACH:], 0
    while True:
        denial = _last_denial(rest)
        if denial is not None:
            count, rest = count + 1, rest[:denial]
            continue
        shorter = _FILLERS.sub("", rest, count=1)
        if shorter == rest:
            shorter = _SIBLING.sub("", rest, count=1)
        if shorter == rest:
            return count % 2 == 1
        rest = shorter


def denied_after(after: str) -> bool:
    """Whether the text `after` a phrase denies it: 助学贷款也没办过, 低保没有. 没还清 does not.

    >>> denied_after("也没办过"), denied_after("没有"), denied_after("还没还清")
    (True, True, False)
    """
    return bool(_AFTER.match(after))


def _last_denial(text: str) -> int | None:
    """Where the denial that `text` ends with begins: the longest one; None where it ends with none."""
    for length in range(min(3, len(text)), 0, -1):
        if _DENIALS.fullmatch(text[-length:]):
            return len(text) - length
    return None
