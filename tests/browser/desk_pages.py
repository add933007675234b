"""What the tests of the console do with it: sign in, open a request, look at its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.pages import ANSWER_TIMEOUT, ask, composer
from tests.system.running import RunningSystem

PASSWORD = "Desk-of-the-tests-2026"
COLLEGE = "计算机学院"
DESK_DESKTOP = {"width": 1440, "height": 900}
ACTION_TIMEOUT = 60_000
"""How long a page may take to be loaded, or to let somebody do what they want to do, on a busy machine."""
LIVE_TIMEOUT = 30_000
"""How long something that happens elsewhere may take to be seen, on a busy machine."""


@dataclass
class Counsellor:
    """Somebody signed in at the console, and what the browser complained of meanwhile."""

    page: Page
    complaints: list[str]
    requested: list[str]

    def open(self, topic: str) -> None:
        """Open the request whose topic holds these words."""
        self.rows.filter(has_text=topic).first.click()
        expect(self.page.locator(".ticket-head h1")).to_contain_text(topic)

    @property
    def rows(self) -> Locator:
        return self.page.locator(".list-rows .row")

    @property
    def entries(self) -> Locator:
        return self.page.locator(".entries .item")

    @property
    def composer(self) -> Locator:
        return self.page.locator(".reply textarea")

    def claim(self) -> None:
        self.page.get_by_role("button", name="接这条咨询").click()
        expect(self.page.get_by_role("button", name="交还职问")).to_be_visible(timeout=LIVE_TIMEOUT)

    def say(self, text: str) -> None:
        self.composer.fill(text)
        self.composer.press("Control+Enter")
        expect(self.entries.filter(has_text=text).last).to_be_visible(timeout=LIVE_TIMEOUT)
        expect(self.composer).to_have_value("")


def add_staff(system: RunningSystem, name: str, display_name: str, role: str = "counsellor", college: str = COLLEGE) -> None:
    """Make an account with `PASSWORD`; harmless where it is there already."""
    arguments = ["staff", "add", name, "--role", role, "--display-name", display_name, "--stdin", *(["--college", college] if college else [])]
    made = system.command(*arguments, typed=f"{PASSWORD}\n")
    assert made.returncode == 0 or "已经有" in made.stdout + made.stderr, made.stdout + made.stderr


def sign_in(browser: Browser, base: str, name: str, size: dict[str, int] | None = None, path: str = "") -> tuple[BrowserContext, Counsellor]:
    """A browser of its own in which `name` is signed in at the console."""
    shape = size or DESK_DESKTOP
    context = browser.new_context(
        viewport=shape,  # type: ignore[arg-type]
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=shape["width"] < 500,
        reduced_motion="reduce",  # a click between two frames of a slow machine misses what is still moving
    )
    context.set_default_timeout(ACTION_TIMEOUT)
    page = context.new_page()
    complaints: list[str] = []
    requested: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    context.on("request", lambda seen: requested.append(seen.url))
    page.goto(f"{base}/desk/{path}")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name=re.compile("接待状态"))).to_be_visible(timeout=LIVE_TIMEOUT)
    return context, Counsellor(page, complaints, requested)


def tell(page: Page, text: str) -> None:
    """The graduate says something that no bot will answer."""
    composer(page).fill(text)
    composer(page).press("Enter")


def heard(page: Page, text: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("log").get_by_text(text).last


def registered(page: Page, question: str) -> str:
    """Ask for a person; returns the number of the request."""
    ask(page, question)
    page.get_by_role("button", name="找老师", exact=True).click()
    card = page.locator(".handoff").last
    expect(card).to_contain_text(re.compile(r"ZW\d{6}-\w{5}"), timeout=ANSWER_TIMEOUT)
    found = re.search(r"ZW\d{6}-\w{5}", card.inner_text())
    assert found
    return found[0]
