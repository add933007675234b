"""The desk's workers of a process: notifications go out, requests are kept moving. Several processes share the work by the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from desk.notify.worker import Notifier
from desk.requests.upkeep import Upkeep
from desk.trainings.service import Trainings

NOTIFY_SECONDS = 4.0
"""No shorter: a group robot takes twenty messages a minute, and each of them carries all that is due."""
UPKEEP_SECONDS = 10.0
TRAININGS_SECONDS = 60.0

_log = structlog.get_logger(__name__)


class DeskWorker:
    """Runs all for ever."""

    def __init__(self, notifier: Notifier, upkeep: Upkeep, trainings: Trainings) -> None:
        self._notifier, self._upkeep, self._trainings = notifier, upkeep, trainings

    async def run(self) -> None:
        """Until cancelled."""
        await asyncio.gather(
            _repeat("notifications", self._notifier.work, NOTIFY_SECONDS),
            _repeat("requests", self._upkeep.work, UPKEEP_SECONDS),
            _repeat("trainings", self._trainings.tell_all_moved_up, TRAININGS_SECONDS),
        )


async def _repeat(what: str, work: Callable[[], object], seconds: float) -> None:
    while True:
        try:
            await asyncio.to_thread(work)
        except SQLAlchemyError as error:
            _log.warning("desk waits", what=what, error=type(error).__name__)
        except Exception as error:  # one round must not end the worker: the next one looks again
            _log.error("desk round failed", what=what, exc_info=error)
        await asyncio.sleep(seconds)
