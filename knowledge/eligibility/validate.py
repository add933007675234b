"""Checks on all programmes and questions together: `python -m knowledge.eligibility.validate`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.resources.abc import Traversable

from knowledge.eligibility.conditions import Result
from knowledge.eligibility.facts import complete
from knowledge.eligibility.schema import EligibilityInvalid, Programme, Question, load_programmes, questions
from knowledge.validation import report

_FACT = re.compile(r"T\d{2}-\d{2}|O-\d{2}|SEED-\d{3}|P\d{3}")
"""A fact of the sources, a seed document, or a page kept among the policies."""


def problems_of(programmes: Sequence[Programme], asked: Sequence[Question], today: date) -> list[str]:
    """What is wrong, one line each, the programme first; empty when nothing is."""
    found = [f"{programme.id}：{problem}" for programme in programmes for problem in _of_programme(programme, asked, today)]
    for ids in ([programme.id for programme in programmes], [question.id for question in asked]):
        found += [f"{identity}：编号重复" for identity in sorted({identity for identity in ids if ids.count(identity) > 1})]
    return found + [f"{question.id}：{problem}" for question in asked for problem in _of_question(question)]


def _of_programme(programme: Programme, asked: Sequence[Question], today: date) -> Iterator[str]:
    yield from (f"依据 {key} 没有用到" for key in programme.bases.keys() - programme.used_bases)
    yield from (f"事实编号写法不对：{fact}" for fact in programme.facts if not _FACT.fullmatch(fact))
    for key, source in programme.bases.items():
        if source.date and source.date > today.isoformat()[: len(source.date)]:
            yield f"依据 {key} 的日期在今天之后"
        if source.confidence == "A" and not source.law.startswith("《"):
            yield f"A 类依据要写法规全名《…》：{source.law}"
    for condition in programme.conditions:
        if (
            not condition.presumed
            and condition.when.evaluate(complete({}, today)) is Result.UNKNOWN
            and not _askable(condition.when.open_facts({}), asked)
        ):
            yield f"条件 {condition.id} 没有问题可以问"
    if all(condition.presumed for condition in programme.conditions):
        yield "所有条件都按默认算，等于没有条件"


def _askable(facts: Iterator[str], asked: Sequence[Question]) -> bool:
    return any(fact in question.facts for fact in facts for question in asked)


def _of_question(question: Question) -> Iterator[str]:
    titles = [option.title for option in question.options]
    yield from (f"没有选项 {title}" for title in (question.affirms, question.denies) if title is not None and title not in titles)
    if len(titles) != len(set(titles)):
        yield "选项重复"
    if not any(set(question.facts) & set(option.facts) for option in question.options) and question.options:
        yield "选项没有回答所问的事实"


def main(folder: Traversable | None = None) -> int:
    """Check the programmes in `folder`, by default those of this package; 0 when they are sound, 2 when not."""

    def check(today: date) -> tuple[list[str], str]:
        programmes, asked = load_programmes(folder), questions()
        conditions = sum(len(programme.conditions) for programme in programmes)
        return problems_of(programmes, asked, today), f"项目 {len(programmes)} 个，条件 {conditions} 条，问题 {len(asked)} 个，没有问题。"

    return report(check, EligibilityInvalid)


if __name__ == "__main__":
    raise SystemExit(main())
