"""One event as it was understood. No database here."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass
from datetime import datetime

from core.clock import CHINA
from core.text.folding import fold
from knowledge.events.models import PLANNED

KINDS = ("双选会", "招聘会", "空中宣讲", "宣讲会", "直播带岗", "讲座", "训练营", "活动")
"""What an event is; what is none of the others is 活动."""

_KIND_WORDS = (
    ("空中宣讲", "空中宣讲|云宣讲|线上宣讲|网络宣讲|直播宣讲"),
    ("直播带岗", "直播带岗|直播招聘|直播间|荐岗"),
    ("双选会", "双选|双旋|供需见面|供需洽谈"),
    ("宣讲会", "宣讲|宣将"),
    ("训练营", "训练营|特训营|集训"),
    ("讲座", "讲座|沙龙|分享会|报告会|公开课|咨询会"),
    ("招聘会", "招聘|招骋|招聘会|专场|洽谈会|人才交流|人才集市|人才夜市|人才市场|招聘大集|人才大集|博览会|jobfair|careerfair"),
)
_ONLINE = re.compile("线上|网络|网上|云端|云招|云宣讲|云双选|空中|直播|视频会|腾讯会议|钉钉|zoom|online", re.IGNORECASE)
_ALSO_ON_SITE = re.compile("线上线下|线下")
_NOT_IN_KEY = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class EventFields:
    """What a source says of one event; moments are aware, empty text means that nothing is written."""

    title: str
    uid: str
    starts_at: datetime
    ends_at: datetime | None = None
    all_day: bool = False
    """Whole days: `starts_at` is the first moment of the first day in China, `ends_at` the one after the last."""
    kind: str = "活动"
    city: str = ""
    district: str = ""
    place: str = ""
    online: bool = False
    audience: str = ""
    organiser: str = ""
    url: str = ""
    description: str = ""
    status: str = PLANNED


def kind_of(text: str) -> str | None:
    """The kind that a text names, the most particular first; None where it names none."""
    folded = fold(text).replace(" ", "").lower()
    return next((kind for kind, words in _KIND_WORDS if re.search(words, folded)), None)


def is_online(text: str) -> bool:
    """Whether a text says that something is held online, be it among other ways."""
    return _ONLINE.search(fold(text)) is not None


def is_online_alone(text: str) -> bool:
    """Whether a text says that something is held online and names no other way."""
    return is_online(text) and not _ALSO_ON_SITE.search(fold(text))


def key_of(fields: EventFields) -> str:
    """What two sources that announce the same event agree on: title, day and city, whatever their spelling."""
    return digest(_plain(fields.title), fields.starts_at.astimezone(CHINA).date().isoformat(), fields.city)


def checksum_of(fields: EventFields) -> str:
    """A digest of everything that is known of an event."""
    return digest(*(str(value) for value in asdict(fields).values()))


def digest(*parts: str) -> str:
    """SHA-256 of the parts, in hexadecimal."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _plain(title: str) -> str:
    return _NOT_IN_KEY.sub("", fold(title)).lower()
