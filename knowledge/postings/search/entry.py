"""A posting as the index holds it: terms, numbers and the neighbours of its characters, all following from what `fitting` says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import tantivy

from knowledge.postings.search import fitting, meanings
from knowledge.postings.search.meanings import Row
from knowledge.postings.search.words import pairs, runs, singles

FORMAT = 2
"""Rises when what is written here changes: an index of another format is built anew."""
NO_DEADLINE = date.max.toordinal()
_ORDER_BITS = 40
"""Of the order's number, below the day: room for the posting's number, so that no two are alike."""


def schema() -> tantivy.Schema:
    """The fields: `id`; `term` for what is one of several; numbers for what is compared; characters for what is read."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", fast=True, indexed=True)
    builder.add_unsigned_field("order", fast=True)
    for name in ("pay_from", "pay_to", "day_from", "day_to", "deadline", "posted"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_text_field("term", tokenizer_name="raw", index_option="basic")
    for name in ("text", "title", "employer", "place"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
        builder.add_text_field(single(name), tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def single(field: str) -> str:
    """The field that holds the tokens of another one by one."""
    return f"{field}_single"


def document(row: Any) -> tantivy.Document:
    """What the index keeps of a published posting: a row with the columns of `meanings.Row`, `id` and `imported_at`."""
    entry = tantivy.Document()
    entry.add_unsigned("id", row.id)
    entry.add_unsigned("order", order_number(row))
    (pay_from, pay_to), (day_from, day_to) = meanings.salary_span(row), meanings.day_span(row)
    deadline = row.deadline.toordinal() if row.deadline else NO_DEADLINE
    posted = row.posted_on.toordinal() if row.posted_on else 0
    numbers = {"pay_from": pay_from, "pay_to": pay_to, "day_from": day_from, "day_to": day_to, "deadline": deadline, "posted": posted}
    for name, number in numbers.items():
        entry.add_unsigned(name, number)
    for term in terms(row):
        entry.add_text("term", term)
    texts = {"text": meanings.searched_text(row), "title": row.title, "employer": row.employer, "place": meanings.place(row)}
    for name, text in texts.items():
        text_runs = runs(text)
        entry.add_text(name, pairs(text_runs))
        entry.add_text(single(name), singles(text_runs))
    return entry


def order_number(row: Any) -> int:
    """The newest first, and of one day the latest imported: a number that no two postings share."""
    day = row.posted_on or row.imported_at.date()
    return (int(day.toordinal()) << _ORDER_BITS) + int(row.id)


def terms(row: Row) -> Iterator[str]:
    """What the conditions that are no comparison and no text look for, each with a letter for what it is."""
    yield from (f"city:{city}" for city in row.cities)
    yield from (f"province:{province}" for province in meanings.provinces(row))
    yield from (f"role:{role}" for role in row.roles)
    yield from (f"first:{role}" for role in row.roles[:1])
    if row.employer_type:
        yield f"type:{row.employer_type}"
    yield f"degree:{row.education or 0}"
    yield from (f"major:{term}" for term in meanings.major_terms(row))
    yield from _cohort_terms(row)
    yield from (f"trait:{trait}" for trait in fitting.TRAIT_CONDITIONS if meanings.has_trait(row, trait))
    if meanings.denies_trait(row, "no_overtime"):
        yield "denied:no_overtime"
    if row.deadline is None and row.deadline_state != "open":
        yield "deadline:unknown"
    if meanings.is_salary_unsaid(row):
        yield "pay:unsaid"


def _cohort_terms(row: Row) -> Iterator[str]:
    if row.any_cohort:
        yield "class:any"
    elif not row.cohorts:
        yield "class:unsaid"
    yield from (f"class:{year}" for year in row.cohorts)
    yield from (f"condition:{year}" for year in meanings.conditional_years(row))
