"""Action calls as a Rasa server sends them: the tracker with its events, the domain, the action's name."""

from __future__ import annotations

from typing import Any

DOMAIN: dict[str, Any] = {
    "intents": [],
    "entities": [],
    "slots": {
        "contact": {
            "type": "rasa.shared.core.slots.TextSlot",
            "influence_conversation": False,
            "mappings": [
                {
                    "type": "from_text",
                    "conditions": [{"active_loop": "contact_form", "requested_slot": "contact"}],
                }
            ],
        },
        "eligibility_answer": {
            "type": "rasa.shared.core.slots.TextSlot",
            "influence_conversation": False,
            "mappings": [
                {
                    "type": "from_text",
                    "conditions": [{"active_loop": "eligibility_form", "requested_slot": "eligibility_answer"}],
                }
            ],
        },
    },
    "responses": {},
    "actions": [],
    "forms": {"contact_form": {"required_slots": ["contact"]}, "eligibility_form": {"required_slots": ["eligibility_answer"]}},
}
START = 1_796_090_400.0
"""1 December 2026, ten in the morning in China."""


class Talk:
    """A conversation in the making; `call` gives what Rasa would post to the action server."""

    def __init__(self, conversation_id: str = "c1", **slots: str | None) -> None:
        self.conversation_id = conversation_id
        self.slots: dict[str, Any] = {"contact": None, "requested_slot": None, "session_started_metadata": None} | slots
        self.events: list[dict[str, Any]] = []
        self.latest: dict[str, Any] = {}
        self.active_loop: dict[str, Any] = {}
        self._add("action", name="action_session_start", policy=None, confidence=1.0)
        self._add("session_started")
        self._add("action", name="action_listen", policy=None, confidence=None)

    def says(self, words: str, intent: str, confidence: float = 0.98) -> Talk:
        self.latest = {
            "intent": {"name": intent, "confidence": confidence},
            "entities": [],
            "text": words,
            "message_id": f"m{len(self.events)}",
            "metadata": {},
            "intent_ranking": [{"name": intent, "confidence": confidence}],
        }
        return self._add("user", text=words, parse_data=self.latest, input_channel="rest", message_id="m", metadata={})

    def hears(self, words: str | None = None, custom: dict[str, Any] | None = None) -> Talk:
        data = {
            "elements": None,
            "quick_replies": None,
            "buttons": None,
            "attachment": None,
            "image": None,
            "custom": custom,
        }
        return self._add("bot", text=words, data=data, metadata={})

    def refused(self, question: str) -> Talk:
        """A question that the assistant could not answer, and the offer that came with the refusal."""
        self.says(question, "ask_policy")
        self.slots["last_question"] = question
        self._add("slot", name="last_question", value=question)
        payload = {"outcome": "refused", "reason": "no_source", "warnings": [], "citations": [], "suggestions": []}
        self.hears(custom={"kind": "policy_answer", "text": "资料里没有找到依据。", "payload": payload})
        options = {"options": [{"title": "转人工", "value": "/request_human"}]}
        return self.hears(custom={"kind": "choices", "text": "需要的话，我可以转给老师。", "payload": options})

    def in_contact_form(self) -> Talk:
        self.active_loop = {"name": "contact_form", "is_interrupted": False, "rejected": False, "trigger_message": {}}
        self._add("active_loop", name="contact_form")
        return self._asked_for_contact()

    def offers_contact(self, words: str, intent: str = "leave_contact") -> Talk:
        """A message while the form asks: Rasa appends the candidate value as the last event."""
        self.says(words, intent)
        return self._add("slot", name="contact", value=words)

    def call(self, action: str) -> dict[str, Any]:
        tracker = {
            "sender_id": self.conversation_id,
            "slots": self.slots,
            "latest_message": self.latest,
            "latest_event_time": START + len(self.events),
            "followup_action": None,
            "paused": False,
            "events": self.events,
            "latest_input_channel": "rest",
            "active_loop": self.active_loop,
            "latest_action": {"action_name": "action_listen"},
            "latest_action_name": "action_listen",
        }
        return {
            "next_action": action,
            "sender_id": self.conversation_id,
            "tracker": tracker,
            "domain": DOMAIN,
            "version": "3.6.21",
        }

    def _asked_for_contact(self) -> Talk:
        self.slots["requested_slot"] = "contact"
        self._add("slot", name="requested_slot", value="contact")
        return self.hears("请发一个手机号、微信号或邮箱。")

    def _add(self, kind: str, **fields: Any) -> Talk:
        self.events.append({"event": kind, "timestamp": START + len(self.events), **fields})
        return self
