"""What the desk says: right numbers, true promises, nothing claimed that nobody did."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.clock import CHINA
from desk import texts
from desk.models import Priority, Queue, Reason, Status, Ticket
from desk.texts import Danger
from desk.tickets import Withdrawal

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=CHINA)
SUNDAY = datetime(2026, 12, 6, 10, 0, tzinfo=CHINA)
NATIONAL_LINES = {"110", "120", "12356", "96110", "12333", "12345", "12348", "12338"}
LIFE_LINES = {"110", "120", "12356"}
NOT_FOR_GRADUATES = ("400-007-6266", "86223221", "66097865", "12351", "12385", "12329", "12366")


def ticket(**changes: object) -> Ticket:
    facts: dict[str, object] = {
        "number": "ZW-TEST-KEFGH",
        "topic": "档案怎么转",
        "queue": Queue.SUPPORT,
        "reason": Reason.REQUESTED,
        "priority": Priority.NORMAL,
        "status": Status.QUEUED,
        "times_asked": 1,
        "promise_due": NOW + timedelta(days=1),
    }
    return Ticket(**(facts | changes))


def everything_said() -> list[str]:
    tickets = [
        ticket(status=status, priority=priority, queue=queue, times_asked=times, promise_due=due)
        for status in Status
        for priority in Priority
        for queue in Queue
        for times in (1, 2)
        for due in (NOW + timedelta(days=1), NOW - timedelta(hours=1))
    ]
    said = [texts.crisis(registered=done) for done in (True, False)]
    said += [texts.urgent(danger, registered=done) for danger in Danger for done in (True, False)]
    makers = (texts.registered, texts.complaint, texts.fee_taken, texts.status, texts.data_deletion, texts.data_export)
    said += [make(one, now) for make in makers for one in tickets for now in (NOW, SUNDAY)]
    said += [texts.contact_saved(one) for one in tickets]
    said += [texts.withdrawn(Withdrawal(one, one, (one,))) for one in tickets]
    constants = [value for name, value in vars(texts).items() if isinstance(value, str) and not name.startswith("__")]
    return said + constants


def numbers_in(words: str) -> set[str]:
    """The telephone numbers of a text: runs of digits that are no date, time or list number."""
    plain = re.sub(r"\d{1,2}月\d{1,2}日|\d{2}:\d{2}|^\d\. ", "", words, flags=re.MULTILINE)
    return set(re.findall(r"\d[\d-]*", plain))


def test_only_national_lines_are_ever_given() -> None:
    for said in everything_said():
        assert numbers_in(said) <= NATIONAL_LINES, said
        assert not any(number in said for number in NOT_FOR_GRADUATES)


def test_nobody_is_said_to_have_read_anything() -> None:
    for said in everything_said():
        assert not re.search(r"老师(已经|已|刚刚?)(看|读|收到|知道|处理)|已读", said), said


@pytest.mark.parametrize("registered", [True, False])
def test_with_life_at_stake_only_the_life_lines_are_given(registered: bool) -> None:
    said = texts.crisis(registered=registered)

    assert numbers_in(said) == LIFE_LINES
    assert len(said) < 260
    assert not re.search(r"岗位|简历|就业|政策|投诉|编号", said)


@pytest.mark.parametrize("danger", [Danger.TRAPPED, Danger.TRAFFICKING_ABROAD, Danger.PYRAMID])
def test_who_is_held_hears_of_the_emergency_lines_alone(danger: Danger) -> None:
    said = texts.urgent(danger, registered=True)

    assert "110" in said
    assert numbers_in(said) <= LIFE_LINES


@pytest.mark.parametrize(
    ("danger", "lines"),
    [
        (Danger.DOCUMENTS_TAKEN, {"110", "12333"}),
        (Danger.HARASSMENT, {"110", "12338"}),
        (Danger.EXTORTION, {"110"}),
        (Danger.TRAINING_LOAN, {"110", "96110", "12333"}),
        (Danger.FRAUD, {"110", "96110"}),
        (Danger.ACCOUNT_MISUSE, {"110", "96110"}),
        (Danger.WORK_INJURY, {"120", "12333"}),
        (Danger.WAGE_VIOLENCE, {"110", "12333"}),
        (Danger.FORCED_FALSE_EMPLOYMENT, {"12345"}),
        (Danger.PERSONAL_THREAT, {"110", "120"}),
        (Danger.OTHER, {"110"}),
    ],
)
def test_every_danger_names_who_can_help_and_what_to_keep(danger: Danger, lines: set[str]) -> None:
    said = texts.urgent(danger, registered=True)

    assert lines <= numbers_in(said)
    assert "证据" in said


def test_an_unknown_danger_is_answered_not_refused() -> None:
    assert texts.urgent("something new", registered=True) == texts.urgent(Danger.OTHER, registered=True)


@pytest.mark.parametrize("said", [texts.crisis(registered=False), texts.urgent(Danger.FRAUD, registered=False)])
def test_what_is_not_on_record_is_not_said_to_be(said: str) -> None:
    assert "登记为紧急" not in said
    assert "没能替你登记" in said


def test_a_promise_names_the_day_and_where_the_answer_will_be() -> None:
    said = texts.registered(ticket(), NOW)

    assert "12月2日（周三）10:00" in said
    assert "回到本页就能看到答复" in said
    assert "上班时间" not in said


def test_out_of_hours_the_graduate_is_told_so() -> None:
    assert "现在不是老师的上班时间" in texts.registered(ticket(promise_due=SUNDAY + timedelta(days=1)), SUNDAY)


def test_a_broken_promise_is_admitted() -> None:
    said = texts.status(ticket(promise_due=NOW - timedelta(hours=1)), NOW)

    assert "已经过了原定的" in said and "抱歉" in said


@pytest.mark.parametrize("now", [NOW, SUNDAY])
def test_an_urgent_request_promises_no_minute_that_nobody_may_keep(now: datetime) -> None:
    said = texts.registered(ticket(priority=Priority.URGENT, promise_due=now + timedelta(minutes=15)), now)

    assert "尽快" in said
    assert not re.search(r"\d{2}:\d{2}", said)


def test_only_a_claimed_ticket_says_that_somebody_has_taken_it() -> None:
    said = {status: texts.status(ticket(status=status), NOW) for status in Status}

    assert [status for status, words in said.items() if "已经接手" in words] == [Status.CLAIMED]


def test_erasure_is_not_said_to_be_done() -> None:
    said = texts.data_deletion(ticket(queue=Queue.DATA_DELETION), NOW)

    assert "现在还没有删除" in said
    assert "聊天记录" in said and "联系方式" in said


def test_a_kept_urgent_request_is_named_with_its_reason() -> None:
    kept = Withdrawal(None, ticket(priority=Priority.URGENT))

    assert "没有撤掉" in texts.withdrawn(kept)
    assert texts.withdrawn(replace(kept, kept=None)) == texts.NOTHING_OPEN


def test_the_contact_is_asked_for_with_the_consent_before_it() -> None:
    assert "发出来就表示你同意" in texts.CONTACT_CONSENT
    assert "不想留" in texts.CONTACT_CONSENT


def test_every_danger_has_a_chinese_name_for_counsellors_and_an_unknown_one_too() -> None:
    names = [texts.danger_name(danger) for danger in (*Danger, "no such kind", None)]
    assert all(re.fullmatch(r"[\u4e00-\u9fff]+", name) for name in names)
    assert names[-2:] == [texts.DANGER_NAMES[Danger.OTHER]] * 2
