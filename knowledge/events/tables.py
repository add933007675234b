"""Events out of a table (CSV or XLSX): the heading row is found, columns are known by name, each row is understood alone."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from core.text.folding import fold
from knowledge.errors import DocumentRefused, EventsRefused
from knowledge.events import texts
from knowledge.events.moments import BadMoment, moments
from knowledge.events.reading import Defaults, ReadRow, completed
from knowledge.ingest.decoding import decode_bytes
from knowledge.tables.delimited import BrokenQuotes, read_delimited
from knowledge.tables.workbooks import opened_workbook, sheet_rows, visible_sheets

_COLUMNS = {
    "uid": "编号 活动编号 场次编号 id uid external_id event_id",
    "title": "名称 活动名称 标题 招聘会名称 活动标题 主题 场次名称 宣讲会名称 活动 title name summary event",
    "kind": "类型 活动类型 类别 活动类别 招聘会类型 kind type category",
    "way": "举办形式 形式 举办方式 参加方式 方式 是否线上 线上线下 线上 online mode",
    "city": "城市 举办城市 所在城市 地市 举办地 地区 city",
    "district": "区县 区 县区 district",
    "place": "地点 举办地点 活动地点 场地 场馆 地址 详细地址 举办地址 会场 place location venue address",
    "start": "开始时间 开始 起始时间 举办时间 活动时间 时间 举办日期 活动日期 日期 开始日期 start starts start_time starts_at date datetime",
    "end": "结束时间 结束 截止时间 结束日期 end ends end_time ends_at",
    "hours": "时段 具体时间 时间段 举办时段 time",
    "audience": "面向对象 面向 对象 参加对象 面向群体 面向人群 适合对象 参会对象 audience",
    "organiser": "主办单位 主办方 主办 举办单位 承办单位 组织单位 宣讲单位 企业名称 单位名称 organiser organizer host",
    "url": "链接 网址 报名链接 报名网址 详情链接 直播链接 url link",
    "status": "状态 活动状态 status",
    "description": "说明 备注 简介 活动简介 活动介绍 内容 详情 description note",
}
_FIELD_OF = {name: field for field, names in _COLUMNS.items() for name in names.split()}
_DAY_ONLY = ("日期", "举办日期", "活动日期", "开始日期", "date")
_SEARCHED_FOR_HEADINGS = 15
_MOST_ROWS = 200_000


def read_csv(name: str, content: bytes, defaults: Defaults, today: date) -> list[ReadRow]:
    """The events of a table in plain text. Raises EventsRefused without a heading row, DocumentRefused where it is no text or breaks off."""
    try:
        return list(_understood(name, read_delimited(io.StringIO(decode_bytes(name, content), newline="")), defaults, today))
    except BrokenQuotes as error:
        raise DocumentRefused(texts.BROKEN_QUOTES.format(name=name, line=error.line)) from error


def read_xlsx(name: str, content: bytes, defaults: Defaults, today: date) -> list[ReadRow]:
    """The events of a workbook's visible sheets that have a heading row. Raises EventsRefused where none has, DocumentRefused for a broken file."""
    with opened_workbook(name, content) as workbook:
        sheets = [list(islice(sheet_rows(sheet, content), _MOST_ROWS)) for sheet in visible_sheets(workbook)]
    with_headings = [rows for rows in sheets if _headings(rows[:_SEARCHED_FOR_HEADINGS]) is not None]
    if not with_headings:
        raise EventsRefused(texts.NO_COLUMNS.format(name=name))
    return [row for rows in with_headings for row in _understood(name, rows, defaults, today)]


def _understood(name: str, rows: Iterable[tuple[int, Sequence[str]]], defaults: Defaults, today: date) -> Iterator[ReadRow]:
    opening: list[tuple[int, Sequence[str]]] = []
    numbered = iter(rows)
    columns: dict[int, str] | None = None
    for numbered_row in numbered:
        opening.append(numbered_row)
        found = _headings(opening)
        if found is not None:
            columns = found
            break
        if len(opening) == _SEARCHED_FOR_HEADINGS:
            break
    if columns is None:
        raise EventsRefused(texts.NO_COLUMNS.format(name=name))
    for number, row in numbered:
        if any(cell.strip() for cell in row):
            yield _row(number, row, columns, defaults, today)


def _headings(rows: Sequence[tuple[int, Sequence[str]]]) -> dict[int, str] | None:
    """The columns of the last of `rows` that are known, by position, where a name and a time are among them."""
    if not rows:
        return None
    for _, row in reversed(rows):
        names = [fold(cell).replace(" ", "").strip("*：:").lower() for cell in row]
        columns: dict[int, str] = {}
        for position, heading in enumerate(names):
            field = _FIELD_OF.get(heading)
            if field == "start" and "start" in columns.values():
                field = "hours"
                if heading in _DAY_ONLY:  # 时间 came before 日期: the day is what counts
                    columns = {at: "hours" if known == "start" else known for at, known in columns.items()}
                    field = "start"
            if field and field not in columns.values():
                columns[position] = field
        if {"title", "start"} <= set(columns.values()):
            return columns
    return None


def _row(number: int, row: Sequence[str], columns: dict[int, str], defaults: Defaults, today: date) -> ReadRow:
    known: dict[str, Any] = {field: row[position].strip() for position, field in columns.items() if position < len(row)}
    try:
        when = moments(f"{known.get('start', '')} {known.get('hours', '')}".strip(), known.get("end", ""), today)
        known |= {"starts_at": when.starts_at, "ends_at": when.ends_at, "all_day": when.all_day, "way": _way(known.get("way", ""))}
        return ReadRow(number, completed(known, known.get("uid", "")[:160], defaults))
    except (BadMoment, ValueError) as error:
        return ReadRow(number, None, str(error))


def _way(written: str) -> str:
    """How one attends, as words: a column 是否线上 says only yes or no."""
    return {"是": "线上", "yes": "线上", "true": "线上", "1": "线上", "y": "线上"}.get(
        written.lower(), "" if written in ("否", "0", "no") else written
    )
