"""Postings and policy in one message: each part is answered, whichever of the two Rasa took the message for."""

from __future__ import annotations

from rasa_sdk.interfaces import Tracker

from actions.base import Reply
from actions.documents import ask_knowledge, remembered, said
from actions.job_talk import follow_up, reply_to, turn_of
from actions.services import Services
from knowledge.answers.model import Answer
from knowledge.postings.wishes.splitting import asks_whether_a_programme_goes_on, is_clear_wish, split
from knowledge.postings.wishes.turns import Turn


def jobs_or_both(tracker: Tracker, services: Services) -> Reply | None:
    """The reply to a message that goes on with a job search, or that asks about policy and for jobs; None for any other."""
    return follow_up(tracker, services) or both_parts(tracker, services)


def both_parts(tracker: Tracker, services: Services) -> Reply | None:
    """Both answers, where a message has a question about policy and a clear wish for jobs in it; else None."""
    parts = split(said(tracker), services.clock.today())
    if not parts.both or services.knowledge is None or services.postings is None:
        return None
    given = ask_knowledge(tracker, services, words=parts.policy)
    services.asked.note(parts.policy, given)
    jobs = reply_to(turn_of(tracker, services, parts.jobs), tracker, services, parts.jobs)
    return Reply([given.message(), *jobs.messages], [*remembered(given), *jobs.events])


def programme_and_jobs(tracker: Tracker, services: Services) -> Reply | None:
    """What is known of a programme of which somebody asks whether it goes on, and the postings that are open; None for any other message."""
    turn = turn_of(tracker, services)
    if services.knowledge is None or not asks_whether_a_programme_goes_on(said(tracker), turn.stated or {}):
        return None
    given = ask_knowledge(tracker, services)
    if given.outcome != "answered" and given.reason != "not_official":
        return None
    services.asked.note(said(tracker), given)
    return beside(given, turn, tracker, services)


def beside(given: Answer, turn: Turn, tracker: Tracker, services: Services) -> Reply:
    """A document's answer, and postings with it where the message wishes for some that are open."""
    jobs = _postings_for(turn, tracker, services)
    return Reply([given.message(), *jobs.messages], [*remembered(given), *jobs.events])


def wish_taken_for_policy(tracker: Tracker, services: Services) -> Reply | None:
    """The reply to a clear wish for jobs that Rasa took for a policy question, with what the documents surely say; None for any other message."""
    if services.postings is None or not is_clear_wish(said(tracker), services.clock.today()):
        return None
    turn = turn_of(tracker, services)
    given = ask_knowledge(tracker, services) if services.knowledge is not None else None
    if given is not None and given.outcome == "answered":
        return beside(given, turn, tracker, services)
    return reply_to(turn, tracker, services)


def _postings_for(turn: Turn, tracker: Tracker, services: Services) -> Reply:
    """Postings for a wish; nothing where nothing fits."""
    if turn.act != "search" or not turn.stated or services.postings is None:
        return Reply([])
    reply = reply_to(turn, tracker, services)
    return reply if any((message.get("payload") or {}).get("items") for message in reply.messages) else Reply([])
