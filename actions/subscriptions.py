"""Being told of new postings and events: asked for, said back, consented to with a tap, changed, ended with one message."""

from __future__ import annotations

from rasa_sdk.interfaces import Tracker

from actions.base import GuardedAction, Reply, degraded
from actions.documents import documents_first, said
from actions.job_talk import State, follows_jobs
from actions.messages import Message, choices, text
from actions.services import Services
from core.clock import CHINA
from desk import push_texts as texts
from desk import texts as desk_texts
from desk.errors import TooManySubscriptions
from desk.push_models import Subscription
from desk.subscription_requests import Request, changed, named_by, read_request
from desk.subscriptions import ACTIVE, MOST

_CONSENT = "/consent_subscription"
_DECLINE = "/decline_subscription"


class Subscribe(GuardedAction):
    """A wish to be told: understood, said back, and asked for consent; what is not offered is said to be so."""

    def name(self) -> str:
        return "action_subscribe"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        last = State.of(tracker).criteria if follows_jobs(tracker) else None
        request = read_request(said(tracker), services.clock.today(), last)
        documents = None if request.is_clear else documents_first(tracker, services)
        if documents is not None:
            return documents
        if request.act == "list":
            return Reply([text(_listed(services.subscriptions.active(tracker.sender_id)))])
        if request.act == "not_offered":
            return Reply([text(texts.NOT_OFFERED.format(example=texts.EXAMPLE))])
        if request.act == "hour" and request.hour is not None:
            moved = services.subscriptions.set_hour(tracker.sender_id, request.hour)
            return Reply([text((texts.HOUR_SET if moved else texts.HOUR_WITHOUT).format(hour=request.hour))])
        if request.act == "vague":
            return Reply([text("\n".join([texts.DAILY_ONLY] * request.weekly + [texts.ASK_WHAT]))])
        return Reply([self._asked(request, tracker.sender_id, services)])

    def failure(self, tracker: Tracker) -> list[Message]:
        return degraded(desk_texts.ACTION_UNCERTAIN)

    def _asked(self, request: Request, conversation_id: str, services: Services) -> Message:
        """The wish said back with the question for consent."""
        wish, old = changed(request, services.subscriptions.active(conversation_id))
        try:
            kept = services.subscriptions.ask(
                conversation_id, wish.kind, wish.criteria, wish.label, wish.hour, replaces=old.id if old is not None else None
            )
        except TooManySubscriptions:
            return text(texts.TOO_MANY.format(most=MOST))
        if kept.status == ACTIVE:
            return text(texts.ALREADY.format(label=kept.label, hour=kept.hour))
        words = [texts.ASK_CONSENT.format(label=kept.label, hour=kept.hour)]
        words += [texts.ASK_CHANGE.format(old=old.label)] if old is not None else []
        words += [texts.DAILY_ONLY] if request.weekly else []
        return choices("\n".join(words), {texts.CONSENT: _CONSENT, texts.DECLINE: _DECLINE})


class ConsentSubscription(GuardedAction):
    """The tap that makes a subscription; from then on something may be sent."""

    def name(self) -> str:
        return "action_consent_subscription"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        active = services.subscriptions.consent(tracker.sender_id)
        if active is None:
            return Reply([text(texts.NOTHING_ASKED)])
        words = texts.CONSENTED.format(label=active.label, hour=active.hour)
        late = services.clock.now().astimezone(CHINA).hour >= active.hour
        return Reply([text(words + texts.CONSENTED_TOMORROW * late)])

    def failure(self, tracker: Tracker) -> list[Message]:
        return degraded(desk_texts.ACTION_UNCERTAIN)


class Unsubscribe(GuardedAction):
    """Out again with one message, at once; one of several where the message names it."""

    def name(self) -> str:
        return "action_unsubscribe"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        service, conversation_id = services.subscriptions, tracker.sender_id
        active = service.active(conversation_id)
        if not active:
            service.end(conversation_id)  # a wish that waits for consent goes, too
            return Reply([text(texts.ENDED_NONE)])
        named = named_by(said(tracker), active, services.clock.today())
        if named is not None and not named:
            return Reply([text(texts.NOT_AMONG.format(kept=_labels(active)))])
        ended = service.end(conversation_id, None if named is None else [each.id for each in named])
        kept = service.active(conversation_id)
        words = texts.ENDED_SOME.format(labels=_labels(ended), kept=_labels(kept)) if kept else texts.ENDED.format(labels=_labels(ended))
        return Reply([text(words)])

    def failure(self, tracker: Tracker) -> list[Message]:
        return degraded(desk_texts.ACTION_UNCERTAIN)


class DeclineSubscription(Unsubscribe):
    """No, thanks: the wish is forgotten. Where none waits, a no can only mean what is already sent."""

    def name(self) -> str:
        return "action_decline_subscription"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        waited = services.subscriptions.decline(tracker.sender_id)
        return Reply([text(texts.DECLINED)]) if waited or not services.subscriptions.active(tracker.sender_id) else super().answer(tracker, services)


def _listed(active: list[Subscription]) -> str:
    if not active:
        return texts.NONE_ACTIVE
    lines = [texts.LIST.format(count=len(active), hour=active[0].hour)]
    for number, each in enumerate(active, 1):
        day = (each.consented_at or each.created_at).astimezone(CHINA).date()
        lines.append(texts.LIST_LINE.format(number=number, label=each.label, day=f"{day.month}月{day.day}日"))
    return "\n".join([*lines, texts.LIST_FOOTER])


def _labels(subscriptions: list[Subscription]) -> str:
    return "；".join(each.label for each in subscriptions)
