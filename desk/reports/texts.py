"""What the figures are called and how each is counted: the definition is printed with the figure."""

from __future__ import annotations

FIGURES = {
    "conversations": ("新对话", "个", "期内开始的对话数（按北京时间）。"),
    "messages": ("毕业生消息", "条", "期内毕业生发出的消息数；机器人和老师的消息不算。"),
    "policy_answered": ("政策问题答复", "次", "期内机器人依据文件作出的答复数。"),
    "policy_refused": ("政策问题未能答复", "次", "期内机器人说明没有依据、没有作答的次数，即知识缺口。"),
    "expired_hits": ("过期政策命中", "次", "期内答复时注明所依据文件已过期或已被取代的次数。"),
    "requests": ("人工请求", "件", "期内登记的转人工请求数，含后来撤回的；同一人同一类请求未处理完时再问，只算一件。"),
    "withdrawn": ("撤回的请求", "件", "期内登记的请求中，已由毕业生撤回的。"),
    "first_answer": (
        "首次答复用时（中位数）",
        "工作分钟",
        "期内登记且已有老师答复的请求，从登记到第一次答复之间的工作时间（扣除午休、周末和节假日，含调休上班），取中位数。",
    ),
    "first_answer_90": ("首次答复用时（九成以内）", "工作分钟", "同上，九成的请求不超过这个时间（最近序位法）。"),
    "promises": ("到期的承诺", "件", "承诺答复时间落在期内、截至现在已到期且没有撤回的请求数。"),
    "promises_kept": ("承诺兑现率", "%", "到期的承诺中，在承诺时间之前有老师答复的比例；到期时还没有答复的算未兑现。"),
    "resolved": ("期内办结率", "%", "期内登记且没有撤回的请求中，现在已办结的比例。"),
    "satisfaction": ("满意率", "%", "期内评价的请求中评“满意”的比例；没有评价的不算。"),
    "rated": ("收到的评价", "件", "期内毕业生对办结的请求作出评价的件数，一件请求只问一次。"),
    "helpful": ("答复有用率", "%", "期内毕业生对单条答复点“有用”占全部点评的比例。"),
    "contacts": ("联系毕业生", "次", "期内帮扶台账里登记的电话、面谈、线上联系和走访次数；“未联系上”不算。"),
    "recommended": ("推荐岗位", "次", "期内为帮扶对象登记的岗位推荐次数，一次可含多个岗位。"),
    "in_care": ("在册毕业生", "人", "现在帮扶台账里没有删除的档案数，不限期内。"),
    "placed": ("已落实去向", "人", "现在在册毕业生中，去向已落实的人数；待就业、拟升学、暂不就业不算。"),
    "placed_now": ("期内落实去向", "人", "在册毕业生中，去向落实日期在期内的人数。"),
    "placement_rate": ("去向落实率", "%", "已落实去向的人数占在册毕业生的比例。"),
}
"""Figure → its name, its unit, how it is counted."""

BREAKDOWNS = {
    "requests_by_topic": ("人工请求·按主题", "requests"),
    "requests_by_priority": ("人工请求·按紧急程度", "requests"),
    "requests_by_college": ("人工请求·按学院", "requests"),
    "requests_by_day": ("人工请求·按日", "requests"),
    "conversations_by_day": ("新对话·按日", "conversations"),
    "gaps_by_college": ("知识缺口·按学院", "policy_refused"),
    "gaps_by_week": ("知识缺口·按周", "policy_refused"),
    "gaps_by_college_and_week": ("知识缺口·按学院和周", "policy_refused"),
    "satisfaction_by_rating": ("评价·按结果", "rated"),
    "destinations": ("毕业去向·按类别", "in_care"),
    "placed_by_college": ("已落实去向·按学院", "placed"),
    "in_care_by_college": ("在册毕业生·按学院", "in_care"),
    "in_care_by_cohort": ("在册毕业生·按届别", "in_care"),
}
"""Breakdown → its name, and the figure that its cells add up to."""

UNKNOWN_COLLEGE = "未说明学院"
UNKNOWN_COHORT = "未说明届别"
NO_DESTINATION = "未登记"
RATINGS = {"satisfied": "满意", "fair": "一般", "dissatisfied": "不满意"}
PRIORITIES = {"urgent": "紧急", "high": "优先", "normal": "普通"}

SUPPRESSED = "<{small}"
SMALL_CELLS = "少于 {small} 的格子不显示，另有一格一并隐去，以免推算出个人"
CSV_HEADINGS = ("项目", "分组", "数值", "单位", "口径")
CONVERSATION_HEADINGS = (
    "对话", "渠道", "学院", "届别", "开始", "最后一条消息", "毕业生消息数", "机器人消息数", "老师消息数", "政策答复", "未能答复", "过期命中",
    "有用", "没用", "请求编号", "请求主题", "最高紧急程度", "首次答复", "承诺兑现", "办结", "满意度",
)  # fmt: skip
YES, NO = "是", "否"
WRONG_SPAN = "起止日期不对：开始不能晚于结束，最长 {most} 天"
