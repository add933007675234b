"""What a message says about the person who sent it: the facts it states, and no others.

Nothing is read from what is asked (低保才能领吗), supposed (如果…), guessed (好像…) or said of others (我同学…); hardship
counts only where the person states it of themselves or their family.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from core.text.folding import fold
from knowledge.eligibility.facts import HARDSHIPS
from knowledge.eligibility.reading.clauses import Clause, clauses
from knowledge.eligibility.reading.patterns import Phrase, tables
from knowledge.eligibility.reading.polarity import denied, denied_after
from knowledge.eligibility.reading.quantities import read_quantities
from knowledge.language.regions import regions_in

_HOUSEHOLD = frozenset(HARDSHIPS) - {"orphan", "student_loan", "disabled"}
_HOME_PLACE = ("户口", "户籍", "生源", "老家", "家在", "读书", "上学", "大学", "学院", "毕业于", "读的", "学校在")
_PERSONAL = frozenset({"cohort", "grade", "months_since_graduation", "age"})
_OVERTAKES = {
    "jobless": ("employed", "flexible"),
    "left_job": ("employed", "contract"),
    "employed": ("jobless", "left_job"),
    "flexible": ("jobless",),
}
"""What a later statement about work makes a thing of the past: 干了三个月, 现在待业."""
_HAS_DEGREE = re.compile("(?:本科|大专|专科|高职|硕士|研究生|博士|大学|中专|高中)(?:已经?|就)?毕业(?!生|论文|设计|后|之后|以后|时|前)")
_PERFECTIVE = ("办过", "贷过", "办了", "贷了", "申请过", "申请了", "拿过", "还完", "没还")


def read_facts(text: str, today: date) -> dict[str, Any]:
    """The facts that a message states about its sender, by name; `today` gives 今年 and 去年 their meaning.

    A later clause overrides an earlier one. What is not stated is not in the result.
    """
    found: dict[str, Any] = {}
    for clause in clauses(text):
        if clause.speaks_of == "other" or clause.supposed:
            continue
        found = _merged(found, _of_clause(clause, today), clause.asks)
    return _settled(found, text, today)


def _merged(found: dict[str, Any], stated: dict[str, Any], asks: bool) -> dict[str, Any]:
    """A later statement overrides an earlier one; what is said in passing in the question overrides nothing."""
    if asks:
        return stated | found
    for name, past in _OVERTAKES.items():
        if stated.get(name):
            found = {known: value for known, value in found.items() if known not in past}
    return found | stated


def _of_clause(clause: Clause, today: date) -> dict[str, Any]:
    quantities = _quantities(clause, today)
    found = dict(quantities) if clause.speaks_of == "self" else {}
    personal = bool(_PERSONAL & quantities.keys())
    for table in tables():
        for phrase, start, end in _matches(clause.text, table):
            if _states(clause, phrase, start, personal):
                against = denied(clause.text[:start]) != denied_after(clause.text[end:])
                facts = phrase.denied if against else phrase.affirmed
                found |= _of_family(facts) if clause.speaks_of == "family" else facts
    return found


def _matches(text: str, table: tuple[Phrase, ...]) -> Iterator[tuple[Phrase, int, int]]:
    """The phrases of a table in a text, none over another: what an earlier row has taken, a later one does not see."""
    taken: list[tuple[int, int]] = []
    for phrase in table:
        for match in phrase.pattern.finditer(text):
            start, end = match.span()
            if start < end and not any(start < to and since < end for since, to in taken):
                taken.append((start, end))
                yield phrase, start, end


def _quantities(clause: Clause, today: date) -> dict[str, Any]:
    """Numbers are read from what stands before the question: 我27届的能报几岁以下的岗 states one cohort."""
    if clause.guessed_at == 0:
        return {}
    end = clause.asked_at if clause.asks and clause.asked_at is not None else len(clause.text)
    if clause.asks and clause.asked_at is None:
        return {}
    return read_quantities(clause.text[:end], today)


def _states(clause: Clause, phrase: Phrase, start: int, personal: bool) -> bool:
    """Whether the phrase is stated here, not asked after, guessed at or part of the rule that is asked about."""
    if clause.guessed_at is not None and clause.guessed_at <= start:
        return False
    if clause.rule and (phrase.sensitive or not clause.names_self):
        return False
    if not clause.asks:
        return True
    if clause.asked_at is None or start >= clause.asked_at:
        return False
    if not phrase.sensitive:
        return True
    about_me = clause.names_self or clause.speaks_of == "family" or personal
    return about_me or clause.text[: clause.asked_at].startswith(_PERFECTIVE)


def _of_family(facts: Any) -> dict[str, Any]:
    """Of what is said about parents only the household's hardship concerns the person, and whose the business is.

    A parent's disability is the family's.
    """
    kept = {name: value for name, value in facts.items() if name in _HOUSEHOLD}
    if facts.get("own_business") is False:
        kept |= facts
    if facts.get("disabled"):
        kept["disabled_family"] = True
    return kept


def _settled(found: dict[str, Any], text: str, today: date) -> dict[str, Any]:
    """What several facts of one message mean together."""
    regular = found.pop("full_time_", None)
    if regular is not None:
        found["part_time"] = not regular
        if regular:
            found.setdefault("adult_education", False)
    if not found.keys() & {"cohort", "grade", "fresh", "enrolled", "graduated", "months_since_graduation"} and _HAS_DEGREE.search(fold(text)):
        found["graduated"] = True
    if found.get("employer"):
        _as_employer(found, today)
    places = _places(text)
    if places:
        found["places"] = places
    return found


def _as_employer(found: dict[str, Any], today: date) -> None:
    """What an employer says of contract, insurance and year of graduation concerns the person hired."""
    if "insured_months" in found:
        found["hire_insured_months"] = found.pop("insured_months")
    if "contract" in found:
        found["hire_contract"] = found.pop("contract")
    if "cohort" in found:
        found["hires_graduates"] = found.pop("cohort") >= today.year - 2


def _places(text: str) -> tuple[str, ...]:
    """The places named, without those of the household register, the home and the school."""
    named: dict[str, None] = {}
    for clause in clauses(text):
        if clause.speaks_of == "self" and not any(word in clause.text for word in _HOME_PLACE):
            named.update(dict.fromkeys(regions_in(clause.text)))
    return tuple(named)
