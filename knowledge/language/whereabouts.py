"""Where somebody says that they are: a message that names a place and nothing else, and what one tells about oneself."""

from __future__ import annotations

import re

from core.text.folding import fold
from knowledge.language.places import narrowest
from knowledge.language.regions import places_named

_AROUND = re.compile(
    r"(?:我们|我|俺|咱们|咱|本人|人|现在|目前|应该|就|都|是|算|在|来自|住在|住|家|老家|户口|户籍|籍贯|生源地|搬到|搬去|换到|换成|换|改成|改为|转到|转|去到|到|去"
    r"|了|的|呢|吧|啊|呀|哦|哈|那么|那|如果|要是|这边|那边|这里|这|省|市|县|区|自治区|自治州|读书|读大学|上学|上班|工作|毕业|就业|和|或者|或|你好|请问|地区|城市|看看|[\s,，、。.？?！!:：;；/])*"
)
_HERE = re.compile("(?:在|住|搬到|换到|家是|户口是|户籍是|户口在|户籍在)$")
_ELSEWHERE = re.compile("(?:想去|要去|打算去|意向|想到|考虑|目标)[^,，。;；]{0,6}$")


def only_places(text: str) -> tuple[str, ...]:
    """The places of a message that names nothing else (长沙; 我在湖南湘潭; 那深圳呢), the narrowest of each; empty for any other message."""
    folded = fold(text)
    named = places_named(folded)
    if not named or _AROUND.fullmatch(_cut_out(folded, named)) is None:
        return ()
    return narrowest(place for _, _, place in named)


def own_place(text: str) -> str | None:
    """The place that somebody who tells about themselves lives in or comes from; None where none is named or it is not clear which."""
    folded = fold(text)
    named = [(start, place) for start, _, place in places_named(folded) if not _ELSEWHERE.search(folded[:start])]
    places = narrowest(place for _, place in named)
    if len(places) > 1:
        here = narrowest(place for start, place in named if _HERE.search(folded[:start]))
        places = tuple(place for place in here if place in places) or places
    return places[0] if len(places) == 1 else None


def without_places(text: str) -> str:
    """A text without the places that it names, and what kind of place they are called."""
    folded = fold(text)
    return _cut_out(folded, places_named(folded), kind="(?:省|市)?")


def _cut_out(folded: str, named: list[tuple[int, int, str]], kind: str = "") -> str:
    kept, last = [], 0
    for start, end, _ in named:
        kept.append(folded[last:start])
        match = re.match(kind, folded[end:])
        last = end + (match.end() if match else 0)
    return "".join([*kept, folded[last:]])
