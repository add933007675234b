"""Sessions of signed-in staff: a random token in a cookie, its hash in the database, and a token against forged requests.

The token against forged requests is an HMAC of the cookie's, so that also a page nobody has signed in on yet has one
(OWASP: signed double submit). Signing in always makes a new cookie.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.staff.directory import end_sessions
from desk.staff.models import Staff, StaffSession

LIFETIME = timedelta(hours=12)
"""The longest a session lasts, whatever is done in it: a working day."""
IDLE = timedelta(hours=2)
"""A session that nothing was heard of for so long has ended."""
_SEEN_EVERY = timedelta(minutes=1)
_TOKEN_BYTES = 32
_LONGEST_AGENT = 200


class StaffSessions:
    """Opened, found and ended; `wall` must be the real time: a day that stands in for today does not lengthen a session."""

    def __init__(self, sessions: sessionmaker[Session], secret: str, wall: Clock) -> None:
        self._sessions = sessions
        self._key = hashlib.sha256(b"zhiwen-desk-csrf:" + secret.encode()).digest()
        self._wall = wall

    def open(self, staff: Staff, address: str, agent: str) -> str:
        """A new session; gives its token, which is shown this once. Sessions that are over go."""
        token, now = new_token(), self._wall.now()
        with self._sessions.begin() as session:
            session.execute(delete(StaffSession).where(StaffSession.expires_at < now))
            session.add(
                StaffSession(
                    token_hash=_hash(token),
                    staff_id=staff.id,
                    created_at=now,
                    last_seen_at=now,
                    expires_at=now + LIFETIME,
                    address=address[:64],
                    agent=agent[:_LONGEST_AGENT],
                )
            )
        return token

    def find(self, token: str) -> StaffSession | None:
        """The session of a token with its account, if both still stand; notes that it was seen, once a minute."""
        now = self._wall.now()
        with self._sessions() as session:
            row = session.scalar(select(StaffSession).where(StaffSession.token_hash == _hash(token)))
            if row is None or not row.staff.active or row.expires_at <= now or row.last_seen_at + IDLE <= now:
                return None
            if row.last_seen_at + _SEEN_EVERY <= now:
                row.last_seen_at = now
                session.commit()
            return row

    def end(self, token: str) -> None:
        """Sign out; an unknown token is no error."""
        with self._sessions.begin() as session:
            session.execute(delete(StaffSession).where(StaffSession.token_hash == _hash(token)))

    def all_of(self, staff_id: int) -> list[StaffSession]:
        """The sessions of an account that still stand, the one seen last first."""
        now = self._wall.now()
        query = select(StaffSession).where(StaffSession.staff_id == staff_id, StaffSession.expires_at > now, StaffSession.last_seen_at > now - IDLE)
        with self._sessions() as session:
            return list(session.scalars(query.order_by(StaffSession.last_seen_at.desc(), StaffSession.id.desc())))

    def end_one(self, staff_id: int, session_id: int) -> bool:
        """End one session of this account; False where there is none of that number."""
        with self._sessions.begin() as session:
            row = session.get(StaffSession, session_id)
            if row is None or row.staff_id != staff_id:
                return False
            session.delete(row)
        return True

    def end_all(self, staff_id: int, but: int | None = None) -> None:
        """End every session of this account, one perhaps excepted."""
        with self._sessions.begin() as session:
            end_sessions(session, staff_id, but)

    def csrf(self, token: str) -> str:
        """What the header of an unsafe request must hold for this cookie."""
        return hmac.new(self._key, token.encode(), hashlib.sha256).hexdigest()

    def is_genuine(self, token: str, csrf: str) -> bool:
        """Whether the header belongs to the cookie; compared in constant time."""
        return hmac.compare_digest(self.csrf(token).encode(), csrf.encode())


def new_token() -> str:
    """An unguessable token: 256 random bits."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
