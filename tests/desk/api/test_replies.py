"""Replies, merging and duties over the API."""

from __future__ import annotations

from sqlalchemy.orm import Session, sessionmaker

from bot.store import ConversationStore
from desk.staff.models import Role
from desk.tickets import TicketRequest, Tickets
from tests.desk.clocks import SetClock
from tests.desk.people import COLLEGE, Desk


def test_a_reply_is_kept_filled_in_changed_and_taken_away(desk: Desk, tickets: Tickets) -> None:
    me = desk.signed_in("王老师", Role.COUNSELLOR, COLLEGE)
    ticket = tickets.register(TicketRequest("c1", "档案", "档案", []))
    kept = me.post("/canned-replies", json={"title": "收到", "text": "已收到 {编号}"}).json()

    (shown,) = me.get("/canned-replies", params={"number": ticket.number}).json()["items"]
    assert shown["filled"] == f"已收到 {ticket.number}"
    assert me.put(f"/canned-replies/{kept['id']}", json={"title": "收到", "text": "{坏}"}).status_code == 422
    assert me.delete(f"/canned-replies/{kept['id']}").status_code == 204
    assert me.get("/canned-replies").json()["total"] == 0


def test_suggestions_without_a_knowledge_say_so(desk: Desk, tickets: Tickets) -> None:
    ticket = tickets.register(TicketRequest("c1", "档案", "档案", []))
    (suggestion,) = desk.signed_in("王老师", Role.COUNSELLOR, COLLEGE).get(f"/tickets/{ticket.number}/suggestions").json()["items"]

    assert (suggestion["usable"], suggestion["text"]) == (False, "")
    assert suggestion["why_not"]


def test_one_answer_goes_to_many_over_the_api(desk: Desk, tickets: Tickets, sessions: sessionmaker[Session], clock: SetClock) -> None:
    me, store = desk.signed_in("王老师", Role.COUNSELLOR, COLLEGE), ConversationStore(sessions, clock, clock)
    numbers = [tickets.register(TicketRequest(store.open("web"), "三方协议丢了怎么办", "三方", [])).number for _ in range(3)]
    alike = me.get(f"/tickets/{numbers[0]}/same-questions").json()
    assert {item["number"] for item in alike["items"]} == set(numbers[1:])

    sent = me.post("/tickets/merge", json={"numbers": numbers, "text": "到学校补办", "client_id": "a"}).json()
    assert sent == {"answered": numbers, "skipped": []}


def test_a_supervisor_says_what_somebody_answers_for(desk: Desk) -> None:
    boss, staff = desk.signed_in("主管", Role.SUPERVISOR), desk.add("王老师", Role.COUNSELLOR, COLLEGE)
    wanted = {"categories": ["档案户口"], "cohorts": [2027], "capacity": 3}
    assert boss.put(f"/staff/{staff.id}/duties", json=wanted).json() == wanted
    assert boss.get(f"/staff/{staff.id}/duties").json() == wanted
    assert boss.put(f"/staff/{staff.id}/duties", json={"categories": ["没有"]}).status_code == 422
    assert desk.signed_in("王老师", Role.COUNSELLOR).put(f"/staff/{staff.id}/duties", json=wanted).status_code == 403


def test_dead_notifications_are_listed_for_those_who_lead(desk: Desk) -> None:
    assert desk.signed_in("主管", Role.SUPERVISOR).get("/deliveries", params={"state": "dead"}).json() == {"items": [], "total": 0}
    assert desk.signed_in("王老师", Role.COUNSELLOR, COLLEGE).get("/deliveries").status_code == 403
