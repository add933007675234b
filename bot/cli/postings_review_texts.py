"""What the reviewers' commands say."""

from __future__ import annotations

from knowledge.employers.checks import Outcome

NONE_WAITING = "没有等着处理的岗位。"
TOTAL = "共 {total} 条，列出 {shown} 条。"
DAYS = "{days} 天"
DECIDED = "已{status}：{numbers}"
UNKNOWN_KIND = "没有“{name}”这种问题；可用：{known}"
UNKNOWN_STATUS = "没有“{name}”这种状态；可用：{known}"

OUTCOMES = {"pass": "通过", "hold": "暂扣", "review": "待人工"}
FOUND = "{kind}：“{phrase}”（{field}）"
SHORT = "{kind}：“{phrase}”"
NO_FINDING = "未发现问题"
CHECKED = "共 {total} 条：通过 {passed}，暂扣 {held}，待人工 {review}。"

FACT = "{name}：{value}"
ISSUE = "存疑：{issue}"
ORIGIN = "来源：{source} {number} {file} {line}"
CHECK = "单位核查：{what}，{outcome}，{note}（{by}）"
CHECK_OUTCOMES: dict[Outcome, str] = {"ok": "没有问题", "doubt": "存疑", "fail": "不符", "unknown": "未知"}
DECISION = "{at} {by}：{status}，{reason}"
NO_REASON = "未写理由"
