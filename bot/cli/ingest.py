"""`zhiwen ingest`: files, folders and archives into the knowledge, or with --dry-run only what would be found in them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from bot.cli import embed
from bot.cli.console import UserError, output
from bot.cli.store import opened
from core.clock import Clock
from core.settings import Settings
from knowledge.errors import DocumentRefused, EncoderUnavailable
from knowledge.ingest.gathering import Found, Gathered, gather, read_bytes
from knowledge.ingest.importing import DAMAGE_NAMES, Importer, ImportOutcome
from knowledge.ingest.isolation import IsolatedReader
from knowledge.ingest.parsing import ParsedDocument, parse_document
from knowledge.ingest.structure import Clause
from knowledge.search.encoders import document_encoder

_MARKS = {"new": "[green]新增[/green]", "new_version": "[green]新版本[/green]", "unchanged": "[dim]未变[/dim]", "refused": "[red]未收[/red]"}
_NAMES = {"new": "新增", "new_version": "新版本", "unchanged": "未变", "refused": "未收"}
_STORE_FAILED = "数据库写不进去，这一份没有导入：{name}（{error}）。请运行 zhiwen doctor 查看原因"
_NOTHING = "{paths}：没有找到能读的文件（TXT、DOCX、PDF、XLSX、CSV、HTML、Markdown、图片或 ZIP）"
_FIRST_WORDS = 36
_MOST_LISTED = 20


def ingest(
    paths: Annotated[
        list[Path], typer.Argument(help="文件、文件夹或 ZIP 压缩包（TXT、DOCX、PDF、XLSX、CSV、HTML、Markdown、图片）", show_default=False)
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看能读出哪些条款，什么都不写进知识库")] = False,
) -> None:
    """把政策文件收进知识库；服务不用重启，同一份文件再导入不会重复。"""
    reader = IsolatedReader()
    try:
        with TemporaryDirectory(prefix="zhiwen-") as workplace:
            gathered = _gather(paths, reader, Path(workplace))
            if dry_run:
                _preview(gathered, reader)
            else:
                _import(gathered, reader)
    finally:
        reader.close()


def _gather(paths: list[Path], reader: IsolatedReader, workplace: Path) -> Gathered:
    try:
        gathered = gather(paths, reader, workplace)
    except DocumentRefused as error:
        raise UserError(str(error)) from error
    if not gathered.files and not gathered.refused:
        _tell_skipped(gathered)
        raise UserError(_NOTHING.format(paths="、".join(map(str, paths))))
    return gathered


# Import


def _import(gathered: Gathered, reader: IsolatedReader) -> None:
    with opened() as (settings, sessions):
        outcomes = _take_all(Importer(sessions, Clock(settings.today), None, reader), gathered)
        waiting = _embed(settings, sessions)
    if waiting:
        output().print(waiting, style="yellow", soft_wrap=True)
    _summarise(outcomes, gathered)


def _embed(settings: Settings, sessions: sessionmaker[Session]) -> str:
    """Compute the vectors of what came in; what to say if that must wait. The documents are found by their words meanwhile."""
    try:
        embed.show(sessions, document_encoder(settings))
    except EncoderUnavailable as error:
        return embed.STOPPED.format(reason=error)
    return ""


def _take_all(importer: Importer, gathered: Gathered) -> list[ImportOutcome]:
    outcomes: list[ImportOutcome] = []
    names = [*(name for name, _ in gathered.refused), *(found.name for found in gathered.files)]
    try:
        with _progress() as progress:
            task = progress.add_task("导入", total=len(names), name="")
            for outcome in importer.take_all(gathered):
                outcomes.append(outcome)
                progress.update(task, advance=1, name=escape(names[min(len(outcomes), len(names) - 1)][-40:]))
    except SQLAlchemyError as error:
        raise UserError(_STORE_FAILED.format(name=names[min(len(outcomes), len(names) - 1)], error=type(error).__name__), status=1) from error
    return outcomes


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[name]}"))
    return Progress(*columns, console=output(), transient=True)


def _summarise(outcomes: list[ImportOutcome], gathered: Gathered) -> None:
    console = output()
    for outcome in outcomes:
        console.print(f"{_MARKS[outcome.result]} {escape(outcome.source)}：{escape(outcome.detail)}", soft_wrap=True)
        if outcome.damaged_clauses:
            console.print(f"     其中 {outcome.damaged_clauses} 条原文有缺损，引用时会提醒", style="yellow")
        for note in outcome.notes:
            console.print(f"     {escape(note)}", style="yellow", soft_wrap=True)
    _tell_skipped(gathered)
    counts = Counter(outcome.result for outcome in outcomes)
    if len(outcomes) > 1:
        console.print(_table(outcomes, gathered))
    console.print(
        f"共 {len(outcomes)} 份：新增 {counts['new']}，新版本 {counts['new_version']}，未变 {counts['unchanged']}，未收 {counts['refused']}"
        + (f"，跳过 {len(gathered.skipped)}" if gathered.skipped else "")
    )
    if counts["refused"]:
        raise UserError(f"有 {counts['refused']} 份没有收进来，原因见上；其余已经生效")


def _table(outcomes: list[ImportOutcome], gathered: Gathered) -> Table:
    table = Table("结果", "份数", "条款", "有缺损的条款")
    for result, name in _NAMES.items():
        own = [outcome for outcome in outcomes if outcome.result == result]
        if own:
            table.add_row(name, str(len(own)), str(sum(o.clauses for o in own) or ""), str(sum(o.damaged_clauses for o in own) or ""))
    if gathered.skipped:
        table.add_row("跳过", str(len(gathered.skipped)), "", "")
    return table


def _tell_skipped(gathered: Gathered) -> None:
    """Files in folders and archives that no reader takes: how many of each kind, and the first by name."""
    if not gathered.skipped:
        return
    kinds = Counter(PurePath(name).suffix.lower() or "没有扩展名" for name in gathered.skipped)
    listed = "、".join(escape(name) for name in gathered.skipped[:_MOST_LISTED]) + (" 等" if len(gathered.skipped) > _MOST_LISTED else "")
    counted = "、".join(f"{escape(kind)} {count} 个" for kind, count in kinds.most_common())
    output().print(f"[dim]跳过[/dim] 不认识的文件类型（{counted}）：{listed}", soft_wrap=True)


# Preview


def _preview(gathered: Gathered, reader: IsolatedReader) -> None:
    """What would be imported; nothing is written."""
    refused = len(gathered.refused)
    for name, detail in gathered.refused:
        output().print(f"{_MARKS['refused']} {escape(name)}：{escape(detail)}", soft_wrap=True)
    for found in gathered.files:
        refused += not _preview_one(found, reader)
    _tell_skipped(gathered)
    output().print(
        f"共 {len(gathered.files) + len(gathered.refused)} 份，读得出 {len(gathered.files) + len(gathered.refused) - refused} 份；什么都没有写入"
    )
    if refused:
        raise UserError(f"有 {refused} 份读不出来，原因见上")


def _preview_one(found: Found, reader: IsolatedReader) -> bool:
    try:
        source = reader.read(found.name, read_bytes(found.path, found.name))
        parsed = parse_document(source)
    except DocumentRefused as refusal:
        output().print(f"{_MARKS['refused']} {escape(found.name)}：{escape(str(refusal))}", soft_wrap=True)
        return False
    about = "，".join(
        part for part in (parsed.doc_no, "、".join(parsed.issuers), parsed.issued_on.isoformat() if parsed.issued_on else "", parsed.region) if part
    )
    title = f"《{parsed.title}》" if parsed.title else "原文未见标题"
    output().print(
        f"[green]预览[/green] {escape(found.name)}：{escape(title)}{f'（{escape(about)}）' if about else ''}，{len(parsed.clauses)} 条",
        soft_wrap=True,
    )
    for note in source.notes:
        output().print(f"     {escape(note)}", style="yellow", soft_wrap=True)
    table = Table("条款", "小标题", "开头", "缺损")
    for clause in parsed.clauses:
        table.add_row(*(escape(text) for text in _described(parsed, clause)))
    output().print(table)
    return True


def _described(parsed: ParsedDocument, clause: Clause) -> tuple[str, str, str, str]:
    words = " ".join(parsed.text[clause.start : clause.end].split())
    first = words[:_FIRST_WORDS] + ("…" if len(words) > _FIRST_WORDS else "")
    return clause.path, " › ".join(clause.headings), first, "、".join(DAMAGE_NAMES[kind] for kind in sorted(clause.damage))
