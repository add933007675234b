"""`zhiwen knowledge export` and `import`: the whole knowledge as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.console import UserError, output
from bot.cli.store import opened
from core.clock import Clock
from knowledge.errors import ArchiveInvalid
from knowledge.upkeep.archive import export_archive, import_archive

knowledge = typer.Typer(help="把整个知识库存成一个文件，或者从这样的文件取回。", no_args_is_help=True)

_EXISTS = "{path} 已经存在，不会覆盖；请换一个名字，或加上 --force"
_EXPORTED = "已导出 {count} 份文件（含各个版本）、取代关系、本校的补充条目和同义词到 {path}"
_IMPORTED = "新增 {added} 份文件，已有 {known} 份没有改动；本校的补充条目和同义词 {files} 个文件"
_UNWRITABLE = "{path}：写不进去（{error}）"


@knowledge.command("export")
def export(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="导出到哪个文件（ZIP）", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="文件已存在也覆盖")] = False,
) -> None:
    """把文件、版本、取代关系、本校的补充条目和同义词存成一个文件。"""
    if path.exists() and not force:
        raise UserError(_EXISTS.format(path=path))
    try:
        with opened() as (settings, sessions):
            count = export_archive(sessions, Clock(settings.today), settings.home, path)
    except OSError as error:
        raise UserError(_UNWRITABLE.format(path=path, error=error.strerror)) from error
    output().print(_EXPORTED.format(count=count, path=path), markup=False)


@knowledge.command("import")
def take(path: Annotated[Path, typer.Argument(metavar="FILE", help="zhiwen knowledge export 导出的文件", show_default=False)]) -> None:
    """取回导出的知识库；已有的文件不动，服务不用重启。"""
    try:
        with opened() as (settings, sessions):
            taken = import_archive(sessions, settings.home, path)
    except ArchiveInvalid as error:
        raise UserError(str(error)) from error
    output().print(_IMPORTED.format(added=taken.added, known=taken.known, files=taken.files), markup=False)
