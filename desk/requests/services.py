"""The services of requests, put together in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.audit import Audit
from desk.chat import Chat
from desk.notify.outbox import Outbox
from desk.requests.attaching import OnFile, PostingsOnFile
from desk.requests.canned import CannedReplies
from desk.requests.changing import Changing
from desk.requests.deadlines import Deadlines
from desk.requests.feed import Feed, Newest
from desk.requests.handling import Handling
from desk.requests.listing import Listing
from desk.requests.looking import Looking
from desk.requests.merging import Merging
from desk.requests.offering import ClauseSearch, Offering, PostingSearch
from desk.requests.replying import Replying
from desk.requests.suggesting import Answering, Suggesting
from desk.requests.upkeep import SILENT_AFTER, Upkeep


@dataclass(frozen=True)
class RequestServices:
    """What routes and workers need for requests."""

    chat: Chat
    changing: Changing
    handling: Handling
    replying: Replying
    listing: Listing
    looking: Looking
    feed: Feed
    newest: Newest
    outbox: Outbox
    upkeep: Upkeep
    canned: CannedReplies
    merging: Merging
    deadlines: Deadlines
    suggesting: Suggesting
    offering: Offering


class Shelf(PostingsOnFile, PostingSearch, Protocol):
    """The postings, looked up and searched (`knowledge.postings.service.Postings`)."""


def build_requests(
    sessions: sessionmaker[Session],
    clock: Clock,
    wall: Clock,
    audit: Audit,
    chat: Chat,
    postings: Shelf | None = None,
    silent_after: timedelta = SILENT_AFTER,
    knowledge: Answering | None = None,
    finder: ClauseSearch | None = None,
) -> RequestServices:
    """The services on one database; without `postings` none can be sent along, without `finder` no clause is found for a reply.

    `silent_after` is working time (`desk.requests.upkeep`).
    """
    changing = Changing(sessions, clock, chat, audit)
    listing, feed = Listing(sessions, chat, clock), Feed(sessions, clock)
    return RequestServices(
        chat=chat,
        changing=changing,
        handling=Handling(changing),
        replying=Replying(changing, OnFile(sessions, clock, postings)),
        listing=listing,
        looking=Looking(sessions, wall, chat, audit, listing),
        feed=feed,
        newest=Newest(feed),
        outbox=Outbox(sessions, clock),
        upkeep=Upkeep(changing, feed, silent_after),
        canned=CannedReplies(sessions, clock, audit),
        merging=Merging(changing, listing),
        deadlines=Deadlines(sessions, clock, audit),
        suggesting=Suggesting(listing, chat, knowledge),
        offering=Offering(clock, finder, postings),
    )
