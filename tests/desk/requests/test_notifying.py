"""Notifications: what is committed is notified, whatever is killed when, and what cannot be delivered is not forgotten."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import func, select

from core.settings import Settings
from desk.models import Priority, Reason, Ticket
from desk.notify.models import Delivery, DeliveryState
from desk.notify.outbox import BACKOFF, DOUBT, Outbox
from desk.notify.robot import WecomRobot
from desk.notify.worker import Notifier
from tests.desk.requests.desk import Desk
from tests.desk.requests.robots import Robot, running_robot

SENDS_AND_WAITS = """
import sys, time
from core.clock import Clock
from core.database import create_database_engine, session_factory
from desk.notify.outbox import Outbox
from desk.notify.robot import WecomRobot
from desk.notify.worker import Notifier

class Slow(WecomRobot):
    def send(self, text):
        super().send(text)
        print("sent", flush=True)
        time.sleep(600)

class Now(Clock):
    def now(self):
        from datetime import datetime
        return datetime.fromisoformat(sys.argv[3])

Notifier(Outbox(session_factory(create_database_engine(sys.argv[1])), Now()), Slow(sys.argv[2])).work()
"""

REGISTERS_AND_WAITS = """
import sys, time
from core.clock import Clock
from core.database import create_database_engine, session_factory
from desk.tickets import TicketRequest, Tickets
tickets = Tickets(session_factory(create_database_engine(sys.argv[1])), Clock())
print(tickets.register(TicketRequest("c1", "档案怎么转", "档案", [])).number, flush=True)
time.sleep(600)
"""


@pytest.fixture
def robot() -> Iterator[Robot]:
    with running_robot() as robot:
        yield robot


def notifier(desk: Desk, robot: Robot) -> Notifier:
    return Notifier(Outbox(desk.sessions, desk.clock), WecomRobot(robot.address))


def deliveries(desk: Desk) -> list[Delivery]:
    with desk.sessions() as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.id)))


def test_check_10_killed_between_commit_and_notification_is_notified_after_restart_once(desk: Desk, robot: Robot, migrated_url: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    process = subprocess.Popen([sys.executable, "-c", REGISTERS_AND_WAITS, migrated_url], stdout=subprocess.PIPE, env=environment, text=True)
    assert process.stdout is not None
    number = process.stdout.readline().strip()
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert robot.heard == []

    with desk.sessions.begin() as session:  # it was another process's clock
        session.execute(Delivery.__table__.update().values(next_at=desk.clock.now()))
    restarted = notifier(Desk(desk.sessions, desk.clock), robot)
    for _ in range(3):
        restarted.work()

    assert len(robot.heard) == 1 and number in robot.heard[0]
    with desk.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Ticket)) == 1
    Desk(desk.sessions, desk.clock).asks("档案怎么转", "c1")
    restarted.work()
    assert len(robot.heard) == 1  # asked again is no new request


def test_check_10_a_worker_that_died_with_a_claim_leaves_it_to_the_next(desk: Desk, robot: Robot) -> None:
    desk.asks()
    Outbox(desk.sessions, desk.clock).claim()
    assert notifier(desk, robot).work() == 0
    desk.clock.advance(seconds=31)
    assert notifier(desk, robot).work() == 1
    assert len(robot.heard) == 1


@pytest.fixture
def sent_and_killed(desk: Desk, robot: Robot, migrated_url: str) -> Ticket:
    """A request that a worker told the robot of, killed before it noted so."""
    ticket = desk.asks()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    command = [sys.executable, "-c", SENDS_AND_WAITS, migrated_url, robot.address, desk.clock.now().isoformat()]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
    assert process.stdout is not None and process.stdout.readline().strip() == "sent"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert len(robot.heard) == 1
    return ticket


def test_check_10_killed_after_the_robot_answered_is_in_doubt_and_not_repeated_once_somebody_took_the_request(
    desk: Desk, robot: Robot, sent_and_killed: Ticket
) -> None:
    restarted = notifier(desk, robot)
    desk.clock.advance(seconds=31)
    restarted.work()
    (doubtful,), _ = Outbox(desk.sessions, desk.clock).page(DeliveryState.UNKNOWN, 1, 20)
    assert (doubtful.facts["number"], len(robot.heard)) == (sent_and_killed.number, 1)

    desk.handling.claim(desk.staff(), sent_and_killed.number)
    desk.clock.advance(seconds=DOUBT.seconds + 1)
    for _ in range(3):
        restarted.work()
    assert len(robot.heard) == 1
    assert (deliveries(desk)[0].state, deliveries(desk)[0].error) == (DeliveryState.SENT, "heard")


def test_check_10_in_doubt_and_nobody_came_is_said_once_more_and_says_so(desk: Desk, robot: Robot, sent_and_killed: Ticket) -> None:
    restarted = notifier(desk, robot)
    for _ in range(20):
        restarted.work()
        desk.clock.advance(seconds=20)

    first, second = robot.heard
    assert sent_and_killed.number in first and "可能重复" not in first
    assert sent_and_killed.number in second and "可能重复" in second
    assert deliveries(desk)[0].state is DeliveryState.SENT


def test_a_robot_that_says_nothing_back_is_in_doubt_and_may_be_told_again_by_hand(desk: Desk, robot: Robot) -> None:
    desk.asks()
    robot.silent = True
    notifier(desk, robot).work()
    (row,) = deliveries(desk)
    assert (row.state, row.error) == (DeliveryState.UNKNOWN, "RemoteProtocolError")

    robot.silent = False
    outbox = Outbox(desk.sessions, desk.clock)
    with desk.sessions.begin() as session:
        assert outbox.resend(session, row.id) is not None
    assert notifier(desk, robot).work() == 1
    assert len(robot.heard) == 2


def test_what_another_worker_has_taken_meanwhile_is_not_sent(desk: Desk) -> None:
    desk.asks()
    outbox = Outbox(desk.sessions, desk.clock)
    late, _ = outbox.claim()
    desk.clock.advance(seconds=31)
    assert outbox.claim()[1]
    assert not outbox.about_to_send(late)


def test_what_ended_long_ago_is_removed_and_what_waits_is_kept(desk: Desk, robot: Robot) -> None:
    desk.asks("一")
    notifier(desk, robot).work()
    desk.clock.advance(days=30)
    desk.asks("二")
    outbox = Outbox(desk.sessions, desk.clock)

    assert outbox.prune(desk.clock.now() - timedelta(days=29)) == 1
    assert outbox.prune(desk.clock.now() + timedelta(days=29)) == 0
    assert [row.state for row in deliveries(desk)] == [DeliveryState.WAITING]


def test_check_11_a_notifier_that_is_down_for_an_hour_ends_dead_and_is_sent_again_by_hand(desk: Desk, robot: Robot) -> None:
    ticket = desk.asks()
    worker, outbox = notifier(desk, robot), Outbox(desk.sessions, desk.clock)
    robot.status = 503
    tries: list[timedelta] = []
    began = desk.clock.now()
    while deliveries(desk)[0].state is DeliveryState.WAITING:
        before = deliveries(desk)[0].attempts
        worker.work()
        if deliveries(desk)[0].attempts > before:
            tries.append(desk.clock.now() - began)
        desk.clock.advance(seconds=30)

    pauses = [later - earlier for earlier, later in pairwise(tries)]
    assert pauses == list(BACKOFF)
    assert tries[-1] >= timedelta(hours=1)
    (dead,), total = outbox.page(DeliveryState.DEAD, 1, 20)
    assert (total, dead.error, dead.facts["number"]) == (1, "HTTP 503", ticket.number)

    robot.status = 200
    with desk.sessions.begin() as session:
        assert outbox.resend(session, dead.id) is not None
    worker.work()
    worker.work()
    assert len(robot.heard) == 1
    assert deliveries(desk)[0].state is DeliveryState.SENT


def test_an_error_of_the_robots_own_counts_as_not_sent(desk: Desk, robot: Robot) -> None:
    desk.asks()
    robot.errcode = 45009
    notifier(desk, robot).work()

    assert (deliveries(desk)[0].attempts, deliveries(desk)[0].error) == (1, "errcode 45009")


def test_a_flood_of_requests_is_one_message_and_several_workers_send_it_once(desk: Desk, robot: Robot) -> None:
    numbers = [desk.asks(f"问题{place}").number for place in range(15)]
    with ThreadPoolExecutor(3) as workers:
        list(workers.map(lambda _: notifier(desk, robot).work(), range(3)))

    (text,) = robot.heard
    assert all(number in text for number in numbers)
    assert len(text.encode()) <= 2048


def test_three_processes_together_send_a_robot_no_more_than_twenty_messages_a_minute(desk: Desk, robot: Robot) -> None:
    sent_at: list[int] = []
    processes = [notifier(desk, robot) for _ in range(3)]
    for second in range(150):
        if second < 120:
            desk.asks("档案怎么转", f"c{second}")
        before = len(robot.heard)
        for process in processes:
            process.work()
        sent_at += [second] * (len(robot.heard) - before)
        desk.clock.advance(seconds=1)

    assert max(sum(start <= at < start + 60 for at in sent_at) for start in range(150)) <= 20
    assert {delivery.state for delivery in deliveries(desk)} == {DeliveryState.SENT}


def test_a_notification_says_nothing_of_the_person(desk: Desk, robot: Robot) -> None:
    ticket = desk.asks("我叫王小明，档案丢了", words="我叫王小明，我的电话 13812345678")
    desk.tickets.add_contact(ticket.conversation_id, "13812345678", desk.clock.now())
    desk.asks("不想活了", ticket.conversation_id, Priority.URGENT, Reason.CRISIS)
    while notifier(desk, robot).work():
        pass

    (text,) = robot.heard
    assert "新请求" in text and "转为紧急" in text
    assert not any(word in text for word in ("王小明", "13812345678", "档案丢了", "不想活"))


def test_without_a_robot_nothing_waits_and_it_can_be_sent_once_there_is_one(desk: Desk, robot: Robot) -> None:
    desk.asks()
    outbox = Outbox(desk.sessions, desk.clock)
    Notifier(outbox, None).work()
    (row,) = deliveries(desk)
    assert row.state is DeliveryState.OFF
    with desk.sessions.begin() as session:
        outbox.resend(session, row.id)
    assert notifier(desk, robot).work() == 1


def test_the_address_of_the_robot_must_be_encrypted() -> None:
    with pytest.raises(ValidationError, match="https"):
        Settings(_env_file=None, wecom_webhook="http://robot.example.com/send?key=k")
    assert Settings(_env_file=None, wecom_webhook="https://robot.example.com/send?key=k").wecom_webhook
