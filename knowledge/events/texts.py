"""What the events say: to the graduate who asks, and to whoever imports them."""

from __future__ import annotations

# Rows that are not taken

NO_TIME = "没有写时间"
RECURS = "写的是重复的时间（{text}），表格里请每场写一行，或改用日历文件"
NOT_A_TIME = "看不懂时间：{text}"
NO_YEAR = "时间没有写年份，也不能从星期几推出来：{text}"
FAR_YEAR = "年份离今天太远，可能写错了：{text}"
IMPOSSIBLE_DAY = "没有这一天：{text}"
IMPOSSIBLE_HOUR = "没有这个钟点：{text}"
BACKWARDS = "结束早于开始：{text}"
NO_TITLE = "没有写名称"

UNKNOWN_ZONE = "不认识的时区：{zone}"
ENDLESS_RULE = "重复规则没有写到什么时候为止：{rule}"
LONG_RULE = "重复超过 {most} 次：{rule}"
UNKNOWN_RULE = "不支持的重复规则：{rule}"
BROKEN_ENTRY = "日历条目读不出来：{reason}"
NO_START = "没有开始时间（DTSTART）"

# Files

EMPTY_FILE = "{name}：文件是空的"
NO_COLUMNS = "{name}：没有找到表头，至少要有名称和时间两列（如“活动名称”“开始时间”）"
BROKEN_QUOTES = "{name}：第 {line} 行附近的引号没有配对，后面的内容分不清栏，请检查后再导入"
EMPTY_CALENDAR = "{name}：日历里没有活动（VEVENT）"
NOT_A_CALENDAR = "{name}：不是完整的日历文件（缺少 BEGIN:VCALENDAR）"

# Answers

WEEKDAYS = "一二三四五六日"
NOTHING_ON_FILE = "招聘会日历还没有导入，我现在查不到场次和时间，也不会编。可以看学校就业网的通知，或者转人工请老师告诉您。"
FOUND = "{conditions}，查到 {total} 场："
ALL_PAST = "先说明：{conditions}的 {total} 场都已经结束了。"
SOME_PAST = "{conditions}，查到 {total} 场，其中 {past} 场已经结束："
NONE = "{conditions}，日历里没有查到。没有查到不等于没有举办，可以再看看学校就业网的通知。"
NEXT = "下面不是您问的那些，只是接下来最近的场次："
OTHERS = "另外，同样的时间和地点还有{kinds}，需要的话直接问我，比如“{example}呢”。"
SHOWN = "先列前 {shown} 场；说得具体一点（比如哪一天、哪个城市），我再细查。"
FOOTER = "以主办方最新通知为准。"
ITEM = "第{number}场 {mark}{title}"
MARKS = {"past": "【已结束】", "cancelled": "【已取消】", "postponed": "【延期】"}
# A line that belongs to the entry above begins with a blank.
WHEN_LINE = "　时间：{when}"
WHERE_LINE = "　地点：{where}"
AUDIENCE_LINE = "　面向：{audience}"
ORGANISER_LINE = "　主办：{organiser}"
URL_LINE = "　链接：{url}"
SOURCE_LINE = "　来源：{source}，{checked} 核对"
ONLINE = "线上"
ANY_TIME = "接下来"
ALL_DAY = "全天"
NOT_SAID = "未注明"
COHORT = "{year}届"
ON_SITE = "线下"
NO_CONDITION = "接下来的场次里"

CALENDAR_NAME = "职问 · 招聘活动日历"
CALENDAR_OF = "职问 · {what}招聘活动日历"
