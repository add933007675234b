"""The columns of a document that say how long it holds, how near to its issuer it is, and what it is compared with other documents by."""

from __future__ import annotations

from typing import Any

from knowledge.ingest.authority import find_authority
from knowledge.ingest.duplicates import FORMALITIES, runs_of, sketch
from knowledge.ingest.parsing import ParsedDocument
from knowledge.ingest.titles import series
from knowledge.ingest.validity import find_validity
from knowledge.truth import Authority


def truth_columns(parsed: ParsedDocument) -> dict[str, Any]:
    """The columns by name."""
    validity = find_validity(parsed.title or "", [parsed.text[clause.start : clause.end] for clause in parsed.clauses], parsed.issued_on)
    body = "\n".join(parsed.text[clause.start : clause.end] for clause in parsed.clauses if clause.kind not in FORMALITIES)
    return {
        "in_force_from": validity.in_force_from,
        "in_force_until": validity.in_force_until,
        "only_year": validity.only_year,
        "adopted_on": validity.version,
        "trial": validity.trial,
        "repealed": validity.repealed,
        "validity": [evidence.stored() for evidence in validity.evidence],
        "authority": authority_of(parsed),
        "series": series(parsed.title, parsed.issuers, parsed.region),
        "sketch": sketch(runs_of(body)),
    }


def authority_of(parsed: ParsedDocument) -> Authority:
    """How near the document is to its issuer."""
    kinds = [clause.kind for clause in parsed.clauses]
    return find_authority(parsed.title, parsed.doc_no, parsed.issuers, parsed.source, kinds, parsed.removed_lines)
