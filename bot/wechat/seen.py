"""The followers this process has met: whose message can be kept although the database is away."""

from __future__ import annotations

from collections import OrderedDict

from bot.wechat.models import Follower

REMEMBERED = 20_000


class Seen:
    """The last `REMEMBERED` of them; used within one event loop."""

    def __init__(self) -> None:
        self._followers: OrderedDict[tuple[str, str], Follower] = OrderedDict()

    def keep(self, follower: Follower) -> None:
        """Remember a follower, detached from any session."""
        key = (follower.account, follower.openid)
        self._followers[key] = follower
        self._followers.move_to_end(key)
        if len(self._followers) > REMEMBERED:
            self._followers.popitem(last=False)

    def find(self, account: str, openid: str) -> Follower | None:
        """The follower, if they were met."""
        return self._followers.get((account, openid))

    def forget(self, account: str, openid: str) -> None:
        """Their conversation is gone."""
        self._followers.pop((account, openid), None)
