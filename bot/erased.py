"""Which conversations were erased, as hashes in a file beside the database: what an old backup brings back is known by it and goes again.

The number of a conversation is 128 random bits, so its hash tells nothing to whoever does not have the number.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


class ErasedList:
    """A file of one hash a line that only grows; carry it over when a backup is restored elsewhere."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, conversation_id: str) -> None:
        """Note an erasure; it is on the disk when this returns. Raises OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with open(self._path, "a", encoding="ascii", opener=_owner_only) as file:
            file.write(f"{_hash(conversation_id)}\n")
            file.flush()
            os.fsync(file.fileno())

    def among(self, conversation_ids: Iterable[str]) -> list[str]:
        """Those of the conversations that were erased before."""
        if not self._path.exists():
            return []
        known = set(self._path.read_text(encoding="ascii").split())
        return [conversation_id for conversation_id in conversation_ids if _hash(conversation_id) in known]


def _hash(conversation_id: str) -> str:
    return hashlib.sha256(conversation_id.encode()).hexdigest()


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
