"""What was written in free words: shown only where enough have written, in no order that leads to anybody, names and numbers hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from core.text.masking import mask
from desk.surveys import texts
from desk.surveys.disclosure import THRESHOLD

_SHORTEST_NAME = 2
_NAMED = re.compile("((?:我(?:的名字)?叫|名叫|姓名|本人|联系人|署名)[是为:：\\s]{0,2})([\u4e00-\u9fff·]{2,4})(?=[,，。.;；!！\\s、]|$)")


def texts_shown(written: Iterable[str], names: Iterable[str]) -> list[str] | None:
    """The texts, sorted by their words; None where fewer than the threshold wrote one. `names` are those of people who are known here."""
    found = [words for words in written if words]
    if len(found) < THRESHOLD:
        return None
    known = _any_of(names)
    return sorted(without_names(words, known) for words in found)


def without_names(words: str, known: re.Pattern[str] | None) -> str:
    """The words without personal numbers, without names that are known, and without those that somebody gives as their own."""
    plain = _NAMED.sub(rf"\1{texts.NAME_HIDDEN}", mask(words))
    return known.sub(texts.NAME_HIDDEN, plain) if known else plain


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    usable: Sequence[str] = sorted({name.strip() for name in names if len(name.strip()) >= _SHORTEST_NAME}, key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, usable))) if usable else None
