"""Typing errors in the names of occupations and cities: the right syllable with the wrong character (会记, 前段, 行正, 深证, 广洲)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from core.text.pinyin import sounds
from core.text.segmentation import tokenizer
from knowledge.language.places import PROVINCE_OF

_SHORTEST, _LONGEST = 2, 4
_ESTABLISHED = 100
"""The frequency in the dictionary from which a word means what it says."""
_AS_WRITTEN = frozenset(["太远", "西站", "家具", "夹具", "死机", "晚安", "有教", "人教", "人理", "张白", "西岸", "财物"])
"""What sounds like one of ours, is rarer, and means what it says all the same."""
_MENDED_ALL_THE_SAME = frozenset({"前段", "深证"})
"""Established words that in talk of jobs and places are slips."""
_LOOKS_LIKE = {"土": "士", "休": "体", "卅": "州", "瑞": "端", "帅": "师", "汁": "计", "末": "未", "侧": "测", "俏": "销"}
"""Characters that are taken for another by the eye (护土, 新媒休)."""
_LITTLE_WORDS = frozenset("没人了是的在个把上进么还不有要说就都也来去到得地着过吗吧呢啊")
"""Characters that are hardly ever a slip, for they are words of their own."""


@lru_cache(maxsize=2048)
def corrected(folded: str) -> str:
    """The folded text with such errors mended: one character of a name of two to four is another of the same sound.

    What stands is changed only where words begin and end with it, so that 会记得 stays;
    front and back nasals, flat and curled initials count as one sound.

    >>> corrected("广洲 会记")
    '广州 会计'
    """
    borders = _borders(folded)
    text, start = folded, 0
    while start < len(text):
        for length in range(min(_LONGEST, len(text) - start), _SHORTEST - 1, -1):
            end = start + length
            if start in borders and end in borders and (meant := _meant(text[start:end], alone=_stands_alone(text, start, end))):
                text = text[:start] + meant + text[start + length :]
                start += length - 1
                break
        start += 1
    return text


def _borders(folded: str) -> frozenset[int]:
    """Where words begin or end."""
    return frozenset(end for _, _, end in tokenizer().tokenize(folded)) | {0} if folded else frozenset()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing but blanks is before and behind: a key word."""
    return (start == 0 or text[start - 1] == " ") and (end == len(text) or text[end] == " ") and end - start < len(text)


def _meant(written: str, *, alone: bool = False) -> str | None:
    """The name that a text is meant to be; None where it is one already, or a word of its own, or further than one error away.

    A key word that stands alone may be wrong in every character (程督), if only one name sounds so.
    """
    if written in _names() or _means_itself(written):
        return None
    if (seen := "".join(_LOOKS_LIKE.get(character, character) for character in written)) != written and seen in _names():
        return seen
    candidates = list(dict.fromkeys(name for key in _keys(written) for name in _by_sound().get(key, ())))
    near = next((name for name in candidates if _is_one_slip(name, written)), None)
    unheard_of = alone and len(candidates) == 1 and not tokenizer().FREQ.get(written)
    return near or (candidates[0] if unheard_of else None)


def _means_itself(written: str) -> bool:
    return written in _AS_WRITTEN or _is_established(written)


def _is_established(word: str) -> bool:
    return len(word) > 1 and word not in _MENDED_ALL_THE_SAME and int(tokenizer().FREQ.get(word) or 0) >= _ESTABLISHED


def _is_one_slip(name: str, written: str) -> bool:
    """Whether one character is wrong, and neither it nor the word that it stands in is more likely meant (项目经历)."""
    wrong = [index for index, (a, b) in enumerate(zip(name, written, strict=True)) if a != b]
    if len(wrong) != 1 or written[wrong[0]] in _LITTLE_WORDS:
        return False
    return not any(start <= wrong[0] < end and _is_established(word) for word, start, end in tokenizer().tokenize(written))


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    from knowledge.postings.fields.roles import role_words  # the occupations look their own errors up here

    named = (*role_words(), *PROVINCE_OF)
    return frozenset(name for name in named if _SHORTEST <= len(name) <= _LONGEST and all("\u4e00" <= letter <= "\u9fff" for letter in name))


@lru_cache(maxsize=1)
def _by_sound() -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in sorted(_names()):
        for key in _keys(name):
            found[key] = (*found.get(key, ()), name)
    return found


def _keys(text: str) -> Iterator[tuple[str, ...]]:
    """How a text can be read; nothing where a character of it is none of the standard's."""
    yield from product(*(sorted(sounds(character)) for character in text))
