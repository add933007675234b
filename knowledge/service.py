"""The knowledge as the rest of the system meets it: prepared once, opened by a process, asked questions."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.settings import Settings
from knowledge import catalogue, indexing
from knowledge.answers import composing, placing, refusing, texts
from knowledge.answers.basis import basis_on_file, found_first
from knowledge.answers.choosing import clause_beside, entry_is_better
from knowledge.answers.follow_up import complete, merge
from knowledge.answers.judging import ANSWERABLE, CERTAIN, is_foreign, judge_found
from knowledge.answers.model import Answer
from knowledge.background import BackgroundEmbedding
from knowledge.builtin import BuiltIn, shipped_vectors
from knowledge.errors import IndexMissing
from knowledge.ingest.importing import Importer
from knowledge.language.question import Question
from knowledge.language.whereabouts import only_places
from knowledge.pack.schema import PackEntry, load_entries
from knowledge.search.encoder import Encoder, default_encoder
from knowledge.search.encoders import document_encoder
from knowledge.search.features import encode_together
from knowledge.search.kept import CACHE, kept_vectors
from knowledge.search.library import Library
from knowledge.search.pack_search import THRESHOLD, PackHit, asks_too_little
from knowledge.search.pointers import pointers_from
from knowledge.search.ranking import Found, Hit, search, shipped_weights
from knowledge.search.synonyms import follow_local

_log = structlog.get_logger(__name__)
_PATIENCE = 1.5
"""Seconds that a question waits for a new index before it is answered from the one before."""
_CLEARLY = 0.2
"""By how much a reading as a follow-up must be likelier than the question by itself."""


@dataclass(frozen=True)
class _Snapshot:
    """The index of one revision; None when no documents are on file."""

    revision: int
    index: Library | None


@dataclass(frozen=True)
class _Foreseen:
    """What a search gave that was made before anybody asked; only the latest is kept, for only a message that is alone is foreseen."""

    index: Library
    question: Question
    result: tuple[Found, list[PackHit]]


class Knowledge:
    """Answers questions; follows changes of the store without a restart. Safe to share between threads."""

    def __init__(
        self, sessions: sessionmaker[Session], clock: Clock, encoder: Encoder, pack: BuiltIn, home: Path, documents: Encoder | None = None
    ) -> None:
        """`encoder` is that of the built-in knowledge, `documents` that of the clauses where it is another one."""
        self._documents = documents or encoder
        self._sessions, self._clock, self._encoder, self._pack, self._home = sessions, clock, encoder, pack, home
        self._snapshot: _Snapshot | None = None
        self._lock = Lock()
        self._foreseen: _Foreseen | None = None
        self._searching = Lock()
        """Searches one after the other: side by side they only take the interpreter from each other and from everybody else."""
        self._builder = ThreadPoolExecutor(1, thread_name_prefix="index")
        self._building: Future[_Snapshot] | None = None
        self._building_revision = -1

    def ready(self) -> bool:
        """Whether there is something to search in and it can be searched."""
        try:
            self._current()
        except (SQLAlchemyError, IndexMissing, ValueError) as error:
            _log.error("knowledge_not_ready", error=type(error).__qualname__)
            return False
        return True

    def embedding(self) -> BackgroundEmbedding:
        """What fills in missing vectors beside the questions, for whoever keeps this running to start and close."""
        return BackgroundEmbedding(self._sessions, self._documents)

    def by_words_alone(self) -> bool:
        """Whether questions are searched by words alone just now, because the encoder of the documents does not answer."""
        return not self._documents.answering

    def importer(self) -> Importer:
        """What takes files into the store that this knowledge reads."""
        return Importer(self._sessions, self._clock, self._documents)

    def find(self, text: str) -> Found | None:
        """The clauses for a question, with their scores and features; None when no documents are on file."""
        index = self._current().index
        return self._search(index, complete(text, None, self._clock.today().year))[0] if index else None

    def built_in(self, text: str) -> list[PackHit]:
        """The entries of the built-in knowledge nearest to a text, best first."""
        return self._pack_hits(complete(text, None, self._clock.today().year))

    def foresee(self, text: str) -> None:
        """Search for a message that will probably be asked in a moment: while Rasa reads it, the other processor has nothing to do.

        `answer` takes the result if it means the same question. Does nothing while another search runs. Raises as `answer` does.
        """
        index = self._current().index
        question = complete(text, None, self._clock.today().year)
        if index is None or asks_too_little(question) or not self._searching.acquire(blocking=False):
            return
        try:
            self._foreseen = _Foreseen(index, question, self._search(index, question))
        finally:
            self._searching.release()

    def answer(self, text: str, previous: str | None = None, threshold: float = ANSWERABLE, place: str | None = None) -> Answer:
        """Answer a question, in the light of the one before it.

        `threshold` is the probability from which clauses are said to answer: raise it for texts that are probably no
        policy questions. `place` is where the graduate is, as far as known: it counts where the question names no place itself.
        A message that names a place and nothing else asks the question before it for that place.
        Raises IndexMissing when there is no index and none can be built.
        """
        said = only_places(text)
        if said and not previous:
            return Answer("clarify", None, texts.PLACE_NOTED.format(place="、".join(said)), suggestions=texts.TOPICS, place=said[0])
        question = complete(text, previous, self._clock.today().year)
        given = self._answer(question, text, previous, threshold, None if question.regions else place)
        return replace(given, place=said[0]) if len(said) == 1 else given

    def _answer(self, question: Question, text: str, previous: str | None, threshold: float, place: str | None) -> Answer:
        """`place`: where the graduate is, where the question names no place."""
        index, today = self._current().index, self._clock.today()
        if asks_too_little(question):
            return self._ask_back(question)
        with self._searching:
            found, hits = self._best_reading(index, question, text, previous) if index else (None, self._pack_hits(question))
            if place and not (found and found.question.regions):
                question = replace(question, regions=(place,))
                found, hits = self._in_place(index, question, found)
        if _is_bare_topic(question) and (found is None or found.answerable < CERTAIN) and not (previous and question.looks_like_follow_up):
            return self._offer_topics(question, hits) if hits[0].score >= THRESHOLD else self._ask_back(question)
        on_file = index.local_regions if index else frozenset()
        judgement = judge_found(found, threshold) if found else None
        if found and judgement and judgement.reason is None and not entry_is_better(found, judgement.hits[0], hits[0], on_file):
            return self._placed(composing.answered(found, judgement.hits, today), question, judgement.hits, on_file, place is None)
        if hits[0].score >= THRESHOLD and (judgement is None or placing.gives_way(judgement, question, hits[0])):
            basis = basis_on_file(hits[0].entry, index.clauses_of, today) if index else []
            basis = found_first(basis, judgement.hits[0]) if judgement else basis
            given = refusing.from_pack(question.text, hits, today, basis, clause_beside(judgement, question) if judgement else None)
            return self._entry_placed(given, question, hits[0].entry, on_file)
        general = hits[0].entry if hits[0].score >= THRESHOLD else None
        return refusing.refused(found, judgement, today, general) if found and judgement else refusing.nothing_found(question.text)

    def _in_place(self, index: Library | None, question: Question, found: Found | None) -> tuple[Found | None, list[PackHit]]:
        """What was found without regard to the place, read for the place of `question`: it is searched for again only where another
        place's clause came first, for the name of the place alone would draw its documents before better ones of the nation."""
        if index is None or found is None:
            return None, self._pack_hits(question)
        asked = replace(found.question, regions=question.regions)
        if is_foreign(asked, found.hits[0].entry):
            return self._search(index, asked)
        return replace(found, question=asked), self._pack_hits(asked)

    def _placed(self, given: Answer, question: Question, hits: Sequence[Hit], on_file: frozenset[str], named: bool) -> Answer:
        """An answer from documents, with what it means for the place asked for, or marked as one that depends on the place."""
        if question.regions:
            return placing.with_place_noted(given, question, on_file) if named else given
        places = placing.local_places(composing.related(hits))
        return placing.depending_on(given, places) if places else given

    def _entry_placed(self, given: Answer, question: Question, entry: PackEntry, on_file: frozenset[str]) -> Answer:
        """An answer from the built-in knowledge, likewise."""
        if not placing.varies_by_place(entry):
            return given
        return placing.with_no_local_source(given, question, on_file) if question.regions else placing.depending_on(given, sorted(on_file))

    def _best_reading(self, index: Library, question: Question, text: str, previous: str | None) -> tuple[Found, list[PackHit]]:
        """A short question that finds nothing by itself may be a follow-up that does not look like one."""
        found, hits = self._search(index, question)
        if previous and len(question.folded) <= 20 and found.answerable < ANSWERABLE and question.text == text:
            merged, merged_hits = self._search(index, merge(question, previous, self._clock.today().year))
            if merged.answerable > found.answerable + _CLEARLY:
                return merged, merged_hits
        return found, hits

    def _search(self, index: Library, question: Question) -> tuple[Found, list[PackHit]]:
        foreseen = self._foreseen
        if foreseen is not None and foreseen.index is index and foreseen.question == question:
            self._foreseen = None
            return foreseen.result
        encode_together(question, index.local_regions, self._documents)
        hits = self._pack_hits(question)
        return search(index, question, self._documents, hits[0].score, pointers=pointers_from(hits)), hits

    def _pack_hits(self, question: Question) -> list[PackHit]:
        return self._pack.current().search(question, self._encoder.encode([question.folded])[0])

    def _ask_back(self, question: Question) -> Answer:
        return Answer("clarify", None, texts.CLARIFY, suggestions=texts.TOPICS, question=question.text)

    def _offer_topics(self, question: Question, hits: list[PackHit]) -> Answer:
        return Answer("clarify", None, texts.CLARIFY, suggestions=(*(hit.entry.title for hit in hits), texts.TALK_TO_PERSON), question=question.text)

    def _current(self) -> _Snapshot:
        """The index of the store's present revision.

        When the revision has changed, the new index is built beside the old one: a question waits a moment for it and is
        answered from the old one when that takes longer. Only where there is none, or it is empty, the new one is waited for to the end.
        """
        follow_local(self._home)
        revision = catalogue.revision(self._sessions)
        with self._lock:
            snapshot = self._snapshot
            if snapshot is not None and snapshot.revision == revision:
                return snapshot
            if self._building is None or self._building_revision != revision:
                self._building, self._building_revision = self._builder.submit(self._build, revision), revision
            building = self._building
        try:
            built = building.result(timeout=None if snapshot is None or snapshot.index is None else _PATIENCE)
        except TimeoutError:
            return snapshot if snapshot is not None else building.result()
        with self._lock:
            if self._snapshot is None or self._snapshot.revision <= built.revision:
                self._snapshot = built
            return built

    def _build(self, revision: int) -> _Snapshot:
        shipped_weights()
        library = indexing.open_library(indexing.folder_of(self._home, self._sessions), self._sessions, self._documents)
        if self._snapshot is None:
            _log.info("vectors_searched_by", kind=library.vectors_searched_by)
        _log.info("knowledge_indexed", revision=revision, clauses=len(library))
        return _Snapshot(revision, library if len(library) else None)


def _is_bare_topic(question: Question) -> bool:
    return len(question.folded) <= 5 and len(question.terms) <= 2 and not question.wants


def open_knowledge(settings: Settings, sessions: sessionmaker[Session], clock: Clock) -> Knowledge:
    """The knowledge of a process: loads the encoder and the built-in entries; the index is built at the first question."""
    encoder = default_encoder()
    kept_vectors().keep_in(settings.home / CACHE)
    return Knowledge(sessions, clock, encoder, BuiltIn(settings.home, encoder, clock), settings.home, document_encoder(settings))


def prepare(settings: Settings) -> None:
    """Do beforehand what would slow the first start: the vectors of the built-in entries. May be repeated."""
    kept_vectors().keep_in(settings.home / CACHE)
    shipped_vectors(load_entries(), default_encoder())
