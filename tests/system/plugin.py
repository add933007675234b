"""Fixtures that start the whole system once a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.running import RASA_PYTHON, ROOT, SEEDS, Conversation, RunningSystem


@pytest.fixture(scope="session")
def zhiwen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSystem]:
    """The system with the five seed documents ingested while it runs; its Rasa model is the one `make` has trained."""
    if not RASA_PYTHON.exists():
        pytest.skip("Rasa's environment is missing: run make setup")
    if not SEEDS.is_dir():
        pytest.skip(f"the policy documents are missing: {SEEDS}")
    home = tmp_path_factory.mktemp("home")
    models = ROOT / "var" / "models"
    models.mkdir(parents=True, exist_ok=True)
    (home / "models").symlink_to(models)
    system = RunningSystem(Path(home))
    try:
        system.start()
        taken = system.command("ingest", str(SEEDS))
        assert taken.returncode == 0, taken.stdout + taken.stderr
        warm_up(system)
        yield system
    finally:
        system.stop()


def warm_up(system: RunningSystem) -> None:
    """Wait until the new documents answer: on a busy machine the index takes longer than one question waits."""

    def answers() -> bool:
        conversation = Conversation(system)
        [first, *_] = conversation.say("访企拓岗文号多少")
        conversation.close()
        return bool(first["kind"] == "policy_answer" and first["payload"]["outcome"] == "answered")

    assert system.wait_for(answers, 60)


@pytest.fixture(scope="session")
def zhiwen_url(zhiwen: RunningSystem) -> str:
    """The address of the running system's page."""
    return zhiwen.url
