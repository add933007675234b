"""How much the widget loads: widget.js with every page that carries it, the rest when it is opened."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from bot.page import BUILT_PAGE

BUDGET = 90_000
"""Bytes after gzip, everything together: issue E's budget."""
LAUNCHER = 8_000
"""The same, for a visitor who does not open it."""


def test_the_launcher_is_small() -> None:
    assert 0 < _packed(BUILT_PAGE / "widget.js") < LAUNCHER


@pytest.mark.parametrize("script", ["hans", "hant"])
def test_the_whole_widget_stays_within_its_budget(script: str) -> None:
    [chat] = (BUILT_PAGE / "widget").glob(f"{script}-*.js")

    assert _packed(BUILT_PAGE / "widget.js") + _packed(chat) < BUDGET
    assert chat.name in (BUILT_PAGE / "widget.js").read_text(encoding="utf-8")


def test_nothing_names_a_third_party_that_would_be_asked() -> None:
    for path in [BUILT_PAGE / "widget.js", BUILT_PAGE / "widget.css", *(BUILT_PAGE / "widget").iterdir()]:
        text = path.read_text(encoding="utf-8")
        assert "@font-face" not in text
        assert "alipayobjects" not in text


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))
