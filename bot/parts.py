"""The parts of one running application, put together in one place."""

from __future__ import annotations

import time
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session, sessionmaker

from bot import screening
from bot.backlog import Backlog
from bot.gateway import Gateway
from bot.health import Health
from bot.hub import Hub
from bot.knowledge_link import Knowledge, open_knowledge
from bot.limits import Limits, Throttle
from bot.rasa_client import RasaClient
from bot.sessions import SessionTokens
from bot.spool import Spool
from bot.store import ConversationStore
from core.clock import Clock
from core.database import SQLITE_BUSY_SECONDS, create_database_engine, session_factory
from core.settings import Settings
from desk.tickets import Tickets
from knowledge.search.encoder import default_encoder

DATABASE_THREADS = 8


@dataclass(frozen=True)
class Parts:
    """Built once a process, on its event loop."""

    settings: Settings
    clock: Clock
    wall: Clock
    engine: Engine
    sessions: sessionmaker[Session]
    store: ConversationStore
    tickets: Tickets
    knowledge: Knowledge
    rasa: RasaClient
    spool: Spool
    hub: Hub
    gateway: Gateway
    backlog: Backlog
    tokens: SessionTokens
    limits: Limits
    throttle: Throttle
    health: Health
    executor: Executor

    async def close(self) -> None:
        """Let go of connections and threads."""
        await self.rasa.close()
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.engine.dispose()


def _bound_waiting(connection: Any, _record: Any) -> None:
    """PostgreSQL waits for locks for ever unless told otherwise; SQLite's bound holds for both."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{SQLITE_BUSY_SECONDS:.0f}s'")
    connection.commit()


def build(settings: Settings, limits: Limits | None = None) -> Parts:
    """The parts for these settings; `limits` stands in for the usual ones."""
    limits = limits or Limits()
    screening.warm_up()
    clock, wall = Clock(settings.today), Clock()
    engine = create_database_engine(settings.database_url)
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _bound_waiting)
    sessions = session_factory(engine)
    store = ConversationStore(sessions, clock, wall)
    tickets = Tickets(sessions, clock)
    knowledge = open_knowledge(settings, sessions, clock)
    rasa = RasaClient(settings.rasa_url, default_encoder())
    spool = Spool(settings.home / "spool")
    hub = Hub()
    executor = ThreadPoolExecutor(DATABASE_THREADS, thread_name_prefix="record")
    gateway = Gateway(store, rasa, tickets, spool, hub, executor, clock, wall, knowledge.foresee)
    return Parts(
        settings=settings,
        clock=clock,
        wall=wall,
        engine=engine,
        sessions=sessions,
        store=store,
        tickets=tickets,
        knowledge=knowledge,
        rasa=rasa,
        spool=spool,
        hub=hub,
        gateway=gateway,
        backlog=Backlog(gateway, store, rasa, spool, wall),
        tokens=SessionTokens(settings.signing_secret, wall),
        limits=limits,
        throttle=Throttle(limits, time.monotonic),
        health=Health(store, rasa, knowledge),
        executor=executor,
    )
