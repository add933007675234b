"""The safety screen comes before everything: what it holds back never reaches Rasa, the record or a log."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from bot import log
from bot.models import Message
from core.settings import Settings
from desk.models import Ticket
from tests.bot.conftest import Talk
from tests.bot.servers import RasaStandIn

NUMBER = "110101199003074477"


def test_an_identity_number_reaches_neither_rasa_nor_the_record_nor_a_log(talk: Talk, rasa: RasaStandIn, settings: Settings, tmp_path: Path) -> None:
    log.configure(tmp_path / "logs", console=False)

    replies = talk.say(f"我叫张三，{NUMBER}，档案在哪")

    kept = [m["text"] for m in talk.history()] + [m["text"] for m in replies] + rasa.texts
    kept += [path.read_text(encoding="utf-8") for path in (tmp_path / "logs").iterdir()]
    assert not any(NUMBER in words for words in kept)


def test_abuse_gets_a_calm_reply_and_the_way_to_a_person(talk: Talk, rasa: RasaStandIn) -> None:
    (reply,) = talk.say("你这个傻逼机器人")

    assert rasa.heard == []
    assert reply["text"]
    assert reply["payload"]["options"] == [{"title": "转人工", "value": "/request_human"}]
    talk.say("转人工")
    assert rasa.texts == ["/request_human"]


@pytest.mark.parametrize("words", ["我不想活了", "公司扣了我身份证不还"])
def test_danger_is_a_request_of_urgent_priority_once(talk: Talk, app: FastAPI, words: str) -> None:
    (first,), (second,) = talk.say(words), talk.say(words)

    with app.state.parts.sessions() as session:
        (ticket,) = session.scalars(select(Ticket)).all()
    assert first["kind"] == second["kind"] == "handoff"
    assert first["payload"]["ticket"] == second["payload"]["ticket"] == ticket.number
    assert first["payload"]["priority"] == "urgent"
    assert ticket.times_asked == 2


def test_danger_repeated_with_the_same_client_id_is_counted_once(talk: Talk, app: FastAPI) -> None:
    assert talk.say("我不想活了", "one") == talk.say("我不想活了", "one")

    with app.state.parts.sessions() as session:
        (ticket,) = session.scalars(select(Ticket)).all()
    assert ticket.times_asked == 1


PHONE = "13800138000"
ASK = {"custom": {"kind": "text", "text": "请发一个手机号。", "payload": None, "expects": "contact"}}


def test_a_contact_that_was_asked_for_reaches_rasa_and_is_not_kept(talk: Talk, rasa: RasaStandIn, app: FastAPI) -> None:
    rasa.answer = lambda said: [ASK] if said == "留个联系方式" else [{"text": "好的"}]
    (asked,) = talk.say("留个联系方式")
    talk.say(PHONE)
    talk.say(PHONE)

    assert "expects" not in asked and asked["payload"] is None
    assert rasa.texts[1] == PHONE
    assert PHONE not in "".join([*rasa.texts[2:], *(m["text"] for m in talk.history())])
    with app.state.parts.sessions() as session:
        assert set(session.scalars(select(Message.command))) == {None}


def test_an_identity_number_is_masked_even_where_a_contact_is_expected(talk: Talk, rasa: RasaStandIn) -> None:
    rasa.answer = lambda said: [ASK]
    talk.say("留个联系方式")
    talk.say(f"{NUMBER}，手机 {PHONE}")

    assert NUMBER not in "".join(rasa.texts)
