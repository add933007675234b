"""Signed sessions of the web chat: a token names one conversation, for at most a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from core.clock import Clock

LIFETIME = timedelta(hours=24)
_PURPOSE = "zhiwen-chat-session"


class InvalidToken(Exception):
    """The token is forged, damaged or too old."""


@dataclass(frozen=True)
class Session:
    """Who speaks: the conversation of a valid token, until when, and from the pages of which origin (`bot.origins`)."""

    conversation_id: str
    expires_at: datetime
    origin: str = ""


class SessionTokens:
    """Makes and reads tokens. `clock` must be the real one: a day that stands in for today does not lengthen a session."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._serializer = URLSafeSerializer(secret, salt=_PURPOSE)
        self._clock = clock

    def issue(self, conversation_id: str, origin: str = "") -> tuple[str, datetime]:
        """A token for a conversation, good for pages of `origin` alone, and the moment it ends."""
        expires_at = (self._clock.now() + LIFETIME).replace(microsecond=0)
        claims = {"c": conversation_id, "e": int(expires_at.timestamp())} | ({"o": origin} if origin else {})
        token = self._serializer.dumps(claims)
        return (token.decode() if isinstance(token, bytes) else token), expires_at

    def read(self, token: str, origin: str = "") -> Session:
        """The session of a token that a page of `origin` shows. Raises InvalidToken."""
        try:
            claims = self._serializer.loads(token)
            session = Session(str(claims["c"]), datetime.fromtimestamp(int(claims["e"]), UTC), str(claims.get("o", "")))
        except (BadData, KeyError, TypeError, ValueError) as error:
            raise InvalidToken("not a token of ours") from error
        if session.expires_at <= self._clock.now():
            raise InvalidToken("expired")
        if session.origin != origin:
            raise InvalidToken("opened from another origin")
        return session
