"""What a graduate wants of the push: a subscription, another hour, another city, to see what there is. Pure functions of the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from core.text.folding import fold
from core.text.numerals import whole_number
from desk import push_texts as texts
from desk.push_models import Subscription
from desk.subscriptions import EVENTS, POSTINGS
from knowledge.events.answering import label_of
from knowledge.events.query import EventQuery
from knowledge.events.understanding import names_an_event, understand
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.wishes.turns import read_turn
from knowledge.postings.wishes.wording import described

Act = Literal["subscribe", "add", "change", "hour", "list", "not_offered", "vague"]
"""`vague`: it is not said what; `not_offered`: something that is not pushed (policy, deadlines)."""

_N = "[0-9]{1,2}|[一二两三四五六七八九十]{1,3}"
_HOUR = re.compile(rf"(?P<part>早上|早晨|上午|中午|下午|傍晚|晚上|每晚|夜里)?的?(?P<n>{_N})[点时](?!以后|之后)")
_PART_OF_DAY = re.compile("早上|早晨|上午|中午|下午|傍晚|晚上|每晚")
_PARTS = {"早上": 8, "早晨": 8, "上午": 9, "中午": 12, "下午": 15, "傍晚": 18, "晚上": 20, "每晚": 20}
_LIST = re.compile(
    "(?:我|都)?(?:订阅|订|关注)了?(?:什么|哪些|啥|几个|几条)|(?:看看|查看|看一下|查一下|列出)(?:一下)?(?:我的)?订阅|我的订阅(?:有|是|列表|呢)|有哪些订阅"
)
_NOT_OFFERED = re.compile("政策|公告|报名|国考|省考|考研|考编|补贴|快讯|面试前|截止前|开始前|前一天|前三天|闹铃|征兵|成绩")
_WEEKLY = re.compile("每周|按周|一周一次|周报|每月|月报")
_CHANGE = re.compile("改成|换成|改为|改到|改推")
_ADD = re.compile("加进|加上|再加|添加|增加")
_PUSH_WORDS = re.compile(
    "一天(?:一次|一条)?|能不能|可不可以|可以|麻烦|请|帮我|帮忙|替我|给我|我想要?|我要|以后|后续|后面|下次|到时候?|记得|及时|第一时间|自动|定期|定时|按时|每天|每日|天天|每周[一二三四五六日天]?|按周|"
    "一有|有了|来了|出了|出来了?|更新了?|上线了?|有更新|有动静|有消息|有新的?|新出的|新来的|新的?|"
    "(?:就|都|再|也|记得)*(?:告诉|通知|提醒|告知|推送|推给|推|发给|发|喊|叫|踢|说|吱)(?:我|给我|下我|一下我|我一下|我一声|一声|下|一下|就好|就行|几个|一次|一条)*|"
    "订阅(?:里|的|一下|上)?|定阅|订|关注(?:一下|着)?|盯着点?|盯|留意(?:一下|下|着)?|消息|汇总|日报|周报|信息|开启|开通|打开|开|设置|设个|设|恢复|继续|"
    "subscribe(?: to)?|job ?alerts?|notify me(?: about)?|push me|把|我的|加进|加上|再加|添加|增加|"
    "改成|换成|改为|城市|类别|这个|那种|合适的?|类似的?|几个|一个|一次|一条"
)
_SAYS_SO = re.compile("(?:告诉|通知|提醒|告知|推|推送|发|叫|喊)(?:给|下|一下)?我|推给我|订阅|定阅|关注|盯着|留意|推送|推一次|推几个")
_EMPTY_WORDS = re.compile(r"^(?:岗位?|职位|工作|招聘|推送|提醒|通知|[了的就都吧呢啊吗,，。.!！?？~、 \s])*$")


_PLACES = ("cities", "districts", "provinces", "nearby")


@dataclass(frozen=True)
class Request:
    """What is wanted. `criteria` is JSON of `Criteria` or `EventQuery` by `kind`; `label` says it back."""

    act: Act
    kind: str = POSTINGS
    criteria: dict[str, Any] = field(default_factory=dict)
    label: str = ""
    hour: int | None = None
    weekly: bool = False
    """A rhythm was asked for that is not offered."""
    says_so: bool = False
    """The words themselves ask to be told (告诉我, 推送, 订阅)."""

    @property
    def is_clear(self) -> bool:
        """Whether it is sure that the push is meant, and what of it."""
        return self.says_so and self.act not in ("vague", "not_offered")


def read_request(text: str, today: date, last: Criteria | None = None) -> Request:
    """What a message wants of the push; `last` is what was searched for before it, which 有合适的就推给我 means."""
    return replace(_read(text, today, last), says_so=_SAYS_SO.search(fold(text)) is not None)


def _read(text: str, today: date, last: Criteria | None) -> Request:
    plain = fold(text)
    if _LIST.search(plain):
        return Request("list")
    hour, rest = _hour(plain)
    weekly = _WEEKLY.search(plain) is not None
    act: Act = "change" if _CHANGE.search(plain) else "add" if _ADD.search(plain) else "subscribe"
    wish = _PUSH_WORDS.sub(" ", rest)
    if names_an_event(wish):
        return _events(wish, today, Request(act, EVENTS, hour=hour, weekly=weekly), starts_before=_NOT_OFFERED.search(rest) is not None)
    if _NOT_OFFERED.search(rest):
        return Request("not_offered", hour=hour)
    criteria = _lasting(Criteria() if _EMPTY_WORDS.match(wish) else read_turn(" ".join(wish.split()), None, today).criteria)
    if criteria.is_empty() and last is not None and not last.is_empty() and hour is None and act == "subscribe":
        criteria = _lasting(last)
    if criteria.is_empty():
        return Request("hour" if hour is not None else "vague", hour=hour, weekly=weekly)
    return Request(act, POSTINGS, criteria.to_json(), label_for(POSTINGS, criteria.to_json()), hour, weekly)


def changed(request: Request, active: Sequence[Subscription]) -> tuple[Request, Subscription | None]:
    """A request to add to or change what is subscribed to, as the whole new subscription and the one that it replaces."""
    if request.act not in ("add", "change"):
        return request, None
    same = [each for each in active if each.kind == request.kind]
    if not same:
        return replace(request, act="subscribe"), None
    old = same[-1]
    said = request.criteria
    criteria = dict(old.criteria)
    if request.act == "change" and any(name in said for name in _PLACES):
        criteria = {name: value for name, value in criteria.items() if name not in _PLACES}
    for name, value in said.items():
        known = criteria.get(name)
        criteria[name] = [*known, *(each for each in value if each not in known)] if request.act == "add" and isinstance(known, list) else value
    return replace(request, criteria=criteria, label=label_for(request.kind, criteria)), old


def label_for(kind: str, criteria: dict[str, Any]) -> str:
    """The criteria said back."""
    if kind == EVENTS:
        query = EventQuery.from_json(criteria)
        conditions = label_of(query, with_days=query.asks_for_days())
        return texts.EVENTS_LABEL.format(conditions=conditions or texts.ANY_EVENT)
    return texts.POSTINGS_LABEL.format(conditions=described(Criteria.from_json(criteria)))


def named_by(text: str, active: Sequence[Subscription], today: date) -> list[Subscription] | None:
    """The subscriptions that a message to end names (把长沙去掉); None where it names no condition, so that all are meant."""
    rest = re.sub("退订|取消|停止?|关掉?|关闭|删掉?|去掉|去除|移除|别再?|不要|不用|不看|不想要?|屏蔽|撤销", " ", _PUSH_WORDS.sub(" ", fold(text)))
    if names_an_event(rest):
        said: dict[str, Any] = understand(rest, today).to_json()
        kind = EVENTS
    else:
        said = {} if _EMPTY_WORDS.match(rest) else read_turn(" ".join(rest.split()), None, today).criteria.to_json()
        kind = ""
    said = {
        name: value for name, value in said.items() if isinstance(value, list) and name not in ("words", "exclude_roles", "exclude_words", "hosts")
    }
    if not said and not kind:
        return None
    return [
        each for each in active if (not kind or each.kind == kind) and all(_meets(each.criteria.get(name), value) for name, value in said.items())
    ]


def _lasting(criteria: Criteria) -> Criteria:
    """The criteria without days, which would pass while the subscription lasts."""
    return replace(criteria, deadline_until=None, posted_since=None)


def _meets(known: Any, said: list[Any]) -> bool:
    return isinstance(known, list) and bool(set(known) & set(said))


def _events(wish: str, today: date, request: Request, *, starts_before: bool) -> Request:
    """A subscription to events; being reminded before one begins is not offered."""
    if starts_before:
        return Request("not_offered", EVENTS, hour=request.hour)
    query = replace(understand(wish, today), next_only=False)
    if query.last is None:
        query = replace(query, first=None, when="")
    return replace(request, criteria=query.to_json(), label=label_for(EVENTS, query.to_json()))


def _hour(text: str) -> tuple[int | None, str]:
    """The hour of the day that is asked for, and the text without it."""
    match = _HOUR.search(text)
    if match:
        hour = whole_number(match["n"])
        if match["part"] in ("下午", "傍晚", "晚上", "每晚", "夜里") and hour < 12:
            hour += 12
        return (hour, text[: match.start()] + " " + text[match.end() :]) if 0 <= hour <= 23 else (None, text)
    part = _PART_OF_DAY.search(text)
    return (_PARTS[part.group()], _PART_OF_DAY.sub(" ", text)) if part else (None, text)
