"""Quotes: cut from the text as printed, and the same sentences said in plain simplified Chinese."""

from __future__ import annotations

import re

from knowledge.search.entries import ClauseEntry

MAX_QUOTE = 400
_HAN = r"[\u3400-\u9fff”’》）]"
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}


def quote(entry: ClauseEntry, sentence: int) -> str:
    """The clause as printed if it is short enough, else the run of whole sentences around `sentence` that fits."""
    printed = _tidy(entry.printed)
    if len(printed) <= MAX_QUOTE:
        return printed
    spans = entry.sentences
    first = last = min(sentence, len(spans) - 1)
    best = _cut(entry, first, last)
    if len(best) > MAX_QUOTE:
        return best[:MAX_QUOTE]
    grown = True
    while grown:
        grown = False
        for candidate in ((first, last + 1), (first - 1, last)):
            if candidate[0] < 0 or candidate[1] >= len(spans):
                continue
            text = _cut(entry, *candidate)
            if len(text) <= MAX_QUOTE:
                (first, last), best, grown = candidate, text, True
                break
    return best


def plain(entry: ClauseEntry, first: int, last: int) -> str:
    """Sentences `first` to `last` of a clause in simplified Chinese with Chinese punctuation."""
    start, end = entry.sentences[first][0], entry.sentences[last][1]
    return plain_text(entry.folded.text[start:end])


def plain_text(folded: str) -> str:
    """A folded text with the punctuation that Chinese is printed with."""
    text = re.sub(r"[,;:?!]", lambda match: _punctuation(folded, match), folded)
    text = re.sub(rf"(?<={_HAN})\(|\((?=[\u3400-\u9fff])", "（", text)
    return re.sub(r"\)", lambda match: "）" if text.count("（", 0, match.start()) > text.count("）", 0, match.start()) else ")", text)


def _punctuation(text: str, match: re.Match[str]) -> str:
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return match.group() if re.fullmatch(r"\d\d", around) else _WIDE[match.group()]


def _cut(entry: ClauseEntry, first: int, last: int) -> str:
    return _tidy(entry.folded.printed_span(entry.sentences[first][0], entry.sentences[last][1]))


def _tidy(printed: str) -> str:
    """Line ends and runs of blanks inside the printed text made single: the characters themselves stay."""
    lines = [re.sub(r"[ \t\u3000]+", " ", line).strip() for line in printed.split("\n")]
    return "\n".join(line for line in lines if line)
