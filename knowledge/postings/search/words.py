"""Free text by its characters: what a word and a posting must have in common for the word to stand in the posting.

A text is cut into runs without punctuation, a run into tokens: a Chinese character is one, a Latin word or a number is one (java is not
found in javascript). A word stands in a text when its tokens follow each other there. The index keeps pairs of neighbours, so that what
it finds is just that (`pairs`), however the text would be segmented.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from core.text.folding import drop_injected_pinyin, to_simplified

_PIECE = re.compile(r"([a-z0-9]+(?:\.[a-z0-9]+)*[+#]*)|([\u3400-\u9fff])|\S")
GAP = "|"
"""Stands between two runs in the index, so that no pair reaches across."""
_LATIN = "_"
"""Closes a Latin token, so that neighbours written together stay apart."""


def runs(text: str) -> list[list[str]]:
    """The tokens of each run of a text, folded: width, case and script do not count.

    >>> runs("熟悉Java、C++")
    [['熟', '悉', 'java_'], ['c++_']]
    """
    folded = to_simplified(drop_injected_pinyin(unicodedata.normalize("NFKC", text))).lower()
    found: list[list[str]] = []
    run: list[str] = []
    for latin, character in _PIECE.findall(folded):
        if latin:
            run.append(latin + _LATIN)
        elif character:
            run.append(character)
        elif run:
            found.append(run)
            run = []
    if run:
        found.append(run)
    return found


def pairs(text_runs: list[list[str]]) -> str:
    """Neighbours of all runs, in order, separated by blanks, with a gap behind each run."""
    return f" {GAP} ".join(" ".join(map("".join, pairwise(run))) for run in text_runs if len(run) > 1)


def singles(text_runs: list[list[str]]) -> str:
    """Each token once, separated by blanks: what a word of one token is looked for among."""
    return " ".join({token for run in text_runs for token in run})


@lru_cache(maxsize=1024)
def asked_runs(word: str) -> tuple[tuple[str, ...], ...]:
    """The runs of a word that is asked for; all of them must stand in the text. Empty for what is but punctuation."""
    return tuple(tuple(run) for run in runs(word))


def stands_in(word: str, text: str) -> bool:
    """Whether all runs of a word stand in a text.

    >>> stands_in("資料分析", "负责资料分析与汇报"), stands_in("java", "JavaScript"), stands_in("会计", "会，计")
    (True, False, False)
    """
    if word in text and asked_runs(word) == (tuple(word),) and not word.isascii():
        return True  # letter for letter, and of such characters alone as folding leaves alone
    laid_out = f" {f' {GAP} '.join(' '.join(run) for run in runs(text))} "
    return all(f" {' '.join(run)} " in laid_out for run in asked_runs(word))
