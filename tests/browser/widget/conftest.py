"""Pages of two schools that may carry the widget, and of one that may not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.widget.host_pages import HostPages
from tests.system.running import RunningSystem, free_port


@pytest.fixture(scope="session")
def school(zhiwen: RunningSystem) -> Iterator[HostPages]:
    with HostPages(zhiwen.host_ports[0], zhiwen.url).serving() as pages:
        yield pages


@pytest.fixture(scope="session")
def other_school(zhiwen: RunningSystem) -> Iterator[HostPages]:
    with HostPages(zhiwen.host_ports[1], zhiwen.url).serving() as pages:
        yield pages


@pytest.fixture(scope="session")
def stranger(zhiwen: RunningSystem) -> Iterator[HostPages]:
    with HostPages(free_port(), zhiwen.url).serving() as pages:
        yield pages


@pytest.fixture
def host_page(context: BrowserContext, complaints: list[str]) -> Page:
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


@pytest.fixture
def complaints() -> list[str]:
    """What the browser says against the page: broken policies, errors."""
    return []
