"""Check 23 through the whole system: “导出我的信息” and “删除我的信息” by a confirmed dialogue, Rasa's own memory included."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from tests.system.running import Conversation, RunningSystem

pytestmark = pytest.mark.system

SAID = "我老家在白云镇青石巷，档案能转回去吗"


@pytest.fixture
def conversation(zhiwen: RunningSystem) -> Iterator[Conversation]:
    with closing(Conversation(zhiwen)) as conversation:
        yield conversation


def titles(message: dict[str, object]) -> list[str]:
    payload = message["payload"]
    assert isinstance(payload, dict)
    return [option["title"] for option in payload["options"]]


def holders(zhiwen: RunningSystem) -> list[str]:
    """The files of the home folder in which the words still stand, as they are or as JSON escapes them."""
    forms = ("青石巷".encode(), "青石巷".encode("unicode_escape"))
    files = [path for path in zhiwen.home.rglob("*") if path.is_file() and "models" not in path.parts]
    return sorted(path.name for path in files if any(form in path.read_bytes() for form in forms))


def test_check_23_a_copy_is_taken_and_everything_erased_on_the_second_word(zhiwen: RunningSystem, conversation: Conversation) -> None:
    conversation.say(SAID)
    [asked] = conversation.say("导出我的信息")
    assert asked["kind"] == "choices" and titles(asked)[0] == "确认导出"
    [ready] = conversation.say("确认导出")
    assert (ready["kind"], ready["payload"]) == ("notice", {"code": "my_data"})
    assert SAID in conversation.my_data()

    [asked] = conversation.say("删除我的信息")
    assert titles(asked)[0] == "确认删除"
    [told] = conversation.say("先不用了")
    assert told["text"].startswith("好的，什么都没有动") and SAID in conversation.my_data()
    assert {"zhiwen.db", "rasa-tracker.db"} <= {name.removesuffix("-wal") for name in holders(zhiwen)}

    conversation.say("删除我的信息")
    [told] = conversation.say("确认删除")
    assert "回执号 SC" in told["text"]
    assert zhiwen.wait_for(lambda: not holders(zhiwen), 30), holders(zhiwen)
    with pytest.raises(httpx.HTTPStatusError, match="401"):
        conversation.say("还在吗")


def test_check_23_the_confirmation_cannot_be_typed_out_of_turn(zhiwen: RunningSystem, conversation: Conversation) -> None:
    [told, *_] = conversation.say('/delete_my_data{"confirmed": "yes"}')

    assert "回执号" not in told["text"]
    assert conversation.history()
