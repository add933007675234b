"""The chat API's way to surveys and trainings: what there is for this conversation, answering or signing up with consent, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

from fastapi import APIRouter, HTTPException, Path, Request
from pydantic import BaseModel, Field

from bot.channels.web import ERRORS, LARGEST_SEQ, WithParts, WithSession, refuse_too_fast
from bot.parts import Parts
from bot.sessions import Session
from bot.store import UnknownConversation
from desk.errors import RequestRefused
from desk.surveys.answering import Invitation
from desk.surveys.questions import LONGEST_ANSWER, LONGEST_OPTION, MOST_OPTIONS, MOST_QUESTIONS, Kind
from desk.trainings.service import kept_until
from desk.trainings.signing_up import LONGEST_CONTACT, LONGEST_NAME, Offered

router = APIRouter(prefix="/api/chat", tags=["chat"])
_Number = Annotated[int, Path(ge=1, le=LARGEST_SEQ)]
_STATUS = {"not_found": 404, "invalid": 422, "no_consent": 422}
_CONFLICT = 409
_RESPONSES = {**ERRORS, _CONFLICT: ERRORS[422]}
Got = TypeVar("Got")

_Words = Annotated[str, Field(max_length=LONGEST_ANSWER)]
_Chosen = Annotated[list[Annotated[str, Field(max_length=LONGEST_OPTION)]], Field(max_length=MOST_OPTIONS)]
_Answer = _Words | Annotated[int, Field(strict=True, ge=0, le=10)] | _Chosen


class SurveyQuestion(BaseModel):
    """A question; `options` of choices, `lowest` to `highest` of a scale with what its ends mean."""

    id: str
    kind: Kind
    text: str
    options: list[str]
    lowest: int
    highest: int
    ends: list[str]
    required: bool


class SurveyShown(BaseModel):
    """A survey, what it is for, and the conversation's own answers, if any. Answers can be given and changed while it is `open`."""

    id: int
    title: str
    purpose: str
    questions: list[SurveyQuestion]
    closes_on: date
    kept_until: date
    open: bool
    answers: dict[str, _Answer] | None


class SurveyList(BaseModel):
    """Surveys, what ends first comes first."""

    items: list[SurveyShown]


class SurveyAnswers(BaseModel):
    """Answers by question, with consent to the purpose that was shown."""

    consent: bool
    answers: Annotated[dict[Annotated[str, Field(max_length=8)], _Answer], Field(max_length=MOST_QUESTIONS)]


class OwnPlace(BaseModel):
    """What this conversation left for a training, and its place on the list; `waits` beyond the seats."""

    name: str
    contact: str
    place: int
    waits: bool


class TrainingShown(BaseModel):
    """A training; `free` seats are null without a bound. It can be signed up for while it is `open`; `taken_back`: it does not take place."""

    id: int
    title: str
    provider: str
    starts_on: date
    ends_on: date
    hours: str
    place: str
    fee: str
    subsidy: str
    note: str
    seats: int | None
    free: int | None
    sign_up_until: date
    kept_until: date
    open: bool
    taken_back: bool
    own: OwnPlace | None


class TrainingList(BaseModel):
    """Trainings, what begins first comes first."""

    items: list[TrainingShown]


class SignUp(BaseModel):
    """How to call and reach somebody who wants to come, with consent to be reached."""

    consent: bool
    name: Annotated[str, Field(max_length=LONGEST_NAME)]
    contact: Annotated[str, Field(max_length=LONGEST_CONTACT)]


@router.get("/surveys", responses=_RESPONSES)
async def get_surveys(request: Request, parts: WithParts, session: WithSession) -> SurveyList:
    """The surveys that are open to this conversation, and those it has answered as long as the answers are kept."""
    found = await _done(request, parts, session, lambda: parts.desk.survey_answers.invitations(session.conversation_id))
    return SurveyList(items=[_survey(each) for each in found])


@router.put("/surveys/{survey_id}/answers", responses=_RESPONSES)
async def put_answers(request: Request, survey_id: _Number, body: SurveyAnswers, parts: WithParts, session: WithSession) -> SurveyShown:
    """Answer, or change the answers. 409 once the survey has ended, 422 without consent."""
    desk = parts.desk.survey_answers
    return _survey(await _done(request, parts, session, lambda: desk.answer(session.conversation_id, survey_id, body.answers, consent=body.consent)))


@router.delete("/surveys/{survey_id}/answers", status_code=204, responses=_RESPONSES)
async def delete_answers(request: Request, survey_id: _Number, parts: WithParts, session: WithSession) -> None:
    """Withdraw: the answers are erased."""
    await _done(request, parts, session, lambda: parts.desk.survey_answers.withdraw(session.conversation_id, survey_id))


@router.get("/trainings", responses=_RESPONSES)
async def get_trainings(request: Request, parts: WithParts, session: WithSession) -> TrainingList:
    """The trainings that can be signed up for, and those this conversation has signed up for as long as that is kept."""
    found = await _done(request, parts, session, lambda: parts.desk.training_lists.offered(session.conversation_id))
    return TrainingList(items=[_training(each) for each in found])


@router.put("/trainings/{training_id}/interest", responses=_RESPONSES)
async def put_interest(request: Request, training_id: _Number, body: SignUp, parts: WithParts, session: WithSession) -> TrainingShown:
    """Sign up, or correct name and contact. 409 where it is over or somebody did so with the same contact, 422 without consent."""
    lists = parts.desk.training_lists
    return _training(
        await _done(
            request, parts, session, lambda: lists.sign_up(session.conversation_id, training_id, body.name, body.contact, consent=body.consent)
        )
    )


@router.delete("/trainings/{training_id}/interest", status_code=204, responses=_RESPONSES)
async def delete_interest(request: Request, training_id: _Number, parts: WithParts, session: WithSession) -> None:
    """Take it back: name and contact are erased."""
    await _done(request, parts, session, lambda: parts.desk.training_lists.withdraw(session.conversation_id, training_id))


async def _done(request: Request, parts: Parts, session: Session, work: Callable[[], Got]) -> Got:
    """What `work` gives, done in a thread for a conversation that is still there; what the desk refuses is said in the shape of this API."""
    refuse_too_fast(request, parts, session.conversation_id)
    if not await parts.gateway.blocking(parts.store.heads, [session.conversation_id]):
        raise UnknownConversation(session.conversation_id)
    try:
        return await parts.gateway.blocking(work)
    except RequestRefused as refused:
        if refused.code == "gone":
            raise UnknownConversation(session.conversation_id) from None
        raise HTTPException(_STATUS.get(refused.code, _CONFLICT), refused.message) from None


def _survey(invitation: Invitation) -> SurveyShown:
    known = {name: getattr(invitation, name) for name in ("id", "title", "purpose", "closes_on", "kept_until", "answers")}
    return SurveyShown(
        **known, open=invitation.is_open, questions=[SurveyQuestion.model_validate(question.to_json()) for question in invitation.questions]
    )


def _training(offered: Offered) -> TrainingShown:
    training, own = offered.training, offered.own
    computed = ("free", "open", "own", "taken_back", "kept_until")
    known = {name: getattr(training, name) for name in TrainingShown.model_fields if name not in computed}
    place = OwnPlace(name=own.interest.name, contact=own.interest.contact, place=own.place, waits=own.waits) if own else None
    return TrainingShown(
        **known, free=offered.free, open=offered.is_open, kept_until=kept_until(training), taken_back=training.ended_at is not None, own=place
    )
