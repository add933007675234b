"""From a programme and what is known of a person to a verdict: each condition with its result, what is missing, what to ask next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from knowledge.eligibility import texts
from knowledge.eligibility.conditions import Result, all_of
from knowledge.eligibility.facts import Facts, complete
from knowledge.eligibility.schema import Condition, Programme, Question, Source, question_about

MOST_QUESTIONS = 3


@dataclass(frozen=True)
class Reason:
    """A condition, its result and its basis; `assumed` where it counts as met only because nothing else was said."""

    condition: str
    result: Result
    source: Source
    assumed: bool = False
    advice: str | None = None


@dataclass(frozen=True)
class Assessment:
    """What the facts make of a programme. `question` is the next one to ask; None when there is nothing to ask."""

    programme: Programme
    verdict: Result
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    question: Question | None


def assess(programme: Programme, said: Facts, today: date, asked: Collection[str] = ()) -> Assessment:
    """Weigh what was `said` against the programme's conditions; `asked` are the ids of questions put already.

    A failure decides whatever else is missing. What only one page says (confidence C) is never decided here.
    """
    facts = complete(said, today)
    reasons = [_reason(condition, programme, facts) for condition in programme.conditions]
    reasons += _past_validity(programme, today)
    verdict = all_of([reason.result for reason in reasons])
    wanted = [] if verdict is Result.FAIL else _wanted(programme, facts)
    fresh = [question for question in wanted if question.id not in asked]
    question = fresh[0] if fresh and len(asked) < MOST_QUESTIONS else None
    return Assessment(programme, verdict, tuple(reasons), tuple(dict.fromkeys(question.missing for question in wanted)), question)


def _reason(condition: Condition, programme: Programme, facts: Facts) -> Reason:
    result, source = condition.when.evaluate(facts), programme.bases[condition.basis]
    assumed = result is Result.UNKNOWN and condition.presumed
    if assumed:
        result = Result.PASS
    elif source.confidence == "C" and result in (Result.PASS, Result.FAIL):
        result = Result.MANUAL_REVIEW
    return Reason(condition.text, result, source, assumed, condition.failed if result is Result.FAIL else None)


def _past_validity(programme: Programme, today: date) -> list[Reason]:
    """A programme whose own time is over may have been prolonged: that is for the authority to say."""
    until = programme.validity.until
    if until is None or today <= until:
        return []
    source = programme.bases[programme.conditions[0].basis]
    return [Reason(texts.PAST_VALIDITY.format(until=until, after=programme.validity.after), Result.MANUAL_REVIEW, source)]


def _wanted(programme: Programme, facts: Facts) -> list[Question]:
    """The questions that could settle what is open, each once, in the order of the conditions."""
    found: dict[str, Question] = {}
    for condition in programme.conditions:
        if condition.presumed or condition.when.evaluate(facts) is not Result.UNKNOWN:
            continue
        for fact in condition.when.open_facts(facts):
            question = question_about(fact)
            if question is not None:
                found.setdefault(question.id, question)
    return list(found.values())
