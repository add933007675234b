"""What a programme is, and how the programmes and the questions are read: YAML files under `programmes/` and `questions.yaml`.

The law in force wins over what stands here: `checked_on` says up to when an entry was compared.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from knowledge.eligibility.conditions import Test
from knowledge.eligibility.facts import FLAGS, NUMBERS, WORDS
from knowledge.pack.schema import Basis, PackInvalid, PartialDate, read_records

Confidence = Literal["A", "B", "C"]
"""A: read in the full text of the law. B: several public pages agree. C: one page only, to be checked before it is relied on."""


class EligibilityInvalid(Exception):
    """A file of programmes or questions cannot be read; the message names the file, the entry and what is wrong."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Source(Basis):
    """A basis with how sure it is."""

    confidence: Confidence


class Condition(_Record):
    """One condition: its wording, its test and the basis it rests on (a key of the programme's `bases`).

    `presumed`: taken as met as long as nothing else was said; the answer names it as an assumption.
    """

    id: str = Field(pattern=r"^[a-z_]+$")
    text: str = Field(min_length=4, max_length=80)
    when: Test
    basis: str
    presumed: bool = False
    failed: str | None = Field(default=None, max_length=120)
    """What is said where it fails and something else may help."""


class Window(_Record):
    """A time for applications that is known: for one place and year only, kept apart from the programme's own validity."""

    name: str = Field(min_length=4, max_length=60)
    opens: date | None = None
    closes: date
    basis: str


class Validity(_Record):
    """From when until when the programme itself holds; None where no end is known."""

    since: PartialDate | None = None
    until: date | None = None
    after: str | None = Field(default=None, max_length=120)
    """What is known of the time after `until`."""

    @model_validator(mode="after")
    def _says_what_then(self) -> Validity:
        if self.until is not None and not self.after:
            raise ValueError("有截止日期的政策要写明之后怎样（after）")
        return self


class Programme(_Record):
    """Something that a graduate, or an employer, may qualify for."""

    id: str = Field(pattern=r"^[a-z_]+$")
    name: str = Field(min_length=3, max_length=30)
    names: tuple[str, ...]
    """Regular expressions over folded text by which it is recognised; the longest match wins."""
    for_whom: Literal["person", "employer"] = "person"
    region: str = "全国"
    bases: dict[str, Source]
    validity: Validity = Validity()
    conditions: tuple[Condition, ...] = Field(min_length=1)
    windows: tuple[Window, ...] = ()
    windows_note: str = Field(min_length=4, max_length=120)
    """When one applies in general, where no date holds for everybody."""
    varies: str | None = Field(default=None, max_length=120)
    further: str | None = Field(default=None, max_length=120)
    """What comes after the conditions: examination, medical, selection."""
    decides: str = Field(min_length=2, max_length=60)
    steps: tuple[str, ...] = Field(min_length=1)
    checked_on: PartialDate
    facts: tuple[str, ...] = Field(min_length=1)

    @field_validator("names")
    @classmethod
    def _compiles(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            re.compile(name)
        return names

    @model_validator(mode="after")
    def _bases_exist(self) -> Programme:
        missing = self.used_bases - self.bases.keys()
        if missing:
            raise ValueError(f"没有依据 {'、'.join(sorted(missing))}")
        ids = [condition.id for condition in self.conditions]
        if len(ids) != len(set(ids)):
            raise ValueError("条件编号重复")
        return self

    @property
    def used_bases(self) -> set[str]:
        """The keys of `bases` that conditions and windows rest on."""
        return {condition.basis for condition in self.conditions} | {window.basis for window in self.windows}


class Option(_Record):
    """An answer offered to a question, and the facts that it states."""

    title: str = Field(min_length=1, max_length=24)
    facts: dict[str, Any]

    @field_validator("facts")
    @classmethod
    def _values_fit(cls, facts: dict[str, Any]) -> dict[str, Any]:
        for name, value in facts.items():
            fits = isinstance(value, bool) if name in FLAGS else name in NUMBERS and isinstance(value, int) and not isinstance(value, bool)
            if not (fits or value in WORDS.get(name, ())):
                raise ValueError(f"{name} 不能是 {value!r}")
        return facts


class Question(_Record):
    """A question that settles `facts`; `options` are the answers offered beside 不清楚."""

    id: str = Field(pattern=r"^[a-z_]+$")
    facts: tuple[str, ...] = Field(min_length=1)
    text: str = Field(min_length=4, max_length=120)
    missing: str = Field(min_length=2, max_length=30)
    options: tuple[Option, ...] = ()
    affirms: str | None = None
    denies: str | None = None
    """The titles that a bare 有/是 and a bare 没有/不是 stand for."""


@lru_cache(maxsize=1)
def programmes() -> tuple[Programme, ...]:
    """The programmes of this package."""
    return load_programmes()


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """The questions of this package, in the order in which a fact looks for one."""
    return load_questions(files("knowledge.eligibility").joinpath("questions.yaml"))


def programme(identity: str | None) -> Programme | None:
    """The programme of this id; None where there is none."""
    return next((known for known in programmes() if known.id == identity), None)


def question_about(fact: str) -> Question | None:
    """The question that settles a fact; None where it is not asked about."""
    return next((question for question in questions() if fact in question.facts), None)


def load_programmes(folder: Traversable | None = None) -> tuple[Programme, ...]:
    """All programmes of `folder` (by default this package's), by file name. Raises `EligibilityInvalid`."""
    source = folder if folder is not None else files("knowledge.eligibility").joinpath("programmes")
    names = sorted((item for item in source.iterdir() if item.name.endswith(".yaml")), key=lambda item: item.name)
    if not names:
        raise EligibilityInvalid(f"{source}：没有项目文件（*.yaml）")
    return tuple(Programme.model_validate(record) for item in names for record in _checked(item, Programme))


def load_questions(item: Traversable) -> tuple[Question, ...]:
    """The questions of a file. Raises `EligibilityInvalid`."""
    return tuple(Question.model_validate(record) for record in _checked(item, Question))


def _checked(item: Traversable, model: type[BaseModel]) -> list[dict[str, Any]]:
    try:
        records = read_records(item)
    except PackInvalid as error:
        raise EligibilityInvalid(str(error)) from error
    for position, record in enumerate(records, start=1):
        try:
            model.model_validate(record)
        except ValidationError as error:
            wrong = "；".join(f"{'.'.join(map(str, e['loc'])) or '整条'} {e['msg']}" for e in error.errors())
            raise EligibilityInvalid(f"{item.name} {record.get('id') or f'第 {position} 条'}：{wrong}") from error
    return records
