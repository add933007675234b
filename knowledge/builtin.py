"""The built-in knowledge as a process searches it: the package's entries with the school's own, followed without a restart."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
import structlog

from core.clock import Clock
from knowledge.pack.overrides import Stamp, load_overrides, stamp
from knowledge.pack.schema import PackEntry, load_entries
from knowledge.search.encoder import Encoder, Vectors
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
        self._entries = load_entries()
        self._vectors = _by_text(self._entries, built_in_vectors(home, self._entries, encoder))
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
        entries = overrides.applied_to(self._entries) or self._entries  # a school that retires everything would have nothing to search in
        if now:
            _log.info("school_pack_loaded", files=len(now), entries=len(overrides.entries), retired=len(overrides.retired))
        return _Loaded(now, PackIndex(entries, self._encoder, self._vectors_of(entries)))

    def _vectors_of(self, entries: Sequence[PackEntry]) -> Vectors:
        """Known vectors where a variant has one; only what the school wrote is embedded."""
        variants = [text for entry in entries for text in variants_of(entry)]
        missing = list(dict.fromkeys(text for text in variants if text not in self._vectors))
        if missing:
            self._vectors |= dict(zip(missing, self._encoder.encode(missing), strict=True))
        return np.stack([self._vectors[text] for text in variants])


def built_in_vectors(home: Path, entries: Sequence[PackEntry], encoder: Encoder) -> Vectors:
    """The vectors of all question variants, kept in the home folder under the hash of their texts."""
    variants = [text for entry in entries for text in variants_of(entry)]
    key = hashlib.sha256("\n".join([encoder.name, *variants]).encode()).hexdigest()[:16]
    path = home / "cache" / f"pack-{key}.npy"
    if path.exists():
        stored = np.load(path, allow_pickle=False)
        if stored.shape == (len(variants), encoder.dimensions):
            return np.asarray(stored, dtype=np.float32)
    vectors = encoder.encode(variants)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part.npy")
    np.save(temporary, vectors.astype(np.float16))
    temporary.replace(path)
    return vectors


def _by_text(entries: Sequence[PackEntry], vectors: Vectors) -> dict[str, Vectors]:
    return dict(zip((text for entry in entries for text in variants_of(entry)), vectors, strict=True))
