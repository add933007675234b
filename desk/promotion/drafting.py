"""A draft as it is written, and as the entry that it would be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.text.masking import find_sensitive
from desk.errors import KnowledgeRefused
from desk.promotion import texts
from knowledge.pack.schema import PackEntry, PackInvalid, read_entry
from knowledge.pack.topics import NATIONWIDE, TOPICS

_FILE = "草稿"
_WITHOUT_NUMBER = "00"
_MOST_PROBLEMS = 3
_WHOSE = re.compile(rf"^(?:{_FILE} )?[a-z_]+-\d+(?:、[a-z_]+-\d+)*：")
_FIELD = re.compile(r"(?<![a-z_])(?P<field>[a-z_]+)(?:\.(?P<index>\d+))?(?:\.(?P<part>[a-z_]+))?(?= )")


_PLAIN = r"^[^\x00]*$"
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=220, pattern=_PLAIN)]
"""How long each may be, the schema of the entries says (`knowledge.pack.validate`); nothing may be longer than an answer."""
DayText = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class DraftBasis(BaseModel):
    """What a draft rests on: 《…》 or the school's own paper; `date` as 2026, 2026-07 or 2026-07-01."""

    model_config = ConfigDict(extra="forbid")

    law: Text
    article: Text | None = None
    number: Text | None = None
    date: DayText | None = None


class DraftForm(BaseModel):
    """What is written: the question asked first, other ways to ask it, the answer in at most four sentences, what it rests on."""

    model_config = ConfigDict(extra="forbid")

    topic: Text
    title: Text
    question: Text
    other_questions: Annotated[list[Text], Field(max_length=29)] = []
    answer: Text
    steps: Annotated[list[Text], Field(max_length=12)] = []
    decides: Text
    school: Text
    region: Text = NATIONWIDE
    basis: Annotated[list[DraftBasis], Field(min_length=1, max_length=6)]


def entry_of(fields: dict[str, Any], entry_id: str, checked_on: date) -> PackEntry:
    """The entry that a draft would be. Raises KnowledgeRefused with what the entries' schema says against it."""
    try:
        return read_entry(_FILE, 1, record_of(fields, entry_id, checked_on))
    except PackInvalid as error:
        raise unfit([str(error)]) from error


def record_of(fields: dict[str, Any], entry_id: str, checked_on: date) -> dict[str, Any]:
    """The entry as a school's file holds it. What rests on a law in full is certain; the school's own word is checked with it."""
    basis = [{name: value for name, value in own.items() if value or name == "date"} for own in fields["basis"]]
    dated = all(own["date"] for own in basis)
    lawful = all(own["law"].startswith("《") and own["law"].endswith("》") for own in basis)
    confidence = "C" if not dated else "A" if lawful else "B"
    warning = {"A": [], "B": [texts.CHECK_WITH_SCHOOL], "C": [texts.NOT_VERIFIED]}[confidence]
    return {
        "id": entry_id,
        "topic": fields["topic"],
        "title": fields["title"],
        "questions": list(dict.fromkeys([fields["question"], *fields["other_questions"]])),
        "answer": fields["answer"],
        "steps": fields["steps"],
        "decides": fields["decides"],
        "region": fields["region"],
        "basis": basis,
        "status": "in_force",
        "confidence": confidence,
        "checked_on": checked_on.isoformat(),
        "warnings": warning,
        "school": fields["school"],
    }


def without_number(topic: str) -> str:
    """An id for a draft that has none yet. Raises KnowledgeRefused for a topic that there is not."""
    if topic not in TOPICS:
        raise unfit([f"没有这个主题：{topic}"])
    return f"{topic}-{_WITHOUT_NUMBER}"


def unfit(problems: Sequence[str]) -> KnowledgeRefused:
    """What keeps a draft from being an entry, in the words of the form: whoever wrote it knows no ids and no names of fields."""
    return KnowledgeRefused("invalid", texts.UNFIT.format(problems="；".join(map(_in_words, problems[:_MOST_PROBLEMS]))))


def _in_words(problem: str) -> str:
    return _FIELD.sub(_field_in_words, _WHOSE.sub("", problem))


def _field_in_words(found: re.Match[str]) -> str:
    field, index, part = found["field"], found["index"], found["part"]
    which = f"第 {int(index) + 1} 条" if index else ""
    whose = f"的{texts.FIELDS.get(part, part)}" if part else ""
    return f"{texts.FIELDS.get(field, field)}{which}{whose}"


def refuse_personal(fields: dict[str, Any]) -> None:
    """What every graduate will read must not hold what belongs to one of them. Raises KnowledgeRefused."""
    said = "\n".join([fields["title"], fields["question"], *fields["other_questions"], fields["answer"], *fields["steps"], fields["decides"]])
    kinds = dict.fromkeys(texts.KINDS[found.kind.name] for found in find_sensitive(said))
    if kinds:
        raise KnowledgeRefused("invalid", texts.PERSONAL.format(kinds="、".join(kinds)))
