"""Surveys as a graduate has them: which are there, answering with consent, changing, withdrawing.

Consent is informed, free and given for this survey alone, and can be taken back as easily as it was given (Personal Information
Protection Law of 2021, articles 14 to 17): nothing else depends on an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.belonging import belonging_of, conversations_of_the_same
from desk.chat import Chat
from desk.errors import SurveyRefused
from desk.surveys import texts
from desk.surveys.models import Survey, SurveyAnswer
from desk.surveys.questions import Answer, Question, answers_to
from desk.surveys.service import State, kept_until, questions_of, state_on


@dataclass(frozen=True)
class Invitation:
    """A survey that a graduate may answer or has answered; `answers` are their own, None without any."""

    id: int
    title: str
    purpose: str
    questions: list[Question]
    closes_on: date
    kept_until: date
    is_open: bool
    answers: dict[str, Answer] | None


class Answering:
    """Every method is one transaction and may raise SurveyRefused and sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, chat: Chat) -> None:
        self._sessions, self._clock, self._chat = sessions, clock, chat

    def invitations(self, conversation_id: str) -> list[Invitation]:
        """The surveys that are open to this graduate, and those of which an answer is still kept; what ends first comes first."""
        today = self._clock.today()
        with self._sessions() as session:
            own = {answer.survey_id: answer for answer in session.scalars(select(SurveyAnswer).where(_of(conversation_id)))}
            whose = belonging_of(session, conversation_id)
            published = session.scalars(select(Survey).where(Survey.published_at.is_not(None)).order_by(Survey.closes_on, Survey.id)).all()
            shown = [survey for survey in published if survey.id in own or (state_on(survey, today) is State.OPEN and _is_for(survey, *whose))]
            return [_invitation(survey, own.get(survey.id), today) for survey in shown]

    def answer(self, conversation_id: str, survey_id: int, given: Mapping[str, object], *, consent: bool) -> Invitation:
        """Keep the answers; a second time they take the place of the first."""
        if not consent:
            raise SurveyRefused("no_consent", texts.NO_CONSENT)
        try:
            return self._keep(conversation_id, survey_id, given)
        except IntegrityError:  # the same answer twice at the same moment: the second changes the first
            return self._keep(conversation_id, survey_id, given)

    def withdraw(self, conversation_id: str, survey_id: int) -> None:
        """Erase the answers, whether or not the survey has ended (article 15); harmless without any."""
        with self._sessions.begin() as session:
            session.execute(delete(SurveyAnswer).where(SurveyAnswer.survey_id == survey_id, _of(conversation_id)))

    def _keep(self, conversation_id: str, survey_id: int, given: Mapping[str, object]) -> Invitation:
        now = self._clock.now()
        with self._sessions.begin() as session:
            if not self._chat.lock(session, conversation_id):  # it is being erased, and nothing may come after
                raise SurveyRefused("gone", texts.NOT_FOUND)
            whose = belonging_of(session, conversation_id)
            self._refuse_wrong(session, session.get(Survey, survey_id), conversation_id, whose)
            own = _put(session, conversation_id, survey_id, whose, now)
            # Looked at again now that the row is written: nobody ends the survey from here to the end of the transaction.
            survey = session.get(Survey, survey_id, populate_existing=True, with_for_update={"read": True})
            self._refuse_wrong(session, survey, conversation_id, whose)
            assert survey is not None
            own.answers = answers_to(questions_of(survey), given)
            return _invitation(survey, own, self._clock.today())

    def _refuse_wrong(self, session: Session, survey: Survey | None, conversation_id: str, whose: tuple[str | None, int | None]) -> None:
        if survey is None or survey.published_at is None or not _is_for(survey, *whose):
            raise SurveyRefused("not_found", texts.NOT_FOUND)
        if state_on(survey, self._clock.today()) is not State.OPEN:
            raise SurveyRefused("over", texts.SURVEY_OVER)
        others = conversations_of_the_same(session, conversation_id)
        found = select(SurveyAnswer.id).where(SurveyAnswer.survey_id == survey.id, SurveyAnswer.conversation_id.in_(others))
        if others and session.scalar(found.limit(1)) is not None:
            raise SurveyRefused("answered_elsewhere", texts.ANSWERED_ELSEWHERE)


def export_answers(session: Session, conversation_id: str) -> list[dict[str, Any]]:
    """Everything a conversation has answered, with the questions, for its copy (article 45)."""
    rows = session.execute(select(SurveyAnswer, Survey).join(Survey, Survey.id == SurveyAnswer.survey_id).where(_of(conversation_id))).all()
    return [
        {
            "title": survey.title,
            "answers": {question.text: answer.answers[question.id] for question in questions_of(survey) if question.id in answer.answers},
            "college": answer.college,
            "cohort": answer.cohort,
            "consented_at": answer.consented_at.isoformat(),
            "answered_at": answer.answered_at.isoformat(),
        }
        for answer, survey in rows
    ]


def _put(session: Session, conversation_id: str, survey_id: int, whose: tuple[str | None, int | None], now: datetime) -> SurveyAnswer:
    """The row of this conversation, written."""
    own = session.scalars(select(SurveyAnswer).where(SurveyAnswer.survey_id == survey_id, _of(conversation_id))).one_or_none()
    if own is None:
        own = SurveyAnswer(survey_id=survey_id, conversation_id=conversation_id, answers={}, consented_at=now)
        session.add(own)
    own.college, own.cohort = whose
    own.answered_at = now
    session.flush()
    return own


def _of(conversation_id: str) -> Any:
    return SurveyAnswer.conversation_id == conversation_id


def _is_for(survey: Survey, college: str | None, cohort: int | None) -> bool:
    return survey.college in (None, college) and survey.cohort in (None, cohort)


def _invitation(survey: Survey, own: SurveyAnswer | None, today: date) -> Invitation:
    is_open = state_on(survey, today) is State.OPEN
    answers = dict(own.answers) if own else None
    return Invitation(survey.id, survey.title, survey.purpose, questions_of(survey), survey.closes_on, kept_until(survey), is_open, answers)
