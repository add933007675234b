"""The safety screen: `Screen` built once by whoever owns it, or `screen` for the process-wide one."""

from __future__ import annotations

from functools import lru_cache

from bot.safety.screening import CRISIS_TOPICS, Screen, Screening, Verdict
from knowledge.search.encoder import default_encoder

__all__ = ["CRISIS_TOPICS", "Screen", "Screening", "Verdict", "screen"]


@lru_cache(maxsize=1)
def _shared() -> Screen:
    # The encoder that the knowledge uses, too: a second one would be another 110 MB.
    return Screen(encoder=default_encoder())


def screen(text: str, expecting_contact: bool = False) -> Screening:
    """Judge one message with a screen that is built at the first call (seconds) and kept for the process."""
    return _shared().screen(text, expecting_contact)
