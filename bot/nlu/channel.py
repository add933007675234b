"""Rasa's REST channel, for a sender that has computed the sentence vector of its message already; it can also forget a conversation.

The app encodes every message for its safety screen; computed a second time here, the vector would take a quarter of a
turn's time and 160 MB. A message without one is encoded here, so that `rasa shell` and others go on as ever.
"""

from __future__ import annotations

import base64
from typing import Any, Awaitable, Callable, Optional, Text

import numpy as np
from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, response

from bot.nlu import features
from bot.nlu.tracker_store import erasing_store
from core.text.folding import fold


class VectorRestInput(RestInput):
    """Like `rest`, at the same address; takes `vector` beside `sender` and `message`: 512 little-endian float32 in base64."""

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[None]]) -> Blueprint:
        """The routes of `rest`, and `DELETE conversations/<id>`, which forgets a conversation: Rasa itself has no way to."""
        webhook = super().blueprint(on_new_message)

        @webhook.route("/conversations/<conversation_id>", methods=["DELETE"])
        async def erase(request: Any, conversation_id: Text) -> Any:
            await erasing_store(request.app.ctx.agent.tracker_store).erase(conversation_id)
            return response.empty()

        return webhook

    def _extract_message(self, req: Any) -> Optional[Text]:
        message: Optional[Text] = super()._extract_message(req)
        vector = req.json.get("vector")
        if message and vector:
            features.take_vector(fold(message.strip()), np.frombuffer(base64.b64decode(vector), dtype="<f4"))
        return message
