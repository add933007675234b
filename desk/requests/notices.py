"""What the graduate hears when the state of a request changes, as messages of the contract."""

from __future__ import annotations

import json
from uuid import UUID, uuid5

from desk.chat import Said
from desk.models import Satisfaction, Ticket
from desk.requests import texts

RATE_COMMAND = "/rate_request"
"""The value of the choices that ask for satisfaction; the gateway knows it and asks no Rasa."""

TAKEN_OVER, HANDED_BACK, OFF_HOURS = "taken_over", "handed_back", "off_hours"

_IDS = UUID("f5b8f2c0-0c1d-4f3a-8a53-2f7a7c1f0e52")


def notice(code: str, text: str, ticket: Ticket) -> Said:
    """A notice of the contract about a ticket."""
    return Said("notice", text, {"code": code, "ticket": ticket.number})


def message_id(*parts: str) -> str:
    """An id that is the same for the same parts."""
    return uuid5(_IDS, "/".join(parts)).hex


def satisfaction_question(ticket: Ticket) -> Said:
    """The question after a request is resolved; by the bot, which is back, and with choices to touch."""
    options = [
        {"title": title, "value": RATE_COMMAND + json.dumps({"ticket": ticket.number, "rating": rating.value})}
        for rating, title in texts.RATINGS.items()
    ]
    return Said("choices", texts.RATE, {"options": options}, role="bot", id=message_id(ticket.number, "satisfaction"))


def rating_of(command: str) -> tuple[str, Satisfaction] | None:
    """Ticket number and rating of a choice that was taken; None for any other command."""
    if not command.startswith(RATE_COMMAND + "{"):
        return None
    taken = json.loads(command.removeprefix(RATE_COMMAND))
    return str(taken["ticket"]), Satisfaction(taken["rating"])
