"""What trainings say: to staff, to graduates, and in the exported list."""

from __future__ import annotations

NOT_FOUND = "没有找到这个培训"
NO_SUCH_INTEREST = "没有找到这条报名，可能本人已经撤回"
WRONG_DAYS = "结束那天不能早于开始那天，报名截止不能晚于结束那天"
ALREADY_OVER = "培训的日子已经过去了"
TOO_FAR_AHEAD = "日期最远填到三年以后"
ALREADY_ENDED = "这个培训已经撤下"

SIGN_UP_OVER = "这个培训的报名已经结束"
NO_CONSENT = "请先勾选同意：留下的称呼和联系方式只给组织这次培训的老师"
NO_NAME = "请写下你的称呼，最多 30 个字"
NO_CONTACT = "请留下一个能联系到你的手机号、微信号或邮箱"
SAME_CONTACT = "这个联系方式已经报过这个培训了，每人报一次；要撤回请回到当时的对话"
ELSEWHERE = "你在另一个对话里已经报过这个培训了，每人报一次；要撤回请回到那个对话"
MOVED_UP = "你报名的培训“{title}”有人退出，你已经从候补排进名单。不想参加了，可以在“问卷与培训”里撤回。"
TAKEN_BACK = "你报名的培训“{title}”取消了，留下的称呼和联系方式到 {until} 会自动删除，也可以现在就在“问卷与培训”里撤回。"

LISTED = "名单内"
WAITING = "候补"
CSV_HEADINGS = ("序号", "状态", "称呼", "联系方式", "学院", "届别", "报名时间")
