"""Policy questions, and every other message in which the documents may hold the answer."""

from __future__ import annotations

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from actions.base import GuardedAction, Reply
from actions.documents import SURE, ask_knowledge, confidence, remembered, said
from actions.messages import Message, choices, offer_person, text
from actions.services import Services
from desk import texts as desk_texts
from knowledge.answers.judging import ANSWERABLE, CERTAIN
from knowledge.answers.model import Answer

_LATER = {
    "action_search_jobs": "岗位库还没有导入岗位，我现在查不到在招岗位，也不会编。可以先到国家大学生就业服务平台和学校就业网查看；需要老师推荐岗位，可以转人工登记。",
    "action_job_detail": "我这里还没有展示过岗位，没法说它的细节。岗位库导入之后就能查；急用的话可以转人工，请老师帮您核实。",
    "action_find_events": "招聘会日历还没有导入，我现在查不到场次和时间，也不会编。可以看学校就业网的通知，或者转人工请老师告诉您。",
}
_ELIGIBILITY = "够不够条件由主管部门审核认定，我只能把文件里写的条件念给您听："
_OUT_OF_SCOPE = "这个我帮不上忙。我只回答高校毕业生就业政策、求职和权益方面的问题，比如三方协议、档案、补贴、试用期。"
_DID_NOT_UNDERSTAND = "我没太明白您的意思。您可以换个说法，比如写明地区、哪一届、想问什么事；也可以直接转人工。"
_REPHRASE = "还是没弄明白，抱歉。请用一句话说说您想办的事，或者点下面转人工。"
_HANDED_OVER = "这个问题我答不好。您可以转人工，老师会看到我们刚才的对话。"


class _PolicyAction(GuardedAction):
    """An action that asks the knowledge first."""

    threshold = ANSWERABLE

    def asked(self, tracker: Tracker, services: Services) -> Answer:
        """The knowledge's answer to the latest message."""
        return ask_knowledge(tracker, services, self.threshold)


class AnswerPolicy(_PolicyAction):
    """A policy question: answered, refused with the reason, or asked back."""

    def name(self) -> str:
        return "action_answer_policy"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        given = self.asked(tracker, services)
        return Reply([given.message()], remembered(given))


class CheckEligibility(_PolicyAction):
    """Whether one qualifies: what the documents say of the conditions; the authority decides."""

    def name(self) -> str:
        return "action_check_eligibility"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        given = self.asked(tracker, services)
        message = given.message()
        if given.outcome == "answered":
            message["text"] = f"{_ELIGIBILITY}\n{message['text']}"
        return Reply([message], remembered(given))


class _DocumentsFirst(_PolicyAction):
    """Taken by Rasa for something that has no data yet: what the documents say comes first, else the truth is said."""

    threshold = CERTAIN

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        given = self.asked(tracker, services)
        if given.outcome == "answered" or self.says_enough(given, tracker):
            return Reply([given.message()], remembered(given))
        return Reply(self.otherwise(given), [SlotSet("last_question", said(tracker))])

    def says_enough(self, given: Answer, tracker: Tracker) -> bool:
        """Whether a refusal helps more than the sentence about missing data: it has clauses near the question to show."""
        return bool(given.citations) and confidence(tracker) < SURE

    def otherwise(self, given: Answer) -> list[Message]:
        """What is said when the documents do not answer."""
        return [offer_person(_LATER[self.name()])]


class SearchJobs(_DocumentsFirst):
    """Postings are not on file yet."""

    def name(self) -> str:
        return "action_search_jobs"


class JobDetail(_DocumentsFirst):
    """No posting has been shown yet."""

    def name(self) -> str:
        return "action_job_detail"


class FindEvents(_DocumentsFirst):
    """The calendar is not on file yet; what documents say of fairs of a past or other year is said with that reserve."""

    threshold = ANSWERABLE

    def name(self) -> str:
        return "action_find_events"

    def says_enough(self, given: Answer, tracker: Tracker) -> bool:
        return bool(given.citations)


class OutOfScope(_DocumentsFirst):
    """Not our business, unless the documents surely say otherwise."""

    def name(self) -> str:
        return "action_out_of_scope"

    def says_enough(self, given: Answer, tracker: Tracker) -> bool:
        return False

    def otherwise(self, given: Answer) -> list[Message]:
        return [text(_OUT_OF_SCOPE)]


class AskAffirmation(_DocumentsFirst):
    """The first stage of the fallback: the documents, else a question back with ways on."""

    def name(self) -> str:
        return "action_default_ask_affirmation"

    def otherwise(self, given: Answer) -> list[Message]:
        if given.outcome == "clarify" or given.reason == "not_official":
            return [given.message()]
        return [choices(_DID_NOT_UNDERSTAND, {"问政策": "毕业生就业有哪些政策", desk_texts.TALK_TO_PERSON: "/request_human"})]


class AskRephrase(_DocumentsFirst):
    """The second stage: once more, in other words."""

    def name(self) -> str:
        return "action_default_ask_rephrase"

    def otherwise(self, given: Answer) -> list[Message]:
        return [offer_person(_REPHRASE)]


class DefaultFallback(_DocumentsFirst):
    """The end of the fallback: the offer of a person."""

    def name(self) -> str:
        return "action_default_fallback"

    def otherwise(self, given: Answer) -> list[Message]:
        return [offer_person(_HANDED_OVER)]
