"""Suspected scams: advice before a loss, a person after one."""

from __future__ import annotations

import pytest

from actions.losses import Loss, loss_in
from desk.models import Priority
from desk.tickets import Tickets
from tests.actions.conftest import Run, messages
from tests.actions.trackers import Talk


@pytest.mark.parametrize(
    ("words", "loss"),
    [
        ("被骗了三千", Loss.MONEY),
        ("刷单被骗了怎么办", Loss.MONEY),
        ("钱已经转过去了才发现不对", Loss.MONEY),
        ("骗了我五千块就拉黑了", Loss.MONEY),
        ("實習中介收了我三千", Loss.FEE),
        ("我已经交了500押金", Loss.FEE),
        ("服装费不退怎么办", Loss.FEE),
        ("培训贷我签了", Loss.LOAN),
        ("他们让我刷脸，办了一个分期", Loss.LOAN),
        ("公司不给身份证还", Loss.DOCUMENTS),
        ("毕业证被公司扣了", Loss.DOCUMENTS),
        ("他们扣了我的毕业证", Loss.DOCUMENTS),
        ("把我护照收走了", Loss.DOCUMENTS),
        ("我把银行卡借出去了", Loss.ACCOUNT),
        ("我微信转给那个人事2000块，他把我删了", Loss.MONEY),
        ("刷单刷了四千多进去了，提不出来", Loss.MONEY),
        ("验证码告诉他以后，卡里少了两千", Loss.MONEY),
        ("我付过钱了，他们说不能退", Loss.FEE),
        ("俺交了五百块押金咋要回来", Loss.FEE),
        ("我妈替我给了五万活动费，事没办成", Loss.FEE),
        ("我把身份证给中介了，他不还我", Loss.DOCUMENTS),
        ("毕业证押在公司了怎么拿回来", Loss.DOCUMENTS),
        ("在平台上借了两万交学费，后悔了", Loss.LOAN),
        ("要交三百块工装费，我没交", None),
        ("要我转给他们2000块才给安排", None),
        ("我还没交钱，要不要交", None),
        ("面试要交服装费？", None),
        ("让我先交押金再上班？", None),
        ("会不会被骗", None),
        ("怕被骗了", None),
        ("公司扣押身份证合法吗", None),
        ("要我转500过去可以吗", None),
        ("入职前贷款培训是不是套路", None),
        ("押一付三，行政可以帮忙看房", None),
    ],
)
def test_a_loss_is_told_from_a_worry(words: str, loss: Loss | None) -> None:
    assert loss_in(words) is loss


def test_before_a_loss_the_phrase_is_named_and_a_person_is_offered(run: Run, tickets: Tickets) -> None:
    said, offer = messages(run(Talk().says("这家公司要先交服装费，靠谱吗", "report_scam_or_check"), "action_check_scam"))

    assert (said["kind"], said["payload"]["level"]) == ("risk_check", "high")
    assert [signal["phrase"] for signal in said["payload"]["signals"]] == ["交服装费"]
    assert "没办法替你判断" in said["text"]
    assert all(line in said["text"] for line in ("96110", "12333", "110"))
    assert offer["payload"]["options"] == [{"title": "转人工", "value": "/request_human"}]
    assert tickets.status("c1") is None


def test_without_anything_to_assess_the_text_is_asked_for(run: Run) -> None:
    (said,) = messages(run(Talk().says("这个公司靠谱吗", "report_scam_or_check"), "action_check_scam"))

    assert "截图" in said["text"] and "没办法替你判断" in said["text"]
    assert said["expects"] == "advertisement"
    assert said["payload"]["options"] == [{"title": "转人工", "value": "/request_human"}]


def test_a_situation_told_over_two_messages_is_assessed_when_the_second_only_asks(run: Run) -> None:
    talk = Talk().says("我面上了一家公司，对方说上岗前要先交八百块培训费", "self_profile").says("这个靠谱吗", "report_scam_or_check")

    said, _ = messages(run(talk, "action_check_scam"))

    assert (said["kind"], said["payload"]["level"]) == ("risk_check", "high")
    assert "八百" in said["payload"]["signals"][0]["phrase"]


def test_an_ordinary_talk_before_a_bare_question_is_no_situation_to_warn_of(run: Run) -> None:
    talk = Talk().says("我想找长沙的会计岗位，月薪六千以上", "search_jobs").says("这个靠谱吗", "report_scam_or_check")

    (said,) = messages(run(talk, "action_check_scam"))

    assert said["expects"] == "advertisement"


def pasted(words: str) -> Talk:
    """What the gateway sends of a text that was pasted to be checked."""
    talk = Talk()
    talk.says("/report_scam_or_check", "report_scam_or_check")
    talk.latest["entities"] = [{"entity": "pasted", "value": words}]
    return talk


def test_what_the_gateway_hands_on_is_assessed_as_it_was_pasted(run: Run) -> None:
    said, _ = messages(run(pasted("诚聘会计，4500-6000，五险一金，负责保证金对账"), "action_check_scam"))

    assert (said["payload"]["level"], said["payload"]["signals"]) == ("low", [])
    assert "没看到不等于单位可靠" in said["text"] and "企业信用信息公示系统" in said["text"]


def test_a_loss_in_a_pasted_chat_reaches_a_person_and_is_assessed_beside(run: Run, tickets: Tickets) -> None:
    handoff, said, *_ = messages(run(pasted("刷单垫付三单，被骗了两千，客服还要我充值才能提现"), "action_check_scam"))

    assert handoff["payload"]["priority"] == "urgent"
    assert (said["kind"], said["payload"]["level"]) == ("risk_check", "high")
    ticket = tickets.status("c1")
    assert ticket is not None and "刷单垫付" in ticket.topic


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("刷单被骗了两千", "96110"),
        ("培训贷我签了", "12348"),
        ("毕业证被公司扣了", "12333"),
        ("银行卡借给别人了", "110"),
    ],
)
def test_after_a_loss_a_person_is_called_at_once(words: str, line: str, run: Run, tickets: Tickets) -> None:
    said = messages(run(Talk().says(words, "report_scam_or_check"), "action_check_scam"))

    ticket = tickets.status("c1")
    assert ticket is not None
    assert ticket.priority is Priority.URGENT
    assert words in ticket.topic
    assert said[0]["payload"]["priority"] == "urgent"
    assert line in said[0]["text"]


def test_a_fee_that_was_paid_is_of_high_priority(run: Run, tickets: Tickets) -> None:
    said = messages(run(Talk().says("我已经交了500押金", "report_scam_or_check"), "action_check_scam"))

    ticket = tickets.status("c1")
    assert ticket is not None and ticket.priority is Priority.HIGH
    assert "12333" in said[0]["text"] and ticket.number in said[0]["text"]
