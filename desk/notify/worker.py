"""Empties the outbox: what is due goes out in one message, by one worker of however many processes there are.

A robot has no way to recognise a repetition, so that "always" and "once" cannot both be certain when the process dies between its answer
and our note of it. What is sent is therefore put on record first: killed before that, it goes out at once and nothing is heard twice; killed
after it, or left without an answer, it is in doubt. What is in doubt is shown as such at the console and left alone for some minutes. If
somebody takes the request meanwhile, it was heard and is not repeated; if the request still waits, it goes out again and says that it may
be a repetition: heard twice is better than never.
"""

from __future__ import annotations

from desk.notify import texts
from desk.notify.models import DeliveryState
from desk.notify.outbox import Outbox
from desk.notify.robot import NotSent, Sender, SentPerhaps


class Notifier:
    """`sender` is None where no robot is set: then what is due is put aside and can be sent later."""

    def __init__(self, outbox: Outbox, sender: Sender | None) -> None:
        self._outbox, self._sender = outbox, sender

    def work(self) -> int:
        """One round; how many notifications went out. Blocks; raises sqlalchemy.exc.SQLAlchemyError."""
        token, due = self._outbox.claim()
        if not due:
            return 0
        if self._sender is None:
            self._outbox.settle(token, DeliveryState.OFF)
            return 0
        if not self._outbox.about_to_send(token):
            return 0
        try:
            self._sender.send(texts.message(due))
        except NotSent as error:
            self._outbox.failed(token, str(error))
            return 0
        except SentPerhaps as error:
            self._outbox.in_doubt(token, str(error))
            return 0
        self._outbox.settle(token, DeliveryState.SENT)
        return len(due)
