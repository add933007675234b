"""Waiting for what happens in another thread or process."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 60.0
"""Seconds; only a test that fails waits so long, and a busy machine is no failure."""

_Found = TypeVar("_Found")


def eventually(look: Callable[[], _Found], seconds: float = PATIENCE) -> _Found:
    """What `look` returns once it is true."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return found
