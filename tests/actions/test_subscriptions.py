"""Subscribing in a conversation: said back, consented to with a tap, changed, ended with one message."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from actions import services
from actions.subscriptions import ConsentSubscription, DeclineSubscription, Subscribe, Unsubscribe
from desk.subscriptions import Subscriptions
from desk.tickets import Tickets
from knowledge.answers.model import Answer
from tests.actions.conftest import carrying_out
from tests.actions.trackers import Talk
from tests.desk.clocks import SetClock

Say = Callable[[str, str], dict[str, Any]]


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def kept(sessions: sessionmaker[Session], clock: SetClock) -> Subscriptions:
    return Subscriptions(sessions, clock)


@pytest.fixture
def say(sessions: sessionmaker[Session], clock: SetClock, tickets: Tickets) -> Iterator[Say]:
    carry_out = carrying_out(Subscribe, ConsentSubscription, DeclineSubscription, Unsubscribe)
    services.provide(services.Services(sessions, clock, tickets, None))

    def run(words: str, action: str) -> dict[str, Any]:
        [said] = carry_out(Talk().says(words, "subscribe_push"), action)
        return said

    yield run
    services.provide(None)


def labels(kept: Subscriptions) -> list[str]:
    return [each.label for each in kept.active("c1")]


def subscribe(say: Say, words: str) -> dict[str, Any]:
    say(words, "action_subscribe")
    return say("/consent_subscription", "action_consent_subscription")


def test_a_wish_is_said_back_and_waits_for_consent(say: Say, kept: Subscriptions) -> None:
    asked = say("有长沙会计岗告诉我", "action_subscribe")

    assert asked["payload"]["options"] == [
        {"title": "同意订阅", "value": "/consent_subscription"},
        {"title": "不用了", "value": "/decline_subscription"},
    ]
    assert "长沙、会计" in asked["text"] and "9点" in asked["text"]
    assert labels(kept) == []

    agreed = say("/consent_subscription", "action_consent_subscription")

    assert labels(kept) == ["新岗位：长沙、会计"]
    assert "从明天开始" in agreed["text"]


def test_declining_leaves_nothing(say: Say, kept: Subscriptions) -> None:
    say("有双选会消息推我", "action_subscribe")
    say("/decline_subscription", "action_decline_subscription")

    assert "没有等你同意的订阅" in say("/consent_subscription", "action_consent_subscription")["text"]
    assert kept.export("c1")["subscriptions"] == []


def test_a_no_where_no_wish_waits_ends_what_is_sent(say: Say, kept: Subscriptions) -> None:
    subscribe(say, "有长沙会计岗告诉我")
    say("还是不订阅了吧", "action_decline_subscription")

    assert labels(kept) == []


@pytest.mark.parametrize(
    ("words", "kind", "label"),
    [
        ("有武汉双选会消息推我", "events", "招聘活动：武汉 · 双选会"),
        ("关注深圳前端岗位，有了发我", "postings", "新岗位：深圳、前端开发"),
        ("月薪8000以上双休的长沙行政岗有了就推给我", "postings", "新岗位：长沙、行政、每月8000元以上、双休"),
        ("有新的实习通知我", "postings", "新岗位：实习"),
    ],
)
def test_what_was_meant_is_understood(say: Say, kept: Subscriptions, words: str, kind: str, label: str) -> None:
    subscribe(say, words)

    assert [(each.kind, each.label) for each in kept.active("c1")] == [(kind, label)]


def test_the_hour_is_said_with_the_wish_or_after_it(say: Say, kept: Subscriptions) -> None:
    subscribe(say, "早上八点把长沙会计岗发我")
    assert [each.hour for each in kept.active("c1")] == [8]

    assert "20点" in say("改成每晚八点推", "action_subscribe")["text"]
    assert [each.hour for each in kept.active("c1")] == [20]


@pytest.mark.parametrize("words", ["国考报名提醒", "我想收政策更新", "招聘会开始前一天提醒"])
def test_what_is_not_offered_is_said_to_be_so(say: Say, kept: Subscriptions, words: str) -> None:
    assert "还不能推送" in say(words, "action_subscribe")["text"]
    assert kept.export("c1")["subscriptions"] == []


@pytest.mark.parametrize("words", ["订阅", "我要订阅岗位", "有合适的就推送给我"])
def test_a_wish_without_a_subject_is_asked_for_one(say: Say, words: str) -> None:
    assert say(words, "action_subscribe")["text"].startswith("想订阅什么样的")


def test_a_city_is_added_or_changed_with_consent(say: Say, kept: Subscriptions) -> None:
    subscribe(say, "有长沙会计岗告诉我")
    subscribe(say, "把重庆加进我的订阅里")
    assert labels(kept) == ["新岗位：长沙或重庆、会计"] or "重庆" in labels(kept)[0]
    assert kept.active("c1")[0].criteria["cities"] == ["长沙", "重庆"]

    subscribe(say, "订阅改成上海")
    assert kept.active("c1")[0].criteria == {"cities": ["上海"], "roles": ["会计"]}
    assert len(kept.active("c1")) == 1


@pytest.mark.parametrize("words", ["退订", "取消推送", "TD", "unsubscribe", "别再推送了", "我找到工作啦，请把我从推送名单里去掉"])
def test_one_message_is_enough_to_be_out(say: Say, kept: Subscriptions, words: str) -> None:
    subscribe(say, "有长沙会计岗告诉我")
    subscribe(say, "有双选会消息推我")

    said = say(words, "action_unsubscribe")

    assert "立刻生效" in said["text"]
    assert labels(kept) == []


def test_one_of_several_is_ended_by_what_it_is_about(say: Say, kept: Subscriptions) -> None:
    subscribe(say, "有长沙会计岗告诉我")
    subscribe(say, "有武汉双选会消息推我")

    assert "没有这一条" in say("把北京从订阅里去掉", "action_unsubscribe")["text"]
    assert len(labels(kept)) == 2
    say("把长沙从订阅里去掉", "action_unsubscribe")

    assert labels(kept) == ["招聘活动：武汉 · 双选会"]


def test_what_is_subscribed_to_is_listed(say: Say) -> None:
    assert "没有任何订阅" in say("我订阅了什么", "action_subscribe")["text"]
    subscribe(say, "有长沙会计岗告诉我")

    assert "第1条 新岗位：长沙、会计（12月1日 同意）" in say("我订阅了什么", "action_subscribe")["text"]


def test_without_a_subscription_leaving_says_so(say: Say) -> None:
    assert "你没有订阅" in say("退订", "action_unsubscribe")["text"]


class AnswersEverything:
    """Documents that would answer any question."""

    def answer(self, *_: object, **__: object) -> Answer:
        return Answer("answered", None, "文件写着。")


@pytest.mark.parametrize(("words", "kind"), [("有长沙双选会消息推我", "choices"), ("晚上11点发我", "text"), ("补贴什么时候发下来", "policy_answer")])
def test_a_clear_wish_to_be_told_is_not_taken_for_a_question_about_documents(
    sessions: sessionmaker[Session], clock: SetClock, tickets: Tickets, words: str, kind: str
) -> None:
    services.provide(services.Services(sessions, clock, tickets, AnswersEverything()))

    said = carrying_out(Subscribe)(Talk().says(words, "subscribe_push", 0.7), "action_subscribe")

    assert [message["kind"] for message in said] == [kind]
