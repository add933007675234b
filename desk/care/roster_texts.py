"""The words of rosters: sheets and columns that go out, and what is said of files and rows that come in."""

from __future__ import annotations

SHEET = "帮扶台账"
ENTRIES_SHEET = "联系记录"
ENTRY_COLUMNS = ("学号", "时间", "记录人", "方式", "内容")

NO_HEADINGS = "{name}：没有找到表头，至少要有这几列：{columns}"
NO_ROWS = "{name}：表头下面没有数据"
SURPLUS = "这一行的格子比表头多，请检查有没有多出的分隔符"
TWICE = "与第 {line} 行是同一个学号，但内容不同，请核对后再导入"
TWICE_SAME = "与第 {line} 行重复，没有重复登记"
PERHAPS_SAME = "姓名和手机号与{class_name}的另一份档案相同，请核对是不是同一个人"
BROKEN_QUOTES = "{name}：第 {line} 行的引号没有成对，后面的格子分不清"
