"""A graduate in danger: the request on record for a person, and the words that go with it."""

from __future__ import annotations

from collections.abc import Sequence

from bot import texts
from bot.messages import Incoming, MessageView, Reply, notice_id
from bot.models import Message
from desk import texts as desk_texts
from desk.models import Priority, Reason
from desk.tickets import TicketRequest, Tickets

CRISIS = "crisis"


def request_for(message: Message, transcript: Sequence[MessageView]) -> TicketRequest:
    """What the counsellors are to see of a message in danger."""
    crisis = message.verdict == CRISIS
    return TicketRequest(
        conversation_id=message.conversation_id,
        topic=texts.TOPIC_CRISIS if crisis else texts.TOPIC_URGENT.format(danger=desk_texts.danger_name(message.topic)),
        summary=message.text,
        transcript=as_transcript(transcript),
        priority=Priority.URGENT,
        reason=Reason.CRISIS if crisis else Reason.URGENT,
    )


def register(tickets: Tickets, message: Message, transcript: Sequence[MessageView]) -> Reply:
    """Put the request on record and say so; asking again joins the open request.

    Raises sqlalchemy.exc.SQLAlchemyError or desk.errors.DeskError when that was not possible.
    """
    ticket = tickets.register(request_for(message, transcript))
    return Reply("handoff", _calm(message.verdict, message.topic, registered=True), tickets.handoff_payload(ticket), urgent=True)


def unregistered(incoming: Incoming, *, kept: bool) -> Reply:
    """The same help when nothing could be put on record yet; `kept` says whether it will be, later."""
    text = _calm(incoming.verdict, incoming.topic, registered=False)
    payload = {"ticket": None, "status": "queued", "priority": Priority.URGENT.value, "promise_due": None}
    return Reply(
        "handoff",
        f"{text}\n{texts.DANGER_KEPT}" if kept else text,
        payload,
        id=notice_id(incoming.conversation_id, incoming.client_id, "danger"),
        urgent=True,
    )


def as_transcript(views: Sequence[MessageView]) -> list[dict[str, str]]:
    """Messages in the form in which tickets keep them."""
    return [{"role": view.role, "text": view.text, "at": view.created_at.isoformat()} for view in views]


def _calm(verdict: str | None, topic: str | None, *, registered: bool) -> str:
    if verdict == CRISIS:
        return desk_texts.crisis(registered=registered)
    return desk_texts.urgent(topic or "other", registered=registered)
