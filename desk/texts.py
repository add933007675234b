"""Every sentence the desk says to a graduate.

The lines given are national ones; which of them may be named for what is decided in `_URGENT` and `CRISIS`, and a test
holds them against the list of numbers that may be shown. No text says that a person has read anything: only a claimed
ticket says that somebody has taken it.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from core.clock import CHINA
from desk.models import Priority, Queue, Status, Ticket
from desk.tickets import Withdrawal
from desk.working_hours import is_working_moment


class Danger(StrEnum):
    """The kinds of danger that get an answer of their own."""

    TRAPPED = "trapped"
    TRAFFICKING_ABROAD = "trafficking_abroad"
    DOCUMENTS_TAKEN = "documents_taken"
    HARASSMENT = "harassment"
    EXTORTION = "extortion"
    TRAINING_LOAN = "training_loan"
    FRAUD = "fraud"
    ACCOUNT_MISUSE = "account_misuse"
    PYRAMID = "pyramid"
    WORK_INJURY = "work_injury"
    WAGE_VIOLENCE = "wage_violence"
    FORCED_FALSE_EMPLOYMENT = "forced_false_employment"
    PERSONAL_THREAT = "personal_threat"
    OTHER = "other"


DANGER_NAMES: dict[Danger, str] = {
    Danger.TRAPPED: "人身自由受限",
    Danger.TRAFFICKING_ABROAD: "被骗往境外",
    Danger.DOCUMENTS_TAKEN: "证件被扣",
    Danger.HARASSMENT: "骚扰侵害",
    Danger.EXTORTION: "敲诈勒索",
    Danger.TRAINING_LOAN: "培训贷",
    Danger.FRAUD: "被骗钱财",
    Danger.ACCOUNT_MISUSE: "账户或身份被人利用",
    Danger.PYRAMID: "传销",
    Danger.WORK_INJURY: "工伤",
    Danger.WAGE_VIOLENCE: "讨薪遇到暴力",
    Danger.FORCED_FALSE_EMPLOYMENT: "被逼虚假就业",
    Danger.PERSONAL_THREAT: "人身威胁",
    Danger.OTHER: "其他险情",
}
"""What counsellors call each kind, in the heading of the request."""

CRISIS = (
    "你愿意说出来，很重要。现在，你的安全最要紧。\n"
    "· 已经受伤、服药，或有生命危险：马上打 120\n"
    "· 身处险境，需要有人马上赶到：马上打 110\n"
    "· 心里撑不住，想有人听你说：打 12356（全国统一心理援助热线）\n"
    "请先离开危险的地方和东西，到有人的地方去，让信任的人陪着你。\n"
    "如果有危险的是你身边的人，请陪着 TA，替 TA 打这些电话。"
)
_CRISIS_REGISTERED = "我已经把这件事登记为紧急，老师会尽快看到。"
_NOT_REGISTERED = "刚才没能替你登记转给老师，请不要等，直接打上面的电话。"

_URGENT: dict[Danger, str] = {
    Danger.TRAPPED: (
        "先保证自己的安全，不要硬拼。\n"
        "· 能打电话就马上打 110，说清楚你在哪里、被谁拦着；不方便说话，就请信任的人替你报警\n"
        "· 有人受伤或身体不舒服：120\n"
        "· 把所在位置发给家人或同学；聊天和转账记录先留着，不要删"
    ),
    Danger.TRAFFICKING_ABROAD: (
        "先保证自己的安全，不要激怒对方，也不要再签字或付钱。\n"
        "· 能联系外界时，先找当地警方，并联系中国驻当地使领馆\n"
        "· 请国内家人打 110 替你报警，把你的位置、对方的名称和联系方式交给警察\n"
        "· 护照页照片、聊天和行程记录如果还有，发一份给家人保存"
    ),
    Danger.DOCUMENTS_TAKEN: (
        "用人单位和中介都无权扣押你的身份证、毕业证等证件，可以要求他们马上还。\n"
        "· 不还、或者不让你走：打 110\n"
        "· 投诉单位或中介：12333\n"
        "· 想问法律上怎么办：12348\n"
        "请留好证据：是谁、什么时候收走的，聊天记录、收据、录音。不要再交别的证件或钱。"
    ),
    Danger.HARASSMENT: (
        "这不是你的错。先离开让你害怕的地方，不要单独去见对方。\n"
        "· 正在发生或担心人身安全：马上打 110\n"
        "· 想有人帮你维权：12338（妇女维权公益服务热线）\n"
        "· 想问法律上怎么办：12348\n"
        "请留好证据：消息截图、录音、时间地点、看到的人，不要删。"
    ),
    Danger.EXTORTION: (
        "不要付钱，付了往往还会再要；也不要再发照片或证件。\n"
        "· 马上打 110 报警\n"
        "· 想问法律上怎么办：12348\n"
        "请留好证据：对方账号、聊天记录、要钱的消息、收款信息，先截图再停止回复。这不是你的错。"
    ),
    Danger.TRAINING_LOAN: (
        "先别再签字、付款或配合刷脸，也不要把手机和验证码交给别人。\n"
        "· 觉得是被骗签的：打 110 报警，也可以打 96110 咨询\n"
        "· 投诉招聘单位或中介：12333\n"
        "· 想问合同和贷款还能不能撤：12348\n"
        "请留好证据：合同、贷款页面、招聘广告、聊天和转账记录。"
    ),
    Danger.FRAUD: (
        "先停止转账，不要再按对方说的做。\n"
        "· 钱已经转出：马上打 110 报警，越早越好，同时联系你的银行或支付平台\n"
        "· 拿不准是不是骗局：打 96110 咨询\n"
        "· 骗你的是招聘单位或中介：还可以向 12333 投诉\n"
        "请留好证据：聊天、转账记录、对方账号、招聘信息。有人说要你转到“安全账户”，那也是骗局。"
    ),
    Danger.ACCOUNT_MISUSE: (
        "不要再出借或使用这些银行卡、电话卡和账户，也不要替人转账取现。\n"
        "· 接到自称警方的电话，先挂断，自己拨 110 核实；确实涉案就如实说明情况\n"
        "· 拿不准：打 96110 咨询\n"
        "· 想问法律上怎么办：12348\n"
        "请留好证据：是谁让你办的、怎么说的、聊天和转账记录，不要删。"
    ),
    Danger.PYRAMID: (
        "不要再交钱，也不要拉同学朋友进来。\n"
        "· 走不了或被人看着：先保证安全，找机会打 110\n"
        "· 已经出来：也可以打 110 报警\n"
        "· 把所在位置发给家人或同学\n"
        "请留好证据：收款记录、聊天、地址、组织者的姓名和电话。"
    ),
    Danger.WORK_INJURY: (
        "先治伤，这是第一位的。\n"
        "· 伤得重：马上打 120\n"
        "· 单位不管、不申报工伤：打 12333 咨询和投诉\n"
        "· 想要法律帮助：12348\n"
        "请留好证据：病历和缴费单、受伤时间地点、在场的人、工作记录和聊天。没签合同，也可以先打这些电话问清楚。"
    ),
    Danger.WAGE_VIOLENCE: (
        "工资是你应得的，讨要工资不该受到威胁。\n"
        "· 有人威胁或动手：打 110\n"
        "· 拖欠、克扣工资：打 12333 投诉\n"
        "· 想要法律帮助：12348\n"
        "请留好证据：考勤、工资约定、聊天记录、威胁的话。不要因为威胁就签字说“已结清”。"
    ),
    Danger.FORCED_FALSE_EMPLOYMENT: (
        "不要签假的三方协议或劳动合同，也不要买章、花钱做就业证明：那会伤到你自己，私刻和买卖公章还会犯法。\n"
        "去向可以按真实情况登记，没有人有权逼你作假。\n"
        "· 想反映学校的做法，不知道找谁：打 12345\n"
        "· 想问法律上怎么办：12348\n"
        "请留好证据：通知、聊天记录、是谁什么时候要求的。"
    ),
    Danger.PERSONAL_THREAT: (
        "先到有人、安全的地方去，不要单独去见对方，也不要激怒对方。\n"
        "· 担心人身安全，或对方找上门、跟踪你：马上打 110\n"
        "· 有人受伤：120\n"
        "· 把情况告诉家人、同学或宿管，请人陪着你\n"
        "请留好证据：威胁的话、电话录音、对方的账号和号码，不要删。"
    ),
    Danger.OTHER: (
        "先保证自己的安全，不要再签字、付钱或交出证件。\n"
        "· 有人身危险或被骗：打 110\n"
        "· 有人受伤：120\n"
        "· 单位或中介违规：12333\n"
        "· 想问法律上怎么办：12348\n"
        "请留好证据：聊天、转账、合同、照片，不要删。"
    ),
}
_URGENT_REGISTERED = "我已经把这件事登记为紧急，老师会尽快看到，你回到本页就能看到答复。不用等老师，需要时先打上面的电话。"

DEGRADED = "抱歉，我这边出了点故障，刚才的问题没能处理好。请稍后再试一次，或者选择转人工。"
REGISTRATION_FAILED = "抱歉，我这边出了点故障，刚才没能登记。请过一会儿再发一次。"
ACTION_UNCERTAIN = "抱歉，我这边出了点故障，刚才这一步可能没有完成。请过一会儿再试一次。"

CHECK_IN = (
    "听起来你最近很不容易，辛苦了。我想确认一下：你是不是有伤害自己的念头，或者正处在危险里？\n"
    "如果是，请马上打 12356（心理援助）、120（急救）或 110，也可以点下面，老师会尽快联系你。\n"
    "如果只是累了想说说，也完全可以，想聊求职的事随时问我。"
)
CHECK_IN_YES = "是，我现在需要帮助"
CHECK_IN_NO = "没有，只是累了"
TALK_TO_PERSON = "转人工"
LEAVE_CONTACT = "留个联系方式"
OFFER_CONTACT = "想让老师也能在页面外找到你，可以留个联系方式；不留也没关系。"
OFFER_PERSON = "需要的话，我可以帮你转给老师。"

TOPIC_CRISIS = "紧急：可能有生命危险"
TOPIC_COMPLAINT = "投诉："
TOPIC_LOSS = "求职受骗或证件被扣："
TOPIC_DATA_DELETION = "删除个人信息"
TOPIC_DATA_EXPORT = "导出个人信息"

FEEDBACK_THANKS = "谢谢你的反馈，能帮上忙就好。还有问题随时问我。"
FEEDBACK_APOLOGY = "对不起，这次没帮上你。你可以换个说法再问一次，把地区、年份或具体情况补上；也可以转人工，请老师来回答。"

SCAM_ADVICE = (
    "把招聘信息、聊天内容或录用通知的文字直接发给我，或者发一张截图，我帮你看里面有没有陷阱。\n"
    "我没办法替你判断某一家单位是真是假，你也可以用这几条自己先查一遍：\n"
    "· 要你先交钱的（押金、服装费、培训费、体检费、内推费），先停下：用人单位和中介都不能向求职者收押金。\n"
    "· 要你贷款、分期参加培训再上岗的，不要签。\n"
    "· 要扣身份证、毕业证原件，或索要银行卡、验证码的，不要给。\n"
    "· 核实单位：在国家企业信用信息公示系统查登记信息，从单位官网或学校就业网找电话回拨核对，别只用对方给的号码。\n"
    "· 中介要有人力资源服务许可，可以要求出示。\n"
    "拿不准是不是诈骗打 96110；单位或中介违规收费打 12333；已经被骗或不让你走，马上打 110。聊天和招聘信息先截图留好。"
)
_FEE_TAKEN = (
    "用人单位和中介都不能向求职者收押金、保证金，也不能让你交钱才能上岗。\n"
    "· 向单位或中介要回，同时向 12333 投诉\n"
    "· 觉得是被骗：打 110 报警，也可以打 96110 咨询\n"
    "· 想问法律上怎么办：12348\n"
    "请留好证据：收据、转账、聊天和招聘信息。不要再交别的钱。我没办法替你判断这一家单位，老师会接着看。"
)
SCAM_DEGRADED = (
    "抱歉，我这边出了点故障，刚才的话没能处理好，也没有登记。如果已经被骗或人不安全，马上打 110；拿不准是不是诈骗打 96110；单位或中介违规打 12333。"
)

_COMPLAINT = "让你遇到这样的事，很抱歉。你反映的情况我记下来了，不会由我来评判对错，会交给老师核实。"

NOTHING_OPEN = "你现在没有正在等老师处理的请求。需要的话，可以选择转人工。"
CONTACT_WITHOUT_TICKET = "你现在没有正在等老师处理的请求，所以我没有保存联系方式。需要的话，先选择转人工。"

CONTACT_CONSENT = (
    "请发一个手机号、微信号（前面写上“微信”两个字）或邮箱。\n发出来就表示你同意我们保存它，只给处理你这条请求的老师联系你用；不想留，回复“不留了”。"
)
CONTACT_INVALID = "这个看起来不是完整的手机号、微信号或邮箱。"
CONTACT_HIDDEN_FROM_COUNSELLOR = (
    "为了保护你，刚才的号码在老师看到之前就隐去了，也没有保存。想让老师用它联系你，点“留个联系方式”，同意后再发一次；不留也没关系，接着说就好。"
)
CONTACT_SKIPPED = "好的，这次没有保存联系方式。你回到本页就能看到老师的答复。"
CONTACT_HIDDEN = "为了保护你，这条消息里的号码在我看到之前就已经隐去了，所以没有存下来。你回到本页就能看到老师的答复。"
CONTACT_LEFT_FOR_QUESTION = "联系方式先不留了，什么也没有保存。请把你的问题再发一次，我接着帮你看。"

_NOT_LOST = "请求没有丢，你回到本页就能看到答复。"
_WEEKDAYS = "一二三四五六日"


def crisis(*, registered: bool) -> str:
    """The answer when life may be at stake; `registered` says truly whether the request is on record."""
    return f"{CRISIS}\n{_CRISIS_REGISTERED if registered else _NOT_REGISTERED}"


def urgent(danger: str, *, registered: bool) -> str:
    """The answer to a danger (a `Danger` or its word; an unknown word gets the general answer, never an error)."""
    return f"{_URGENT[_known(danger)]}\n{_URGENT_REGISTERED if registered else _NOT_REGISTERED}"


def danger_name(danger: str | None) -> str:
    """What counsellors call a danger (a `Danger` or its word; none or an unknown word is another danger)."""
    return DANGER_NAMES[_known(danger or Danger.OTHER)]


def _known(danger: str) -> Danger:
    return Danger(danger) if danger in set(Danger) else Danger.OTHER


def registered(ticket: Ticket, now: datetime) -> str:
    """A request is on record, for the first time or again (`ticket.times_asked`)."""
    if ticket.times_asked > 1:
        opening = f"你之前的请求还在（编号 {ticket.number}），刚才的内容我补充进去了，不用重复登记。"
    else:
        opening = f"已经登记，转给老师处理。编号：{ticket.number}。"
    return opening + _where_it_stands(ticket, now)


def complaint(ticket: Ticket, now: datetime) -> str:
    """A complaint is on record."""
    return f"{_COMPLAINT}\n{registered(ticket, now)}"


def fee_taken(ticket: Ticket, now: datetime) -> str:
    """A fee has been paid to an employer or agent; the request is on record."""
    return f"{_FEE_TAKEN}\n{registered(ticket, now)}"


def status(ticket: Ticket, now: datetime) -> str:
    """Where a ticket stands."""
    about = f"你的请求（编号 {ticket.number}，{ticket.topic}）"
    if ticket.status is Status.RESOLVED:
        return f"{about}已经处理完。如果问题还在，可以再转一次人工。"
    if ticket.status is Status.WITHDRAWN:
        return f"{about}已经按你的意思撤回。需要时可以再转人工。"
    return f"{about}{_where_it_stands(ticket, now)}"


def others_open(tickets: list[Ticket]) -> str:
    """The further open tickets, named; an empty string without any."""
    if not tickets:
        return ""
    return "另外还有：" + "；".join(f"编号 {ticket.number}（{ticket.topic}）" for ticket in tickets) + "。"


def withdrawn(result: Withdrawal) -> str:
    """What a withdrawal did and did not do."""
    parts = []
    if result.withdrawn is not None:
        parts.append(f"已经撤回编号 {result.withdrawn.number} 的请求（{result.withdrawn.topic}），老师不会再处理它。")
    if result.kept is not None:
        parts.append(
            f"编号 {result.kept.number} 是紧急请求，为了你的安全我没有撤掉它，会留给老师确认。"
            "如果你已经没事了，等老师看到后告诉老师就好；如果不安全，请马上打 110。"
        )
    parts.append(others_open(list(result.still_open)))
    return "\n".join(part for part in parts if part) or NOTHING_OPEN


def contact_saved(ticket: Ticket) -> str:
    """The contact is stored with a ticket."""
    return f"联系方式存好了，只用于编号 {ticket.number} 的请求和你其他还没处理完的请求。老师可以用它联系你，你回到本页也能看到答复。"


def data_deletion(ticket: Ticket, now: datetime) -> str:
    """A wish for erasure is on record: what is stored, that nothing is erased yet, what happens next and by when."""
    return f"{_STORED}\n现在还没有删除：删除要由老师核对后进行，删除后无法恢复。\n{registered(ticket, now)}"


def data_export(ticket: Ticket, now: datetime) -> str:
    """A wish for a copy is on record: what is stored, what happens next and by when."""
    return f"{_STORED}\n老师核对后，会整理一份给你。为了保护你，请不要在这里发身份证号。\n{registered(ticket, now)}"


_STORED = (
    "我们这里存着：你在这个页面和我的聊天记录（身份证号、银行卡号在保存前已经遮住），你转人工时的问题和当时的对话，"
    "你自己留下的联系方式和对回答的评价，以及你同意过的订阅、推送过和推荐过的岗位。"
)


def _where_it_stands(ticket: Ticket, now: datetime) -> str:
    if ticket.status is Status.CLAIMED:
        return "老师已经接手，你回到本页就能看到答复。"
    if ticket.promise_due < now:
        return f"还在等老师处理，已经过了原定的{_moment(ticket.promise_due)}，很抱歉。{_NOT_LOST}"
    if ticket.priority is Priority.URGENT:
        return "这是紧急请求，老师会尽快看到，你回到本页就能看到答复。"
    off_hours = "" if is_working_moment(now) else "现在不是老师的上班时间，"
    goal = "回复你" if ticket.queue in (Queue.SUPPORT, Queue.COMPLAINT, Queue.FOLLOW_UP) else "核对并告诉你结果"
    return f"{off_hours}老师最晚在{_moment(ticket.promise_due)}前{goal}，你回到本页就能看到答复。"


def _moment(at: datetime) -> str:
    local = at.astimezone(CHINA)
    return f" {local.month}月{local.day}日（周{_WEEKDAYS[local.weekday()]}）{local:%H:%M} "
