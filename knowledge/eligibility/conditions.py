"""Conditions and their results: three-valued logic (Kleene), with a fourth value where only the authority can judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.eligibility.facts import DERIVED, EDUCATION, FLAGS, KNOWN, NUMBERS, Facts


class Result(StrEnum):
    """What a condition, or all of them, come to."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"
    MANUAL_REVIEW = "manual_review"


_OPPOSITE = {Result.PASS: Result.FAIL, Result.FAIL: Result.PASS}
_ALL = (Result.FAIL, Result.UNKNOWN, Result.MANUAL_REVIEW, Result.PASS)
_ANY = (Result.PASS, Result.UNKNOWN, Result.MANUAL_REVIEW, Result.FAIL)


def all_of(results: Sequence[Result]) -> Result:
    """One that fails decides; then what is missing, for asking may settle it; then what the authority must judge."""
    return next((result for result in _ALL if result in results), Result.PASS)


def any_of(results: Sequence[Result]) -> Result:
    """One that passes decides; else something missing, else the authority's judgement, else it fails."""
    return next((result for result in _ANY if result in results), Result.FAIL)


class Test(BaseModel):
    """One test of facts, or tests combined. Exactly one of `fact`, `authority`, `all_of`, `any_of`, `none_of`.

    `{fact: dibao}` asks for True, `{fact: age, at_least: 18, at_most: 24}` for a number in a range (years),
    `{fact: education, at_least: 专科}` for a word not lower in its order, `{fact: education, one_of: [本科]}` for one of
    several. `otherwise` stands for a truth value that was not mentioned and is not worth a question. `{authority: …}` is never decided here.
    """

    __test__ = False  # pytest would collect it
    model_config = ConfigDict(frozen=True, extra="forbid")

    fact: str | None = None
    at_least: float | str | None = None
    at_most: float | None = None
    one_of: tuple[Any, ...] | None = None
    otherwise: bool | None = None
    authority: str | None = Field(default=None, min_length=4)
    all_of: tuple[Test, ...] | None = None
    any_of: tuple[Test, ...] | None = None
    none_of: tuple[Test, ...] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Test:
        forms = (self.fact, self.authority, self.all_of, self.any_of, self.none_of)
        if sum(form is not None for form in forms) != 1:
            raise ValueError("一项检验只能有一种写法：fact、authority、all_of、any_of、none_of 之一")
        if self.fact is not None and self.fact not in KNOWN:
            raise ValueError(f"没有这个事实：{self.fact}")
        return self._range_fits()

    def _range_fits(self) -> Test:
        ranged = self.at_least is not None or self.at_most is not None
        if self.fact is None or self.fact in FLAGS:
            if ranged or self.one_of is not None:
                raise ValueError(f"是非事实不带范围：{self.fact}")
        elif not ranged and self.one_of is None and self.fact not in DERIVED:
            raise ValueError(f"{self.fact} 要写范围")
        if isinstance(self.at_least, str) and self.at_least not in EDUCATION:
            raise ValueError(f"没有这个学历：{self.at_least}")
        return self

    def evaluate(self, facts: Facts) -> Result:
        """What the facts (completed) make of this test."""
        if self.authority is not None:
            return Result.MANUAL_REVIEW
        if self.all_of is not None:
            return all_of([test.evaluate(facts) for test in self.all_of])
        if self.any_of is not None:
            return any_of([test.evaluate(facts) for test in self.any_of])
        if self.none_of is not None:
            result = any_of([test.evaluate(facts) for test in self.none_of])
            return _OPPOSITE.get(result, result)
        return self._of_fact(facts)

    def open_facts(self, facts: Facts) -> Iterator[str]:
        """The facts that are missing and could settle this test, in the order in which it names them."""
        if self.evaluate(facts) is not Result.UNKNOWN:
            return
        if self.fact is not None:
            yield self.fact
        for test in (*(self.all_of or ()), *(self.any_of or ()), *(self.none_of or ())):
            yield from test.open_facts(facts)

    def named_facts(self) -> Iterator[str]:
        """Every fact this test looks at."""
        if self.fact is not None:
            yield self.fact
        for test in (*(self.all_of or ()), *(self.any_of or ()), *(self.none_of or ())):
            yield from test.named_facts()

    def _of_fact(self, facts: Facts) -> Result:
        value = facts.get(str(self.fact), self.otherwise)
        if value is None:
            return Result.UNKNOWN
        if self.one_of is not None:
            return _result(value in self.one_of)
        if self.fact in NUMBERS or self.fact == "committed_years":
            low, high = _number(self.at_least), _number(self.at_most)
            return _result((low is None or value >= low) and (high is None or value <= high))
        if isinstance(self.at_least, str):
            return _result(EDUCATION.index(value) >= EDUCATION.index(self.at_least))
        return _result(bool(value))


def _number(bound: float | str | None) -> float | None:
    return None if bound is None else float(bound)


def _result(passes: bool) -> Result:
    return Result.PASS if passes else Result.FAIL
