"""The postings as the rest of the system meets them: searched, looked up, never shown before they were reviewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import tantivy
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.settings import Settings
from knowledge.indexing import folder_of
from knowledge.postings.models import Posting, PostingDecision, PostingOrigin
from knowledge.postings.search import fitting, ranking
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.search.fitting import Fit, Grade
from knowledge.postings.search.index import Reader, rows_of, storable
from knowledge.postings.search.keeper import IndexKeeper
from knowledge.postings.search.loosening import Loosening, loosenings
from knowledge.postings.search.meanings import PUBLISHED
from knowledge.postings.search.query import Queries, among, queries, without
from knowledge.postings.views import PostingView, State, state_of

_BESIDE = "-postings"
"""Behind the name of the documents' index, beside which the postings' lies: each may be thrown away without the other."""
_WINDOW = 24
"""How many of the newest that fit are looked at closely for a page of five; a larger page looks at more."""
_PER_SHOWN = 5


@dataclass(frozen=True)
class Found:
    """What a search gave. `total` counts all that fit or may fit, `sure` those without a doubt; `items` are one page, the sure ones first."""

    total: int
    items: tuple[PostingView, ...]
    uncertain: tuple[int, ...] = ()
    """The ids of items that may not fit; each says why."""
    loosenings: tuple[Loosening, ...] = ()
    """Where nothing surely fits: what easing one condition would give."""
    sure: int = 0
    more: bool = False
    """Whether others fit that are neither shown nor excluded."""
    complete: bool = True
    """False while the index is being built: then there may be more than was found."""


@dataclass(frozen=True)
class _Page:
    """What the index proposes for a page."""

    total: int
    sure: int
    left: int
    """How many fit that are not excluded."""
    tiers: tuple[tuple[int, ...], ...]
    """Ids, the newest first: all, where they are few; else those whose role is meant first of all, the other sure ones, the uncertain ones."""
    loosenings: tuple[Loosening, ...]


class Postings:
    """One per process, safe to share between threads."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, keeper: IndexKeeper) -> None:
        self._sessions = sessions
        self._clock = clock
        self._keeper = keeper

    def search(self, criteria: Criteria, *, limit: int = 5, exclude: Sequence[int] = ()) -> Found:
        """The best postings for what is asked. `exclude` are the ids shown before (换一批). The order is the same at every call.

        The index proposes; what is shown was read from the database and fits by what it says there. Raises what the database raises.
        """
        today = self._clock.today()
        page, complete = self._keeper.ask(lambda reader: self._propose(reader, criteria, today, limit, tuple(exclude)))
        sure, unsure = self._verified(page, criteria, today, limit, exclude)
        items = (sure + unsure)[:limit]
        uncertain = tuple(view.id for view in items if view.uncertain)
        return Found(page.total, tuple(items), uncertain, page.loosenings, page.sure, page.left > len(items), complete)

    def count(self, criteria: Criteria) -> int:
        """How many postings fit or may fit."""
        today = self._clock.today()
        return self._keeper.ask(lambda reader: reader.count(queries(criteria, today).fits))[0]

    def get(self, posting_id: int) -> PostingView | None:
        """A posting as it stands today; None for one that never was published. Raises what the database raises."""
        return next(iter(self.get_many([posting_id])), None)

    def get_many(self, posting_ids: Sequence[int]) -> list[PostingView]:
        """Postings as they stand today, in the order asked; those that never were published are left out."""
        with self._sessions() as session:
            rows = rows_of(session, posting_ids)
            once = _once_published(session, [number for number, row in rows.items() if row.status != PUBLISHED])
            views = self._views(session, [rows[number] for number in dict.fromkeys(posting_ids) if number in rows], once)
        return views

    def by_employer(self, name: str, *, limit: int = 5, exclude: Sequence[int] = (), criteria: Criteria | None = None) -> Found:
        """What else an employer has open, by its name or a part of it; other conditions stand where `criteria` sets them."""
        return self.search(replace(criteria or Criteria(), employer=name), limit=limit, exclude=exclude)

    def start(self) -> None:
        """Bring the index in line beside everything else, so that the first question finds it ready."""
        self._keeper.start()

    def close(self) -> None:
        """Let go of the index's thread."""
        self._keeper.close()

    def _propose(self, reader: Reader, criteria: Criteria, today: date, limit: int, exclude: tuple[int, ...]) -> _Page:
        asked, most = queries(criteria, today), max(_WINDOW, _PER_SHOWN * limit)
        left, newest = reader.counted(without(asked.fits, exclude), most)
        total = reader.count(asked.fits) if exclude else left
        few = not exclude and left <= most
        sure = reader.count(among(asked.sure, newest) if few else asked.sure) if total else 0
        tiers = (newest,) if left <= most else _tiers(reader, asked, limit, exclude, most)
        eased = () if sure else _eased(reader, criteria, today)
        return _Page(total, sure, left, tiers, eased)

    def _verified(
        self, page: _Page, criteria: Criteria, today: date, limit: int, exclude: Sequence[int]
    ) -> tuple[list[PostingView], list[PostingView]]:
        with self._sessions() as session:
            rows = rows_of(session, sorted({number for tier in page.tiers for number in tier}))
            seen = _keys(session, exclude)
            ranks: dict[Grade, list[tuple[Posting, Fit]]] = {Grade.YES: [], Grade.UNCERTAIN: []}
            for tier in page.tiers:
                for grade, chosen in self._ranked_tier([rows[number] for number in tier if number in rows], criteria, today, limit, seen).items():
                    ranks[grade] += chosen
            chosen = [*ranks[Grade.YES], *ranks[Grade.UNCERTAIN]][:limit]
            doubts = {row.id: found.doubts for row, found in chosen}
            views = [replace(view, uncertain=doubts[view.id]) for view in self._views(session, [row for row, _ in chosen], frozenset())]
        return [view for view in views if not view.uncertain], [view for view in views if view.uncertain]

    def _ranked_tier(
        self, rows: list[Posting], criteria: Criteria, today: date, limit: int, seen: set[str]
    ) -> dict[Grade, list[tuple[Posting, Fit]]]:
        """The rows that fit by what the database says, best first; a job that is there twice, or was shown before, only once."""
        fits = {row.id: fitting.fit(row, criteria, today) for row in rows}
        found: dict[Grade, list[tuple[Posting, Fit]]] = {Grade.YES: [], Grade.UNCERTAIN: []}
        for grade in found:
            own = []
            for row in rows:
                if fits[row.id].grade is grade and row.key not in seen:
                    seen.add(row.key)
                    own.append(row)
            found[grade] = [(row, fits[row.id]) for row in ranking.ranked(own, criteria, today, limit)]
        return found

    def _views(self, session: Session, rows: Sequence[Posting], once: frozenset[int]) -> list[PostingView]:
        today, sources = self._clock.today(), _sources(session, [row.id for row in rows])
        views = []
        for row in rows:
            state: State | None = state_of(row, today) or ("withdrawn" if row.id in once else None)
            if state is not None:
                views.append(PostingView(row, state, sources.get(row.id, ())))
        return views


def open_postings(settings: Settings, sessions: sessionmaker[Session], clock: Clock) -> Postings:
    """The postings of a process; the index is opened at the first question, or by `start`. Raises what the database raises."""
    documents = folder_of(settings.home, sessions)
    return Postings(sessions, clock, IndexKeeper(documents.with_name(f"{documents.name}{_BESIDE}"), sessions))


def _eased(reader: Reader, criteria: Criteria, today: date) -> tuple[Loosening, ...]:
    def fitting_all(other: Criteria) -> tantivy.Query:
        return queries(other, today).fits

    return loosenings(criteria, lambda other: reader.count(fitting_all(other)), lambda other: reader.highest(fitting_all(other), "pay_from"))


def _tiers(reader: Reader, asked: Queries, limit: int, exclude: tuple[int, ...], most: int) -> tuple[tuple[int, ...], ...]:
    tiers: list[tuple[int, ...]] = []
    taken: list[int] = list(exclude)
    for query in (asked.best, asked.sure, asked.unsure):
        if query is None:
            continue
        tier = reader.newest(without(query, taken), most)
        tiers.append(tier)
        taken += tier
        if len(taken) - len(exclude) >= limit and query is not asked.best:
            break
        if len(tier) >= most:
            break
    return tuple(tiers)


def _once_published(session: Session, numbers: Sequence[int]) -> frozenset[int]:
    """Those that graduates may have seen: a decision that published them is on record."""
    if not numbers:
        return frozenset()
    decided = select(PostingDecision.posting_id).where(PostingDecision.posting_id.in_(numbers), PostingDecision.status == PUBLISHED)
    return frozenset(session.scalars(decided))


def _sources(session: Session, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    if not numbers:
        return {}
    rows = session.execute(
        select(PostingOrigin.posting_id, PostingOrigin.source).where(PostingOrigin.posting_id.in_(numbers)).order_by(PostingOrigin.id)
    )
    found: dict[int, dict[str, None]] = {}
    for number, source in rows:
        found.setdefault(number, {})[source] = None
    return {number: tuple(names) for number, names in found.items()}


def _keys(session: Session, numbers: Sequence[int]) -> set[str]:
    """What other copies of these postings would bear."""
    known = storable(numbers)
    return set(session.scalars(select(Posting.key).where(Posting.id.in_(known)))) if known else set()
