"""The words of the care ledger: names of fields, choices, marks, and what is said when something cannot be done."""

from __future__ import annotations

FIELDS = {
    "student_number": "学号",
    "name": "姓名",
    "college": "学院",
    "class_name": "班级",
    "cohort": "届别",
    "degree": "学历",
    "major": "专业",
    "phone": "手机号",
    "hometown": "生源地",
    "left_school_on": "离校日期",
    "wish": "去向意向",
    "wish_place": "意向地区",
    "wish_work": "意向岗位",
    "wish_note": "需求说明",
    "goal": "帮扶目标",
    "measures": "帮扶措施",
    "next_contact_on": "下次联系",
    "destination": "毕业去向",
    "destination_unit": "去向单位",
    "destination_on": "落实日期",
    "destination_evidence": "去向依据",
    "categories": "重点群体",
}
SYNONYMS = {
    "student_number": "学生学号 考生号学号 studentid student_id",
    "name": "学生姓名 毕业生姓名 name",
    "college": "院系 所在学院 学院名称 院系名称 二级学院 系部",
    "class_name": "行政班 班级名称 所在班级",
    "cohort": "届 毕业年份 毕业届别 毕业年度 届次",
    "degree": "学历层次 培养层次 层次 学位",
    "major": "专业名称 所学专业",
    "phone": "手机 手机号码 联系电话 电话 移动电话 本人电话 联系方式",
    "hometown": "生源所在地 籍贯 生源地区",
    "left_school_on": "毕业日期 离校时间",
    "wish": "就业意向 意向",
    "wish_place": "意向城市 就业意向地区 意向地",
    "wish_work": "意向职位 求职意向 意向工作",
    "wish_note": "就业需求 需求",
    "goal": "目标",
    "measures": "举措 帮扶举措 措施",
    "next_contact_on": "下次联系日期 下次联系时间",
    "destination": "去向 毕业去向类别 就业状态",
    "destination_unit": "单位名称 签约单位 就业单位 升学院校",
    "destination_on": "签约日期 去向落实日期",
    "destination_evidence": "依据 佐证 佐证材料",
    "categories": "重点群体类别 困难类别",
}
"""Other names that rosters use for the columns, compared folded and without blanks."""

WISHES = {
    "job": "单位就业",
    "study": "升学",
    "abroad": "出国出境",
    "civil": "考公考编",
    "grassroots": "基层项目",
    "enlist": "应征入伍",
    "venture": "自主创业",
    "flexible": "灵活就业",
    "later": "暂不就业",
}
NEEDS_POSTINGS = frozenset({"job"})
"""The wishes for which postings are recommended, and which need a place and a kind of work."""

DESTINATIONS = {
    "unplaced": "待就业",
    "agreement": "签就业协议",
    "contract": "签劳动合同",
    "other_post": "其他录用形式",
    "research": "科研助理",
    "enlisted": "应征入伍",
    "grassroots": "基层项目",
    "venture": "自主创业",
    "freelance": "自由职业",
    "study": "升学",
    "abroad": "出国出境",
    "retaking": "拟升学",
    "not_seeking": "暂不就业",
}
NOT_PLACED = frozenset({"", "unplaced", "retaking", "not_seeking"})
"""The destinations that count as none yet."""

CATEGORIES = {
    "poverty": "脱贫家庭",
    "low_income": "低保家庭",
    "zero_employment": "零就业家庭",
    "disabled": "残疾",
    "orphan": "孤儿或特困",
    "hardship": "家庭经济困难",
    "long_unemployed": "长期未就业",
}

KINDS = {
    "call": "电话",
    "meeting": "面谈",
    "message": "线上联系",
    "visit": "家访走访",
    "unanswered": "未联系上",
    "recommendation": "岗位推荐",
    "training": "指导培训",
    "note": "记录",
}
CONTACTS = frozenset({"call", "meeting", "message", "visit"})
"""The kinds of entries that count as a contact: somebody was reached."""

MARKS = {"basics": "底数清", "needs": "需求清", "measures": "举措清", "progress": "进展清"}

ERASURES = {"asked": "本人要求删除", "mistaken": "录入有误", "no_longer_needed": "不再需要保存"}
"""Why a file is erased. A choice and no words: the record of it is kept, and must not hold what was to be erased."""
ERASURE_REASON = "请选择删除的原因。"

CLOSINGS = {"settled": "去向已落实", "declined": "本人不需要帮扶", "transferred": "已转出"}

MISSING_SETTLED = "是否属于重点群体"
MISSING_HELPER = "帮扶责任人"
MISSING_POSTINGS = "推荐岗位不少于{wanted}个（已记录{count}个）"
MISSING_CONTACT = "{days}天内的联系记录"

NOT_FOUND = "没有这份档案，或者不在你负责的学院"
CHANGED_MEANWHILE = "这份档案刚刚被别人改过，请刷新后再改"
UNKNOWN_FIELD = "没有“{field}”这一项"
REQUIRED = "缺少{field}"
TOO_LONG = "{field}最多 {most} 个字"
BAD_CHOICE = "{field}只能是：{known}；填的是“{text}”"
BAD_YEAR = "{field}要写成四位年份，如 2027；填的是“{text}”"
BAD_DAY = "{field}要写成日期，如 2026-12-31；填的是“{text}”"
BAD_NUMBER = "{field}只能含字母、数字和短横线；填的是“{text}”"
ROUNDED_NUMBER = "{field}“{text}”像是被表格软件改成了科学计数，请把这一列设为文本后再导出"
BAD_PHONE = "{field}不像一个电话号码；填的是“{text}”"
OTHER_COLLEGE = "你只能登记本学院（{college}）的毕业生"
NUMBER_ELSEWHERE = "这个学号已经登记在其他学院，请联系就业中心核对"
NO_EVIDENCE = "登记“{destination}”要写明去向依据，例如协议编号、由谁怎样核实"
NO_DESTINATION_DAY = "登记“{destination}”要写明落实日期"
FUTURE_DAY = "{field}不能晚于今天"
KEY_GROUP_REFUSED = "重点群体只能由主管或这位毕业生的帮扶责任人查看和设定"
CATEGORIES_APART = "重点群体要单独设定"
EMPTY_ENTRY = "请写明做了什么、说了什么"
UNKNOWN_KIND = "没有“{kind}”这种记录；可以是：{known}"
NEXT_CONTACT_PAST = "下次联系的日期不能早于今天"
CLOSED = "这份档案已经结束帮扶，要先恢复才能修改"
NOT_PLACED_YET = "去向还没有落实，不能按“去向已落实”结束；离校不是结束帮扶的理由"
UNKNOWN_CLOSING = "结束帮扶的理由只能是：{known}"
NO_HELPER = "请写明帮扶责任人"
STAFF_NOT_FOUND = "没有这位老师，或者账号已停用"
NOT_PAIRED = "这份档案现在没有结对"
NO_TICKET = "没有编号为这个的请求，请核对编号"
NO_CONVERSATION = "这份档案没有关联这个对话"
LINKED_ELSEWHERE = "这个对话已经关联到别的档案"
NO_WISH = "档案里的意向岗位和地区还看不出要找什么，请先补充，或在这里写明条件"
POSTING_GONE = "岗位 {id} 不存在、没有通过审核或者已经过期，不能推荐"
NO_POSTINGS = "请选择要推荐的岗位"
RECOMMENDED = "推荐了 {count} 个岗位：{titles}"
RECOMMENDED_NONE = "没有找到合适的岗位"
TOO_FEW = "；不足 {wanted} 个，已登记后续跟进 {ticket}"

ERASED_NUMBER = "已删除-{id}"
ERASED_NAME = "（已删除）"
NUMBER_TAKEN = "这个学号已经登记过，请核对"
NO_SHELF = "岗位库现在打不开，请稍后再试"
