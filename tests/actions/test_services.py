"""Where the actions get their services, and that Rasa's own action server finds them all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

DESK_ACTIONS = {
    "action_request_human",
    "action_handoff_status",
    "action_withdraw_request",
    "validate_contact_form",
    "action_save_contact",
    "action_crisis",
    "action_complaint",
    "action_feedback",
    "action_delete_my_data",
    "action_export_my_data",
    "action_check_scam",
}

# A process of its own: the plain action server starts without anything provided, on the settings in force.
_PLAIN_SERVER = """
import asyncio, json, logging
from rasa_sdk.executor import ActionExecutor
from bot import migrate
from core.database import create_database_engine
from core.settings import Settings
from tests.actions.trackers import Talk
executor = ActionExecutor()
executor.register_package("actions")
migrate.upgrade(create_database_engine(Settings().database_url))
result = asyncio.run(executor.run(Talk().says("转人工", "request_human").call("action_request_human")))
print(json.dumps({"actions": sorted(executor.actions), "kind": result.responses[0]["custom"]["kind"]}))
"""


def test_a_plain_action_server_finds_every_action_and_opens_the_database_itself(tmp_path: Path) -> None:
    import json

    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": os.pathsep.join(path for path in (str(PROJECT), os.environ.get("PYTHONPATH", "")) if path),
        "ZHIWEN_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", _PLAIN_SERVER],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert set(told["actions"]) >= DESK_ACTIONS
    assert told["kind"] == "handoff"


def test_importing_the_actions_opens_nothing(tmp_path: Path) -> None:
    code = "import actions.handover, actions.services, os; print(os.listdir('.'))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": os.pathsep.join([str(PROJECT), os.environ.get("PYTHONPATH", "")])},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"
