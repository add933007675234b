"""What is said of documents, to whoever handles them."""

from __future__ import annotations

NOT_FOUND = "没有这份文件"
NO_RELATION = "这份文件没有这条关系"
ONE_FILE = "替换文件或改正信息时一次只能上传一份，压缩包请先解压"
NOT_TAKEN = "没有收进来：{detail}"
ITSELF = "一份文件不能取代它自己"
CIRCLE = "《{newer}》已经被《{older}》取代，不能反过来再取代它"
NO_SUCH_PLACE = "认不出适用地区“{region}”，请写全国、省、市、县区或学校的名称"
ENDS_BEFORE = "失效日期不能早于施行日期"

# What a keeper should look at before a document counts, or while it does.
SAME = "内容与已有文件《{title}》相同，发布后不会有变化"
NEW_VERSION = "是已有文件的第 {version} 版，发布后学生看到的是这一版，旧版不再引用"
NO_TITLE = "没有找到标题，请补上，学生会看到“原文未见标题”"
NO_ISSUER = "没有找到发文单位"
NO_DATE = "没有找到发文日期，无法判断新旧，请补上"
NO_REGION = "没有找到适用地区，会当作哪里都适用"
DATE_CONFLICT = "正文前后的日期不一致：{days}，请核对发文日期"
DAMAGED = "原文缺损：{kinds}（{count} 条），学生看到这些条款时会有提醒"
ENDED = "今天的状态是“{status}”，职问不会把它当作现行规定"
COPY = "与已有文件《{title}》相近：{quote}"
COPY_DIFFERS = "与已有文件《{title}》相近，但有 {count} 处数字不一样，请核对：{quote}"
COPIED = "已有文件《{title}》与它相近：{quote}"
REPLACES = "写明{verb}《{title}》，发布后那一份按{status}处理"
MAY_REPLACE = "可能取代《{title}》：{quote}"
REPLACED = "已被《{title}》{verb}"
MAY_BE_REPLACED = "可能已被《{title}》取代，请核实"
UNOFFICIAL = "没有文号和发文单位，不像正式文件，学生会看到提醒"
REPOST = "像是转载，最好找发文单位的原文"
VERBS = {"supersedes": "取代", "repeals": "废止"}
STATUS_OF = {"supersedes": "已被取代", "repeals": "已废止"}

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
"""What a phrase of the text says of its validity."""

GAP_COLUMNS = ("问题", "次数", "原因", "最近一次", "其他问法", "每周次数")
