"""Events on real databases, with a clock that a test sets."""

from __future__ import annotations

from tests.desk.conftest import clock, sessions

__all__ = ["clock", "sessions"]
