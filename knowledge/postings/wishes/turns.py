"""A turn of the conversation: the message, what was asked for before, what is asked for now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from knowledge.postings.record import Degree
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.search.meanings import graduating_class
from knowledge.postings.wishes.commands import Commands, read_commands
from knowledge.postings.wishes.reading import Wish, read_wish
from knowledge.postings.wishes.remaining import Conditions, Remaining
from knowledge.postings.wishes.salary import HIGHER, LOWER, wants_higher, wants_lower

Act = Literal["search", "more", "detail", "same_employer", "restart", "ask", "ask_salary"]
"""`ask`: too general to search; `ask_salary`: more is wanted, and no floor was ever said."""

PERSONAL = ("education", "major", "cohort", "or_cohorts", "past_cohort")
"""What is true of the graduate and outlives a new search."""

_PLACES = ("cities", "districts", "provinces")
_INSTEAD: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (_PLACES, (*_PLACES, "nearby")),
    (("roles", "words"), ("roles", "words")),
    (("employer",), ("employer",)),
    (("cohort", "past_cohort"), ("or_cohorts",)),
)
"""Stating one of the first replaces all of the second."""
_OPPOSITES = (("roles", "exclude_roles"), ("cities", "exclude_cities"), ("employer_types", "exclude_employer_types"))
_ADDING = re.compile("再加上?|加上|加个|也(?:帮我|给我)?(?:看|要|查|找|搜|想|行|可以|考虑|来)|以及|同时|还想看|还要看|都行|都可以|或者也")
_KEEPING = re.compile("换|改成|那|呢|再|还是|也|算了|老样子|只要|只看|一样|同样|照旧|加上|要求|必须")
_LISTS = ("cities", "districts", "provinces", "roles", "employer_types", "words")


@dataclass(frozen=True)
class Turn:
    """What the conversation is to do now."""

    act: Act
    criteria: Criteria
    nth: int | None = None
    """Which of those shown (`detail`, `same_employer`); from 1, -1 the last; None where it is not said."""
    stated: Conditions | None = None
    """The conditions that this message states by itself."""
    dropped: tuple[str, ...] = ()
    """Labels of conditions that it drops."""
    dropped_fields: tuple[str, ...] = ()
    """The fields of `Criteria` behind them."""
    left: str = ""
    """What nobody could read."""
    unread: tuple[str, ...] = ()
    """Wishes in it that no posting can be filtered by (不出差), to be told."""


def read_turn(text: str, so_far: Criteria | None, today: date, profile: Mapping[str, Any] | None = None) -> Turn:
    """What a message means after what was asked for before; `profile` holds facts that the graduate told of themselves (fields of `Criteria`).

    Weeks begin on Monday; 应届 are those who graduate next (`search.meanings.graduating_class`).
    """
    remaining = Remaining(text)
    commands = read_commands(remaining)
    before = Criteria() if so_far is None or commands.restart else so_far
    before = _without(before, commands)
    wish = read_wish(remaining, today)
    higher = _moved_salary(remaining, wish, before)
    stated = {**wish.conditions, **(higher or {})}
    if _no_degree_said(commands, so_far):
        stated["education"] = Degree.ANY
    criteria = _merged(before, stated, remaining.whole)
    act = _act(commands, stated, criteria, before, wanted_more=higher is not None and not higher)
    fields = tuple(name for group in commands.dropped for name in group.fields)
    profile = {name: value for name, value in (profile or {}).items() if name not in fields}
    if stated.get("internship") is True and "cohort" not in stated:
        criteria, profile = _without_later_year(criteria, profile, today)
    if act in ("search", "ask") and profile:
        criteria = with_profile(criteria, profile, everything=criteria.is_empty())
        act = "search" if act == "ask" and not criteria.is_empty() else act
    dropped = tuple(group.label for group in commands.dropped)
    return Turn(act, criteria, commands.nth, stated, dropped, fields, wish.left, wish.unread)


def _without_later_year(criteria: Criteria, profile: Mapping[str, Any], today: date) -> tuple[Criteria, Mapping[str, Any]]:
    """Who looks for an internship before the last year (大三) is not held to the year told earlier: few internships open to them name it."""
    next_class = graduating_class(today)
    if (criteria.cohort or 0) > next_class:
        criteria = replace(criteria, cohort=None, or_cohorts=())
    return criteria, {name: value for name, value in profile.items() if name != "cohort" or value <= next_class}


def with_profile(criteria: Criteria, profile: Mapping[str, Any], everything: bool) -> Criteria:
    """The criteria with what the graduate told of themselves where they say nothing of it: degree and year always, for they decide who may apply;
    major and city where nothing else is asked for (`everything`)."""
    wanted = {"education", "cohort", "past_cohort"} | ({"major", "cities", "provinces"} if everything else set())
    year_said = criteria.cohort is not None or criteria.past_cohort
    added = {
        name: value
        for name, value in profile.items()
        if name in wanted and not getattr(criteria, name) and not (year_said and name in ("cohort", "past_cohort"))
    }
    return replace(criteria, **added)


def _act(commands: Commands, stated: Conditions, criteria: Criteria, before: Criteria, *, wanted_more: bool) -> Act:
    if commands.same_employer:
        return "same_employer"
    if commands.nth is not None:
        return "detail"
    if commands.restart and not stated:
        return "restart"
    if commands.more and not stated and not commands.dropped and not before.is_empty():
        return "more"
    if wanted_more:
        return "ask_salary"
    return "ask" if criteria.is_empty() else "search"


def _without(before: Criteria, commands: Commands) -> Criteria:
    blank = Criteria()
    dropped = {name: getattr(blank, name) for group in commands.dropped for name in group.fields}
    return replace(before, **dropped)


def _no_degree_said(commands: Commands, so_far: Criteria | None) -> bool:
    """不限学历 drops the condition where there is one; else it asks for jobs that ask for none."""
    named = any(group.label == "学历" for group in commands.dropped)
    return named and (so_far is None or so_far.education is None)


def _moved_salary(remaining: Remaining, wish: Wish, before: Criteria) -> Conditions | None:
    """The floor moved where more or less is wanted; empty where none was said before, None where it is not asked for."""
    higher, lower = wants_higher(remaining), wants_lower(remaining)
    if "salary_min" in wish.conditions or "daily_min" in wish.conditions or not (higher or lower):
        return None
    factor = HIGHER if higher else LOWER
    if before.daily_min:
        return {"daily_min": round(before.daily_min * factor)}
    if before.salary_min:
        return {"salary_wish": "at_least", "salary_min": round(before.salary_min * factor), "salary_max": None}
    return {} if higher else None


def _merged(before: Criteria, stated: Conditions, text: str) -> Criteria:
    if _is_fresh(stated, before, text):
        kept: Any = {name: getattr(before, name) for name in PERSONAL}
        before = replace(Criteria(), **kept)
    adding = bool(_ADDING.search(text))
    changes: Any = _unless_let_in_again(dict(stated), before) if adding else dict(stated)
    for names, others in () if adding else _INSTEAD:
        if any(name in stated for name in names):
            changes = {name: getattr(Criteria(), name) for name in others} | changes
    for name in _LISTS if adding else ():
        if name in changes:
            changes[name] = tuple(dict.fromkeys((*getattr(before, name), *changes[name])))
    if stated.get("salary_min") is not None:
        changes["daily_min"] = None
    if stated.get("daily_min") is not None:
        changes |= {"salary_min": None, "salary_max": None, "salary_wish": "at_least"}
    return _consistent(replace(before, **changes), stated)


def _unless_let_in_again(stated: Conditions, before: Criteria) -> Conditions:
    """Without what was turned down before and will do after all, where nothing narrower was wished for (外企也可以): it is turned down no more."""
    kept = dict(stated)
    for wanted, unwanted in _OPPOSITES:
        named, refused = kept.get(wanted, ()), getattr(before, unwanted)
        if named and not getattr(before, wanted) and any(name in refused for name in named):
            del kept[wanted]
            kept[unwanted] = tuple(name for name in refused if name not in named)
    return kept


def _is_fresh(stated: Conditions, before: Criteria, text: str) -> bool:
    """Whether a message is a search of its own: an occupation and a place or more, and no word that goes on from before."""
    if before.is_empty() or _KEEPING.search(text):
        return False
    place = any(name in stated for name in ("cities", "provinces"))
    return "roles" in stated and (place or len(stated) >= 3)


def _consistent(criteria: Criteria, stated: Conditions) -> Criteria:
    """What was wished for before and is turned down now is wished for no more, and the other way round."""
    changes: Any = {}
    for wanted, unwanted in _OPPOSITES:
        loser, winner = (wanted, unwanted) if unwanted in stated else (unwanted, wanted)
        changes[loser] = tuple(name for name in getattr(criteria, loser) if name not in getattr(criteria, winner))
    return replace(criteria, **changes)
