"""What a source calls its columns, and which field of ours each is. Names are compared folded, without blanks, signs and remarks in brackets."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import resources

import yaml

from core.text.folding import fold

FIELD_NAMES: dict[str, str] = {
    "title": "职位名称",
    "employer": "单位名称",
    "source": "来源",
    "external_id": "编号",
    "employer_type": "单位性质",
    "city": "工作城市",
    "district": "区县",
    "address": "工作地址",
    "salary": "薪资",
    "salary_min": "最低薪资",
    "salary_max": "最高薪资",
    "salary_unit": "薪资单位",
    "salary_months": "薪数",
    "education": "学历",
    "majors": "专业",
    "cohort": "届别",
    "headcount": "人数",
    "description": "职位描述",
    "benefits": "福利",
    "posted_on": "发布日期",
    "deadline": "截止日期",
    "contact": "联系方式",
    "url": "链接",
    "kind": "工作性质",
    "weekends_off": "双休",
    "housing": "住宿",
    "meals": "用餐",
    "hukou": "户口",
    "remote": "远程",
    "internship": "实习",
    "tenured": "编制",
}
"""Our field → what people call it; both are understood by `--map`."""

JOINED = frozenset({"description", "benefits", "contact", "address"})
"""Fields that several columns may fill together; of the others the first that says something counts."""

_NUMBERING = frozenset(["序号", "行号", "序", "index", "顺序"])
_REMARKS = re.compile(r"[(（\[【<][^()（）\[\]【】<>]*[)）\]】>]")
_SIGNS = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")


@lru_cache(maxsize=1)
def _known() -> Mapping[str, tuple[str, int]]:
    """Every name of a column → its field and its rank among the names of that field. Raises ValueError for a field in the file that is none."""
    data = yaml.safe_load(resources.files("knowledge.postings").joinpath("columns.yaml").read_text(encoding="utf-8"))
    if strangers := set(data) - set(FIELD_NAMES):
        raise ValueError(f"columns.yaml: unknown {', '.join(sorted(strangers))}")
    listed = {name: (field, rank) for field, names in data.items() for rank, name in enumerate(names.split(), 1)}
    return listed | {key: (field, 0) for field, name in FIELD_NAMES.items() for key in (name, field.replace("_", ""))}


class UnknownField(ValueError):
    """`--map` names a field that there is none of; the message is the name."""


def field_named(name: str) -> str:
    """The field that a person means by a name of ours, English or Chinese. Raises UnknownField."""
    found = _known().get(_key_of(name))
    if found is None:
        raise UnknownField(name)
    return found[0]


class Columns:
    """Which field each column is; `overrides` (column → field, or an empty field to leave it unread) come before the names known here."""

    def __init__(self, overrides: Mapping[str, str] | None = None) -> None:
        self._overrides = {_key_of(column) or column.strip(): field for column, field in (overrides or {}).items()}
        self._looked_up: dict[str, tuple[str | None, int]] = {}

    def field(self, column: str) -> str | None:
        """The field that a column fills, if it is understood.

        >>> Columns().field("公司名称（全称）*"), Columns().field("备注")
        ('employer', None)
        """
        return self._found(column)[0]

    def rank(self, column: str) -> int:
        """Of several columns for one field the lowest counts: what a person said, then the more usual name (city before area)."""
        return self._found(column)[1]

    def _found(self, column: str) -> tuple[str | None, int]:
        known = self._looked_up.get(column)
        if known is None:
            known = self._looked_up[column] = self._look_up(column)
        return known

    def _look_up(self, column: str) -> tuple[str | None, int]:
        key = _key_of(column)
        if key in self._overrides:
            return self._overrides[key] or None, -1
        for name in (key, _key_of(column, remarks=True)):
            if name in _known():
                return _known()[name]
        return None, 0


def is_numbering(column: str) -> bool:
    """Whether a column only counts the rows: it says nothing of a posting."""
    return _key_of(column) in _NUMBERING


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row names columns: at least three are understood, the job or the employer among them, and no cell is long."""
    named = [cell for cell in cells if cell.strip()]
    if len(named) < 3 or max(map(len, named)) > 40:
        return False
    columns = Columns()
    fields = [field for field in map(columns.field, named) if field]
    return len(set(fields)) >= 3 and bool({"title", "employer"} & set(fields)) and len(fields) * 2 >= len(named) - 2


def _key_of(column: str, *, remarks: bool = False) -> str:
    folded = fold(column)
    return _SIGNS.sub("", (folded if remarks else _REMARKS.sub("", folded)).lower())
