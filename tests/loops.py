"""An event loop for tests that may share their process with browsers: playwright leaves one running in the thread that tests run in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

_Result = TypeVar("_Result")


def apart(call: Callable[[], _Result]) -> _Result:
    """What a call gives that begins a loop of its own, in a thread of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call).result()


def run(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Run `work` to its end."""
    return apart(lambda: asyncio.run(work))
