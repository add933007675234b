"""Who may do what at the desk: one table of permission and role, and whose students somebody sees.

Every route of /api/desk names one permission (`desk.api.allowed`); nothing else in the project decides by role.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desk.staff.models import Role


class Permission(StrEnum):
    """What a route asks of whoever calls it."""

    OWN_ACCOUNT = "own_account"
    """One's own sessions, password, second factor and presence."""
    LIVE_EVENTS = "live_events"
    STAFF_READ = "staff_read"
    """The names of colleagues, their presence and load: what a transfer needs."""
    STAFF_MANAGE = "staff_manage"
    STAFF_LEAVE = "staff_leave"
    """Leave and stand-ins of others."""
    AUDIT_READ = "audit_read"
    PERSONAL_DATA = "personal_data"
    """Hand out or erase what is kept of a graduate who cannot do it in the chat any more."""

    TICKETS_READ = "tickets_read"
    TICKETS_WORK = "tickets_work"
    """Claim, answer, hand back, note, label, snooze, resolve: what the holder does."""
    TICKETS_ASSIGN = "tickets_assign"
    """Take a request from somebody else or give it to another, and set its priority."""
    TICKETS_MERGE = "tickets_merge"
    CANNED_READ = "canned_read"
    CANNED_MANAGE = "canned_manage"
    DELIVERIES_READ = "deliveries_read"
    DELIVERIES_RESEND = "deliveries_resend"

    CARE_READ = "care_read"
    CARE_WRITE = "care_write"
    CARE_KEY_GROUP = "care_key_group"
    """See and set to which key group a graduate belongs."""
    CARE_IMPORT = "care_import"
    CARE_EXPORT = "care_export"
    REPORTS_READ = "reports_read"

    KNOWLEDGE_READ = "knowledge_read"
    KNOWLEDGE_DRAFT = "knowledge_draft"
    KNOWLEDGE_REVIEW = "knowledge_review"
    DOCUMENTS_MANAGE = "documents_manage"
    POSTINGS_READ = "postings_read"
    POSTINGS_DECIDE = "postings_decide"
    FAIRS_READ = "fairs_read"
    FAIRS_DECIDE = "fairs_decide"
    ANNOUNCEMENTS_READ = "announcements_read"
    ANNOUNCEMENTS_MANAGE = "announcements_manage"
    EMPLOYERS_READ = "employers_read"
    EMPLOYERS_WRITE = "employers_write"
    SURVEYS_READ = "surveys_read"
    SURVEYS_MANAGE = "surveys_manage"
    TRAININGS_READ = "trainings_read"
    TRAININGS_MANAGE = "trainings_manage"


_ADMINISTRATION = frozenset({Role.ADMINISTRATOR})
_LEADING = _ADMINISTRATION | {Role.SUPERVISOR}
_COUNSELLING = _LEADING | {Role.COUNSELLOR}
_REVIEWING = _LEADING | {Role.REVIEWER}
_WORKING = _COUNSELLING | {Role.REVIEWER}
_COUNSELLING_SEEN = _COUNSELLING | {Role.READ_ONLY}
_EVERYBODY = frozenset(Role)

POLICY: dict[Permission, frozenset[Role]] = {
    Permission.OWN_ACCOUNT: _EVERYBODY,
    Permission.LIVE_EVENTS: _EVERYBODY,
    Permission.STAFF_READ: _EVERYBODY,
    Permission.STAFF_MANAGE: _ADMINISTRATION,
    Permission.STAFF_LEAVE: _LEADING,
    Permission.AUDIT_READ: _LEADING,
    Permission.PERSONAL_DATA: _LEADING,
    Permission.TICKETS_READ: _COUNSELLING_SEEN,
    Permission.TICKETS_WORK: _COUNSELLING,
    Permission.TICKETS_ASSIGN: _LEADING,
    Permission.TICKETS_MERGE: _COUNSELLING,
    Permission.CANNED_READ: _EVERYBODY,
    Permission.CANNED_MANAGE: _COUNSELLING,
    Permission.DELIVERIES_READ: _LEADING,
    Permission.DELIVERIES_RESEND: _LEADING,
    Permission.CARE_READ: _COUNSELLING_SEEN,
    Permission.CARE_WRITE: _COUNSELLING,
    Permission.CARE_KEY_GROUP: _COUNSELLING,
    Permission.CARE_IMPORT: _COUNSELLING,
    Permission.CARE_EXPORT: _COUNSELLING,
    Permission.REPORTS_READ: _COUNSELLING_SEEN,
    Permission.KNOWLEDGE_READ: _EVERYBODY,
    Permission.KNOWLEDGE_DRAFT: _WORKING,
    Permission.KNOWLEDGE_REVIEW: _REVIEWING,
    Permission.DOCUMENTS_MANAGE: _REVIEWING,
    Permission.POSTINGS_READ: _EVERYBODY,
    Permission.POSTINGS_DECIDE: _REVIEWING,
    Permission.FAIRS_READ: _EVERYBODY,
    Permission.FAIRS_DECIDE: _REVIEWING,
    Permission.ANNOUNCEMENTS_READ: _EVERYBODY,
    Permission.ANNOUNCEMENTS_MANAGE: _WORKING,
    Permission.EMPLOYERS_READ: _EVERYBODY,
    Permission.EMPLOYERS_WRITE: _WORKING,
    Permission.SURVEYS_READ: _EVERYBODY,
    Permission.SURVEYS_MANAGE: _LEADING,
    Permission.TRAININGS_READ: _COUNSELLING_SEEN,
    Permission.TRAININGS_MANAGE: _COUNSELLING,
}

_BOUND_TO_A_COLLEGE = frozenset({Role.COUNSELLOR})
"""Without a college of their own these see only what belongs to no known college; a read-only account is bound where it names one."""


@dataclass(frozen=True)
class Actor:
    """Whoever does something at the desk, as the record names them.

    `staff_id` and `role` are None for what the command line and the program itself do; nothing of that goes through a route.
    """

    staff_id: int | None
    name: str
    role: Role | None
    college: str | None
    address: str
    session_id: int | None = None

    def may(self, permission: Permission) -> bool:
        """Whether the table grants it."""
        return self.role is not None and self.role in POLICY[permission]

    @property
    def only_college(self) -> str | None:
        """The one college whose graduates they see, "" for none; None where they see all. Those of no known college everybody sees."""
        if self.role in _BOUND_TO_A_COLLEGE:
            return self.college or ""
        if self.role is Role.READ_ONLY:
            return self.college
        return None

    def sees(self, college: str | None) -> bool:
        """Whether what belongs to this college is theirs to see."""
        return not college or self.only_college is None or college == self.only_college


def system_actor(name: str) -> Actor:
    """Who acts where no staff member does: a job of the program, or somebody at the command line."""
    return Actor(None, name, None, None, "")
