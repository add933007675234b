"""The cells of a row brought to the fields that they belong to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from knowledge.postings.columns import JOINED, Columns, is_numbering
from knowledge.postings.fields.cleaning import clean, clean_line, compact
from knowledge.postings.record import TRAITS, TraitName

_NOTHING = frozenset({"null", "none", "nan", "n/a", "na", "#n/a", "undefined", "\\n", "-", "--", "—", "——", "/", "//", ".", "(空)", "空", "(null)"})
"""What programs write where there is nothing."""
_LONGEST_NOTHING = 16
_MOST_EXTRA, _LONGEST_EXTRA, _LONGEST_NAME = 40, 2_000, 60
_YES = ("是", "有", "提供", "√", "✓", "yes", "y", "true", "1")
_NO = ("否", "无", "没有", "不提供", "×", "no", "n", "false", "0")
_ANSWERS = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)
_BARE = re.compile(r"[\d.,~\-—–至到～－]+")
_IN_HEADING = (
    (re.compile(r"万元?"), "万"),
    (re.compile(r"千元?|[(（/]k|k[)）]", re.IGNORECASE), "K"),
)
_PERIODS = ((re.compile("年薪|/年|每年|元年"), "/年"), (re.compile("日薪|/[天日]|每[天日]"), "/天"), (re.compile("时薪|/小?时|每小时"), "/小时"))


@dataclass(frozen=True)
class Cells:
    """What a row says, by field; nothing is understood yet."""

    values: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    """Field → the column that it came from."""
    traits: dict[TraitName, tuple[str, str]] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What stands in a field; empty where nothing does."""
        return self.values.get(name, "")

    def completed(self, found: Mapping[str, str]) -> Cells:
        """With what was found elsewhere for fields that are empty."""
        return replace(self, values={**{name: text for name, text in found.items() if text}, **self.values})

    def salary_text(self) -> str:
        """The salary in one text: two columns of bounds joined, and a bare number with the unit that its heading names (月薪(千元), 年薪)."""
        text = clean_line(self.text("salary")) or _bounds(clean_line(self.text("salary_min")), clean_line(self.text("salary_max")))
        column = self.columns.get("salary") or self.columns.get("salary_min") or self.columns.get("salary_max") or ""
        hint = column + clean_line(self.text("salary_unit"))
        if text and hint:
            text = _with_unit(text, hint)
        months = re.search(r"\d{2}", compact(self.text("salary_months")))
        return f"{text}·{months[0]}薪" if text and months and "薪" not in text else text


def gather(cells: Mapping[str, str], mapping: Columns) -> Cells:
    """The cells of a row by the fields that `mapping` names; what no field takes is kept under its column's name."""
    values: dict[str, str] = {}
    columns: dict[str, str] = {}
    traits: dict[TraitName, tuple[str, str]] = {}
    extra: dict[str, str] = {}
    for column, cell in sorted(cells.items(), key=lambda entry: mapping.rank(entry[0])):
        if not cell.strip() or (len(cell) < _LONGEST_NOTHING and compact(cell) in _NOTHING):
            continue
        name = mapping.field(column)
        left_over = name is None or name in TRAITS or name == "kind"
        if name in JOINED:
            said = _answered(column, cell) if name == "benefits" else cell
            values[name] = f"{values[name]}\n{said}" if name in values else said
        elif name is not None and name not in values:
            values[name], columns[name] = cell, column
        else:
            left_over = True
        if name in TRAITS:
            traits[name] = (column, clean_line(cell))
        elif name == "kind":
            traits.setdefault("internship", (column, clean_line(cell)))
        if left_over and not is_numbering(column) and len(extra) < _MOST_EXTRA:
            extra[clean_line(column)[:_LONGEST_NAME]] = clean(cell)[:_LONGEST_EXTRA]
    return Cells(values, columns, traits, extra)


def _answered(column: str, cell: str) -> str:
    """A column 五险一金 that says 是 or 无, in words."""
    answer = _ANSWERS.get(compact(cell))
    return cell if answer is None else column if answer else f"无{column}"


def _bounds(low: str, high: str) -> str:
    if low and high:
        return f"{low}-{high}" if compact(low) != compact(high) else low
    return f"{low}以上" if low else f"{high}以下" if high else ""


def _with_unit(text: str, heading: str) -> str:
    """A text that names no unit or period, with those of its heading."""
    if _BARE.fullmatch(compact(text)):
        text += next((unit for pattern, unit in _IN_HEADING if pattern.search(heading)), "")
    if re.search(r"[年月天日时薪]|面议", text):
        return text
    return text + next((period for pattern, period in _PERIODS if pattern.search(heading)), "")
