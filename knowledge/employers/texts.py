"""What the ledger says, in Chinese."""

from __future__ import annotations

from knowledge.employers.record import Level, Outcome

LEVELS: dict[Level, str] = {"principal": "校正职", "school": "校领导", "college": "院系", "other": "其他"}
OUTCOMES: dict[Outcome, str] = {
    "recommended": "已推荐",
    "interviewed": "已面试",
    "offered": "已录用",
    "signed": "已签约",
    "declined": "本人放弃",
    "rejected": "单位未录用",
}
YES, NO = "是", "否"

NO_NAME = "缺少单位名称"
TOO_LONG = "{field}超过 {most} 字"
BAD_CODE = "统一社会信用代码 {code} 不对：{why}"
CODE_TAKEN = "统一社会信用代码 {code} 已登记在“{name}”名下，名称又与另一家已登记的单位相同，请人工核对"
CODE_DIFFERS = "“{name}”已登记的统一社会信用代码是 {known}，与 {given} 不同，请人工核对"
UNKNOWN_EMPLOYER = "台账里没有“{name}”这家单位；先用 zhiwen employers import 导入，或核对名称"
NO_SUCH_EMPLOYER = "台账里没有这家单位"
SEVERAL = "“{name}”对应不止一家单位：{found}；请写全称"
NO_VISITOR = "缺少走访人"
NO_RECORDER = "请写明登记人（--by）"
NEGATIVE = "岗位数、人数不能是负数"
VISIT_AHEAD = "走访日期 {day} 还没到"
NO_POST = "缺少需求岗位"
UNKNOWN_NEED = "没有编号为 {id} 的需求"
NO_SUCH_NEED = "台账里没有“{employer}”的需求“{post}”{until}；先导入需求，或核对岗位和截止日期"
SEVERAL_NEEDS = "“{employer}”的需求“{post}”有好几条，请写明需求截止"
UNTIL = "（{day} 前）"
OTHER_POSTING = "岗位 {id} 是“{title}”，不是“{given}”，请核对编号"
NOT_YET = "登记时间 {at} 还没到"
BAD_MOMENT = "{column}“{text}”不是时间，应写成 2026-12-01 或 2026-12-01 09:30"
UNKNOWN_POSTING = "没有编号为 {id} 的岗位"
NOT_OF_NEED = "岗位 {posting} 没有对应到需求 {need}，请先用 zhiwen employers link 对应"
NO_REFERENCE = "缺少人选代号"
PERSONAL_REFERENCE = "人选代号里像是有证件号、手机号等个人信息，请改用学校自编的代号"
UNKNOWN_OUTCOME = "没有“{name}”这种结果；可用：{known}"
UNKNOWN_LEVEL = "没有“{name}”这种走访人层级；可用：{known}"

GOAL_PRINCIPAL = "书记、校长走访用人单位"
GOAL_SCHOOL_NEW = "校领导班子新开拓用人单位"
GOAL_COLLEGE = "院系人均走访用人单位"
DEFINE_PRINCIPAL = "期间内层级为“校正职”的走访涉及的不同单位数，同一单位多次或多人走访计一家"
DEFINE_SCHOOL_NEW = "期间内层级为“校正职”“校领导”的走访中标为新单位的不同单位数"
DEFINE_COLLEGE = "期间内层级为“院系”的每位走访人的不同单位数之和，除以这些走访人数；没有走访记录的人不在台账里，不计入人数"
DEFINE_EMPLOYERS = "单位数：期间内（含首尾两日）走访过的不同单位"
DEFINE_NEW = "新单位：走访登记为新的单位；登记时没有写明的，此前没有走访记录的算新"
DEFINE_POSTS = "岗位数：走访登记的新增岗位数；同一天多人同访一家单位，只计其中最大的一次"

BAD_DAY = "{column}“{text}”不是日期，应写成 2026-12-01"
BAD_NUMBER = "{column}“{text}”不是整数"
BAD_YES_NO = "{column}“{text}”应写是或否"
BAD_CHECKS = "核查记录不是本系统导出的格式"
MISSING_COLUMNS = "{name}：表头缺少 {columns}；看到的是 {found}"
BROKEN_TABLE = "{name}：第 {line} 行附近分不清栏，请检查引号后再导入"
NO_ROWS = "{name}：没有数据"
SURPLUS = "比表头多出几格，像是栏目错位"

REFERENCE = "人选代号"
EMPLOYER_COLUMNS = {
    "name": "单位名称",
    "type": "单位性质",
    "city": "城市",
    "credit_code": "统一社会信用代码",
    "site": "网站",
    "mail_domain": "邮箱域名",
    "address": "地址",
    "note": "备注",
    "checks": "核查记录",
}
VISIT_COLUMNS = {
    "employer": "单位名称",
    "visited_on": "走访日期",
    "visitor": "走访人",
    "level": "层级",
    "college": "院系",
    "is_new": "新单位",
    "posts_gained": "新增岗位数",
    "note": "备注",
}
NEED_COLUMNS = {
    "employer": "单位名称",
    "post": "需求岗位",
    "headcount": "需求人数",
    "majors": "专业要求",
    "degree": "学历要求",
    "needed_by": "需求截止",
    "note": "备注",
}
LINK_COLUMNS = {
    "employer": "单位名称",
    "post": "需求岗位",
    "needed_by": "需求截止",
    "posting_id": "对应岗位编号",
    "title": "对应岗位",
}
CANDIDATE_COLUMNS = {
    "employer": "单位名称",
    "post": "需求岗位",
    "needed_by": "需求截止",
    "reference": "人选代号",
    "outcome": "结果",
    "posting_id": "通过岗位编号",
    "note": "备注",
    "by": "登记人",
    "at": "登记时间",
}
