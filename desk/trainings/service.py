"""Trainings as staff have them: offered, changed, taken back; the list of who wants to come. The graduate's side is `desk.trainings.signing_up`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA, Clock
from desk.audit import Audit
from desk.chat import Chat, Said
from desk.errors import TrainingRefused
from desk.staff.policy import Actor
from desk.trainings import texts
from desk.trainings.models import Training, TrainingInterest
from knowledge.tables.cells import csv_line

_MARK = "\ufeff"
FURTHEST_AHEAD = timedelta(days=3 * 366)


@dataclass(frozen=True)
class Offer:
    """What staff write of a training; days are in China. `seats` None: as many as want to."""

    title: str
    provider: str
    starts_on: date
    ends_on: date
    sign_up_until: date
    hours: str = ""
    place: str = ""
    fee: str = ""
    subsidy: str = ""
    note: str = ""
    seats: int | None = None
    keep_days: int = 30


@dataclass(frozen=True)
class Listed:
    """Somebody on the list, with their place, counted from 1 over all colleges; `waits` beyond the seats."""

    interest: TrainingInterest
    place: int
    waits: bool


class Trainings:
    """Every method is one transaction and may raise TrainingRefused and sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, audit: Audit, chat: Chat) -> None:
        self._sessions, self._clock, self._audit, self._chat = sessions, clock, audit, chat

    def page(self, page: int, page_size: int) -> tuple[list[tuple[Training, int]], int]:
        """A page of all trainings with how many want to come, what ends last first, and how many there are."""
        with self._sessions() as session:
            total = session.scalar(select(func.count()).select_from(Training)) or 0
            chosen = select(Training).order_by(Training.ends_on.desc(), Training.id.desc())
            rows = session.scalars(chosen.limit(page_size).offset((page - 1) * page_size)).all()
            counted = select(TrainingInterest.training_id, func.count()).where(TrainingInterest.training_id.in_([row.id for row in rows]))
            wanted = {row[0]: row[1] for row in session.execute(counted.group_by(TrainingInterest.training_id))}
        return [(row, wanted.get(row.id, 0)) for row in rows], total

    def add(self, actor: Actor, offer: Offer) -> Training:
        """Offer a training."""
        values = self._values(offer)
        with self._sessions.begin() as session:
            training = Training(**values, by_id=actor.staff_id, by=actor.name[:80], created_at=self._clock.now())
            session.add(training)
            session.flush()
            self._audit.record(session, actor, "training.add", f"training:{training.id}")
        return training

    def change(self, actor: Actor, training_id: int, offer: Offer) -> Training:
        """Write it anew; who comes onto the list by more seats is told."""
        values = self._values(offer)
        with self._sessions.begin() as session:
            training = found(session, training_id, lock=True)
            before = {name: getattr(training, name) for name in values}
            for name, value in values.items():
                setattr(training, name, value)
            session.flush()
            tell_moved_up(session, self._chat, training)
            self._audit.record(session, actor, "training.change", f"training:{training_id}", before, values)
        return training

    def take_back(self, actor: Actor, training_id: int) -> Training:
        """It does not take place: graduates see it no longer, and those on the list are told."""
        with self._sessions.begin() as session:
            training = found(session, training_id, lock=True)
            if training.ended_at is not None:
                raise TrainingRefused("ended", texts.ALREADY_ENDED)
            training.ended_at = self._clock.now()
            for interest in interests(session, training_id):
                say(session, self._chat, interest, texts.TAKEN_BACK.format(title=training.title, until=kept_until(training).isoformat()))
            self._audit.record(session, actor, "training.take_back", f"training:{training_id}")
        return training

    def listed(self, actor: Actor, training_id: int) -> tuple[Training, list[Listed]]:
        """Who wants to come, of the colleges that are theirs to see, in the order of the list."""
        with self._sessions() as session:
            training = found(session, training_id)
            return training, [one for one in on_the_list(session, training) if actor.sees(one.interest.college)]

    def contact(self, actor: Actor, training_id: int, interest_id: int) -> TrainingInterest:
        """Name and contact of one person; that they were opened is on record."""
        with self._sessions.begin() as session:
            interest = session.get(TrainingInterest, interest_id)
            if interest is None or interest.training_id != training_id or not actor.sees(interest.college):
                raise TrainingRefused("not_found", texts.NO_SUCH_INTEREST)
            self._audit.record(session, actor, "training.contact", f"training:{training_id}", after={"interest": interest_id})
            return interest

    def as_csv(self, actor: Actor, training_id: int) -> Iterator[str]:
        """The list with contacts as CSV, line by line, a line a person; on record with how many."""
        _, listed = self.listed(actor, training_id)
        with self._sessions.begin() as session:
            self._audit.record(session, actor, "training.export", f"training:{training_id}", after={"rows": len(listed)})
        return _csv(listed)

    def tell_all_moved_up(self) -> int:
        """Tell whoever has come onto a list because somebody's data were erased; how many. For a worker."""
        told = 0
        with self._sessions() as session:
            waiting = session.scalars(select(TrainingInterest.training_id).where(TrainingInterest.waited).distinct()).all()
        for training_id in waiting:
            with self._sessions.begin() as session:
                training = found(session, training_id, lock=True)
                told += tell_moved_up(session, self._chat, training) if is_offered(training, self._clock.today()) else 0
        return told

    def _values(self, offer: Offer) -> dict[str, object]:
        if offer.ends_on < offer.starts_on or offer.sign_up_until > offer.ends_on:
            raise TrainingRefused("invalid", texts.WRONG_DAYS)
        if offer.ends_on < self._clock.today():
            raise TrainingRefused("invalid", texts.ALREADY_OVER)
        if offer.ends_on - self._clock.today() > FURTHEST_AHEAD:
            raise TrainingRefused("invalid", texts.TOO_FAR_AHEAD)
        return {name: value.strip() if isinstance(value, str) else value for name, value in asdict(offer).items()}


def is_offered(training: Training, today: date) -> bool:
    """Whether it will still take place or is going on."""
    return training.ended_at is None and today <= training.ends_on


def kept_until(training: Training) -> date:
    """The last day on which names and contacts are kept."""
    return training.ends_on + timedelta(days=training.keep_days)


def found(session: Session, training_id: int, *, lock: bool = False) -> Training:
    """The training; with `lock` its list stands still until the transaction ends. Raises TrainingRefused."""
    if lock:  # On SQLite only a write takes the lock.
        session.execute(update(Training).where(Training.id == training_id).values(id=Training.id))
    training = session.get(Training, training_id, populate_existing=True)
    if training is None:
        raise TrainingRefused("not_found", texts.NOT_FOUND)
    return training


def interests(session: Session, training_id: int) -> list[TrainingInterest]:
    """Everybody on the list, in its order."""
    return list(session.scalars(select(TrainingInterest).where(TrainingInterest.training_id == training_id).order_by(TrainingInterest.id)))


def on_the_list(session: Session, training: Training) -> list[Listed]:
    """The list with places; whoever is beyond the seats waits."""
    everybody = enumerate(interests(session, training.id), 1)
    return [Listed(interest, place, training.seats is not None and place > training.seats) for place, interest in everybody]


def tell_moved_up(session: Session, chat: Chat, training: Training) -> int:
    """Tell everybody who waited and has a seat now; how many."""
    moved = [one.interest for one in on_the_list(session, training) if one.interest.waited and not one.waits]
    for interest in moved:
        interest.waited = False
        say(session, chat, interest, texts.MOVED_UP.format(title=training.title))
    return len(moved)


def say(session: Session, chat: Chat, interest: TrainingInterest, words: str) -> None:
    """Tell somebody on a list something in their conversation, where it is still there."""
    if chat.lock(session, interest.conversation_id):
        chat.say(session, interest.conversation_id, [Said("text", words)])


def forget(sessions: sessionmaker[Session], now: datetime) -> int:
    """Remove names and contacts whose time is over (PIPL, article 19); how many went."""
    today = now.astimezone(CHINA).date()
    with sessions.begin() as session:
        over = [row.id for row in session.scalars(select(Training).where(Training.ends_on < today)) if kept_until(row) < today]
        gone = session.execute(delete(TrainingInterest).where(TrainingInterest.training_id.in_(over)).returning(TrainingInterest.id))
        return len(gone.all())


def _csv(listed: list[Listed]) -> Iterator[str]:
    yield _MARK + csv_line(texts.CSV_HEADINGS)
    for one in listed:
        who = one.interest
        status = texts.WAITING if one.waits else texts.LISTED
        at = f"{who.created_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
        yield csv_line([str(one.place), status, who.name, who.contact, who.college or "", str(who.cohort or ""), at])
