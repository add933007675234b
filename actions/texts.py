"""What the policy actions say where the documents do not answer."""

from __future__ import annotations

ASK_PLACE = "各地的规定可能不一样，你在哪个省、市？告诉我，我按那里的文件再查一遍。"
ASK_SCHOOL = "各校的规定不一样，你是哪所学校的？告诉我，我按你们学校的文件再查一遍。"
OTHER_PLACE = "其他地方"
NAME_PLACE = "好的，直接发省、市的名字就行，比如“湖北武汉”。不说也可以，我先按全国的规定回答。"
PLACE_REMEMBERED = "记下了，这次对话里我先按{place}来查政策。"
SELF_PROFILE = (
    "谢谢你告诉我。我不会建立个人档案，你说的话只留在对话记录里，随时可以要求删除。"
    "这次对话里帮你找岗位时，我会把你说过的学历、专业和届别算进条件；问自己够不够条件时，把情况和问题写在一句里，我会按它来查。"
)

ELIGIBILITY = "够不够条件由主管部门审核认定，我只能把文件里写的条件念给您听："
OUT_OF_SCOPE = "这个我帮不上忙。我只回答高校毕业生就业政策、求职和权益方面的问题，比如三方协议、档案、补贴、试用期。"
DID_NOT_UNDERSTAND = "我没太明白您的意思。您可以换个说法，比如写明地区、哪一届、想问什么事；也可以直接转人工。"
REPHRASE = "还是没弄明白，抱歉。请用一句话说说您想办的事，或者点下面转人工。"
HANDED_OVER = "这个问题我答不好。您可以转人工，老师会看到我们刚才的对话。"
ASK_POLICY = "问政策"
ASK_POLICY_VALUE = "毕业生就业有哪些政策"
