"""The messages of an assessment: kind `eligibility` of the contract, and questions as choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from knowledge.eligibility import texts
from knowledge.eligibility.conditions import Result
from knowledge.eligibility.schema import Programme, Question, Source, Window
from knowledge.eligibility.verdicts import Assessment, Reason

Message = dict[str, Any]


def eligibility_message(found: Assessment, today: date) -> Message:
    """The verdict with its reasons, what is missing, when and how to apply, and who decides; the text holds all of it."""
    reasons = [{"condition": _condition(reason), "result": reason.result.value, "citation": _citation(reason.source)} for reason in found.reasons]
    payload = {"verdict": found.verdict.value, "programme": found.programme.name, "reasons": reasons, "missing": list(found.missing)}
    return {"kind": "eligibility", "text": "\n".join(_lines(found, today)), "payload": payload}


def open_message() -> Message:
    """The verdict where no programme was named."""
    payload = {"verdict": Result.UNKNOWN.value, "programme": texts.PROGRAMME_OPEN, "reasons": [], "missing": [texts.WHICH_MISSING]}
    return {"kind": "eligibility", "text": f"{texts.PROGRAMME_OPEN}。{texts.AUTHORITY}", "payload": payload}


def which_message(offered: Sequence[Programme]) -> Message:
    """The question which programme is meant."""
    options = {programme.name: texts.WHICH_VALUE.format(name=programme.name) for programme in offered}
    return _choices(texts.WHICH_PROGRAMME, options)


def question_message(question: Question, again: bool = False) -> Message:
    """A question with its options, 不清楚 among them; `again` after an answer that could not be read."""
    titles = [*(option.title for option in question.options), texts.NOT_CLEAR]
    words = f"{texts.ASKED_AGAIN}\n{question.text}" if again else question.text
    return _choices(words, {title: title for title in titles})


def _choices(words: str, options: dict[str, str]) -> Message:
    return {"kind": "choices", "text": words, "payload": {"options": [{"title": title, "value": value} for title, value in options.items()]}}


def _lines(found: Assessment, today: date) -> Iterator[str]:
    programme = found.programme
    yield texts.VERDICT[found.verdict].format(name=programme.name) + texts.AUTHORITY
    for reason in found.reasons:
        yield f"{texts.MARK[reason.result]} {_condition(reason)}（{texts.BASIS}{_citation(reason.source)}）"
    yield from (reason.advice for reason in found.reasons if reason.advice)
    if found.missing:
        yield texts.MISSING.format(missing="、".join(found.missing))
    yield texts.WINDOW_HEAD.format(note=programme.windows_note)
    yield from (_window(window, today) for window in programme.windows)
    if found.question is None:
        yield from _ways_on(found)
    yield texts.DECIDES.format(decides=programme.decides)
    yield texts.CHECKED.format(checked=programme.checked_on)


def _ways_on(found: Assessment) -> Iterator[str]:
    """What varies and what to do; not while a question is still open."""
    programme = found.programme
    if programme.varies:
        yield texts.VARIES.format(varies=programme.varies)
    if found.verdict is not Result.FAIL:
        yield texts.STEPS
        yield from (f"{number}. {step}" for number, step in enumerate(programme.steps, 1))
        yield from [texts.FURTHER.format(further=programme.further)] if programme.further else []


def _condition(reason: Reason) -> str:
    """A condition with the reserve under which its result stands."""
    if reason.assumed:
        return f"{reason.condition}（{texts.ASSUMED}）"
    if reason.source.confidence == "C":
        return f"{reason.condition}（{texts.ONE_PAGE}）"
    return f"{reason.condition}（{texts.AUTHORITY_JUDGES}）" if reason.result is Result.MANUAL_REVIEW else reason.condition


def _citation(source: Source) -> str:
    return f"{source.citation}，{source.date}" if source.date else source.citation


def _window(window: Window, today: date) -> str:
    """How a known time for applications stands today; it says nothing of the programme's own validity."""
    if window.opens is not None and today < window.opens:
        form = texts.WINDOW_BEFORE
    else:
        form = texts.WINDOW_OPEN if today <= window.closes else texts.WINDOW_AFTER
    return form.format(name=window.name, opens=window.opens, closes=window.closes)
