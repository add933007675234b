"""What whoever imports postings is told, in Chinese."""

from __future__ import annotations

NO_TABLE_FILE = "{name}：是网页或 PDF，不是表格，请另存为 XLSX 或 CSV 再导入"
NO_HEADINGS = "{name}：没有找到认得的表头（看到的是：{found}）；请用 --map 列名=字段 说明职位名称、单位名称等在哪一列"
BROKEN_QUOTES = "{name}：第 {line} 行附近的引号没有配对，后面的内容分不清栏，请检查后再导入（之前的行已经处理）"
BROKEN_JSON = "{name}：第 {line} 行起不是完整的 JSON，后面的内容没有读（之前的行已经处理）"
NO_OBJECTS = "{name}：JSON 里没有岗位（需要对象的列表）"

BROKEN_LINE = "这一行不是完整的 JSON 对象"
NO_TITLE = "缺少职位名称"
NO_EMPLOYER = "缺少单位名称"
REMARK_ROW = "整行只有一格有字，像是说明文字"
SURPLUS = "比表头多出 {count} 格（{sample}），像是栏目错位"
DISPLACED = "栏目错位：{details}"
ONE_MISPLACED = "{column}一栏写的是{kind}：{value}"
MOJIBAKE = "有无法辨认的乱码字符"
TOO_LONG = "{column}太长（{length} 字），像是栏目错位"
CUT = "{column}太长，只保留前 {most} 字"
DATES_CROSSED = "截止日期（{deadline}）早于发布日期（{posted}）"
FIELD_ISSUE = "{column}：{issue}"
REPEATED_ID = "同一文件里编号 {number} 出现了不止一次，内容不同"

KINDS = {
    "salary": "薪资",
    "education": "学历",
    "day": "日期",
    "cohort": "届别",
    "employer_type": "单位性质",
    "city": "城市",
    "headcount": "人数",
    "employer": "单位名称",
}

RESULTS = {
    "published": "收下并发布",
    "waiting": "收下待审",
    "held": "暂扣",
    "merged": "合并",
    "updated": "更新",
    "unchanged": "未变",
    "refused": "未收",
}
SAME_AS = "与{origin}是同一岗位"
SAME_SOURCE = "{source} {number}"
NOT_TAKEN_OVER = "；这一行本身要先审核，内容没有并入"
SEVERAL_JOBS = "一条里好像有几个岗位，没能可靠地拆开，请人工拆分"
TAKEN_APART = "由一条公告拆出，共 {count} 个岗位"
UNTRUSTED = "来源“{source}”还没有设为可信，等人审核"
PASSED = "来源可信，筛查没有发现问题，自动发布"
FOUND = "{kind}：“{phrase}”"
NOW = "更新后{status}"
TRUST_WITHDRAWN = "来源“{source}”不再可信，等人审核"
TRUSTED_NOW = "来源“{source}”设为可信，筛查没有发现问题，自动发布"
