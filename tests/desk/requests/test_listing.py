"""What the console lists and opens, and for whom."""

from __future__ import annotations

from desk.models import Priority, Reason
from desk.requests.listing import Listing, Wanted
from desk.requests.looking import Looking
from desk.staff.models import Role
from desk.staff.policy import Actor
from tests.desk.requests.desk import Desk


def numbers(desk: Desk, actor: Actor, **wanted: object) -> list[str]:
    rows, total = Listing(desk.sessions, desk.chat).page(actor, Wanted(**wanted), 0, 50)  # type: ignore[arg-type]
    assert total == len(rows)
    return [row.ticket.number for row in rows]


def test_check_25_words_of_two_characters_are_found_wherever_they_were_said(desk: Desk) -> None:
    me = desk.staff()
    in_topic, in_note, in_talk, in_label = desk.asks("户口怎么迁"), desk.asks("甲"), desk.asks("乙"), desk.asks("丙")
    desk.handling.add_note(me, in_note.number, "问过户口科")
    desk.says(in_talk.conversation_id, "我的户口在老家")
    desk.handling.set_labels(me, in_label.number, ["户口"])
    desk.asks("三方怎么解约")

    assert set(numbers(desk, me, words="户口")) == {t.number for t in (in_topic, in_note, in_talk, in_label)}
    assert numbers(desk, me, words="户口 老家") == [in_talk.number]
    assert numbers(desk, me, words="口在") == [in_talk.number]
    assert numbers(desk, me, words="100%") == []


def test_the_most_urgent_and_the_first_due_come_first(desk: Desk) -> None:
    me = desk.staff()
    normal = desk.asks("甲")
    desk.clock.advance(minutes=5)
    later, urgent = desk.asks("乙"), desk.asks("丙", priority=Priority.URGENT, reason=Reason.URGENT)

    assert numbers(desk, me) == [urgent.number, normal.number, later.number]


def test_the_views_hold_what_their_names_say(desk: Desk) -> None:
    me, other = desk.staff("王老师"), desk.staff("李老师")
    waiting, mine, theirs, done = (desk.asks(topic) for topic in "甲乙丙丁")
    desk.handling.claim(me, mine.number)
    desk.handling.claim(other, theirs.number)
    desk.handling.claim(me, done.number)
    desk.handling.resolve(me, done.number)

    assert numbers(desk, me) == [waiting.number]
    assert numbers(desk, me, view="mine") == [mine.number]
    assert set(numbers(desk, me, view="all")) == {t.number for t in (waiting, mine, theirs, done)}
    assert numbers(desk, me, view="resolved") == [done.number]


def test_a_list_is_narrowed_by_category_college_priority_and_label(desk: Desk) -> None:
    desk.staff("李老师", college="文学院")
    me = desk.staff("主管", Role.SUPERVISOR)
    arts = desk.asks("三方协议怎么解约", words="我是文学院的，三方协议怎么解约")
    other = desk.asks("招聘会在哪")
    desk.handling.set_labels(me, other.number, ["双选会"])

    assert numbers(desk, me, category="协议合同") == [arts.number]
    assert numbers(desk, me, label="双选会") == [other.number]
    assert numbers(desk, me, priority=Priority.HIGH) == []
    assert numbers(desk, me, college="文学院") == [arts.number]


def test_check_20_a_list_holds_nothing_of_another_college(desk: Desk) -> None:
    arts, computing = desk.staff("李老师", college="文学院"), desk.staff("王老师", college="计算机学院")
    hers = desk.asks(words="我是文学院2027届的，档案怎么转")
    nobodys = desk.asks("不知道哪个学院的问题", words="我同学是计算机学院的，我想问问")

    assert set(numbers(desk, arts)) == {hers.number, nobodys.number}
    assert numbers(desk, computing) == [nobodys.number]
    assert desk.ticket(hers.number).cohort == 2027


def test_an_opened_ticket_shows_the_talk_the_record_and_who_looks(desk: Desk) -> None:
    me, other = desk.staff("王老师"), desk.staff("李老师")
    ticket = desk.asks()
    desk.says(ticket.conversation_id, "在吗")
    desk.handling.claim(me, ticket.number)
    desk.handling.add_note(me, ticket.number, "先查档案馆")
    looking = Looking(desk.sessions, desk.clock, desk.chat, desk.changing.audit, Listing(desk.sessions, desk.chat))
    looking.look(other, ticket.number, typing=True)

    opened = looking.open(me, ticket.number)
    assert [m.role for m in opened.conversation] == ["user", "system"]
    assert [event.action for event in opened.events] == ["registered", "claimed", "noted"]
    assert [(v.name, v.typing) for v in opened.viewers] == [("李老师", True)]
    assert [note.text for note in opened.notes] == ["先查档案馆"]
    assert opened.brief.missing == ("联系方式", "学院", "毕业年份")
    desk.clock.advance(minutes=2)
    assert looking.viewers(ticket.number) == []
