"""What the routes of the desk work with: built once a process (bot/parts.py) and handed over whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.audit import Audit
from desk.care.recommending import PostingsShelf
from desk.care.service import Care, build_care
from desk.channels import Channels, PageAlone
from desk.chat import Chat
from desk.knowledge_desk import Finder, KnowledgeDesk, build_knowledge
from desk.personal_data import Holding, PersonalData
from desk.personal_holdings import desk_holdings
from desk.reports.service import Reports
from desk.requests.services import RequestServices, build_requests
from desk.requests.suggesting import Answering
from desk.requests.upkeep import SILENT_AFTER
from desk.staff.directory import StaffDirectory
from desk.staff.second_factor import SecondFactor
from desk.staff.sessions import StaffSessions
from desk.staff.signing_in import SigningIn
from desk.staff.single_sign_on import Provider, SingleSignOn
from desk.surveys.answering import Answering as SurveyAnswering
from desk.surveys.service import Surveys
from desk.tickets import Tickets
from desk.trainings.service import Trainings
from desk.trainings.signing_up import SigningUp


@dataclass(frozen=True)
class DeskServices:
    """The desk's services; `clock` may stand on a set day, `wall` is the real time."""

    sessions: sessionmaker[Session]
    clock: Clock
    wall: Clock
    audit: Audit
    staff: StaffDirectory
    second_factor: SecondFactor
    signing_in: SigningIn
    single_sign_on: SingleSignOn | None
    """None where the settings name no provider."""
    staff_sessions: StaffSessions
    tickets: Tickets
    care: Care
    reports: Reports
    requests: RequestServices
    personal_data: PersonalData
    knowledge: KnowledgeDesk
    surveys: Surveys
    survey_answers: SurveyAnswering
    trainings: Trainings
    training_lists: SigningUp
    channels: Channels
    stopping: Callable[[], bool]
    """Whether the process is about to end, and streams with it."""


def build_services(
    sessions: sessionmaker[Session],
    clock: Clock,
    wall: Clock,
    secret: str,
    tickets: Tickets,
    chat: Chat,
    shelf: PostingsShelf | None = None,
    held_elsewhere: Sequence[Holding] = (),
    stopping: Callable[[], bool] = lambda: False,
    silent_after: timedelta = SILENT_AFTER,
    provider: Provider | None = None,
    knowledge: Answering | None = None,
    home: Path | None = None,
    finder: Finder | None = None,
    channels: Channels | None = None,
) -> DeskServices:
    """The services on one database; `secret` signs (setting ZHIWEN_SECRET), `shelf` are the postings where they can be opened,
    `held_elsewhere` is what others than the desk keep of graduates, `provider` the one of single sign-on, `home` holds the school's own
    entries, `finder` searches, `channels` are those beside the page."""
    audit = Audit(sessions, wall)
    second_factor = SecondFactor(sessions, audit, wall)
    return DeskServices(
        sessions=sessions,
        clock=clock,
        wall=wall,
        audit=audit,
        staff=StaffDirectory(sessions, audit, wall),
        second_factor=second_factor,
        signing_in=SigningIn(sessions, audit, second_factor, secret, wall),
        single_sign_on=SingleSignOn(provider, sessions, audit, secret, wall) if provider else None,
        staff_sessions=StaffSessions(sessions, secret, wall),
        tickets=tickets,
        care=build_care(sessions, clock, audit, tickets, shelf),
        reports=Reports(sessions, clock, audit),
        requests=build_requests(sessions, clock, wall, audit, chat, shelf, silent_after, knowledge, finder),
        personal_data=PersonalData(sessions, audit, wall, (*held_elsewhere, *desk_holdings())),
        knowledge=build_knowledge(sessions, clock, audit, home, finder),
        surveys=Surveys(sessions, clock, audit),
        survey_answers=SurveyAnswering(sessions, clock, chat),
        trainings=Trainings(sessions, clock, audit, chat),
        training_lists=SigningUp(sessions, clock, chat),
        channels=channels or PageAlone(),
        stopping=stopping,
    )
