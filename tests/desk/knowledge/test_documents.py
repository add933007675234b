"""Documents at the desk: looked at, published, set right, replaced, retired, and all of it on record."""

from __future__ import annotations

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from desk.audit import Audit, AuditEvent
from desk.services import DeskServices
from desk.staff.models import Role
from desk.staff.policy import system_actor
from knowledge.models import Document, DocumentRelation
from tests.desk.knowledge.publishing import STANDING, published
from tests.desk.people import Caller, Desk
from tests.knowledge import papers

UNDATED = """星湖市就业材料办理办法
一、办理地点
就业推荐表在行政服务大厅三楼窗口办理，每周二上午受理。
二、办理要求
办理时携带学生证和成绩单，材料齐全的当场办结。
"""
NEWER = STANDING.replace("三楼", "五楼").replace("9号", "19号").replace("3月2日", "9月2日")


def actions(sessions: sessionmaker[Session]) -> list[str]:
    with sessions() as session:
        return list(session.scalars(select(AuditEvent.action).where(AuditEvent.action.like("document.%")).order_by(AuditEvent.id)))


def codes(preview: dict[str, list[dict[str, str]]]) -> set[str]:
    return {remark["code"] for remark in preview["remarks"]}


def test_a_file_is_looked_at_clause_by_clause_and_nothing_is_stored(reviewer: Caller, sessions: sessionmaker[Session]) -> None:
    [seen] = reviewer.post("/documents/preview", params={"name": "甘肃.txt"}, content=papers.GANSU.encode()).json()["documents"]
    assert seen["result"] == "new"
    assert seen["clauses"]
    assert all(clause["text"] in papers.GANSU for clause in seen["clauses"])
    with sessions() as session:
        assert session.scalars(select(Document)).all() == []
    assert actions(sessions) == []


def test_a_look_says_what_is_missing_the_same_or_nearly_the_same(reviewer: Caller) -> None:
    [undated] = reviewer.post("/documents/preview", params={"name": "办法.txt"}, content=UNDATED.encode()).json()["documents"]
    assert "no_date" in codes(undated)
    published(reviewer, papers.GANSU, "甘肃.txt")
    [same] = reviewer.post("/documents/preview", params={"name": "又来.txt"}, content=papers.GANSU.encode()).json()["documents"]
    assert same["result"] == "unchanged"
    assert "unchanged" in codes(same)
    copied = papers.GANSU.replace("1500元", "1700元").replace("号", "号转", 1)
    [other] = reviewer.post("/documents/preview", params={"name": "转载.txt"}, content=copied.encode()).json()["documents"]
    assert codes(other) & {"copy", "copy_differs", "copied", "new_version"}


def test_what_a_person_sets_right_before_publishing_counts(reviewer: Caller, sessions: sessionmaker[Session]) -> None:
    right = {
        "title": "星湖市就业材料办理办法（示例）",
        "issuers": ["星湖市教育局"],
        "issued_on": "2026-03-02",
        "region": "湖南省",
        "in_force_until": "2026-12-20",
    }
    given = json.dumps(right, ensure_ascii=False)
    [seen] = reviewer.post("/documents/preview", params={"name": "办法.txt", "corrections": given}, content=UNDATED.encode()).json()["documents"]
    assert "no_date" not in codes(seen)
    assert seen["document"]["region"] == "湖南"
    published(reviewer, UNDATED, "办法.txt", corrections=given)
    [row] = reviewer.get("/documents").json()["items"]
    assert {name: row[name] for name in ("title", "issuers", "issued_on", "in_force_until")} == {
        name: right[name] for name in ("title", "issuers", "issued_on", "in_force_until")
    }
    assert [item["last_day"] for item in reviewer.get("/expiring").json()["items"]] == ["2026-12-20"]
    with sessions() as session:
        assert session.scalars(select(AuditEvent.after).where(AuditEvent.action == "document.publish")).one()["region"] == "湖南"


@pytest.mark.parametrize(
    "wrong", ['{"region": "没这个地方"}', '{"in_force_from": "2026-05-01", "in_force_until": "2026-04-01"}', '{"clauses": []}', "不是JSON"]
)
def test_nonsense_in_the_metadata_is_refused_in_chinese(reviewer: Caller, wrong: str) -> None:
    refused = reviewer.post("/documents", params={"name": "办法.txt", "corrections": wrong}, content=UNDATED.encode())
    assert refused.status_code == 422
    assert any("\u4e00" <= character <= "\u9fff" for character in refused.json()["message"])
    assert reviewer.get("/documents").json()["total"] == 0


def test_metadata_can_be_set_right_later_too(reviewer: Caller, sessions: sessionmaker[Session]) -> None:
    number = published(reviewer, UNDATED, "办法.txt")["document_id"]
    seen = reviewer.patch(f"/documents/{number}", json={"in_force_until": "2026-11-20", "audience": ["毕业生"]}).json()
    assert (seen["document"]["status"], seen["document"]["audience"]) == ("expired", ["毕业生"])
    assert reviewer.patch(f"/documents/{number}", json={"in_force_from": "2026-11-21"}).status_code == 422
    with sessions() as session:
        [event] = session.scalars(select(AuditEvent).where(AuditEvent.action == "document.correct")).all()
    assert (event.before, event.after) == ({"in_force_until": None, "audience": []}, {"in_force_until": "2026-11-20", "audience": ["毕业生"]})


def test_a_document_that_replaces_another_puts_it_out_of_force(reviewer: Caller, sessions: sessionmaker[Session]) -> None:
    old = published(reviewer, STANDING, "旧.txt")["document_id"]
    new = published(reviewer, NEWER, "新.txt", replaces=old)["document_id"]
    rows = {row["id"]: row for row in reviewer.get("/documents").json()["items"]}
    assert rows[old]["status"] == "superseded"
    assert rows[old]["replaced_by"]["id"] == new
    assert [row["id"] for row in reviewer.get("/documents", params={"marked": "replaced"}).json()["items"]] == [old]
    assert actions(sessions) == ["document.publish", "document.publish", "document.replace"]
    back = reviewer.post(f"/documents/{new}/replacement", json={"newer": old, "reason": "弄反了"})
    assert (back.status_code, reviewer.get(f"/documents/{new}").json()["document"]["status"]) == (409, "in_force")
    assert reviewer.post(f"/documents/{old}/replacement", json={"newer": old, "reason": "自己"}).status_code == 422


def test_a_suspected_successor_is_confirmed_or_denied(reviewer: Caller, sessions: sessionmaker[Session]) -> None:
    old = published(reviewer, STANDING, "旧.txt")["document_id"]
    new = published(reviewer, UNDATED, "新.txt")["document_id"]
    with sessions.begin() as session:
        now = session.scalars(select(Document.ingested_at)).first()
        relation = DocumentRelation(
            from_id=new,
            to_id=old,
            key=f"doc:{old}",
            kind="supersedes",
            rule="title",
            quote="标题同一系列",
            details=[],
            state="proposed",
            found_at=now,
        )
        session.add(relation)
        session.flush()
        number = relation.id
    assert reviewer.get(f"/documents/{old}").json()["remarks"][0]["code"] == "may_be_replaced"
    assert reviewer.post(f"/documents/{old}/relations/{number}", json={"state": "confirmed"}).status_code == 204
    assert reviewer.get(f"/documents/{old}").json()["document"]["status"] == "superseded"
    assert reviewer.post(f"/documents/{old}/relations/{number}", json={"state": "rejected", "reason": "看错了"}).status_code == 204
    assert reviewer.get(f"/documents/{old}").json()["document"]["status"] == "in_force"
    assert reviewer.post(f"/documents/987654/relations/{number}", json={"state": "confirmed"}).status_code == 404


def test_a_retired_document_ends_on_its_day_and_can_be_restored(reviewer: Caller) -> None:
    number = published(reviewer, papers.GANSU, "甘肃.txt")["document_id"]
    assert reviewer.post(f"/documents/{number}/retire", json={"until": "2026-11-30", "reason": "文件已经作废"}).status_code == 204
    [row] = reviewer.get("/documents", params={"marked": "retired"}).json()["items"]
    assert (row["retired_until"], row["status"]) == ("2026-11-30", "expired")
    assert reviewer.post(f"/documents/{number}/restore").status_code == 204
    assert reviewer.get("/documents").json()["items"][0]["retired_until"] is None
    assert reviewer.get("/documents", params={"marked": "retired"}).json()["total"] == 0


def test_the_record_and_the_change_are_kept_together_or_not_at_all(
    services: DeskServices, sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, actor = services.knowledge.documents, system_actor("测试")
    [outcome] = documents.publish(actor, "旧.txt", STANDING.encode())
    number = outcome.document_id or 0

    def fails(*_given: object, **_more: object) -> None:
        raise RuntimeError("the record cannot be written")

    monkeypatch.setattr(Audit, "record", fails)
    with pytest.raises(RuntimeError):
        documents.publish(actor, "新.txt", NEWER.encode(), number)
    with pytest.raises(RuntimeError):
        documents.retire(actor, number, date(2026, 11, 30), "作废")
    with pytest.raises(RuntimeError):
        documents.correct(actor, number, {"title": "别的"})
    with sessions() as session:
        [row] = session.scalars(select(Document)).all()
        assert (row.id, row.retired_until, row.title) == (number, None, "星湖市教育局关于就业材料办理的通知")


def test_the_same_file_published_twice_at_once_is_there_once(reviewer: Caller, desk: Desk, sessions: sessionmaker[Session]) -> None:
    callers = [reviewer, desk.signed_in("另一位", Role.SUPERVISOR)]
    with ThreadPoolExecutor(2) as threads:
        results = list(threads.map(lambda caller: published(caller, papers.GANSU, "甘肃.txt")["result"], callers))
    assert sorted(results) == ["new", "unchanged"]
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Document)) == 1


def test_an_archive_is_looked_at_and_published_file_by_file(reviewer: Caller, sessions: sessionmaker[Session]) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("甘肃.txt", papers.GANSU)
        archive.writestr("办法.txt", UNDATED)
        archive.writestr("旧版.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    seen = reviewer.post("/documents/preview", params={"name": "包.zip"}, content=content.getvalue()).json()
    assert (len(seen["documents"]), len(seen["refused"]), seen["more"]) == (2, 1, 0)
    assert "另存为" in seen["refused"][0]["detail"]
    assert reviewer.post("/documents", params={"name": "包.zip", "replaces": 1}, content=content.getvalue()).status_code == 422
    outcomes = reviewer.post("/documents", params={"name": "包.zip"}, content=content.getvalue()).json()
    assert sorted(outcome["result"] for outcome in outcomes) == ["new", "new", "refused"]
    assert actions(sessions) == ["document.publish", "document.publish"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("空.txt", b"", "空"),
        ("改了名的程序.pdf", b"MZ\x90\x00" + b"\x00" * 4000, "不能导入"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "另存为"),
        ("英文.txt", b"nothing but English in here " * 40, "中文"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(reviewer: Caller, name: str, content: bytes, told: str) -> None:
    refused = reviewer.post("/documents/preview", params={"name": name}, content=content)
    assert refused.status_code == 422
    assert told in refused.json()["message"]
    [outcome] = reviewer.post("/documents", params={"name": name}, content=content).json()
    assert outcome["result"] == "refused"
    assert told in outcome["detail"]


def test_a_file_over_the_limit_is_refused_before_it_is_read(reviewer: Caller) -> None:
    huge = b"\xe5" * (33 * 1024 * 1024)
    refused = reviewer.post("/documents/preview", params={"name": "大.txt"}, content=huge)
    assert refused.status_code == 413
    assert "32 MB" in refused.json()["message"]


def test_documents_are_found_by_words_status_and_place(reviewer: Caller) -> None:
    number = published(reviewer, papers.GANSU, "甘肃.txt")["document_id"]
    published(reviewer, UNDATED, "办法.txt")

    def found(**wanted: str) -> set[int]:
        return {row["id"] for row in reviewer.get("/documents", params=wanted).json()["items"]}

    assert found(q="甘肃") == {number}
    assert found(region="甘肃") == {number}
    assert reviewer.get("/documents/regions").json() == ["甘肃"] or number in found(region=reviewer.get("/documents/regions").json()[0])
    assert len(found(status="only_that_year")) == 1
    assert number not in found(marked="undated")
    assert found(marked="undated")
    assert reviewer.get("/documents/987654").status_code == 404


def test_documents_come_a_page_at_a_time_and_are_found_by_issuer_number_and_signs_as_they_stand(reviewer: Caller) -> None:
    older = published(reviewer, STANDING, "星湖_100%.txt")["document_id"]
    newer = published(reviewer, UNDATED, "办法.txt")["document_id"]

    def page(**wanted: Any) -> tuple[int, list[int]]:
        shown = reviewer.get("/documents", params={"page_size": 1, **wanted}).json()
        return shown["total"], [row["id"] for row in shown["items"]]

    assert page() == (2, [newer])
    assert page(page=2) == (2, [older])
    assert page(page=3) == (2, [])
    assert page(q="星湖市教育局 9号") == (1, [older])
    assert page(q="_100%") == (1, [older])
    assert page(q="_") == (1, [older])
    [standing] = [row["status"] for row in reviewer.get("/documents", params={"q": "教育局"}).json()["items"]]
    assert page(status=standing, q="教育局") == (1, [older])
    assert page(status="repealed", q="教育局") == (0, [])


def test_whoever_only_reads_changes_nothing(desk: Desk, reviewer: Caller) -> None:
    number = published(reviewer, papers.GANSU, "甘肃.txt")["document_id"]
    counsellor = desk.signed_in("辅导员", Role.COUNSELLOR, "计算机学院")
    assert counsellor.get(f"/documents/{number}").status_code == 200
    assert counsellor.patch(f"/documents/{number}", json={"title": "别的"}).status_code == 403
    assert counsellor.post("/documents/preview", params={"name": "甘肃.txt"}, content=b"x").status_code == 403
    assert counsellor.post(f"/documents/{number}/restore").status_code == 403
