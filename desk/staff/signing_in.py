"""Signing in with name, password and, where it is on, a code; with bounds on failures per account and per address.

A name that nobody has is treated as one that somebody has: it is counted, locked, told and timed the same.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.audit import Audit
from desk.errors import CodeNeeded, SignInRefused, TooManyAttempts
from desk.staff import passwords
from desk.staff.directory import name_key, subject
from desk.staff.models import SignInAttempt, Staff
from desk.staff.policy import Actor
from desk.staff.second_factor import SecondFactor

LOCK_AFTER = 5
"""Failures of one account within `WINDOW`, since it was last signed in to, after which it is locked."""
ADDRESS_MOST = 30
"""Failures from one address within `WINDOW`: a campus shares one, so it may fail more often than an account."""
WINDOW = timedelta(minutes=15)
_KEPT = timedelta(days=1)


class SigningIn:
    """Judges attempts; `wall` is the real time, `secret` keys the hashes under which names are counted."""

    def __init__(self, sessions: sessionmaker[Session], audit: Audit, second_factor: SecondFactor, secret: str, wall: Clock) -> None:
        self._sessions = sessions
        self._audit = audit
        self._second_factor = second_factor
        self._key = hashlib.sha256(b"zhiwen-desk-names:" + secret.encode()).digest()
        self._wall = wall

    def sign_in(self, name: str, password: str, code: str | None, address: str) -> Staff:
        """The account that these open.

        Raises TooManyAttempts, CodeNeeded (the password was right and a code is asked for), or SignInRefused.
        """
        attempt_id = self._count(name, address)
        with self._sessions() as session:
            staff = session.scalar(select(Staff).where(Staff.name_key == name_key(name)))
        matched = passwords.matches(staff.password_hash if staff else None, password)
        if staff is None or not matched or not staff.active:
            self._note_failure(staff, name, address)
            raise SignInRefused("wrong name or password")
        if staff.totp_confirmed_at is not None:
            if not code:
                self._forget(attempt_id)
                raise CodeNeeded("a code is asked for")
            if not self._second_factor.accepts(staff.id, code):
                self._note_failure(staff, name, address)
                raise SignInRefused("wrong code")
        self._accept(attempt_id, staff, password, address)
        return staff

    def confirm(self, actor: Actor, password: str) -> None:
        """Have somebody signed in type their password again, under the same bounds. Raises TooManyAttempts or SignInRefused."""
        with self._sessions() as session:
            staff = session.get_one(Staff, actor.staff_id)
        attempt_id = self._count(staff.name, actor.address)
        if not passwords.matches(staff.password_hash, password):
            raise SignInRefused("wrong password")
        self._forget(attempt_id)

    def unlock(self, name: str) -> None:
        """Forget the failures of an account, so that it may be tried again at once."""
        with self._sessions.begin() as session:
            session.execute(delete(SignInAttempt).where(SignInAttempt.name_hash == self._name_hash(name)))

    def _count(self, name: str, address: str) -> int:
        """Put the attempt on record before it is judged; raises TooManyAttempts.

        It is committed before others are counted, so that of many at once each sees all that came before it.
        """
        now, name_hash = self._wall.now(), self._name_hash(name)
        attempt = SignInAttempt(at=now, name_hash=name_hash, address=address[:64], succeeded=False)
        with self._sessions.begin() as session:
            session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - _KEPT))
            session.add(attempt)
        with self._sessions.begin() as session:
            waiting = max(
                _wait(session, SignInAttempt.name_hash == name_hash, LOCK_AFTER, now, since_success=True),
                _wait(session, SignInAttempt.address == address[:64], ADDRESS_MOST, now, since_success=False),
            )
            if waiting:
                session.delete(attempt)  # what is refused unseen does not lengthen the lock
        if waiting:
            raise TooManyAttempts(waiting)
        return attempt.id

    def _accept(self, attempt_id: int, staff: Staff, password: str, address: str) -> None:
        with self._sessions.begin() as session:
            session.execute(update(SignInAttempt).where(SignInAttempt.id == attempt_id).values(succeeded=True))
            if staff.password_hash is not None and passwords.is_outdated(staff.password_hash):
                session.execute(update(Staff).where(Staff.id == staff.id).values(password_hash=passwords.hashed(password)))
            self._audit.record(session, _actor(staff, address), "session.open", subject(staff.id))

    def _forget(self, attempt_id: int) -> None:
        """What was no failure and opened nothing is no attempt."""
        with self._sessions.begin() as session:
            session.execute(delete(SignInAttempt).where(SignInAttempt.id == attempt_id))

    def _note_failure(self, staff: Staff | None, name: str, address: str) -> None:
        """A failure is on record with the account it was meant for; of a name that nobody has, nothing but its hash."""
        target = subject(staff.id) if staff else f"unknown:{self._name_hash(name)[:12]}"
        with self._sessions.begin() as session:
            self._audit.record(session, Actor(None, "", None, None, address), "session.refused", target)

    def _name_hash(self, name: str) -> str:
        return hmac.new(self._key, name_key(name).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _wait(session: Session, whose: ColumnElement[bool], most: int, now: datetime, *, since_success: bool) -> int:
    """Seconds until the oldest failure that is one too many leaves the window; 0 where there is none. Attempts being judged count."""
    query = select(SignInAttempt.at).where(whose, ~SignInAttempt.succeeded, SignInAttempt.at > now - WINDOW)
    if since_success:
        last = select(func.max(SignInAttempt.id)).where(whose, SignInAttempt.succeeded).scalar_subquery()
        query = query.where(SignInAttempt.id > func.coalesce(last, 0))
    failures = session.scalars(query.order_by(SignInAttempt.at.desc(), SignInAttempt.id.desc()).limit(most + 1)).all()
    if len(failures) <= most:
        return 0
    return max(1, math.ceil((failures[-1] + WINDOW - now).total_seconds()))


def _actor(staff: Staff, address: str) -> Actor:
    return Actor(staff.id, staff.display_name, staff.role, staff.college, address)
