"""Which benefit a question names (实习补助, 租房补贴, 落户), and whether a clause speaks of it.

Rules on different benefits are worded alike (每人每月…元, 最长…个月): words and vectors alone take one for another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from knowledge.search.entries import ClauseEntry
from knowledge.search.synonyms import synonyms_in

_PURPOSES: tuple[tuple[str, str], ...] = (
    ("实习|见习", "实习|见习"),
    ("租房|住房|房租|租金|安居", "租房|住房|租赁|房租|租金|安居|公寓"),
    ("购房|买房|安家", "购房|买房|住房|安家|商品房"),
    ("求职", "求职|应聘"),
    ("面试|路费|交通|车票|车费", "面试|路费|交通|车票|差旅|往返"),
    ("生活", "生活"),
    ("创业|开业|开店", "创业|开业|开办|自主经营|经营实体"),
    ("社保|社会保险|灵活就业", "社保|社会保险|养老保险|医疗保险|灵活就业"),
    ("培训|技能|考证", "培训|技能|职业资格"),
    ("学费", "学费"),
    ("助学", "助学"),
    ("吸纳|招用|扩岗", "吸纳|招用|招收|扩岗|吸收|录用|聘用|招聘"),
    ("入伍|参军|当兵|退役|退伍", "入伍|参军|应征|服兵役|义务兵|退役|退伍"),
    ("留用", "留用|留任|录用"),
    ("公益性岗位|公益岗", "公益性岗位|公益岗"),
    ("失业", "失业"),
    ("生育", "生育|产假"),
    ("高温", "高温"),
    ("伙食|餐饮|用餐", "伙食|餐|用餐"),
    ("出差|差旅", "出差|差旅"),
)
"""What benefits are for: as it is asked, and as papers say it. A benefit for anything else is not told from others."""
_MATTERS: tuple[tuple[str, str], ...] = (
    ("落户|迁户口|户口迁", "落户|户口|入户|迁入|户籍"),
    ("公积金", "公积金"),
    ("公租房|人才公寓|保障房", "公租房|公寓|住房|租赁房"),
    ("报到证", "报到证"),
)
"""What is no sum of money and told from others by its name alone."""
_HEAD = "补贴|补助|津贴|资助|奖励|补偿|代偿|贷款"
_BETWEEN = 8
"""Characters that may stand between what a benefit is for and its kind (实习一个月发多少补助)."""
_NAMED = tuple((re.compile(rf"(?:{asked})(?=[^,，。;；?？]{{0,{_BETWEEN}}}(?:{_HEAD}))"), papers) for asked, papers in _PURPOSES)

_BY_NAME = tuple((re.compile(asked), papers) for asked, papers in _MATTERS)


@lru_cache(maxsize=256)
def benefits_in(question: str) -> tuple[str, ...]:
    """For each benefit that a folded question names the pattern of the words that a clause about it holds; none where it names none."""
    found = []
    for asked, papers in (*_NAMED, *_BY_NAME):
        if match := asked.search(question):
            found.append("|".join([papers, *map(re.escape, _meaning_the_same(match.group()))]))
    return tuple(found)


def speaks_of(entry: ClauseEntry, benefits: Iterable[str]) -> bool:
    """Whether one of the benefits stands in a clause, its headings or its document's title."""
    text = "\n".join([entry.document.title or "", *entry.headings, entry.folded.text])
    return any(re.search(words, text) for words in benefits)


def _meaning_the_same(word: str) -> Iterable[str]:
    return synonyms_in(word).get(word, ())
