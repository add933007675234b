"""Links by which a follower goes on with their conversation on the page: good once, for ten minutes, and kept nowhere but with them.

The code stands in the address's fragment, which browsers never send: it is in no server's log, and a messenger's preview does not use it up.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from itsdangerous import BadSignature, Signer
from sqlalchemy import delete, update
from sqlalchemy.orm import Session, sessionmaker

from bot.wechat.form_texts import ENTER
from bot.wechat.models import Link
from core.clock import Clock

LIFETIME = timedelta(minutes=10)
CODE_LENGTH: Final = 50
"""Characters of a code: 16 random bytes, a dot and the signature, each as base64."""

_PURPOSE = "zhiwen-wechat-link"
_NONCE_BYTES = 16
_UNMADE = "_" * CODE_LENGTH


class LinkUnusable(Exception):
    """The link was used before, is too old, or is none of ours."""


class Links:
    """Makes links and takes them back. `wall` must be the real clock: a day that stands in for today does not lengthen a link."""

    def __init__(self, sessions: sessionmaker[Session], secret: str, public_url: str, wall: Clock) -> None:
        """`public_url`: where the page is served (`ZHIWEN_PUBLIC_URL`), without a slash at its end."""
        self._sessions, self._signer, self._wall = sessions, Signer(secret, salt=_PURPOSE), wall
        self._page = f"{public_url}/#enter="

    @property
    def unmade(self) -> str:
        """What stands for a link, as long as one, in a text that is kept until it goes out."""
        return self._page + _UNMADE

    def made(self, session: Session, conversation_id: str, text: str) -> str:
        """The text with a fresh link to the conversation in each place that is kept for one; in the caller's transaction."""
        while self.unmade in text:
            text = text.replace(self.unmade, self.issue(session, conversation_id), 1)
        return text

    def issue(self, session: Session, conversation_id: str) -> str:
        """A new link to a conversation; in the caller's transaction. Links of it that have run out are forgotten."""
        now = self._wall.now()
        session.execute(delete(Link).where(Link.conversation_id == conversation_id, Link.expires_at <= now))
        code = self._signer.sign(secrets.token_urlsafe(_NONCE_BYTES)).decode("ascii")
        session.add(Link(digest=_digest(code), conversation_id=conversation_id, expires_at=now + LIFETIME))
        return self._page + code

    def offer(self, conversation_id: str) -> str:
        """What to say to somebody who wants to go on with their conversation on the page. Raises SQLAlchemyError."""
        with self._sessions.begin() as session:
            return ENTER.format(link=self.issue(session, conversation_id))

    def enter(self, code: str) -> str:
        """The conversation that a code leads to, this once. Raises LinkUnusable, or SQLAlchemyError."""
        try:
            self._signer.unsign(code)
        except BadSignature as error:
            raise LinkUnusable("not a link of ours") from error
        now = self._wall.now()
        unused = update(Link).where(Link.digest == _digest(code), Link.used_at.is_(None), Link.expires_at > now)
        with self._sessions.begin() as session:
            taken = session.execute(unused.values(used_at=now).returning(Link.conversation_id).execution_options(synchronize_session=False))
            conversation_id = taken.scalar()
        if conversation_id is None:
            raise LinkUnusable("used before, or too late")
        return conversation_id


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
