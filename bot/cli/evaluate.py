"""`zhiwen evaluate`: a set of questions against the knowledge as it is on file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track
from rich.table import Table

from bot.cli.console import UserError, output
from bot.cli.store import opened
from core.clock import Clock
from knowledge.errors import SetInvalid
from knowledge.service import open_knowledge
from knowledge.upkeep.evaluating import Judged, read_set, shares
from knowledge.upkeep.evaluating import evaluate as judge

_NAMES = {
    "said": "答的是该说的话",
    "cited_first": "第一条引文就是所问",
    "cited_in_three": "前三条引文里有所问",
    "warned_of_damage": "说明了原文缺损",
    "refused": "答不上的没有硬答",
    "reason_named": "说对了不能答的原因",
}


def evaluate(
    sets: Annotated[list[Path], typer.Argument(metavar="SET…", help="问题集（JSONL，格式见 docs/quality.md）", show_default=False)],
    failures: Annotated[Path | None, typer.Option("--failures", help="把没通过的题写进这个文件")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """用问题集检查现在的知识库答得怎样。"""
    try:
        rows = {path: read_set(path) for path in sets}
    except SetInvalid as error:
        raise UserError(str(error)) from error
    with opened() as (settings, sessions):
        knowledge = open_knowledge(settings, sessions, Clock(settings.today))
        judged = {
            path: list(judge(knowledge, track(questions, description=path.stem, console=output(), transient=True, disable=as_json)))
            for path, questions in rows.items()
        }
    if failures is not None:
        _write(failures, [result for results in judged.values() for result in results if not result.passed])
    if as_json:
        typer.echo(json.dumps({path.stem: shares(results) for path, results in judged.items()}, ensure_ascii=False, indent=2))
        return
    for path, results in judged.items():
        _print(path.stem, results)


def _print(name: str, results: list[Judged]) -> None:
    table = Table("项目", "通过", "比例", title=f"{name}：{len(results)} 题")
    for measure, (passed, of) in shares(results).items():
        table.add_row(_NAMES[measure], f"{passed}/{of}", f"{passed / of:.3f}")
    output().print(table)


def _write(path: Path, failed: list[Judged]) -> None:
    records = [
        {
            "question": result.row.question,
            "expected": result.row.expected,
            "measures": result.measures,
            "outcome": result.given.outcome,
            "reason": result.given.reason,
            "clauses": [f"{citation.title}{citation.clause}" for citation in result.given.citations],
        }
        for result in failed
    ]
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
