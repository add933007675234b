"""Terms of the lexical index: character bigrams and jieba words of the folded text."""

from __future__ import annotations

import re

from core.text.segmentation import words
from knowledge.language.question import stop_words

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+(?:[.:-][a-z0-9]+)*", re.IGNORECASE)


def bigrams(text: str) -> list[str]:
    """Bigrams of each run of Chinese characters (a lone one stays), Latin words and numbers whole, in lower case."""
    found: list[str] = []
    for run in _RUN.findall(text):
        if run[0] < "\u3400" or len(run) == 1:
            found.append(run.lower())
        else:
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
    return found


def index_terms(text: str) -> list[str]:
    """All terms of a text for the index."""
    return bigrams(text) + [f"w:{word.lower()}" for word in words(text) if len(word) > 1 and word not in stop_words()]


def question_terms(text: str) -> list[str]:
    """The terms of a question: those of its content words, so that 什么时候 and 请问 find nothing."""
    return index_terms(_content(text))


def _content(text: str) -> str:
    return " ".join("".join(run) for run in _runs(text))


def _runs(text: str) -> list[list[str]]:
    runs: list[list[str]] = [[]]
    for word in words(text):
        if word in stop_words():
            runs.append([])
        else:
            runs[-1].append(word)
    return [run for run in runs if run]
