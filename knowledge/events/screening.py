"""What a person has to see before graduates do: what the rules for postings forbid in an event, fees at the door, traps, and what is odd.

Only the rules screen, not the likeness to forbidden sentences (`knowledge.postings.screening.likeness`): it was learned from postings, and
most of an announcement speaks of employers, stands and traffic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from core.text.folding import fold
from knowledge.events import review_texts as texts
from knowledge.events.record import EventFields
from knowledge.postings.screening import Finding, screen_texts
from knowledge.traps import texts as trap_texts
from knowledge.traps.assess import assess
from knowledge.traps.model import Level

_FAIRS = ("双选会", "招聘会", "宣讲会")
"""Kinds that one goes to: without any place they help nobody."""
_LONGEST = timedelta(days=120)
"""An event that lasts longer has its dates confused, and would not be found (`knowledge.events.service`)."""
_SUM = r"\d[\d.]*(?:元|块)"
_ADMISSION = re.compile(
    rf"(?:入场费|进场费|门票|入场券|参会费|报名费|服务费|押金|保证金)[^,;。\n]{{0,8}}{_SUM}|(?:凭票入场|购票入场|收费入场|付费入场)"
    rf"|(?:每人|每位)(?:收取|收|交|缴纳|缴)?{_SUM}|(?:毕业生|求职者|学生|个人|应聘者)[^,;。\n]{{0,8}}(?:收取|收|交|缴纳|缴|支付){_SUM}"
)
_LAWFUL_FEE = re.compile("免|不收|无需|不需|补贴|补助|奖励|报销|红包|企业|单位|展位|参展|展商|考试|考生|考务")
"""In the same clause: nobody who looks for work pays."""
_CLAUSE = re.compile(r"[^,;。!?\n]+")
_FEE_OF_OTHERS = re.compile("展位|参展|展商|考试|考生|考务")
"""Who pays for a stand or for sitting an examination is told openly, and pays no employer."""
_FOR_WOMEN = re.compile("女大学生|女生|女性|妇女|巾帼")
_GARBLED = "\ufffd"


@dataclass(frozen=True)
class Screening:
    """What speaks against showing an event unseen; both empty for an ordinary one."""

    findings: tuple[Finding, ...] = ()
    issues: tuple[str, ...] = ()
    """In Chinese for the reviewer."""


def screened(fields: EventFields) -> Screening:
    """Screen one event as understood."""
    written = {"title": fields.title, "audience": fields.audience, "description": fields.description}
    findings = [found for found in screen_texts(written, fields.title, likeness=False) if not _is_ordinary(found, fields.title)]
    return Screening(tuple(findings), tuple(dict.fromkeys((*_odd(fields), *_fees(fields), *_traps(fields)))))


def _is_ordinary(found: Finding, title: str) -> bool:
    """What is forbidden in a posting and said of many a fair: an examination's fee, an age that has to be looked at, 女大学生专场."""
    if found.kind == "fee_charging":
        return _FEE_OF_OTHERS.search(found.phrase) is not None
    if found.kind == "gender":
        return "男" not in found.phrase and _FOR_WOMEN.search(fold(title)) is not None
    return found.kind == "age_illegitimate" and not found.certain


def _odd(fields: EventFields) -> Iterator[str]:
    if not fields.online and fields.kind in _FAIRS and not (fields.city or fields.district or fields.place):
        yield texts.NO_PLACE
    if fields.ends_at is not None and fields.ends_at <= fields.starts_at:
        yield texts.BACKWARDS
    if fields.ends_at is not None and fields.ends_at - fields.starts_at > _LONGEST:
        yield texts.LONG.format(days=(fields.ends_at - fields.starts_at).days)
    if any(_GARBLED in text for text in (fields.title, fields.place, fields.audience, fields.organiser, fields.description)):
        yield texts.GARBLED


def _fees(fields: EventFields) -> Iterator[str]:
    for text in (fields.title, fields.audience, fields.description):
        for clause in _CLAUSE.findall(fold(text).replace(" ", "")):
            found = _ADMISSION.search(clause)
            if found and not _LAWFUL_FEE.search(clause):
                yield texts.FEE.format(phrase=found.group())


def _traps(fields: EventFields) -> Iterator[str]:
    assessment = assess(f"{fields.title}。{fields.description}")
    if assessment.level is Level.HIGH:
        for signal in assessment.signals:
            yield texts.TRAP.format(kind=trap_texts.KINDS[signal.kind], phrase=signal.phrase)
