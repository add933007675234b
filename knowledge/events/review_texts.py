"""What the review of events says, in Chinese."""

from __future__ import annotations

from knowledge.postings.standing import Status

NO_PLACE = "线下活动没有写城市，也没有写地点"
BACKWARDS = "结束早于开始"
LONG = "从开始到结束有 {days} 天，日期像是写错了"
GARBLED = "有无法辨认的乱码字符"
FEE = "像是要参加的人交钱：“{phrase}”"
TRAP = "像求职陷阱（{kind}）：“{phrase}”"
NOT_TAKEN_OVER = "这一行本身要先审核，内容没有并入"
STAYS = "已有的同一场是“{standing}”，没有改动"
TOOK_OVER = "这个来源可信，替换了等待审核的同一场"

STANDINGS: dict[Status, str] = {
    "waiting": "待审",
    "published": "已发布",
    "held": "暂扣",
    "rejected": "已驳回",
    "withdrawn": "已撤下",
}
UNKNOWN_EVENT = "没有编号为 {id} 的活动。"
NO_NAME = "请写明处理人。"
NO_REASON = "{standing}要写明理由。"
CHANGED = "这场活动的内容刚有变化，请看过新的内容再处理。"

FIELDS = {
    "title": "名称",
    "kind": "类型",
    "way": "形式",
    "when": "时间",
    "city": "城市",
    "district": "区县",
    "place": "地点",
    "audience": "面向",
    "organiser": "主办",
    "url": "链接",
    "description": "说明",
    "status": "状态",
}
STATUSES = {"planned": "如期举行", "cancelled": "已取消", "postponed": "延期"}
ONLINE = "线上"
