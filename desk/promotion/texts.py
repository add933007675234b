"""What is said of drafts, to whoever writes and reviews them."""

from __future__ import annotations

NOT_FOUND = "没有这条草稿"
OWN_DRAFT = "自己写的条目要请另一位同事审核"
NOT_WAITING = "这条草稿已经处理过了，请刷新后再看"
NOT_APPROVED = "只有已经采用的条目才能停用"
NO_REASON = "请写明理由，写的人会看到"
PERSONAL = "里面有{kinds}，毕业生都会看到，请先去掉"
UNFIT = "还不能采用：{problems}"
FULL = "这个主题下的编号用完了，请先停用不再需要的条目"
NO_HOME = "这个进程没有知识文件夹，不能采用条目"
UNKNOWN_TICKET = "没有编号为 {number} 的诉求，或者不在您能看到的范围里"
CHECK_WITH_SCHOOL = "这是本校的答复，办理前请向学校核对。"
NOT_VERIFIED = "依据没有写明日期，需核实后再办理。"
FIELDS = {
    "title": "标题",
    "questions": "问法",
    "answer": "答案",
    "steps": "办理步骤",
    "decides": "由谁办理或决定",
    "region": "适用地区",
    "school": "学校名称",
    "basis": "依据",
    "law": "文件名称",
    "number": "文号",
    "article": "第几条",
    "date": "日期",
}
"""The fields of an entry as the form calls them."""
KINDS = {
    "PHONE": "手机号",
    "IDENTITY": "证件号",
    "STUDENT": "学号",
    "BANK": "银行卡号",
    "EMAIL": "邮箱",
    "ACCOUNT": "账号",
    "PASSWORD": "密码",
    "CODE": "验证码",
}
