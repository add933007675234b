"""Whether the assistant can answer, and what stands in its way."""

from __future__ import annotations

import asyncio
import time
from dataclasses import asdict, dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.knowledge_link import Knowledge
from bot.rasa_client import RasaClient
from bot.store import ConversationStore

FRESH_SECONDS = 1.0
DATABASE_SECONDS = 1.5
WORDS_ONLY = "words_only"
"""The documents' encoder does not answer."""


@dataclass(frozen=True)
class HealthReport:
    """Each part is `ok` or a word on what is wrong with it."""

    status: str
    rasa: str
    database: str
    index: str
    wechat: str | None = None
    """Whether the official accounts' settings are complete; None, and left out, without any."""

    @property
    def can_answer(self) -> bool:
        """Whether every part does its work, be it without the documents' encoder: words are still searched."""
        return (self.rasa, self.database) == ("ok", "ok") and self.index in ("ok", WORDS_ONLY)

    def as_dict(self) -> dict[str, str]:
        """The body of `/healthz`."""
        return {part: word for part, word in asdict(self).items() if word is not None}


class Health:
    """Looks at the parts at most once a second, however often it is asked."""

    def __init__(self, store: ConversationStore, rasa: RasaClient, knowledge: Knowledge, wechat: str | None = None) -> None:
        """`wechat`: a word on the official accounts' settings, which do not change while this runs."""
        self._wechat = wechat
        self._store, self._rasa, self._knowledge = store, rasa, knowledge
        self._lock = asyncio.Lock()
        self._writing: asyncio.Future[str] | None = None
        self._latest: tuple[float, HealthReport] | None = None

    async def report(self) -> HealthReport:
        """The state of the parts; takes two seconds at most."""
        async with self._lock:
            if self._latest is None or time.monotonic() - self._latest[0] > FRESH_SECONDS:
                self._latest = (time.monotonic(), await self._look())
            return self._latest[1]

    async def _look(self) -> HealthReport:
        rasa, database = await asyncio.gather(self._rasa.alive(), self._database())
        index = self._index()
        words = ("ok" if rasa else "unreachable", database, index)
        return HealthReport("ok" if set(words) == {"ok"} else "degraded", *words, wechat=self._wechat)

    def _index(self) -> str:
        if not self._knowledge.ready():
            return "missing"
        return WORDS_ONLY if self._knowledge.by_words_alone() else "ok"

    async def _database(self) -> str:
        if self._writing is None:
            self._writing = asyncio.ensure_future(asyncio.to_thread(self._try_writing))
        done, _ = await asyncio.wait({self._writing}, timeout=DATABASE_SECONDS)
        if not done:
            return "locked"
        word, self._writing = self._writing.result(), None
        return word

    def _try_writing(self) -> str:
        try:
            self._store.check()
        except SQLAlchemyError as error:
            return "locked" if "lock" in str(error).lower() else "unreachable"
        return "ok"
