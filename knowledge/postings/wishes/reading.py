"""A message as conditions: every reader takes its words out, what nobody could read is left over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from knowledge.postings.wishes.cohort import read_cohort
from knowledge.postings.wishes.deadlines import read_deadline
from knowledge.postings.wishes.education import read_bare_major, read_education, read_major
from knowledge.postings.wishes.employers import read_employer, read_employer_types
from knowledge.postings.wishes.exclusions import read_exclusions
from knowledge.postings.wishes.fillers import bare
from knowledge.postings.wishes.place import read_places
from knowledge.postings.wishes.remaining import Conditions, Remaining
from knowledge.postings.wishes.roles import read_key_words, read_roles
from knowledge.postings.wishes.salary import read_salary
from knowledge.postings.wishes.traits import read_traits

_NO_FIELD = re.compile(
    "离地铁近|地铁口|地铁|夜班少|不(?:用|要|想)?(?:上)?(?:夜班|倒班|出差|轮班)|不用出差|轻松|钱多事少|五险一金|"
    "六险[一二]金|免费班车|年终奖|双薪|大厂|三甲|世界500强|转正机会大|有发展|氛围好|适合(?:女生|男生|内向|社恐)|"
    "不要求经验|无经验|零经验|工资高|高薪"
)
"""What graduates ask for and no field of a posting says."""


@dataclass(frozen=True)
class Wish:
    """What a message asks for by itself."""

    conditions: Conditions
    left: str
    """What nobody could read, without filling words."""
    unread: tuple[str, ...] = ()
    """Wishes that no posting can be filtered by."""


def read_wish(remaining: Remaining, today: date) -> Wish:
    """The conditions that a message (or what remains of it) states, in fields of `Criteria`."""
    conditions: Conditions = read_exclusions(remaining)
    unread = tuple(dict.fromkeys(match.group() for match in remaining.take(_NO_FIELD)))
    conditions |= read_deadline(remaining, today)
    conditions |= read_cohort(remaining, today)
    conditions |= read_places(remaining)
    conditions |= {name: value for name, value in read_traits(remaining).items() if name not in conditions}
    conditions |= read_salary(remaining, internship=conditions.get("internship") is True)
    conditions |= read_education(remaining)
    conditions |= read_employer_types(remaining)
    conditions |= read_major(remaining)
    conditions |= read_employer(remaining)
    conditions |= read_roles(remaining)
    conditions |= {} if "major" in conditions else read_bare_major(remaining)
    if words := read_key_words(remaining):
        conditions["words"] = (*conditions.get("words", ()), *words)
    return Wish(conditions, bare(remaining.text), unread)
