"""One posting as it was understood: what is written, what it means, and the phrase that says so. No database here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Literal

SalaryPeriod = Literal["month", "year", "day", "hour"]
DeadlineState = Literal["date", "open", "until_filled", "unknown"]
"""`open`: 长期有效; `until_filled`: 招满即止; `unknown`: nothing is said, or nothing that can be a date."""
TraitName = Literal["weekends_off", "no_overtime", "housing", "meals", "hukou", "remote", "internship", "tenured"]
TRAITS: tuple[TraitName, ...] = ("weekends_off", "no_overtime", "housing", "meals", "hukou", "remote", "internship", "tenured")
"""双休, 不加班, 包住 or a dormitory, 包吃 or a meal allowance, 解决户口, 远程, 实习, 编制."""


class Degree(IntEnum):
    """The degree that a posting asks for at least, or that a graduate has; in rising order."""

    ANY = 0
    SECONDARY = 1
    JUNIOR_COLLEGE = 2
    BACHELOR = 3
    MASTER = 4
    DOCTOR = 5


DEGREE_NAMES = {
    Degree.ANY: "不限",
    Degree.SECONDARY: "中专/高中",
    Degree.JUNIOR_COLLEGE: "大专",
    Degree.BACHELOR: "本科",
    Degree.MASTER: "硕士",
    Degree.DOCTOR: "博士",
}

EMPLOYER_TYPES = ("央企", "国有企业", "事业单位", "机关", "民营企业", "外资企业", "合资企业", "上市公司", "社会组织")
"""单位性质, one word for one thing; other spellings are mapped onto these, what cannot be is kept as text alone."""


@dataclass(frozen=True)
class Salary:
    """A salary as written, in yuan a month where that follows from the text. Text that cannot be parsed is kept, never guessed."""

    text: str = ""
    minimum: int | None = None
    """Yuan a month; None where it is not said, or where only a sum a day is (see `day_minimum`)."""
    maximum: int | None = None
    months: int = 12
    """Salaries a year (13薪 → 13)."""
    period: SalaryPeriod | None = None
    """The period that the text is written in."""
    day_minimum: int | None = None
    day_maximum: int | None = None
    negotiable: bool = False
    """面议."""
    open_ended: bool = False
    """A floor without a ceiling (8K起)."""


@dataclass(frozen=True)
class Trait:
    """Something that a posting offers (True), denies (False) or does not mention (None), with the phrase that says so."""

    value: bool | None = None
    evidence: str = ""


@dataclass(frozen=True)
class Cohorts:
    """Which graduating years may apply."""

    text: str = ""
    years: tuple[int, ...] = ()
    """Years named outright or following from a condition, rising."""
    any: bool = False
    """No limit, or 应届/往届均可."""
    condition: str = ""
    """The words under which a year counts (2025届未就业视同应届)."""


@dataclass(frozen=True)
class PostingFields:
    """A posting understood. Empty text means that nothing is written; None that nothing follows from what is."""

    title: str
    employer: str
    source: str
    external_id: str = ""
    employer_type: str | None = None
    employer_type_text: str = ""
    cities: tuple[str, ...] = ()
    """Short names, as in `knowledge.language.places`."""
    district: str = ""
    place_text: str = ""
    roles: tuple[str, ...] = ()
    """Names of `roles.yaml`, the best first."""
    salary: Salary = Salary()
    education_text: str = ""
    education: Degree | None = None
    """The lowest degree that may apply; None where nothing is said."""
    majors_text: str = ""
    majors: tuple[str, ...] = ()
    any_major: bool = False
    cohorts: Cohorts = Cohorts()
    headcount_text: str = ""
    headcount: int | None = None
    traits: dict[TraitName, Trait] = field(default_factory=dict)
    description: str = ""
    benefits: str = ""
    posted_on: date | None = None
    deadline: date | None = None
    """The last day on which one may apply, that day included."""
    deadline_text: str = ""
    deadline_state: DeadlineState = "unknown"
    contact: str = ""
    url: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    """Columns of the source that have no field here, kept and shown."""
