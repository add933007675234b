"""Surveys and trainings over the desk's API."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, inspect
from sqlalchemy.orm import Session, sessionmaker

from bot import migrate
from bot.store import ConversationStore
from desk.staff.models import Role
from tests.desk.clocks import SetClock
from tests.desk.people import COLLEGE, Desk

SURVEY: dict[str, Any] = {
    "title": "就业服务满意度",
    "purpose": "改进就业服务",
    "questions": [
        {"kind": "scale", "text": "满意吗", "highest": 5, "ends": ["不满意", "满意"]},
        {"kind": "text", "text": "建议", "required": False},
    ],
    "opens_on": "2026-12-01",
    "closes_on": "2026-12-20",
}
TRAINING = {
    "title": "数据分析实训",
    "provider": "职业培训中心",
    "starts_on": "2026-12-10",
    "ends_on": "2026-12-12",
    "sign_up_until": "2026-12-08",
    "seats": 1,
}
TABLES = {"surveys", "survey_answers", "trainings", "training_interests"}


def test_a_survey_over_the_api_from_draft_to_results(desk: Desk, sessions: sessionmaker[Session], clock: SetClock) -> None:
    lead, reader = desk.signed_in("主管", Role.SUPERVISOR), desk.signed_in("看的", Role.READ_ONLY)
    made = lead.post("/surveys", json=SURVEY)
    assert made.status_code == 201, made.text
    path = f"/surveys/{made.json()['id']}"
    assert lead.put(path, json={**SURVEY, "title": "满意度"}).json()["title"] == "满意度"
    assert lead.post(f"{path}/publish").json()["state"] == "open"
    assert (lead.put(path, json=SURVEY).status_code, lead.delete(path).status_code) == (409, 409)
    store = ConversationStore(sessions, clock, clock)
    for number in range(6):
        answers = {"q1": 5 if number else 1, "q2": f"第{number}条建议"}
        desk.services.survey_answers.answer(store.open("web"), made.json()["id"], answers, consent=True)

    early = reader.get(f"{path}/results")
    assert (early.status_code, early.json()["code"]) == (409, "not_closed") and "结束" in early.json()["message"]
    assert lead.post(f"{path}/close").json()["answers"] == 6
    results = reader.get(f"{path}/results").json()
    scale, written = results["questions"]
    assert (results["answers"], results["least"]) == (6, 5)
    assert scale["rows"][0]["overall"] is None and scale["means"] == [None]
    assert len(written["texts"]) == 6
    table = reader.get(f"{path}/results.csv")
    assert table.headers["content-type"].startswith("text/csv") and "不显示" in table.text and "attachment" in table.headers["content-disposition"]
    assert reader.get("/surveys").json()["total"] == 1


def test_how_many_answered_is_not_told_while_they_are_few(desk: Desk, sessions: sessionmaker[Session], clock: SetClock) -> None:
    lead = desk.signed_in("主管", Role.SUPERVISOR)
    survey = lead.post("/surveys", json=SURVEY).json()["id"]
    lead.post(f"/surveys/{survey}/publish")
    assert lead.get(f"/surveys/{survey}").json()["answers"] == 0
    desk.services.survey_answers.answer(ConversationStore(sessions, clock, clock).open("web"), survey, {"q1": 3}, consent=True)
    assert lead.get(f"/surveys/{survey}").json()["answers"] is None
    assert lead.get("/surveys").json()["items"][0]["answers"] is None
    assert lead.post(f"/surveys/{survey}/close").json()["answers"] is None
    assert lead.get(f"/surveys/{survey}/results").json()["questions"] == []


@pytest.mark.parametrize("wrong", [{"purpose": " "}, {"questions": []}, {"closes_on": "2026-11-01"}, {"keep_days": 0}, {"title": "x" * 101}])
def test_a_wrong_survey_is_refused_in_chinese(desk: Desk, wrong: dict[str, Any]) -> None:
    refused = desk.signed_in("主管", Role.SUPERVISOR).post("/surveys", json=SURVEY | wrong)

    assert refused.status_code == 422
    assert not refused.json()["message"].isascii()


def test_contacts_are_masked_until_opened(desk: Desk, sessions: sessionmaker[Session], clock: SetClock) -> None:
    wang, lead = desk.signed_in("王老师", Role.COUNSELLOR, COLLEGE), desk.signed_in("主管", Role.SUPERVISOR)
    training = wang.post("/trainings", json=TRAINING).json()
    store = ConversationStore(sessions, clock, clock)
    for number in (1, 2):
        desk.services.training_lists.sign_up(store.open("web"), training["id"], f"林同学{number}", f"1380000000{number}", consent=True)

    shown = wang.get(f"/trainings/{training['id']}/interests")
    assert "13800000001" not in shown.text and "林同学" not in shown.text
    assert [(one["name"], one["contact"], one["waits"]) for one in shown.json()["items"]] == [("林**", "13****01", False), ("林**", "13****02", True)]
    opened = wang.post(f"/trainings/{training['id']}/interests/{shown.json()['items'][0]['id']}/contact")
    assert opened.json() == {"name": "林同学1", "contact": "13800000001"}
    told = lead.get("/audit", params={"subject": f"training:{training['id']}"}).json()["items"]
    assert told[0]["action"] == "training.contact"
    assert "13800000002" in wang.get(f"/trainings/{training['id']}/interests.csv").text
    assert lead.get("/trainings").json()["items"][0]["wanted"] == 2

    changed = wang.put(f"/trainings/{training['id']}", json=TRAINING | {"seats": 2, "place": "图书馆"})
    assert (changed.json()["place"], changed.json()["wanted"]) == ("图书馆", 2)
    assert wang.delete(f"/trainings/{training['id']}").json()["offered"] is False


def test_the_tables_can_be_taken_away_and_made_again(migrated_engine: Engine) -> None:
    migrate.downgrade(migrated_engine, "0020")
    assert not TABLES & set(inspect(migrated_engine).get_table_names())
    migrate.upgrade(migrated_engine)
    assert set(inspect(migrated_engine).get_table_names()) >= TABLES
