"""`zhiwen events`: job fairs and talks into the calendar."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.console import UserError, existing, output
from bot.cli.events_sources import sources
from bot.cli.store import opened
from core.clock import Clock
from knowledge.errors import DocumentRefused, EventsRefused
from knowledge.events.importing import EventImporter, read_events
from knowledge.events.reading import Defaults
from knowledge.events.storing import RowOutcome
from knowledge.ingest.gathering import read_bytes
from knowledge.origins import unnamed_source

events = typer.Typer(help="招聘会、双选会、宣讲会的日历。", no_args_is_help=True)
events.add_typer(sources, name="sources")

_NAMES = {"new": "新增", "updated": "更新", "merged": "合并", "unchanged": "未变", "refused": "未收"}
_OPEN = {"waiting": ("yellow", "待审"), "held": ("magenta", "暂扣")}
_MOST_SHOWN = 50
_WAITING = "其中 {waiting} 场待审，{held} 场暂扣：毕业生看不到，请到 /desk/fairs 审核"
_MORE = "另有 {count} 场没有列出"
_STORE_FAILED = "数据库写不进去，{name} 没有导入（{error}）。请运行 zhiwen doctor 查看原因"


@events.command("import")
def import_events(
    file: Annotated[Path, typer.Argument(help="CSV、XLSX 或 iCalendar（.ics）文件", show_default=False)],
    source: Annotated[str, typer.Option(help="来源的名字；不写则记作“学校导入（文件名）”，毕业生只看到“学校导入”")] = "",
    city: Annotated[str, typer.Option(help="文件里没有写城市的活动算在哪个城市")] = "",
    untrusted: Annotated[bool, typer.Option("--untrusted", help="来源还不可信：全部等人审核")] = False,
) -> None:
    """导入活动日历；服务不用重启，同一份文件再导入不会重复。看着有问题的等人审核，审核前毕业生看不到。"""
    existing(file)
    with opened() as (settings, sessions):
        clock = Clock(settings.today)
        try:
            with _progress() as progress:
                task = progress.add_task("读取", total=None)
                rows = read_events(file.name, read_bytes(file, file.name), Defaults(city.strip().removesuffix("市")), clock.today())
                progress.update(task, description="写入", total=len(rows))
                named = source.strip()[:100] or unnamed_source(file.stem)
                outcomes = EventImporter(sessions, clock).take(named, rows, trusted=not untrusted)
        except (DocumentRefused, EventsRefused) as error:
            raise UserError(str(error)) from error
        except SQLAlchemyError as error:
            raise UserError(_STORE_FAILED.format(name=file.name, error=type(error).__name__), status=1) from error
    _report(file.name, outcomes)


def _progress() -> Progress:
    return Progress(SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), console=output(), transient=True)


def _report(name: str, outcomes: list[RowOutcome]) -> None:
    console = output()
    for outcome in outcomes:
        if outcome.result in ("refused", "merged"):
            style = "red" if outcome.result == "refused" else "dim"
            why = f"（{'；'.join(outcome.reasons)}）" if outcome.reasons else ""
            console.print(f"[{style}]{_NAMES[outcome.result]}[/{style}] 第 {outcome.line} 行：{escape(outcome.detail + why)}", soft_wrap=True)
    _report_waiting(outcomes)
    counts: Counter[str] = Counter(outcome.result for outcome in outcomes)
    console.print(f"共 {len(outcomes)} 场：" + "，".join(f"{said} {counts[result]}" for result, said in _NAMES.items()))
    standings = Counter(outcome.standing for outcome in outcomes)
    if standings["waiting"] or standings["held"]:
        console.print(_WAITING.format(waiting=standings["waiting"], held=standings["held"]), soft_wrap=True)
    if outcomes and counts["refused"] == len(outcomes):
        raise UserError(f"{name}：一场也没有收进来，原因见上")


def _report_waiting(outcomes: list[RowOutcome]) -> None:
    waiting = [outcome for outcome in outcomes if outcome.standing in _OPEN and outcome.result != "merged"]
    for outcome in waiting[:_MOST_SHOWN]:
        style, said = _OPEN[outcome.standing or ""]
        output().print(
            f"[{style}]{said}[/{style}] 第 {outcome.line} 行：{escape(outcome.detail)}：{escape('；'.join(outcome.reasons))}", soft_wrap=True
        )
    if len(waiting) > _MOST_SHOWN:
        output().print(_MORE.format(count=len(waiting) - _MOST_SHOWN))
