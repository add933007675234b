"""A message with a question about policy and a wish for jobs in it, taken apart: each part has its own answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from core.text.folding import fold
from knowledge.language.programmes import PROGRAMME, programme_that_may_end
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.wishes.commands import read_commands
from knowledge.postings.wishes.reading import Wish, read_wish
from knowledge.postings.wishes.remaining import Conditions, Remaining

_CUTS = re.compile("(?<=[。!?;！？；\n])|[,，]|(?=(?:另外|顺便|順便|对了|还有就是|再问一?下|再帮我|也帮我|同时帮我|以及帮我|然后帮我|再给我))")
_POLICY = re.compile(
    "政策|补贴|补助|津贴(?!高)|三方|就业协议|违约|档案|报到证|派遣证|社保|公积金|五险一金|试用期|见习期|劳动合同|"
    "合同期|经济补偿|赔偿|仲裁|去向登记|灵活就业|落户(?!的)|户口(?:迁|要|怎|放|落)"
    "|加分|服务期|服务年限|期满|规定|文件|条款|材料|流程|手续|代偿|贷款|创业|个税|税|工龄|干部身份|应届(?:生)?身份|"
    "认定|登记|公示|体检标准|政审|报名(?:时间|条件|流程)|考试(?:科目|内容|时间)"
    "|考公|考编|考研|选调|三支一扶|西部计划|特岗|征兵|入伍|规培|劳动法|产假|年假|加班费|最低工资|择业期|托管|转正|"
    "离职|辞职|毁约|解约|空白期|党组织|团组织|就业登记|失业|困难认定"
)
_ASKS = re.compile(
    "怎么(?!没)|咋|如何|吗|么[?？]?$|多少|多久|几年|几天|几个月|哪里办|在哪办|要不要|能不能|可不可以|是不是|是什么|"
    "什么意思|区别|要什么|需要什么|有什么(?:要求|影响|规定|用|好处|政策|条件)|有没有影响|影响|谁(?:交|出|管|付|"
    "负责)"
    "|讲讲|讲一下|说说|说一下|介绍|科普|解释|算不算|合法|违法|行不行|还有用|有效|会不会|什么时候|[?？]|咋办|怎样|了解"
)
_WISH = re.compile(
    "岗|(?<!扩)招(?!募|生)|职位|职缺|工作机会|找(?:个|份|下|一下|一找|工作)|推荐|给我(?:看|找|推|列)|看看|瞧瞧|有没有|"
    "有吗|还有(?:吗|没)|有啥|有哪些|列(?:一下|几|出)|搜|查一?下|筛|能投|可投|想找|想投|找(?:什么|啥)|能(?:干|做)(?:点|些)?(?:啥|什么)|(?:有|能)(?:啥|什么)(?:可|能)|哪家"
)
_OTHER = re.compile(
    "招聘会|双选会|宣讲|专场|真不真|真假|靠不靠谱|靠谱吗|可信|骗|提醒|推送|订阅|关注|盯着|通知我|叫我|告诉我|发我$|"
    "帮扶|访企|拓岗|能申请|能应聘|够不够|符合|有资格|我们公司|我们单位|考核|笔试|考试"
    "|虚假|歧视|行动|攻坚|对象|几年|为什么|政策性|[业历市]:|先?记|存着|资料|情况|算应届|离我|现场招聘|强迫|十万八千里"
)
"""What other wishes and questions have in them."""
_PLACES = frozenset({"cities", "provinces"})
_WHERE = _PLACES | {"districts"}
_NAMES_A_JOB = frozenset(
    {"roles", "words", "employer_types", "employer", "internship", "remote", "tenured", "weekends_off", "no_overtime", "housing"}
    | {"daily_min", "salary_min", "major", "education", "deadline_until"}
)
_DEADLINES = frozenset({"deadline_until", "deadline_from"})
"""Enough by themselves, where nothing else is said (今天最后一天报名的有吗)."""
_MOST_LEFT = 6
"""Characters that nobody could read, up to which a clause counts as understood."""
_ENOUGH_WITHOUT_WORDS = 3
"""Conditions from which a row of key words is a wish without any word of wishing."""


@dataclass(frozen=True)
class Parts:
    """The two parts in the message's own words; one of them is empty where the message is of one kind."""

    policy: str = ""
    jobs: str = ""

    @property
    def both(self) -> bool:
        """Whether both kinds are in the message."""
        return bool(self.policy and self.jobs)


def split(text: str, today: date) -> Parts:
    """The parts of a message. A clause that is of neither kind goes with the one behind it, else with the one before."""
    clauses = [clause for clause in _CUTS.split(text) if clause and clause.strip(" ,，。?？!！;；\n")]
    kinds = [_kind(clause, today) for clause in clauses]
    policy = [clause for clause, kind in zip(clauses, _settled(kinds), strict=True) if kind == "policy"]
    jobs = [clause for clause, kind in zip(clauses, _settled(kinds), strict=True) if kind == "jobs"]
    return Parts("，".join(policy), "，".join(jobs))


def is_policy_question(text: str) -> bool:
    """Whether a clause asks after rules: it names something that rules are about, and asks."""
    folded = fold(text)
    return bool(_POLICY.search(folded) and _ASKS.search(folded))


def is_about_rules(text: str) -> bool:
    """Whether a message names something that rules are about and has no word of somebody who looks for jobs (上海 落户 应届)."""
    folded = fold(text)
    return bool(_POLICY.search(folded)) and not _WISH.search(folded)


def asks_whether_a_programme_goes_on(text: str, stated: Conditions) -> bool:
    """Whether a message asks of a programme as such whether it still takes people (科研助理岗还招不招); with the conditions that it states,
    for who names a place or an employer looks for a job there."""
    folded = fold(text)
    employer = stated.get("employer")
    elsewhere = bool(_WHERE & set(stated)) or (employer is not None and not PROGRAMME.search(employer))
    return not elsewhere and programme_that_may_end(folded) is not None


def is_clear_wish(text: str, today: date) -> bool:
    """Whether a message surely asks for jobs: what and where, in the words of somebody who looks for some, and no question about rules."""
    folded = fold(text)
    wish = _read(text, today)
    names_a_place = bool(_PLACES & set(wish.conditions))
    if _POLICY.search(folded) and ("roles" not in wish.conditions or is_policy_question(text)):
        return False
    return _wishes(text, wish) and (names_a_place or bool(_WISH.search(folded)))


def _kind(clause: str, today: date) -> str:
    """`policy`, `jobs`, or empty for what is neither by itself."""
    if _wishes(clause, _read(clause, today)):
        return "jobs"
    return "policy" if is_policy_question(clause) else ""


def _wishes(clause: str, wish: Wish) -> bool:
    folded = fold(clause)
    said = len(Criteria(**wish.conditions).asked())
    if set(wish.conditions) <= _DEADLINES and wish.conditions and not wish.left and not _POLICY.search(folded):
        return bool(_WISH.search(folded))
    if not _NAMES_A_JOB & set(wish.conditions) or said < 2 or _OTHER.search(folded) or len(wish.left) > _MOST_LEFT:
        return False
    if _WISH.search(folded):
        return True
    named = set(wish.conditions)
    bare_words = not wish.left and bool(_PLACES & named and (_NAMES_A_JOB - {"major", "education"}) & named) and not _POLICY.search(folded)
    return bare_words or said >= _ENOUGH_WITHOUT_WORDS


def _settled(kinds: list[str]) -> list[str]:
    """The kinds with neither resolved: as the one behind, else the one before."""
    settled = list(kinds)
    for index in range(len(settled) - 2, -1, -1):
        settled[index] = settled[index] or settled[index + 1]
    for index in range(1, len(settled)):
        settled[index] = settled[index] or settled[index - 1]
    return settled


def _read(text: str, today: date) -> Wish:
    remaining = Remaining(text)
    read_commands(remaining)
    return read_wish(remaining, today)
