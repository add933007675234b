"""What is said about postings."""

from __future__ import annotations

FOUND = "按“{conditions}”找到{total}个在招岗位{page}："
FOUND_UNSURE = "没有完全符合“{conditions}”的岗位。下面{shown}个可能符合，不确定的地方写在后面，投之前请先核对："
NEXT = "接着看“{conditions}”的岗位："
PAGE = "，先看{shown}个"
NONE = "没有找到符合“{conditions}”的在招岗位，我不拿不合条件的来凑数。"
NONE_AT_ALL = "只放宽其中一项也还是没有。可以多放宽几项，或者换个岗位、换个城市；也可以回复“转人工”，请老师帮你推荐。"
NONE_LOOSEN = "放宽一项的话："
UNSURE_LOOSEN = "放宽一项能看到更多："
LOOSEN = "· {label}：有{total}个（回复“{text}”）"
SEEN_ALL = "“{conditions}”的岗位都给你看过了，没有新的了。可以换个条件，比如换个城市，或者去掉一个条件。"
NOTHING_SHOWN = "我还没有给你列过岗位。先说说想找什么，比如“长沙 会计 双休”。"
WHICH = "你说的是哪一个？回复“第几个”就行。"
NO_SUCH = "上面只列了{count}个，没有第{nth}个。回复1到{count}里的一个就行。"
MORE = "还有{left}个，回复“换一批”接着看；"
HOW_ON = "回复“第1个详细说说”看详情。"
HOW_TO_DROP = "不想要哪个条件，直接说，比如“{text}”。"
INCOMPLETE = "岗位库刚更新，还在整理，可能没有找全，过一会儿再问一次更稳妥。"

UNCERTAIN = "请核对：{reasons}"
LINE = "第{nth}个 {title}｜{employer}"
LINE_FACTS = "   {facts}"
PAY_UNSAID = "薪资未写明"
FACT_DEADLINE = "截止：{deadline}"
JOIN = "；"

NOTE_OVERTIME = "我先找写明不加班的；很多公告不写加不加班，只写明双休的排在后面并注明，入职前请问清楚。"
NOTE_LEFT = "“{words}”我没法拿来筛选，没有算进条件。"

ASK_WISH = "想找什么样的岗位？告诉我城市、岗位、学历、薪资里的一两项就行，比如“长沙 会计 双休”“27届 国企 电气”。"
ASK_PLACE_OPTION = "{place}的岗位"
ASK_OPTIONS = ("国企的岗位", "双休的岗位", "实习岗位", "三天内截止的岗位")
ASK_SALARY = "你希望月薪多少以上？说个数我就按它找。"
ASK_SALARY_OPTIONS = ("工资6000以上", "工资8000以上", "工资10000以上")
RESTARTED = "好的，前面的条件都清掉了。"
TALK_TO_PERSON = "请老师帮忙推荐"

DETAIL_HEAD = "{title}｜{employer}"
DETAIL_ROW = "{label}：{value}"
DETAIL_EVIDENCE = "（原文：{evidence}）"
DETAIL_SOURCE = "来源：{source}"
DETAIL_CHECKED = "核对时间：{checked_at}"
DETAIL_STATE = "状态：{state}"
CLOSED = "注意：这个岗位{state}，不要再投了。"
GONE = "这个岗位已经查不到了，可能已下架。可以换一批看看。"
ASKED_ABOUT = "你问的：{label}——{value}"
NOT_WRITTEN_ADVICE = "公告里没有写的，我不猜，可以打电话或发邮件问招聘单位。"
OTHERS_OF = "{employer}还在招的岗位："
NO_OTHERS_OF = "{employer}目前没有别的在招岗位。"
NOT_IMPORTED = (
    "岗位库还没有导入岗位，我现在查不到在招岗位，也不会编。可以先到国家大学生就业服务平台和学校就业网查看；需要老师推荐岗位，可以转人工登记。"
)
NOT_READY = "岗位库现在打不开，我查不到在招岗位，也不会编。可以先到国家大学生就业服务平台和学校就业网查看；需要老师推荐岗位，可以转人工登记。"

ASKED_FIELDS = {
    "学历": ("学历", "本科", "专科", "大专", "硕士"),
    "专业": ("专业",),
    "薪资": ("工资", "薪资", "薪水", "底薪", "待遇", "多少钱", "月薪"),
    "截止日期": ("截止", "到什么时候", "哪天"),
    "工作地点": ("地点", "在哪", "地址", "位置", "哪个区", "哪里上班"),
    "人数": ("招几", "几个人", "多少人", "人数"),
    "届别": ("届", "应届", "往届"),
    "联系方式": ("联系", "电话", "邮箱", "怎么投", "投递", "怎么报名"),
    "单位性质": ("性质", "国企", "私企", "央企", "民企"),
    "双休": ("双休", "单休", "周末"),
    "包住": ("宿舍", "住宿", "包住"),
    "包吃": ("包吃", "食堂", "午饭", "餐"),
    "解决户口": ("户口", "落户"),
    "福利": ("福利", "公积金", "五险", "社保"),
    "岗位描述": ("做什么", "干什么", "工作内容", "职责", "要求"),
    "链接": ("链接", "网址", "原文", "公告"),
}
"""A row of the detail → words that ask for it."""
