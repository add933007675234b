"""Whether a graduate's major answers what a posting writes, by the ministry's order of disciplines, classes and majors (`majors.yaml`).

A posting's majors become terms, a graduate's major two sets of them: terms that surely answer, and terms that may (大类, 不限).
The index keeps the terms, so that what it finds is what is said here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from core.text.folding import fold

ANY, UNSAID = "any", "unsaid"
_SEPARATORS = re.compile(r"[、,，;；/|\s和及或]+(?!其)")
_TRAILING = re.compile(r"(?:等?(?:相关|相近)?(?:专业|学科|方向)?(?:优先|均可|皆可)?|等)$")


@dataclass(frozen=True)
class AskedMajor:
    """The terms of postings that surely take a major, and of those that may."""

    sure: frozenset[str]
    unsure: frozenset[str]


def written_terms(majors: Sequence[str], text: str, any_major: bool) -> frozenset[str]:
    """The terms of what a posting writes: `=` before a major, `~` before a class, a discipline or a broad word.

    `text` is read where no list was made of it. Nothing written at all is the term `unsaid`.
    """
    entries = [_normal(entry) for entry in (majors or _SEPARATORS.split(text))]
    terms = {term for entry in entries if entry for term in _terms_of(entry)}
    if any_major:
        return frozenset(terms | {ANY})
    return frozenset(terms or {UNSAID})


@lru_cache(maxsize=512)
def asked_terms(major: str) -> AskedMajor:
    """The terms that answer a graduate's major."""
    name, catalogue = _normal(major), _catalogue()
    majors, groups = catalogue.majors_called(name), catalogue.groups_called(name)
    sure = {f"={each}" for each in majors} | ({f"~{each}" for each in groups} if not majors else set())
    above = {group for each in majors for group in catalogue.above[each]} | set(groups)
    inside = {each for group in groups for each in catalogue.within.get(group, ())}
    unsure = {f"~{group}" for group in above | {g for g in catalogue.within if inside and inside >= set(catalogue.within[g])}}
    unsure |= {f"={each}" for each in inside} | {f"~{g}" for g in groups} | {ANY, UNSAID}
    sure = sure or {f"={name}"}
    return AskedMajor(frozenset(sure), frozenset(unsure - sure))


def _terms_of(entry: str) -> Iterable[str]:
    catalogue = _catalogue()
    majors, groups = catalogue.majors_called(entry), catalogue.groups_called(entry)
    yield from (f"={each}" for each in majors)
    yield from (f"~{each}" for each in groups)
    if not majors and not groups:
        yield f"={entry}"


def _normal(entry: str) -> str:
    folded = fold(entry).replace(" ", "")
    return _TRAILING.sub("", folded) or folded


class _Catalogue:
    """Names → majors and groups, and which group holds which majors."""

    def __init__(self, disciplines: dict[str, dict[str, list[str]]], also: dict[str, list[str]], broad: dict[str, list[str]]) -> None:
        self.within: dict[str, frozenset[str]] = {}
        self._majors: dict[str, set[str]] = {}
        self._groups: dict[str, set[str]] = {}
        for discipline, classes in disciplines.items():
            for name, members in classes.items():
                self.within[name] = frozenset(members)
                self._call(self._groups, name, {name, name.removesuffix("类"), f"{name.removesuffix('学类')}类"})
                for member in members:
                    self._call(self._majors, member, {member})
            self.within[f"{discipline}门类"] = frozenset(member for members in classes.values() for member in members)
            self._call(self._groups, f"{discipline}门类", {f"{discipline}门类", discipline})
        for name, others in also.items():
            self._call(self._majors, name, others)
        for name, parts in broad.items():
            self.within[name] = frozenset(each for part in parts for each in self._members(part))
            self._call(self._groups, name, {name, name.removesuffix("类")})
        every = {major for members in self.within.values() for major in members}
        self.above = {major: frozenset(group for group, members in self.within.items() if major in members) for major in every}

    def majors_called(self, name: str) -> set[str]:
        """The majors that go by a name; 考古 stands for 考古学."""
        return self._majors.get(name) or self._majors.get(f"{name}学", set())

    def groups_called(self, name: str) -> set[str]:
        """The classes, disciplines and broad words that go by a name: 计算机 is both a short name and a class, 法学 is the major alone."""
        return set() if name in self.above else self._groups.get(name, set())

    def _members(self, part: str) -> Iterable[str]:
        return self.within.get(part) or self.within.get(f"{part}门类") or [part]

    @staticmethod
    def _call(names: dict[str, set[str]], what: str, by: Iterable[str]) -> None:
        for name in by:
            names.setdefault(name, set()).add(what)


@lru_cache(maxsize=1)
def _catalogue() -> _Catalogue:
    read = yaml.safe_load(resources.files(__package__).joinpath("majors.yaml").read_text(encoding="utf-8"))
    return _Catalogue(read["disciplines"], read["also"], read["broad"])
