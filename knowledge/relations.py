"""Which documents replace, repeal or copy one another: found when a document comes in, whichever came first, and judged by people.

What a text states itself, with number or title (同时废止《…》), is believed at once. What only the titles suggest (2024届 → 2025届) or the
likeness of the texts is proposed until a person has judged it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from knowledge.ingest.duplicates import FORMALITIES, NEARLY_THE_SAME, Sketches, common_share, differing_numbers, runs_of
from knowledge.ingest.repeals import Named, find_replaced
from knowledge.ingest.titles import bare, spellings, title_years
from knowledge.language.regions import NATION, province_of
from knowledge.models import Document, DocumentRelation
from knowledge.truth import AUTHORITY_RANK, Reference, RelationKind, RelationRule, RelationState, Successor

_SAME_DAYS = 150
"""Two copies of one text bear the same date, or dates at most so far apart: a wrong one, or none of its own."""
_CORE = 12
"""How much of a title, from 关于 on, the database is asked for."""
_REWRITTEN = 0.8
"""From this share of common runs on, a text is a copy even where it names another issuer."""


@dataclass
class _Finding:
    """A relation as found, before it is a row; `to` is None as long as the paper named is not on file."""

    from_: Document
    to: Document | None
    kind: RelationKind
    rule: RelationRule
    quote: str
    named: Named | None = None
    details: list[dict[str, Any]] = field(default_factory=list)

    @property
    def key(self) -> str:
        if self.named is None:
            return f"doc:{self.to.id if self.to else 0}"
        return f"no:{self.named.doc_no}" if self.named.doc_no else f"title:{bare(self.named.title or '')}"[:300]


def relate(session: Session, document: Document, before: Document | None, now: datetime, sketches: Sketches | None = None) -> None:
    """Find the relations of a document that was just stored, from it and to it, and keep what people judged of the version `before`.

    `sketches` are those read so far, when many documents come in one after the other.
    """
    if before is not None:
        _carry_over(session, before, document)
    findings = [*_stated(session, document), *_of_series(session, document)]
    replaced = {frozenset((finding.from_.id, finding.to.id)) for finding in findings if finding.to}
    findings += [
        copy for copy in _copies(session, document, sketches or Sketches()) if copy.to and frozenset((copy.from_.id, copy.to.id)) not in replaced
    ]
    for finding in findings:
        _keep(session, finding, now)
    _forget_unfounded(session, document, findings)
    _resolve(session, document)


def successors_of(session: Session) -> dict[int, tuple[Successor, ...]]:
    """For each current document that others replace, those others, the newest first; rejected relations count for nothing."""
    found: dict[int, list[Successor]] = defaultdict(list)
    for relation, newer in _live(session, ("supersedes", "repeals")):
        since = newer.in_force_from or newer.issued_on or newer.adopted_on
        found[relation.to_id or 0].append(Successor(reference(newer), _kind(relation), since, believed(relation), relation.quote))
    return {
        number: tuple(sorted(successors, key=lambda successor: (successor.believed, successor.since or date.min), reverse=True))
        for number, successors in found.items()
    }


def originals_of(session: Session) -> dict[int, Reference]:
    """For each copy the document that it is a copy of; of several the one of most authority."""
    found: dict[int, tuple[int, Reference]] = {}
    rows = session.execute(_joined(DocumentRelation.to_id).where(DocumentRelation.kind == "copy_of", Document.current))
    for relation, original in rows:
        rank = AUTHORITY_RANK[original.authority]
        if relation.from_id not in found or found[relation.from_id][0] < rank:
            found[relation.from_id] = (rank, reference(original))
    return {number: original for number, (_, original) in found.items()}


def believed(relation: DocumentRelation) -> bool:
    """Whether a relation is taken for true: a person confirmed it, or the text itself states it and nobody denied it."""
    return relation.state == "confirmed" or (relation.state == "proposed" and relation.rule in ("stated", "person"))


def reference(document: Document) -> Reference:
    return Reference(document.id, document.title, document.doc_no, document.issued_on or document.adopted_on)


def decide(session: Session, relation: DocumentRelation, state: RelationState, by: str, at: datetime) -> None:
    """Set what a person judged of a relation."""
    relation.state, relation.decided_by, relation.decided_at = state, by, at


def _kind(relation: DocumentRelation) -> RelationKind:
    return "repeals" if relation.kind == "repeals" else "supersedes"


def _live(session: Session, kinds: Sequence[str]) -> Iterator[tuple[DocumentRelation, Document]]:
    rows = session.execute(
        _joined(DocumentRelation.from_id).where(DocumentRelation.kind.in_(kinds), DocumentRelation.to_id.is_not(None), Document.current)
    )
    yield from rows


def _joined(end: Any) -> Any:
    return (
        select(DocumentRelation, Document)
        .join(Document, Document.id == end)
        .where(DocumentRelation.state != "rejected")
        .order_by(DocumentRelation.id)
    )


# What the text states


def _stated(session: Session, document: Document) -> list[_Finding]:
    if document.authority == "unofficial":  # a page that nobody signs repeals nothing
        return []
    texts = [document.text[clause.start : clause.end] for clause in document.clauses]
    return [
        _Finding(document, _on_file(session, document, named), named.kind, "stated", named.quote, named)
        for named in find_replaced(document.title or "", texts)
    ]


def _on_file(session: Session, citing: Document, named: Named) -> Document | None:
    candidates = session.scalars(select(Document).where(Document.current, Document.id != citing.id, _may_be(named)).order_by(Document.id.desc()))
    return next((candidate for candidate in candidates if is_named(named, citing, candidate)), None)


def _may_be(named: Named) -> Any:
    """A rough condition that the database can use; `is_named` decides."""
    by_number = [Document.doc_no == named.doc_no] if named.doc_no else []
    core = bare(named.title or "").split("关于")[-1]
    return or_(*by_number, *([Document.title.contains(core[:_CORE], autoescape=True)] if core else []))


def is_named(named: Named, citing: Document, candidate: Document) -> bool:
    """Whether a document is the one that another names by number or title."""
    if named.doc_no and candidate.doc_no:
        return named.doc_no == candidate.doc_no
    if not named.title or not candidate.title or _another_province(citing, candidate):
        return False
    own, known = spellings(named.title), spellings(candidate.title)
    if own[0] in known[:1] or own[0] in known or known[0] in own:
        cut = own[0].startswith("关于") and own[0] != known[0]
        return _earlier(candidate, citing) and (not cut or _same_issuer(citing, candidate, named.quote))
    return False


def _earlier(candidate: Document, citing: Document) -> bool:
    """A paper cannot replace one of a later day."""
    one, other = candidate.issued_on or candidate.adopted_on, citing.issued_on or citing.adopted_on or citing.in_force_from
    return one is None or other is None or one <= other


def _another_province(one: Document, other: Document) -> bool:
    places = {province_of(document.region) for document in (one, other) if document.region and document.region != NATION}
    return len(places) > 1


def _same_issuer(citing: Document, candidate: Document, quote: str) -> bool:
    return bool(set(citing.issuers) & set(candidate.issuers)) or any(issuer in quote for issuer in candidate.issuers) or not candidate.issuers


# What the titles suggest


def _of_series(session: Session, document: Document) -> list[_Finding]:
    if document.series is None:
        return []
    others = session.scalars(select(Document).where(Document.current, Document.series == document.series, Document.id != document.id))
    findings = []
    for other in others:
        order = _order(document, other)
        if order:
            newer, older = (document, other) if order > 0 else (other, document)
            findings.append(_Finding(newer, older, "supersedes", "title", f"标题同一系列：{_dated(older)}→{_dated(newer)}"))
    return findings


def _dated_on(document: Document) -> date | None:
    return document.issued_on or document.adopted_on or document.in_force_from


def _dated(document: Document) -> str:
    day = document.issued_on or document.adopted_on
    return f"《{document.title}》" + (f"（{day.isoformat()}）" if day else "")


def _order(one: Document, other: Document) -> int:
    """Positive when the first is the later paper of a series, negative when the second is, 0 when it cannot be told."""
    years, others = max(title_years(one.title or ""), default=0), max(title_years(other.title or ""), default=0)
    if years and others and years != others:
        return 1 if years > others else -1
    if years != others or (one.doc_no and one.doc_no == other.doc_no):
        return 0
    day, other_day = _dated_on(one), _dated_on(other)
    if day is None or other_day is None or abs((day - other_day).days) <= _SAME_DAYS:
        return 0
    return 1 if day > other_day else -1


# Copies


def _copies(session: Session, document: Document, sketches: Sketches) -> list[_Finding]:
    possible = [(other, _same_number(document, other)) for other in _likely_copies(session, document, sketches)]
    # what tells them apart whatever their texts have in common comes first: reading and folding the texts takes longest
    possible = [(other, same) for other, same in possible if same or _may_be_copies(document, other, share=1.0)]
    if not possible:
        return []
    runs, findings = runs_of(_text(document)), []
    for other, same in possible:
        share = common_share(runs, runs_of(_text(other)))
        if same or (share >= NEARLY_THE_SAME and _may_be_copies(document, other, share)):
            findings.append(_copy(document, other, share))
    return findings


def _same_number(one: Document, other: Document) -> bool:
    return one.doc_no is not None and one.doc_no == other.doc_no


def _likely_copies(session: Session, document: Document, sketches: Sketches) -> list[Document]:
    """The current documents of the same number or of a similar text."""
    numbers = session.scalars(select(Document.id).where(Document.current, Document.doc_no == document.doc_no)).all() if document.doc_no else []
    if document.sketch:
        newer = select(Document.id, Document.sketch).where(Document.id > sketches.last, Document.id < document.id, Document.sketch.is_not(None))
        sketches.add([(row.id, row.sketch) for row in session.execute(newer)])
        numbers = [*numbers, *sketches.like(document.sketch)]
    others = (session.get(Document, number) for number in dict.fromkeys(numbers) if number != document.id)
    return [other for other in others if other is not None and other.current]


def _may_be_copies(one: Document, other: Document, share: float) -> bool:
    """Alike texts are no copies when number, year, day or place tell them apart: next year's notice repeats most of this year's."""
    if one.doc_no and other.doc_no and one.doc_no != other.doc_no:
        return False
    years, others = set(title_years(one.title or "")) | set(one.cohorts), set(title_years(other.title or "")) | set(other.cohorts)
    if (years and others and not years & others) or _another_province(one, other):
        return False
    day, other_day = _dated_on(one), _dated_on(other)
    if day and other_day and abs((day - other_day).days) > _SAME_DAYS:
        return False
    return share >= _REWRITTEN or not one.issuers or not other.issuers or bool(set(one.issuers) & set(other.issuers))


def _copy(one: Document, other: Document, share: float) -> _Finding:
    original, copy = sorted((one, other), key=lambda document: (-AUTHORITY_RANK[document.authority], not document.doc_no, document.id))
    return _Finding(
        copy, original, "copy_of", "similar_text", f"与原文相同的文字约 {share:.0%}", details=differing_numbers(_clauses(original), _clauses(copy))
    )


def _text(document: Document) -> str:
    return "\n".join(text for _, text in _clauses(document))


def _clauses(document: Document) -> list[tuple[str, str]]:
    return [(clause.path, document.text[clause.start : clause.end]) for clause in document.clauses if clause.kind not in FORMALITIES]


# Keeping


def _keep(session: Session, finding: _Finding, now: datetime) -> None:
    row = session.scalar(
        select(DocumentRelation).where(
            DocumentRelation.from_id == finding.from_.id, DocumentRelation.kind == finding.kind, DocumentRelation.key == finding.key
        )
    )
    if finding.to is not None and row is None:
        row = session.scalar(
            select(DocumentRelation).where(
                DocumentRelation.from_id == finding.from_.id, DocumentRelation.kind == finding.kind, DocumentRelation.to_id == finding.to.id
            )
        )
    if row is None:
        row = DocumentRelation(from_id=finding.from_.id, kind=finding.kind, key=finding.key, state="proposed", found_at=now)
        session.add(row)
    elif row.rule == "stated" and finding.rule != "stated":
        return
    row.to_id = finding.to.id if finding.to else row.to_id
    row.rule, row.quote, row.details = finding.rule, finding.quote, finding.details
    if finding.named:
        row.key, row.to_title, row.to_doc_no = finding.key, finding.named.title, finding.named.doc_no
    session.flush()


def _resolve(session: Session, document: Document) -> None:
    """Relations that name a paper which was not on file until now."""
    open_ones = session.scalars(select(DocumentRelation).where(DocumentRelation.to_id.is_(None), _may_name(document))).all()
    for relation in open_ones:
        citing = session.get_one(Document, relation.from_id)
        named = Named("supersedes", relation.to_title, relation.to_doc_no, relation.quote)
        if citing.id != document.id and is_named(named, citing, document):
            _drop_weaker(session, relation, document)
            relation.to_id = document.id
    session.flush()


def _may_name(document: Document) -> Any:
    """A rough condition on relations that the database can use; `is_named` decides."""
    core = bare(document.title or "").split("关于")[-1][:_CORE]
    by_title = [DocumentRelation.to_title.contains(core, autoescape=True)] if core else []
    keys = [f"title:{spelling}"[:300] for spelling in spellings(document.title or "")]
    by_number = [DocumentRelation.to_doc_no == document.doc_no] if document.doc_no else []
    return or_(DocumentRelation.key.in_(keys), *by_number, *by_title)


def _drop_weaker(session: Session, stated: DocumentRelation, target: Document) -> None:
    """What the titles alone suggested says nothing more once the text is known to state it."""
    same = select(DocumentRelation).where(
        DocumentRelation.from_id == stated.from_id,
        DocumentRelation.kind == stated.kind,
        DocumentRelation.to_id == target.id,
        DocumentRelation.id != stated.id,
    )
    for weaker in session.scalars(same):
        if weaker.state == "rejected":
            stated.state, stated.decided_by, stated.decided_at = weaker.state, weaker.decided_by, weaker.decided_at
        session.delete(weaker)


def _carry_over(session: Session, before: Document, document: Document) -> None:
    """The relations of the version before become those of the new one; what people judged stays judged."""
    for row in session.scalars(select(DocumentRelation).where(DocumentRelation.to_id == before.id)):
        row.key = row.key.replace(f"doc:{before.id}", f"doc:{document.id}") if row.key == f"doc:{before.id}" else row.key
        row.to_id = document.id
    session.execute(update(DocumentRelation).where(DocumentRelation.from_id == before.id).values(from_id=document.id))
    session.flush()


def _forget_unfounded(session: Session, document: Document, findings: Sequence[_Finding]) -> None:
    """Undecided relations that a version before gave rise to and this one does not."""
    founded = {(finding.from_.id, finding.kind, finding.key) for finding in findings}
    known = {(finding.from_.id, finding.kind, finding.to.id) for finding in findings if finding.to}
    rows = session.scalars(select(DocumentRelation).where(or_(DocumentRelation.from_id == document.id, DocumentRelation.to_id == document.id)))
    for row in rows.all():
        mine = row.from_id == document.id or row.rule != "stated"
        again = (row.from_id, row.kind, row.key) in founded or (row.from_id, row.kind, row.to_id) in known
        if mine and not again and row.state == "proposed" and row.rule != "person":
            session.delete(row)
    session.flush()
