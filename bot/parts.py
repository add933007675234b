"""The parts of one running application, put together in one place."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session, sessionmaker

from bot import screening
from bot.announcing import Announcing
from bot.backlog import Backlog
from bot.desk_chat import DeskChat
from bot.desk_worker import DeskWorker
from bot.digests import DigestWorker
from bot.erased import ErasedList
from bot.gateway import Gateway
from bot.health import Health
from bot.hub import Hub
from bot.knowledge_link import Knowledge, answering, open_knowledge
from bot.limits import Limits, Throttle
from bot.personal_data import ErasureWorker, conversation_holdings
from bot.pictures import LIMITS as PICTURE_LIMITS
from bot.pictures import Pictures
from bot.postings_link import open_postings
from bot.rasa_client import RasaClient
from bot.retention import Retention
from bot.sessions import SessionTokens
from bot.spool import Spool
from bot.store import ConversationStore
from bot.wechat.api import WechatApi
from bot.wechat.arrivals import Arrivals
from bot.wechat.arrivals import forget as forget_callbacks
from bot.wechat.completeness import gaps
from bot.wechat.desk_channel import DeskChannels
from bot.wechat.envelope import Envelope
from bot.wechat.holdings import forget as forget_sent
from bot.wechat.links import Links
from bot.wechat.outbox import Outbox as WechatOutbox
from bot.wechat.turns import Turns
from bot.wechat.worker import WechatWorker
from core.clock import Clock
from core.database import SQLITE_BUSY_SECONDS, close, create_database_engine, session_factory
from core.settings import Settings
from desk.announcements import Announcements
from desk.digests import Digests
from desk.notify.robot import WecomRobot
from desk.notify.worker import Notifier
from desk.services import DeskServices, build_services
from desk.staff.single_sign_on import Provider
from desk.surveys import service as surveys
from desk.tickets import Tickets
from desk.trainings import service as trainings
from knowledge.events.service import Events
from knowledge.ingest.isolation import IsolatedReader
from knowledge.postings.service import Postings
from knowledge.search.encoder import default_encoder
from knowledge.search.kept import CACHE, kept_vectors
from knowledge.traps import assess as traps

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
    desk: DeskServices
    desk_worker: DeskWorker
    events: Events
    knowledge: Knowledge
    postings: Postings | None
    rasa: RasaClient
    spool: Spool
    hub: Hub
    gateway: Gateway
    backlog: Backlog
    digests: DigestWorker
    wechat_apis: dict[str, WechatApi]
    wechat_outbox: WechatOutbox
    links: Links | None
    wechat: WechatWorker
    wechat_envelopes: dict[str, Envelope]
    wechat_turns: Turns
    erasures: ErasureWorker
    retention: Retention
    pictures: Pictures
    picture_reader: IsolatedReader
    tokens: SessionTokens
    limits: Limits
    throttle: Throttle
    health: Health
    executor: Executor

    async def close(self) -> None:
        """Let go of connections and threads."""
        await self.rasa.close()
        await self.wechat_turns.close()
        await self.wechat.close()
        self.picture_reader.abandon()
        self.executor.shutdown(wait=False, cancel_futures=True)
        if self.postings is not None:
            await asyncio.to_thread(self.postings.close)
        close(self.engine)


def _bound_waiting(connection: Any, _record: Any) -> None:
    """PostgreSQL waits for locks for ever unless told otherwise; SQLite's bound holds for both."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{SQLITE_BUSY_SECONDS:.0f}s'")
    connection.commit()


def _provider(settings: Settings) -> Provider | None:
    if not settings.oidc_issuer:
        return None
    return Provider(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret, settings.oidc_name_claim)


def _wechat_word(settings: Settings) -> str | None:
    if not settings.wechat:
        return None
    return "incomplete" if gaps(settings) else "ok"


def build(settings: Settings, limits: Limits | None = None) -> Parts:
    """The parts for these settings; `limits` stands in for the usual ones."""
    limits = limits or Limits()
    kept_vectors().keep_in(settings.home / CACHE)
    screening.warm_up()
    traps.warm_up()
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
    announcing = Announcing(Announcements(sessions, clock))
    gateway = Gateway(store, rasa, tickets, spool, hub, executor, clock, wall, knowledge.foresee, announcing)
    picture_reader = IsolatedReader(heavy=PICTURE_LIMITS)
    wechat_apis = {name: WechatApi(account) for name, account in settings.wechat.items()}
    links = Links(sessions, settings.signing_secret, settings.public_url, wall) if settings.public_url else None
    wechat_outbox = WechatOutbox(sessions, wall, settings.wechat, hub.notify_from_thread, links)
    events, postings = Events(sessions, clock), open_postings(settings, sessions, clock)
    chat, silent = DeskChat(store, hub.notify_from_thread), timedelta(minutes=settings.silent_minutes)
    pictures, throttle = Pictures(gateway, store, picture_reader, clock), Throttle(limits, time.monotonic)
    arrivals = Arrivals(sessions, store, wall)
    desk = build_services(
        sessions,
        clock,
        wall,
        settings.signing_secret,
        tickets,
        chat,
        postings,
        conversation_holdings(),
        stopping=lambda: hub.closing,
        silent_after=silent,
        provider=_provider(settings),
        knowledge=answering(knowledge),
        home=settings.home,
        finder=knowledge,
        channels=DeskChannels(sessions, wechat_outbox, wall),
    )
    return Parts(
        settings=settings,
        clock=clock,
        wall=wall,
        engine=engine,
        sessions=sessions,
        store=store,
        tickets=tickets,
        desk=desk,
        desk_worker=DeskWorker(
            Notifier(desk.requests.outbox, WecomRobot(settings.wecom_webhook) if settings.wecom_webhook else None),
            desk.requests.upkeep,
            desk.trainings,
        ),
        events=events,
        knowledge=knowledge,
        postings=postings,
        rasa=rasa,
        spool=spool,
        hub=hub,
        gateway=gateway,
        backlog=Backlog(gateway, store, rasa, spool, wall),
        digests=DigestWorker(store, Digests(sessions, clock, wall), postings, events, clock, blocking=gateway.blocking, notify=hub.notify),
        wechat_apis=wechat_apis,
        wechat_outbox=wechat_outbox,
        links=links,
        wechat=WechatWorker(wechat_outbox, wechat_apis, hub, clock, blocking=gateway.blocking),
        wechat_envelopes={name: Envelope(account, wall) for name, account in settings.wechat.items()},
        wechat_turns=Turns(gateway, store, pictures, hub, arrivals, wechat_outbox, wechat_apis, throttle, limits, clock, links),
        erasures=ErasureWorker(desk.personal_data, sessions, gateway, rasa, spool, ErasedList(settings.home / "erased.txt"), wall),
        retention=Retention(desk.personal_data, sessions, settings, clock, wall, (surveys.forget, trainings.forget, forget_callbacks, forget_sent)),
        pictures=pictures,
        picture_reader=picture_reader,
        tokens=SessionTokens(settings.signing_secret, wall),
        limits=limits,
        throttle=throttle,
        health=Health(store, rasa, knowledge, _wechat_word(settings)),
        executor=executor,
    )
