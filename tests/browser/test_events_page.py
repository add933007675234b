"""Fairs and talks on the chat page: cards, files for a calendar, and the calendar of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.open_calls import take_in
from tests.browser.pages import DESKTOP, PHONE, all_findings, ask, wide
from tests.system.running import RunningSystem

pytestmark = pytest.mark.browser

EACH_SIZE = pytest.mark.parametrize("context", [PHONE, DESKTOP], ids=["phone", "desktop"], indirect=True)
QUESTION = "这周长沙有哪些招聘会和宣讲会"
"""2026-12-01 is a Tuesday: of the rows, one talk is over, a fair and a talk are to come, and one fair lasts over the weekend."""


@pytest.fixture(scope="module")
def zhiwen_url(zhiwen: RunningSystem) -> Iterator[str]:
    take_in(zhiwen)
    yield zhiwen.url


@EACH_SIZE
def test_events_are_cards_and_past_ones_say_so(page: Page) -> None:
    row = ask(page, QUESTION)
    shown = row.locator(".event-card")
    expect(shown.first).to_be_visible()
    past = shown.filter(has_text="秋季校园宣讲会")
    expect(past.locator(".event-state")).to_have_text("已结束")
    expect(past.get_by_role("link", name=re.compile("加入日历|加入"))).to_have_count(0)
    coming = shown.filter(has_text="湘江示例财务咨询专场宣讲会")
    expect(coming.locator("time")).to_have_attribute("datetime", "2026-12-04")
    expect(coming).to_contain_text("14:30")
    expect(coming).to_contain_text("图书馆报告厅")
    assert "百企进校园" not in row.inner_text()
    content, window = wide(page)
    assert content <= window
    assert all_findings(page) == []


def test_an_event_goes_into_a_calendar(page: Page) -> None:
    row = ask(page, QUESTION)
    link = row.locator(".event-card").filter(has_text="湘江示例财务咨询专场宣讲会").get_by_role("link", name=re.compile("日历"))
    with page.expect_download() as download:
        link.click()
    written = download.value.path().read_text(encoding="utf-8")
    assert written.startswith("BEGIN:VCALENDAR")
    assert "DTSTART:20261204T063000Z" in written


@EACH_SIZE
def test_the_calendar_shows_a_month_and_the_events_of_a_day(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="招聘活动日历", exact=True).click()
    panel = page.get_by_role("dialog", name="招聘活动日历")
    grid = panel.get_by_role("grid", name="2026年12月")
    expect(grid.locator('[aria-current="date"]')).to_have_accessible_name(re.compile("^12月1日，周二"))
    assert all_findings(page) == []

    grid.get_by_role("button", name=re.compile("^12月4日，周五，1 场活动")).click()
    expect(panel.locator(".day-events .event-card")).to_have_count(1)
    expect(panel.locator(".day-events")).to_contain_text("湘江示例财务咨询专场宣讲会")
    for day in ("12月5日，周六", "12月6日，周日"):
        grid.get_by_role("button", name=re.compile(f"^{day}，1 场活动")).click()
        expect(panel.locator(".day-events")).to_contain_text("制造业专场招聘会")
    panel.get_by_label("城市").select_option("武汉")
    expect(grid.get_by_role("button", name=re.compile("^12月4日，周五，没有活动"))).to_be_visible()
    expect(panel.get_by_label("订阅链接")).to_have_value(re.compile("/api/events.ics\\?city="))
    panel.get_by_role("button", name="上个月").click()
    expect(panel.get_by_role("grid", name="2026年11月")).to_be_visible()
    content, window = wide(page)
    assert content <= window
    assert all_findings(page) == []


def test_the_calendar_is_walked_by_keyboard(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_role("button", name="招聘活动日历", exact=True).press("Enter")
    panel = page.get_by_role("dialog", name="招聘活动日历")
    today = panel.locator('[aria-current="date"]')
    expect(today).to_be_visible()
    today.focus()
    page.keyboard.press("ArrowRight")
    expect(panel.get_by_role("button", name=re.compile("^12月2日，周三，1 场活动"))).to_be_focused()
    expect(panel.locator(".day-events")).to_contain_text("冬季毕业生双选会")
    page.keyboard.press("ArrowDown")
    expect(panel.get_by_role("button", name=re.compile("^12月9日"))).to_be_focused()
    page.keyboard.press("PageUp")
    expect(panel.get_by_role("button", name=re.compile("^11月9日"))).to_be_focused()
    assert panel.locator('.month [tabindex="0"]').count() == 1


def test_the_subscription_is_copied(page: Page, zhiwen_url: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=zhiwen_url)
    page.get_by_role("button", name="招聘活动日历", exact=True).click()
    page.get_by_role("button", name="复制订阅链接").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{zhiwen_url}/api/events.ics"
