"""The ledger: employers without doubles, visits, needs, and what came of them. Every method is one transaction of its own.

Two names that differ in width, blanks, brackets or script are one employer, and so are two rows with one credit code.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.text.folding import fold
from core.text.masking import mask
from knowledge.employers import texts
from knowledge.employers.checks import Check, Checked, own_checks
from knowledge.employers.credit_code import fault, normalised
from knowledge.employers.models import EmployerNeed, EmployerVisit, NeedCandidate, NeedPosting
from knowledge.employers.record import (
    LEVELS,
    OUTCOMES,
    Change,
    EmployerRecord,
    LinkedPosting,
    ListedEmployer,
    NeedRecord,
    Outcome,
    Statement,
    Trace,
    VisitRecord,
)
from knowledge.errors import LedgerRefused
from knowledge.postings.matching import employer_key
from knowledge.postings.models import Employer, Posting
from knowledge.witness import State, Witness, nobody

_CONTACTS = 20
_LENGTHS = {"name": 200, "type": 20, "city": 50, "site": 300, "mail_domain": 100, "address": 300}
_FIELDS = ("name", "type", "city", "credit_code", "site", "mail_domain", "address", "note")


class Ledger:
    """The front door of the ledger. What cannot be taken raises LedgerRefused with a Chinese line, and nothing is stored."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock) -> None:
        self._sessions = sessions
        self._clock = clock

    def put(self, record: EmployerRecord, witness: Witness = nobody) -> tuple[int, Change]:
        """Take an employer in, or what is newly known of it; empty fields leave what is known. The employer's id and what changed."""
        record = _valid(record)
        with self._sessions.begin() as session:
            known = _same_employer(session, record)
            if known is None:
                number = self._add(session, record)
                witness(session, number, {}, _fields(record))
                return number, "new"
            before = record_of(known)
            changed = _take_over(known, record)
            witness(session, known.id, _fields(before), _fields(record_of(known)))
            if not changed:
                return known.id, "unchanged"
            known.updated_at = self._clock.now()
            return known.id, "updated"

    def employers(self, words: str = "", *, limit: int = 100, offset: int = 0) -> list[ListedEmployer]:
        """Employers whose name holds the words, by name, with what the ledger counts of them."""
        chosen = select(Employer, *_COUNTS).order_by(Employer.name, Employer.id).limit(limit).offset(offset)
        if words:
            chosen = chosen.where(Employer.key.contains(employer_key(words), autoescape=True))
        with self._sessions() as session:
            return [
                ListedEmployer(row.id, record_of(row), visits, last, needs, postings)
                for row, visits, last, needs, postings in session.execute(chosen)
            ]

    def count(self, words: str = "") -> int:
        """How many employers' names hold the words."""
        chosen = select(func.count(Employer.id))
        if words:
            chosen = chosen.where(Employer.key.contains(employer_key(words), autoescape=True))
        with self._sessions() as session:
            return session.scalar(chosen) or 0

    def checked(self, name: str) -> Checked:
        """What the system sees of an employer, against the contacts of its latest postings, and what people checked of it."""
        with self._sessions() as session:
            row = employer_named(session, name)
            contacts = select(Posting.contact).where(Posting.employer_id == row.id).order_by(Posting.id.desc()).limit(_CONTACTS)
            own = own_checks(row, session.scalars(contacts).all())
            return Checked(row.id, row.name, tuple(own), tuple(Check(**check) for check in row.checks))

    def record_visit(self, visit: VisitRecord, by: str, witness: Witness = nobody) -> tuple[int, Change]:
        """Put a visit on record; the same person, employer and day again brings the record up to date."""
        by = _recorder(by)
        _valid_visit(visit, self._clock.today())
        with self._sessions.begin() as session:
            employer = employer_named(session, visit.employer)
            same = (
                EmployerVisit.employer_id == employer.id,
                EmployerVisit.visited_on == visit.visited_on,
                EmployerVisit.visitor == visit.visitor.strip(),
            )
            known = session.scalars(select(EmployerVisit).where(*same)).one_or_none()
            values = {
                "level": visit.level,
                "college": visit.college.strip(),
                "is_new": visit.is_new,
                "posts_gained": visit.posts_gained,
                "note": visit.note.strip(),
            }
            if known is not None:
                witness(session, known.id, {name: getattr(known, name) for name in values}, values)
                return known.id, _changed(known, values)
            row = EmployerVisit(
                employer_id=employer.id,
                visited_on=visit.visited_on,
                visitor=visit.visitor.strip(),
                recorded_by=by,
                recorded_at=self._clock.now(),
                **values,
            )
            session.add(row)
            session.flush()
            witness(session, row.id, {}, values)
            return row.id, "new"

    def record_need(self, need: NeedRecord, by: str, witness: Witness = nobody) -> tuple[int, Change]:
        """Put a need on record; the same employer, post and day again brings the record up to date."""
        by = _recorder(by)
        if not need.post.strip():
            raise LedgerRefused(texts.NO_POST)
        if need.headcount is not None and need.headcount < 0:
            raise LedgerRefused(texts.NEGATIVE)
        with self._sessions.begin() as session:
            employer = employer_named(session, need.employer)
            by_then = EmployerNeed.needed_by.is_(None) if need.needed_by is None else EmployerNeed.needed_by == need.needed_by
            same = select(EmployerNeed).where(EmployerNeed.employer_id == employer.id, EmployerNeed.post == need.post.strip(), by_then)
            known = session.scalars(same.order_by(EmployerNeed.id).limit(1)).one_or_none()
            values = {"headcount": need.headcount, "majors": need.majors.strip(), "degree": need.degree.strip(), "note": need.note.strip()}
            if known is not None:
                witness(session, known.id, {name: getattr(known, name) for name in values}, values)
                return known.id, _changed(known, values)
            row = EmployerNeed(
                employer_id=employer.id,
                post=need.post.strip(),
                needed_by=need.needed_by,
                recorded_by=by,
                recorded_at=self._clock.now(),
                **values,
            )
            session.add(row)
            session.flush()
            witness(session, row.id, {}, values)
            return row.id, "new"

    def link(self, need_id: int, posting_id: int, by: str, *, title: str = "") -> Change:
        """Say that a posting answers a need; a `title` that is not the posting's tells a wrong number and is refused."""
        by = _recorder(by)
        with self._sessions.begin() as session:
            _need(session, need_id)
            posting = session.get(Posting, posting_id)
            if posting is None:
                raise LedgerRefused(texts.UNKNOWN_POSTING.format(id=posting_id))
            if title and fold(title) != fold(posting.title):
                raise LedgerRefused(texts.OTHER_POSTING.format(id=posting_id, title=posting.title, given=title))
            if session.get(NeedPosting, (need_id, posting_id)) is not None:
                return "unchanged"
            session.add(NeedPosting(need_id=need_id, posting_id=posting_id, linked_by=by, linked_at=self._clock.now()))
            return "new"

    def record_candidate(
        self, need_id: int, reference: str, outcome: Outcome, by: str, *, posting_id: int | None = None, note: str = ""
    ) -> Statement:
        """Say what became of a candidate. `reference` is the school's own word for them; personal numbers in it are refused."""
        row = self._candidate(need_id, reference, outcome, by, posting_id, note, None)
        with self._sessions.begin() as session:
            _valid_candidate(session, row)
            session.add(row)
            session.flush()
            return next(one for one in _statements(session, need_id) if one.reference == row.reference)

    def take_candidate(
        self, need_id: int, reference: str, outcome: Outcome, by: str, *, posting_id: int | None = None, note: str = "", at: datetime | None = None
    ) -> Change:
        """As `record_candidate`, once: what was said at that moment (without one: what was said last) is not said again."""
        row = self._candidate(need_id, reference, outcome, by, posting_id, note, at)
        with self._sessions.begin() as session:
            _valid_candidate(session, row)
            said = list(session.scalars(_spoken_of(need_id).where(NeedCandidate.reference == row.reference)))
            known = [one for one in said if one.recorded_at == at] if at else said[-1:]
            if any(_says_the_same(one, row) for one in known):
                return "unchanged"
            session.add(row)
            return "new"

    def _candidate(
        self, need_id: int, reference: str, outcome: Outcome, by: str, posting_id: int | None, note: str, at: datetime | None
    ) -> NeedCandidate:
        now = self._clock.now()
        if at is not None and at > now:
            raise LedgerRefused(texts.NOT_YET.format(at=f"{at:%Y-%m-%d %H:%M}"))
        return NeedCandidate(
            need_id=need_id,
            posting_id=posting_id,
            reference=reference.strip(),
            outcome=outcome,
            note=mask(note.strip()),
            recorded_by=_recorder(by),
            recorded_at=at or now,
        )

    def need_named(self, employer: str, post: str, needed_by: date | None) -> int:
        """The id of a need by what tells it apart; without a day the only one of that post will do. Raises LedgerRefused."""
        with self._sessions() as session:
            known = employer_named(session, employer)
            found = session.scalars(
                select(EmployerNeed).where(EmployerNeed.employer_id == known.id, EmployerNeed.post == post.strip()).order_by(EmployerNeed.id)
            ).all()
            same = [need for need in found if need.needed_by == needed_by]
            if same:
                return same[0].id
            if needed_by is None and len(found) > 1:
                raise LedgerRefused(texts.SEVERAL_NEEDS.format(employer=known.name, post=post.strip()))
            if needed_by is None and found:
                return found[0].id
            until = texts.UNTIL.format(day=needed_by) if needed_by else ""
            raise LedgerRefused(texts.NO_SUCH_NEED.format(employer=known.name, post=post.strip(), until=until))

    def trace(self, need_id: int) -> Trace:
        """A need with its postings as they stand and its candidates as they were last spoken of."""
        with self._sessions() as session:
            return _trace(session, _need(session, need_id))

    def needs(self, employer: str = "", *, limit: int = 100, offset: int = 0) -> list[Trace]:
        """The needs, the most pressing first, those without a day last; of one employer where it is named."""
        chosen = select(EmployerNeed).order_by(EmployerNeed.needed_by.is_(None), EmployerNeed.needed_by, EmployerNeed.id).limit(limit).offset(offset)
        with self._sessions() as session:
            if employer:
                chosen = chosen.where(EmployerNeed.employer_id == employer_named(session, employer).id)
            return [_trace(session, need) for need in session.scalars(chosen)]

    def _add(self, session: Session, record: EmployerRecord) -> int:
        now = self._clock.now()
        row = Employer(name=record.name, key=employer_key(record.name), checks=[], created_at=now, updated_at=now)
        _take_over(row, record)
        session.add(row)
        session.flush()
        return row.id


_COUNTS = (
    select(func.count()).where(EmployerVisit.employer_id == Employer.id).scalar_subquery(),
    select(func.max(EmployerVisit.visited_on)).where(EmployerVisit.employer_id == Employer.id).scalar_subquery(),
    select(func.count()).where(EmployerNeed.employer_id == Employer.id).scalar_subquery(),
    select(func.count()).where(Posting.employer_id == Employer.id).scalar_subquery(),
)


def record_of(row: Employer) -> EmployerRecord:
    """A stored employer as a record."""
    return EmployerRecord(**{name: getattr(row, name) or "" for name in _FIELDS}, checks=tuple(row.checks))


def _fields(record: EmployerRecord) -> State:
    return {name: getattr(record, name) for name in _FIELDS if getattr(record, name)}


def employer_named(session: Session, name: str) -> Employer:
    """The employer of a name or credit code; a part of a name will do where it fits one alone. Raises LedgerRefused."""
    key = employer_key(name)
    if not key:
        raise LedgerRefused(texts.NO_NAME)
    exact = select(Employer).where((Employer.key == key) | (Employer.credit_code == normalised(name)))
    if found := session.scalars(exact).first():
        return found
    near = session.scalars(select(Employer).where(Employer.key.contains(key, autoescape=True)).order_by(Employer.name).limit(4)).all()
    if not near:
        raise LedgerRefused(texts.UNKNOWN_EMPLOYER.format(name=name.strip()))
    if len(near) > 1:
        raise LedgerRefused(texts.SEVERAL.format(name=name.strip(), found="、".join(one.name for one in near)))
    return near[0]


def _valid(record: EmployerRecord) -> EmployerRecord:
    values: dict[str, Any] = {name: " ".join(getattr(record, name).split()) if name != "note" else record.note.strip() for name in _FIELDS}
    if not employer_key(values["name"]):
        raise LedgerRefused(texts.NO_NAME)
    for name, most in _LENGTHS.items():
        if len(values[name]) > most:
            raise LedgerRefused(texts.TOO_LONG.format(field=texts.EMPLOYER_COLUMNS[name], most=most))
    values["credit_code"] = normalised(values["credit_code"])
    if values["credit_code"] and (why := fault(values["credit_code"])):
        raise LedgerRefused(texts.BAD_CODE.format(code=values["credit_code"], why=why))
    values["mail_domain"] = values["mail_domain"].rpartition("@")[2].lower()
    return EmployerRecord(**values, checks=record.checks)


def _same_employer(session: Session, record: EmployerRecord) -> Employer | None:
    """By code, else by name; a row of which the two say different things is for a person."""
    named = session.scalars(select(Employer).where(Employer.key == employer_key(record.name))).one_or_none()
    if not record.credit_code:
        return named
    coded = session.scalars(select(Employer).where(Employer.credit_code == record.credit_code).order_by(Employer.id)).first()
    if coded is not None and named is not None and coded.id != named.id:
        raise LedgerRefused(texts.CODE_TAKEN.format(code=record.credit_code, name=coded.name))
    if named is not None and named.credit_code and named.credit_code != record.credit_code:
        raise LedgerRefused(texts.CODE_DIFFERS.format(name=named.name, known=named.credit_code, given=record.credit_code))
    return coded or named


def _take_over(row: Employer, record: EmployerRecord) -> bool:
    """What is newly known goes into the row; whether anything did."""
    before = record_of(row)
    for name in _FIELDS:
        if value := getattr(record, name):
            setattr(row, name, value)
    row.key = employer_key(row.name)
    row.checks = [*row.checks, *(check for check in record.checks if check not in row.checks)]
    return record_of(row) != before


def _changed(row: EmployerVisit | EmployerNeed, values: dict[str, Any]) -> Change:
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return "updated" if different else "unchanged"


def _recorder(by: str) -> str:
    if not by.strip():
        raise LedgerRefused(texts.NO_RECORDER)
    return by.strip()


def _valid_visit(visit: VisitRecord, today: date) -> None:
    if not visit.visitor.strip():
        raise LedgerRefused(texts.NO_VISITOR)
    if visit.level not in LEVELS:
        raise LedgerRefused(texts.UNKNOWN_LEVEL.format(name=visit.level, known="、".join(texts.LEVELS.values())))
    if visit.posts_gained < 0:
        raise LedgerRefused(texts.NEGATIVE)
    if visit.visited_on > today:
        raise LedgerRefused(texts.VISIT_AHEAD.format(day=visit.visited_on.isoformat()))


def _valid_candidate(session: Session, row: NeedCandidate) -> None:
    _valid_reference(row.reference)
    if row.outcome not in OUTCOMES:
        raise LedgerRefused(texts.UNKNOWN_OUTCOME.format(name=row.outcome, known="、".join(texts.OUTCOMES.values())))
    _need(session, row.need_id)
    if row.posting_id is not None and session.get(NeedPosting, (row.need_id, row.posting_id)) is None:
        raise LedgerRefused(texts.NOT_OF_NEED.format(posting=row.posting_id, need=row.need_id))


def _says_the_same(one: NeedCandidate, other: NeedCandidate) -> bool:
    return (one.outcome, one.posting_id, one.note) == (other.outcome, other.posting_id, other.note)


def _valid_reference(reference: str) -> None:
    if not reference:
        raise LedgerRefused(texts.NO_REFERENCE)
    if len(reference) > NeedCandidate.reference.type.length:
        raise LedgerRefused(texts.TOO_LONG.format(field=texts.REFERENCE, most=NeedCandidate.reference.type.length))
    if mask(reference) != reference:
        raise LedgerRefused(texts.PERSONAL_REFERENCE)


def _need(session: Session, need_id: int) -> EmployerNeed:
    need = session.get(EmployerNeed, need_id)
    if need is None:
        raise LedgerRefused(texts.UNKNOWN_NEED.format(id=need_id))
    return need


def _trace(session: Session, need: EmployerNeed) -> Trace:
    employer = session.get_one(Employer, need.employer_id)
    linked = select(Posting).join(NeedPosting, NeedPosting.posting_id == Posting.id).where(NeedPosting.need_id == need.id).order_by(Posting.id)
    return Trace(
        need_id=need.id,
        need=NeedRecord(employer.name, need.post, need.headcount, need.majors, need.degree, need.needed_by, need.note),
        postings=tuple(LinkedPosting(row.id, row.title, row.status) for row in session.scalars(linked)),
        candidates=tuple(_statements(session, need.id)),
    )


def _statements(session: Session, need_id: int) -> list[Statement]:
    rows: dict[str, list[NeedCandidate]] = {}
    for row in session.scalars(_spoken_of(need_id)):
        rows.setdefault(row.reference, []).append(row)
    return [_statement(said) for said in rows.values()]


def _spoken_of(need_id: int) -> Select[NeedCandidate]:
    """What was said of a need's candidates, oldest first; a file may bring in later what was said earlier."""
    return select(NeedCandidate).where(NeedCandidate.need_id == need_id).order_by(NeedCandidate.recorded_at, NeedCandidate.id)


def _statement(said: Sequence[NeedCandidate]) -> Statement:
    last = said[-1]
    posting_id = next((row.posting_id for row in reversed(said) if row.posting_id is not None), None)
    history: tuple[Any, ...] = tuple(row.outcome for row in said[:-1])
    outcome: Any = last.outcome
    return Statement(last.reference, outcome, last.note, last.recorded_by, last.recorded_at, posting_id, history)
