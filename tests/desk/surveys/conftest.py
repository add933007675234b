"""A survey and graduates who answer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.store import ConversationStore
from desk.requests.models import GraduateProfile
from desk.services import DeskServices
from desk.staff.models import Role
from desk.staff.policy import Actor
from desk.surveys.models import Survey
from desk.surveys.questions import Question
from desk.surveys.service import Draft
from tests.desk.clocks import SetClock

SUPERVISOR = Actor(1, "李主任", Role.SUPERVISOR, None, "10.0.0.1")
WISH, WAYS, SURE, WORDS = (
    Question("", "single", "毕业后打算", ("就业", "升学", "创业")),
    Question("", "multiple", "从哪里找岗位", ("校园招聘", "网站", "熟人"), required=False),
    Question("", "scale", "对就业服务满意吗", highest=5, ends=("不满意", "满意")),
    Question("", "text", "还想说的", required=False),
)


def written(**more: Any) -> Draft:
    values: dict[str, Any] = {
        "title": "毕业去向意向",
        "purpose": "了解大家的打算，用来安排招聘会",
        "questions": [WISH, WAYS, SURE, WORDS],
        "opens_on": date(2026, 12, 1),
        "closes_on": date(2026, 12, 10),
        "keep_days": 30,
    }
    return Draft(**values | more)


@dataclass
class Graduates:
    """Conversations of graduates, of colleges and years that they have named."""

    sessions: sessionmaker[Session]
    clock: SetClock
    services: DeskServices

    def one(self, college: str | None = None, cohort: int | None = None) -> str:
        conversation_id = ConversationStore(self.sessions, self.clock, self.clock).open("web")
        with self.sessions.begin() as session:
            session.add(GraduateProfile(conversation_id=conversation_id, college=college, cohort=cohort, updated_at=self.clock.now()))
        return conversation_id

    def answer(self, survey: Survey, wish: str = "就业", college: str | None = None, cohort: int | None = None, **more: object) -> str:
        conversation_id = self.one(college, cohort)
        given: dict[str, object] = {"q1": wish, "q2": ["网站"], "q3": 4, **more}
        self.services.survey_answers.answer(conversation_id, survey.id, given, consent=True)
        return conversation_id


@pytest.fixture
def graduates(sessions: sessionmaker[Session], clock: SetClock, services: DeskServices) -> Graduates:
    return Graduates(sessions, clock, services)


@pytest.fixture
def publish(services: DeskServices) -> Callable[..., Survey]:
    """Write and publish a survey."""

    def published(**more: Any) -> Survey:
        return services.surveys.publish(SUPERVISOR, services.surveys.draft(SUPERVISOR, written(**more)).id)

    return published
