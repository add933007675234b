"""Folding: the one form in which text is compared, searched and classified.

NFKC, traditional to simplified (OpenCC t2s), pinyin injected in brackets dropped, runs of blanks made one.
Training data and questions at run time go through the same function, so they cannot drift apart.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from opencc import OpenCC

_PINYIN_LETTERS = "a-zA-ZāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿĀÁǍÀĒÉĚÈŌÓǑÒ\u0300\u0301\u0304\u0308\u030c"
INJECTED_PINYIN = re.compile(rf"(?<=[\u3400-\u9fff])[(（][{_PINYIN_LETTERS}]{{1,9}} ?[)）]")
"""A syllable in brackets straight after a Chinese character, as some sites inject it: 學(xué), 技(jì )術."""

_TONE_MARK = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
_BLANKS = re.compile(r"\s+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, as broken JSON can carry it: no encoder takes it."""


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    return OpenCC("t2s")


def to_simplified(text: str) -> str:
    """Traditional characters to simplified ones, everything else kept."""
    return str(_converter().convert(_LONE_SURROGATE.sub("\ufffd", text)))


def drop_injected_pinyin(text: str) -> str:
    """The text without bracketed pinyin; brackets whose letters bear no tone mark stay (they may be an acronym)."""
    return INJECTED_PINYIN.sub(lambda match: "" if _is_syllable(match.group()) else match.group(), text)


@lru_cache(maxsize=2048)
def fold(text: str) -> str:
    """The text in the form that is compared and searched; the latest are remembered, for many parts ask for the same.

    >>> fold("  大學(xué)生ｏｆｆｅｒ　怎麼簽")
    '大学生offer 怎么签'
    """
    cleaned = drop_injected_pinyin(unicodedata.normalize("NFKC", text))
    return _BLANKS.sub(" ", to_simplified(cleaned)).strip()


@dataclass(frozen=True)
class FoldedText:
    """A folded text that remembers where each of its characters was printed.

    `text` has no blanks at all; `offsets[i]` is the index in the printed text of the character behind `text[i]`.
    """

    printed: str
    text: str

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """Found when first asked for: of many texts that are searched few are quoted."""
        return tuple(index for index, _ in _fold_singly(self.printed))

    def printed_as(self, printed: str) -> FoldedText:
        """The same folded text over another print of the same length, place by place (tags put back where blanks stood for them)."""
        known = FoldedText(printed, self.text)
        known.__dict__["offsets"] = self.offsets
        return known

    def printed_span(self, start: int, end: int) -> str:
        """What stands printed behind `text[start:end]`, injected pinyin and blanks between included."""
        if start >= end:
            return ""
        last = self.offsets[end - 1] + 1
        trailing = INJECTED_PINYIN.match(self.printed, last)
        return self.printed[self.offsets[start] : trailing.end() if trailing and _is_syllable(trailing.group()) else last]


def fold_with_offsets(printed: str) -> FoldedText:
    """Fold character by character, blanks dropped, keeping the way back to the printed text."""
    folded = _fold_singly(printed)
    known = FoldedText(printed, "".join(piece for _, piece in folded))
    known.__dict__["offsets"] = tuple(index for index, _ in folded)
    return known


def _fold_singly(printed: str) -> list[tuple[int, str]]:
    """Each character of the folded text and the place in the printed one that it comes from."""
    skip: set[int] = set()
    for match in INJECTED_PINYIN.finditer(printed):
        if _is_syllable(match.group()):
            skip.update(range(match.start(), match.end()))
    kept = [i for i, character in enumerate(printed) if i not in skip and not character.isspace()]
    simplified = to_simplified("".join(printed[i] for i in kept))
    if len(simplified) != len(kept):  # OpenCC phrase rules could change the length: then convert singly
        simplified = "".join(to_simplified(printed[i])[:1] or printed[i] for i in kept)
    return [(index, piece) for index, character in zip(kept, simplified, strict=True) for piece in _compatible(character)]


@lru_cache(maxsize=1 << 15)
def _compatible(character: str) -> str:
    """What a character is by NFKC, blanks dropped."""
    return "".join(piece for piece in unicodedata.normalize("NFKC", character) if not piece.isspace())


def _is_syllable(bracketed: str) -> bool:
    inner = unicodedata.normalize("NFC", bracketed[1:-1]).strip().lower()
    return bool(_TONE_MARK.search(inner)) or inner in _TONELESS


_TONELESS = frozenset({"de", "le", "ne", "ma", "ba", "men", "zi", "me"})
"""Neutral-tone syllables, which bear no mark."""
