"""`zhiwen employers`: the ledger of employers, visits and needs."""

from __future__ import annotations

import getpass
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.progress import track
from rich.table import Column, Table

from bot.cli import employers_texts as texts
from bot.cli.console import UserError, existing, named, output
from bot.cli.postings_review_texts import CHECK_OUTCOMES
from bot.cli.store import opened
from core.clock import CHINA, Clock
from core.settings import Settings
from knowledge.employers.csv_files import level_named, read_table, take_table, write_table
from knowledge.employers.ledger import Ledger
from knowledge.employers.record import NeedRecord, Targets, Trace, VisitRecord, VisitReport
from knowledge.employers.report import visit_report
from knowledge.employers.texts import LEVELS, OUTCOMES
from knowledge.errors import DocumentRefused, LedgerRefused, ReviewRefused
from knowledge.ingest.gathering import read_bytes
from knowledge.postings.review import Review
from knowledge.postings.review_texts import CHECKS, STATUSES

employers = typer.Typer(help="用人单位台账：单位、走访、需求。", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="单位名称（或其中一部分）、统一社会信用代码", show_default=False)]
By = Annotated[str, typer.Option(help="登记人，默认是当前用户名")]
Note = Annotated[str, typer.Option(help="备注")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]


@employers.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV：单位、走访、需求、需求对应的岗位或人选，按表头识别", show_default=False)],
    by: By = "",
) -> None:
    """导入单位、走访、需求、需求对应的岗位或人选；重复导入不会重复登记。"""
    existing(file)
    counts: Counter[str] = Counter()
    with _ledger() as ledger:
        table = read_table(file.name, read_bytes(file, file.name))
        results = take_table(ledger, table, by or getpass.getuser())
        refused = []
        for result in track(results, total=len(table.rows), console=output(), transient=True, description=texts.PARTS[table.part]):
            counts[result.result] += 1
            if result.result == "refused":
                refused.append(texts.REFUSED.format(line=result.line, name=result.name, reason=result.reason))
    for line in refused:
        output().print(line, markup=False, soft_wrap=True, style="red")
    kinds = ("new", "updated", "unchanged", "refused")
    output().print(texts.TAKEN.format(part=texts.PARTS[table.part], **{kind: counts[kind] for kind in kinds}))


@employers.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="写到哪个 CSV 文件", show_default=False)],
    part: Annotated[str, typer.Option(help="导出哪部分：employers、visits、needs、links、candidates")] = "employers",
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件")] = False,
) -> None:
    """导出为 CSV；原样导回不会有任何变化。"""
    chosen = named(part, texts.PARTS, texts.UNKNOWN_PART)
    if file.exists() and not force:
        raise UserError(texts.EXISTS.format(file=file))
    with opened() as (_, sessions):
        text = "".join(write_table(sessions, chosen))
    try:
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise UserError(texts.CANNOT_WRITE.format(file=file, error=error.strerror)) from error
    output().print(texts.WRITTEN.format(file=file), soft_wrap=True)


@employers.command("list")
def list_employers(
    words: Annotated[str, typer.Argument(help="名称里的字")] = "",
    most: Annotated[int, typer.Option(min=1, help="最多列几家")] = 100,
    as_json: AsJson = False,
) -> None:
    """列出单位和它的走访、需求、岗位数。"""
    with _ledger() as ledger:
        found = ledger.employers(words, limit=most)
    if as_json:
        typer.echo(json.dumps([_plain(asdict(one)) for one in found], ensure_ascii=False, indent=2))
        return
    if not found:
        output().print(texts.NONE)
        return
    table = Table("编号", Column("单位", ratio=3), "性质", "城市", "信用代码", "走访", "最近走访", "需求", "岗位")
    for one in found:
        last = one.last_visit.isoformat() if one.last_visit else ""
        record = one.record
        cells = [str(one.id), record.name, record.type, record.city, record.credit_code, str(one.visits), last, str(one.needs), str(one.postings)]
        table.add_row(*map(escape, cells))
    output().print(table)


@employers.command("check")
def check(
    employer: Name,
    what: Annotated[str, typer.Option(help="核查了什么：" + "、".join(CHECKS.values()))] = "",
    outcome: Annotated[str, typer.Option(help="结果：" + "、".join(CHECK_OUTCOMES.values()))] = "没有问题",
    note: Note = "",
    by: By = "",
) -> None:
    """看一家单位的核查情况；写了 --what 则先登记一次人工核查。"""
    with opened() as (settings, sessions):
        clock = Clock(settings.today)
        try:
            ledger = Ledger(sessions, clock)
            if what:
                chosen, how = named(what, CHECKS, texts.UNKNOWN_CHECK), named(outcome, CHECK_OUTCOMES, texts.UNKNOWN_CHECK_OUTCOME)
                Review(sessions, clock).record_check(ledger.checked(employer).id, chosen, how, by or getpass.getuser(), note)
            found = ledger.checked(employer)
        except (LedgerRefused, ReviewRefused) as error:
            raise UserError(str(error)) from error
    output().print(texts.CHECKED_EMPLOYER.format(name=found.name, id=found.id), markup=False, soft_wrap=True)
    for one in (*found.own, *found.by_people):
        who = {"by": one.by or texts.BY_SYSTEM, "at": f" {datetime.fromisoformat(one.at).astimezone(CHINA).date()}" if one.at else ""}
        line = texts.CHECK.format(what=CHECKS.get(one.what, one.what), outcome=CHECK_OUTCOMES[one.outcome], note=one.note, **who)
        output().print(line, markup=False, soft_wrap=True)


@employers.command("visit")
def visit(
    employer: Name,
    visitor: Annotated[str, typer.Option(help="谁去走访", show_default=False)],
    on: Annotated[str, typer.Option(help="哪天，默认今天")] = "",
    level: Annotated[str, typer.Option(help="走访人层级：校正职、校领导、院系、其他")] = "",
    college: Annotated[str, typer.Option(help="院系")] = "",
    new: Annotated[bool | None, typer.Option("--new/--known", help="新开拓的还是原有的单位，不写则看此前有没有走访")] = None,
    posts: Annotated[int, typer.Option(min=0, help="新增岗位数")] = 0,
    note: Note = "",
    by: By = "",
) -> None:
    """登记一次走访。"""
    with _ledger() as ledger:
        day = _day(on) or _today()
        record = VisitRecord(employer, day, visitor, level_named(level), college, new, posts, note)
        number, change = ledger.record_visit(record, by or getpass.getuser())
    output().print(texts.VISIT[change].format(id=number))


@employers.command("need")
def need(
    employer: Name,
    post: Annotated[str, typer.Option(help="要招的岗位", show_default=False)],
    headcount: Annotated[int | None, typer.Option(min=0, help="人数")] = None,
    majors: Annotated[str, typer.Option(help="专业要求")] = "",
    degree: Annotated[str, typer.Option(help="学历要求")] = "",
    until: Annotated[str, typer.Option(help="最晚哪天要人")] = "",
    note: Note = "",
    by: By = "",
) -> None:
    """登记单位的一项用人需求。"""
    with _ledger() as ledger:
        record = NeedRecord(employer, post, headcount, majors, degree, _day(until), note)
        number, change = ledger.record_need(record, by or getpass.getuser())
    output().print(texts.NEED[change].format(id=number))


@employers.command("link")
def link(
    need_id: Annotated[int, typer.Argument(help="需求编号", show_default=False)],
    posting_id: Annotated[int, typer.Argument(help="岗位编号", show_default=False)],
    by: By = "",
) -> None:
    """把岗位对应到需求。"""
    with _ledger() as ledger:
        change = ledger.link(need_id, posting_id, by or getpass.getuser())
    output().print(texts.LINKED[change].format(need=need_id, posting=posting_id))


@employers.command("candidate")
def candidate(
    need_id: Annotated[int, typer.Argument(help="需求编号", show_default=False)],
    reference: Annotated[str, typer.Argument(help="人选代号：学校自编，不写姓名和证件号", show_default=False)],
    outcome: Annotated[str, typer.Argument(help="结果：" + "、".join(OUTCOMES.values()), show_default=False)],
    posting: Annotated[int | None, typer.Option(help="通过哪个岗位")] = None,
    note: Note = "",
    by: By = "",
) -> None:
    """登记人选的进展；只追加，不改旧记录。"""
    with _ledger() as ledger:
        said = ledger.record_candidate(
            need_id, reference, named(outcome, OUTCOMES, texts.UNKNOWN_OUTCOME), by or getpass.getuser(), posting_id=posting, note=note
        )
    output().print(texts.CANDIDATE.format(need=need_id, reference=said.reference, outcome=OUTCOMES[said.outcome]), markup=False)


@employers.command("needs")
def needs(
    employer: Annotated[str, typer.Argument(help="单位名称，不写则列全部")] = "",
    most: Annotated[int, typer.Option(min=1, help="最多列几项")] = 100,
    as_json: AsJson = False,
) -> None:
    """列出需求，以及对应的岗位和人选。"""
    with _ledger() as ledger:
        found = ledger.needs(employer, limit=most)
    if as_json:
        typer.echo(json.dumps([_plain({**asdict(one), "signed": one.signed}) for one in found], ensure_ascii=False, indent=2))
    elif not found:
        output().print(texts.NO_NEEDS)
    else:
        _print_needs(found)


@employers.command("report")
def report(
    start: Annotated[str, typer.Option("--from", help="从哪天起，默认今年1月1日")] = "",
    end: Annotated[str, typer.Option("--to", help="到哪天，默认今天")] = "",
    principal: Annotated[int, typer.Option(min=0, help="目标：书记、校长走访单位数")] = Targets.principal_visited,
    school_new: Annotated[int, typer.Option(min=0, help="目标：校领导班子新开拓单位数")] = Targets.school_new,
    college: Annotated[int, typer.Option(min=0, help="目标：院系人均走访单位数")] = Targets.college_average,
    as_json: AsJson = False,
) -> None:
    """访企拓岗统计：每人走访的不同单位数、新单位数、岗位数，对照目标，写明口径。"""
    today = _today()
    first, last = _day(start) or date(today.year, 1, 1), _day(end) or today
    if first > last:
        raise UserError(texts.DAYS_CROSSED)
    with opened() as (_, sessions):
        found = visit_report(sessions, first, last, Targets(principal, school_new, college))
    if as_json:
        goals = [{**asdict(goal), "met": goal.met} for goal in found.goals]
        typer.echo(json.dumps(_plain({**asdict(found), "goals": goals}), ensure_ascii=False, indent=2))
    else:
        _print_report(found)


@contextmanager
def _ledger() -> Iterator[Ledger]:
    """The ledger; what it refuses is told in one line."""
    with opened() as (settings, sessions):
        try:
            yield Ledger(sessions, Clock(settings.today))
        except (LedgerRefused, DocumentRefused) as error:
            raise UserError(str(error)) from error


def _print_needs(found: list[Trace]) -> None:
    table = Table(
        "编号", Column("单位", ratio=2), Column("岗位", ratio=2), "人数", "专业、学历", "截止", Column("对应岗位", ratio=2), Column("人选", ratio=2)
    )
    for one in found:
        asked = one.need
        postings = "\n".join(f"{posting.id} {posting.title}（{STATUSES.get(posting.status, posting.status)}）" for posting in one.postings)  # type: ignore[call-overload]
        candidates = "\n".join(f"{said.reference} {OUTCOMES[said.outcome]}" for said in one.candidates)
        cells = [
            str(one.need_id),
            asked.employer,
            asked.post,
            "" if asked.headcount is None else str(asked.headcount),
            "、".join(filter(None, (asked.majors, asked.degree))),
            asked.needed_by.isoformat() if asked.needed_by else "",
            postings,
            candidates,
        ]
        table.add_row(*map(escape, cells))
    output().print(table)


def _print_report(found: VisitReport) -> None:
    console = output()
    console.print(texts.PERIOD.format(start=found.start.isoformat(), end=found.end.isoformat()))
    table = Table("走访人", "层级", "院系", "单位数", "其中新单位", "岗位数")
    for one in found.people:
        table.add_row(*map(escape, (one.visitor, LEVELS[one.level], one.college, str(one.employers), str(one.new), str(one.posts))))
    console.print(table)
    console.print(texts.TOTAL.format(employers=found.employers, new=found.new, posts=found.posts))
    for goal in found.goals:
        reached = f"{goal.reached:.1f}".removesuffix(".0")
        console.print(texts.GOAL.format(name=goal.name, reached=reached, target=goal.target, state=texts.MET if goal.met else texts.UNMET))
        console.print(texts.DEFINITION.format(text=goal.definition), style="dim", soft_wrap=True)
    for definition in found.definitions:
        console.print(texts.DEFINITION.format(text=definition), style="dim", soft_wrap=True)


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise UserError(texts.BAD_DAY.format(text=text)) from error


def _today() -> date:
    return Clock(Settings().today).today()


def _plain(value: Any) -> Any:
    """Days and times as ISO text, whatever they stand in."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
