"""What a message does to the conversation besides stating conditions: 换一批, 第二个详细说说, 不限城市, 重新来."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.text.numerals import whole_number
from knowledge.postings.wishes.remaining import Remaining


@dataclass(frozen=True)
class ConditionGroup:
    """Conditions that are dropped together: the name on the chip, the fields of `Criteria`, what people call it."""

    label: str
    fields: tuple[str, ...]
    words: str


GROUPS: tuple[ConditionGroup, ...] = (
    ConditionGroup("城市", ("cities", "nearby", "districts", "provinces"), "城市|地点|地区|地方|全国|哪里|哪儿|地域|位置|区域"),
    ConditionGroup("岗位", ("roles", "words"), "岗位类型|岗位|职位|工种|职业|工作内容"),
    ConditionGroup("薪资", ("salary_wish", "salary_min", "salary_max", "daily_min", "negotiable_ok"), "薪资|工资|薪水|待遇|月薪|薪酬|日薪|钱"),
    ConditionGroup("学历", ("education",), "学历"),
    ConditionGroup("专业", ("major",), "专业"),
    ConditionGroup("届别", ("cohort", "or_cohorts", "past_cohort"), "届别|届次|毕业年份|哪一?届|应届往届|应届|往届|届"),
    ConditionGroup("双休", ("weekends_off",), "双休|周末休息"),
    ConditionGroup("加班", ("no_overtime",), "加班"),
    ConditionGroup("住宿", ("housing",), "住宿|包住|宿舍"),
    ConditionGroup("包吃", ("meals",), "包吃|餐补|包餐|吃饭"),
    ConditionGroup("户口", ("hukou",), "户口|落户"),
    ConditionGroup("远程", ("remote",), "远程|居家"),
    ConditionGroup("实习", ("internship",), "实习"),
    ConditionGroup("编制", ("tenured",), "编制|编"),
    ConditionGroup("单位性质", ("employer_types",), "单位性质|单位类型|企业性质|企业类型|公司性质|公司类型|性质|国企|央企|民企|私企|外企|事业单位"),
    ConditionGroup("单位", ("employer",), "单位|公司|企业"),
    ConditionGroup("截止日期", ("deadline_until", "deadline_from"), "截止日期|截止时间|截止"),
    ConditionGroup("发布时间", ("posted_since",), "发布时间|发布日期"),
    ConditionGroup("排除项", ("exclude_roles", "exclude_words", "exclude_cities", "exclude_employer_types"), "排除项|排除|不要的"),
)
_WORD_OF = {word: group for group in GROUPS for word in group.words.replace("哪一?届", "哪届").split("|")}
_WORDS = "|".join(sorted([*_WORD_OF, "哪一届"], key=len, reverse=True))
_EMPHASIS = "(?:要求|条件|限制|这个|这条|的|了)*"
_DROP_BEFORE = re.compile(
    rf"(?:不限(?:制|定)?|去掉|取消|删掉|删除|不要求|不需要|不管|不用管|别管|别限|别限制|放宽|忽略|不看)(?:是不是|"
    rf"有没有|什么|哪个|哪些|在)?(?P<word>{_WORDS}){_EMPHASIS}"
)
_DROP_AFTER = re.compile(
    rf"(?<!\d)(?P<word>{_WORDS})(?:要求|条件|限制)?(?:都|也|我)?(?:不限|随便|都行|都可以|无所谓|不要求|不重要|不挑|不作要求|不强求|可有可无|可以不要|可以没有|没有也(?:行|可以|没事|没关系)|"
    rf"取消|去掉|不管|没要求|没有要求)(?:了|吧|的)*"
)
_DO_WITHOUT = re.compile(
    rf"(?:没有|没|不是|不|无|不给|不解决|不带|不包)(?P<word>{_WORDS})(?:的)?(?:也|都)(?:行|可以|可|没事|没关系|接受|能接受|成|ok)(?:的)?"
)
_SINGLE_DAY_OFF = re.compile("(?:单休|大小周)(?:的)?(?:也|都)(?:行|可以|可|没事|没关系|接受|能接受)(?:的)?")
_OVERTIME_TOO = re.compile("加班(?:的)?(?:也|都)(?:行|可以|可|没事|没关系|接受|能接受)(?:的)?")

_RESTART = re.compile(
    "重新来(?:过)?|重来(?:一遍)?|重新(?:找|搜|开始|查|选|筛)(?:一下|过)?|清空(?:条件|筛选)?|重置|从头(?:来|开始)|全部重来|前面的?(?:条件)?(?:都)?不算"
)
_MORE = re.compile(
    "(?:再)?换(?:一)?[批组波]|下一[页批组]|翻页|(?:再来|再给(?:我)?|再推荐|再看|再找|多来|多给(?:我)?|再推)(?:一些|"
    "些|几个|几条|[一二三四五两\\d]+[个条]|一批|点|别的)(?:岗位)?"
    "|还有(?:没有)?(?:别的|其他的?|其它的?|更多的?)?(?:岗位|职位|工作)?(?:吗|么|没有?|不)?[?？]?$|"
    "(?:看看?)?更多(?:岗位)?$|继续(?:看)?$|(?:看|有没有)?(?:别的|其他的|其它的)(?:岗位)?(?:看看|吗|呢)?$|^下一?个?$"
)
_SIMILAR = re.compile(
    "(?:还有|有没有|再找|看看)?(?:其他|别的)?(?:类似|差不多|同类|相似)的(?:岗位)?(?:吗|么|没有?|呢)?|除了?(?:这|"
    "第)[一二三四五六七八九十两\\d]{1,2}?(?:个|条|家|几个)(?:以外|之外|外)?"
)
_NUMBER = "[一二三四五六七八九十两\\d]{1,2}"
_NTH = re.compile(
    rf"第\s?(?P<nth>{_NUMBER})(?:个|条|家|份|项|款|号)?(?:岗位|岗|职位|公司|单位|工作|招聘)?|(?P<last>最后|"
    rf"最下面)(?:一|那|的)?(?:个|条|家)|(?P<first>最上面|头一|排第一)(?:那|的)?(?:个|条|家)?"
)
_SAME_EMPLOYER = re.compile(
    rf"(?:(?:这|那|该)(?:一)?(?:个|家)?(?:公司|单位|企业|学校|医院|银行|厂|集团|店)|[这那他它]家|[他它]们(?:家|公司|"
    rf"单位)?|同一?(?:个|家)?(?:公司|单位|企业)|第{_NUMBER}(?:家(?:公司|单位|企业|学校|医院|银行)?|(?:个|条)?(?:的)?(?:公司|单位|企业|学校|医院|"
    rf"银行)))(?:里|们|家)?"
    "(?:的)?(?:还|别的|其他|其它|另外|有没有别的|有别的)[^,。;]{0,8}?(?:岗|招|职位|工作|人|呢|吗|没)"
)


@dataclass(frozen=True)
class Commands:
    """What a message does besides stating conditions."""

    restart: bool = False
    more: bool = False
    same_employer: bool = False
    nth: int | None = None
    """Which of those shown is meant, from 1; -1 is the last."""
    dropped: tuple[ConditionGroup, ...] = ()


def read_commands(remaining: Remaining) -> Commands:
    """The commands of a message, taken out of it."""
    dropped = _dropped(remaining)
    same = remaining.has(_SAME_EMPLOYER)
    similar = not same and remaining.takes(_SIMILAR)
    nth = None if similar else _nth(remaining)
    if same:
        remaining.take(_SAME_EMPLOYER)
    remaining.take(_NTH)
    return Commands(
        restart=remaining.takes(_RESTART),
        more=similar or (not same and remaining.takes(_MORE)),
        same_employer=same,
        nth=nth,
        dropped=dropped,
    )


def _dropped(remaining: Remaining) -> tuple[ConditionGroup, ...]:
    found = {}
    for pattern in (_DO_WITHOUT, _DROP_BEFORE, _DROP_AFTER):
        for match in remaining.take(pattern):
            group = _WORD_OF[match["word"].replace("哪一届", "哪届")]
            found[group.label] = group
    for pattern, label in ((_SINGLE_DAY_OFF, "双休"), (_OVERTIME_TOO, "加班")):
        if remaining.takes(pattern):
            found[label] = _WORD_OF[label]
    return tuple(found.values())


def _nth(remaining: Remaining) -> int | None:
    match = _NTH.search(remaining.text)
    if match is None:
        return None
    if match["last"]:
        return -1
    return 1 if match["first"] else whole_number(match["nth"].replace("两", "二"))
