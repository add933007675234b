"""What an application holds (a knowledge, its index, threads, connections) goes when it stops."""

from __future__ import annotations

import gc
import weakref

from fastapi import FastAPI

from tests.bot.servers import served


def test_a_stopped_application_lets_go_of_its_parts(app: FastAPI) -> None:
    with served(app):
        parts = weakref.ref(app.state.parts)
        assert parts() is not None
    gc.collect()
    assert parts() is None
