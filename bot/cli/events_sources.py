"""`zhiwen events sources`: where events come from, and whose clean ones pass by themselves."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli import postings_texts
from bot.cli.console import UserError, output
from bot.cli.store import opened
from core.clock import Clock
from knowledge.events.sources import set_trust
from knowledge.events.sources import sources as all_sources

sources = typer.Typer(help="活动的来源：列表、设为可信、取消可信。", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="来源的名字", show_default=False)]
_LONGEST = 100
_HEADINGS = ("来源", "可信", "活动", "已发布", "待审")
_SET = {True: "来源“{name}”设为可信；{count} 场等待中的活动已发布", False: "来源“{name}”不再可信；{count} 场自动发布的活动撤回待审"}


@sources.command("list")
def list_sources() -> None:
    """列出来源、是否可信、各有多少活动。"""
    table = Table(*_HEADINGS)
    with opened() as (_, sessions):
        for source in all_sources(sessions):
            counts = (str(count) for count in (source.events, source.published, source.waiting))
            table.add_row(escape(source.name), postings_texts.TRUST[source.trusted], *counts)
    output().print(table)


@sources.command("trust")
def trust(name: Name) -> None:
    """设为可信：筛查没有问题的活动自动发布，已在等待的也一并发布。"""
    _set(name, trusted=True)


@sources.command("distrust")
def distrust(name: Name) -> None:
    """取消可信：以后的活动都等人审核，自动发布过、没有人看过的也撤回待审。"""
    _set(name, trusted=False)


def _set(name: str, *, trusted: bool) -> None:
    name = name.strip()
    if not name or len(name) > _LONGEST:
        raise UserError(postings_texts.BAD_SOURCE)
    with opened() as (settings, sessions):
        changed = set_trust(sessions, Clock(settings.today), name, trusted=trusted)
    output().print(_SET[trusted].format(name=name, count=changed), markup=False, soft_wrap=True)
