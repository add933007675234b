"""What the commands about postings say."""

from __future__ import annotations

CHECKING = "检查"
IMPORTING = "导入"
ROWS = "{count} 行"
RESULT = "结果"
COUNT = "行数"
DONE = "共 {count} 行。"
REHEARSED = "共 {count} 行；什么都没有写入。"
MORE_ROWS = "另有 {count} 行没有列出，用 --report 文件.csv 可以看到每一行"
NONE_TAKEN = "{name}：一行也没有收进来，原因见上"
STORE_FAILED = "数据库写不进去，{name} 导入中断（已处理 {count} 行，再运行一次会接着导入；{error}）。请运行 zhiwen doctor 查看原因"
NO_REPORT = "报告写不进 {path}：{error}"
BAD_MAP = "--map {text} 写法不对，应为 列名=字段，例如 --map 岗位=职位名称"
UNKNOWN_FIELD = "--map 里的字段“{name}”不认识，可用的有：{known}"
SOURCE_HEADINGS = ("来源", "可信", "岗位", "已发布", "待审", "最近导入", "记住的列")
TRUST = {True: "可信", False: "不可信"}
TRUSTED = "来源“{name}”设为可信；{count} 个等待中的岗位已发布"
DISTRUSTED = "来源“{name}”不再可信；{count} 个自动发布的岗位撤回待审"
BAD_SOURCE = "来源的名字不能为空，也不能超过 100 字"
