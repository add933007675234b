"""Vectors that are missing are computed beside the conversation, in a thread that gives way to everything else."""

from __future__ import annotations

import os
import threading

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from knowledge import catalogue
from knowledge.embedding import embed_pending, progress
from knowledge.errors import EncoderUnavailable
from knowledge.search.encoder import Encoder

_LOOK_SECONDS = 5.0
_PATIENCE_SECONDS = 30.0
"""Seconds until an encoder or a database that failed is tried again."""
_SMALL_BATCH = 4
"""Clauses at a time: a question waits for the processor no longer than one batch takes."""
_NICENESS = 10
_log = structlog.get_logger(__name__)


class BackgroundEmbedding:
    """Looks for clauses without vectors whenever the store has changed, and fills them in; stopped by `close`."""

    def __init__(self, sessions: sessionmaker[Session], encoder: Encoder, look_seconds: float = _LOOK_SECONDS) -> None:
        self._sessions, self._encoder, self._look_seconds = sessions, encoder, look_seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="embedding", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Stop after the batch at hand."""
        self._stop.set()
        self._thread.join(timeout=_PATIENCE_SECONDS)

    def _run(self) -> None:
        if hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        seen = -1
        while not self._stop.is_set():
            pause = self._look_seconds
            try:
                revision = catalogue.revision(self._sessions)
                if revision != seen:
                    self._fill()
                    seen = revision
            except (EncoderUnavailable, SQLAlchemyError) as error:
                _log.warning("embedding_waits", reason=str(error)[:200])
                pause = _PATIENCE_SECONDS
            self._stop.wait(pause)

    def _fill(self) -> None:
        state = progress(self._sessions, self._encoder.name)
        if not state.pending:
            return
        _log.info("embedding_started", model=self._encoder.name, done=state.done, of=state.total)
        done = embed_pending(self._sessions, self._encoder, stop=self._stop, batch=_SMALL_BATCH)
        _log.info("embedding_paused" if self._stop.is_set() else "embedding_finished", model=self._encoder.name, clauses=done)
