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

ASK_PLACE = "各地的规定可能不一样，你在哪个省、市？告诉我，我按那里的文件再查一遍。"
ASK_SCHOOL = "各校的规定不一样，你是哪所学校的？告诉我，我按你们学校的文件再查一遍。"
OTHER_PLACE = "其他地方"
NAME_PLACE = "好的，直接发省、市的名字就行，比如“湖北武汉”。不说也可以，我先按全国的规定回答。"
PLACE_REMEMBERED = "记下了，这次对话里我先按{place}来查政策。"
SELF_PROFILE = (
    "谢谢你告诉我。我不会建立个人档案，你说的话只留在对话记录里，随时可以要求删除。"
    "找岗位或问自己够不够条件时，把学历、专业、城市这些条件和问题写在一句里，我会按它来查。"
)

ELIGIBILITY = "够不够条件由主管部门审核认定，我只能把文件里写的条件念给您听："
OUT_OF_SCOPE = "这个我帮不上忙。我只回答高校毕业生就业政策、求职和权益方面的问题，比如三方协议、档案、补贴、试用期。"
DID_NOT_UNDERSTAND = "我没太明白您的意思。您可以换个说法，比如写明地区、哪一届、想问什么事；也可以直接转人工。"
REPHRASE = "还是没弄明白，抱歉。请用一句话说说您想办的事，或者点下面转人工。"
HANDED_OVER = "这个问题我答不好。您可以转人工，老师会看到我们刚才的对话。"
ASK_POLICY = "问政策"
ASK_POLICY_VALUE = "毕业生就业有哪些政策"
