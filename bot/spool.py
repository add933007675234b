"""The last resort of the inbox: messages on disk while the database cannot take them.

One file a message, written aside, synced and renamed, so that a reader never sees half of one; a message that is
spooled twice, or spooled and stored, is one message, for its name and its key are its client_id.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from bot.messages import Incoming
from knowledge.traps.pasting import pasted


class Spool:
    """A folder of messages that wait for the database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, incoming: Incoming) -> None:
        """Keep a message; it is on the disk when this returns. Raises OSError when that fails."""
        self._folder.mkdir(parents=True, exist_ok=True)
        # A contact does not wait on the disk in clear: it is asked for again.
        record = asdict(incoming) | {"created_at": incoming.created_at.isoformat(), "contact": None, "pasted": None}
        target = self._path(incoming)
        draft = target.with_suffix(f".{os.getpid()}.draft")
        with open(draft, "w", encoding="utf-8", opener=_owner_only) as file:
            json.dump(record, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
        _sync_folder(self._folder)

    def waiting(self) -> Iterator[Incoming]:
        """The messages kept, in the order of their arrival. An unreadable file is set aside as `*.bad`."""
        kept = []
        for path in self._folder.glob("*.json"):
            try:
                record = json.loads(path.read_text(encoding="utf-8"))
                kept.append(Incoming(**{**record, "created_at": datetime.fromisoformat(record["created_at"]), "pasted": pasted(record["text"])}))
            except FileNotFoundError:
                continue  # another process has just stored it
            except (ValueError, TypeError, KeyError):
                path.replace(path.with_suffix(".bad"))
        yield from sorted(kept, key=lambda incoming: incoming.created_at)

    def remove(self, incoming: Incoming) -> None:
        """Forget a message that is in the database now."""
        self._path(incoming).unlink(missing_ok=True)

    def erase(self, conversation_id: str) -> None:
        """Forget every message of a conversation; of files that cannot be read nobody knows whose they are, so they go too."""
        for path in [*self._folder.glob("*.json"), *self._folder.glob("*.bad"), *self._folder.glob("*.draft")]:
            try:
                theirs = json.loads(path.read_text(encoding="utf-8")).get("conversation_id") == conversation_id
            except FileNotFoundError:
                continue  # another process has just stored it
            except (ValueError, AttributeError):
                theirs = path.suffix == ".bad"
            if theirs:
                path.unlink(missing_ok=True)

    def _path(self, incoming: Incoming) -> Path:
        key = f"{incoming.conversation_id}/{incoming.client_id}".encode()
        return self._folder / f"{hashlib.sha256(key).hexdigest()[:32]}.json"


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
