"""What the trained model depends on beside the training data: the code and the dictionary that read Chinese text.

Rasa restores a component from its cache when neither its class nor its input changed. The dictionary and the folding
are neither, so every component that reads text adds this fingerprint to its own.
"""

from __future__ import annotations

import hashlib
import inspect
from types import ModuleType

from core.text import folding, segmentation


def language_fingerprint(*modules: ModuleType) -> str:
    """A hash over the domain dictionary, the folding, the segmentation and the source of the `modules` given."""
    digest = hashlib.sha256(segmentation.dictionary_fingerprint().encode())
    for module in (folding, segmentation, *modules):
        digest.update(inspect.getsource(module).encode())
    return digest.hexdigest()
