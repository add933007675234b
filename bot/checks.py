"""Texts that were pasted to be looked at: how they get to the check for traps, whatever else Rasa or the screen would take them for."""

from __future__ import annotations

import json

from bot.messages import Reply
from knowledge.traps.assess import assess
from knowledge.traps.pasting import Pasted
from knowledge.traps.telling import message

ADVERTISEMENT = "advertisement"
"""`Reply.expects` of the question for the text of an advertisement, a chat or an offer."""

_INTENT = "/report_scam_or_check"


def command(pasted: Pasted | None, expects: str | None) -> str | None:
    """What Rasa is told of a message that holds something to be checked, surely or because it was asked for; else None."""
    if pasted is None or not (pasted.surely or expects == ADVERTISEMENT):
        return None
    return _INTENT + json.dumps({"pasted": pasted.text}, ensure_ascii=False)


def warning(pasted: Pasted | None) -> list[Reply]:
    """The assessment of what was surely pasted, where there is something to warn of: it goes beside the words for a danger."""
    if pasted is None or not pasted.surely:
        return []
    assessment = assess(pasted.text)
    if not assessment.flagged:
        return []
    told = message(assessment)
    return [Reply(told["kind"], told["text"], told["payload"])]
