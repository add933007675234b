"""Refusals: the reason, what is known nearby, and the offer of a person. Also the answer from the built-in knowledge."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.answers import texts
from knowledge.answers.composing import citations, related, sentences_of, sources, suggestions
from knowledge.answers.judging import Judgement, on_topic
from knowledge.answers.model import Answer
from knowledge.answers.standing import warnings
from knowledge.language.places import NATION, relation
from knowledge.pack.schema import PackEntry
from knowledge.search.pack_search import PackHit
from knowledge.search.ranking import Found, Hit

NEARBY = 0.03
"""The probability of an answer from which the clause found is worth showing as something near."""


def refused(found: Found, judgement: Judgement, today: date, general: PackEntry | None = None) -> Answer:
    """The refusal that a judgement calls for, with the nearest clauses where they are near enough to help.

    Where only another place's documents answer, the one responsible is named, and `general` says what holds everywhere.
    """
    reason = judgement.reason or "no_source"
    near = related(judgement.hits) if found.answerable >= NEARBY or reason != "no_source" or on_topic(judgement.hits[0]) else []
    lines = [_why(judgement)]
    if reason == "wrong_region":
        lines.append(texts.RESPONSIBLE.format(asked=judgement.asked))
        if general and general.region == NATION and not general.school:
            lines += [texts.GENERAL.format(checked=general.checked_on), general.answer]
    if near:
        if reason != "damaged":
            lines += [f"{texts.NEARBY}{sentences_of(near[0])}"]
        lines += [texts.OFFER_PERSON, "", sources(near, today)]
    else:
        lines.append(texts.OFFER_PERSON)
    kept = warnings([near[0].entry], today) if near else ()
    return Answer(
        "refused",
        reason,
        "\n".join(lines),
        kept,
        citations(near, today),
        suggestions(near) if near else (texts.TALK_TO_PERSON,),
        found.answerable,
        found.question.text,
    )


def _why(judgement: Judgement) -> str:
    asked = texts.ASKED.get(judgement.asked, judgement.asked)
    match judgement.reason:
        case "wrong_region":
            wording = texts.NARROWER if relation(judgement.have, judgement.asked) == "below" else texts.WRONG_REGION
            return wording.format(asked=asked, have=judgement.have)
        case "wrong_year":
            return texts.WRONG_YEAR.format(asked=asked, have=judgement.have)
        case "damaged":
            return texts.DAMAGED_REFUSAL.format(asked=asked or "内容")
    if judgement.named_only:
        return texts.NAMES_ONLY
    return texts.NO_SOURCE_DETAIL.format(asked=asked) if asked else texts.NO_SOURCE


def nothing_found(question: str) -> Answer:
    """The refusal when there is nothing to search in or nothing was found."""
    return Answer("refused", "no_source", f"{texts.NO_SOURCE}\n{texts.OFFER_PERSON}", suggestions=(texts.TALK_TO_PERSON,), question=question)


def from_pack(question: str, hits: Sequence[PackHit], today: date, basis: Sequence[Hit] = (), beside: Hit | None = None) -> Answer:
    """What the built-in knowledge says.

    Its outcome is `refused` for the reason `not_official`: no document on file was written for the question; the text gives the
    general rule in our own words with its reserve. `basis` are the articles it rests on as far as they are on file, `beside` a clause
    on file that comes near the question: they are quoted, the near one first where it is of a place or a school.
    """
    entry = hits[0].entry
    others = tuple(hit.entry.title for hit in hits[1:3] if hit.score >= hits[0].score - 0.12)
    lines = [pack_text(entry, bool(basis))]
    quoted = list(basis)
    if beside is not None:
        lines.append(texts.PACK_BESIDE.format(title=beside.entry.document.display_title, clause=beside.entry.path))
        quoted.insert(0 if beside.entry.document.region not in (None, NATION) else len(quoted), beside)
    if quoted:
        lines += ["", sources(quoted, today)]
    kept = warnings([beside.entry], today) if beside is not None and quoted[0] is beside else ()
    return Answer(
        "refused", "not_official", "\n".join(lines), kept, citations(quoted, today), (*others, texts.TALK_TO_PERSON), hits[0].score, question
    )


def pack_text(entry: PackEntry, quoted: bool = False) -> str:
    """An entry as readable Chinese: reserve, answer, steps, who decides, what varies, basis, warnings.

    `quoted`: the articles it rests on are on file and stand below it.
    """
    lines = [_lead(entry, quoted)]
    if entry.supersedes_belief:
        belief = entry.supersedes_belief
        lines.append(texts.PACK_BELIEF.format(belief=belief.belief.rstrip("。"), now=belief.now.rstrip("。"), since=belief.since))
    lines.append(entry.answer)
    if entry.confidence == "B":
        lines.append(texts.PACK_UNCERTAIN)
    if entry.steps:
        lines.append(texts.PACK_STEPS)
        lines += [f"{number}. {step}" for number, step in enumerate(entry.steps, 1)]
    if entry.decides:
        lines.append(f"{texts.PACK_DECIDES}{entry.decides}。")
    if entry.varies:
        lines.append(f"{texts.PACK_VARIES}{entry.varies.rstrip('。')}。")
    lines += list(entry.warnings)
    lines.append(f"{texts.PACK_BASIS}{'；'.join(basis.citation for basis in entry.basis)}。")
    lines.append(texts.OFFER_PERSON)
    return "\n".join(lines)


def _lead(entry: PackEntry, quoted: bool) -> str:
    """Whose word it is and as of when; the reserve comes before everything."""
    own = [texts.SCHOOL_LEAD.format(school=entry.school, checked=entry.checked_on)] if entry.school else []
    if entry.confidence == "C":
        return "\n".join([texts.PACK_UNVERIFIED.format(checked=entry.checked_on), *own])
    lead = texts.PACK_LEAD_QUOTED if quoted else texts.PACK_LEAD
    return "".join(own) or lead.format(checked=entry.checked_on)
