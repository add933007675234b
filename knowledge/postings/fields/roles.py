"""Occupations: which ones a job title or a message names, which a wish accepts, which are near (`roles.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from core.text.folding import fold
from knowledge.postings.fields.typing_errors import corrected

_SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_ALPHANUMERIC = re.compile("[a-z0-9]")


@dataclass(frozen=True)
class Role:
    """An occupation. `takes` and `near` are names of others: what a wish for it accepts as well, and what may be offered instead."""

    name: str
    titles: tuple[str, ...]
    written: tuple[str, ...]
    said: tuple[str, ...]
    takes: tuple[str, ...]
    near: tuple[str, ...]
    stands_for: tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    """Where a text names occupations: the span in the folded text, the word (of several that touch, the last), what they name."""

    start: int
    end: int
    word: str
    roles: tuple[str, ...]


@lru_cache(maxsize=1)
def roles() -> Mapping[str, Role]:
    """Every occupation by its name. Raises ValueError on a key or a name in the file that is none."""
    data = yaml.safe_load(resources.files("knowledge.postings.fields").joinpath("roles.yaml").read_text(encoding="utf-8"))
    known = {name: _role(name, entry) for name, entry in data.items()}
    strangers = {other for role in known.values() for other in (*role.takes, *role.near, *role.stands_for) if other not in known}
    if strangers:
        raise ValueError(f"roles.yaml: unknown {', '.join(sorted(strangers))}")
    return known


def role_names() -> tuple[str, ...]:
    """The names that a posting or a wish can hold."""
    return tuple(name for name, role in roles().items() if not role.stands_for)


@lru_cache(maxsize=8192)
def roles_in(text: str) -> tuple[str, ...]:
    """The occupations that a job title (or a message) names, best first; empty where none is known.

    Of names that follow each other the last one counts (销售数据分析师), and a narrower one before it (Java后端, 小学语文教师);
    what stands in brackets comes behind. A typing error is looked through where nothing is found otherwise.

    >>> roles_in("后端开发(Java)")
    ('后端开发', 'Java开发')
    >>> roles_in("会记")
    ('会计',)
    """
    folded = fold(text).lower()
    joined = _SPACED.sub("", folded)
    return _named(joined, _written()) or _named(_SPACED.sub("", corrected(folded)), _written()) or _named(joined, _spoken())


def mentions(folded: str, *, written: bool = False) -> list[Mention]:
    """Where a message names occupations, short forms included, and on request what only titles use for them.

    `folded` as by `core.text.folding.fold`, in lower case.
    """
    return _heads(list(_scan(folded, _all() if written else _spoken())))


def names_several(mention: Mention) -> bool:
    """Whether a mention is a phrase for several occupations at once (仓储物流), none of which narrows another."""
    return any(role.stands_for and mention.word in role.titles for role in roles().values())


def spoken_alone(mention: Mention) -> bool:
    """Whether a mention is only a short form, which means an occupation where nothing else names one."""
    return mention.word not in _written()


def accepted(wished: Iterable[str]) -> tuple[str, ...]:
    """The occupations wished for and behind them those that the wish accepts as well (运营 → 运营, 新媒体运营, 电商运营, 跨境电商)."""
    named = tuple(wished)
    return tuple(dict.fromkeys((*named, *(other for name in named for other in roles()[name].takes))))


def near(wished: Iterable[str]) -> tuple[str, ...]:
    """Occupations that can be offered where nothing of those wished for is open."""
    asked = accepted(wished)
    return tuple(dict.fromkeys(other for name in asked for other in roles()[name].near if other not in asked))


def _role(name: str, entry: Mapping[str, str]) -> Role:
    unknown = set(entry) - {"titles", "written", "said", "takes", "near", "as"}
    if unknown:
        raise ValueError(f"roles.yaml: {name} has {', '.join(sorted(unknown))}")
    lists = {key: tuple(value.split()) for key, value in entry.items()}
    keys = ("titles", "written", "said", "takes", "near", "as")
    return Role(name, *(lists.get(key, ()) for key in keys))


def _named(folded: str, vocabulary: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What a title names, its brackets last."""
    parts = [_BRACKETED.sub(" ", folded), *_BRACKETED.findall(folded)]
    found = [mention for part in parts for mention in _heads(list(_scan(part, vocabulary)))]
    return tuple(dict.fromkeys(name for mention in found for name in mention.roles))


def _heads(found: list[Mention]) -> list[Mention]:
    """Of mentions that touch each other the last, with what is narrower before it."""
    kept: list[Mention] = []
    for mention in found:
        if kept and kept[-1].end == mention.start:
            before = kept.pop()
            if spoken_alone(mention) and not spoken_alone(before):  # 园林设计: the short form only goes on
                kept.append(Mention(before.start, mention.end, before.word, before.roles))
                continue
            narrower = tuple(name for name in before.roles if any(name in roles()[head].takes for head in mention.roles))
            mention = Mention(before.start, mention.end, mention.word, tuple(dict.fromkeys((*narrower, *mention.roles))))
        kept.append(mention)
    return kept


def _scan(folded: str, vocabulary: Mapping[str, tuple[str, ...]]) -> Iterator[Mention]:
    """The words of a vocabulary in a text from left to right, the longest first; words of letters only where no letter touches them."""
    longest = max(map(len, vocabulary))
    start = 0
    while start < len(folded):
        end = next((end for end in range(min(len(folded), start + longest), start, -1) if _is_word(folded, start, end, vocabulary)), None)
        if end is None:
            start += 1
            continue
        if named := vocabulary[folded[start:end]]:
            yield Mention(start, end, folded[start:end], named)
        start = end


def _is_word(folded: str, start: int, end: int, vocabulary: Mapping[str, tuple[str, ...]]) -> bool:
    if folded[start:end] not in vocabulary:
        return False
    inside_before = start > 0 and _ALPHANUMERIC.match(folded[start]) and _ALPHANUMERIC.match(folded[start - 1])
    inside_after = end < len(folded) and _ALPHANUMERIC.match(folded[end - 1]) and _ALPHANUMERIC.match(folded[end])
    return not inside_before and not inside_after


@lru_cache(maxsize=1)
def _written() -> dict[str, tuple[str, ...]]:
    """What stands in titles → the occupations it names; nothing for a phrase that only looks so."""
    return _vocabulary("titles", "written")


@lru_cache(maxsize=1)
def _spoken() -> dict[str, tuple[str, ...]]:
    """What is said in messages → the occupations it names."""
    return _vocabulary("titles", "said")


@lru_cache(maxsize=1)
def _all() -> dict[str, tuple[str, ...]]:
    return _vocabulary("titles", "written", "said")


def _vocabulary(*kinds: str) -> dict[str, tuple[str, ...]]:
    no_roles = resources.files("knowledge.postings.fields").joinpath("no_roles.txt").read_text(encoding="utf-8").split()
    words: dict[str, tuple[str, ...]] = dict.fromkeys(no_roles, ())
    for role in roles().values():
        for word in (word for kind in kinds for word in getattr(role, kind)):
            words[word] = tuple(dict.fromkeys((*words.get(word, ()), *(role.stands_for or (role.name,)))))
    return words


@lru_cache(maxsize=1)
def role_words() -> tuple[str, ...]:
    """Every word that names an occupation in a message."""
    return tuple(word for word, named in _spoken().items() if named)
