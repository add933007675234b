"""The tables of staff: who works at the desk, their sessions, their attempts to sign in, their recovery codes."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, UtcDateTime


class Role(StrEnum):
    """What somebody is at the desk; what a role may do stands in `desk.staff.policy` alone."""

    COUNSELLOR = "counsellor"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    READ_ONLY = "read_only"


class Presence(StrEnum):
    """Whether requests may be routed to somebody now."""

    ONLINE = "online"
    AWAY = "away"
    OFF = "off"


def _words(length: int, kind: type[StrEnum]) -> Enum:
    return Enum(kind, native_enum=False, length=length, values_callable=lambda members: [member.value for member in members])


class Staff(Base):
    """One person at the desk. Accounts are never deleted, for the record names them; they are made inactive."""

    __tablename__ = "staff"
    __table_args__ = (UniqueConstraint("oidc_issuer", "oidc_subject", name="uq_staff_oidc"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    """What is typed to sign in, as it was given."""
    name_key: Mapped[str] = mapped_column(String(80), unique=True)
    """The name folded, so that two that look alike cannot both be there."""
    display_name: Mapped[str] = mapped_column(String(40))
    """What colleagues and graduates read, such as 王老师."""
    role: Mapped[Role] = mapped_column(_words(16, Role))
    college: Mapped[str | None] = mapped_column(String(60))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    """Argon2id in PHC form; None where somebody signs in by single sign-on alone."""
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """Since when a code is asked for; a secret that was never confirmed asks for none."""
    totp_last_step: Mapped[int | None]
    """The time step of the last code accepted: no code serves twice (RFC 6238, 5.2)."""
    oidc_issuer: Mapped[str | None] = mapped_column(String(300))
    oidc_subject: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    presence: Mapped[Presence] = mapped_column(_words(8, Presence), default=Presence.OFF)
    presence_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    leave_until: Mapped[date | None]
    """The last day of leave."""
    stand_in_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    """Who takes their requests while they are on leave."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffSession(Base):
    """One signed-in browser. The cookie's token itself is not kept, only its SHA-256."""

    __tablename__ = "staff_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    address: Mapped[str] = mapped_column(String(64))
    agent: Mapped[str] = mapped_column(String(200))

    staff: Mapped[Staff] = relationship(lazy="joined", innerjoin=True)


class SignInAttempt(Base):
    """One attempt to sign in. The name is kept as a keyed hash: people type passwords into the wrong field."""

    __tablename__ = "staff_sign_in_attempts"
    __table_args__ = (
        Index("ix_staff_sign_in_attempts_name_hash_at", "name_hash", "at"),
        Index("ix_staff_sign_in_attempts_address_at", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    name_hash: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    succeeded: Mapped[bool] = mapped_column(default=False)
    """False from the beginning: an attempt that is still being judged counts, so that many at once are no way round."""


class RecoveryCode(Base):
    """A code that stands in once for a lost device; kept as SHA-256, for the codes are long and random."""

    __tablename__ = "staff_recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
