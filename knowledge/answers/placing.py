"""What an answer says of places: whether it depends on one that nobody has named, and that a place has no documents on file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from knowledge.answers import texts
from knowledge.answers.choosing import FITS_CLOSELY
from knowledge.answers.judging import Judgement, on_topic
from knowledge.answers.model import Answer
from knowledge.language.places import NATION, bearing, holds_in, is_school, narrowest, relation
from knowledge.language.question import Question
from knowledge.pack.schema import PackEntry
from knowledge.search.pack_search import PackHit
from knowledge.search.ranking import Hit

MOST_PLACES = 4

_BY_PLACE = re.compile("各地|当地|地方|地区|城市|[各本全]省|[各本全]市|省市|省份|有的省|省里|户籍地|迁入地|参保地|就业地|所在地|落户地")


def local_places(hits: Iterable[Hit]) -> tuple[str, ...]:
    """The places that the clauses' documents are of, the nation left out."""
    regions = (hit.entry.document.region for hit in hits)
    return tuple(dict.fromkeys(region for region in regions if region and region != NATION))


def depending_on(answer: Answer, places: Sequence[str]) -> Answer:
    """The answer, marked as one that another place may answer otherwise; `places` have documents on file."""
    return replace(answer, depends_on_place=True, places=tuple(places[:MOST_PLACES]))


def with_place_noted(answer: Answer, question: Question, on_file: Collection[str]) -> Answer:
    """An answer from a document, with the truth about the place asked for where its own documents are not on file."""
    asked = "、".join(narrowest(question.regions))
    cited = answer.citations[0].region if answer.citations else None
    if not asked or cited is None or any(_is_its_own(region, question) for region in on_file):
        return answer
    if cited == NATION:
        note = texts.ONLY_NATIONAL.format(asked=asked) if not _has_documents(question, on_file) else ""
    else:
        note = texts.ONLY_ABOVE.format(asked=asked, have=cited) if any(relation(cited, place) == "above" for place in question.regions) else ""
    return _with_note(answer, note) if note else answer


def gives_way(judgement: Judgement, question: Question, told: PackHit) -> bool:
    """Whether a built-in entry says more than the refusal: of a clause of another place only where that is about something else,
    or the entry is one of the place asked for; of a damaged one only where nobody asked for its place and the entry fits closely."""
    entry = told.entry
    if judgement.reason == "damaged":
        return told.score >= FITS_CLOSELY and judgement.hits[0].entry.document.region not in question.regions
    if judgement.reason != "wrong_region":
        return judgement.reason in (None, "no_source")
    local = entry.region != NATION and bearing(entry.region, question.regions) in ("same", "above")
    return local or not on_topic(judgement.hits[0])


def varies_by_place(entry: PackEntry) -> bool:
    """Whether an entry says that places differ; other things it says to vary (with the employer, the agreement) are none of ours."""
    return entry.varies is not None and _BY_PLACE.search(entry.varies) is not None


def with_no_local_source(given: Answer, question: Question, on_file: Collection[str]) -> Answer:
    """A built-in answer that opens, behind the reserve if it has one, with the truth that nothing is on file for the place, and who knows."""
    if _has_documents(question, on_file):
        return given
    asked = "、".join(narrowest(question.regions))
    note = "\n".join([texts.NO_LOCAL.format(asked=asked), texts.RESPONSIBLE.format(asked=asked)])
    if not given.text.startswith(texts.TO_BE_CHECKED):
        return replace(given, text=f"{note}\n{given.text}")
    reserve, _, rest = given.text.partition("\n")
    return replace(given, text=f"{reserve}\n{note}\n{rest}")


def _has_documents(question: Question, on_file: Collection[str]) -> bool:
    return any(holds_in(region, place) for region in on_file for place in narrowest(question.regions))


def _is_its_own(region: str, question: Question) -> bool:
    return is_school(region) or any(relation(region, place) == "same" for place in narrowest(question.regions))


def _with_note(answer: Answer, note: str) -> Answer:
    """Put before the sources: what must be said first, that a text has expired, stays first."""
    said, head, sources = answer.text.partition(f"\n\n{texts.SOURCE_HEAD}")
    return replace(answer, text=f"{said}\n{note}{head}{sources}")
