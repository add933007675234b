"""What a question asks for: the kind of answer, the places, years, documents it names, and the words that carry it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from core.text.folding import fold
from core.text.segmentation import words
from knowledge.language.places import is_school
from knowledge.language.regions import regions_in

_TYPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("DOC_NO", re.compile("文号|第?几号文|发文字号|文件号|多少号文|几号文件")),
    (
        "ISSUE_DATE",
        re.compile(
            "(?:哪天|哪年|几号|什么时候|啥时候|何时|几月|日期|哪一天|哪月)[^,。？?]{0,8}(?:发的|发布|印发|下发|出台|发文|印的|签发|发出)"
            "|(?:什么时候|啥时候|哪天|哪年|何时)(?:下|下来|出|公布|写|定下)的|落款[^,。?？]{0,6}(?:哪|几|什么时|啥时)"
            "|(?:发布|印发|下发|出台|发文|签发|落款|成文)(?:的)?(?:时间|日期|年份)|(?:印发|发布|发文|下发|出台)(?:是|于)?(?:在)?(?:哪|几|什么时候|啥时候|何时)"
        ),
    ),
    (
        "ISSUER",
        re.compile(
            "(?:谁|哪个部门|哪些部门|哪个单位|哪几个部门|几个部门|哪家|什么部门|哪些单位|哪几家)[^,。？?]{0,4}(?:发的|发布|印发|联合发|下发|出台|发文|落款)|发文(?:单位|机关|部门)"
        ),
    ),
    ("ADDRESSEE", re.compile("(?:发给|下发给|印发给)(?:谁|哪)|主送|收不收|[收发]到没")),
    ("TITLE", re.compile("题目|标题|(?:通知|文件|公告|办法|方案|意见|文)[^,。?？的]{0,6}(?:全名|全称|叫什么|叫啥)")),
    ("PHONE", re.compile("电话|热线|手机号|联系方式|客服|怎么联系|号码|联系人|邮箱|微信号")),
    (
        "MONEY",
        re.compile(
            "多少钱|几块|几千|几百|几万|多少元|金额|额度|补多少|给多少|贷多少|领多少|发多少|多少补贴|补贴多少|补助多少|标准是多少|(?:补贴|补助|工资|贷款|奖励|津贴)(?:是|有|能|可以|最高|最多|标准)?(?:到底)?(?:是)?(?:多少|几)|一个月多少|每人多少|最高多少|最多多少|钱多少|利息|多少薪"
        ),
    ),
    ("RATIO", re.compile("比例|百分之|几比几|配比|打几折|多少比")),
    ("PERIOD", re.compile("多久|多长时间|几年(?!级)|几天|几个月|多少天|多少年|期限|时长|有效期|几周|多少个月|服务期")),
    (
        "DATE",
        re.compile(
            "什么时候|啥时候|何时|几月|几号|哪天|哪月|日期|时间(?:是|安排|节点|段)?|截止|哪一年|哪年|期间|几点|时段|前要报|之前报|什么时间|多会儿|啥时间"
        ),
    ),
    ("ORDINAL", re.compile("第几|几届|哪一届|哪届|第多少")),
    ("COUNT", re.compile("多少(?!钱|元)|几场|几家|几个|几期|几名|几人|几次|几所|几项|几类|几批|几种|数量|至少|不少于|人数|最少|够多少|几位|几处")),
    ("PLATFORM", re.compile("平台|网站|系统|网址|哪个网|小程序|公众号|入口|哪里查|在哪查|哪里报|在哪报|去哪")),
    (
        "PLACE",
        re.compile(
            "在哪(?!些|几|一)|哪里|哪儿|哪个地方|什么地方|啥地方|地点|地址|何处|到哪(?!些|几|一)|去哪(?!些|几|一)|几楼|哪个办公室|哪个窗口|哪间"
        ),
    ),
    (
        "CONSEQUENCE",
        re.compile(
            "(?:会|要|得|将)(?:怎么样|怎样|咋样|如何|受)|后果|怎么(?:处理|罚|处罚|追究)|处罚|惩罚|受罚|被罚|会不会被|会被|算不算|还有效|还算数"
        ),
    ),
    ("WHO", re.compile("谁|哪些人|什么人|哪个部门|哪些部门|哪个单位|哪些单位|对象|归谁|找谁|哪些学校|哪类学校|什么学校|哪几所|哪些高校|由哪")),
    ("LIST", re.compile("哪些|哪几|分别|有啥|有什么|都有|什么要求|几方面|哪方面|怎么(?:做|办|弄|建|操作)|做什么|干什么|干啥|做哪些|包括|内容")),
    ("NAME", re.compile("叫什么|叫啥|全称|名称|名字|主题|叫做|啥名|什么名")),
    ("MEANING", re.compile("什么意思|啥意思|是什么(?!时)|是啥(?!时)|指什么|指的是|什么叫|含义|到底是哪|解释")),
)
_FOLLOW_UP = re.compile(r"^(?:那|那么|还有|然后|再问|具体|另外|那个|这个|它|他们|这些|上面|刚才|其中)|呢[?？]?$")
_COHORT = re.compile(r"(?<![\d第])(?:(20\d{2})|(\d{2}))\s?(?:届|级毕业)")
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s?年?(?!\d)|(?<![\d满够近过达约干第])([1-3]\d)年(?!级|以|内|期|限|制|工龄|经验|社保)")
"""A year, in full or by its last two digits (24年); 满10年 and 10年工龄 are lengths of time."""
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1, "后年": 2}


@dataclass(frozen=True)
class Question:
    """A question as the search sees it. `folded` has no blanks; `terms` are its content words; years are full (2024)."""

    text: str
    folded: str
    terms: tuple[str, ...]
    wants: tuple[str, ...]
    regions: tuple[str, ...]
    cohorts: tuple[int, ...]
    years: tuple[int, ...]
    named_years: tuple[int, ...]
    """The years written as numbers; `years` holds those meant by 今年 and 去年 too."""
    looks_like_follow_up: bool

    def subject(self, local_regions: frozenset[str]) -> str:
        """The folded question without what constrains the document: its cohort, its year, and a region or a school that documents have.

        Where the region decides the document, its name says nothing about the clause (湖南日报 is no answer for 湖南).
        """
        text = _YEAR.sub("", _COHORT.sub("", self._without_schools(local_regions)))
        for region in self.regions:
            if region in local_regions:
                text = re.sub(f"{region}(?:省|市)?", "", text)
        return text if len(text) >= 3 else self.folded

    def terms_but_schools(self, local_regions: frozenset[str]) -> tuple[str, ...]:
        """Its content words without the name of a school that documents have."""
        text = self._without_schools(local_regions)
        return self.terms if text == self.folded else content_terms(text)

    def schools(self, local_regions: frozenset[str]) -> tuple[str, ...]:
        """The schools that it names and that documents are of."""
        return tuple(place for place in local_regions if place in self.folded and is_school(place))

    def _without_schools(self, local_regions: frozenset[str]) -> str:
        text = self.folded
        for school in self.schools(local_regions):
            text = text.replace(school, "")
        return text


def analyse(text: str, this_year: int) -> Question:
    """Analyse a question; `this_year` gives 今年 and 去年 their meaning."""
    folded = re.sub(r"\s+", "", fold(text)) if not re.search(r"[A-Za-z]{3,}", text) else fold(text)
    cohorts = tuple(dict.fromkeys(_full_year(*match.groups()) for match in _COHORT.finditer(folded)))
    named = [_full_year(*match.groups()) for match in _YEAR.finditer(_COHORT.sub("", folded))]
    years = named + [this_year + shift for word, shift in _RELATIVE.items() if word in folded]
    return Question(
        text,
        folded,
        content_terms(folded),
        tuple(label for label, pattern in _TYPES if pattern.search(folded)),
        regions_in(folded),
        cohorts,
        tuple(dict.fromkeys(years)),
        tuple(dict.fromkeys(named)),
        _is_follow_up(folded),
    )


def content_terms(folded: str) -> tuple[str, ...]:
    """The words that carry a question: no particles, no question words, no politeness."""
    return tuple(dict.fromkeys(word for word in words(folded) if word not in stop_words() and re.search(r"[\w]", word)))


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    return frozenset(resources.files("knowledge.language").joinpath("stop_words.txt").read_text(encoding="utf-8").split())


def _full_year(long: str | None, short: str | None) -> int:
    return int(long) if long else 2000 + int(short or 0)


def _is_follow_up(folded: str) -> bool:
    """Short, and either opening or closing like one, or without any noun of its own."""
    return len(folded) <= 16 and (bool(_FOLLOW_UP.search(folded)) or len(content_terms(folded)) <= 1)
