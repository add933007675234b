"""Loads the demonstration through the services that everybody uses, so that it behaves as real data does.

Requests are the one exception: they are put on record without a notification, for no group robot is to hear of them.
"""

from __future__ import annotations

import csv
import io
import secrets
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.demo.marks import ACCOUNTS, CHANNEL, COLLEGE, MAKER, PREFIX, SOURCE, STUDENT_NUMBERS, TICKETS
from bot.desk_chat import DeskChat
from bot.messages import Reply
from bot.store import ConversationStore
from core.clock import Clock
from desk.announcements import Announcements
from desk.models import Priority, Queue, Reason, State, Status, Ticket, TicketEvent
from desk.requests.models import GraduateProfile
from desk.services import DeskServices, build_services
from desk.staff.models import Role, Staff
from desk.staff.policy import Actor
from desk.surveys.questions import Question
from desk.surveys.service import Draft
from desk.tickets import Tickets
from desk.trainings.service import Offer
from desk.working_hours import promise_due
from knowledge.events.importing import EventImporter, read_events
from knowledge.events.reading import Defaults
from knowledge.postings.importing import ImportOptions, PostingImporter

_POSTING_COLUMNS = {
    "编号": "id",
    "职位名称": "title",
    "单位名称": "employer",
    "工作城市": "city",
    "薪资": "salary",
    "学历": "education",
    "专业": "majors",
    "届别": "cohort",
    "截止日期": "deadline",
    "职位描述": "description",
}
_OF_FILE = ("name", "class_name", "cohort", "degree", "major", "phone", "hometown", "wish", "wish_place", "wish_work", "goal", "measures")
_OF_DESTINATION = ("destination", "destination_unit", "destination_evidence")


class AlreadyLoaded(Exception):
    """The demonstration is there: remove it first."""


@dataclass(frozen=True)
class Loaded:
    """What was loaded, and the password of its accounts, which is nowhere else."""

    accounts: tuple[str, ...]
    password: str
    graduates: int
    requests: int
    postings: int


def load(sessions: sessionmaker[Session], clock: Clock, secret: str) -> Loaded:
    """Load the demonstration. Raises AlreadyLoaded, or what the services raise."""
    with sessions() as session:
        if session.scalar(select(Staff.id).where(Staff.name.in_(ACCOUNTS)).limit(1)) is not None:
            raise AlreadyLoaded
    return _Loader(sessions, clock, secret).load()


class _Loader:
    def __init__(self, sessions: sessionmaker[Session], clock: Clock, secret: str) -> None:
        self._sessions, self._clock = sessions, clock
        self._store = ConversationStore(sessions, clock, Clock())
        chat = DeskChat(self._store, lambda _conversation_id: None)
        self._desk: DeskServices = build_services(sessions, clock, Clock(), secret, Tickets(sessions, clock), chat)
        self._password = secrets.token_urlsafe(12)

    @cached_property
    def _data(self) -> dict[str, Any]:
        data: dict[str, Any] = yaml.safe_load(resources.files("bot.demo").joinpath("data.yaml").read_text(encoding="utf-8"))
        return data

    def load(self) -> Loaded:
        counsellor = self._account(ACCOUNTS[0], Role.COUNSELLOR, COLLEGE, self._data["counsellor"])
        supervisor = self._account(ACCOUNTS[1], Role.SUPERVISOR, None, self._data["supervisor"])
        postings = self._postings()
        self._fairs()
        Announcements(self._sessions, self._clock).add(self._data["announcement"], "announcement", until=self._day(14), by=SOURCE)
        files = [self._file(number, told, counsellor, supervisor) for number, told in enumerate(self._data["graduates"], 1)]
        for number, told in enumerate(self._data["conversations"], 1):
            self._conversation(number, told, files[told["graduate"]], counsellor)
        self._survey()
        self._training()
        return Loaded(ACCOUNTS, self._password, len(files), len(self._data["conversations"]), postings)

    def _account(self, name: str, role: Role, college: str | None, shown: str) -> Actor:
        staff = self._desk.staff.add(MAKER, name, role, password=self._password, college=college, display_name=PREFIX + shown)
        return Actor(staff.id, staff.display_name, role, college, "")

    def _postings(self) -> int:
        out = io.StringIO()
        table = csv.DictWriter(out, list(_POSTING_COLUMNS))
        table.writeheader()
        for number, told in enumerate(self._data["postings"], 1):
            shown = {**told, "id": f"{STUDENT_NUMBERS}{number}", "title": f"{told['title']}（示例）", "employer": PREFIX + told["employer"]}
            shown["deadline"] = self._day(told["in_days"]).isoformat()
            table.writerow({heading: shown[field] for heading, field in _POSTING_COLUMNS.items()})
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "postings.csv"
            path.write_text(out.getvalue(), encoding="utf-8")
            return sum(outcome.result == "published" for outcome in PostingImporter(self._sessions, self._clock).take(path, ImportOptions(SOURCE)))

    def _fairs(self) -> None:
        """One fair that graduates see, and one that waits for a reviewer."""
        lines = ["名称,城市,地点,开始时间,面向对象,说明"]
        for told in self._data["fairs"]:
            lines.append(
                f"{PREFIX}{told['title']},{told['city']},{told['place']},{self._day(told['in_days'])} 09:00,{told['audience']},{told['note']}"
            )
        rows = read_events("fairs.csv", "\n".join(lines).encode(), Defaults(""), self._clock.today())
        EventImporter(self._sessions, self._clock).take(SOURCE, rows)

    def _file(self, number: int, told: dict[str, Any], counsellor: Actor, supervisor: Actor) -> int:
        care = self._desk.care
        values = {field: told[field] for field in (*_OF_FILE, *_OF_DESTINATION) if field in told}
        values |= {"student_number": f"{STUDENT_NUMBERS}{number:03d}", "name": PREFIX + told["name"], "college": COLLEGE}
        for key, field, sign in (
            ("next_in_days", "next_contact_on", 1),
            ("settled_days_ago", "destination_on", -1),
            ("left_days_ago", "left_school_on", -1),
        ):
            if key in told:
                values[field] = self._day(sign * told[key]).isoformat()
        graduate_id, _ = care.files.put(counsellor, values)
        if told.get("helped"):
            care.helping.pair(counsellor, graduate_id, staff_id=counsellor.staff_id)
        if "key_groups" in told:
            care.files.set_categories(supervisor, graduate_id, told["key_groups"])
        for entry in told.get("entries", ()):
            care.files.add_entry(counsellor, graduate_id, entry["kind"], entry["text"])
        return graduate_id

    def _conversation(self, number: int, told: dict[str, Any], graduate_id: int, counsellor: Actor) -> None:
        conversation_id = self._store.open(CHANNEL)
        ticket = f"{TICKETS}{number:03d}"
        with self._sessions.begin() as session:
            self._store.say(session, conversation_id, [Reply("text", turn["text"], role=turn["role"]) for turn in told["turns"]])
            session.add(self._ticket(ticket, conversation_id, told))
            session.flush()
            registered = session.scalars(select(Ticket).where(Ticket.number == ticket)).one()
            session.add(TicketEvent(ticket_id=registered.id, at=registered.created_at, actor="graduate", action="registered", before={}, after={}))
        self._desk.care.helping.link(counsellor, graduate_id, ticket)
        if "claimed" in told:
            self._desk.requests.handling.claim(counsellor, ticket)
            self._desk.requests.replying.send(counsellor, ticket, told["claimed"], f"{SOURCE}{number}")
        if told.get("resolved"):
            self._desk.requests.handling.resolve(counsellor, ticket)

    def _ticket(self, number: str, conversation_id: str, told: dict[str, Any]) -> Ticket:
        now, priority = self._clock.now(), Priority(told["priority"])
        transcript = [{"role": turn["role"], "text": turn["text"], "at": now.isoformat()} for turn in told["turns"]]
        return Ticket(
            number=number,
            conversation_id=conversation_id,
            queue=Queue.SUPPORT,
            reason=Reason.REQUESTED,
            priority=priority,
            status=Status.QUEUED,
            state=State.OPEN,
            topic=told["topic"],
            summary=told["turns"][0]["text"],
            transcript=transcript,
            times_asked=1,
            college=COLLEGE,
            passed_over=[],
            promise_due=promise_due(priority, now),
            created_at=now,
            updated_at=now,
        )

    def _survey(self) -> None:
        """A survey that has ended, answered by enough to show what is hidden and why."""
        told, surveys = self._data["survey"], self._desk.surveys
        questions = [Question("", "single", told["question"], tuple(told["options"])), Question("", "scale", told["scale"], ends=("不满意", "满意"))]
        draft = Draft(PREFIX + told["title"], told["purpose"], questions, self._day(0), self._day(14), told["keep_days"])
        survey = surveys.publish(MAKER, surveys.draft(MAKER, draft).id)
        for college, wish, mark, times in told["answers"]:
            for _ in range(times):
                conversation_id = self._store.open(CHANNEL)
                with self._sessions.begin() as session:
                    session.add(GraduateProfile(conversation_id=conversation_id, college=college, cohort=2027, updated_at=self._clock.now()))
                self._desk.survey_answers.answer(conversation_id, survey.id, {"q1": wish, "q2": mark}, consent=True)
        surveys.close(MAKER, survey.id)

    def _training(self) -> None:
        """A training with more people than seats."""
        told = self._data["training"]
        first = self._day(told["in_days"])
        words = {name: told[name] for name in ("hours", "place", "fee", "subsidy")}
        offer = Offer(PREFIX + told["title"], PREFIX + told["provider"], first, first, first - timedelta(days=2), seats=told["seats"], **words)
        training = self._desk.trainings.add(MAKER, offer)
        for name, contact in told["interested"]:
            self._desk.training_lists.sign_up(self._store.open(CHANNEL), training.id, PREFIX + name, contact, consent=True)

    def _day(self, in_days: int) -> date:
        return self._clock.today() + timedelta(days=in_days)
