"""What graduates are told of their own data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from core.clock import CHINA

ERASED_TOPIC = "（已按本人要求删除）"

CONFIRM_EXPORT = "确认导出"
CONFIRM_DELETION = "确认删除"
BY_PERSON = "还有以前的对话，请老师处理"
LEAVE_IT = "先不用了"

LEFT_ALONE = "好的，什么都没有动。想导出或删除时，随时告诉我。"

_NOTHING = "这个对话里还没有存下别的内容，只有这几句聊天记录。"
_MASKED = "身份证号、银行卡号、学号、密码这些在保存之前就已经遮住。"


def export_question(counts: Mapping[str, int]) -> str:
    """What would be in the file, and the question whether to make it."""
    return (
        f"{_held(counts)}\n要导出吗？确认后你可以在这个页面下载一份文件，里面是上面列出的全部内容。\n文件里有你说过的话，请不要在别人的电脑上下载。"
    )


def export_ready(counts: Mapping[str, int]) -> str:
    """The file can be fetched."""
    return f"可以下载了：{_listed(counts)}。\n点“下载”会得到一份能直接打开看的文件。只有这个对话能下载，一天之内有效。"


def deletion_question(counts: Mapping[str, int]) -> str:
    """What would go, what stays and why, that it cannot be undone, and the question whether to do it."""
    return (
        f"{_held(counts)}\n确认后会删除：聊天记录和评价、求助单里的文字和联系方式、订阅和推荐记录、问卷回答和培训报名、机器人的对话记忆。删除后无法恢复，没处理完的求助也会撤回。\n"
        "会留下的：求助单的编号、时间和处理状态（不再能看出是谁），老师操作的审计记录（不含你说过的话，法律要求留存）；"
        "学校自己的帮扶台账是学校按规定建立的，不从这里删除，需要更正或删除请找学院老师。备份里的旧内容会随备份轮换清除，恢复备份时会再次删除。\n"
        "要删除吗？"
    )


def deletion_begun(number: str) -> str:
    """It is under way."""
    return (
        f"好的，现在就删除，一般几秒钟内完成，回执号 {number}，请记下来，以后可以凭它问老师。\n"
        "完成后这个对话就结束了，再发消息会开始一个新的对话。请把页面上显示的内容也关掉。"
    )


def deletion_waits(number: str) -> str:
    """It will be done once nobody has to be reached any more."""
    return (
        f"你的删除要求已经登记，回执号 {number}。\n"
        "你有一个紧急求助还没有处理完。为了老师能找到你，现在先不删；处理完后会马上自动删除全部内容，不用再来说一次。"
    )


def readable(exported: Mapping[str, list[dict[str, object]]], at: datetime) -> str:
    """The export as a text that anybody can read."""
    lines = ["职问：我的信息", f"导出时间：{at.astimezone(CHINA):%Y-%m-%d %H:%M}", _MASKED]
    for name, rows in exported.items():
        lines += ["", f"【{name}】{len(rows)} 条"]
        for row in rows:
            lines += [f"- {'；'.join(f'{_LABELS.get(key, key)}：{_said(value)}' for key, value in row.items() if value not in (None, '', [], {}))}"]
    return "\n".join(lines) + "\n"


def _held(counts: Mapping[str, int]) -> str:
    return f"这个对话里存着：{_listed(counts)}。{_MASKED}" if counts else _NOTHING


def _listed(counts: Mapping[str, int]) -> str:
    return "、".join(f"{name} {count} 条" for name, count in counts.items())


def _said(value: object) -> str:
    if isinstance(value, list):
        return " / ".join(_said(item) for item in value)
    if isinstance(value, dict):
        return "，".join(f"{_LABELS.get(str(key), str(key))}={_said(item)}" for key, item in value.items() if item not in (None, "", [], {}))
    return str(value)


_LABELS = {
    "seq": "序号",
    "role": "谁说的",
    "kind": "种类",
    "text": "内容",
    "at": "时间",
    "created_at": "时间",
    "helpful": "有帮助",
    "comment": "评价",
    "number": "编号",
    "queue": "队列",
    "priority": "优先级",
    "status": "状态",
    "topic": "事项",
    "summary": "摘要",
    "transcript": "当时的对话",
    "contact": "联系方式",
    "contact_consented_at": "同意留联系方式的时间",
    "closed_at": "结束时间",
    "label": "订阅内容",
    "consented_at": "同意时间",
    "ended_at": "结束时间",
    "item_id": "岗位或活动编号",
    "delivered_at": "推送时间",
    "day": "日期",
    "state": "状态",
    "settled_at": "完成时间",
    "criteria": "条件",
    "posting_ids": "岗位编号",
    "by": "推荐人",
    "offered_at": "推荐时间",
    "warnings": "提醒",
    "outcome": "结果",
    "title": "名称",
    "name": "称呼",
    "answers": "回答",
    "college": "学院",
    "cohort": "届别",
    "answered_at": "填写时间",
    "asked_at": "时间",
}
