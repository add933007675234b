"""Saved postings over the chat API: how they stand today, and nothing that was never published."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from core.database import session_factory
from core.settings import Settings
from knowledge.postings import service
from tests.bot.conftest import Talk
from tests.bot.test_limits import assert_said_in_chinese
from tests.knowledge.postings.search.rows import TODAY, change, posting, put


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"today": TODAY})


def test_saved_postings_say_how_they_stand_now(talk: Talk, migrated_engine: Engine) -> None:
    sessions = session_factory(migrated_engine)
    offered, over, gone, unseen = put(sessions, posting(title="出纳"), posting(deadline=date(2026, 11, 30)), posting(), posting(status="waiting"))
    change(sessions, gone, status="published")
    change(sessions, gone, status="withdrawn")

    wanted = f"{gone},{over},{offered},{unseen},99999,99999999999"
    response = talk.client.get(f"{talk.base}/api/chat/postings", params={"ids": wanted}, headers=talk.headers)

    assert response.status_code == 200, response.text
    items = response.json()["items"]
    assert [(item["id"], item["status"]) for item in items] == [(str(gone), "withdrawn"), (str(over), "expired"), (str(offered), "open")]
    assert items[2]["title"] == "出纳"
    assert items[2]["detail"]["source"] == "测试来源"


@pytest.mark.parametrize("ids", ["", "1;drop", "a", "1,", "-1", ",".join(["12"] * 101)])
def test_what_is_no_list_of_numbers_is_refused(talk: Talk, ids: str) -> None:
    response = talk.client.get(f"{talk.base}/api/chat/postings", params={"ids": ids}, headers=talk.headers)

    assert_said_in_chinese(response, 422)


def test_without_a_token_nothing_is_told(talk: Talk) -> None:
    response = talk.client.get(f"{talk.base}/api/chat/postings", params={"ids": "1"})

    assert_said_in_chinese(response, 401)


@pytest.fixture
def no_postings(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("the index's folder cannot be read")

    monkeypatch.setattr(service, "open_postings", broken)


def test_where_the_postings_cannot_be_opened_all_else_goes_on(no_postings: None, talk: Talk) -> None:
    assert talk.say("三方协议丢了怎么办")
    assert_said_in_chinese(talk.client.get(f"{talk.base}/api/chat/postings", params={"ids": "1"}, headers=talk.headers), 503)
