"""When a message during a loop of questions is no answer but another wish."""

from __future__ import annotations

import re

from rasa_sdk.interfaces import Tracker

from actions.conversation import latest_intent
from actions.documents import SURE, confidence

_DECLINED = re.compile(r"^(?:算了|不查了|不看了|不核对了?|不用(?:查|核对|问)?了|别问了|退出|取消|停|结束|不想(?:查|核对|继续)了?)")
_ASKS = re.compile(r"[?？]|[吗么呢]$|怎么|什么|多少|哪|如何|为什么|能不能|可不可以")
_SHORT = 8
"""Characters; a shorter message is rather an answer than a wish, unless Rasa is sure."""
_NO_WISH = frozenset({"self_profile", "check_eligibility", "nlu_fallback", "out_of_scope", "feedback_positive", "feedback_negative", ""})
"""Said while a question is open, these are attempts at an answer."""
_URGENT = frozenset({"crisis", "request_human", "delete_my_data", "report_scam_or_check"})


def declines(words: str) -> bool:
    """Whether the graduate does not want to be asked any more."""
    return bool(_DECLINED.match(words.strip()))


def wishes_otherwise(tracker: Tracker, words: str, readable: bool) -> bool:
    """Whether the latest message is about something else than the open question; `readable`: it can be read as an answer."""
    intent, sure = latest_intent(tracker), confidence(tracker) >= SURE
    if words.startswith("/"):
        return True
    if intent in _NO_WISH:
        return False
    if readable:
        return sure and (intent in _URGENT or (len(words) > _SHORT and bool(_ASKS.search(words))))
    return sure or len(words) > _SHORT
