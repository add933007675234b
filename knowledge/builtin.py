"""The built-in knowledge as a process searches it: the package's entries with the school's own, followed without a restart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
import structlog

from core.clock import Clock
from knowledge.pack.overrides import Stamp, load_overrides, stamp
from knowledge.pack.schema import PackEntry, load_entries
from knowledge.search.encoder import Encoder, Vectors
from knowledge.search.kept import kept_vectors
from knowledge.search.pack_search import PackIndex, variants_of

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class _Loaded:
    """The index as of one state of the school's files."""

    stamp: Stamp
    index: PackIndex


class BuiltIn:
    """The index over all entries that are in force in this home folder. Safe to share between threads."""

    def __init__(self, home: Path, encoder: Encoder, clock: Clock) -> None:
        self._home, self._encoder, self._clock = home, encoder, clock
        self._shipped = shipped_index(encoder)
        self._own_vectors: dict[str, Vectors] = {}
        self._loading = Lock()
        self._loaded = self._load(stamp(home))

    def current(self) -> PackIndex:
        """The index with the school's files as they are now; while another thread takes up a change, the one before."""
        now = stamp(self._home)
        if now != self._loaded.stamp and self._loading.acquire(blocking=False):
            try:
                self._loaded = self._load(now)
            finally:
                self._loading.release()
        return self._loaded.index

    def _load(self, now: Stamp) -> _Loaded:
        overrides = load_overrides(self._home, self._clock.today())
        shipped = self._shipped.entries
        entries = overrides.applied_to(shipped) or shipped  # a school that retires everything would have nothing to search in
        if now:
            _log.info("school_pack_loaded", files=len(now), entries=len(overrides.entries), retired=len(overrides.retired))
        return _Loaded(now, self._shipped if entries == shipped else PackIndex(entries, self._encoder, self._vectors_of(entries)))

    def _vectors_of(self, entries: Sequence[PackEntry]) -> Vectors:
        """Known vectors where a variant has one; only what the school wrote is embedded."""
        variants = _variants(entries)
        known = _by_text(self._shipped) | self._own_vectors
        missing = list(dict.fromkeys(text for text in variants if text not in known))
        if missing:
            self._own_vectors |= zip(missing, self._encoder.encode(missing), strict=True)
        known |= self._own_vectors
        return np.stack([known[text] for text in variants])


@lru_cache(maxsize=1)
def shipped_index(encoder: Encoder) -> PackIndex:
    """The index over the entries as they are shipped: it never changes, so that one serves the whole process."""
    entries = load_entries()
    return PackIndex(entries, encoder, shipped_vectors(entries, encoder))


def shipped_vectors(entries: Sequence[PackEntry], encoder: Encoder) -> Vectors:
    """The vectors of all question variants, kept in the home folder."""
    texts = _variants(entries)
    return kept_vectors().of("pack", encoder.name, texts, lambda: encoder.encode(texts))


def _variants(entries: Sequence[PackEntry]) -> list[str]:
    return [text for entry in entries for text in variants_of(entry)]


def _by_text(index: PackIndex) -> dict[str, Vectors]:
    return dict(zip(_variants(index.entries), index.vectors, strict=True))
