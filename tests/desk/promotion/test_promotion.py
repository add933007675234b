"""A reply becomes a draft, somebody else adopts it, and graduates are answered from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from core.settings import Settings
from desk.promotion import publishing
from desk.staff.models import Role
from knowledge.answers.model import Answer
from knowledge.service import open_knowledge
from knowledge.upkeep.evaluating import evaluate, read_set
from tests.desk.clocks import SetClock
from tests.desk.people import COLLEGE, Desk

QUESTION = "星湖校区的就业推荐表在哪里盖章"
ENTRY: dict[str, Any] = {
    "topic": "graduation_status",
    "title": "星湖校区就业推荐表盖章",
    "question": QUESTION,
    "other_questions": ["星湖校区推荐表盖章地点"],
    "answer": "星湖校区的就业推荐表在行政楼203室盖章，工作日上午办理。",
    "decides": "学校就业指导中心",
    "school": "星湖大学",
    "basis": [{"law": "星湖大学毕业生材料办理办法", "date": "2026-09"}],
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def asked(home: Path, sessions: sessionmaker[Session], clock: SetClock, question: str = QUESTION) -> Answer:
    return open_knowledge(Settings(home=home), sessions, clock).answer(question)


def submitted(desk: Desk, **other: Any) -> int:
    response = desk.signed_in("撰写人", Role.COUNSELLOR, COLLEGE).post("/drafts", json={"entry": ENTRY | other})
    assert response.status_code == 200, response.text
    number: int = response.json()["id"]
    return number


def test_what_another_person_adopted_answers_graduates_with_its_basis(
    desk: Desk, home: Path, sessions: sessionmaker[Session], clock: SetClock
) -> None:
    number = submitted(desk)
    assert ENTRY["answer"] not in asked(home, sessions, clock).text
    adopted = desk.signed_in("审核人", Role.REVIEWER).post(f"/drafts/{number}/approve").json()
    assert adopted["state"] == "approved"
    assert adopted["entry_id"].startswith("graduation_status-")
    answer = asked(home, sessions, clock)
    assert ENTRY["answer"] in answer.text
    assert "星湖大学毕业生材料办理办法" in answer.text


def test_its_question_joins_the_set_that_evaluate_runs(desk: Desk, home: Path, sessions: sessionmaker[Session], clock: SetClock) -> None:
    desk.signed_in("审核人", Role.REVIEWER).post(f"/drafts/{submitted(desk)}/approve")
    rows = read_set(home / publishing.REGRESSION)
    assert [row.question for row in rows] == [QUESTION]
    assert all(result.passed for result in evaluate(open_knowledge(Settings(home=home), sessions, clock), rows))
    (home / "pack" / publishing.FILE).unlink()
    assert not any(result.passed for result in evaluate(open_knowledge(Settings(home=home), sessions, clock), rows))


def test_nobody_adopts_what_they_wrote_themselves(desk: Desk) -> None:
    reviewer = desk.signed_in("审核人", Role.REVIEWER)
    number = reviewer.post("/drafts", json={"entry": ENTRY}).json()["id"]
    refused = reviewer.post(f"/drafts/{number}/approve")
    assert (refused.status_code, refused.json()["code"]) == (409, "own_draft")
    assert reviewer.post(f"/drafts/{number}/reject", json={"reason": "不妥"}).status_code == 409
    assert desk.signed_in("另一人", Role.REVIEWER).post(f"/drafts/{number}/approve").status_code == 200


def test_whoever_rewrote_it_cannot_adopt_it_and_the_first_author_can(desk: Desk) -> None:
    author, other = desk.signed_in("审核甲", Role.REVIEWER), desk.signed_in("审核乙", Role.REVIEWER)
    number = author.post("/drafts", json={"entry": ENTRY}).json()["id"]
    assert other.put(f"/drafts/{number}", json=ENTRY | {"title": "就业推荐表在哪里盖章"}).json()["author"] == "审核乙"
    assert other.post(f"/drafts/{number}/approve").status_code == 409
    assert author.post(f"/drafts/{number}/approve").status_code == 200


def test_a_draft_sent_back_may_be_rewritten_and_is_not_answered_from(
    desk: Desk, home: Path, sessions: sessionmaker[Session], clock: SetClock
) -> None:
    number, reviewer = submitted(desk), desk.signed_in("审核人", Role.REVIEWER)
    assert reviewer.post(f"/drafts/{number}/reject", json={"reason": "地点写得不全"}).json()["reason"] == "地点写得不全"
    assert reviewer.post(f"/drafts/{number}/approve").status_code == 409
    assert ENTRY["answer"] not in asked(home, sessions, clock).text
    author = desk.signed_in("撰写人", Role.COUNSELLOR, COLLEGE)
    assert author.put(f"/drafts/{number}", json=ENTRY).json()["state"] == "waiting"


def test_a_retired_entry_answers_no_longer(desk: Desk, home: Path, sessions: sessionmaker[Session], clock: SetClock) -> None:
    number, reviewer = submitted(desk), desk.signed_in("审核人", Role.REVIEWER)
    reviewer.post(f"/drafts/{number}/approve")
    assert reviewer.post(f"/drafts/{number}/retire", json={"reason": "搬了地方"}).json()["state"] == "retired"
    assert ENTRY["answer"] not in asked(home, sessions, clock).text
    assert (home / publishing.REGRESSION).read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"answer": "请打13800000000找王老师，他会告诉您在哪里盖章。"}, "手机号"),
        ({"topic": "nothing"}, "没有这个主题"),
        ({"question": "问" * 31}, "问法长短"),
        ({"basis": [{"law": "星湖大学毕业生材料办理办法", "date": "2031"}]}, "今天之后"),
        ({"basis": [{"law": "法"}]}, "依据第 1 条的文件名称 太短"),
        ({"title": "长" * 41}, "标题 太长，最多 40 个字"),
        ({"answer": "先去学院盖章再去就业处盖章"}, "还不能采用：答案应有 1—4 句"),
    ],
)
def test_what_cannot_become_an_entry_is_refused_when_it_is_written(desk: Desk, change: dict[str, Any], said: str) -> None:
    refused = desk.signed_in("撰写人", Role.COUNSELLOR, COLLEGE).post("/drafts", json={"entry": ENTRY | change})
    assert refused.status_code == 422
    assert said in refused.json()["message"]


def test_two_entries_with_the_same_question_are_not_both_adopted(desk: Desk, home: Path, sessions: sessionmaker[Session], clock: SetClock) -> None:
    reviewer = desk.signed_in("审核人", Role.REVIEWER)
    first, second = submitted(desk), submitted(desk, title="推荐表盖章的第二条")
    assert reviewer.post(f"/drafts/{first}/approve").status_code == 200
    assert "问法重复" in reviewer.post(f"/drafts/{second}/approve").json()["message"]
    assert ENTRY["answer"] in asked(home, sessions, clock).text


def test_files_that_were_lost_are_written_again_when_a_process_starts(
    desk: Desk, home: Path, sessions: sessionmaker[Session], clock: SetClock
) -> None:
    desk.signed_in("审核人", Role.REVIEWER).post(f"/drafts/{submitted(desk)}/approve")
    (home / "pack" / publishing.FILE).unlink()
    desk.services.knowledge.promotion.publish()
    assert ENTRY["answer"] in asked(home, sessions, clock).text


def test_every_step_is_on_record_without_the_words(desk: Desk) -> None:
    number = submitted(desk)
    desk.signed_in("审核人", Role.REVIEWER).post(f"/drafts/{number}/approve")
    rows = desk.signed_in("主管", Role.SUPERVISOR).get("/audit", params={"subject": f"draft:{number}"}).json()["items"]
    assert [row["action"] for row in rows] == ["draft.approve", "draft.submit"]
    assert ENTRY["answer"] not in str(rows)


def test_a_draft_names_only_a_request_that_its_author_sees(desk: Desk) -> None:
    response = desk.signed_in("撰写人", Role.COUNSELLOR, COLLEGE).post("/drafts", json={"entry": ENTRY, "ticket": "ZW-000000-0000"})
    assert response.status_code == 404
