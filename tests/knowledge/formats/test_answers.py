"""The same questions to the same documents in every format: what a graduate is told does not depend on how the school kept the paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from core.settings import Settings
from knowledge.service import prepare
from tests.knowledge.formats.builder import FORMS
from tests.knowledge.formats.measuring import Result, measure, share

REFERENCE = "md"
LOSS = 0.03
"""Share of questions that a text format may lose against the reference."""
LOSS_OF_TABLES = 0.07
"""… and a sheet alone, whose rows stand without the paper around them: one question of sixteen."""
LOSS_RECOGNISED = 0.10
"""… and a recognised one: what the bounds of the two kinds differ by."""
_AMONG_CI = ("txt-gb18030", "html", "docx", "pdf", "pdf-columns")


class Measured:
    """The results of each format, measured once in the run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        prepare(Settings(home=folder / "home"))
        self.results = cache(self._measure)

    def _measure(self, name: str) -> list[Result]:
        store = self._folder / name
        store.mkdir()
        return measure(FORMS[name], store, self._folder / "home")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    return Measured(tmp_path_factory.mktemp("formats"))


@pytest.mark.parametrize("name", _AMONG_CI)
def test_a_text_format_answers_as_well_as_the_plainest(measured: Measured, name: str) -> None:
    assert share(measured.results(name)) >= share(measured.results(REFERENCE)) - LOSS


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form.tables_only])
def test_tables_answer_as_well_as_in_a_document(measured: Measured, name: str) -> None:
    inside = [result for result in measured.results(REFERENCE) if result.asked.table]
    assert share(measured.results(name)) >= share(inside) - LOSS_OF_TABLES


@pytest.mark.slow
def test_scans_answer_nearly_as_well_as_text(measured: Measured) -> None:
    assert share(measured.results("scan")) >= share(measured.results(REFERENCE)) - LOSS_RECOGNISED


@pytest.mark.parametrize("name", [REFERENCE, *_AMONG_CI, "xlsx", "csv", pytest.param("scan", marks=pytest.mark.slow)])
def test_the_first_citation_holds_what_was_asked_for(measured: Measured, name: str) -> None:
    assert share(measured.results(name)) >= FORMS[name].bound
