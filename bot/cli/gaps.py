"""`zhiwen gaps`: what graduates asked in vain, grouped by meaning."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table
from sqlalchemy.orm import Session, sessionmaker

from bot.cli.console import output
from bot.cli.store import opened
from core.clock import CHINA, Clock
from knowledge.search.encoder import default_encoder
from knowledge.upkeep.asked import KEPT_DAYS, refused_since
from knowledge.upkeep.gaps import Gap, gaps
from knowledge.upkeep.texts import GAP_REASONS

_NONE = "近 {days} 天没有答不上来的问题。"


def list_gaps(
    days: Annotated[int, typer.Option(min=1, max=KEPT_DAYS, help="看最近多少天")] = 30,
    most: Annotated[int, typer.Option(min=1, help="最多列几组")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """列出毕业生问了、知识库答不上来的问题，意思相近的归在一起，问得最多的在前。"""
    with opened() as (settings, sessions):
        found = _gaps(sessions, Clock(settings.today), days)[:most]
    if as_json:
        typer.echo(json.dumps([_record(gap) for gap in found], ensure_ascii=False, indent=2))
    elif not found:
        output().print(_NONE.format(days=days))
    else:
        _print(found)


def _gaps(sessions: sessionmaker[Session], clock: Clock, days: int) -> list[Gap]:
    with sessions() as session:
        asked = refused_since(session, clock, days)
        return gaps(asked, default_encoder()) if asked else []


def _record(gap: Gap) -> dict[str, object]:
    return {**asdict(gap), "last_asked": gap.last_asked.isoformat()}


def _print(found: list[Gap]) -> None:
    table = Table("次数", "问题", "其他问法", "原因", "最近一次")
    for gap in found:
        reasons = "、".join(f"{GAP_REASONS.get(reason, reason)} {count}" for reason, count in gap.reasons.items())
        last = gap.last_asked.astimezone(CHINA).strftime("%Y-%m-%d")
        table.add_row(str(gap.count), escape(gap.question), escape("；".join(gap.wordings)), reasons, last)
    output().print(table)
