"""Keeps one process's index in line with the store while questions are asked: beside them, and for a moment they wait for it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import TypeVar

import structlog
from sqlalchemy.orm import Session, sessionmaker

from knowledge.postings.search.index import Damaged, PostingIndex, Reader, Stopped, store_revision

PATIENCE = 2.5
"""Seconds that a question waits for what was just imported before it is answered from what is indexed so far."""
_Result = TypeVar("_Result")
_log = structlog.get_logger(__name__)


class IndexKeeper:
    """Safe to use from several threads."""

    def __init__(self, folder: Path, sessions: sessionmaker[Session]) -> None:
        self._index = PostingIndex(folder, sessions)
        self._sessions = sessions
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="postings")
        self._lock = Lock()
        self._running: Future[None] | None = None

    def ask(self, question: Callable[[Reader], _Result]) -> tuple[_Result, bool]:
        """A question's answer by the index, and whether all of the store was in it. A damaged index is built anew, once."""
        try:
            return self._asked(question)
        except Damaged as error:
            _log.warning("postings_index_rebuilt", reason=str(error))
            self._worker.submit(self._index.discard, self._index.reader()).result()
            return self._asked(question)

    def start(self) -> None:
        """Begin to bring the index in line, without waiting: done when the process starts, the first question finds it ready."""
        with self._lock:
            self._run()

    def close(self) -> None:
        """End, and the update that is running with it."""
        self._index.stop()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _asked(self, question: Callable[[Reader], _Result]) -> tuple[_Result, bool]:
        with self._sessions() as session:
            wanted = store_revision(session)
        complete = self._wait_for(wanted)
        while (reader := self._index.reader()) is None:  # nothing at all was written yet: the first batch is waited for
            complete = self._wait_for(wanted)
        return question(reader), complete

    def _wait_for(self, wanted: int) -> bool:
        if self._index.revision == wanted:
            return True
        with self._lock:
            running = self._run()
        try:
            running.result(PATIENCE)
        except TimeoutError:
            return False
        return self._index.revision >= wanted or self._wait_for(wanted)

    def _run(self) -> Future[None]:
        if self._running is None or self._running.done():
            self._running = self._worker.submit(self._index.bring_in_line)
            self._running.add_done_callback(_log_failure)
        return self._running


def _log_failure(done: Future[None]) -> None:
    error = None if done.cancelled() else done.exception()
    if error is not None and not isinstance(error, Stopped):
        _log.warning("postings_not_indexed", error=type(error).__qualname__)
