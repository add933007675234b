"""`zhiwen postings`: openings come in from files; whose rows pass by themselves."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from bot.cli import postings_texts as texts
from bot.cli.console import UserError, output
from bot.cli.postings_review import review
from bot.cli.postings_sources import sources
from bot.cli.store import opened
from core.clock import Clock
from knowledge.errors import DocumentRefused
from knowledge.origins import unnamed_source
from knowledge.postings.columns import FIELD_NAMES, UnknownField, field_named
from knowledge.postings.importing import ImportOptions, PostingImporter
from knowledge.postings.report import Report, Summary, place, written_report
from knowledge.postings.texts import RESULTS

postings = typer.Typer(help="岗位：导入、来源。", no_args_is_help=True)
postings.add_typer(sources, name="sources")
postings.add_typer(review)
_STYLES = {"refused": "red", "held": "magenta", "waiting": "yellow"}
_MOST_SHOWN = 50


@postings.command("import")
def import_postings(
    file: Annotated[Path, typer.Argument(help="CSV、XLSX 或 JSON 文件", show_default=False)],
    source: Annotated[str, typer.Option(help="来源的名字，用于没有写来源的行；不写则记作“学校导入（文件名）”，毕业生只看到“学校导入”")] = "",
    columns: Annotated[list[str] | None, typer.Option("--map", help="列名=字段，例如 岗位=职位名称；会记住，下次同一来源不用再写")] = None,
    untrusted: Annotated[bool, typer.Option("--untrusted", help="来源还不可信：全部等人审核")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样处理，什么都不写")] = False,
    report: Annotated[Path | None, typer.Option(help="把每一行的处理结果存成 CSV", show_default=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 输出结果")] = False,
) -> None:
    """导入岗位；可以反复导入，同一行不会重复；中断后再运行一次就接着导入。"""
    options = ImportOptions(source.strip()[:100] or unnamed_source(file.stem), _columns(columns or []), not untrusted)
    summary = Summary()
    with opened() as (settings, sessions), ExitStack() as stack:
        importer = PostingImporter(sessions, Clock(settings.today))
        try:
            written = _opened_report(stack, report)
            progress = stack.enter_context(_progress())
            task = progress.add_task(texts.CHECKING if dry_run else texts.IMPORTING, total=1.0, rows="")
            for outcome in importer.rehearse(file, options) if dry_run else importer.take(file, options):
                summary.add(outcome)
                if written:
                    written.add(outcome)
                progress.update(task, completed=outcome.done, rows=texts.ROWS.format(count=summary.total))
        except DocumentRefused as error:
            raise UserError(str(error)) from error
        except SQLAlchemyError as error:
            raise UserError(texts.STORE_FAILED.format(name=file.name, count=summary.total, error=type(error).__name__), status=1) from error
    _tell(summary, as_json=as_json, dry_run=dry_run)
    if summary.total and summary.counts["refused"] == summary.total:
        raise UserError(texts.NONE_TAKEN.format(name=file.name))


def _columns(written: list[str]) -> dict[str, str]:
    mapping: dict[str, str] = {}
    for text in written:
        column, sign, field = text.rpartition("=")
        if not sign or not column.strip():
            raise UserError(texts.BAD_MAP.format(text=text))
        try:
            mapping[column.strip()] = field_named(field) if field.strip() else ""
        except UnknownField as error:
            raise UserError(texts.UNKNOWN_FIELD.format(name=error, known="、".join(FIELD_NAMES.values()))) from error
    return mapping


def _opened_report(stack: ExitStack, path: Path | None) -> Report | None:
    try:
        return stack.enter_context(written_report(path)) if path else None
    except OSError as error:
        raise UserError(texts.NO_REPORT.format(path=path, error=error.strerror)) from error


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn(), TextColumn("{task.fields[rows]}"))
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _tell(summary: Summary, *, as_json: bool, dry_run: bool) -> None:
    console = output()
    if as_json:
        typer.echo(json.dumps(summary.as_dict(), ensure_ascii=False))
        return
    for outcome in summary.remarkable[:_MOST_SHOWN]:
        named = "，".join(part for part in (outcome.external_id, outcome.title, outcome.employer) if part)
        style = _STYLES[outcome.result]
        line = f"[{style}]{RESULTS[outcome.result]}[/{style}] {place(outcome)}（{escape(named)}）：{escape('；'.join(outcome.reasons))}"
        console.print(line, soft_wrap=True)
    beyond = max(0, len(summary.remarkable) - _MOST_SHOWN) + summary.unseen
    if beyond:
        console.print(texts.MORE_ROWS.format(count=beyond))
    table = Table(texts.RESULT, texts.COUNT)
    for result, name in RESULTS.items():
        if summary.counts[result]:
            table.add_row(name, str(summary.counts[result]))
    console.print(table)
    console.print((texts.REHEARSED if dry_run else texts.DONE).format(count=summary.total))
