"""The second factor: codes by time (TOTP, RFC 6238), and codes for the day the device is lost."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

import pyotp
import segno
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.audit import Audit
from desk.errors import StaffRefused
from desk.staff import texts
from desk.staff.directory import subject
from desk.staff.models import RecoveryCode, Staff
from desk.staff.policy import Actor

ISSUER = "职问"
RECOVERY_CODES = 8
_STEP_SECONDS = 30
_DRIFT_STEPS = (0, -1, 1)
"""A phone's clock may be half a minute off (RFC 6238, 5.2, recommends one step)."""


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator needs: the secret in base32, and the same as a QR code in an SVG data URI."""

    secret: str
    uri: str
    picture: str


class SecondFactor:
    """Turned on, checked and turned off; `wall` is the real time."""

    def __init__(self, sessions: sessionmaker[Session], audit: Audit, wall: Clock) -> None:
        self._sessions = sessions
        self._audit = audit
        self._wall = wall

    def begin(self, actor: Actor) -> Enrolment:
        """A new secret for one's own account; no code is asked for until one was confirmed. Raises StaffRefused where it is on already."""
        secret = pyotp.random_base32()
        with self._sessions.begin() as session:
            staff = session.get_one(Staff, actor.staff_id)
            if staff.totp_confirmed_at is not None:
                raise StaffRefused(texts.TOTP_IS_ON)
            staff.totp_secret = secret
            uri = pyotp.TOTP(secret).provisioning_uri(name=staff.name, issuer_name=ISSUER)
        return Enrolment(secret, uri, segno.make(uri, error="m").svg_data_uri(scale=4))

    def confirm(self, actor: Actor, code: str) -> list[str]:
        """From now on a code is asked for; gives the recovery codes, shown this once. Raises StaffRefused for a wrong code."""
        now = self._wall.now()
        with self._sessions.begin() as session:
            staff = session.get_one(Staff, actor.staff_id, with_for_update=True)
            if staff.totp_confirmed_at is not None:
                raise StaffRefused(texts.TOTP_IS_ON)
            step = self._step_of(staff, code)
            if step is None:
                raise StaffRefused(texts.TOTP_WRONG)
            staff.totp_confirmed_at, staff.totp_last_step = now, step
            codes = [_new_recovery_code() for _ in range(RECOVERY_CODES)]
            session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff.id))
            session.add_all(RecoveryCode(staff_id=staff.id, code_hash=_hash(code)) for code in codes)
            self._audit.record(session, actor, "staff.totp_on", subject(staff.id))
        return codes

    def turn_off(self, actor: Actor, staff_id: int) -> None:
        """No code is asked for any more: for oneself, or by an administrator for somebody whose device is lost."""
        with self._sessions.begin() as session:
            session.execute(update(Staff).where(Staff.id == staff_id).values(totp_secret=None, totp_confirmed_at=None, totp_last_step=None))
            session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
            self._audit.record(session, actor, "staff.totp_off", subject(staff_id))

    def accepts(self, staff_id: int, code: str) -> bool:
        """Whether the code is right, and then it is used up: of two that bring the same one, one gets in."""
        with self._sessions.begin() as session:
            staff = session.get_one(Staff, staff_id)
            step = self._step_of(staff, code)
            if step is None:
                return self._takes_recovery_code(session, staff_id, code)
            unused = or_(Staff.totp_last_step.is_(None), Staff.totp_last_step < step)
            taken = session.scalars(update(Staff).where(Staff.id == staff_id, unused).values(totp_last_step=step).returning(Staff.id))
            return taken.one_or_none() is not None

    def _step_of(self, staff: Staff, code: str) -> int | None:
        """The time step whose code this is, if any of now."""
        if not staff.totp_secret:
            return None
        totp, now = pyotp.TOTP(staff.totp_secret), int(self._wall.now().timestamp()) // _STEP_SECONDS
        typed = code.strip().replace(" ", "").encode()
        return next((now + drift for drift in _DRIFT_STEPS if hmac.compare_digest(totp.generate_otp(now + drift).encode(), typed)), None)

    def _takes_recovery_code(self, session: Session, staff_id: int, code: str) -> bool:
        matching = select(RecoveryCode.id).where(
            RecoveryCode.staff_id == staff_id, RecoveryCode.code_hash == _hash(code), RecoveryCode.used_at.is_(None)
        )
        values = {"used_at": self._wall.now()}
        used = session.scalars(
            update(RecoveryCode).where(RecoveryCode.id.in_(matching), RecoveryCode.used_at.is_(None)).values(values).returning(RecoveryCode.id)
        )
        return used.first() is not None


def _new_recovery_code() -> str:
    """Twelve characters of base32, 60 bits, in groups that can be read out."""
    plain = "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(12))
    return "-".join(plain[start : start + 4] for start in range(0, 12, 4))


def _hash(code: str) -> str:
    return hashlib.sha256(code.strip().upper().replace("-", "").replace(" ", "").encode("utf-8", "surrogatepass")).hexdigest()
