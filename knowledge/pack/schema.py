"""What an entry of the built-in knowledge is, and how the entries are read.

One YAML file a topic under `entries/`. The law wins over an entry: `checked_on` says up to when it was compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from knowledge.pack.topics import NATIONWIDE

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser, ten times as fast, where it is built
_ARTICLE = r"^第[零一二三四五六七八九十百千]+条(之[一二三四五六七八九十]+)?$"


class PackInvalid(Exception):
    """A file of the pack cannot be read; the message names the file, the entry and what is wrong."""


def _as_partial_date(value: object) -> str:
    text = value.isoformat() if isinstance(value, date) else str(value)
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"日期应写成 2025、2025-04 或 2025-04-30：{text}")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    date(year, month, day)  # raises ValueError on the 31st of February
    return text


PartialDate = Annotated[str, BeforeValidator(_as_partial_date)]
"""`2023`, `2023-06` or `2023-06-01`: as much of a date as the source gives, never filled up by guessing."""

Confidence = Literal["A", "B", "C"]
"""A: read in the full text of the law. B: several public pages agree, the text itself was not read. C: one page or a retelling only.

An entry of C is never told as a fact: its text opens with the reserve and the offer of a person."""

Status = Literal["in_force", "superseded", "only_that_year"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Basis(_Record):
    """What an answer rests on. `date`: when the rule came into force (or was issued, where only that is known); None: the page names none."""

    law: str = Field(min_length=2, max_length=80)
    article: str | None = Field(default=None, pattern=_ARTICLE)
    date: PartialDate | None
    number: str | None = Field(default=None, max_length=40)

    @property
    def citation(self) -> str:
        """The basis as one phrase, e.g. 《中华人民共和国劳动合同法》第十九条."""
        return f"{self.law}{f'（{self.number}）' if self.number else ''}{self.article or ''}"


class OutdatedBelief(_Record):
    """A belief still going round, the rule that replaced it, and since when."""

    belief: str = Field(min_length=4, max_length=80)
    now: str = Field(min_length=4, max_length=120)
    since: PartialDate


class PackEntry(_Record):
    """One question of graduates with its answer.

    `confidence` is that of the answer; a warning may add something less certain and then says so itself.
    """

    id: str = Field(pattern=r"^[a-z_]+-\d{2}$")
    topic: str
    title: str = Field(min_length=4, max_length=40)
    questions: tuple[str, ...]
    answer: str = Field(min_length=10)
    steps: tuple[str, ...] = ()
    decides: str = Field(min_length=2, max_length=60)
    varies: str | None = Field(default=None, min_length=4, max_length=120)
    region: str = NATIONWIDE
    basis: tuple[Basis, ...]
    status: Status
    confidence: Confidence
    checked_on: PartialDate
    facts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    supersedes_belief: OutdatedBelief | None = None
    school: str | None = Field(default=None, min_length=2, max_length=40)
    """The school whose own entry it is; None for what is built in."""

    @model_validator(mode="after")
    def _id_opens_with_topic(self) -> PackEntry:
        if self.id.rpartition("-")[0] != self.topic:
            raise ValueError(f"编号 {self.id} 应以主题 {self.topic} 开头")
        return self


def load_entries(folder: Traversable | None = None) -> tuple[PackEntry, ...]:
    """All entries, by file name and then in the order of the file.

    `folder` holds `<topic>.yaml` files; without it, those of this package. Raises `PackInvalid`.
    """
    source = folder if folder is not None else files("knowledge.pack").joinpath("entries")
    names = sorted((item for item in source.iterdir() if item.name.endswith(".yaml")), key=lambda item: item.name)
    if not names:
        raise PackInvalid(f"{source}：没有知识条目文件（*.yaml）")
    return tuple(entry for item in names for entry in _read(item))


def _read(item: Traversable) -> Iterator[PackEntry]:
    for position, record in enumerate(read_records(item), start=1):
        yield read_entry(item.name, position, record)


def read_entry(file: str, position: int, record: dict[str, Any]) -> PackEntry:
    """One record of a file as an entry; raises `PackInvalid` naming the file, the entry and the field."""
    try:
        return PackEntry.model_validate(record)
    except ValidationError as error:
        raise PackInvalid(f"{file} {record.get('id') or f'第 {position} 条'}：{_explain(error)}") from error


def read_records(item: Traversable) -> list[dict[str, Any]]:
    """The records of a YAML file that is a list of mappings; raises `PackInvalid` naming the file."""
    try:
        records = yaml.load(item.read_text(encoding="utf-8"), Loader=_SAFE_LOADER)
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: not UTF-8, or a date such as 2026-02-31
        raise PackInvalid(f"{item.name}：不是可读的 YAML：{' '.join(str(error).split())}") from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise PackInvalid(f"{item.name}：应是条目的列表")
    return records


def _explain(error: ValidationError) -> str:
    return "；".join(f"{'.'.join(map(str, e['loc'])) or '整条'} {_in_chinese(e)}" for e in error.errors())


_FAULTS = {
    "missing": "缺少",
    "extra_forbidden": "没有这个字段",
    "string_type": "应是文字",
    "tuple_type": "应是列表",
    "string_too_short": "太短，至少 {min_length} 个字",
    "string_too_long": "太长，最多 {max_length} 个字",
    "string_pattern_mismatch": "写法不对",
    "literal_error": "只能是 {expected}",
    "model_type": "应是一组“名称: 值”",
    "value_error": "{error}",
}


def _in_chinese(fault: Any) -> str:
    wording = _FAULTS.get(fault["type"])
    return wording.format(**fault.get("ctx", {})) if wording else str(fault["msg"])
