"""Check 23: a graduate takes a copy of everything and has everything erased, Rasa's memory, spool and database file included."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path

import httpx
import pytest
import structlog
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from bot import log
from bot.messages import Incoming
from bot.models import Conversation
from bot.parts import Parts
from bot.spool import Spool
from core.clock import Clock
from core.database import close, create_database_engine, session_factory
from core.settings import Settings
from desk.erasure_models import Erasure
from desk.tickets import TicketRequest
from tests.bot.conftest import Talk
from tests.bot.servers import RasaStandIn
from tests.waiting import eventually

SECRET_WORDS = "我老家在白云镇青石巷，想问问补贴"


def parts_of(app: FastAPI) -> Parts:
    parts: Parts = app.state.parts
    return parts


def erase(app: FastAPI, talk: Talk) -> str:
    """Have the wish put on record, as the action does, and wait until it is carried out."""
    parts = parts_of(app)
    number = parts.desk.personal_data.ask_erasure(talk.session_id).number
    eventually(lambda: not parts.desk.personal_data.due())
    return number


def rows_with(sessions: sessionmaker[Session], words: str) -> list[str]:
    """The tables in which these words, or this conversation's number, still stand."""
    found = []
    with sessions() as session:
        dialect = session.get_bind().dialect.name
        listing = (
            "SELECT name FROM sqlite_master WHERE type = 'table'"
            if dialect == "sqlite"
            else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        for (table,) in session.execute(text(listing)).all():
            rows = [str(tuple(row)) for row in session.execute(text(f'SELECT * FROM "{table}"'))]
            if any(words in row for row in rows):
                found.append(table)
    return found


def test_check_23_the_copy_holds_everything_and_only_the_token_opens_it(app: FastAPI, base: str, talk: Talk, client: httpx.Client, begin) -> None:
    [reply] = talk.say(SECRET_WORDS)
    feedback = {"message_id": reply["id"], "helpful": False, "comment": "没说清楚"}
    client.post(f"{base}/api/chat/feedback", json=feedback, headers=talk.headers)
    parts_of(app).tickets.register(TicketRequest(talk.session_id, "求助", SECRET_WORDS, []))
    begin().say("别人的话")

    as_json = client.get(f"{base}/api/chat/my-data", params={"format": "json"}, headers=talk.headers)
    as_text = client.get(f"{base}/api/chat/my-data", headers=talk.headers)

    data = as_json.json()["data"]
    assert [row["text"] for row in data["聊天记录"]] == [SECRET_WORDS, f"答：{SECRET_WORDS}"]
    assert (data["评价"][0]["comment"], data["求助单"][0]["summary"]) == ("没说清楚", SECRET_WORDS)
    assert "别人的话" not in as_json.text
    assert as_text.headers["content-type"] == "text/plain; charset=utf-8" and SECRET_WORDS in as_text.text
    assert "attachment" in as_text.headers["content-disposition"] and as_text.headers["cache-control"] == "no-store"
    for headers in ({}, {"Authorization": "Bearer forged"}):
        assert client.get(f"{base}/api/chat/my-data", params={"token": talk.token}, headers=headers).status_code == 401


def test_check_23_everything_goes_and_others_stay(
    app: FastAPI, talk: Talk, begin, rasa: RasaStandIn, settings: Settings, client: httpx.Client, base: str, migrated_url: str
) -> None:
    other = begin()
    other.say("别人的话")
    [reply] = talk.say(SECRET_WORDS)
    client.post(f"{base}/api/chat/feedback", json={"message_id": reply["id"], "helpful": False, "comment": SECRET_WORDS}, headers=talk.headers)
    parts_of(app).tickets.register(TicketRequest(talk.session_id, "求助", SECRET_WORDS, []))

    number = erase(app, talk)

    engine = create_database_engine(migrated_url)
    sessions = session_factory(engine)
    assert rows_with(sessions, SECRET_WORDS) == rows_with(sessions, talk.session_id) == []
    with sessions() as session:
        receipt = session.query(Erasure).one()
    close(engine)
    assert (receipt.number, receipt.counts) == (number, {"评价": 1, "聊天记录": 2, "求助单": 1})
    assert rasa.forgotten == [talk.session_id]
    assert [message["text"] for message in other.history()] == ["别人的话", "答：别人的话"]
    assert talk.post("还在吗").status_code == 401


@pytest.fixture
def on_sqlite(backend: str) -> None:
    if backend != "sqlite":
        pytest.skip("of a file of SQLite's")


def test_check_23_the_words_are_gone_from_the_files_themselves(on_sqlite: None, app: FastAPI, talk: Talk, tmp_path: Path) -> None:
    talk.say(SECRET_WORDS)
    database = next(tmp_path.glob("*.db"))

    def holders() -> list[str]:
        return [path.name for path in tmp_path.rglob("*") if path.is_file() and SECRET_WORDS.encode() in path.read_bytes()]

    assert set(holders()) & {database.name, f"{database.name}-wal"}
    erase(app, talk)
    assert holders() == []


def test_check_23_what_waits_on_the_disk_goes_too(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    for conversation in ("one", "two"):
        spool.put(Incoming(conversation, "m1", SECRET_WORDS, "pass", None, None, Clock().now()))
    (tmp_path / "spool" / "x.bad").write_text("{half of one", encoding="utf-8")

    spool.erase("one")

    assert [incoming.conversation_id for incoming in spool.waiting()] == ["two"]
    assert list((tmp_path / "spool").glob("*.bad")) == []


def test_check_23_while_rasa_is_away_the_erasure_waits_and_is_finished_afterwards(app: FastAPI, talk: Talk, rasa: RasaStandIn) -> None:
    talk.say(SECRET_WORDS)
    parts = parts_of(app)
    rasa.status = 500
    parts.desk.personal_data.ask_erasure(talk.session_id)
    eventually(lambda: not parts.store.heads([talk.session_id]))
    assert [erasure.conversation_id for erasure in parts.desk.personal_data.due()] == [talk.session_id]

    rasa.status = 200
    erase(app, talk)
    assert rasa.forgotten == [talk.session_id]


def test_check_23_a_wish_is_answered_before_it_is_carried_out(app: FastAPI, talk: Talk, rasa: RasaStandIn) -> None:
    """The message with the wish is itself being answered while the row is there: Rasa must not write after it was made to forget."""
    data = parts_of(app).desk.personal_data

    def wish(_: str) -> list[dict[str, str]]:
        data.ask_erasure(talk.session_id)
        time.sleep(2.5)
        assert rasa.forgotten == []
        return [{"text": "好的，现在就删除"}]

    rasa.answer = wish
    assert [message["text"] for message in talk.say("确认删除")] == ["好的，现在就删除"]
    erase(app, talk)
    assert rasa.forgotten == [talk.session_id]


@pytest.mark.parametrize(
    ("words", "masked"),
    [("我的手机是13800138000", "13800138000"), ("身份证11010519491231002X", "11010519491231002X"), ("学号2021304050607", "2021304050607")],
)
def test_check_23_logs_hold_no_number_of_a_person(words: str, masked: str, tmp_path: Path) -> None:
    before = list(logging.getLogger().handlers)
    log.configure(tmp_path / "logs", console=False)
    try:
        structlog.get_logger("test").warning("something", text=words)
        logging.getLogger("other").warning("%s", words)
        for handler in logging.getLogger().handlers:
            handler.flush()
        lines = (tmp_path / "logs" / "app.jsonl").read_text(encoding="utf-8").splitlines()
    finally:
        for handler in logging.getLogger().handlers:
            handler.close()
        logging.getLogger().handlers[:] = before
    assert len(lines) == 2
    assert masked not in "".join(lines) and all(json.loads(line) for line in lines)


def test_check_23_what_an_old_backup_brings_back_goes_again(app: FastAPI, base: str, talk: Talk, begin, settings: Settings) -> None:
    other = begin()
    talk.say(SECRET_WORDS)
    erase(app, talk)
    parts = parts_of(app)
    with parts.sessions.begin() as session:
        session.add(Conversation(id=talk.session_id, channel="web", created_at=parts.clock.now(), last_seq=0, offers=[]))
    assert talk.session_id not in (settings.home / "erased.txt").read_text(encoding="ascii")

    parts.erasures._looked_back = False  # as when the app starts
    eventually(lambda: not parts.store.heads([talk.session_id]))
    assert list(parts.store.heads([other.session_id])) == [other.session_id]
