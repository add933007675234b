"""`zhiwen documents`: what is on file, how it stands today, what replaces or copies what, and what people have judged of it."""

from __future__ import annotations

import getpass
from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Column, Table
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.cli.console import UserError, output
from bot.cli.document_texts import AUTHORITIES, DIFFERENCE, EVIDENCE, KINDS, NONE_EXPIRING, NONE_OUTDATED, RULES, STATES
from bot.cli.store import opened
from core.clock import CHINA, Clock
from knowledge.answers.standing import replaced_by, status
from knowledge.answers.texts import MAYBE_REPLACED, STATUS
from knowledge.catalogue import described_documents, raise_revision
from knowledge.models import Document, DocumentRelation
from knowledge.relations import believed, decide
from knowledge.search.entries import DocumentEntry
from knowledge.truth import RelationState
from knowledge.upkeep.ageing import expiring, still_asked
from knowledge.upkeep.asked import KEPT_DAYS, answered_outdated_since

documents = typer.Typer(help="知识库里的文件：列表、现状、取代关系。", no_args_is_help=True)

Number = Annotated[int, typer.Argument(help="编号", show_default=False)]
By = Annotated[str, typer.Option(help="谁作的判断，默认是当前用户名")]


@documents.command("list")
def list_documents() -> None:
    """列出知识库里的文件和它们今天的状态。"""
    table = Table("编号", "状态", Column("标题、文号", ratio=4), Column("发文单位、日期", ratio=3), "地区、届", "条款", "提醒")
    with opened() as (settings, sessions), sessions() as session:
        today = Clock(settings.today).today()
        for row, entry in described_documents(session):
            table.add_row(
                str(row.id),
                _standing(entry, today),
                _lines(_title(row) + (f"（第{row.version}版）" if row.version > 1 else ""), row.doc_no),
                _lines("、".join(row.issuers), _day(row.issued_on or row.adopted_on)),
                _lines(row.region, "、".join(f"{year}届" for year in row.cohorts)),
                str(len(row.clauses)),
                _notes(row, entry),
            )
    output().print(table)


@documents.command("show")
def show(number: Number) -> None:
    """一份文件的详情：现状、依据的原文、取代和转载关系、与原件不一致的数字。"""
    with opened() as (settings, sessions), sessions() as session:
        today = Clock(settings.today).today()
        row = _document(session, number)
        entry = next((entry for found, entry in described_documents(session) if found.id == number), None)
        facts: list[tuple[str, str | None]] = [
            ("标题", _title(row)),
            ("文号", row.doc_no),
            ("发文单位", "、".join(row.issuers)),
            ("日期", _day(row.issued_on or row.adopted_on)),
            ("地区", row.region),
            ("来源", f"{row.source}（{AUTHORITIES[row.authority]}）"),
            ("状态", _standing(entry, today) if entry else "已有新版本"),
            ("施行", _day(row.in_force_from)),
            ("有效期至", _day(row.in_force_until)),
            ("人工设定", f"{_day(row.retired_until)} 之后不再适用：{row.retired_reason}（{row.retired_by}）" if row.retired_until else None),
        ]
        lines = [f"{name}：{value}" for name, value in facts if value]
        lines += [f"  {EVIDENCE[evidence['kind']]}：“{evidence['phrase']}”" for evidence in row.validity]
        for relation in _relations_of(session, number):
            lines.append(f"关系 {relation.id}：{_sentence(session, relation)}")
            lines += [DIFFERENCE.format(**_told(difference)) for difference in relation.details]
    for line in lines:
        output().print(line, markup=False, soft_wrap=True)


@documents.command("relations")
def relations(
    every: Annotated[bool, typer.Option("--all", help="连同已经确认、否定的")] = False,
) -> None:
    """列出文件之间的取代、废止、转载关系；默认只列等人核实的。"""
    table = Table("编号", "关系", "发现方式", "状态", "依据")
    with opened() as (_, sessions), sessions() as session:
        rows = session.scalars(select(DocumentRelation).order_by(DocumentRelation.id)).all()
        for row in rows:
            if every or row.state == "proposed":
                table.add_row(str(row.id), _sentence(session, row), RULES[row.rule], _state(row), row.quote)
    output().print(table)


@documents.command("confirm")
def confirm(number: Number, by: By = "") -> None:
    """确认一条关系：被取代的文件从此按已取代处理。"""
    _decide(number, "confirmed", by)


@documents.command("reject")
def reject(number: Number, by: By = "") -> None:
    """否定一条关系：两份文件互不影响。"""
    _decide(number, "rejected", by)


@documents.command("expiring")
def list_expiring(
    days: Annotated[int, typer.Option(min=1, max=730, help="看今后多少天")] = 60,
) -> None:
    """列出快到期的文件，最先到期的在前。"""
    with opened() as (settings, sessions), sessions() as session:
        today = Clock(settings.today).today()
        found = expiring((entry for _, entry in described_documents(session)), today, days)
    if not found:
        output().print(NONE_EXPIRING.format(days=days))
        return
    table = Table("编号", "标题", "最后一天", "还有几天")
    for item in found:
        table.add_row(str(item.document.id), item.document.display_title, item.last_day.isoformat(), str((item.last_day - today).days))
    output().print(table)


@documents.command("outdated")
def list_outdated(
    days: Annotated[int, typer.Option(min=1, max=KEPT_DAYS, help="看最近多少天的提问")] = 30,
) -> None:
    """列出已经过期或被取代、毕业生却还在问的文件，问得最多的在前。"""
    with opened() as (settings, sessions), sessions() as session:
        clock = Clock(settings.today)
        found = still_asked((entry for _, entry in described_documents(session)), answered_outdated_since(session, clock, days), clock.today())
    if not found:
        output().print(NONE_OUTDATED.format(days=days))
        return
    table = Table("编号", "标题", "状态", "次数", "最近一次", "问的是")
    for item in found:
        last = item.last_asked.astimezone(CHINA).date().isoformat()
        table.add_row(
            str(item.document.id), item.document.display_title, STATUS[item.status], str(item.count), last, escape("；".join(item.questions))
        )
    output().print(table)


@documents.command("retire")
def retire(
    number: Number,
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="最后有效的一天，如 2026-06-30")],
    reason: Annotated[str, typer.Option(help="理由，会告诉提问的毕业生")],
    by: By = "",
) -> None:
    """人工设定一份文件到哪一天为止有效，不论原文怎么写。"""
    if not reason.strip():
        raise UserError("请用 --reason 写明理由，它会告诉提问的毕业生")
    with opened() as (_, sessions), sessions.begin() as session:
        row = _document(session, number)
        row.retired_until, row.retired_reason, row.retired_by = until.date(), reason.strip(), by or getpass.getuser()
        raise_revision(session)
        said = f"{_title(row)}：{until.date().isoformat()} 之后不再适用（{reason.strip()}）"
    output().print(said, markup=False, soft_wrap=True)


@documents.command("restore")
def restore(number: Number) -> None:
    """撤销人工设定，重新以原文为准。"""
    with opened() as (_, sessions), sessions.begin() as session:
        row = _document(session, number)
        row.retired_until = row.retired_reason = row.retired_by = None
        raise_revision(session)
        said = f"{_title(row)}：已撤销人工设定，以原文为准"
    output().print(said, markup=False, soft_wrap=True)


def _decide(number: int, state: RelationState, by: str) -> None:
    with opened() as (settings, sessions), sessions.begin() as session:
        relation = session.get(DocumentRelation, number)
        if relation is None:
            raise UserError(f"没有编号为 {number} 的关系；运行 zhiwen documents relations 查看")
        decide(session, relation, state, by or getpass.getuser(), Clock(settings.today).now())
        raise_revision(session)
        said = f"{STATES[state]}：{_sentence(session, relation)}"
    output().print(said, markup=False, soft_wrap=True)


def _document(session: Session, number: int) -> Document:
    row = session.get(Document, number)
    if row is None:
        raise UserError(f"没有编号为 {number} 的文件；运行 zhiwen documents list 查看")
    return row


def _relations_of(session: Session, number: int) -> list[DocumentRelation]:
    mine = or_(DocumentRelation.from_id == number, DocumentRelation.to_id == number)
    return list(session.scalars(select(DocumentRelation).where(mine).order_by(DocumentRelation.id)))


def _sentence(session: Session, relation: DocumentRelation) -> str:
    newer = session.get_one(Document, relation.from_id)
    older = session.get(Document, relation.to_id) if relation.to_id else None
    named = _title(older) if older else f"《{relation.to_title or ''}》{relation.to_doc_no or ''}（尚未收录）"
    return KINDS[relation.kind].format(newer=f"{newer.id} {_title(newer)}", older=f"{older.id} {named}" if older else named)


def _state(relation: DocumentRelation) -> str:
    words = STATES[relation.state]
    if relation.state == "proposed" and believed(relation):
        words = STATES["stated"]
    return f"{words}（{relation.decided_by}）" if relation.decided_by else words


def _standing(entry: DocumentEntry, today: date) -> str:
    successor = replaced_by(entry, today)
    words = STATUS[status(entry, today)]
    return f"{words}，{MAYBE_REPLACED}" if successor and not successor.believed else words


def _notes(row: Document, entry: DocumentEntry) -> str:
    notes = {"原文缺损": bool(row.damage), "日期不一": row.date_conflict, "转载件": entry.truth.copy_of is not None}
    return "、".join(note for note, present in notes.items() if present)


def _told(difference: dict[str, Any]) -> dict[str, str]:
    told = {"original": "、".join(difference["original"]) or "没有", "copy": "、".join(difference["copy"]) or "没有"}
    return {"clause": difference["clause"], "copy_clause": difference["copy_clause"], **told}


def _lines(*parts: str | None) -> str:
    return "\n".join(escape(part) for part in parts if part)


def _title(row: Document) -> str:
    return row.title or f"（未见标题）{row.source}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
