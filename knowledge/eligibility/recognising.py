"""Which programme a message asks about, and which ones may suit somebody who names none."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from knowledge.eligibility.conditions import Result
from knowledge.eligibility.facts import Facts
from knowledge.eligibility.reading.clauses import Clause, clauses
from knowledge.eligibility.reading.reader import read_facts
from knowledge.eligibility.schema import Programme, programmes
from knowledge.eligibility.verdicts import assess

_ASKED = 100
"""How much a mention in the clause that asks outweighs one elsewhere, in characters."""
_LIKELY = ("job_seek_subsidy", "internship", "flex_social_subsidy", "sanzhi", "west_plan", "startup_loan", "fresh_status", "grassroots_tuition")
"""What is offered to somebody who names no programme, in this order, as far as nothing they said rules it out."""
_MOST_OFFERED = 5
_ENOUGH = 2
"""So many facts describe a person even where no 我 is said."""
_ABILITY = re.compile("能|可以|可否|够|符合|算|资格|报得|领得|有.{0,6}[吗不]$")
_MANNER = re.compile("怎么|怎样|如何|多少|什么|几|哪|为什么|区别")


def recognise(text: str) -> Programme | None:
    """The programme asked about: the longest name, one that ends in an asking clause before any other. None where none is named."""
    said = clauses(text)
    whole = ",".join(clause.text.replace(" ", "") for clause in said)
    ends = [index for index, clause in _last_positions(said) if clause.asks]
    best: tuple[int, Programme] | None = None
    for known, patterns in _recognisers():
        score = max((_score(match, whole, ends) for pattern in patterns for match in pattern.finditer(whole)), default=0)
        if score and (best is None or score > best[0]):
            best = (score, known)
    return best[1] if best else None


def _last_positions(said: list[Clause]) -> list[tuple[int, Clause]]:
    """Each clause with the index of the comma behind it in the joined text."""
    found, at = [], -1
    for clause in said:
        at += len(clause.text.replace(" ", "")) + 1
        found.append((at, clause))
    return found


def _score(match: re.Match[str], whole: str, ends: list[int]) -> int:
    """The length of a name, and much more where the clause in which it ends asks."""
    comma = whole.find(",", max(match.end() - 1, 0))
    return len(match.group()) + _ASKED * ((comma if comma >= 0 else len(whole)) in ends)


def asks_for_oneself(text: str, today: date) -> bool:
    """Whether a message says something of its sender and asks whether that will do for a programme it names."""
    said = clauses(text)
    able = any(clause.asks and _ABILITY.search(clause.text) and not _MANNER.search(clause.text) for clause in said)
    facts = read_facts(text, today)
    own = len(facts) >= _ENOUGH or (bool(facts) and any(clause.names_self for clause in said))
    return able and own and recognise(text) is not None


def likely(facts: Facts, today: date) -> list[Programme]:
    """The programmes worth offering to somebody with these facts: none that the facts rule out."""
    order = {identity: position for position, identity in enumerate(_LIKELY)}
    offered = sorted((known for known in programmes() if known.id in order), key=lambda known: order[known.id])
    return [known for known in offered if assess(known, facts, today).verdict is not Result.FAIL][:_MOST_OFFERED]


@lru_cache(maxsize=1)
def _recognisers() -> tuple[tuple[Programme, tuple[re.Pattern[str], ...]], ...]:
    return tuple((known, tuple(re.compile(name) for name in known.names)) for known in programmes())
