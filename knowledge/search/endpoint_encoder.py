"""Vectors from any server with OpenAI's embeddings interface (`POST …/embeddings`, https://platform.openai.com/docs/api-reference/embeddings)."""

from __future__ import annotations

import time
import weakref
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from knowledge.errors import EncoderUnavailable
from knowledge.search.encoder import Vectors

BATCH = 32
_QUESTION_SECONDS = 1.0
"""How long a question waits for its vector: an answer by words alone is better than a late one."""
_TEXTS_SECONDS = 120.0
_TRIES = 3
_PAUSE = 15.0
"""Seconds after a failure in which questions do not ask again: each would wait in vain."""
_REMEMBERED = 500
_PROBE = "就业"


class EndpointEncoder:
    """Embeddings of a model behind a URL. Models of the E5 family are told questions from texts by the prefixes they were trained with
    (Wang et al., 2024). The length of a vector is kept in `cache`, so that words can be searched before the server answers."""

    def __init__(self, url: str, model: str, key: str | None, cache: Path, question_seconds: float = _QUESTION_SECONDS) -> None:
        self.name = model
        self._address = url.rstrip("/") if url.rstrip("/").endswith("/embeddings") else f"{url.rstrip('/')}/embeddings"
        self._client = httpx.Client(headers={"Authorization": f"Bearer {key}"} if key else {}, trust_env=False)
        weakref.finalize(self, self._client.close)
        self._question_prefix, self._text_prefix = ("query: ", "passage: ") if "e5" in model.lower() else ("", "")
        self._cache = cache / f"dimensions-{''.join(c if c.isalnum() else '-' for c in model)}.txt"
        self._question_seconds = question_seconds
        self._latest: OrderedDict[str, Vectors] = OrderedDict()
        self._silent_until = 0.0

    @property
    def dimensions(self) -> int:
        if self._cache.exists():
            return int(self._cache.read_text(encoding="ascii"))
        return int(self._ask([_PROBE], self._question_seconds, tries=1).shape[1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Rows of texts, in batches; each batch is tried three times. Raises EncoderUnavailable."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        prefixed = [f"{self._text_prefix}{text}" for text in texts]
        return np.concatenate([self._ask(prefixed[at : at + BATCH], _TEXTS_SECONDS, _TRIES) for at in range(0, len(prefixed), BATCH)])

    def encode_question(self, text: str) -> Vectors:
        """A question's row, remembered for a while; one try. Raises EncoderUnavailable."""
        known = self._latest.get(text)
        if known is not None:
            return known
        if time.monotonic() < self._silent_until:
            raise EncoderUnavailable("向量服务刚才没有应答，稍后再试")
        try:
            row: Vectors = self._ask([f"{self._question_prefix}{text}"], self._question_seconds, tries=1)[0]
        except EncoderUnavailable:
            self._silent_until = time.monotonic() + _PAUSE
            raise
        self._latest[text] = row
        if len(self._latest) > _REMEMBERED:
            self._latest.popitem(last=False)
        return row

    def remembered(self, text: str) -> Vectors | None:
        return self._latest.get(text)

    @property
    def answering(self) -> bool:
        """Whether the server answered when it was last asked."""
        return time.monotonic() >= self._silent_until

    def _ask(self, texts: Sequence[str], seconds: float, tries: int) -> Vectors:
        for attempt in range(1, tries + 1):
            try:
                response = self._client.post(self._address, json={"model": self.name, "input": list(texts)}, timeout=seconds)
                response.raise_for_status()
                return self._rows(response.json(), len(texts))
            except (httpx.HTTPError, ValueError) as error:
                if attempt == tries or _hopeless(error):
                    raise EncoderUnavailable(f"向量服务 {self._address} 不可用：{_said(error)}") from error
                time.sleep(0.5 * attempt)
        raise EncoderUnavailable(f"向量服务 {self._address} 没有应答")

    def _rows(self, body: Any, expected: int) -> Vectors:
        try:
            data = sorted(body["data"], key=lambda item: int(item["index"]))
            rows = np.array([item["embedding"] for item in data], dtype=np.float32)
        except (KeyError, TypeError) as error:
            raise ValueError("应答不是 OpenAI 格式的向量") from error
        if rows.ndim != 2 or len(rows) != expected or not np.isfinite(rows).all() or not rows.any(axis=1).all():
            raise ValueError(f"要 {expected} 个向量，应答的形状是 {rows.shape}")
        self._check_length(rows.shape[1])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def _check_length(self, length: int) -> None:
        if not self._cache.exists():
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            self._cache.write_text(str(length), encoding="ascii")
        elif (known := int(self._cache.read_text(encoding="ascii"))) != length:
            raise ValueError(f"模型 {self.name} 的向量原来是 {known} 维，现在是 {length} 维：换了模型请改 ZHIWEN_EMBEDDINGS_MODEL")


def _hopeless(error: Exception) -> bool:
    """Whether trying again cannot help: the server refused, or answered with something else."""
    return isinstance(error, ValueError) or (
        isinstance(error, httpx.HTTPStatusError) and error.response.status_code < 500 and error.response.status_code != 429
    )


def _said(error: Exception) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"HTTP {error.response.status_code}"
    return "超时" if isinstance(error, httpx.TimeoutException) else "连接不上" if isinstance(error, httpx.TransportError) else str(error)
