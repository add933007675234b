"""Make the table of word meanings (knowledge/search/word_meanings.py) from the bundled encoder.

    python -m benchmarks.ranking.word_vectors --documents FOLDER … --write

Every word of the documents in the folders, of the built-in entries and of the training examples of intents, and then the commonest words
of jieba's dictionary until the table is full. What is stored is a number and a vector a word, no text: the encoder's vector of the word
alone, centred, its first principal components, in 8 bits.
"""

from __future__ import annotations

import argparse
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import jieba
import numpy as np

from benchmarks.ranking.rows import ROOT, examples_by_intent, files
from core.text.folding import fold
from core.text.segmentation import words
from knowledge.language.question import stop_words
from knowledge.pack.schema import load_entries
from knowledge.search.encoder import default_encoder
from knowledge.search.records import hash_of
from knowledge.search.word_meanings import FILE

SIZE = 18_000
"""Words; with the dimensions below the file stays under a megabyte."""
DIMENSIONS = 48
_BATCH = 64


def vocabulary(folders: Sequence[Path]) -> list[str]:
    """The words of the table, those of our texts first, commonest first."""
    counts = Counter(word for text in _texts(folders) for word in words(fold(text)) if _speaks(word))
    jieba.initialize()
    common = sorted(jieba.dt.FREQ.items(), key=lambda item: -item[1])
    filled = [*(word for word, _ in counts.most_common()), *(word for word, _ in common if len(word) <= 4 and _speaks(word))]
    return list(dict.fromkeys(filled))[:SIZE]


def _speaks(word: str) -> bool:
    return word not in stop_words() and all("\u3400" <= character <= "\u9fff" for character in word)


def _texts(folders: Sequence[Path]) -> Iterator[str]:
    for path in files(folders):
        yield path.read_text(encoding="utf-8", errors="ignore")
    for entry in load_entries():
        yield from (entry.answer, entry.title, *entry.questions, *entry.steps)
    for examples in examples_by_intent().values():
        yield from examples


def table(chosen: Sequence[str]) -> bytes:
    """The stored table."""
    encoder = default_encoder()
    vectors = np.concatenate([encoder.encode(chosen[start : start + _BATCH]) for start in range(0, len(chosen), _BATCH)])
    centre = vectors.mean(axis=0)
    _, _, components = np.linalg.svd(vectors - centre, full_matrices=False)
    kept = components[:DIMENSIONS].astype(np.float16)
    rows = (vectors - centre) @ kept.T.astype(np.float32)
    rows *= 127 / np.abs(rows).max(axis=1, keepdims=True)
    numbers = np.array([hash_of(f"w:{word.lower()}") for word in chosen], dtype=np.uint32)
    numbers, first = np.unique(numbers, return_index=True)
    stored = io.BytesIO()
    np.savez_compressed(stored, numbers=numbers, rows=np.round(rows[first]).astype(np.int8), centre=centre.astype(np.float16), components=kept)
    return stored.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=Path, nargs="+", required=True)
    parser.add_argument("--write", action="store_true", help="store the table where the search reads it")
    arguments = parser.parse_args()
    chosen = vocabulary(arguments.documents)
    stored = table(chosen)
    print(f"{len(chosen)} words, {len(stored)} bytes")
    if arguments.write:
        (ROOT / "knowledge" / "search" / FILE).write_bytes(stored)


if __name__ == "__main__":
    main()
