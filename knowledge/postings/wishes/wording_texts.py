"""What the graduate reads about what was understood."""

from __future__ import annotations

TRAITS = {
    "weekends_off": ("双休", "不双休"),
    "no_overtime": ("不加班", "要加班"),
    "housing": ("包住", "不包住"),
    "meals": ("包吃", "不包吃"),
    "hukou": ("解决户口", "不解决户口"),
    "remote": ("远程办公", "不远程"),
    "internship": ("实习", "不要实习"),
    "tenured": ("有编制", "没有编制"),
}
AROUND = "{cities}及周边"
AT_LEAST = "每月{sum}以上"
ABOUT = "每月{sum}左右"
BAND = "每月{low}到{high}"
AT_MOST = "每月{sum}以内"
DAILY = "每天{sum}元以上"
NEGOTIABLE = "面议也行"
YUAN = "{sum}元"
TEN_THOUSAND = "{sum}万元"
DEGREE = "{degree}能投"
NO_DEGREE = "不限学历"
MAJOR = "{major}专业"
COHORT = "{year}届"
OR = "或"
PAST = "往届能投"
UNTIL = "{day}前截止"
BETWEEN = "{first}至{last}截止"
SINCE = "{day}以来发布"
WITHOUT = "不要{things}"
DAY = "{month}月{day}日"
WITH_WORDS = "提到“{words}”"
DROP = "不限{label}"
GENERAL = "等"
