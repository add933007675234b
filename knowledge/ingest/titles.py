"""Titles compared: without decoration, without the year, with whoever the paper is of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.text.folding import fold
from knowledge.language.regions import regions_in

_DECORATION = re.compile(r"[《》〈〉<>“”\"'‘’【】\[\]\s,。、:;—-]")
_REVISED = re.compile(
    r"\((?:(?:19|20)\d{2}年?)?(?:第.次)?(?:修订|修正|修改|版|公布|发布|废止|已废止|失效|已失效|全文)[^()]{0,6}\)$|\((?:19|20)\d{2}(?:年版)?\)$"
)
_YEAR = re.compile(r"(?:(?:19|20)\d{2}(?:年)?(?:[-—至到~]))?(?:19|20)\d{2}(?:年度|学年|年|届)?|第[一二三四五六七八九十百\d]+(?:届|季|批|期|轮)")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_STATUTE = re.compile(r"(?:法|条例|规定|办法|细则)(?:\((?:试行|暂行)\))?$")
_PRINTED_BY = re.compile(r"关于(?:印发|发布|公布|下发|转发)(?P<inner>.+?)的(?:通知|公告|决定)$")
_LEAST = 6


def bare(title: str) -> str:
    """A title without brackets, quotes, blanks, the republic's name and a note of its revision."""
    folded = _REVISED.sub("", fold(title).replace(" ", ""))
    return _DECORATION.sub("", folded).removeprefix("中华人民共和国")


def spellings(title: str) -> tuple[str, ...]:
    """The ways in which a title may be named: whole, without who issued it, and, of 关于印发…的通知, the paper inside."""
    whole = bare(title)
    found = [whole]
    inner = _PRINTED_BY.search(whole)
    if inner:
        found.append(inner["inner"].removeprefix("中华人民共和国"))
    about = whole.find("关于")
    if about > 0:
        found.append(whole[about:])
    return tuple(dict.fromkeys(found))


def title_years(title: str) -> tuple[int, ...]:
    """The years that a title names, but for that of a revision."""
    return tuple(int(year) for year in _YEARS.findall(_REVISED.sub("", fold(title).replace(" ", ""))))


def series(title: str | None, issuers: Sequence[str], region: str | None) -> str | None:
    """What papers of a yearly series have in common: the title without its year, and whose it is. None where that cannot be told."""
    if not title:
        return None
    whole = bare(title)
    pattern = _YEAR.sub("#", whole)
    if _STATUTE.search(whole):
        return pattern[:300]
    if len(pattern.replace("#", "")) < _LEAST:
        return None
    if whole.find("关于") > 0 or regions_in(whole):
        return pattern[:300]
    owner = issuers[0] if issuers else region
    return f"{owner}|{pattern}"[:300] if owner else None
