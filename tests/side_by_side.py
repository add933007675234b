"""How the tests are shared out when several processes run them (`pytest -n 2`): by file, the whole system in one of them.

A file stays together, for what its tests share is made once a process. Those that meet the running system come first and go to
one process: it is started once, and it takes the longest.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

SYSTEM = "system"
_WITH_SYSTEM = ("tests/browser/", "tests/system/")
"""The folders whose tests talk to the running system."""


class ByWhatTheyShare(LoadScopeScheduling):
    """Gives each process one lot of tests after another; pytest-xdist's own `loadgroup` sees no groups with pytest 9.2."""

    def _split_scope(self, nodeid: str) -> str:
        return lot(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByWhatTheyShare:
    """Also says that the lots keep the order in which the tests were collected."""
    config.option.loadscopereorder = False
    return ByWhatTheyShare(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the longest lot first. Tests that run in one process keep their order."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: lot(item.nodeid) != SYSTEM)


def lot(nodeid: str) -> str:
    """Which tests this one stays together with."""
    file = nodeid.split("::", 1)[0]
    return SYSTEM if file.startswith(_WITH_SYSTEM) else Path(file).as_posix()
