"""`zhiwen pack list`, `check` and `show`: the built-in knowledge and what the school has put over it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from bot.cli.console import UserError, complain, output
from core.clock import Clock
from core.settings import Settings
from knowledge.answers.refusing import pack_text
from knowledge.pack.hotlines import load_hotlines
from knowledge.pack.overrides import FOLDER, Overrides, load_overrides
from knowledge.pack.schema import PackEntry, load_entries
from knowledge.pack.topics import TOPICS
from knowledge.pack.validate import problems_of

_BUILT_IN = "内置"
_REPLACES = "{file} 替换"
_ADDS = "{file} 新增"
_RETIRES = "{file} 停用"
_SUMMARY = "共 {total} 条在用；本校替换 {replaced} 条，新增 {added} 条，停用 {retired} 条"
_SOUND = "内置 {built_in} 条和本校 {own} 条都没有问题。"
_FAULTY = "有 {count} 处问题，见上；有问题的文件整个不起作用"
_FOLDER_NOTE = "本校文件放在 {folder}"
_UNKNOWN = "没有编号为 {id} 的条目：zhiwen pack list 可以列出全部"
_RETIRED = "{id} 已由 {file} 停用，不再回答。内置的原文是："

pack = typer.Typer(help="内置知识和本校的补充。", no_args_is_help=True)


@pack.command("list")
def list_entries(
    own: Annotated[bool, typer.Option("--own", help="只列本校替换、新增和停用的")] = False,
) -> None:
    """列出条目：哪些是内置的，哪些被本校的哪个文件替换、新增或停用。"""
    settings = Settings()
    built_in, overrides = load_entries(), _overrides(settings)
    known = {entry.id for entry in built_in}
    rows = {entry.id: entry for entry in (*overrides.applied_to(built_in), *(entry for entry in built_in if entry.id in overrides.retired))}
    table = Table("编号", "标题", "主题", "地区", "核对于", "来源")
    for entry in rows.values():
        if entry.id in overrides.origins or not own:
            topic = TOPICS.get(entry.topic, entry.topic)
            table.add_row(entry.id, escape(entry.title), topic, entry.region, entry.checked_on, escape(_origin(entry.id, known, overrides)))
    console = output()
    console.print(table)
    replaced = sum(entry.id in known for entry in overrides.entries)
    retired = len(overrides.retired & known)
    console.print(
        _SUMMARY.format(total=len(rows) - retired, replaced=replaced, added=len(overrides.entries) - replaced, retired=retired), soft_wrap=True
    )
    console.print(_FOLDER_NOTE.format(folder=settings.home / FOLDER), soft_wrap=True)
    _say_problems(overrides.problems)


@pack.command("check")
def check() -> None:
    """检查内置条目和本校文件，逐处说明文件、条目和字段。"""
    settings = Settings()
    built_in, overrides = load_entries(), _overrides(settings)
    problems = (*problems_of(built_in, load_hotlines(), Clock(settings.today).today()), *overrides.problems)
    _say_problems(problems)
    if problems:
        raise UserError(_FAULTY.format(count=len(problems)))
    output().print(_SOUND.format(built_in=len(built_in), own=len(overrides.entries)))


@pack.command("show")
def show(
    entry_id: Annotated[str, typer.Argument(metavar="ID", help="条目编号，如 archive-01", show_default=False)],
) -> None:
    """显示一个条目现在怎样回答；被本校替换的，也显示内置的原文。"""
    built_in, overrides = {entry.id: entry for entry in load_entries()}, _overrides(Settings())
    own = next((entry for entry in overrides.entries if entry.id == entry_id), None)
    original = built_in.get(entry_id)
    if own is None and original is None:
        raise UserError(_UNKNOWN.format(id=entry_id))
    if entry_id in overrides.retired:
        output().print(_RETIRED.format(id=entry_id, file=overrides.origins[entry_id]), markup=False)
    for entry in (own, original):
        if entry is not None:
            _print_entry(entry, _origin(entry.id, set(built_in), overrides) if entry is own else _BUILT_IN)


def _overrides(settings: Settings) -> Overrides:
    return load_overrides(settings.home, Clock(settings.today).today())


def _origin(entry_id: str, known: set[str], overrides: Overrides) -> str:
    file = overrides.origins.get(entry_id)
    if file is None:
        return _BUILT_IN
    wording = _RETIRES if entry_id in overrides.retired else _REPLACES if entry_id in known else _ADDS
    return wording.format(file=file)


def _print_entry(entry: PackEntry, origin: str) -> None:
    console = output()
    console.print(f"{entry.id}  {entry.title}（{origin}）", markup=False, style="bold")
    console.print(pack_text(entry), markup=False, soft_wrap=True)
    console.print()


def _say_problems(problems: tuple[str, ...]) -> None:
    for problem in problems:
        complain(problem)
