"""`zhiwen postings check`, and the reviewers' commands: the queue, one posting, decisions."""

from __future__ import annotations

import getpass
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Column, Table

from bot.cli import postings_review_texts as texts
from bot.cli.console import UserError, existing, named, output
from bot.cli.store import opened
from core.clock import CHINA, Clock
from knowledge.employers.checks import Check
from knowledge.errors import DocumentRefused, PostingsRefused, ReviewRefused
from knowledge.postings.checking import CheckedRow, check_file
from knowledge.postings.review import Review, Reviewed, Waiting
from knowledge.postings.review_texts import BY_RULES, CHECKS, KINDS, STATUSES
from knowledge.postings.screening import Kind
from knowledge.postings.standing import Status

review = typer.Typer(help="岗位审核。", no_args_is_help=True)

Numbers = Annotated[list[int], typer.Argument(help="岗位编号，可以多个", show_default=False)]
By = Annotated[str, typer.Option(help="处理人，默认是当前用户名")]
Reason = Annotated[str, typer.Option(help="理由")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]


@review.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="岗位文件：JSON、JSON Lines、CSV 或 XLSX", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="每行输出一个 JSON 对象")] = False,
) -> None:
    """筛查岗位里违反规定的内容，指出原话；只看，不入库。"""
    existing(file)
    try:
        if as_json:
            for row in check_file(file):
                typer.echo(json.dumps(row.as_dict(), ensure_ascii=False))
        else:
            _print_checked(check_file(file))
    except (DocumentRefused, PostingsRefused) as error:
        raise UserError(str(error)) from error


@review.command("queue")
def queue(
    kind: Annotated[str, typer.Option(help="只看有这种问题的")] = "",
    employer: Annotated[str, typer.Option(help="只看这个单位的（名称的一部分）")] = "",
    status: Annotated[str, typer.Option(help="只看这种状态的，默认待审和暂扣")] = "",
    days: Annotated[int, typer.Option(min=0, help="只看等了至少几天的")] = 0,
    most: Annotated[int, typer.Option(min=1, help="最多列几条")] = 50,
    as_json: AsJson = False,
) -> None:
    """等人处理的岗位：待审的在前，等得久的在前。"""
    chosen = _status(status)
    with opened() as (settings, sessions):
        found = Review(sessions, Clock(settings.today)).queue(
            statuses=(chosen,) if chosen else ("waiting", "held"), kind=_kind(kind), employer=employer, min_days=days, limit=most
        )
    if as_json:
        typer.echo(json.dumps({"total": found.total, "items": [_record(line) for line in found.items]}, ensure_ascii=False, indent=2))
    elif not found.items:
        output().print(texts.NONE_WAITING)
    else:
        _print_queue(found.items)
        output().print(texts.TOTAL.format(total=found.total, shown=len(found.items)))


@review.command("show")
def show(number: Annotated[int, typer.Argument(help="岗位编号", show_default=False)]) -> None:
    """一个岗位的全部：字段、问题原话、来源、单位核查、处理记录。"""
    with opened() as (settings, sessions):
        try:
            found = Review(sessions, Clock(settings.today)).detail(number)
        except ReviewRefused as error:
            raise UserError(str(error)) from error
    for line in _detail_lines(found):
        output().print(line, markup=False, soft_wrap=True)


@review.command("pass")
def pass_(numbers: Numbers, by: By = "", reason: Reason = "") -> None:
    """发布岗位。"""
    _decide(numbers, "published", by, reason)


@review.command("hold")
def hold(numbers: Numbers, by: By = "", reason: Reason = "") -> None:
    """暂扣岗位：毕业生马上看不到。"""
    _decide(numbers, "held", by, reason)


@review.command("reject")
def reject(numbers: Numbers, by: By = "", reason: Reason = "") -> None:
    """驳回岗位。"""
    _decide(numbers, "rejected", by, reason)


@review.command("withdraw")
def withdraw(numbers: Numbers, by: By = "", reason: Reason = "") -> None:
    """下架岗位。"""
    _decide(numbers, "withdrawn", by, reason)


@review.command("reopen")
def reopen(numbers: Numbers, by: By = "", reason: Reason = "") -> None:
    """放回待审。"""
    _decide(numbers, "waiting", by, reason)


def _decide(numbers: list[int], status: Status, by: str, reason: str) -> None:
    with opened() as (settings, sessions):
        try:
            Review(sessions, Clock(settings.today)).decide_all(numbers, status, by or getpass.getuser(), reason)
        except ReviewRefused as error:
            raise UserError(str(error)) from error
    output().print(texts.DECIDED.format(status=STATUSES[status], numbers="、".join(map(str, numbers))))


def _kind(name: str) -> Kind | None:
    return named(name, KINDS, texts.UNKNOWN_KIND) if name else None


def _status(name: str) -> Status | None:
    return named(name, STATUSES, texts.UNKNOWN_STATUS) if name else None


def _print_checked(rows: Iterator[CheckedRow]) -> None:
    table = Table("编号", Column("岗位", ratio=2), "结论", Column("问题", ratio=4))
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row.outcome] += 1
        problems = [texts.FOUND.format(kind=KINDS[one.kind], phrase=one.phrase, field=one.field) for one in row.findings]
        table.add_row(
            escape(str(row.id)), escape(row.title), texts.OUTCOMES[row.outcome], escape("\n".join([*row.problems, *problems]) or texts.NO_FINDING)
        )
    output().print(table)
    output().print(texts.CHECKED.format(total=counts.total(), passed=counts["pass"], held=counts["hold"], review=counts["review"]))


def _print_queue(lines: tuple[Waiting, ...]) -> None:
    table = Table("编号", "状态", Column("岗位", ratio=2), Column("单位", ratio=2), "等了", Column("问题", ratio=3))
    for line in lines:
        problems = [texts.SHORT.format(kind=KINDS[one["kind"]], phrase=one["phrase"]) for one in line.findings] + list(line.issues)
        table.add_row(
            str(line.id),
            STATUSES[line.status],
            escape(line.title),
            escape(line.employer),
            texts.DAYS.format(days=line.days),
            escape("\n".join(problems)),
        )
    output().print(table)


def _record(line: Waiting) -> dict[str, object]:
    return {
        "id": line.id,
        "title": line.title,
        "employer": line.employer,
        "cities": line.cities,
        "status": line.status,
        "findings": line.findings,
        "issues": line.issues,
        "since": line.since.isoformat(),
        "days": line.days,
    }


def _detail_lines(found: Reviewed) -> Iterator[str]:
    posting = found.posting
    facts = [
        ("岗位", posting.title),
        ("单位", posting.employer),
        ("状态", STATUSES.get(posting.status, posting.status)),  # type: ignore[call-overload]
        ("工作地", "、".join(posting.cities) or posting.place_text),
        ("薪资", posting.salary_text),
        ("学历", posting.education_text),
        ("专业", posting.majors_text),
        ("届别", posting.cohort_text),
        ("人数", posting.headcount_text),
        ("截止", posting.deadline.isoformat() if posting.deadline else posting.deadline_text),
        ("描述", posting.description),
        ("福利", posting.benefits),
        ("联系方式", posting.contact),
        ("链接", posting.url),
        *posting.extra.items(),
    ]
    yield from (texts.FACT.format(name=name, value=value) for name, value in facts if value)
    yield from (texts.FOUND.format(kind=KINDS[one["kind"]], phrase=one["phrase"], field=one["field"]) for one in posting.findings)
    yield from (texts.ISSUE.format(issue=issue) for issue in posting.issues)
    for origin in found.origins:
        yield texts.ORIGIN.format(source=origin.source, number=origin.external_id, file=origin.file, line=origin.line or "")
    yield from (_check_line(check) for check in found.own_checks)
    if found.employer is not None:
        yield from (_check_line(Check(**check)) for check in found.employer.checks)
    for one in found.decisions:
        at = one.at.astimezone(CHINA)
        yield texts.DECISION.format(
            at=f"{at:%Y-%m-%d %H:%M}", by=one.by or BY_RULES, status=STATUSES[one.status], reason=one.reason or texts.NO_REASON
        )


def _check_line(check: Check) -> str:
    return texts.CHECK.format(
        what=CHECKS.get(check.what, check.what), outcome=texts.CHECK_OUTCOMES[check.outcome], note=check.note, by=check.by or BY_RULES
    )
