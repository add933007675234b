"""One text file to one document: the page is cut, the head and the signature read, the body cut into clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from core.text.folding import fold
from knowledge.errors import DocumentRefused
from knowledge.ingest import metadata, texts
from knowledge.ingest.attachments import Attachment, own_label, split_attachments
from knowledge.ingest.cleaning import find_document
from knowledge.ingest.damage import DocumentDamage, examine
from knowledge.ingest.lines import ADDRESSEES, PRINTED_LINE, Level, Line, split_lines
from knowledge.ingest.naming import date_in_name, title_in_name
from knowledge.ingest.plain_headings import split_name, with_plain_headings
from knowledge.ingest.source_text import SourceText
from knowledge.ingest.structure import PREAMBLE, Clause, ClauseKind, body_clauses
from knowledge.language.regions import NATION

_CONTACT = re.compile(r"^[(]?(?:联系人|联系方式|联系电话|咨询电话|邮箱|电子邮箱|传真)")
_ADOPTED = re.compile(r"^[(]?(?:根据)?(?:19|20)\d{2} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日[^。]{0,160}(?:通过|修订|修正|修改|公布|发布|批准|施行)")
"""A line under a statute's title, folded: when and by whom it was adopted or revised."""
_NATIONAL_ADOPTION = re.compile(r"全国人民代表大会|国务院|最高人民(?:法院|检察院)")
_IN_FORCE = re.compile(r"自? ?(?:19|20)\d{2} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日 ?起? ?(?:施行|实施|执行|生效)")
_TORN_FORMATS = frozenset({"txt", "pdf", "scan", "image"})
"""Formats that keep no paragraphs: their columns can come out torn."""
MOST_LISTED = 30
"""Attachments that a notice may list before its signature."""
_SIGNATURE_LINE = re.compile(r"(?:部|厅|局|委|办公室|综合司|领导小组|委员会|政府|大学|学院|国务院|法院)$")
_SIGNATURE_DATE = re.compile(r"^(?:[\u4e00-\u9fff ]{0,40})?(?:19|20)\d{2} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日(?:印发)?$")


@dataclass(frozen=True)
class ParsedDocument:
    """A document as its file gives it; `text` is the printed text that all offsets of clauses point into."""

    source: str
    text: str
    checksum: str
    title: str | None
    doc_no: str | None
    issuers: tuple[str, ...]
    issued_on: date | None
    dates: tuple[metadata.PrintedDate, ...]
    date_conflict: bool
    region: str | None
    cohorts: tuple[int, ...]
    damage: frozenset[str]
    removed_lines: int
    clauses: tuple[Clause, ...] = field(repr=False)
    attachment: str = ""
    """`附件1` where the file itself is printed as an attachment of another."""


def parse_document(file: SourceText) -> ParsedDocument:
    """Parse a file as read; raises DocumentRefused when no clause is found in it."""
    lines, attached = split_attachments(split_lines(file.text, file.marks), file.marks)
    page = find_document(lines)
    label, own_title = own_label(page.document)
    body, tail = _split_tail(page.document)
    columns = file.format in _TORN_FORMATS
    damage = examine(body, columns)
    torn = [body[i] for i in damage.shards]
    head, body = _split_head(body)
    name, body = split_name(with_plain_headings(body)) if not page.title_lines else ([], with_plain_headings(body))
    titles = page.title_lines or name
    clauses = [*_head_clauses(file.text, titles, head, page.posted), *body_clauses(body, damage, torn), *_tail_clauses(tail)]
    clauses += [clause for attachment in attached for clause in _attachment_clauses(attachment, columns)]
    if not any(clause.kind in ("body", "preamble") for clause in clauses):
        raise DocumentRefused(texts.NO_CLAUSES.format(name=file.name))
    title = fold("".join(line.text for line in titles)) or own_title or title_in_name(file.name, file.format == "txt")
    text = " ".join(line.folded for line in body)
    dates = _dates(head, tail, page.posted)
    issuers = metadata.find_issuers(title or "", [line.text for line in tail]) or _letterhead(page.document)
    return ParsedDocument(
        source=file.name,
        text=file.text,
        checksum=file.checksum,
        title=title,
        doc_no=metadata.find_doc_no([line.text for line in [*head, *page.document[:12]]]),
        issuers=tuple(issuers),
        issued_on=_issued_on(dates, text, date_in_name(file.name)),
        dates=tuple(dates),
        date_conflict=metadata.dates_conflict([entry for entry in dates if entry.role != "adopted"]),
        region=metadata.find_region(issuers, title or "", text) or _adopted_for(head),
        cohorts=tuple(metadata.find_cohorts(title or "", text)),
        damage=_document_damage(damage, clauses),
        removed_lines=file.removed_lines + len(page.removed),
        clauses=tuple(clauses),
        attachment=label,
    )


def _attachment_clauses(attachment: Attachment, columns: bool) -> list[Clause]:
    """The clauses of an attachment, cited under its label and found under its title."""
    damage = examine(attachment.lines, columns)
    clauses = body_clauses(attachment.lines, damage, [attachment.lines[i] for i in damage.shards])
    return [
        replace(
            clause,
            kind="body",
            path=_attachment_path(attachment.label, clause.path),
            headings=(attachment.heading, *clause.headings),
        )
        for clause in clauses
    ]


def _attachment_path(label: str, path: str) -> str:
    if not label:
        return path
    return label if path == PREAMBLE else f"{label} {path}"


def _document_damage(damage: DocumentDamage, clauses: Sequence[Clause]) -> frozenset[str]:
    return frozenset(damage.kinds) | {"cut_lines" for clause in clauses if "cut_lines" in clause.damage}


def _split_tail(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Take signature, date, contacts and printing line off the end."""
    end = len(lines)
    while end > 1:
        if _is_tail(lines[end - 1]):
            end -= 1
            continue
        listed = _attachment_list(lines, end)
        if not listed:
            break
        end = listed
    return lines[:end], lines[end:]


def _attachment_list(lines: list[Line], end: int) -> int:
    """Where a list of attachments (附件：1.…, 2.… below it) that reaches down to `end` begins; 0 when none does."""
    for start in range(end - 1, max(0, end - MOST_LISTED), -1):
        line = lines[start]
        if line.folded.startswith("附件"):
            return start
        if line.marker is None or line.marker.level is not Level.ITEM or len(line.folded) > 60 or line.ends_sentence:
            return 0
    return 0


def _is_tail(line: Line) -> bool:
    folded = line.folded
    if line.marker or line.row or line.rank or len(folded) > 80:
        return False
    return bool(
        _SIGNATURE_DATE.match(folded)
        or PRINTED_LINE.search(folded)
        or _CONTACT.match(folded)
        or folded.startswith(("(此件", "此件", "附件", "抄送"))
        or (len(folded) <= 60 and _SIGNATURE_LINE.search(folded))
    )


def _split_head(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the document number and the addressees stand before the text."""
    head: list[Line] = []
    rest = list(lines)
    while rest and len(head) < 12 and not rest[0].marker and not rest[0].row:
        folded = rest[0].folded
        number = metadata.DOC_NO.search(folded)
        if (number and len(folded) - len(number.group()) <= 2) or ADDRESSEES.match(folded) or _ADOPTED.search(folded):
            head.append(rest.pop(0))
        else:
            break
    return head, rest


def _head_clauses(text: str, title: Sequence[Line], head: Sequence[Line], posted: Line | None) -> list[Clause]:
    clauses = []
    numbers = [line for line in head if metadata.DOC_NO.search(line.folded) and not ADDRESSEES.match(line.folded)]
    adopted = [line for line in head if line not in numbers and _ADOPTED.search(line.folded)]
    opening = [*title, *numbers]
    if title and numbers and text[title[-1].end : numbers[0].start].strip():  # the page put something between them
        clauses += [_whole("title", "标题", title), _whole("title", "文号", numbers)]
    elif opening:
        clauses.append(_whole("title", "标题和文号" if numbers else "标题", opening))
    if adopted:
        clauses.append(_whole("signature", "通过和修订", adopted))
    addressees = [line for line in head if ADDRESSEES.match(line.folded)]
    if addressees:
        clauses.append(_whole("addressees", "主送单位", addressees))
    if posted:
        clauses.append(_whole("posted", "发布信息", [posted]))
    return clauses


def _tail_clauses(tail: Sequence[Line]) -> list[Clause]:
    contacts = [line for line in tail if _CONTACT.match(line.folded)]
    printed = [line for line in tail if PRINTED_LINE.search(line.folded)]
    signed = [line for line in tail if line not in contacts and line not in printed and not line.folded.startswith(("附件", "抄送", "(此件", "此件"))]
    if printed and signed and signed[-1].start > max((line.start for line in signed if _SIGNATURE_DATE.match(line.folded)), default=0):
        printed = [signed.pop(), *printed]
    groups: list[tuple[ClauseKind, str, list[Line]]] = [
        ("signature", "落款", signed),
        ("printed", "印发栏", printed),
        ("contact", "联系方式", contacts),
    ]
    return [_whole(kind, path, lines) for kind, path, lines in groups if lines]


def _whole(kind: ClauseKind, path: str, lines: Sequence[Line]) -> Clause:
    return Clause(kind, path, (), min(line.start for line in lines), max(line.end for line in lines))


def _issued_on(dates: Sequence[metadata.PrintedDate], text: str, named: date | None) -> date | None:
    """The day it was signed; for a statute the day of its latest adoption or revision that its head or its file's name gives."""
    adopted = [entry.day for entry in dates if entry.role == "adopted"]
    signed = metadata.issue_date([entry for entry in dates if entry.role != "adopted"], text)
    return signed or max([*adopted, *([named] if named else [])], default=None)


def _adopted_for(head: Sequence[Line]) -> str | None:
    """The nation, where a national body adopted it."""
    return NATION if any(_ADOPTED.search(line.folded) and _NATIONAL_ADOPTION.search(line.folded) for line in head) else None


def _dates(head: Sequence[Line], tail: Sequence[Line], posted: Line | None) -> list[metadata.PrintedDate]:
    adopted = [_IN_FORCE.sub(" ", line.folded) for line in head if _ADOPTED.search(line.folded)]
    printed = [line.text for line in tail if PRINTED_LINE.search(line.folded)]
    signed = [line.text for line in tail if line.text not in printed]
    dates = metadata.find_dates(signed, "signed") + metadata.find_dates(printed, "printed")
    dates += metadata.find_dates(adopted, "adopted")
    return dates + (metadata.find_dates([posted.text], "posted") if posted else [])


def _letterhead(lines: Sequence[Line]) -> list[str]:
    """Agencies that stand alone on the first lines, where neither title nor signature names one."""
    return metadata.find_issuers("", [line.text for line in lines[:12] if len(line.folded) <= 30])
