"""What the review says, in Chinese."""

from __future__ import annotations

from knowledge.postings.screening.finding import Kind
from knowledge.postings.standing import Status

KINDS: dict[Kind, str] = {
    "gender": "性别限制",
    "school_tier": "院校层次限制",
    "marital_childbirth": "婚育限制",
    "hukou_origin": "户籍、生源地限制",
    "hepatitis_b_disability": "乙肝、残疾限制",
    "ethnicity_region": "民族、地域限制",
    "religious": "宗教信仰限制",
    "age_illegitimate": "年龄限制",
    "fee_charging": "向求职者收费",
    "deposit_of_documents": "扣押证件",
    "false_salary": "薪资不实",
}
STATUSES: dict[Status, str] = {
    "waiting": "待审",
    "published": "已发布",
    "held": "暂扣",
    "rejected": "已驳回",
    "withdrawn": "已下架",
}
UNKNOWN_POSTING = "没有编号为 {id} 的岗位。"
UNKNOWN_STATUS = "没有“{status}”这种处理结果；可用：{known}。"
NO_NAME = "请写明处理人（--by）。"
NO_REASON = "{status}岗位要写明理由（--reason）。"
UNKNOWN_EMPLOYER = "没有编号为 {id} 的单位。"
BY_RULES = "系统筛查"

CHECKS: dict[str, str] = {
    "credit_code": "统一社会信用代码",
    "mail_domain": "招聘邮箱",
    "site": "网站",
    "address": "地址",
    "name": "单位名称",
}
CODE_MISSING = "未登记"
CODE_VALID = "校验位正确（不等于已核实登记信息，请到国家企业信用信息公示系统核对）"
CODE_INVALID = "校验不通过：{why}"
MAIL_MISSING = "没有可比对的邮箱或网站"
MAIL_MATCHES = "邮箱域名 {mail} 与网站域名一致"
MAIL_DIFFERS = "邮箱域名 {mail} 与网站域名 {site} 不一致"
MAIL_FREE = "使用公共邮箱 {mail}，无法据此确认是单位邮箱"
PRESENT = "已登记：{value}"
MISSING = "未登记"

NO_TITLE = "缺少岗位名称"
NO_OBJECT = "这一行不是完整的 JSON 对象"
NO_POSTINGS = "{name}：里面没有岗位，需要 JSON（对象的列表或每行一个对象）、CSV 或 XLSX"
TOO_BIG = "{name}：超过 {most} MB，请分成几个文件"
