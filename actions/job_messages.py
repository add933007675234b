"""Messages about postings: the payload of the contract, and the same as numbered text for channels that show nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions import job_texts as texts
from actions.messages import Message
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.service import Found
from knowledge.postings.views import PostingView, deadline_text
from knowledge.postings.wishes.wording import chips, described, easing

_MOST_LOOSENINGS = 4
_NOT_WRITTEN = "未写明"


def listed(criteria: Criteria, found: Found, notes: Sequence[str], *, head: str | None = None, continued: bool = False) -> Message:
    """A page of postings, or what to give up where none fits."""
    items = [view.as_item() | {"number": number} for number, view in enumerate(found.items, 1)]
    chosen, loosen = chips(criteria), _loosen(criteria, found)
    lines = [head or _head(criteria, found, continued=continued)]
    for number, view in enumerate(found.items, 1):
        lines += _lines(view, number)
    lines += _after(found, loosen, bool(items), head)
    lines += [note for note in notes if note]
    if items and chosen:
        lines.append(texts.HOW_TO_DROP.format(text=chosen[-1]["text"]))
    payload: dict[str, Any] = {
        "total": found.total,
        "filters": criteria.to_json(),
        "items": items,
        "chips": chosen,
        "loosen": loosen,
        "page": {"shown": len(items), "more": found.more},
    }
    return {"kind": "postings", "text": "\n".join(lines), "payload": payload}


def detailed(view: PostingView, question: str) -> Message:
    """One posting with every field, what was asked about first."""
    detail = view.as_detail()
    item = view.as_item() | {"detail": detail}
    lines = [texts.DETAIL_HEAD.format(title=view.title, employer=view.employer)]
    if view.state != "open":
        lines.append(texts.CLOSED.format(state=view.state_text))
    lines += _answer(question, detail["fields"])
    lines += [_row(row) for row in detail["fields"] if row["label"] not in ("岗位", "单位")]
    lines.append(texts.DETAIL_SOURCE.format(source=detail["source"] or _NOT_WRITTEN))
    if detail["checked_at"]:
        lines.append(texts.DETAIL_CHECKED.format(checked_at=detail["checked_at"][:10]))
    lines.append(texts.DETAIL_STATE.format(state=detail["status_text"]))
    if any(row["value"] == _NOT_WRITTEN for row in detail["fields"]):
        lines.append(texts.NOT_WRITTEN_ADVICE)
    payload = {"total": 1, "filters": {}, "items": [item], "chips": [], "loosen": [], "page": {"shown": 1, "more": False}}
    return {"kind": "postings", "text": "\n".join(lines), "payload": payload}


def without_items(found: Found) -> Found:
    """What was found with nothing to show: for a page behind the last."""
    return replace(found, items=(), uncertain=(), loosenings=(), more=False)


def _head(criteria: Criteria, found: Found, *, continued: bool) -> str:
    conditions = described(criteria)
    if not found.items:
        return texts.NONE.format(conditions=conditions)
    if continued:
        return texts.NEXT.format(conditions=conditions)
    if len(found.uncertain) == len(found.items):
        return texts.FOUND_UNSURE.format(conditions=conditions, shown=len(found.items))
    page = texts.PAGE.format(shown=len(found.items)) if found.total > len(found.items) else ""
    return texts.FOUND.format(conditions=conditions, total=found.total, page=page)


def _lines(view: PostingView, number: int) -> list[str]:
    item = view.as_item()
    facts = [
        item["city"],
        item["salary_text"] or texts.PAY_UNSAID,
        item["education"],
        item["cohort"],
        texts.FACT_DEADLINE.format(deadline=deadline_text(view.posting)),
    ]
    lines = [texts.LINE.format(nth=number, title=view.title, employer=view.employer)]
    lines.append(texts.LINE_FACTS.format(facts="｜".join(fact for fact in facts if fact)))
    if view.uncertain:
        reasons = texts.JOIN.join(doubt.reason for doubt in view.uncertain)
        lines.append(texts.LINE_FACTS.format(facts=texts.UNCERTAIN.format(reasons=reasons)))
    return lines


def _after(found: Found, loosen: list[dict[str, Any]], any_items: bool, head: str | None) -> list[str]:
    lines = []
    if loosen:
        lines.append(texts.UNSURE_LOOSEN if any_items else texts.NONE_LOOSEN)
        lines += [texts.LOOSEN.format(**each) for each in loosen]
    elif not any_items and head is None:
        lines.append(texts.NONE_AT_ALL)
    if any_items:
        more = texts.MORE.format(left=found.total - len(found.items)) if found.more and found.total > len(found.items) else ""
        lines.append(f"{more}{texts.HOW_ON}")
    if not found.complete:
        lines.append(texts.INCOMPLETE)
    return lines


def _loosen(criteria: Criteria, found: Found) -> list[dict[str, Any]]:
    named = [(easing(each, criteria), each.total) for each in found.loosenings]
    return [{"label": words, "text": words, "total": total} for words, total in named[:_MOST_LOOSENINGS]]


def _answer(question: str, rows: Sequence[dict[str, str]]) -> list[str]:
    """The row that the question is about, if it is about one."""
    asked = [label for label, words in texts.ASKED_FIELDS.items() if any(word in question for word in words)]
    values = {row["label"]: row["value"] for row in rows}
    return [texts.ASKED_ABOUT.format(label=label, value=values.get(label, _NOT_WRITTEN)) for label in asked[:2]]


def _row(row: dict[str, str]) -> str:
    line = texts.DETAIL_ROW.format(label=row["label"], value=row["value"])
    return line + texts.DETAIL_EVIDENCE.format(evidence=row["evidence"]) if row.get("evidence") else line
