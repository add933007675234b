"""Postings and events of the tests' own, and the running system once it knows them."""

from __future__ import annotations

from pathlib import Path

from tests.system.running import Conversation, RunningSystem

DATA = Path(__file__).parent / "data"
SOURCE = "示例大学就业网"
ACCOUNTING = "长沙 会计 双休"
"""Six of the rows fit and are open: B01 to B06. B08 is over, B09 asks for men."""
FITTING = 6
EXPIRED_EMPLOYER, HELD_EMPLOYER = "旧历示例贸易有限公司", "挑人示例企业管理有限公司"


def take_in(system: RunningSystem) -> None:
    """Import both tables and wait until the chat finds them."""
    for command, name in (("postings", "postings.csv"), ("events", "events.csv")):
        taken = system.command(command, "import", str(DATA / name), "--source", SOURCE)
        assert taken.returncode == 0, taken.stdout + taken.stderr
    assert system.wait_for(lambda: _found(system), 60)


def _found(system: RunningSystem) -> bool:
    conversation = Conversation(system)
    replies = conversation.say(ACCOUNTING)
    conversation.close()
    return any(reply["kind"] == "postings" and reply["payload"]["total"] >= FITTING for reply in replies)
