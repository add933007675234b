"""The national lines a graduate may be given, and the numbers that must never be given out."""

from __future__ import annotations

from functools import cached_property
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.pack.schema import PackInvalid

_FILE = "hotlines.yaml"


class Hotline(BaseModel):
    """One line. `source`: B several public pages agree, C one page only (say 需核实 with it)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str = Field(pattern=r"^[\d-]{3,13}$")
    name: str
    purpose: str
    note: str | None = None
    emergency: bool = False
    source: Literal["B", "C"]


class ForbiddenNumber(BaseModel):
    """A number seen in the sources that is no line for graduates, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str = Field(pattern=r"^[\d-]{5,13}$")
    reason: str


class Hotlines(BaseModel):
    """Both lists."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lines: tuple[Hotline, ...]
    never_output: tuple[ForbiddenNumber, ...]

    @cached_property
    def forbidden(self) -> frozenset[str]:
        """The digits of the numbers never to give out, without dashes."""
        return frozenset(digits(item.number) for item in self.never_output)

    @property
    def emergency(self) -> tuple[Hotline, ...]:
        """The lines for danger to life or liberty: given alone, without other business beside them."""
        return tuple(line for line in self.lines if line.emergency)

    def line(self, number: str) -> Hotline | None:
        """The line of that number, or None."""
        return next((line for line in self.lines if digits(line.number) == digits(number)), None)


def digits(number: str) -> str:
    """A telephone number without its dashes."""
    return number.replace("-", "")


def load_hotlines() -> Hotlines:
    """The lists as kept in the package; raises `PackInvalid`."""
    try:
        return Hotlines.model_validate(yaml.safe_load(files("knowledge.pack").joinpath(_FILE).read_text("utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise PackInvalid(f"{_FILE}：{' '.join(str(error).split())}") from error
