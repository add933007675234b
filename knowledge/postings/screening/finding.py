"""What the screening reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

Kind = Literal[
    "gender",
    "school_tier",
    "marital_childbirth",
    "hukou_origin",
    "hepatitis_b_disability",
    "ethnicity_region",
    "religious",
    "age_illegitimate",
    "fee_charging",
    "deposit_of_documents",
    "false_salary",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Law:
    """Where a rule comes from: 《劳动合同法》第九条."""

    name: str
    article: str = ""
    says: str = ""
    """In our words, for the reviewer."""

    def __str__(self) -> str:
        return f"《{self.name}》{self.article}"


@dataclass(frozen=True)
class Finding:
    """One thing that a posting must not say."""

    kind: Kind
    phrase: str
    """Cut letter for letter from the field as written."""
    field: str
    """title, education, salary, majors, cohort, description, benefits, contact, or the name of a further column."""
    certain: bool
    """The rules surely forbid it; otherwise a person has to look."""
    reason: str
    """Why, in Chinese, for the reviewer and the employer."""
    laws: tuple[Law, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As stored with the posting and printed by the commands."""
        return {
            "kind": self.kind,
            "phrase": self.phrase,
            "field": self.field,
            "certain": self.certain,
            "reason": self.reason,
            "laws": [str(law) for law in self.laws],
        }
