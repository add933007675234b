"""`zhiwen backup` and `zhiwen restore`: the whole store as one file, taken while it is in use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from alembic.util import CommandError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot import log
from bot.backup import archive
from bot.backup.errors import BackupError
from bot.cli.console import UserError, output
from core.clock import Clock
from core.database import create_database_engine
from core.settings import Settings

_EXISTS = "{path} 已经存在，不会覆盖；请换一个名字，或加上 --force"
_UNWRITABLE = "{path}：写不进去（{error}）"
_FAILED = "数据库用不了（{error}）。请运行 zhiwen doctor 查看原因"
_MADE = (
    "已备份 {tables} 张表、{rows} 行和 {files} 个文件到 {path}。里面有个人信息和签名密钥，请妥善保管；按本人要求删除的信息，旧备份里仍有，请按期销毁"
)
_RESTORED = "已恢复 {tables} 张表、{rows} 行和 {files} 个文件，行数和校验值都与备份一致。检索索引会在启动时重建"


def backup(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="备份到哪个文件（ZIP）", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="文件已存在也覆盖")] = False,
) -> None:
    """备份数据库和不能重建的文件；服务不用停。"""
    if path.exists() and not force:
        raise UserError(_EXISTS.format(path=path))
    with _engine() as (settings, engine), _progress("备份") as show:
        try:
            made = archive.back_up(engine, settings.home, Clock(settings.today), path, show)
        except BackupError as error:
            raise UserError(str(error)) from error
        except OSError as error:
            raise UserError(_UNWRITABLE.format(path=path, error=error.strerror)) from error
    output().print(_MADE.format(tables=len(made.tables), rows=made.rows, files=made.files, path=path), markup=False, soft_wrap=True)


def restore(path: Annotated[Path, typer.Argument(metavar="FILE", help="zhiwen backup 备份的文件", show_default=False)]) -> None:
    """恢复到一个空的地方（SQLite 或 PostgreSQL 都可以）；已有数据的地方不会动。"""
    with _engine() as (settings, engine), _progress("恢复") as show:
        try:
            put_back = archive.restore(engine, settings.home, path, show)
        except BackupError as error:
            raise UserError(str(error)) from error
    output().print(_RESTORED.format(tables=len(put_back.tables), rows=put_back.rows, files=put_back.files), markup=False, soft_wrap=True)


@contextmanager
def _engine() -> Iterator[tuple[Settings, Engine]]:
    """The database as it is: neither command may bring its tables up to date first."""
    settings = Settings()
    log.configure(settings.home / "logs", console=False)
    engine = create_database_engine(settings.database_url)
    try:
        yield settings, engine
    except (SQLAlchemyError, CommandError) as error:
        raise UserError(_FAILED.format(error=type(error).__name__), status=1) from error
    finally:
        engine.dispose()


@contextmanager
def _progress(what: str) -> Iterator[archive.Progress]:
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=output(), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda name, position, total: bar.update(task, description=f"{what} {name}", completed=position, total=total)
