"""The words of an answer from clauses: what answers first, then the conditions, then where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge.answers import texts
from knowledge.answers.model import Answer, Citation
from knowledge.answers.quoting import plain, quote
from knowledge.answers.standing import status, warnings
from knowledge.search.entries import ClauseEntry, DocumentEntry
from knowledge.search.ranking import Found, Hit

MOST_CITATIONS = 3
_RELATED = 6.0
"""How far behind the best clause another may lie and still be cited beside it."""
_LEANS_ON_BEFORE = re.compile("^(?:其中|同时|并|且|对符合|按照上述|上述|对此|以上)")


def answered(found: Found, hits: Sequence[Hit], today: date) -> Answer:
    """The answer that the best of `hits` gives; more of them are said too when the question asks for a list."""
    cited = related(hits)
    said = _said(found, cited)
    entries = [hit.entry for hit in cited]
    text = "\n".join([*_cautions(entries[:1], today), *said, *_notes(entries[:1]), "", sources(cited, today)])
    return Answer(
        "answered", None, text, warnings(entries[:1], today), citations(cited, today), suggestions(hits), found.answerable, found.question.text
    )


def related(hits: Sequence[Hit]) -> list[Hit]:
    """The best hit and those near enough to it to be shown beside it, each clause once."""
    return [hit for hit in hits[:MOST_CITATIONS] if hit.score >= hits[0].score - _RELATED]


def citations(hits: Sequence[Hit], today: date) -> tuple[Citation, ...]:
    """The hits as citations, in their order."""
    return tuple(_citation(hit, today) for hit in hits)


def sources(hits: Sequence[Hit], today: date) -> str:
    """The block that names every source and quotes the first; it starts at 出处."""
    lines = [texts.SOURCE_HEAD]
    for number, citation in enumerate(citations(hits, today), 1):
        about = "，".join(
            part for part in (citation.doc_no, citation.issuer, citation.issued_on, citation.region, texts.STATUS[citation.status]) if part
        )
        title = citation.title if citation.title.startswith("（") else f"《{citation.title}》"
        lines.append(f"{number}. {title}{citation.clause}（{about}）")
        if number == 1:
            lines.append(f"   原文：{citation.quote}")
    return "\n".join(lines)


def suggestions(hits: Sequence[Hit], most: int = 2) -> tuple[str, ...]:
    """Questions that the next best clauses answer, and the way to a person."""
    headings = dict.fromkeys(
        hit.entry.heading for hit in hits[1:] if 4 <= len(hit.entry.heading) <= 24 and hit.entry.heading != hits[0].entry.heading
    )
    return (*(f"{heading}，文件怎么说？" for heading in list(headings)[:most]), texts.TALK_TO_PERSON)


def sentences_of(hit: Hit) -> str:
    """The likeliest sentence of a hit, with the one before it where it leans on that."""
    entry, index = hit.entry, hit.sentence
    first = index - 1 if index > 0 and _LEANS_ON_BEFORE.match(entry.sentence(index)) else index
    return plain(entry, first, index)


def _said(found: Found, hits: Sequence[Hit]) -> list[str]:
    lines = [sentences_of(hits[0])]
    if "LIST" in found.question.wants and len(hits) > 1 and hits[1].score >= hits[0].score - _RELATED / 4:
        lines += [f"{texts.ALSO}{sentences_of(hit)}" for hit in hits[1:] if hit.score >= hits[0].score - _RELATED / 4]
    return lines


def _cautions(entries: Sequence[ClauseEntry], today: date) -> list[str]:
    """What must be said before anything else: that it is of a past year, that the text is damaged."""
    lines = []
    for document in {entry.document.id: entry.document for entry in entries}.values():
        if status(document, today) == "only_that_year":
            lines.append(texts.EXPIRED.format(cohort=max(document.cohorts)))
    if any(entry.damaged for entry in entries):
        lines.append(texts.DAMAGED)
    return lines


def _notes(entries: Sequence[ClauseEntry]) -> list[str]:
    lines = []
    for entry in entries:
        document = entry.document
        if document.date_conflict and entry.kind in ("signature", "printed"):
            lines.append(texts.DATE_CONFLICT.format(dates="、".join(document.printed_dates)))
        if document.region and document.region != "全国":
            lines.append(texts.REGION_ONLY.format(region=document.region))
        if entry.kind == "contact":
            lines.append(texts.STAFF_CONTACT)
    return lines


def _citation(hit: Hit, today: date) -> Citation:
    entry, document = hit.entry, hit.entry.document
    return Citation(
        document_id=str(document.id),
        title=document.display_title,
        doc_no=document.doc_no,
        issuer=_issuer(document),
        issued_on=document.issued_on.isoformat() if document.issued_on else None,
        region=document.region,
        status=status(document, today),
        clause=entry.path,
        quote=quote(entry, hit.sentence),
        source=document.source,
    )


def _issuer(document: DocumentEntry) -> str | None:
    return "、".join(document.issuers) or None
