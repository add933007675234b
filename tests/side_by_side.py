"""How the tests are shared out when several processes run them (`pytest -n 2 --dist loadgroup`): by file, the whole system in one of them.

A file stays together, for what its tests share is made once a process. Those that meet the running system come first and go to
one process: it is started once, and it takes the longest.
"""

from __future__ import annotations

from pathlib import Path

import pytest

SYSTEM = "system"
TESTS = Path(__file__).parent
_WITH_SYSTEM = ("browser", "system")
"""The folders whose tests talk to the running system."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Say which tests stay together, and put the longest lot first. Tests that run in one process keep their order."""
    if not hasattr(config, "workerinput"):  # the processes' own `dist` says no
        return
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: _group(item) != SYSTEM)


def _group(item: pytest.Item) -> str:
    path = item.path.relative_to(TESTS)
    return SYSTEM if path.parts[0] in _WITH_SYSTEM else path.as_posix()
