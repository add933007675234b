"""`zhiwen announcements`: what counsellors tell everybody in the chat, until a day."""

from __future__ import annotations

import getpass
from datetime import date, datetime
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli.console import UserError, output
from bot.cli.store import opened
from core.clock import Clock
from desk.announcements import LONGEST, Announcements, Kind
from desk.errors import AnnouncementRefused
from desk.push_models import Announcement

announcements = typer.Typer(help="对话里的通知和求职预警。", no_args_is_help=True)

_KINDS: dict[Kind, str] = {"announcement": "通知", "alert": "求职预警"}
_REFUSED = f"没有发布：内容要有 1 到 {LONGEST} 个字，截止日期不能早于今天和开始日期"


@announcements.command("add")
def add(
    text: Annotated[str, typer.Argument(help="内容", show_default=False)],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="最后显示的一天，如 2026-12-31")],
    begins: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="从哪一天开始显示，默认今天")] = None,
    alert: Annotated[bool, typer.Option("--alert", help="是求职预警：有人问起招聘陷阱时也会再次显示")] = False,
    by: Annotated[str, typer.Option(help="发布人，默认当前系统用户")] = "",
) -> None:
    """发布一条通知或预警，到期自动不再显示。"""
    with opened() as (settings, sessions):
        service = Announcements(sessions, Clock(settings.today))
        try:
            row = service.add(
                text,
                "alert" if alert else "announcement",
                until=until.date(),
                by=by or getpass.getuser(),
                begins=begins.date() if begins else None,
            )
        except AnnouncementRefused as error:
            raise UserError(_REFUSED) from error
    output().print(f"已发布第 {row.id} 条{_KINDS['alert' if alert else 'announcement']}，显示到 {row.valid_until}")


@announcements.command("list")
def list_all(every: Annotated[bool, typer.Option("--all", help="也列出已经结束的")] = False) -> None:
    """列出正在显示的；加 --all 列出全部。"""
    with opened() as (settings, sessions):
        clock = Clock(settings.today)
        service = Announcements(sessions, clock)
        rows = service.all() if every else service.in_force()
    if not rows:
        output().print("没有通知")
        return
    table = Table("编号", "种类", "从", "到", "状态", "发布人", "内容")
    for row in rows:
        kind = _KINDS["alert" if row.kind == "alert" else "announcement"]
        table.add_row(str(row.id), kind, str(row.valid_from), str(row.valid_until), _state(row, clock.today()), escape(row.by), escape(row.text))
    output().print(table)


@announcements.command("end")
def end(
    number: Annotated[int, typer.Argument(help="编号", show_default=False)],
    by: Annotated[str, typer.Option(help="结束人，默认当前系统用户")] = "",
) -> None:
    """马上结束一条，不再显示。"""
    with opened() as (settings, sessions):
        row = Announcements(sessions, Clock(settings.today)).end(number, by or getpass.getuser())
    if row is None:
        raise UserError(f"没有编号为 {number} 的通知；运行 zhiwen announcements list --all 查看")
    output().print(f"第 {number} 条已结束")


def _state(row: Announcement, today: date) -> str:
    if row.ended_at is not None:
        return "已结束"
    if row.valid_from > today:
        return "还没开始"
    return "显示中" if row.valid_until >= today else "已到期"
