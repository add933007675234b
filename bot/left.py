"""A question left for a person with the widget's form: it goes to the desk as a request, whatever the bot could have said to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import screening, texts
from bot.danger import as_transcript
from bot.messages import LEFT, Incoming, MessageView, Reply
from bot.models import Message
from core.clock import Clock
from desk import texts as desk_texts
from desk.tickets import TicketRequest, Tickets

_TOPIC_QUESTION = 40


def incoming(conversation_id: str, client_id: str, text: str, clock: Clock) -> Incoming:
    """The question as it enters the inbox: masked; one that tells of danger keeps its verdict and is handled as such."""
    taken = screening.incoming(conversation_id, client_id, text, clock)
    return replace(taken, contact=None, pasted=None) if taken.in_danger else replace(taken, verdict=LEFT, ready_reply=None, contact=None, pasted=None)


def register(tickets: Tickets, message: Message, transcript: Sequence[MessageView]) -> Reply:
    """Put the question on record for the counsellors and say so; asking again joins the open request.

    Raises sqlalchemy.exc.SQLAlchemyError or desk.errors.DeskError when that was not possible.
    """
    question = " ".join(message.text.split())[:_TOPIC_QUESTION]
    request = TicketRequest(
        conversation_id=message.conversation_id,
        topic=texts.TOPIC_LEFT.format(question=question),
        summary=message.text,
        transcript=as_transcript(transcript),
    )
    ticket = tickets.register(request)
    return Reply("handoff", desk_texts.registered(ticket, message.created_at), tickets.handoff_payload(ticket))
