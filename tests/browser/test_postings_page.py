"""Open postings on the chat page: cards, conditions to drop, a detail view, what is kept. Against the whole running system."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.open_calls import ACCOUNTING, EXPIRED_EMPLOYER, FITTING, HELD_EMPLOYER, SOURCE, take_in
from tests.browser.pages import ANSWER_TIMEOUT, DESKTOP, PHONE, all_findings, ask, bot_rows, wide
from tests.system.running import RunningSystem

pytestmark = pytest.mark.browser

EACH_SIZE = pytest.mark.parametrize("context", [PHONE, DESKTOP], ids=["phone", "desktop"], indirect=True)


@pytest.fixture(scope="module")
def zhiwen_url(zhiwen: RunningSystem) -> Iterator[str]:
    take_in(zhiwen)
    yield zhiwen.url


def cards(row: Locator) -> Locator:
    return row.locator(".postings .posting-card")


def after_tap(page: Page, button: Locator) -> Locator:
    """The answer to what a button says for the graduate."""
    before = bot_rows(page).count()
    button.click()
    answer = bot_rows(page).nth(before)
    expect(answer).to_be_visible(timeout=ANSWER_TIMEOUT)
    return answer


def assert_readable(page: Page) -> None:
    content, window = wide(page)
    assert content <= window
    assert all_findings(page) == []


@EACH_SIZE
def test_postings_are_cards_that_say_what_matters(page: Page) -> None:
    row = ask(page, ACCOUNTING)
    shown = cards(row)
    expect(shown.first).to_be_visible()
    assert 1 < shown.count() <= FITTING
    for card in shown.all():
        expect(card).to_contain_text("长沙")
        expect(card.locator(".trait").filter(has_text="双休")).to_be_visible()
        expect(card.locator(".salary")).not_to_be_empty()
        expect(card.locator(".deadline")).not_to_be_empty()
    assert EXPIRED_EMPLOYER not in row.inner_text()
    assert HELD_EMPLOYER not in row.inner_text()
    title = shown.first.locator(".posting-title").inner_text().split()[-1]
    assert title not in row.locator(".bubble-text").first.inner_text()
    assert_readable(page)


def test_a_condition_is_dropped_by_a_tap(page: Page) -> None:
    row = ask(page, ACCOUNTING)
    conditions = row.get_by_role("list", name=re.compile("按这些条件"))
    expect(conditions).to_contain_text("长沙")
    wider = after_tap(page, conditions.get_by_role("button", name=re.compile("长沙")))
    expect(page.locator(".Message.right .bubble-text").last).not_to_be_empty()
    left = wider.get_by_role("list", name=re.compile("按这些条件"))
    expect(left).to_contain_text("会计")
    expect(left).not_to_contain_text("长沙")
    expect(row.get_by_role("list", name=re.compile("按这些条件"))).to_have_count(0)


def test_another_page_shows_others(page: Page) -> None:
    row = ask(page, "长沙的岗位")
    first = set(cards(row).locator(".posting-employer, .posting-title").all_inner_texts())
    other = after_tap(page, row.get_by_role("button", name="换一批"))
    expect(cards(other).first).to_be_visible()
    titles = {text.split()[-1] for text in cards(other).locator(".posting-title").all_inner_texts()}
    assert not titles & {text.split()[-1] for text in first}


@EACH_SIZE
def test_a_posting_is_looked_at_closely(page: Page) -> None:
    row = ask(page, ACCOUNTING)
    card = cards(row).nth(1)
    employer = card.locator(".posting-employer").inner_text()
    detail = after_tap(page, card.get_by_role("button", name=re.compile("^查看详情")))
    whole = detail.locator(".posting-whole")
    expect(whole).to_contain_text(employer.split()[0][:6])
    labels = whole.locator("dt").all_inner_texts()
    assert {"学历", "薪资", "联系方式"} <= set(labels)
    expect(whole.locator(".evidence").first).to_contain_text("双休")
    expect(whole).to_contain_text(SOURCE)
    expect(whole).to_contain_text("核对时间")
    for link in whole.locator("a").all():
        assert re.match("https?://", link.get_attribute("href") or "")
        assert "noopener" in (link.get_attribute("rel") or "")
    assert_readable(page)


def test_nothing_fits_and_one_condition_may_give_way(page: Page) -> None:
    row = ask(page, "长沙 会计 双休 月薪三万以上")
    assert cards(row).count() == 0
    loosen = row.get_by_role("list", name="放宽一项试试").get_by_role("button")
    expect(loosen.first).to_contain_text(re.compile(r"\d+ 个"))
    assert_readable(page)
    expect(cards(after_tap(page, loosen.first)).first).to_be_visible()


@EACH_SIZE
def test_what_is_kept_is_there_after_a_reload_and_says_how_it_stands(page: Page, zhiwen: RunningSystem, requested: list[str]) -> None:
    row = ask(page, ACCOUNTING)
    title = cards(row).first.locator(".posting-title").inner_text().split()[-1]
    cards(row).first.get_by_role("button", name=re.compile("^收藏")).click()
    expect(cards(row).first.get_by_role("button", name=re.compile("^已收藏"))).to_be_visible()
    assert set(page.evaluate("Object.keys(JSON.parse(localStorage.getItem('zhiwen.saved'))[0])")) == {"id", "title", "employer"}
    page.evaluate(
        """localStorage.setItem('zhiwen.saved', JSON.stringify([
          ...JSON.parse(localStorage.getItem('zhiwen.saved')), {id: '999999', title: '早就没有的岗位', employer: '示例单位'}]))"""
    )
    page.reload()
    page.get_by_role("button", name="收藏的岗位，2 个").click()
    panel = page.get_by_role("dialog", name="收藏的岗位")
    kept = panel.locator(".saved-card").filter(has_text=title).first
    expect(kept.locator(".deadline")).to_have_text(re.compile("截止|长期"))
    expect(panel.locator(".saved-card").filter(has_text="早就没有")).to_contain_text("已下架")
    kept.get_by_role("button", name=re.compile("详情|详细")).click()
    expect(kept.locator("dt").first).to_be_visible()
    assert_readable(page)

    kept.get_by_role("button", name=re.compile("^移除")).click()
    expect(panel.locator(".saved-card")).to_have_count(1)
    expect(panel.get_by_role("button", name="撤销")).to_be_focused()
    page.keyboard.press("Enter")
    expect(panel.locator(".saved-card")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name=re.compile("^收藏的岗位"))).to_be_focused()
    assert [url for url in requested if "/api/chat/postings?ids=" in url]


def test_the_saved_postings_are_reached_and_left_by_keyboard(page: Page) -> None:
    page.get_by_role("button", name="收藏的岗位").press("Enter")
    panel = page.get_by_role("dialog", name="收藏的岗位")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("还没有收藏")
    for _ in range(3):
        page.keyboard.press("Tab")
        assert panel.evaluate("panel => panel.contains(document.activeElement)")
    page.keyboard.press("Shift+Tab")
    assert panel.evaluate("panel => panel.contains(document.activeElement)")
    assert all_findings(page) == []
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_nothing_moves_under_the_readers_finger(page: Page) -> None:
    page.evaluate(
        """() => { window.shifted = 0; new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
        }).observe({type: 'layout-shift', buffered: true}); }"""
    )
    row = ask(page, ACCOUNTING)
    cards(row).first.get_by_role("button", name=re.compile("^收藏")).click()
    page.wait_for_timeout(600)
    assert page.evaluate("window.shifted") < 0.1


@pytest.mark.parametrize("size", [{"width": 320, "height": 568}, {"width": 640, "height": 400}], ids=["narrow", "zoomed"])
def test_cards_fit_a_small_window(page: Page, context: BrowserContext, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    row = ask(page, ACCOUNTING)
    after_tap(page, cards(row).first.get_by_role("button", name=re.compile("^查看详情")))
    assert_readable(page)
    for name in ("收藏的岗位", "招聘活动日历", "找老师", "紧急电话"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_in_viewport()
