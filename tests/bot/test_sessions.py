"""Tokens of the web chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.sessions import LIFETIME, InvalidToken, SessionTokens
from core.clock import Clock

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class At(Clock):
    moment: datetime = NOON

    def now(self) -> datetime:
        return self.moment


def test_a_token_names_its_conversation() -> None:
    token, expires_at = SessionTokens("secret", At()).issue("c1")

    assert SessionTokens("secret", At()).read(token).conversation_id == "c1"
    assert expires_at == NOON + LIFETIME <= NOON + timedelta(hours=24)


@pytest.mark.parametrize(("later", "valid"), [(LIFETIME - timedelta(seconds=1), True), (LIFETIME, False)])
def test_a_token_ends_with_its_day(later: timedelta, valid: bool) -> None:
    token, _ = SessionTokens("secret", At()).issue("c1")
    reader = SessionTokens("secret", At(moment=NOON + later))

    if valid:
        assert reader.read(token)
    else:
        with pytest.raises(InvalidToken):
            reader.read(token)


@pytest.mark.parametrize("token", ["", "a", "a.b", "会话", "W10.AAAA", "." * 500])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(InvalidToken):
        SessionTokens("secret", At()).read(token)


def test_a_token_signed_with_another_secret_is_refused() -> None:
    token, _ = SessionTokens("another", At()).issue("c1")

    with pytest.raises(InvalidToken):
        SessionTokens("secret", At()).read(token)
