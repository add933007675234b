"""Every sentence about a request that a graduate or a colleague reads when staff, or the time, changed something."""

from __future__ import annotations

from datetime import datetime

from core.clock import CHINA
from desk.models import Satisfaction, Ticket
from desk.working_hours import is_working_moment, next_working_moment

_WEEKDAYS = "一二三四五六日"

JOINED = "{name}已经接入（编号 {number}），接下来由老师回复你，我先不插话。你直接在这里说就好。"
TRANSFERRED = "你的请求（编号 {number}）已经转给{name}继续处理，请稍等，老师会在这里回复你。"
HANDED_BACK = "老师把对话交还给我了。编号 {number} 的请求还在老师手上，有进展会在这里告诉你；现在有问题可以先问我，还想找老师就说“转人工”。"
RETURNED = "老师把你的请求（编号 {number}）放回了排队里，会有其他老师接着处理，不用重复登记。这段时间有问题可以先问我。"
SNOOZED = "这件事老师需要一些时间办理，{until}再接着处理你的请求（编号 {number}）。这段时间有问题可以先问我。"
ENDED = "老师已经处理完你的请求（编号 {number}），这次对话由老师结束，接下来还是我来回答。问题没解决，随时说“转人工”。"
REOPENED = "你的请求（编号 {number}）已经重新打开，老师最晚在{due}前回复你，你回到本页就能看到答复。"
SILENT = "接手的老师暂时没能回复，你的请求（编号 {number}）已经重新排队，并且提醒了负责的老师，不会丢。等待的时候有问题可以先问我。"
NOBODY_CAME = "很抱歉，说好在{due}前回复你的请求（编号 {number}），到现在还没有老师接手，已经提醒负责的老师尽快处理。请求没有丢，你不用重复登记。"
NOBODY_CAME_OFF_HOURS = "现在不是上班时间，老师{opening}上班后会先处理它。"
OFF_HOURS = "老师{opening}上班，到时候会按顺序处理。你的请求已经排上队，不用守在这里，回到本页就能看到答复。"
JOINED_INTO = "你的这条请求（编号 {number}）和编号 {into} 是同一件事，已经合在一起处理。老师的答复会同时发到这里。"
MERGED_ANSWER = "有几位同学问了同样的问题，老师统一答复如下（编号 {number}）：\n{text}"

RATE = "这次的处理你满意吗？点一下就好，只问这一次。"
RATINGS = {Satisfaction.SATISFIED: "满意", Satisfaction.FAIR: "一般", Satisfaction.DISSATISFIED: "不满意"}
RATED = "谢谢你的评价，已经记下了。"
RATED_BADLY = "谢谢你告诉我们，评价已经记下，会给负责的老师看。问题还没解决的话，可以再转一次人工。"
RATED_BEFORE = "这次的评价之前已经记下了，谢谢你。"

WHO = "老师"

CONFLICT = "刚才有别人也在改这条请求，请刷新后再试一次。"
NO_SUCH_TICKET = "没有找到这条请求，或者不在您能看到的范围里。"
ALREADY_CLAIMED = "这条请求已经由{holder}接手。"
NOT_THE_HOLDER = "这条请求在{holder}手上，只有接手的人可以这样做。"
NOBODY_HOLDS = "请先接手这条请求。"
NOT_TAKEN_OVER = "这个对话现在由机器人回答，请先接手再发送。"
CLOSED = "这条请求已经结束，需要的话请先重新打开。"
NOT_CLOSED = "这条请求还没有结束，不用重新打开。"
WITHDRAWN = "这条请求是毕业生自己撤回的，不能由老师重新打开。"
ANOTHER_OPEN = "这位毕业生已经有一条进行中的请求（编号 {number}），请在那里处理。"
SNOOZE_IN_THE_PAST = "请选一个将来的时间。"
SNOOZE_TOO_LONG = "最多可以推迟 90 天。"
NO_SUCH_COLLEAGUE = "没有这位同事，或者这位同事不能处理请求。"
ON_LEAVE = "{name}正在休假，请换一位同事。"
CANNOT_SEE = "{name}看不到这个学院的请求，请换一位同事。"
TO_THE_SAME = "这条请求已经在{name}手上。"
CONVERSATION_GONE = "这个对话已经按毕业生的要求删除，不能再发送消息。"
NO_ATTACHMENT = "没有找到要附上的条款或岗位，可能已经下架。"
POSTING_CLOSED = "“{title}”{state}，不能再发给学生。"
MAYBE_REPLACED = "这条规定可能已经被新的取代，请核对后自己写。"
NO_SEARCH = "现在查不了，请稍后再试。"
EMPTY = "内容是空的。"
TOO_MANY_LABELS = "一条请求最多贴 {most} 个标签。"
NOT_THE_SAME_PERSON = "只能合并同一个人的请求：两条请求留的联系方式要一样。"
JOIN_ITSELF = "不能把请求和它自己合并。"
DEADLINE_WITHOUT_WORDS = "请写上名称，并至少写一个关键词。"
DEADLINE_PASSED = "截止日期已经过了。"
NO_SUCH_DEADLINE = "没有找到这个截止日期，可能已经删除。"
NOTHING_TO_MERGE = "没有可以一起答复的请求。"

NOTICES = {
    "danger": "编号 {number} 的毕业生可能有危险，请马上查看。",
    "silent": "编号 {number} 的请求接手后一直没有回复，已经放回排队，请安排。",
    "overdue": "编号 {number} 的请求过了约定的时间还没有人回复，请马上安排。",
    "offered": "编号 {number} 的请求分给了您，请查看。",
    "transferred": "编号 {number} 的请求转给了您，请查看。",
    "taken_away": "编号 {number} 的请求已经由别人接着处理。",
    "woken": "编号 {number} 的请求推迟的时间到了，请接着处理。",
    "asked_again": "编号 {number} 的毕业生又来找老师了，请查看。",
    "dissatisfied": "编号 {number} 的毕业生对处理不满意，请看看。",
    "reload": "离线的时间有点长，请刷新页面。",
}


def moment(at: datetime) -> str:
    """A moment as it is said: 12月2日（周三）10:00."""
    local = at.astimezone(CHINA)
    return f"{local.month}月{local.day}日（周{_WEEKDAYS[local.weekday()]}）{local:%H:%M}"


def nobody_came(ticket: Ticket, now: datetime) -> str:
    """The time that was promised is over and nobody has answered; names the next working time where it is not one."""
    said = NOBODY_CAME.format(number=ticket.number, due=moment(ticket.promise_due))
    return said if is_working_moment(now) else said + NOBODY_CAME_OFF_HOURS.format(opening=moment(next_working_moment(now)))


def off_hours(now: datetime) -> str:
    """Nobody is at their desks: when they will be."""
    return OFF_HOURS.format(opening=moment(next_working_moment(now)))


def notice(code: str, number: str | None) -> str:
    """A notice to staff by its code."""
    return NOTICES[code].format(number=number or "")
