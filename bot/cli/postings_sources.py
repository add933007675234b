"""`zhiwen postings sources`: where postings come from, and whose clean ones pass by themselves."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli import postings_texts as texts
from bot.cli.console import UserError, output
from bot.cli.store import opened
from core.clock import CHINA, Clock
from knowledge.postings.columns import FIELD_NAMES
from knowledge.postings.sources import set_trust
from knowledge.postings.sources import sources as all_sources

sources = typer.Typer(help="岗位的来源：列表、设为可信、取消可信。", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="来源的名字", show_default=False)]
_LONGEST = 100


@sources.command("list")
def list_sources() -> None:
    """列出来源、是否可信、各有多少岗位、记住的列名。"""
    table = Table(*texts.SOURCE_HEADINGS)
    with opened() as (_, sessions):
        for source in all_sources(sessions):
            seen = f"{source.seen_at.astimezone(CHINA):%Y-%m-%d %H:%M}" if source.seen_at else ""
            columns = "，".join(f"{column}＝{FIELD_NAMES.get(field, field)}" for column, field in source.columns.items())
            counts = (str(count) for count in (source.postings, source.published, source.waiting))
            table.add_row(escape(source.name), texts.TRUST[source.trusted], *counts, seen, escape(columns))
    output().print(table)


@sources.command("trust")
def trust(name: Name) -> None:
    """设为可信：筛查没有问题的岗位自动发布，已在等待的也一并发布。"""
    _set(name, trusted=True)


@sources.command("distrust")
def distrust(name: Name) -> None:
    """取消可信：以后的岗位都等人审核，自动发布过、没有人看过的也撤回待审。"""
    _set(name, trusted=False)


def _set(name: str, *, trusted: bool) -> None:
    name = name.strip()
    if not name or len(name) > _LONGEST:
        raise UserError(texts.BAD_SOURCE)
    with opened() as (settings, sessions):
        changed = set_trust(sessions, Clock(settings.today), name, trusted=trusted)
    said = texts.TRUSTED if trusted else texts.DISTRUSTED
    output().print(said.format(name=name, count=changed), markup=False, soft_wrap=True)
