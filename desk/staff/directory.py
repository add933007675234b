"""Accounts of staff: made, listed, changed, closed. Every change is on record."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.audit import Audit
from desk.errors import StaffRefused
from desk.staff import passwords, texts
from desk.staff.models import Presence, Role, Staff, StaffSession
from desk.staff.policy import Actor

_NAME = re.compile(r"[\w.@-]{1,40}")
_LONGEST_COLLEGE = 60
_LONGEST_DISPLAY_NAME = 40
_ON_RECORD = ("display_name", "role", "college", "active", "leave_until", "stand_in_id")


class StaffDirectory:
    """All accounts; `wall` is the real time."""

    def __init__(self, sessions: sessionmaker[Session], audit: Audit, wall: Clock) -> None:
        self._sessions = sessions
        self._audit = audit
        self._wall = wall

    def add(self, actor: Actor, name: str, role: Role, *, password: str | None, college: str | None = None, display_name: str | None = None) -> Staff:
        """Make an account; without a password it can sign in by single sign-on alone. Raises StaffRefused."""
        name = unicodedata.normalize("NFKC", name).strip()
        if not _NAME.fullmatch(name):
            raise StaffRefused(texts.NAME_REFUSED)
        now = self._wall.now()
        staff = Staff(name=name, name_key=name_key(name), created_at=now, updated_at=now, active=True, presence=Presence.OFF)
        _assign(staff, {"role": role, "college": college, "display_name": display_name or name})
        if password is not None:
            staff.password_hash = _hash_of(password, name)
        try:
            with self._sessions.begin() as session:
                session.add(staff)
                session.flush()
                self._audit.record(session, actor, "staff.add", subject(staff.id), {}, {"name": name, **_state(staff)})
        except IntegrityError as error:
            raise StaffRefused(texts.NAME_TAKEN.format(name=name)) from error
        return staff

    def all(self) -> list[Staff]:
        """Every account, those in use first, by name."""
        with self._sessions() as session:
            return list(session.scalars(select(Staff).order_by(Staff.active.desc(), Staff.name_key)))

    def get(self, staff_id: int) -> Staff | None:
        """One account by its number."""
        with self._sessions() as session:
            return session.get(Staff, staff_id)

    def find(self, name: str) -> Staff | None:
        """One account by the name that is typed to sign in."""
        with self._sessions() as session:
            return session.scalar(select(Staff).where(Staff.name_key == name_key(name)))

    def change(self, actor: Actor, staff_id: int, changes: dict[str, Any]) -> Staff:
        """Change display_name, role, college, active, leave_until or stand_in_id. Closing an account ends its sessions. Raises StaffRefused."""
        with self._sessions.begin() as session:
            staff = _locked(session, staff_id)
            before, was_administrator = _state(staff), staff.active and staff.role is Role.ADMINISTRATOR
            if changes.get("stand_in_id") is not None:
                _check_stand_in(session, staff_id, changes["stand_in_id"])
            _assign(staff, changes)
            staff.updated_at = self._wall.now()
            session.flush()
            if was_administrator and not _administrators(session):
                raise StaffRefused(texts.LAST_ADMINISTRATOR)
            if not staff.active:
                end_sessions(session, staff_id)
            self._audit.record(session, actor, "staff.change", subject(staff_id), before, _state(staff))
        return staff

    def set_password(self, actor: Actor, staff_id: int, password: str, *, keep_session: int | None = None) -> None:
        """Give a new password; every session but `keep_session` ends. Raises StaffRefused."""
        with self._sessions.begin() as session:
            staff = _locked(session, staff_id)
            staff.password_hash = _hash_of(password, staff.name)
            staff.updated_at = self._wall.now()
            end_sessions(session, staff_id, but=keep_session)
            self._audit.record(session, actor, "staff.password", subject(staff_id))

    def set_presence(self, staff_id: int, presence: Presence) -> None:
        """Say whether somebody takes requests now."""
        with self._sessions.begin() as session:
            session.execute(update(Staff).where(Staff.id == staff_id).values(presence=presence, presence_at=self._wall.now()))


def name_key(name: str) -> str:
    """The name as it is compared: whatever looks alike and differs only in case or width is one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).strip().casefold())[:80]


def subject(staff_id: int) -> str:
    """An account as the audit names it."""
    return f"staff:{staff_id}"


def end_sessions(session: Session, staff_id: int, but: int | None = None) -> None:
    """End every session of an account, one perhaps excepted."""
    for row in session.scalars(select(StaffSession).where(StaffSession.staff_id == staff_id)).all():
        if row.id != but:
            session.delete(row)


def _locked(session: Session, staff_id: int) -> Staff:
    staff = session.get(Staff, staff_id, with_for_update=True)
    if staff is None:
        raise StaffRefused(texts.NO_SUCH_STAFF)
    return staff


def _hash_of(password: str, name: str) -> str:
    if passwords.is_weak(password, name):
        raise StaffRefused(texts.PASSWORD_WEAK.format(shortest=passwords.SHORTEST, longest=passwords.LONGEST))
    return passwords.hashed(password)


def _assign(staff: Staff, changes: dict[str, Any]) -> None:
    """Put checked values on the account; an empty college is none."""
    for field in _ON_RECORD:
        if field in changes:
            setattr(staff, field, changes[field])
    staff.college = (staff.college or "").strip() or None
    staff.display_name = staff.display_name.strip()
    if not 1 <= len(staff.display_name) <= _LONGEST_DISPLAY_NAME:
        raise StaffRefused(texts.DISPLAY_NAME_REFUSED)
    if len(staff.college or "") > _LONGEST_COLLEGE:
        raise StaffRefused(texts.COLLEGE_REFUSED)


def _check_stand_in(session: Session, staff_id: int, stand_in_id: int) -> None:
    stand_in = session.get(Staff, stand_in_id)
    if stand_in is None or not stand_in.active or stand_in_id == staff_id:
        raise StaffRefused(texts.STAND_IN_REFUSED)


def _administrators(session: Session) -> int:
    query = select(func.count()).select_from(Staff).where(Staff.role == Role.ADMINISTRATOR, Staff.active)
    return session.scalar(query) or 0


def _state(staff: Staff) -> dict[str, Any]:
    return dict(_shown(staff, _ON_RECORD))


def _shown(staff: Staff, fields: Iterable[str]) -> Iterable[tuple[str, Any]]:
    for field in fields:
        value = getattr(staff, field)
        yield field, value.isoformat() if isinstance(value, date) else value
