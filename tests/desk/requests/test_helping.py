"""Help with answering: suggestions, replies written often, one answer for many, one ticket for one person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.errors import RequestRefused
from desk.models import Status
from desk.requests.canned import CannedReplies, filled_in
from desk.requests.listing import Listing
from desk.requests.merging import Merging, likeness
from desk.requests.suggesting import Suggesting, reason_against
from desk.staff.models import Role
from knowledge.answers.model import Answer, Citation
from tests.desk.requests.desk import Desk

IN_FORCE = Citation(
    "1", "关于档案转递的通知", "人社厅发〔2024〕1号", "人力资源社会保障部", "2024-01-01", None, "in_force", "第三条", "档案应当……", "a.html"
)
ANSWER = Answer("answered", None, "档案由学校转递。\n出处：……", citations=(IN_FORCE,), confidence=0.913)


class Knows:
    """A knowledge that gives one answer and remembers what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer_given, self.asked = answer, []  # type: ignore[var-annotated]

    def answer(self, text: str, previous: str | None = None) -> Answer:
        self.asked.append(text)
        return self.answer_given


@pytest.mark.parametrize(
    ("answer", "usable", "why"),
    [
        (ANSWER, True, ""),
        (replace(ANSWER, citations=(replace(IN_FORCE, status="expired"),)), False, "过期"),
        (replace(ANSWER, citations=(replace(IN_FORCE, status="superseded"),)), False, "取代"),
        (replace(ANSWER, citations=(replace(IN_FORCE, status="repealed"),)), False, "废止"),
        (replace(ANSWER, warnings=("expired",)), False, "过期"),
        (replace(ANSWER, warnings=("conflict",)), False, "不一致"),
        (replace(ANSWER, citations=()), False, "没有找到依据"),
        (replace(ANSWER, outcome="refused", reason="no_source"), False, "没有找到依据"),
        (replace(ANSWER, outcome="refused", reason="not_official"), False, "没有官方原文"),
    ],
)
def test_a_suggestion_without_a_source_in_force_is_not_usable_and_says_why(answer: Answer, usable: bool, why: str) -> None:
    reason = reason_against(answer)
    assert (reason is None) == usable
    assert why in (reason or "")


def test_the_graduates_last_words_are_asked_first(desk: Desk) -> None:
    me, ticket, knows = desk.staff(), desk.asks("档案怎么转"), Knows(ANSWER)
    desk.says(ticket.conversation_id, "档案可以寄到单位吗")
    found = Suggesting(Listing(desk.sessions, desk.chat), desk.chat, knows).suggestions(me, ticket.number)

    assert knows.asked == ["档案可以寄到单位吗", "档案怎么转"]
    assert (found[0].usable, found[0].confidence, found[0].citations[0]["clause"]) == (True, 0.91, "第三条")


def test_canned_replies_belong_to_a_college_and_take_names_they_know(desk: Desk) -> None:
    arts, computing = desk.staff("李老师", college="文学院"), desk.staff("王老师", college="计算机学院")
    boss = desk.staff("主管", Role.SUPERVISOR)
    canned = CannedReplies(desk.sessions, desk.clock, desk.changing.audit)
    hers = canned.save(arts, None, "问候", "{姓名}你好，我是{学院}的{老师}，你的请求编号是 {编号}。")
    everybodys = canned.save(boss, None, "结束", "还有问题随时来。")

    assert {row.title for row in canned.all(arts)} == {"问候", "结束"}
    assert [row.title for row in canned.all(computing)] == ["结束"]
    ticket = desk.asks(words="我是文学院的，档案怎么转")
    assert filled_in(hers.text, arts, ticket) == f"同学你好，我是文学院的李老师，你的请求编号是 {ticket.number}。"
    with pytest.raises(RequestRefused, match="invalid"):
        canned.save(arts, None, "坏", "你好 {身份证}")
    for call in (lambda: canned.delete(computing, hers.id), lambda: canned.save(arts, everybodys.id, "改", "改")):
        with pytest.raises(RequestRefused, match="not_found"):
            call()


def test_the_same_question_of_many_gets_one_answer_in_each_conversation_once(desk: Desk) -> None:
    me, other = desk.staff("王老师"), desk.staff("李老师")
    merging = Merging(desk.changing, Listing(desk.sessions, desk.chat))
    first = desk.asks("三方协议丢了怎么办")
    alike = [desk.asks("三方协议丢了应该怎么办"), desk.asks("我的三方协议丢了，怎么办？")]
    theirs, different = desk.asks("三方协议丢了怎么办"), desk.asks("双选会几点开始")
    desk.handling.claim(other, theirs.number)

    found = [each.row.ticket.number for each in merging.same_questions(me, first.number)]
    assert set(found) == {ticket.number for ticket in alike}
    numbers = [first.number, *found, theirs.number]
    merged = merging.answer_all(me, numbers, "先登报声明，再到学校补办。", "once")
    again = merging.answer_all(me, numbers, "先登报声明，再到学校补办。", "once")

    assert set(merged.answered) == {first.number, *found}
    assert [number for number, _ in merged.skipped] == [theirs.number]
    assert again.answered == ()
    for ticket in (first, *alike):
        said = [m.text for m in desk.heard(ticket.conversation_id) if m.role == "counsellor"]
        assert len(said) == 1 and "先登报声明" in said[0] and ticket.number in said[0]
        assert (desk.ticket(ticket.number).status, desk.ticket(ticket.number).promise_kept) == (Status.RESOLVED, True)
    assert desk.heard(different.conversation_id) == []


def test_questions_are_alike_by_their_words() -> None:
    assert likeness("三方协议丢了怎么办", "三方协议丢了，怎么办？") == 1.0
    assert likeness("三方协议丢了怎么办", "档案怎么转") < 0.3


def test_tickets_of_one_person_are_joined_and_both_conversations_get_the_replies(desk: Desk) -> None:
    me = desk.staff()
    merging = Merging(desk.changing, Listing(desk.sessions, desk.chat))
    phone, computer, stranger = desk.asks("档案怎么转"), desk.asks("档案转到哪里"), desk.asks("档案")
    for ticket in (phone, computer):
        desk.tickets.add_contact(ticket.conversation_id, "13812345678", desk.clock.now())
    with pytest.raises(RequestRefused, match="not_the_same_person"):
        merging.join(me, stranger.number, phone.number)
    merging.join(me, computer.number, phone.number)
    desk.handling.claim(me, phone.number)
    desk.replying.send(me, phone.number, "寄到户籍地人社局", "a")

    for ticket in (phone, computer):
        assert [m.text for m in desk.heard(ticket.conversation_id) if m.role == "counsellor"] == ["寄到户籍地人社局"]
    assert phone.number in desk.heard(computer.conversation_id)[0].text
    assert desk.answers(computer.conversation_id) != []  # there the bot goes on
