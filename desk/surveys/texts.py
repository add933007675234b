"""What surveys say: to staff who write them, to graduates who answer, and in the exported table."""

from __future__ import annotations

NOT_FOUND = "没有找到这份问卷"
ONLY_DRAFTS = "问卷发布以后不能再改，也不能删除；需要改的话请先结束，再写一份新的"
ALREADY_PUBLISHED = "这份问卷已经发布过了"
NOT_OPEN = "这份问卷现在不在收集中"
NOT_CLOSED = "问卷还在收集，结束以后才能看结果：边收边看，前后两次一减就能知道一个人答了什么"
ENDS_BEFORE = "最后一天不能早于开始那天，也不能早于今天"
TOO_LONG_OPEN = "一份问卷最多开放一年"
TOO_FAR_AHEAD = "日期最远填到三年以后"
NO_QUESTIONS = "问卷至少要有 1 道题，最多 {most} 道"
BAD_QUESTION = "第 {number} 题：{why}"
NO_TEXT = "题目没有写"
FEW_OPTIONS = "选择题要有 2 到 {most} 个不重复的选项"
BAD_SCALE = "量表要从 0 或 1 开始，到 3 至 10 结束"
WORDS_TOO_LONG = "文字太长"

SURVEY_OVER = "这份问卷已经结束，不能再填写了"
NO_CONSENT = "请先看过用途并勾选同意；不同意就不用填，不影响使用职问"
ANSWERED_ELSEWHERE = "你在另一个对话里已经填过这份问卷了，每人填一次；要改请回到那个对话"
MISSING = "还有题没有答：{question}"
WRONG = "这道题的回答不对：{question}"

NO_ANSWER = "未作答"
UNKNOWN_COLLEGE = "学院未知"
UNKNOWN_COHORT = "届别未知"
COHORT = "{year} 届"
OTHERS = "其余（人数少，合并）"
NAME_HIDDEN = "〔姓名已隐去〕"

HIDDEN = "不显示"
RULE = (
    "“不显示”：这一格少于 {least} 人，或者显示出来就能和合计一减算出少于 {least} 人的数。"
    "不足 {least} 人的学院、届别合并成“其余”。文字回答不足 {least} 份时全部不显示。"
)
TOO_FEW = "填写的不足 {least} 人，为了不让人看出是谁填的，结果不显示。"

CSV_HEADINGS = ("题目", "题型", "选项", "全部")
CSV_ANSWERED = "填写人数"
CSV_MEAN = "平均分"
KINDS = {"single": "单选", "multiple": "多选", "scale": "量表", "text": "填空"}
