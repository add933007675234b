"""The conversation about postings: what was asked for so far, what was shown, and what a message does to that.

Kept in slots: `job_criteria` (the conditions in force), `job_declined` (conditions that were dropped on purpose), `jobs_shown` (ids of the
last page, in order), `jobs_seen` (all ids shown for these conditions) and `job_viewed` (the posting looked at last).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from actions import job_messages, job_texts
from actions.base import Reply
from actions.conversation import said_as
from actions.documents import said
from actions.job_pointing import meant_by, names_a_posting
from actions.messages import REQUEST_HUMAN, Message, choices, offer_person, text
from actions.place import PLACE
from actions.recommendations import for_key_group
from actions.services import Services
from actions.turns import last_replies
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.service import Postings
from knowledge.postings.wishes.profile import told_of_oneself
from knowledge.postings.wishes.splitting import is_about_rules, is_policy_question
from knowledge.postings.wishes.turns import Turn, read_turn
from knowledge.postings.wishes.wording import chips

CRITERIA, DECLINED, SHOWN, SEEN, VIEWED = "job_criteria", "job_declined", "jobs_shown", "jobs_seen", "job_viewed"
PAGE = 5
_LONGEST_FOLLOW_UP = 24
"""Characters; a longer message is read for itself."""
_MOST_LEFT = 3
"""Characters that nobody could read, up to which a message is nothing but a turn of the job search."""
_MOST_SEEN = 200
_OWN_DATA = re.compile("我的|个人|信息|资料|记录|数据|聊天|隐私|账号|注销")
_TELLING_INTENTS = frozenset({"self_profile"})
_ASKED = frozenset({job_texts.ASK_WISH, job_texts.ASK_SALARY, job_texts.WHICH, job_texts.NOTHING_SHOWN})
"""Texts after which the next message is about postings."""


@dataclass(frozen=True)
class State:
    """Where the conversation about postings stands."""

    criteria: Criteria | None
    declined: tuple[str, ...]
    shown: tuple[int, ...]
    seen: tuple[int, ...]
    viewed: int | None

    @classmethod
    def of(cls, tracker: Tracker) -> State:
        """The state that the slots hold; conditions that cannot be read any more count as none."""
        kept = tracker.slots.get(CRITERIA)
        viewed = tracker.slots.get(VIEWED)
        declined = tuple(tracker.slots.get(DECLINED) or ())
        return cls(_criteria(kept), declined, _numbers(tracker, SHOWN), _numbers(tracker, SEEN), int(viewed) if viewed else None)


def turn_of(tracker: Tracker, services: Services, words: str | None = None) -> Turn:
    """What the latest message (or a part of it) means for the job search."""
    state, today = State.of(tracker), services.clock.today()
    profile = {name: value for name, value in _profile(tracker, services).items() if name not in state.declined}
    return read_turn(said(tracker) if words is None else words, state.criteria, today, profile)


def reply_to(turn: Turn, tracker: Tracker, services: Services, words: str | None = None) -> Reply:
    """The reply to a turn of the job search. Raises what the database raises."""
    if services.postings is None:
        return Reply([offer_person(job_texts.NOT_READY)])
    postings: Postings = services.postings
    state = State.of(tracker)
    spoken = said(tracker) if words is None else words
    if turn.act == "detail":
        return detail_reply(turn, state, postings, spoken)
    if turn.act == "same_employer":
        return _same_employer(turn, state, postings, spoken)
    if turn.act == "more" and state.seen:
        return _next_page(state, turn.criteria, postings)
    if turn.act == "restart":
        return Reply([text(job_texts.RESTARTED), _ask_wish(tracker)], [*_slots(None, (), (), ()), SlotSet(VIEWED, None)])
    if turn.act == "ask":
        return Reply([_ask_wish(tracker)], [SlotSet(CRITERIA, {})])
    if turn.act == "ask_salary":
        return Reply(
            [choices(job_texts.ASK_SALARY, {each: each for each in job_texts.ASK_SALARY_OPTIONS})], [SlotSet(CRITERIA, turn.criteria.to_json())]
        )
    return for_key_group(_search(turn, state, postings), turn.criteria, tracker, services)


def follow_up(tracker: Tracker, services: Services) -> Reply | None:
    """The reply where the last turn was about postings and the message only goes on with them, whatever Rasa took it for; else None.

    A message that names a posting by title and employer is about that one whatever was said before.
    """
    words = said(tracker)
    if services.postings is None or words.startswith("/"):
        return None
    if names_a_posting(words):
        return detail_reply(Turn("detail", Criteria()), State.of(tracker), services.postings, words)
    if len(words) > _LONGEST_FOLLOW_UP or not follows_jobs(tracker) or is_policy_question(words) or is_about_rules(words):
        return None
    turn = turn_of(tracker, services)
    return reply_to(turn, tracker, services) if goes_on(turn) else None


def condition_dropped(tracker: Tracker, services: Services) -> Reply | None:
    """The reply where a message that Rasa took for a wish for erasure only takes a condition off the search (把学历去掉); else None."""
    words = said(tracker)
    if services.postings is None or _OWN_DATA.search(words) or not follows_jobs(tracker):
        return None
    turn = turn_of(tracker, services)
    return reply_to(turn, tracker, services) if turn.dropped and not turn.left else None


def goes_on(turn: Turn) -> bool:
    """Whether a message is nothing but a turn of a job search that is under way."""
    if turn.act in ("more", "detail", "same_employer", "restart", "ask_salary"):
        return len(turn.left) <= _LONGEST_FOLLOW_UP // 3
    return bool(turn.stated or turn.dropped) and len(turn.left) <= _MOST_LEFT


def follows_jobs(tracker: Tracker) -> bool:
    """Whether the last thing that the graduate was told is about postings."""
    return any(custom.get("kind") == "postings" or custom.get("text") in _ASKED for custom in last_replies(tracker))


def detail_reply(turn: Turn, state: State, postings: Postings, words: str) -> Reply:
    """A posting in every detail: the one counted, pointed at or looked at last; asks which where that is not clear."""
    if turn.nth is not None and state.shown and not 1 <= _index(turn.nth, state) <= len(state.shown):
        return Reply([text(job_texts.NO_SUCH.format(count=len(state.shown), nth=turn.nth))])
    number = (
        state.shown[_index(turn.nth, state) - 1] if turn.nth is not None and state.shown else meant_by(words, state.shown, state.viewed, postings)
    )
    if number is None:
        return _ask_which(state, postings)
    view = postings.get(number)
    if view is None:
        return Reply([text(job_texts.GONE)])
    return Reply([job_messages.detailed(view, words)], [SlotSet(VIEWED, number)])


def _search(turn: Turn, state: State, postings: Postings) -> Reply:
    found = postings.search(turn.criteria, limit=PAGE)
    if not found.total and not found.loosenings and found.complete and not postings.count(Criteria()):
        return Reply([offer_person(job_texts.NOT_IMPORTED)])
    shown = [view.id for view in found.items]
    declined = _declined(turn, state)
    return Reply([job_messages.listed(turn.criteria, found, _notes(turn))], [*_slots(turn.criteria, declined, shown, shown), SlotSet(VIEWED, None)])


def _next_page(state: State, criteria: Criteria, postings: Postings) -> Reply:
    found = postings.search(criteria, limit=PAGE, exclude=state.seen)
    if not found.items:
        head = job_texts.SEEN_ALL.format(conditions="、".join(chip["label"] for chip in chips(criteria)))
        return Reply([job_messages.listed(criteria, job_messages.without_items(found), (), head=head)])
    shown = [view.id for view in found.items]
    seen = [*state.seen, *shown][-_MOST_SEEN:]
    return Reply([job_messages.listed(criteria, found, (), continued=True)], [*_slots(criteria, state.declined, shown, seen), SlotSet(VIEWED, None)])


def _same_employer(turn: Turn, state: State, postings: Postings, words: str) -> Reply:
    number = state.shown[_index(turn.nth, state) - 1] if turn.nth is not None and 1 <= _index(turn.nth, state) <= len(state.shown) else None
    number = number or state.viewed or meant_by(words, state.shown, None, postings)
    view = postings.get(number) if number else None
    if view is None:
        return _ask_which(state, postings)
    criteria = Criteria(employer=view.employer)
    found = postings.by_employer(view.employer, limit=PAGE, exclude=(view.id,))
    head = (job_texts.OTHERS_OF if found.items else job_texts.NO_OTHERS_OF).format(employer=view.employer)
    shown = [other.id for other in found.items]
    events = [*_slots(criteria, state.declined, shown, [view.id, *shown]), SlotSet(VIEWED, None)] if shown else []
    return Reply([job_messages.listed(criteria, found, (), head=head)], events)


def _ask_wish(tracker: Tracker) -> Message:
    place = tracker.slots.get(PLACE)
    options = ([job_texts.ASK_PLACE_OPTION.format(place=place)] if place else []) + list(job_texts.ASK_OPTIONS)
    return choices(job_texts.ASK_WISH, {each: each for each in options} | {job_texts.TALK_TO_PERSON: REQUEST_HUMAN})


def _ask_which(state: State, postings: Postings) -> Reply:
    views = [view for number in state.shown if (view := postings.get(number))]
    if not views:
        return Reply([text(job_texts.NOTHING_SHOWN)])
    return Reply([choices(job_texts.WHICH, {f"第{nth}个 {view.title}": f"第{nth}个详细说说" for nth, view in enumerate(views, 1)})])


def _notes(turn: Turn) -> list[str]:
    notes = [job_texts.NOTE_OVERTIME] if "no_overtime" in (turn.stated or {}) else []
    return notes + ([job_texts.NOTE_LEFT.format(words="、".join(turn.unread))] if turn.unread else [])


def _declined(turn: Turn, state: State) -> tuple[str, ...]:
    stated = set(turn.stated or ())
    return tuple(name for name in dict.fromkeys((*state.declined, *turn.dropped_fields)) if name not in stated)


def _slots(criteria: Criteria | None, declined: tuple[str, ...], shown: Any, seen: Any) -> list[dict[str, Any]]:
    kept = criteria.to_json() if criteria is not None else None
    return [SlotSet(CRITERIA, kept), SlotSet(DECLINED, list(declined)), SlotSet(SHOWN, list(shown)), SlotSet(SEEN, list(seen))]


def _numbers(tracker: Tracker, slot: str) -> tuple[int, ...]:
    return tuple(int(number) for number in tracker.slots.get(slot) or ())


def _criteria(kept: Any) -> Criteria | None:
    try:
        return Criteria.from_json(dict(kept)) if kept else None
    except (KeyError, ValueError, TypeError):
        return None


def _index(nth: int | None, state: State) -> int:
    return len(state.shown) if nth == -1 else nth or 0


def _profile(tracker: Tracker, services: Services) -> Mapping[str, Any]:
    """What the graduate told of themselves in this conversation."""
    return told_of_oneself(said_as(tracker, _TELLING_INTENTS), services.clock.today())
