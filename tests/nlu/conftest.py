"""These tests need Rasa, so Python 3.10 and its environment; elsewhere there is nothing to collect."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]

if importlib.util.find_spec("rasa") is None:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def training_data() -> Any:
    """Everything under data/nlu and data/lookup, as Rasa reads it."""
    from rasa.shared.importers.utils import training_data_from_paths

    return training_data_from_paths([str(PROJECT / "data" / "nlu"), str(PROJECT / "data" / "lookup")], "zh")


@pytest.fixture
def storage(tmp_path: Path) -> Any:
    """An empty model storage."""
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    return LocalModelStorage.create(tmp_path)


@pytest.fixture
def context() -> Any:
    """The execution context of a graph without nodes."""
    from rasa.engine.graph import ExecutionContext, GraphSchema

    return ExecutionContext(GraphSchema({}), "test", node_name="node")


@pytest.fixture
def tokenizer(storage: Any, context: Any) -> Any:
    """The pipeline's tokenizer."""
    from rasa.engine.storage.resource import Resource

    from bot.nlu.tokenizer import FoldingTokenizer

    return FoldingTokenizer.create(FoldingTokenizer.get_default_config(), storage, Resource("tokenizer"), context)
