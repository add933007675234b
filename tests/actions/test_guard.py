"""What gets out of an action that fails: a true sentence, valid events, and no word of the graduate."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import Tracker
from sqlalchemy import Engine, text
from structlog.testing import capture_logs

from actions.base import GuardedAction, Reply
from actions.contact import ValidateContactForm
from actions.services import Services
from desk import texts
from tests import loops
from tests.actions.conftest import Run, messages
from tests.actions.trackers import Talk

SECRET = "我叫张三，手机13800000000"


class Failing(GuardedAction):
    def name(self) -> str:
        return "action_failing"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        raise ValueError(tracker.latest_message["text"])


def test_a_failure_becomes_a_true_notice_with_the_offer_of_a_person(executor: ActionExecutor, run: Run) -> None:
    executor.register_action(Failing())

    result = run(Talk().says(SECRET, "ask_policy"), "action_failing")

    notice, offer = messages(result)
    assert notice == {"kind": "notice", "text": texts.DEGRADED, "payload": {"code": "degraded"}}
    assert offer["payload"]["options"][0]["value"] == "/request_human"
    assert result.events == []


def test_neither_answer_nor_log_repeats_what_the_graduate_wrote(executor: ActionExecutor, run: Run) -> None:
    executor.register_action(Failing())

    with capture_logs() as logs:
        result = run(Talk().says(SECRET, "ask_policy"), "action_failing")

    (entry,) = logs
    assert (entry["action"], entry["error"]) == ("action_failing", "ValueError")
    assert any("test_guard.py" in place for place in entry["where"])
    for told in (json.dumps(logs, ensure_ascii=False), result.model_dump_json()):
        assert "张三" not in told and "13800000000" not in told


@pytest.mark.parametrize(
    ("action", "intent"),
    [
        ("action_request_human", "request_human"),
        ("action_handoff_status", "handoff_status"),
        ("action_withdraw_request", "withdraw_request"),
        ("action_save_contact", "leave_contact"),
        ("action_complaint", "complaint"),
        ("action_delete_my_data", "delete_my_data"),
        ("action_export_my_data", "export_my_data"),
    ],
)
def test_without_its_tables_no_action_claims_success(action: str, intent: str, run: Run, migrated_engine: Engine) -> None:
    drop_tables(migrated_engine)

    said = messages(run(Talk(contact="13800000000").says("我的事", intent), action))

    assert said[0]["kind"] == "notice" and said[0]["payload"] == {"code": "degraded"}
    assert "抱歉" in said[0]["text"]
    assert not any(word in said[0]["text"] for word in ("编号", "已经登记", "已经撤回", "存好"))


def test_in_a_crisis_the_lines_are_given_even_when_nothing_can_be_stored(run: Run, migrated_engine: Engine) -> None:
    drop_tables(migrated_engine)

    (said,) = messages(run(Talk().says("我不想活了", "crisis"), "action_crisis"))

    assert said["text"] == texts.crisis(registered=False)
    assert said["payload"] == {"code": "degraded"}


def test_a_crisis_in_the_middle_of_leaving_a_contact_gets_the_lines_too(run: Run, migrated_engine: Engine) -> None:
    drop_tables(migrated_engine)
    talk = Talk().in_contact_form().offers_contact("我不想活了", intent="crisis")

    (said,) = messages(run(talk, "action_save_contact"))

    assert said["text"] == texts.crisis(registered=False)


def test_after_a_loss_the_lines_are_given_even_when_nothing_can_be_stored(run: Run, migrated_engine: Engine) -> None:
    drop_tables(migrated_engine)

    said = messages(run(Talk().says("刷单被骗了两千", "report_scam_or_check"), "action_check_scam"))

    assert "110" in said[0]["text"] and "没有登记" in said[0]["text"]


def test_a_form_that_fails_ends_with_nothing_stored(executor: ActionExecutor, run: Run) -> None:
    class FailingForm(ValidateContactForm):
        def validate_contact(self, *_: Any) -> dict[str, Any]:
            raise RuntimeError(SECRET)

    executor.register_action(FailingForm())

    result = run(Talk().in_contact_form().offers_contact(SECRET), "validate_contact_form")

    assert {event["name"]: event["value"] for event in result.events} == {"contact": None, "requested_slot": None}
    assert messages(result)[0]["payload"] == {"code": "degraded"}


def test_actions_leave_the_event_loop_free(executor: ActionExecutor, provided: None) -> None:
    """A slow database must not hold up the other conversations that the same process serves."""

    async def both() -> list[str]:
        order: list[str] = []
        started, release = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        class Slow(GuardedAction):
            def name(self) -> str:
                return "action_slow"

            def answer(self, tracker: Tracker, services: Services) -> Reply:
                loop.call_soon_threadsafe(started.set)
                asyncio.run_coroutine_threadsafe(release.wait(), loop).result()
                order.append("slow")
                return Reply([])

        executor.register_action(Slow())
        slow = asyncio.create_task(executor.run(Talk("c1").says("慢", "ask_policy").call("action_slow")))
        await started.wait()
        await executor.run(Talk("c2").says("有用", "feedback_positive").call("action_feedback"))
        order.append("quick")
        release.set()
        await slow
        return order

    assert loops.run(both()) == ["quick", "slow"]


def drop_tables(engine: Engine) -> None:
    dependents = " CASCADE" if engine.dialect.name == "postgresql" else ""  # there, tables that refer to it hold it
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE ticket_events"))
        connection.execute(text(f"DROP TABLE tickets{dependents}"))
