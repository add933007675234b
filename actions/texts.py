"""What the policy actions say where the documents do not answer."""

from __future__ import annotations

LATER = {
    "action_search_jobs": (
        "岗位库还没有导入岗位，我现在查不到在招岗位，也不会编。可以先到国家大学生就业服务平台和学校就业网查看；需要老师推荐岗位，可以转人工登记。"
    ),
    "action_job_detail": "我这里还没有展示过岗位，没法说它的细节。岗位库导入之后就能查；急用的话可以转人工，请老师帮您核实。",
    "action_find_events": "招聘会日历还没有导入，我现在查不到场次和时间，也不会编。可以看学校就业网的通知，或者转人工请老师告诉您。",
}
"""By action: the data that it needs is not on file yet."""

ELIGIBILITY = "够不够条件由主管部门审核认定，我只能把文件里写的条件念给您听："
OUT_OF_SCOPE = "这个我帮不上忙。我只回答高校毕业生就业政策、求职和权益方面的问题，比如三方协议、档案、补贴、试用期。"
DID_NOT_UNDERSTAND = "我没太明白您的意思。您可以换个说法，比如写明地区、哪一届、想问什么事；也可以直接转人工。"
REPHRASE = "还是没弄明白，抱歉。请用一句话说说您想办的事，或者点下面转人工。"
HANDED_OVER = "这个问题我答不好。您可以转人工，老师会看到我们刚才的对话。"
ASK_POLICY = "问政策"
ASK_POLICY_VALUE = "毕业生就业有哪些政策"
