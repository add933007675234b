"""The check of eligibility on the chat page: the card, a question answered by a tap, and leaving it for something else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import ANSWER_TIMEOUT, ask, bot_rows, findings, wide

pytestmark = pytest.mark.browser


def test_a_question_is_tapped_and_the_card_shows_every_condition(page: Page) -> None:
    first = ask(page, "我今年大四，求职补贴我能领吗")
    card = first.locator('.card[data-verdict="unknown"]')
    expect(card.get_by_role("heading")).to_contain_text("求职补贴")
    expect(card.locator('.badge[data-result="unknown"]')).to_have_text(re.compile("？"))
    expect(card).to_contain_text("以主管部门审核为准")

    before = bot_rows(page).count()
    page.get_by_role("button", name="低保家庭").click()
    settled = bot_rows(page).nth(before)
    expect(settled.locator('.card[data-verdict="pass"]')).to_be_visible(timeout=ANSWER_TIMEOUT)
    expect(settled.locator('.badge[data-result="pass"]')).to_have_count(4)
    expect(settled.locator(".row-sub").first).to_contain_text("依据：")

    assert findings(page) == []
    content, window = wide(page)
    assert content <= window


def test_a_failing_profile_is_told_at_once_and_why(page: Page) -> None:
    told = ask(page, "我本科毕业三年了，还能报西部计划吗")
    expect(told.locator('.card[data-verdict="fail"] .badge[data-result="fail"]')).to_have_text(re.compile("✗"))
    expect(told).to_contain_text("申请时间已过")
    expect(told).to_contain_text("政策本身仍然有效")


def test_another_question_leaves_the_check(page: Page) -> None:
    ask(page, "我去年毕业，能参加就业见习吗")
    left = ask(page, "访企拓岗文号多少")
    expect(left).to_contain_text("先放一放")
    expect(bot_rows(page).last.locator('[data-outcome="answered"]')).to_be_visible(timeout=ANSWER_TIMEOUT)
