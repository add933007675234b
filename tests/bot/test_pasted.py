"""What was pasted to be looked at gets to the check for traps, whatever Rasa or the screen would take it for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.bot.conftest import Talk
from tests.bot.servers import RasaStandIn

TRAP = "诚聘前台，月薪五千，包吃住，入职先交押金五百元"
SOUND = "诚聘会计，4500-6000元/月，五险一金，双休，大专以上学历"
ASK = {"custom": {"kind": "choices", "text": "发给我看看", "payload": {"options": []}, "expects": "advertisement"}}


def handed_on(rasa: RasaStandIn) -> Any:
    """The text that Rasa was told to have checked."""
    intent, _, entities = rasa.texts[-1].partition("{")
    assert intent == "/report_scam_or_check", rasa.texts[-1]
    return json.loads("{" + entities)["pasted"]


@pytest.mark.parametrize("words", [f"帮我看看这个招聘靠谱吗：{TRAP}", TRAP])
def test_a_trap_is_checked_whether_asked_for_or_not(talk: Talk, rasa: RasaStandIn, words: str) -> None:
    talk.say(words)

    assert handed_on(rasa) == TRAP
    assert talk.history()[0]["text"] == words


def test_a_sound_advertisement_is_checked_once_it_was_asked_for(talk: Talk, rasa: RasaStandIn) -> None:
    rasa.answer = lambda said: [ASK] if "靠谱" in said else [{"text": "好的"}]
    talk.say(SOUND)
    assert rasa.texts == [SOUND]
    talk.say("这个公司靠谱吗")
    talk.say(SOUND)
    assert handed_on(rasa) == SOUND
    talk.say(SOUND)
    assert rasa.texts[-1] == SOUND


def test_a_question_behind_the_question_for_a_text_stays_a_question(talk: Talk, rasa: RasaStandIn) -> None:
    rasa.answer = lambda said: [ASK]
    talk.say("这个公司靠谱吗")
    talk.say("三方协议丢了怎么办")

    assert rasa.texts[-1] == "三方协议丢了怎么办"


@pytest.mark.parametrize("words", ["代办就业协议盖章，真实公司，一份三百，包验证", f"{TRAP}，联系电话13800138000"])
def test_the_screen_takes_what_an_advertisement_says_for_no_wish_of_the_graduate(talk: Talk, rasa: RasaStandIn, words: str) -> None:
    talk.say(f"帮我看看这个靠谱吗：{words}")

    assert handed_on(rasa)
    assert "13800138000" not in "".join(rasa.texts)


def test_danger_in_a_pasted_chat_reaches_a_person_and_the_warning_stands_beside(talk: Talk, rasa: RasaStandIn) -> None:
    handoff, warning = talk.say("帮我看看这个招聘靠谱吗：包机票去缅甸做客服，我现在被关在园区，护照被收走了，救命")

    assert (handoff["kind"], handoff["payload"]["priority"]) == ("handoff", "urgent")
    assert (warning["kind"], warning["payload"]["level"]) == ("risk_check", "high")
    assert rasa.heard == []
