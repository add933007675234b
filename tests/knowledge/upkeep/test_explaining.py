"""An explanation names the words, the likeness and the reasons for the order, and its points add up to the score."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.settings import Settings
from knowledge.search.features import FEATURES
from knowledge.search.ranking import Found, shipped_weights
from knowledge.service import open_knowledge
from knowledge.upkeep.explaining import _points, explain
from knowledge.upkeep.texts import FEATURE_NAMES
from tests.knowledge.conftest import Write
from tests.knowledge.papers import GANSU


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def found(sessions: sessionmaker[Session], write: Write, tmp_path: Path) -> Found:
    knowledge = open_knowledge(Settings(home=tmp_path / "home"), sessions, Clock(date(2026, 12, 1)))
    assert knowledge.importer().take(write(GANSU)).result == "new"
    found = knowledge.find("低保家庭的求职补贴发多少钱")
    assert found is not None
    return found


def test_every_feature_has_a_name_for_people() -> None:
    assert set(FEATURE_NAMES) == set(FEATURES)
    assert len(set(FEATURE_NAMES.values())) == len(FEATURES)


def test_it_names_the_words_that_are_there_and_those_that_are_not(found: Found) -> None:
    first = explain(found, shipped_weights())[0]

    assert "低保" in "".join(first.words)
    assert not set(first.words) & set(first.missing)
    assert -1 <= first.similarity <= 1
    assert "1500元" in first.sentence


def test_the_points_add_up_to_the_score(found: Found) -> None:
    for hit in found.hits:
        assert sum(_points(hit, shipped_weights()).values()) == pytest.approx(hit.score, abs=1e-4)


def test_each_is_held_against_the_next_and_the_last_against_the_one_before(found: Found) -> None:
    explained = explain(found, shipped_weights())

    assert [hit.against for hit in explained] == ["next"] * (len(explained) - 1) + ["previous"]
    gains = sum(reason.points for reason in explained[0].ahead) + sum(reason.points for reason in explained[0].behind)
    assert gains > 0
    assert all(reason.points > 0 for hit in explained for reason in hit.ahead)
    assert all(reason.points < 0 for hit in explained for reason in hit.behind)
