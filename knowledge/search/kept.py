"""Vectors of texts that come with the program: computed once, then kept in a folder, for they take seconds at every start."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np
import structlog

from knowledge.search.encoder import Vectors

CACHE = "cache"
"""The folder, in the home folder, of what can be computed again."""
_log = structlog.get_logger(__name__)


class KeptVectors:
    """Keeps vectors in a folder, one file a name; without a folder they are computed every time.

    A file is known by what its vectors were made of: another model, other texts or a damaged file, and they are computed anew.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def keep_in(self, folder: Path) -> None:
        """Keep what is computed from now on in this folder, made when missing."""
        self._folder = folder

    def of(self, name: str, model: str, texts: Sequence[str], compute: Callable[[], Vectors]) -> Vectors:
        """The vectors of `texts` by `model`, float32 of shape `(texts, dimensions)`, which `compute` gives when they are not at hand."""
        if self._folder is None:
            return compute()
        path = self._folder / f"{name}-{_key(model, texts)}.npy"
        vectors = _read(path, len(texts))
        if vectors is None:
            vectors = compute()
            _write(path, name, vectors)
        return vectors


@lru_cache(maxsize=1)
def kept_vectors() -> KeptVectors:
    """The process's; whoever knows the home folder names the folder."""
    return KeptVectors()


def _key(model: str, texts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join([model, *texts]).encode()).hexdigest()[:24]


def _read(path: Path, rows: int) -> Vectors | None:
    try:
        with path.open("rb") as file:
            stored = np.lib.format.read_array(file, allow_pickle=False)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, EOFError) as error:
        _log.warning("kept_vectors_unreadable", file=path.name, error=type(error).__name__)
        return None
    return stored if stored.ndim == 2 and len(stored) == rows and stored.dtype == np.float32 else None


def _write(path: Path, name: str, vectors: Vectors) -> None:
    """Under its name in one step, for several processes may start at once; those of other texts of this name go."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".npy", delete=False) as file:
            np.save(file, np.asarray(vectors, dtype=np.float32), allow_pickle=False)
        Path(file.name).replace(path)
        for other in path.parent.glob(f"{name}-*.npy"):
            if other != path:
                other.unlink(missing_ok=True)
    except OSError as error:  # they are computed again next time
        _log.warning("vectors_not_kept", file=path.name, error=type(error).__name__)
