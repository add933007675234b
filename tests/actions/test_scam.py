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


def test_before_a_loss_there_is_advice_and_no_verdict(run: Run, tickets: Tickets) -> None:
    (said,) = messages(run(Talk().says("这家公司要先交服装费，靠谱吗", "report_scam_or_check"), "action_check_scam"))

    assert "没办法替你判断" in said["text"]
    assert all(line in said["text"] for line in ("96110", "12333", "110"))
    assert said["payload"]["options"] == [{"title": "转人工", "value": "/request_human"}]
    assert tickets.status("c1") is None


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
