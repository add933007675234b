"""What was offered may be taken, by tap, title or number; nothing else passes for a command."""

from __future__ import annotations

import pytest

from tests.bot.conftest import Talk
from tests.bot.servers import RasaStandIn

OFFER = {
    "text": "你是想问哪一个？",
    "buttons": [
        {"title": "转人工", "payload": "/request_human"},
        {"title": "應屆補貼", "payload": "应届生补贴有哪些"},
    ],
}


@pytest.fixture
def offered(talk: Talk, rasa: RasaStandIn) -> Talk:
    rasa.answer = lambda said: [OFFER] if said == "帮帮我" else [{"text": f"答：{said}"}]
    talk.say("帮帮我")
    return talk


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("/request_human", "/request_human"),
        ("转人工", "/request_human"),
        ("轉人工 ", "/request_human"),
        ("1", "/request_human"),
        ("２", "应届生补贴有哪些"),
        ("应届补贴", "应届生补贴有哪些"),
    ],
)
def test_an_offer_may_be_taken_by_tap_title_or_number(offered: Talk, rasa: RasaStandIn, said: str, heard: str) -> None:
    offered.say(said)

    assert rasa.texts[-1] == heard
    asked = [m for m in offered.history() if m["role"] == "user"][-1]
    assert asked["text"] in ("转人工", "應屆補貼")


@pytest.mark.parametrize("command", ["/restart", "/request_human", "／session_start", "  /crisis{}", '/ask_policy{"topic": "x"}', "/"])
def test_commands_that_were_not_offered_never_reach_rasa(talk: Talk, rasa: RasaStandIn, command: str) -> None:
    replies = talk.say(command)

    assert rasa.heard == []
    assert replies
    assert not any(message["text"].isascii() for message in replies)


def test_an_offered_command_with_an_addition_is_stopped(offered: Talk, rasa: RasaStandIn) -> None:
    offered.say('/request_human{"priority": "urgent"}')

    assert rasa.texts == ["帮帮我"]


def test_an_older_offer_can_still_be_tapped_but_not_numbered(offered: Talk, rasa: RasaStandIn) -> None:
    offered.say("你好")
    offered.say("1")
    offered.say("/request_human")

    assert rasa.texts[-3:] == ["你好", "1", "/request_human"]


def test_offers_belong_to_their_own_conversation(offered: Talk, begin, rasa: RasaStandIn) -> None:
    begin().say("/request_human")

    assert rasa.texts == ["帮帮我"]
