"""The wordings of verdicts and of the questions around them. Everything that the graduate reads of eligibility stands here."""

from __future__ import annotations

from knowledge.eligibility.conditions import Result

VERDICT = {
    Result.PASS: "按您说的情况看，{name}的条件都符合。",
    Result.FAIL: "按您说的情况看，{name}有条件不符合。",
    Result.UNKNOWN: "{name}符不符合，还差几项信息才能看清。",
    Result.MANUAL_REVIEW: "{name}里有的条件要由主管部门判断，我不能替它下结论。",
}
MARK = {Result.PASS: "✓", Result.FAIL: "✗", Result.UNKNOWN: "？", Result.MANUAL_REVIEW: "？"}
AUTHORITY_JUDGES = "由主管部门判断"
ASSUMED = "您没有提到，先按符合算；不是这样的话请告诉我"
ONE_PAGE = "只见于一处公开转述，需核实"
BASIS = "依据："
MISSING = "还不清楚的：{missing}。"
AUTHORITY = "是否符合以主管部门审核为准。"
DECIDES = "由谁审核：{decides}。"
STEPS = "可以这样办："
FURTHER = "之后：{further}"
VARIES = "各地可能不同：{varies}"
CHECKED = "以上是内置的条件整理（不是官方原文，最后核对于{checked}）。"
PAST_VALIDITY = "这项政策写明执行到 {until}；{after}"
WINDOW_HEAD = "申请时间：{note}"
WINDOW_BEFORE = "{name}：申请时间未到（{opens}开始，{closes}截止）。政策本身仍然有效。"
WINDOW_OPEN = "{name}：正在受理，{closes}截止。"
WINDOW_AFTER = "{name}：申请时间已过（{closes}截止）。这只说明那一次的报名结束，政策本身仍然有效，请等下一次通知。"

NOT_CLEAR = "不清楚"
"""The answer that is offered with every question."""
ASKED_AGAIN = "我没有看懂您的回答，可以点下面的选项，或者回复选项前面的数字；不知道就选“不清楚”。"
LEFT = "好的，先不核对{name}了；想继续的话，再问我一次“{name}我符合条件吗”。"
LEFT_TOPIC = "（{name}的核对先放一放，想继续随时再问我。）"
WHICH_PROGRAMME = "您想看自己符不符合哪一项？说出名字，或者点下面的选项，并说说您的学历、哪一届毕业、有没有工作。"
WHICH_VALUE = "我符合{name}的条件吗"
WHICH_MISSING = "想申请哪一项"
PROGRAMME_OPEN = "还没有确定项目"
DOCUMENTS_BELOW = "资料库里有文件讲到这件事，见下一条。金额、时间和条件与这里不同的，以文件原文为准。"
