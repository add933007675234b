"""Trainings as a graduate has them: which are offered, wanting to come with consent to be reached, taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.text.masking import CONTACT_KINDS, mask
from desk.belonging import belonging_of, conversations_of_the_same
from desk.chat import Chat
from desk.contacts import contact_in
from desk.errors import TrainingRefused
from desk.trainings import texts
from desk.trainings.models import Training, TrainingInterest
from desk.trainings.service import Listed, found, is_offered, on_the_list, tell_moved_up

LONGEST_NAME = 30
LONGEST_CONTACT = 100


@dataclass(frozen=True)
class Offered:
    """A training as a graduate sees it; `free` seats (None: no bound), `own` their place on the list."""

    training: Training
    is_open: bool
    free: int | None
    own: Listed | None


class SigningUp:
    """Every method is one transaction and may raise TrainingRefused and sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, chat: Chat) -> None:
        self._sessions, self._clock, self._chat = sessions, clock, chat

    def offered(self, conversation_id: str) -> list[Offered]:
        """What can be signed up for, and what they signed up for as long as that is kept; what begins first comes first."""
        today = self._clock.today()
        with self._sessions() as session:
            own = select(TrainingInterest.training_id).where(TrainingInterest.conversation_id == conversation_id)
            chosen = select(Training).where(or_(Training.id.in_(own), (Training.ended_at.is_(None)) & (Training.sign_up_until >= today)))
            rows = session.scalars(chosen.order_by(Training.starts_on, Training.id)).all()
            return [self._view(session, training, conversation_id) for training in rows]

    def sign_up(self, conversation_id: str, training_id: int, name: str, contact: str, *, consent: bool) -> Offered:
        """Put them on the list, or correct name and contact of who is on it and keep the place."""
        if not consent:
            raise TrainingRefused("no_consent", texts.NO_CONSENT)
        called, reached = _checked(name, contact)
        try:
            with self._sessions.begin() as session:
                training = found(session, training_id, lock=True)
                if not self._chat.lock(session, conversation_id):  # it is being erased, and nothing may come after
                    raise TrainingRefused("gone", texts.NOT_FOUND)
                self._refuse_wrong(session, training, conversation_id)
                self._put(session, training, conversation_id, called, reached)
                return self._view(session, training, conversation_id)
        except IntegrityError:
            raise TrainingRefused("same_contact", texts.SAME_CONTACT) from None

    def withdraw(self, conversation_id: str, training_id: int) -> None:
        """Erase name and contact; whoever comes onto the list instead is told. Harmless for who is not on it."""
        with self._sessions.begin() as session:
            training = found(session, training_id, lock=True)
            own = _own(session, training_id, conversation_id)
            if own is None:
                return
            session.delete(own)
            session.flush()
            if is_offered(training, self._clock.today()):
                tell_moved_up(session, self._chat, training)

    def _refuse_wrong(self, session: Session, training: Training, conversation_id: str) -> None:
        if training.ended_at is not None or self._clock.today() > training.sign_up_until:
            raise TrainingRefused("over", texts.SIGN_UP_OVER)
        others = conversations_of_the_same(session, conversation_id)
        taken = select(TrainingInterest.id).where(TrainingInterest.training_id == training.id, TrainingInterest.conversation_id.in_(others))
        if others and session.scalar(taken.limit(1)) is not None:
            raise TrainingRefused("elsewhere", texts.ELSEWHERE)

    def _put(self, session: Session, training: Training, conversation_id: str, name: str, contact: str) -> None:
        own, now = _own(session, training.id, conversation_id), self._clock.now()
        if own is None:
            before = session.scalar(select(func.count()).where(TrainingInterest.training_id == training.id)) or 0
            waits = training.seats is not None and before >= training.seats
            own = TrainingInterest(training_id=training.id, conversation_id=conversation_id, waited=waits, created_at=now)
            session.add(own)
        own.name, own.contact, own.consented_at = name, contact, now
        own.college, own.cohort = belonging_of(session, conversation_id)
        session.flush()

    def _view(self, session: Session, training: Training, conversation_id: str) -> Offered:
        everybody = on_the_list(session, training)
        own = next((one for one in everybody if one.interest.conversation_id == conversation_id), None)
        free = None if training.seats is None else max(0, training.seats - len(everybody))
        return Offered(training, training.ended_at is None and self._clock.today() <= training.sign_up_until, free, own)


def export_interests(session: Session, conversation_id: str) -> list[dict[str, Any]]:
    """What a conversation signed up for, for its copy (PIPL, article 45)."""
    chosen = select(TrainingInterest, Training).join(Training, Training.id == TrainingInterest.training_id)
    rows = session.execute(chosen.where(TrainingInterest.conversation_id == conversation_id).order_by(TrainingInterest.id)).all()
    shown = ("name", "contact", "college", "cohort")
    return [
        {"title": training.title, **{field: getattr(row, field) for field in shown}, "consented_at": row.consented_at.isoformat()}
        for row, training in rows
    ]


def _own(session: Session, training_id: int, conversation_id: str) -> TrainingInterest | None:
    chosen = select(TrainingInterest).where(TrainingInterest.training_id == training_id, TrainingInterest.conversation_id == conversation_id)
    return session.scalars(chosen).one_or_none()


def _checked(name: str, contact: str) -> tuple[str, str]:
    """Name without numbers of a person, and the one contact, each as it is kept."""
    called = mask(" ".join(name.replace("\x00", "").split()), keep=frozenset())
    if not called or len(called) > LONGEST_NAME:
        raise TrainingRefused("invalid", texts.NO_NAME)
    reached = contact_in(mask(contact.replace("\x00", ""), keep=CONTACT_KINDS))
    if reached is None or len(reached) > LONGEST_CONTACT:
        raise TrainingRefused("invalid", texts.NO_CONTACT)
    return called, reached
