"""What a short answer to one of our questions states: 有, 没签, 2025年, 不清楚, the title of an option."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.text.folding import fold
from knowledge.eligibility.facts import complete
from knowledge.eligibility.reading.numerals import LENGTH, NUMBER, months, number
from knowledge.eligibility.reading.reader import read_facts
from knowledge.eligibility.schema import Option, Question
from knowledge.eligibility.texts import NOT_CLEAR

_EDGES = " ,。.!?~、;:，！？；："
_UNCLEAR = re.compile(
    f"{NOT_CLEAR}|不(?:太|大)?(?:清楚|知道|确定|了解|记得)|忘(?:记)?了|记不(?:清|得)|说不(?:准|好|清)|不好说|"
    f"没印象|不(?:想|方便|愿意?)(?:说|答|回答)|保密|跳过"
)
_YES = re.compile(
    "(?:是|有|对|嗯+|在|会|能|满|办|签|缴|交|注册|参加|认定|当然|没错|确实|可以)(?:的|了|过|啊|呀|哦|有|满了|好了)*|yes|y", re.IGNORECASE
)
_NO = re.compile(
    "(?:还|都|从来)?(?:没|没有|不|不是|否|无|未|不在|不会|没满|不满|都没有|都不是)(?:有|过|签|办|缴|交|注册|参加|认定|满|的|了|啊|呀|呢)*|no|n",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?P<year>20\d{2}|(?<!\d)[12]\d)(?:年|届|级)?(?:(?P<month>1?\d)月(?:份)?)?(?:毕业)?")
_ORDINAL = re.compile("(?:选|第)?(?P<n>[一二三四五六七八1-8])(?:个|项|号|种)?")
_LENGTH = re.compile(LENGTH)
_NUMBER = re.compile(NUMBER)
_IN_MONTHS = frozenset({"insured_months", "hire_insured_months", "service_ended_months", "stay_months", "business_months"})


@dataclass(frozen=True)
class ReadAnswer:
    """What an answer states; no facts where the person does not know or would rather not say."""

    facts: dict[str, Any] = field(default_factory=dict)


def read_answer(question: Question, words: str, today: date) -> ReadAnswer | None:
    """The answer that `words` give to a question; None where they give none."""
    said = fold(words).strip(_EDGES)
    if not said:
        return None
    if _UNCLEAR.fullmatch(said) or (_UNCLEAR.search(said) and len(said) <= 8):
        return ReadAnswer()
    option = _named(question, said) or _bare(question, said)
    if option is not None:
        return ReadAnswer(dict(option.facts))
    facts = _quantity(question, said) or _stated(question, words, today)
    if facts:
        return ReadAnswer(facts)
    option = _part(question, said) or _counted(question, said)
    return ReadAnswer(dict(option.facts)) if option else None


def _named(question: Question, said: str) -> Option | None:
    return next((option for option in question.options if fold(option.title) == said), None)


def _bare(question: Question, said: str) -> Option | None:
    """A bare yes or no, where the question says what it stands for."""
    for pattern, title in ((_NO, question.denies), (_YES, question.affirms)):
        if title is not None and pattern.fullmatch(said):
            return next(option for option in question.options if option.title == title)
    return None


def _quantity(question: Question, said: str) -> dict[str, Any]:
    """A bare number, year or length of time, in the unit that the question asks for."""
    facts = question.facts
    if "cohort" in facts and (year := _YEAR.fullmatch(said)):
        value = int(year["year"])
        return {"cohort": value if value > 1000 else 2000 + value} | ({"graduation_month": int(year["month"])} if year["month"] else {})
    length = _LENGTH.search(said)
    in_months = next((name for name in facts if name in _IN_MONTHS), None)
    if in_months and length:
        return {in_months: months(length) - bool(re.search("不到|不满|未满", said))}
    if "contract_years" in facts and length and "年" in length["unit"]:
        return {"contract_years": int(number(length["n"]))}
    plain = _NUMBER.search(said)
    single = next((name for name in ("age", "score") if name in facts), None)
    return {single: int(number(plain.group()))} if single and plain and _reads(plain.group()) else {}


def _reads(text: str) -> bool:
    return text != "半" and number(text) > 0


def _stated(question: Question, words: str, today: date) -> dict[str, Any]:
    """What the words state as any message does, if that settles a fact that was asked about."""
    facts = read_facts(words, today)
    return facts if complete(facts, today).keys() & set(question.facts) else {}


def _part(question: Question, said: str) -> Option | None:
    """The one option whose title holds the words, or is held by them."""
    if len(said) < 2:
        return None
    held = [option for option in question.options if said in fold(option.title) or fold(option.title) in said]
    return held[0] if len(held) == 1 else None


def _counted(question: Question, said: str) -> Option | None:
    """第二个, 选3, by position."""
    match = _ORDINAL.fullmatch(said)
    position = int(number(match["n"])) if match else 0
    return question.options[position - 1] if 1 <= position <= len(question.options) else None
