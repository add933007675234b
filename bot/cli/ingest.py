"""`zhiwen ingest`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import track
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot import migrate
from bot.cli.console import UserError, output
from core.clock import Clock
from core.database import create_database_engine, session_factory
from core.settings import Settings
from knowledge.errors import DocumentRefused
from knowledge.ingest.importing import Importer, ImportOutcome, text_files
from knowledge.search.encoder import default_encoder

_MARKS = {"new": "[green]新增[/green]", "new_version": "[green]新版本[/green]", "unchanged": "[dim]未变[/dim]", "refused": "[red]未收[/red]"}
_STORE_FAILED = "数据库写不进去，这一份没有导入：{name}（{error}）。请运行 zhiwen doctor 查看原因"


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹（目前支持 TXT 纯文本）", show_default=False)],
) -> None:
    """把政策文件收进知识库；服务不用重启，同一份文件再导入不会重复。"""
    try:
        files = text_files(paths)
    except DocumentRefused as error:
        raise UserError(str(error)) from error
    if not files:
        raise UserError(f"{'、'.join(map(str, paths))}：没有找到 TXT 文件")
    settings = Settings()
    engine = create_database_engine(settings.database_url)
    try:
        outcomes = _take_all(engine, files, Clock(settings.today))
    finally:
        engine.dispose()
    _summarise(outcomes)


def _take_all(engine: Engine, files: list[Path], clock: Clock) -> list[ImportOutcome]:
    outcomes: list[ImportOutcome] = []
    path = files[0]
    try:
        migrate.upgrade(engine)
        importer = Importer(session_factory(engine), clock, default_encoder())
        for path in track(files, description="导入", console=output(), transient=True):
            outcomes.append(importer.take(path))
    except SQLAlchemyError as error:
        raise UserError(_STORE_FAILED.format(name=path.name, error=type(error).__name__), status=1) from error
    return outcomes


def _summarise(outcomes: list[ImportOutcome]) -> None:
    console = output()
    for outcome in outcomes:
        console.print(f"{_MARKS[outcome.result]} {escape(outcome.source)}：{escape(outcome.detail)}", soft_wrap=True)
        if outcome.damaged_clauses:
            console.print(f"     其中 {outcome.damaged_clauses} 条原文有缺损，引用时会提醒", style="yellow")
    counts = Counter(outcome.result for outcome in outcomes)
    console.print(
        f"共 {len(outcomes)} 份：新增 {counts['new']}，新版本 {counts['new_version']}，未变 {counts['unchanged']}，未收 {counts['refused']}"
    )
    if counts["refused"]:
        raise UserError(f"有 {counts['refused']} 份没有收进来，原因见上；其余已经生效")
