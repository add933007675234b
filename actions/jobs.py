"""Open postings: searched, looked at one by one; a question about policy in the same message is answered too."""

from __future__ import annotations

import re

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from actions.base import Reply
from actions.calendar import events_follow_up
from actions.documents import GUESSING, SURE, ask_knowledge, confidence, said
from actions.job_pointing import names_a_posting
from actions.job_talk import State, follows_jobs, goes_on, reply_to, turn_of
from actions.jobs_beside import beside, jobs_or_both, programme_and_jobs
from actions.place import answers_the_question_for_the_place
from actions.policy import PolicyAction
from actions.services import Services
from knowledge.answers.judging import ANSWERABLE, CERTAIN
from knowledge.postings.wishes.splitting import is_about_rules, is_clear_wish, is_policy_question
from knowledge.postings.wishes.turns import Turn

_MUCH_LEFT = 4
"""Characters that nobody could read from which a wish is doubtful."""
_ACTS_OF_A_SEARCH = frozenset({"more", "same_employer", "restart", "detail"})
_ABOUT_ONE = re.compile("[这這那该它他]个?(?:家|个|個|份|条|岗|单位|公司|职位|職位|里)|[吗嗎么没][?？]?$|是不是|要不要|给不给|交不交|有没有")


class SearchJobs(PolicyAction):
    """A wish for jobs, or a turn of a search that is under way. What reads like a question that documents surely answer is answered from them."""

    threshold = CERTAIN

    def name(self) -> str:
        return "action_search_jobs"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        if (events := events_follow_up(tracker, services)) is not None:
            return events
        if answers_the_question_for_the_place(tracker):
            return self.policy_answer(tracker, services)
        if (jobs := jobs_or_both(tracker, services)) is not None:
            return jobs
        if (programme := programme_and_jobs(tracker, services)) is not None:
            return programme
        turn = turn_of(tracker, services)
        if self._is_surely_about_jobs(turn, tracker, services):
            return reply_to(turn, tracker, services)
        return self._documents_beside(turn, tracker, services)

    def _is_surely_about_jobs(self, turn: Turn, tracker: Tracker, services: Services) -> bool:
        if is_policy_question(said(tracker)) or is_about_rules(said(tracker)):
            return is_clear_wish(said(tracker), services.clock.today())
        if turn.act in _ACTS_OF_A_SEARCH or (follows_jobs(tracker) and (goes_on(turn) or turn.stated)):
            return True
        wished = any(not name.startswith("exclude_") for name in turn.stated or ())
        if not turn.left and (turn.act == "ask" or (wished and confidence(tracker) >= GUESSING)):
            return True
        return is_clear_wish(said(tracker), services.clock.today())

    def _documents_beside(self, turn: Turn, tracker: Tracker, services: Services) -> Reply:
        """The documents' answer where they surely have one, with postings where some were wished for; else the postings alone."""
        doubtful = len(turn.left) >= _MUCH_LEFT
        threshold = ANSWERABLE if doubtful else self.threshold
        given = ask_knowledge(tracker, services, threshold) if services.knowledge is not None else None
        near = given is not None and given.citations and (doubtful or not turn.stated) and confidence(tracker) < SURE
        if given is not None and (given.outcome == "answered" or near):
            services.asked.note(said(tracker), given)
            return beside(given, turn, tracker, services)
        asks_after_rules = is_policy_question(said(tracker)) or is_about_rules(said(tracker))
        if given is not None and asks_after_rules and "roles" not in (turn.stated or {}):
            return self.policy_answer(tracker, services)
        reply = reply_to(turn, tracker, services)
        return Reply(reply.messages, [SlotSet("last_question", said(tracker)), *reply.events])


class JobDetail(SearchJobs):
    """A question about a posting that was shown; where none was, or the message wishes for others, a search."""

    def name(self) -> str:
        return "action_job_detail"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        state = State.of(tracker)
        if services.postings is None or names_a_posting(said(tracker)) or not (state.shown or state.viewed):
            return super().answer(tracker, services)
        turn = turn_of(tracker, services)
        if turn.act in _ACTS_OF_A_SEARCH or self._wishes_for_others(turn, tracker, services):
            return reply_to(turn, tracker, services)
        return reply_to(Turn("detail", turn.criteria), tracker, services)

    def _wishes_for_others(self, turn: Turn, tracker: Tracker, services: Services) -> bool:
        """Whether a message looks for other postings, rather than asking about one that was shown (这家双休吗)."""
        words = said(tracker)
        if _ABOUT_ONE.search(words):
            return False
        return (follows_jobs(tracker) and goes_on(turn)) or is_clear_wish(words, services.clock.today())
