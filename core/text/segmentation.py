"""Segmentation by jieba with the domain dictionary, in an instance of its own (jieba's default one is shared)."""

from __future__ import annotations

import hashlib
import logging
import warnings
from functools import lru_cache
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its source has invalid escapes, reported whenever Python compiles it anew
    import jieba

DICTIONARY = Path(__file__).parent / "dictionary" / "zhiwen.txt"
"""One term a line, with a frequency: the terms that must stay whole (三方协议, 五险一金, 择业期)."""


@lru_cache(maxsize=1)
def tokenizer() -> jieba.Tokenizer:
    """The process's jieba tokenizer with the domain dictionary loaded."""
    jieba.setLogLevel(logging.WARNING)
    instance = jieba.Tokenizer()
    with DICTIONARY.open("rb") as file:  # given a name, jieba leaves the file open
        instance.load_userdict(file)
    return instance


@lru_cache(maxsize=2048)
def words(text: str) -> tuple[str, ...]:
    """The words of a folded text, blanks left out; those of the latest texts are remembered, for many parts ask for the same."""
    return tuple(word for word in tokenizer().cut(text) if not word.isspace())


def dictionary_fingerprint() -> str:
    """Changes when the dictionary does, so that whatever was trained on the old one is trained again."""
    return hashlib.sha256(DICTIONARY.read_bytes()).hexdigest()
