"""`zhiwen search`: what the documents and the built-in knowledge have on some words, and why in this order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from bot.cli.console import UserError, output
from bot.cli.store import opened
from core.clock import Clock
from knowledge.answers.judging import ANSWERABLE
from knowledge.search.pack_search import THRESHOLD, PackHit
from knowledge.search.ranking import Found, shipped_weights
from knowledge.service import open_knowledge
from knowledge.upkeep.explaining import Explained, Reason, explain

_EMPTY = "要找的词是空的，例如：zhiwen search 见习补贴 --explain"
_AGAINST = {"next": "比后一条", "previous": "比前一条", "nothing": ""}
_NOTHING = "知识库里还没有文件，用 zhiwen ingest 导入。"


def search(
    words: Annotated[str, typer.Argument(help="要找的词或问题", show_default=False)],
    explaining: Annotated[bool, typer.Option("--explain", help="说明是哪些词、怎样的相似找到的，为什么这样排")] = False,
    most: Annotated[int, typer.Option(min=1, max=10, help="最多列几条")] = 5,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """在知识库里查找，用的就是回答时的检索。"""
    if not words.strip():
        raise UserError(_EMPTY)
    with opened() as (settings, sessions):
        knowledge = open_knowledge(settings, sessions, Clock(settings.today))
        found, entries = knowledge.find(words), knowledge.built_in(words)
    explained = explain(found, shipped_weights())[:most] if found else []
    if as_json:
        typer.echo(json.dumps(_record(found, explained, entries), ensure_ascii=False, indent=2))
        return
    _print_clauses(found, explained, explaining)
    _print_entries(entries)


def _record(found: Found | None, explained: Sequence[Explained], entries: Sequence[PackHit]) -> dict[str, Any]:
    return {
        "answerable": round(found.answerable, 3) if found else 0.0,
        "clauses": [hit.record() for hit in explained],
        "built_in": [{"id": hit.entry.id, "title": hit.entry.title, "score": round(hit.score, 3)} for hit in entries],
    }


def _print_clauses(found: Found | None, explained: Sequence[Explained], explaining: bool) -> None:
    console = output()
    if found is None:
        console.print(_NOTHING)
        return
    verdict = "够用来回答" if found.answerable >= ANSWERABLE else "不够用来回答"
    console.print(f"第一条答得上的可能：{found.answerable:.2f}，{verdict}（要到 {ANSWERABLE}）")
    for number, hit in enumerate(explained, 1):
        console.print(f"{number}. 《{hit.document}》{hit.clause}  {hit.score:.2f}", style="bold", markup=False)
        console.print(f"   {hit.sentence}", markup=False)
        if explaining:
            for line in _reasons(hit):
                console.print(f"   {line}", style="dim", markup=False)


def _reasons(hit: Explained) -> list[str]:
    lines = [f"条款里有：{'、'.join(hit.words) or '（没有问题里的词）'}"]
    if hit.heading_words:
        lines.append(f"标题里有：{'、'.join(hit.heading_words)}")
    if hit.synonyms:
        lines.append("换了说法：" + "、".join(f"{word}→{other}" for word, other in hit.synonyms))
    if hit.missing:
        lines.append(f"没有出现：{'、'.join(hit.missing)}")
    lines.append(f"意思相似：{hit.similarity:.2f}")
    against = _AGAINST[hit.against]
    if hit.ahead:
        lines.append(f"{against}强在：{_told(hit.ahead)}")
    if hit.behind:
        lines.append(f"{against}弱在：{_told(hit.behind)}")
    return lines


def _told(reasons: Sequence[Reason]) -> str:
    return "，".join(f"{reason.name} {reason.points:+.2f}" for reason in reasons)


def _print_entries(entries: Sequence[PackHit]) -> None:
    console = output()
    console.print("内置知识：" + ("" if entries and entries[0].score >= THRESHOLD else f"（都不到 {THRESHOLD}，不会据此回答）"))
    for hit in entries:
        console.print(f"   {hit.score:.2f}  {hit.entry.id}  {hit.entry.title}", markup=False)
