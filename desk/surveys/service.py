"""Surveys as staff have them: drafted, published, ended, their results read. What graduates do with them is in `desk.surveys.answering`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA, Clock
from desk.audit import Audit
from desk.care.models import Graduate
from desk.errors import SurveyRefused
from desk.staff.models import Staff
from desk.staff.policy import Actor
from desk.surveys import texts
from desk.surveys.disclosure import THRESHOLD
from desk.surveys.free_text import texts_shown
from desk.surveys.models import Survey, SurveyAnswer
from desk.surveys.questions import Question, checked
from desk.surveys.results import Results, Shown, results_of
from knowledge.tables.cells import csv_line

LONGEST_OPEN = timedelta(days=366)
FURTHEST_AHEAD = timedelta(days=3 * 366)
_MARK = "\ufeff"


class State(StrEnum):
    """Where a survey stands today."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Draft:
    """What staff write. `college` and `cohort` say whom it is for, days are in China and both belong to it."""

    title: str
    purpose: str
    questions: Sequence[Question]
    opens_on: date
    closes_on: date
    keep_days: int
    college: str | None = None
    cohort: int | None = None


@dataclass(frozen=True)
class Read:
    """The results as one person may see them; `written` holds the texts by question, None where too few wrote."""

    survey: Survey
    results: Results
    written: dict[str, list[str] | None]


class Surveys:
    """Every method is one transaction and may raise SurveyRefused and sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, audit: Audit) -> None:
        self._sessions, self._clock, self._audit = sessions, clock, audit

    def page(self, page: int, page_size: int) -> tuple[list[tuple[Survey, int]], int]:
        """A page of all surveys with how many answered, the newest first, and how many there are."""
        with self._sessions() as session:
            total = session.scalar(select(func.count()).select_from(Survey)) or 0
            rows = session.scalars(select(Survey).order_by(Survey.id.desc()).limit(page_size).offset((page - 1) * page_size)).all()
            counted = select(SurveyAnswer.survey_id, func.count()).where(SurveyAnswer.survey_id.in_([row.id for row in rows]))
            answers = {row[0]: row[1] for row in session.execute(counted.group_by(SurveyAnswer.survey_id))}
        return [(row, answers.get(row.id, 0)) for row in rows], total

    def get(self, survey_id: int) -> tuple[Survey, int]:
        """A survey and how many answered."""
        with self._sessions() as session:
            return _found(session, survey_id), len(_answers(session, survey_id))

    def state_of(self, survey: Survey) -> State:
        """Where it stands today."""
        return state_on(survey, self._clock.today())

    def draft(self, actor: Actor, draft: Draft) -> Survey:
        """A new survey that nobody sees yet."""
        values = self._values(draft)
        with self._sessions.begin() as session:
            survey = Survey(**values, by_id=actor.staff_id, by=actor.name[:80], created_at=self._clock.now())
            session.add(survey)
            session.flush()
            self._audit.record(session, actor, "survey.draft", f"survey:{survey.id}")
        return survey

    def rewrite(self, actor: Actor, survey_id: int, draft: Draft) -> Survey:
        """Write a draft anew."""
        values = self._values(draft)
        with self._sessions.begin() as session:
            survey = _draft_of(session, survey_id)
            for name, value in values.items():
                setattr(survey, name, value)
            self._audit.record(session, actor, "survey.rewrite", f"survey:{survey_id}")
        return survey

    def drop(self, actor: Actor, survey_id: int) -> None:
        """Throw a draft away."""
        with self._sessions.begin() as session:
            session.delete(_draft_of(session, survey_id))
            self._audit.record(session, actor, "survey.drop", f"survey:{survey_id}")

    def publish(self, actor: Actor, survey_id: int) -> Survey:
        """From its first day on graduates see it; it does not change any more."""
        with self._sessions.begin() as session:
            survey = _found(session, survey_id, lock=True)
            if survey.published_at is not None:
                raise SurveyRefused("already_published", texts.ALREADY_PUBLISHED)
            if survey.closes_on < self._clock.today():
                raise SurveyRefused("invalid", texts.ENDS_BEFORE)
            survey.published_at = self._clock.now()
            self._audit.record(session, actor, "survey.publish", f"survey:{survey_id}")
        return survey

    def close(self, actor: Actor, survey_id: int) -> Survey:
        """End it before its day."""
        with self._sessions.begin() as session:
            survey = _found(session, survey_id, lock=True)
            if state_on(survey, self._clock.today()) not in (State.OPEN, State.SCHEDULED):
                raise SurveyRefused("not_open", texts.NOT_OPEN)
            survey.closed_at = self._clock.now()
            session.flush()
            settle(session, survey)
            self._audit.record(session, actor, "survey.close", f"survey:{survey_id}")
        return survey

    def results(self, actor: Actor, survey_id: int) -> Read:
        """What came out of a survey that has ended; that somebody read it is on record, for it shows what graduates wrote."""
        with self._sessions.begin() as session:
            survey = _found(session, survey_id, lock=True)
            if state_on(survey, self._clock.today()) is not State.CLOSED:
                raise SurveyRefused("not_closed", texts.NOT_CLOSED)
            results = settle(session, survey).seen_by(actor)
            self._audit.record(session, actor, "survey.results", f"survey:{survey_id}")
            return Read(survey, results, _written(session, survey, actor))

    def as_csv(self, actor: Actor, survey_id: int) -> Iterator[str]:
        """The results as CSV, line by line, with the same cells hidden; texts are not in it."""
        read = self.results(actor, survey_id)
        return _csv(read.results)

    def _values(self, draft: Draft) -> dict[str, object]:
        today = self._clock.today()
        if draft.closes_on < max(draft.opens_on, today):
            raise SurveyRefused("invalid", texts.ENDS_BEFORE)
        if draft.closes_on - draft.opens_on > LONGEST_OPEN:
            raise SurveyRefused("invalid", texts.TOO_LONG_OPEN)
        if draft.closes_on - today > FURTHEST_AHEAD:
            raise SurveyRefused("invalid", texts.TOO_FAR_AHEAD)
        return {
            "title": draft.title.strip(),
            "purpose": draft.purpose.strip(),
            "questions": [question.to_json() for question in checked(draft.questions)],
            "opens_on": draft.opens_on,
            "closes_on": draft.closes_on,
            "keep_days": draft.keep_days,
            "college": (draft.college or "").strip() or None,
            "cohort": draft.cohort,
        }


def state_on(survey: Survey, today: date) -> State:
    """Where a survey stands on a day."""
    if survey.published_at is None:
        return State.DRAFT
    if survey.closed_at is not None or today > survey.closes_on:
        return State.CLOSED
    return State.SCHEDULED if today < survey.opens_on else State.OPEN


def kept_until(survey: Survey) -> date:
    """The last day on which the answers of an ended survey are kept."""
    ended = survey.closes_on if survey.closed_at is None else min(survey.closes_on, survey.closed_at.astimezone(CHINA).date())
    return ended + timedelta(days=survey.keep_days)


def questions_of(survey: Survey) -> list[Question]:
    """The questions of a survey."""
    return [Question.from_json(stored) for stored in survey.questions]


def settle(session: Session, survey: Survey) -> Results:
    """The results of an ended survey: those on record, else made now and put there."""
    if survey.results is None:
        survey.results = results_of(questions_of(survey), _answers(session, survey.id)).to_json()
        session.flush()
    return Results.from_json(survey.results)


def forget(sessions: sessionmaker[Session], now: datetime) -> int:
    """Remove the answers whose time is over, their counts put on record before (PIPL, article 19); how many went."""
    today, gone = now.astimezone(CHINA).date(), 0
    with sessions() as session:
        ended = [survey.id for survey in session.scalars(select(Survey)) if state_on(survey, today) is State.CLOSED and kept_until(survey) < today]
    for survey_id in ended:
        with sessions.begin() as session:
            settle(session, _found(session, survey_id, lock=True))
            removed = session.execute(delete(SurveyAnswer).where(SurveyAnswer.survey_id == survey_id).returning(SurveyAnswer.id))
            gone += len(removed.all())
    return gone


def _found(session: Session, survey_id: int, *, lock: bool = False) -> Survey:
    """The survey; with `lock` nobody else changes it or adds an answer until the transaction ends."""
    if lock:  # On SQLite only a write takes the lock.
        session.execute(update(Survey).where(Survey.id == survey_id).values(id=Survey.id))
    survey = session.get(Survey, survey_id, populate_existing=True)
    if survey is None:
        raise SurveyRefused("not_found", texts.NOT_FOUND)
    return survey


def _draft_of(session: Session, survey_id: int) -> Survey:
    survey = _found(session, survey_id, lock=True)
    if survey.published_at is not None:
        raise SurveyRefused("published", texts.ONLY_DRAFTS)
    return survey


def _answers(session: Session, survey_id: int) -> list[SurveyAnswer]:
    return list(session.scalars(select(SurveyAnswer).where(SurveyAnswer.survey_id == survey_id).order_by(SurveyAnswer.id)))


def _written(session: Session, survey: Survey, actor: Actor) -> dict[str, list[str] | None]:
    """The texts of whom the actor sees; none at all where fewer answered than the threshold."""
    asked = [question.id for question in questions_of(survey) if question.kind == "text"]
    if not asked:
        return {}
    seen = [answer for answer in _answers(session, survey.id) if actor.sees(answer.college)]
    names = [*session.scalars(select(Graduate.name).where(Graduate.erased_at.is_(None))), *session.scalars(select(Staff.display_name))]
    return {question: texts_shown((str(answer.answers.get(question) or "") for answer in seen), names) for question in asked}


def _csv(results: Results) -> Iterator[str]:
    yield _MARK + csv_line([*texts.CSV_HEADINGS, *(group.name for group in results.groups)])
    if results.answers is None:
        yield csv_line([texts.TOO_FEW.format(least=THRESHOLD)])
        return
    yield csv_line([texts.CSV_ANSWERED, "", "", str(results.answers), *(str(group.answers) for group in results.groups)])
    for question in results.questions:
        for row in question.rows:
            yield csv_line([question.text, texts.KINDS[question.kind], row.name, *map(_cell, (row.overall, *row.groups))])
        if question.means:
            yield csv_line([question.text, texts.KINDS[question.kind], texts.CSV_MEAN, *map(_cell, question.means)])
    yield csv_line([texts.RULE.format(least=THRESHOLD)])


def _cell(count: Shown | float) -> str:
    return texts.HIDDEN if count is None else str(count)
