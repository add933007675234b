"""`zhiwen roster`: the ledger of graduates in care, from and to tables."""

from __future__ import annotations

import getpass
from collections import Counter
from pathlib import Path
from typing import Annotated, Literal, cast

import typer
from rich.progress import track

from bot.cli.console import UserError, output
from bot.cli.store import opened
from core.clock import Clock
from desk.audit import Audit
from desk.care.files import CareFiles
from desk.care.record import CareRecord
from desk.care.roster import Rosters, read_roster
from desk.errors import CareRefused
from desk.staff.policy import system_actor
from knowledge.errors import DocumentRefused
from knowledge.ingest.gathering import read_bytes

roster = typer.Typer(help="毕业生帮扶台账：导入名册、导出台账。", no_args_is_help=True)

_NO_FILE = "{file}：没有这个文件"
_EXISTS = "{file} 已经存在，不会覆盖；请换一个名字，或加上 --force"
_KIND = "{file}：只能导出为 .csv 或 .xlsx"
_CANNOT_WRITE = "{file}：写不进去（{error}）"
_WRITTEN = "已导出到 {file}（含个人信息，请妥善保管）"
_LINE = "第 {line} 行 {name}：{note}"
_IGNORED = "这些列没有用到：{columns}"
_TAKEN = "新建档案 {new} 份，更新 {updated} 份，没有变化 {unchanged} 份，没有收 {refused} 行"
By = Annotated[str, typer.Option(help="登记人，默认是当前用户名")]


@roster.command("import")
def import_(file: Annotated[Path, typer.Argument(help="名册或导出的台账，CSV 或 XLSX", show_default=False)], by: By = "") -> None:
    """导入名册；同一个学号只有一份档案，再导入不会重复。"""
    if not file.is_file():
        raise UserError(_NO_FILE.format(file=file))
    counts: Counter[str] = Counter()
    with opened() as (settings, sessions):
        rosters = _rosters(CareRecord(sessions, Clock(settings.today), Audit(sessions, Clock())))
        try:
            read = read_roster(file.name, read_bytes(file, file.name))
        except (CareRefused, DocumentRefused) as error:
            raise UserError(str(error)) from error
        notes = []
        results = rosters.take(system_actor(by or getpass.getuser()), read)
        for result in track(results, total=len(read.rows), console=output(), transient=True, description="登记"):
            counts[result.result] += 1
            if result.note:
                notes.append((result.result, _LINE.format(line=result.line, name=result.name, note=result.note)))
    for outcome, line in notes:
        output().print(line, markup=False, soft_wrap=True, style="red" if outcome == "refused" else "yellow")
    if read.ignored:
        output().print(_IGNORED.format(columns="、".join(read.ignored)), markup=False, soft_wrap=True)
    output().print(_TAKEN.format(**{kind: counts[kind] for kind in ("new", "updated", "unchanged", "refused")}))


@roster.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="写到哪个 .csv 或 .xlsx 文件", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件")] = False,
    by: By = "",
) -> None:
    """导出台账；原样导回不会有任何变化。"""
    kind = file.suffix.lower().removeprefix(".")
    if kind not in ("csv", "xlsx"):
        raise UserError(_KIND.format(file=file))
    if file.exists() and not force:
        raise UserError(_EXISTS.format(file=file))
    with opened() as (settings, sessions):
        rosters = _rosters(CareRecord(sessions, Clock(settings.today), Audit(sessions, Clock())))
        content = rosters.export(system_actor(by or getpass.getuser()), cast("Literal['csv', 'xlsx']", kind))
    try:
        file.write_bytes(content)
    except OSError as error:
        raise UserError(_CANNOT_WRITE.format(file=file, error=error.strerror)) from error
    output().print(_WRITTEN.format(file=file), markup=False, soft_wrap=True)


def _rosters(record: CareRecord) -> Rosters:
    return Rosters(record, CareFiles(record))
