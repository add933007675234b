"""Which files somebody sees, and who may know to which key group a graduate belongs. The key group is known to the supervisor and to the helper."""

from __future__ import annotations

from typing import TypeVarTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desk.care import texts
from desk.care.models import Graduate, Pairing
from desk.errors import CareNotFound, CareRefused
from desk.staff.models import Role
from desk.staff.policy import Actor, Permission

_Columns = TypeVarTuple("_Columns")


def visible(chosen: Select[*_Columns], actor: Actor) -> Select[*_Columns]:
    """A selection narrowed to the files that are not erased and that this person may see."""
    chosen = chosen.where(Graduate.erased_at.is_(None))
    return chosen if actor.only_college is None else chosen.where(Graduate.college == actor.only_college)


def graduate_for(session: Session, actor: Actor, graduate_id: int, *, to_change: bool = False) -> Graduate:
    """A file that this person may see, locked where it is `to_change`. Raises CareNotFound, whether it is not there or not theirs."""
    chosen = visible(select(Graduate).where(Graduate.id == graduate_id), actor)
    found = session.scalars(chosen.with_for_update() if to_change else chosen).one_or_none()
    if found is None:
        raise CareNotFound(texts.NOT_FOUND)
    return found


def open_pairing(session: Session, graduate_id: int) -> Pairing | None:
    """Who cares for a graduate at present."""
    return session.scalars(select(Pairing).where(Pairing.graduate_id == graduate_id, Pairing.ended_at.is_(None))).one_or_none()


def knows_all_key_groups(actor: Actor) -> bool:
    """Whether this person may know the key group of every graduate they see: a supervisor, or the command line (no role)."""
    return actor.role in (None, Role.SUPERVISOR)


def knows_key_group(session: Session, actor: Actor, graduate_id: int) -> bool:
    """Whether this person may see and set the key group: who may know all, or the helper of this very graduate."""
    if knows_all_key_groups(actor):
        return True
    pairing = open_pairing(session, graduate_id)
    return actor.may(Permission.CARE_KEY_GROUP) and pairing is not None and pairing.helper_staff_id == actor.staff_id


def require_key_group(session: Session, actor: Actor, graduate_id: int) -> None:
    """Raise CareRefused where this person may not know the key group."""
    if not knows_key_group(session, actor, graduate_id):
        raise CareRefused(texts.KEY_GROUP_REFUSED)
