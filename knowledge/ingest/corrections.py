"""What a person sets right in a document's metadata: read wrongly off its file, lost, or printed nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, TypedDict

from knowledge.ingest.parsing import ParsedDocument
from knowledge.ingest.titles import series
from knowledge.models import Document

_READ = ("title", "doc_no", "issued_on", "region", "issuers", "cohorts")
"""Fields that number, series, standing and copies are found by: they are set right before anything follows from them."""


class Corrections(TypedDict, total=False):
    """The fields that were set right; None or an empty list says that the document names none."""

    title: str | None
    doc_no: str | None
    issuers: list[str]
    issued_on: date | None
    region: str | None
    cohorts: list[int]
    audience: list[str]
    in_force_from: date | None
    in_force_until: date | None


def corrected(parsed: ParsedDocument, corrections: Corrections) -> ParsedDocument:
    """The document as if its file had said so; the text, which quotes are cut from, stays as printed."""
    given: dict[str, Any] = {name: value for name, value in corrections.items() if name in _READ}
    given |= {name: tuple(given[name]) for name in ("issuers", "cohorts") if name in given}
    if given.get("issued_on"):
        given["date_conflict"] = False
    return replace(parsed, **given)


def correct(row: Document, corrections: Corrections) -> None:
    """Set the columns of a document right, and those that follow from them."""
    for name, value in corrections.items():
        setattr(row, name, value)
    if corrections.get("issued_on"):
        row.date_conflict = False
    if {"title", "issuers", "region"} & corrections.keys():
        row.series = series(row.title, row.issuers, row.region)
