"""Which encoder the settings name for the documents; intents, safety and built-in knowledge keep the one they were made with."""

from __future__ import annotations

from core.settings import Settings
from knowledge.search.encoder import Encoder, default_encoder
from knowledge.search.endpoint_encoder import EndpointEncoder


def document_encoder(settings: Settings) -> Encoder:
    """The encoder of clauses and of questions to them: the bundled one, or the endpoint of `ZHIWEN_EMBEDDINGS_URL`."""
    if settings.embeddings_url is None:
        return default_encoder()
    return EndpointEncoder(settings.embeddings_url, settings.embeddings_model, settings.embeddings_key, settings.home / "cache")
