"""What the commands of the employers' ledger say."""

from __future__ import annotations

from knowledge.employers.csv_files import Part

EXISTS = "{file} 已经存在；要覆盖请加 --force"
CANNOT_WRITE = "{file}：写不进去（{error}）"
WRITTEN = "已导出到 {file}。"
UNKNOWN_PART = "没有“{name}”这部分；可用：{known}"
REFUSED = "第 {line} 行 {name}：{reason}"
TAKEN = "{part}：新增 {new}，更新 {updated}，未变 {unchanged}，未收 {refused}。"
PARTS: dict[Part, str] = {"employers": "单位", "visits": "走访", "needs": "需求", "links": "需求对应的岗位", "candidates": "人选"}
NONE = "台账里没有符合的单位。"
NO_NEEDS = "台账里没有需求。"
BAD_DAY = "日期“{text}”写法不对，应写成 2026-12-01"
DAYS_CROSSED = "开始日期晚于结束日期"
VISIT = {"new": "走访 {id} 已登记。", "updated": "走访 {id} 已更新。", "unchanged": "走访 {id} 没有变化。"}
NEED = {"new": "需求 {id} 已登记。", "updated": "需求 {id} 已更新。", "unchanged": "需求 {id} 没有变化。"}
LINKED = {"new": "岗位 {posting} 已对应到需求 {need}。", "unchanged": "岗位 {posting} 早已对应到需求 {need}。"}
CANDIDATE = "需求 {need}：人选 {reference}，{outcome}。"
UNKNOWN_OUTCOME = "没有“{name}”这种结果；可用：{known}"
PERIOD = "{start} 至 {end}"
GOAL = "{name}：{reached} / {target}（{state}）"
DEFINITION = "口径：{text}"
MET, UNMET = "已达到", "未达到"
TOTAL = "合计：走访单位 {employers} 家，其中新单位 {new} 家，新增岗位 {posts} 个。"

UNKNOWN_CHECK = "不能核查“{name}”；可用：{known}"
UNKNOWN_CHECK_OUTCOME = "没有“{name}”这种核查结果；可用：{known}"
CHECKED_EMPLOYER = "{name}（编号 {id}）"
CHECK = "{what}：{outcome}，{note}（{by}{at}）"
BY_SYSTEM = "系统"
