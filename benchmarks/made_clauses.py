"""Made-up notices for measuring size: templates of our own, filled with words as frequent as jieba's dictionary says they are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from core.text.segmentation import tokenizer
from knowledge.language.regions import PROVINCE_OF

CLAUSES_EACH = 24
_NUMERALS = "一二三四五六七八九十"
_SUBJECTS = (
    "求职补贴",
    "见习补贴",
    "专场招聘会",
    "就业指导课程",
    "创业担保贷款",
    "档案转递",
    "户口迁移",
    "社会保险补贴",
    "技能培训",
    "离校登记",
    "基层服务项目",
    "应征入伍",
)
_ACTORS = ("各高校", "各级人力资源社会保障部门", "用人单位", "毕业生本人", "辅导员", "就业指导中心", "街道和社区", "主管部门")
_SENTENCES = (
    "{actor}应当在{month}月{day}日前完成{subject}的{a}工作，并将{b}和{c}报送主管部门备案。",
    "符合条件的毕业生可以申请{subject}，标准为每人{sum}元，由{actor}按照{a}要求一次性发放。",
    "{actor}要把{subject}作为{a}的重点，围绕{b}、{c}和{d}组织不少于{count}场活动。",
    "申请{subject}时须提交{a}证明、{b}材料和本人{c}，受理后{days}个工作日内办结。",
    "对{a}的毕业生，{actor}按照{b}的原则提供{c}服务，每{days}天回访一次。",
    "{subject}期限为{count}个月，期满后由{actor}对{a}情况进行{b}，结果作为{c}的依据。",
    "严禁以{a}为名收取{b}费用，发现{c}行为的，由{actor}依法处理。",
    "{actor}负责{a}，{b}与{c}协同推进，确保{subject}落实到位。",
)


@lru_cache(maxsize=1)
def _words() -> tuple[list[str], list[int]]:
    """Chinese words of two to four characters with the running totals of their frequencies."""
    known = sorted((word, count) for word, count in tokenizer().FREQ.items() if 2 <= len(word) <= 4 and 2 <= count <= 20000 and word.isalpha())
    return [word for word, _ in known], list(accumulate(count for _, count in known))


def notices(clauses: int, seed: int = 0) -> Iterator[tuple[str, str]]:
    """Name and text of as many notices as hold that many numbered clauses."""
    for number in range(-(-clauses // CLAUSES_EACH)):
        yield f"{number:05}.txt", notice(number, seed)


def questions(count: int, seed: int = 0) -> list[str]:
    """Questions as graduates ask them, about subjects, sums and days of notices among those made."""
    chance = random.Random(seed + 7)
    shapes = (
        "{region}{year}届毕业生{subject}标准是多少钱",
        "{subject}要交哪些材料",
        "{region}{subject}什么时候截止",
        "{word}{subject}怎么申请",
        "{word}和{other}由谁负责",
    )
    return [
        chance.choice(shapes).format(
            region=chance.choice(sorted(PROVINCE_OF)),
            year=chance.randint(2018, 2026),
            subject=chance.choice(_SUBJECTS),
            **dict(zip(("word", "other"), _drawn(chance, 2), strict=True)),
        )
        for _ in range(count)
    ]


def notice(number: int, seed: int = 0) -> str:
    """One notice: title, number, addressees, four chapters of six clauses, signature."""
    chance = random.Random(seed * 1_000_003 + number)
    region = chance.choice(sorted(PROVINCE_OF))
    topic = chance.choice(_SUBJECTS)
    marks = "".join(_drawn(chance, 2))
    year = chance.randint(2018, 2026)
    lines = [
        f"{region}教育厅关于做好{year}届毕业生{marks}{topic}工作的通知",
        f"{region}教就〔{year}〕{number + 1}号",
        "各高等学校：",
        f"为做好{year}届毕业生{topic}工作，现将有关事项通知如下。",
    ]
    for chapter in range(4):
        lines.append(f"{_NUMERALS[chapter]}、{chance.choice(('完善', '落实', '规范', '推进'))}{''.join(_drawn(chance, 2))}")
        lines += [f"（{_NUMERALS[item]}）{_clause(chance)}" for item in range(CLAUSES_EACH // 4)]
    lines += [f"{region}教育厅", f"{year}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日"]
    return "\n".join(lines) + "\n"


def _drawn(chance: random.Random, count: int) -> list[str]:
    words, totals = _words()
    return chance.choices(words, cum_weights=totals, k=count)


def _clause(chance: random.Random) -> str:
    return "".join(
        template.format(
            actor=chance.choice(_ACTORS),
            subject=chance.choice(_SUBJECTS),
            month=chance.randint(1, 12),
            day=chance.randint(1, 28),
            sum=chance.randint(3, 90) * 100,
            count=chance.randint(2, 60),
            days=chance.randint(3, 30),
            **dict(zip("abcd", _drawn(chance, 4), strict=True)),
        )
        for template in chance.sample(_SENTENCES, chance.randint(1, 4))
    )
