"""The words of `zhiwen documents`."""

from __future__ import annotations

KINDS = {
    "supersedes": "{newer} 取代 {older}",
    "repeals": "{newer} 废止 {older}",
    "copy_of": "{newer} 是 {older} 的转载件",
    "attachment_of": "{newer} 是 {older} 的附件",
}
RULES = {"stated": "原文写明", "title": "标题推断", "similar_text": "文字相近", "person": "人工登记"}
STATES = {"proposed": "待核实", "stated": "原文写明，已生效", "confirmed": "已确认", "rejected": "已否定"}
AUTHORITIES = {"issuer": "发文单位原文", "repost": "转载", "unofficial": "未见文号和发文单位"}
EVIDENCE = {
    "from": "施行",
    "until": "有效期",
    "year": "只管一年",
    "trial": "试行",
    "repealed": "废止",
    "window": "办理时间",
    "clause_until": "某一条的期限",
    "version": "通过、修订",
}
DIFFERENCE = "  与原件不一致：原件“{clause}”写 {original}，转载件“{copy_clause}”写 {copy}；以原件为准"
NONE_EXPIRING = "今后 {days} 天没有到期的文件。"
NONE_OUTDATED = "近 {days} 天没有人问到已经过期或被取代的文件。"
