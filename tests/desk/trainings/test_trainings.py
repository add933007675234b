"""Check of system C13: the list matches the requests, one row a person; contacts masked until opened, erased, exported."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.store import ConversationStore
from desk.audit import AuditEvent
from desk.errors import TrainingRefused
from desk.requests.models import GraduateProfile
from desk.services import DeskServices
from desk.staff.models import Role
from desk.staff.policy import Actor
from desk.trainings.models import Training, TrainingInterest
from desk.trainings.service import Offer, forget
from tests.desk.clocks import SetClock
from tests.desk.people import COLLEGE, OTHER_COLLEGE

WANG = Actor(2, "王老师", Role.COUNSELLOR, COLLEGE, "10.0.0.2")
ZHAO = Actor(3, "赵老师", Role.COUNSELLOR, OTHER_COLLEGE, "10.0.0.3")


class Place:
    """A school's trainings and graduates."""

    def __init__(self, services: DeskServices, sessions: sessionmaker[Session], clock: SetClock) -> None:
        self.services, self.sessions, self.clock = services, sessions, clock
        self.store, self.lists = ConversationStore(sessions, clock, clock), services.training_lists

    def offer(self, **more: Any) -> Training:
        values: dict[str, Any] = {"title": "数据分析实训", "provider": "职业培训中心", "starts_on": date(2026, 12, 10), "ends_on": date(2026, 12, 12)}
        return self.services.trainings.add(WANG, Offer(**values | {"sign_up_until": date(2026, 12, 8)} | more))

    def graduate(self, college: str | None = None) -> str:
        conversation_id = self.store.open("web")
        with self.sessions.begin() as session:
            session.add(GraduateProfile(conversation_id=conversation_id, college=college, cohort=2027, updated_at=self.clock.now()))
        return conversation_id

    def sign_up(self, training: Training, number: int, college: str | None = None) -> str:
        conversation_id = self.graduate(college)
        self.lists.sign_up(conversation_id, training.id, f"同学{number}", f"1380000{number:04d}", consent=True)
        return conversation_id

    def told(self, conversation_id: str) -> list[str]:
        return [view.text for view in self.store.messages_after(conversation_id, 0)]


@pytest.fixture
def place(services: DeskServices, sessions: sessionmaker[Session], clock: SetClock) -> Place:
    return Place(services, sessions, clock)


def own_place(place: Place, conversation_id: str) -> tuple[int, bool]:
    [offered] = place.lists.offered(conversation_id)
    assert offered.own is not None
    return offered.own.place, offered.own.waits


def test_the_list_has_its_seats_then_those_who_wait_and_the_first_of_them_moves_up(place: Place) -> None:
    training = place.offer(seats=2)
    first, second, third, fourth = (place.sign_up(training, number) for number in range(4))
    assert [own_place(place, one) for one in (first, second, third, fourth)] == [(1, False), (2, False), (3, True), (4, True)]

    place.lists.withdraw(first, training.id)
    assert [own_place(place, one) for one in (second, third, fourth)] == [(1, False), (2, False), (3, True)]
    assert ["已经从候补排进名单" in " ".join(place.told(one)) for one in (second, third, fourth)] == [False, True, False]
    assert place.lists.offered(first)[0].own is None


def test_whoever_moves_up_by_an_erasure_or_by_more_seats_is_told_once(place: Place) -> None:
    training = place.offer(seats=1)
    first, second, third = (place.sign_up(training, number) for number in range(3))
    assert place.services.personal_data.erase(first) is not None
    assert place.services.trainings.tell_all_moved_up() == 1
    assert place.services.trainings.tell_all_moved_up() == 0
    assert (len(place.told(second)), len(place.told(third))) == (1, 0)

    more = Offer(training.title, training.provider, training.starts_on, training.ends_on, training.sign_up_until, seats=5)
    place.services.trainings.change(WANG, training.id, more)
    assert (len(place.told(second)), len(place.told(third))) == (1, 1)


def test_one_row_a_person(place: Place) -> None:
    training, other = place.offer(), place.graduate()
    graduate = place.sign_up(training, 1)
    place.lists.sign_up(graduate, training.id, "改名", "13900000001", consent=True)
    with pytest.raises(TrainingRefused) as error:
        place.lists.sign_up(other, training.id, "别人", "139 0000 0001", consent=True)

    assert error.value.code == "same_contact"
    _, listed = place.services.trainings.listed(WANG, training.id)
    assert [(one.interest.name, one.interest.contact) for one in listed] == [("改名", "13900000001")]


@pytest.mark.parametrize(
    ("name", "contact", "consent", "code"),
    [
        ("小林", "13800000000", False, "no_consent"),
        (" ", "13800000000", True, "invalid"),
        ("小林", "找我", True, "invalid"),
        ("小林", "身份证11010519491231002X", True, "invalid"),
    ],
)
def test_nobody_is_listed_without_consent_and_a_contact(place: Place, name: str, contact: str, consent: bool, code: str) -> None:
    training = place.offer()
    with pytest.raises(TrainingRefused) as error:
        place.lists.sign_up(place.graduate(), training.id, name, contact, consent=consent)
    assert error.value.code == code
    assert place.services.trainings.listed(WANG, training.id)[1] == []


def test_what_is_over_is_shown_to_nobody_new(place: Place, clock: SetClock) -> None:
    training = place.offer()
    listed, other = place.sign_up(training, 1), place.graduate()
    assert len(place.lists.offered(other)) == 1
    clock.advance(days=8)

    assert place.lists.offered(other) == []
    assert [each.is_open for each in place.lists.offered(listed)] == [False], "they may still take it back"
    with pytest.raises(TrainingRefused) as error:
        place.lists.sign_up(other, training.id, "小林", "13800000009", consent=True)
    assert error.value.code == "over"


def test_a_training_taken_back_is_told_to_those_on_its_list(place: Place) -> None:
    training, other = place.offer(), place.graduate()
    listed = place.sign_up(training, 1)
    place.services.trainings.take_back(WANG, training.id)

    assert "取消" in place.told(listed)[0]
    assert place.lists.offered(other) == []
    with pytest.raises(TrainingRefused):
        place.services.trainings.take_back(WANG, training.id)


def test_a_counsellor_sees_their_own_colleges_and_an_opened_contact_is_on_record(place: Place, sessions: sessionmaker[Session]) -> None:
    training = place.offer()
    place.sign_up(training, 1, COLLEGE)
    place.sign_up(training, 2, OTHER_COLLEGE)
    _, [own] = place.services.trainings.listed(WANG, training.id)
    _, [others] = place.services.trainings.listed(ZHAO, training.id)
    assert (own.place, others.place) == (1, 2)

    assert place.services.trainings.contact(WANG, training.id, own.interest.id).contact == "13800000001"
    with pytest.raises(TrainingRefused):
        place.services.trainings.contact(WANG, training.id, others.interest.id)
    csv = "".join(place.services.trainings.as_csv(WANG, training.id))
    assert "13800000001" in csv and "13800000002" not in csv
    with sessions() as session:
        events = session.execute(
            select(AuditEvent.action, AuditEvent.after).where(AuditEvent.action.in_(("training.contact", "training.export")))
        ).all()
    assert [tuple(event) for event in events] == [("training.contact", {"interest": own.interest.id}), ("training.export", {"rows": 1})]


def test_check_23_names_and_contacts_go_when_their_time_is_over(place: Place, sessions: sessionmaker[Session], clock: SetClock) -> None:
    training = place.offer(keep_days=5)
    place.sign_up(training, 1)
    clock.advance(days=11 + 5)
    assert forget(sessions, clock.now()) == 0
    clock.advance(days=1)
    assert forget(sessions, clock.now()) == 1
    with sessions() as session:
        assert session.scalars(select(TrainingInterest)).all() == []


def test_check_23_what_was_left_is_in_the_copy_and_goes_with_everything(place: Place) -> None:
    graduate = place.sign_up(place.offer(), 1)
    [copied] = place.services.personal_data.export(graduate)["培训报名"]
    assert (copied["title"], copied["contact"]) == ("数据分析实训", "13800000001")

    place.services.personal_data.erase(graduate)
    assert place.services.personal_data.counts(graduate) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": date(2026, 12, 9)},
        {"sign_up_until": date(2026, 12, 13)},
        {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 2), "sign_up_until": date(2026, 1, 1)},
    ],
)
def test_a_training_that_cannot_be_is_refused(place: Place, wrong: dict[str, Any]) -> None:
    with pytest.raises(TrainingRefused):
        place.offer(**wrong)
