"""Questions of a survey and what counts as an answer to them. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from core.text.masking import mask
from desk.errors import SurveyRefused
from desk.surveys import texts

Kind = Literal["single", "multiple", "scale", "text"]
MOST_QUESTIONS = 30
MOST_OPTIONS = 20
LONGEST_QUESTION = 200
LONGEST_OPTION = 60
LONGEST_ANSWER = 300
_HIGHEST = range(3, 11)

Answer = str | int | list[str]


@dataclass(frozen=True)
class Question:
    """One question. `options` are of choices, `lowest` and `highest` of a scale, with what its ends mean in `ends`."""

    id: str
    kind: Kind
    text: str
    options: tuple[str, ...] = ()
    lowest: int = 1
    highest: int = 5
    ends: tuple[str, str] = ("", "")
    required: bool = True

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {**asdict(self), "options": list(self.options), "ends": list(self.ends)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Question:
        """What `to_json` wrote."""
        return cls(**{**stored, "options": tuple(stored["options"]), "ends": tuple(stored["ends"])})

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen, as it is counted; nothing for a text."""
        if self.kind == "scale":
            return tuple(str(step) for step in range(self.lowest, self.highest + 1))
        return self.options


def checked(questions: Sequence[Question]) -> list[Question]:
    """The questions, trimmed and numbered q1, q2, …. Raises SurveyRefused."""
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        raise SurveyRefused("invalid", texts.NO_QUESTIONS.format(most=MOST_QUESTIONS))
    return [_checked(number, question) for number, question in enumerate(questions, 1)]


def _checked(number: int, question: Question) -> Question:
    text, options = question.text.strip(), tuple(option.strip() for option in question.options)
    why = _fault(question, text, options)
    if why:
        raise SurveyRefused("invalid", texts.BAD_QUESTION.format(number=number, why=why))
    of_choice = question.kind in ("single", "multiple")
    scale = (question.lowest, question.highest) if question.kind == "scale" else (1, 5)
    return Question(f"q{number}", question.kind, text, options if of_choice else (), *scale, question.ends, question.required)


def _fault(question: Question, text: str, options: Sequence[str]) -> str:
    if not text:
        return texts.NO_TEXT
    if len(text) > LONGEST_QUESTION or any(len(option) > LONGEST_OPTION for option in (*options, *question.ends)):
        return texts.WORDS_TOO_LONG
    if question.kind in ("single", "multiple"):
        usable = 2 <= len(options) <= MOST_OPTIONS and len(set(options)) == len(options) and all(options) and texts.NO_ANSWER not in options
        return "" if usable else texts.FEW_OPTIONS.format(most=MOST_OPTIONS)
    if question.kind == "scale":
        return "" if question.lowest in (0, 1) and question.highest in _HIGHEST else texts.BAD_SCALE
    return ""


def answers_to(questions: Sequence[Question], given: Mapping[str, object]) -> dict[str, Answer]:
    """What of `given` answers the questions, personal numbers in texts masked. Raises SurveyRefused for one that is missing or wrong."""
    found: dict[str, Answer] = {}
    for question in questions:
        answer = _answer(question, given.get(question.id))
        if answer is not None:
            found[question.id] = answer
        elif question.required:
            raise SurveyRefused("invalid", texts.MISSING.format(question=question.text))
    return found


def _answer(question: Question, given: object) -> Answer | None:
    """The answer in its plain form; None where there is none."""
    if given is None or given == "" or given == []:
        return None
    wrong = SurveyRefused("invalid", texts.WRONG.format(question=question.text))
    if question.kind == "multiple":
        if not isinstance(given, list) or len(set(map(str, given))) != len(given) or not set(map(str, given)) <= set(question.options):
            raise wrong
        return [option for option in question.options if option in given]
    if question.kind == "scale":
        if isinstance(given, bool) or not isinstance(given, int) or not question.lowest <= given <= question.highest:
            raise wrong
        return given
    if not isinstance(given, str) or (question.kind == "single" and given not in question.options):
        raise wrong
    if question.kind == "single":
        return given
    words = " ".join(given.replace("\x00", "").split())
    if len(words) > LONGEST_ANSWER:
        raise wrong
    return mask(words) or None
