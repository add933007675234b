"""The words of an answer from clauses: what answers first, then the conditions, then where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from knowledge.answers import texts
from knowledge.answers.audience import for_others
from knowledge.answers.companions import Kind, arrange, sentence
from knowledge.answers.model import Answer, Citation, Compared
from knowledge.answers.notices import cautions, long_date, notes
from knowledge.answers.quoting import plain, plain_text, quote
from knowledge.answers.standing import clause_status, replaced_by, warnings
from knowledge.language.places import NATION
from knowledge.search.entries import DocumentEntry
from knowledge.search.ranking import Found, Hit
from knowledge.truth import Reference

MOST_CITATIONS = 3
_RELATED = 9.0
"""How far behind the best clause another may lie and still be cited beside it."""
_LABEL = re.compile(r"(?:第[一二三四五六七八九十百零\d]+条|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、．](?!\d))\s*")
_LONGEST_HEADING = 20
_LEAST_SAID = 8
_LEANS_ON_BEFORE = re.compile("^(?:其中|同时|并|且|对符合|按照上述|上述|对此|以上)")


def answered(found: Found, hits: Sequence[Hit], today: date) -> Answer:
    """The answer that the best of `hits` gives; more of them are said too when the question asks for a list, or when two belong together."""
    company = arrange(found.question, hits, today)
    cited = [*company.hits[:2], *related(company.hits)[2:]] if company.kind else related(company.hits)
    first = cited[0].entry
    compared = _compared(cited, company.kind, today) if company.kind else None
    notices = cautions([first], today) + ([compared.lead] if compared and compared.kind == "conflict" else [])
    said = _side_by_side(compared, cited, today) if compared else _said(found, cited)
    text = "\n".join([*notices, *said, *notes([first], today), *_not_for_you(found, cited[0]), "", sources(cited, today)])
    warned = warnings([first], today) + (("conflict",) if company.kind == "conflict" else ())
    return Answer(
        "answered",
        None,
        text,
        warned,
        citations(cited, today),
        suggestions(company.hits),
        found.answerable,
        found.question.text,
        tuple(notices),
        compared,
    )


def _compared(cited: Sequence[Hit], kind: Kind, today: date) -> Compared:
    said = (sentences_of(cited[0]), sentences_of(cited[1]))
    if kind == "conflict":
        return Compared(kind, texts.CONFLICT, said)
    if kind == "wider":
        return Compared(kind, texts.WIDER.format(place=cited[1].entry.document.region or NATION), said)
    older = next((hit for hit in cited[:2] if replaced_by(hit.entry.document, today)), cited[1])
    if older is cited[0]:
        return Compared(kind, texts.NOW_INSTEAD, said)
    successor = replaced_by(older.entry.document, today)
    return Compared(kind, texts.REPLACED_TOO if successor and successor.believed else texts.MAYBE_REPLACED_TOO, said)


def _side_by_side(compared: Compared, cited: Sequence[Hit], today: date) -> list[str]:
    """What the two clauses say, one below the other, each with its paper."""
    first, second = compared.said
    if compared.kind == "conflict":
        papers = [_paper(hit.entry.document) for hit in cited[:2]]
        return [f"{texts.FIRST_TEXT.format(paper=papers[0])}{first}", f"{texts.SECOND_TEXT.format(paper=papers[1])}{second}"]
    return [first, f"{compared.lead}{_paper(cited[1].entry.document)}：{second}"]


def _paper(document: DocumentEntry) -> str:
    title = document.display_title
    about = "，".join(part for part in (document.region, long_date(document.truth.dated_on) if document.truth.dated_on else "") if part)
    named = title if title.startswith("（") else f"《{title}》"
    return f"{named}（{about}）" if about else named


def _not_for_you(found: Found, hit: Hit) -> list[str]:
    groups = for_others(found.question.folded, sentence(hit))
    return [texts.FOR_OTHERS.format(groups=groups)] if groups else []


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
        about = "，".join(part for part in (citation.doc_no, citation.issuer, citation.issued_on, citation.region, standing_of(citation)) if part)
        title = citation.title if citation.title.startswith("（") else f"《{citation.title}》"
        lines.append(f"{number}. {title}{citation.clause}（{about}）")
        if number == 1:
            lines.append(f"   原文：{citation.quote}")
    return "\n".join(lines)


def standing_of(citation: Citation) -> str:
    """A citation's standing in words: 现行, 已被取代, 转载件."""
    if citation.replaced_by and not citation.replaced_by["certain"]:
        return texts.MAYBE_REPLACED
    words = texts.STATUS[citation.status]
    return f"{words}，{texts.COPY}" if citation.copy_of else words


def suggestions(hits: Sequence[Hit], most: int = 2) -> tuple[str, ...]:
    """Questions that the next best clauses answer, and the way to a person."""
    headings = dict.fromkeys(hit.entry.heading for hit in hits[1:] if _is_topic(hit.entry.heading) and hit.entry.heading != hits[0].entry.heading)
    return (*(f"{heading}，文件怎么说？" for heading in list(headings)[:most]), texts.TALK_TO_PERSON)


def _is_topic(heading: str) -> bool:
    """Whether a heading names a topic that one can ask for; an article without one has its first words there instead."""
    return 4 <= len(heading) <= 24 and not re.search("[,;。]|^本[\u4e00-\u9fff]{1,3}(?:自|所称|适用)|制定本", heading)


def sentences_of(hit: Hit) -> str:
    """The likeliest sentence of a hit, with the one before it where it leans on that."""
    entry, index = hit.entry, hit.sentence
    first = index - 1 if index > 0 and _LEANS_ON_BEFORE.match(entry.sentence(index)) else index
    said = plain(entry, first, index)
    return _without_label(said, entry.heading) if first == 0 and not entry.damaged else said


def _without_label(said: str, heading: str) -> str:
    """A clause's first sentence without the number and the heading that are printed before it: the citation names them."""
    label = _LABEL.match(said)
    rest = said[label.end() :] if label else said
    titled = rest.removeprefix(plain_text(heading.replace(" ", ""))) if 0 < len(heading) <= _LONGEST_HEADING else rest
    return titled if len(titled) >= _LEAST_SAID else rest if len(rest) >= _LEAST_SAID else said


def _said(found: Found, hits: Sequence[Hit]) -> list[str]:
    lines = [sentences_of(hits[0])]
    if "LIST" in found.question.wants and len(hits) > 1 and hits[1].score >= hits[0].score - _RELATED / 4:
        lines += [f"{texts.ALSO}{sentences_of(hit)}" for hit in hits[1:] if hit.score >= hits[0].score - _RELATED / 4]
    return lines


def _citation(hit: Hit, today: date) -> Citation:
    entry, document, truth = hit.entry, hit.entry.document, hit.entry.document.truth
    successor = replaced_by(document, today)
    return Citation(
        document_id=str(document.id),
        title=document.display_title,
        doc_no=document.doc_no,
        issuer=_issuer(document),
        issued_on=document.issued_on.isoformat() if document.issued_on else None,
        region=document.region,
        status=clause_status(entry, today),
        clause=entry.path,
        quote=quote(entry, hit.sentence),
        source=document.source,
        in_force_from=_iso(truth.in_force_from),
        in_force_until=_iso(truth.retired_until or truth.in_force_until),
        replaced_by=_reference(successor.document) | {"certain": successor.believed} if successor else None,
        copy_of=_reference(truth.copy_of) if truth.copy_of else None,
        authority=truth.authority,
    )


def _issuer(document: DocumentEntry) -> str | None:
    return "、".join(document.issuers) or None


def _reference(reference: Reference) -> dict[str, Any]:
    return {"document_id": str(reference.document_id), "title": reference.title, "doc_no": reference.doc_no}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
