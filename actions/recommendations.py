"""A search by somebody who says of themselves that they are in hardship: what is shown counts as a recommendation, too little brings a person.

Hardship is never inferred: only a declaration about oneself counts, and it is not kept.
"""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk.interfaces import Tracker

from actions.base import Reply
from actions.conversation import latest_text, transcript
from actions.messages import Message, handoff, text
from actions.services import Services
from core.text.folding import fold
from desk import push_texts as texts
from desk.recommendations import ASSISTANT, WANTED
from knowledge.postings.search.criteria import Criteria

_HARDSHIP = "低保|脱贫|建档立卡|贫困(?:户|家庭|生)|困难(?:毕业生|家庭|学生|群体)|零就业家庭|残疾|孤儿|特困|重点群体"
_DECLARED = re.compile(
    rf"(?:我|本人|俺)(?:们)?(?:家里|家庭|家)?(?:里|也|就|都)?(?:是|属于|来自|有|享受|吃|领|持有|持|算是)(?!不)[^,，。？?!！不没]{{0,6}}?(?:{_HARDSHIP})"
    rf"|(?:^|[,，。;；\s])(?:家里|家庭)(?:是|有|吃|享受|属于|领)(?!不)[^,，。？?!！不没]{{0,6}}?(?:{_HARDSHIP})"
    rf"|^(?:{_HARDSHIP})(?:家庭|户|人|学生)?的?(?:毕业生|应届生|大学生)?[,，。;；\s]+(?:想|找|求|要|有)"
)
_OF_OTHERS = re.compile("如果|假如|要是|是不是|算不算|是否|同学|朋友|室友|别人|想问|问一下|怎么认定|算吗")
_LOOKED_AT = 20
"""How many of the latest messages are looked at for a declaration."""


def declares_hardship(words: str) -> bool:
    """Whether somebody says of themselves that they are in hardship (我是低保家庭的); a question about it, or about others, is no declaration."""
    folded = fold(words)
    return _DECLARED.search(folded) is not None and _OF_OTHERS.search(folded) is None


def for_key_group(reply: Reply, criteria: Criteria, tracker: Tracker, services: Services) -> Reply:
    """The reply to a job search, for a graduate in care with the log of what was offered and, where that is too little, a person's follow-up.

    Anybody else's reply comes back as it is. Raises what the database raises, and DeskError.
    """
    if not _in_care(tracker) or criteria.is_empty():
        return reply
    offered = [int(item["id"]) for message in reply.messages if message["kind"] == "postings" for item in _sure_items(message)]
    ticket = services.recommendations.record(tracker.sender_id, criteria, offered, ASSISTANT, transcript(tracker))
    if ticket is None and not declares_hardship(latest_text(tracker)):
        return reply  # it was said once; what is offered is logged all the same
    if ticket is None:
        return Reply([*reply.messages, text(f"{texts.RECOMMENDED.format(count=len(offered))}{texts.PRIVATE}")], reply.events)
    words = texts.TOO_FEW if offered else texts.TOO_FEW_NONE
    said = words.format(count=len(offered), wanted=WANTED, ticket=ticket.number)
    return Reply([*reply.messages, handoff(f"{said}{texts.PRIVATE}", ticket)], reply.events)


def _in_care(tracker: Tracker) -> bool:
    spoken = [str(event.get("text") or "") for event in tracker.events if event.get("event") == "user"]
    return any(declares_hardship(words) for words in spoken[-_LOOKED_AT:] if not words.startswith("/"))


def _sure_items(message: Message) -> list[dict[str, Any]]:
    return [item for item in message["payload"]["items"] if not item.get("uncertain")]
