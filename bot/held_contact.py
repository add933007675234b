"""A phone number, WeChat name or e-mail typed while a counsellor holds the conversation.

It is hidden before anybody reads it, the counsellor too, for no number belongs in the record of a conversation. So that it is not lost on
them, the graduate is offered to leave it with consent: then it is kept with the request, for whoever handles it, and nowhere else.
Rasa, whose form asks otherwise, is not asked while somebody holds the conversation.
"""

from __future__ import annotations

from bot.choices import is_command
from bot.messages import HELD_CONTACT, Reply
from bot.models import Message
from core.clock import Clock
from core.text.masking import CONTACT_KINDS
from desk import texts
from desk.contacts import contact_in
from desk.tickets import Tickets

LEAVE_CONTACT = "/leave_contact"
"""The value of the offer, Rasa's own: taken after the conversation was handed back it starts Rasa's form."""


def beside_counsellor(tickets: Tickets, message: Message, clock: Clock) -> list[Reply]:
    """What is said to a message in a held conversation: mostly nothing. Blocks; raises sqlalchemy.exc.SQLAlchemyError, DeskError."""
    if message.command == LEAVE_CONTACT:
        return [Reply("text", texts.CONTACT_CONSENT, role="system", expects=HELD_CONTACT, held_only=True)]
    if message.command and not is_command(message.command) and (contact := contact_in(message.command)):
        ticket = tickets.add_contact(message.conversation_id, contact, clock.now())
        if ticket is None:
            return [Reply("text", texts.CONTACT_WITHOUT_TICKET, role="system", held_only=True)]
        return [Reply("handoff", texts.contact_saved(ticket), tickets.handoff_payload(ticket), role="system", held_only=True)]
    if any(kind.value in message.text for kind in CONTACT_KINDS):
        options = [{"title": texts.LEAVE_CONTACT, "value": LEAVE_CONTACT}]
        return [Reply("choices", texts.CONTACT_HIDDEN_FROM_COUNSELLOR, {"options": options}, role="system", held_only=True, once=True)]
    return []
