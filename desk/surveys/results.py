"""Results of a survey: counts by answer, of all and by college and year of graduation, small cells already out of them.

They are made once, when the survey has ended, and kept as they are shown: whoever compared two states of them could reckon
the one who came or went in between. What is kept so leads to nobody (PIPL, article 4: anonymised, no personal information).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from desk.staff.policy import Actor
from desk.surveys import texts
from desk.surveys.disclosure import OVERALL, THRESHOLD, Cell, Table, hidden_cells, is_small, together
from desk.surveys.models import SurveyAnswer
from desk.surveys.questions import Question

Shown = int | None
"""A count; None where it is hidden."""
COLLEGE, COHORT = "college", "cohort"


@dataclass(frozen=True)
class Group:
    """A column of the results: a college or a year, or several that are too small to stand alone (`together`)."""

    dimension: str
    name: str
    answers: int
    together: bool = False


@dataclass(frozen=True)
class Row:
    """One possible answer: how many of all gave it, and of each group, in the order of the results' groups."""

    name: str
    overall: Shown
    groups: list[Shown]


@dataclass(frozen=True)
class Result:
    """One question. `means` (of a scale) has that of all first, then of each group; None where a cell of the column is hidden."""

    id: str
    kind: str
    text: str
    rows: list[Row]
    means: list[float | None]


@dataclass(frozen=True)
class Results:
    """The results; `answers` is None, and nothing else there, where fewer than the threshold answered."""

    answers: int | None
    groups: list[Group]
    questions: list[Result]

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Results:
        """What `to_json` wrote."""
        groups = [Group(**group) for group in stored["groups"]]
        questions = [Result(**{**one, "rows": [Row(**row) for row in one["rows"]]}) for one in stored["questions"]]
        return cls(stored["answers"], groups, questions)

    def seen_by(self, actor: Actor) -> Results:
        """Without the columns of colleges that are not theirs to see; a part of what is safe together is safe."""
        kept = [place for place, group in enumerate(self.groups) if _is_seen(group, actor)]
        questions = [
            Result(
                one.id,
                one.kind,
                one.text,
                [Row(row.name, row.overall, [row.groups[place] for place in kept]) for row in one.rows],
                [one.means[0], *(one.means[place + 1] for place in kept)] if one.means else [],
            )
            for one in self.questions
        ]
        return Results(self.answers, [self.groups[place] for place in kept], questions)


def _is_seen(group: Group, actor: Actor) -> bool:
    return group.dimension == COHORT or group.together or group.name == texts.UNKNOWN_COLLEGE or actor.sees(group.name)


def results_of(questions: Sequence[Question], answers: Sequence[SurveyAnswer]) -> Results:
    """The results of these answers, safe to be shown."""
    if len(answers) < THRESHOLD:
        return Results(None, [], [])
    columns = [*_columns(answers, COLLEGE), *_columns(answers, COHORT)]
    counting = _Counting([column for _, column in columns], [group.dimension for group, _ in columns], answers)
    return Results(len(answers), [group for group, _ in columns], [counting.result(question) for question in questions if question.kind != "text"])


def _columns(answers: Sequence[SurveyAnswer], dimension: str) -> list[tuple[Group, list[SurveyAnswer]]]:
    members: dict[str, list[SurveyAnswer]] = {}
    for answer in sorted(answers, key=lambda one: _rank(one, dimension)):
        members.setdefault(_name(answer, dimension), []).append(answer)
    found = []
    for names in together({name: len(those) for name, those in members.items()}):
        those = [answer for name in names for answer in members[name]]
        several = len(names) > 1
        found.append((Group(dimension, texts.OTHERS if several else names[0], len(those), several), those))
    return found


def _rank(answer: SurveyAnswer, dimension: str) -> tuple[bool, str]:
    """Groups in the order of their names, the unknown last."""
    own = answer.college if dimension == COLLEGE else answer.cohort
    return own is None, str(own or "")


def _name(answer: SurveyAnswer, dimension: str) -> str:
    if dimension == COLLEGE:
        return answer.college or texts.UNKNOWN_COLLEGE
    return texts.COHORT.format(year=answer.cohort) if answer.cohort else texts.UNKNOWN_COHORT


class _Counting:
    """Counts a question over all and over columns, and hides what must be hidden."""

    def __init__(self, columns: list[list[SurveyAnswer]], dimensions: list[str], answers: Sequence[SurveyAnswer]) -> None:
        self._columns, self._answers = columns, answers
        names = list(dict.fromkeys(dimensions))
        self._places = [[place for place, own in enumerate(dimensions) if own == name] for name in names]
        self._cells = {place: (at, group) for at, places in enumerate(self._places) for group, place in enumerate(places)}

    def result(self, question: Question) -> Result:
        """The rows of a question; each option of a multiple choice is one of its own, for who chose it and who did not make up the whole."""
        choices = [*question.choices, *(() if question.required else (texts.NO_ANSWER,))]
        if question.kind == "multiple":
            rows = [self._chosen(question, choice) for choice in choices]
        else:
            rows = self._rows(choices, lambda answer: _said(question, answer))
        means = [self._mean(question, rows, place) for place in range(-1, len(self._columns))] if question.kind == "scale" else []
        return Result(question.id, question.kind, question.text, rows, means)

    def _chosen(self, question: Question, choice: str) -> Row:
        return self._rows([choice, ""], lambda answer: [choice if choice in _said(question, answer) else ""])[0]

    def _rows(self, choices: Sequence[str], said: Any) -> list[Row]:
        def column(answers: Iterable[SurveyAnswer]) -> list[int]:
            counted = Counter(choice for answer in answers for choice in said(answer))
            return [counted[choice] for choice in choices]

        overall, groups = column(self._answers), [column(those) for those in self._columns]
        table = Table(overall, [[groups[place] for place in places] for places in self._places])
        hidden = hidden_cells(table)

        def shown(cell: Cell) -> Shown:
            return None if cell in hidden else table.count(cell)

        return [
            Row(choice, shown((OVERALL, 0, option)), [shown((*self._cells[place], option)) for place in range(len(groups))])
            for option, choice in enumerate(choices)
        ]

    @staticmethod
    def _mean(question: Question, rows: Sequence[Row], place: int) -> float | None:
        """The mean of what is shown; none where something of the column is hidden, for the mean would tell it."""
        counts = [row.overall if place < 0 else row.groups[place] for row in rows[: len(question.choices)]]
        if any(count is None for count in (row.overall if place < 0 else row.groups[place] for row in rows)):
            return None
        known = [(int(choice), count or 0) for choice, count in zip(question.choices, counts, strict=True)]
        answered = sum(count for _, count in known)
        return round(sum(step * count for step, count in known) / answered, 2) if answered and not is_small(answered) else None


def _said(question: Question, answer: SurveyAnswer) -> list[str]:
    """The choices of an answer, as they are counted."""
    given = answer.answers.get(question.id)
    if given is None:
        return [texts.NO_ANSWER]
    return [str(one) for one in given] if isinstance(given, list) else [str(given)]
