"""Surveys: written, published, ended, and their results with small cells hidden."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from desk.api.fields import WHOLE, Day, Flag
from desk.api.paging import LARGEST_ID, Page, WithPaging
from desk.api.rules import WithServices, allowed
from desk.services import DeskServices
from desk.staff.policy import Actor, Permission
from desk.surveys import texts
from desk.surveys.disclosure import THRESHOLD, is_small
from desk.surveys.models import Survey
from desk.surveys.questions import LONGEST_OPTION, LONGEST_QUESTION, MOST_OPTIONS, MOST_QUESTIONS, Kind, Question
from desk.surveys.service import Draft, Read, State, questions_of

router = APIRouter(prefix="/surveys", tags=["desk: surveys"])
_CSV = "text/csv; charset=utf-8"
_CSV_RESPONSE: dict[int | str, dict[str, Any]] = {200: {"content": {_CSV: {}}}}
_WORDS = r"^[^\x00]*\S[^\x00]*$"
_Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Reader = Annotated[Actor, Depends(allowed(Permission.SURVEYS_READ))]
Manager = Annotated[Actor, Depends(allowed(Permission.SURVEYS_MANAGE))]
_Option = Annotated[str, Field(max_length=LONGEST_OPTION, pattern=r"^[^\x00]*$")]


class QuestionWritten(BaseModel):
    """A question; `options` of choices, `lowest` to `highest` of a scale with what its ends mean."""

    kind: Kind
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION, pattern=_WORDS)]
    options: Annotated[list[_Option], Field(max_length=MOST_OPTIONS)] = []
    lowest: Annotated[int, Field(ge=0, le=1), WHOLE] = 1
    highest: Annotated[int, Field(ge=3, le=10), WHOLE] = 5
    ends: Annotated[list[_Option], Field(min_length=2, max_length=2)] = ["", ""]
    required: Flag = True


class QuestionView(QuestionWritten):
    """A question with its id, which answers name."""

    id: str


class SurveyWritten(BaseModel):
    """A survey as it is written; the days, in China, both belong to it; answers are kept `keep_days` after its end."""

    title: Annotated[str, Field(min_length=1, max_length=100, pattern=_WORDS)]
    purpose: Annotated[str, Field(min_length=1, max_length=1000, pattern=_WORDS)]
    questions: Annotated[list[QuestionWritten], Field(min_length=1, max_length=MOST_QUESTIONS)]
    opens_on: Day
    closes_on: Day
    keep_days: Annotated[int, Field(ge=1, le=1095), WHOLE] = 180
    college: Annotated[str | None, Field(max_length=60, pattern=r"^[^\x00]*$")] = None
    cohort: Annotated[int, Field(ge=2000, le=2099), WHOLE] | None = None


class SurveyView(BaseModel):
    """A survey and how many answered; null for one to four."""

    id: int
    title: str
    purpose: str
    questions: list[QuestionView]
    college: str | None
    cohort: int | None
    opens_on: date
    closes_on: date
    keep_days: int
    state: State
    by: str
    created_at: datetime
    published_at: datetime | None
    closed_at: datetime | None
    answers: int | None


class GroupView(BaseModel):
    """A column: a college, a year, or several that are too small to stand alone."""

    dimension: Literal["college", "cohort"]
    name: str
    answers: int


class RowView(BaseModel):
    """A possible answer, of all and of each group; null where it is hidden."""

    name: str
    overall: int | None
    groups: list[int | None]


class ResultView(BaseModel):
    """A question's results. `means` of a scale: of all, then of each group. `texts` of a text; null where too few wrote."""

    id: str
    kind: Kind
    text: str
    rows: list[RowView]
    means: list[float | None]
    texts: list[str] | None


class ResultsView(BaseModel):
    """The results of an ended survey; `answers` null and no questions where fewer than `least` answered. `note` states the rule."""

    survey: SurveyView
    answers: int | None
    least: int
    groups: list[GroupView]
    questions: list[ResultView]
    note: str


@router.get("", dependencies=[Depends(allowed(Permission.SURVEYS_READ))])
def list_surveys(services: WithServices, paging: WithPaging) -> Page[SurveyView]:
    """Every survey, the newest first."""
    rows, total = services.surveys.page(paging.page, paging.page_size)
    return Page[SurveyView](items=[_view(services, survey, answers) for survey, answers in rows], total=total)


@router.post("", status_code=201)
def draft_survey(actor: Manager, services: WithServices, written: SurveyWritten) -> SurveyView:
    """Write a survey that nobody sees yet."""
    return _view(services, services.surveys.draft(actor, _draft(written)), 0)


@router.get("/{survey_id}", dependencies=[Depends(allowed(Permission.SURVEYS_READ))])
def read_survey(survey_id: _Number, services: WithServices) -> SurveyView:
    """One survey."""
    return _view(services, *services.surveys.get(survey_id))


@router.put("/{survey_id}")
def rewrite_survey(survey_id: _Number, actor: Manager, services: WithServices, written: SurveyWritten) -> SurveyView:
    """Write a draft anew."""
    return _view(services, services.surveys.rewrite(actor, survey_id, _draft(written)), 0)


@router.delete("/{survey_id}", status_code=204)
def drop_survey(survey_id: _Number, actor: Manager, services: WithServices) -> None:
    """Throw a draft away."""
    services.surveys.drop(actor, survey_id)


@router.post("/{survey_id}/publish")
def publish_survey(survey_id: _Number, actor: Manager, services: WithServices) -> SurveyView:
    """From its first day on graduates see it; it does not change any more."""
    return _view(services, services.surveys.publish(actor, survey_id), 0)


@router.post("/{survey_id}/close")
def close_survey(survey_id: _Number, actor: Manager, services: WithServices) -> SurveyView:
    """End it before its day."""
    services.surveys.close(actor, survey_id)
    return _view(services, *services.surveys.get(survey_id))


@router.get("/{survey_id}/results")
def survey_results(survey_id: _Number, actor: Reader, services: WithServices) -> ResultsView:
    """What came out of a survey that has ended. 409 before."""
    read = services.surveys.results(actor, survey_id)
    return _results(_view(services, read.survey, read.results.answers or 0), read)


@router.get("/{survey_id}/results.csv", response_class=StreamingResponse, responses=_CSV_RESPONSE)
def survey_results_csv(survey_id: _Number, actor: Reader, services: WithServices) -> Response:
    """The same as a table, with the same cells hidden."""
    lines = services.surveys.as_csv(actor, survey_id)
    return StreamingResponse(lines, media_type=_CSV, headers={"Content-Disposition": f'attachment; filename="survey-{survey_id}.csv"'})


def _draft(written: SurveyWritten) -> Draft:
    questions = [
        Question(id="", **{**one.model_dump(), "options": tuple(one.options), "ends": (one.ends[0], one.ends[1])}) for one in written.questions
    ]
    return Draft(**{**written.model_dump(exclude={"questions"}), "questions": questions})


def _view(services: DeskServices, survey: Survey, answers: int) -> SurveyView:
    known = {name: getattr(survey, name) for name in SurveyView.model_fields if name not in ("questions", "state", "answers")}
    questions = [QuestionView.model_validate(question.to_json()) for question in questions_of(survey)]
    return SurveyView(**known, questions=questions, state=services.surveys.state_of(survey), answers=None if is_small(answers) else answers)


def _results(survey: SurveyView, read: Read) -> ResultsView:
    found = read.results
    shown = [ResultView(id=one.id, kind=_kind(one.kind), text=one.text, rows=_rows(one.rows), means=one.means, texts=None) for one in found.questions]
    if found.answers is not None:
        shown += [
            ResultView(id=one.id, kind="text", text=one.text, rows=[], means=[], texts=read.written.get(one.id))
            for one in survey.questions
            if one.kind == "text"
        ]
    order = {question.id: place for place, question in enumerate(survey.questions)}
    note = (texts.RULE if found.answers is not None else texts.TOO_FEW).format(least=THRESHOLD)
    return ResultsView(
        survey=survey,
        answers=found.answers,
        least=THRESHOLD,
        groups=[GroupView.model_validate(group, from_attributes=True) for group in found.groups],
        questions=sorted(shown, key=lambda one: order[one.id]),
        note=note,
    )


def _rows(rows: Sequence[object]) -> list[RowView]:
    return [RowView.model_validate(row, from_attributes=True) for row in rows]


def _kind(kind: str) -> Kind:
    return next(known for known in ("single", "multiple", "scale", "text") if known == kind)
