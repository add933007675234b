"""At a glance on the page: what is replaced, what has expired, a city's rule above its province's, two papers that disagree."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import DESKTOP, PHONE, ask, findings, wide
from tests.knowledge.truth_papers import CITY_QUESTION, CONFLICT_QUESTION, EXPIRED_QUESTION, REPLACED_QUESTION
from tests.system.running import Conversation, RunningSystem

pytestmark = pytest.mark.browser

EACH_SIZE = pytest.mark.parametrize("context", [PHONE, DESKTOP], ids=["phone", "desktop"], indirect=True)


@pytest.fixture(scope="module")
def zhiwen_url(truthful: RunningSystem) -> str:
    """The page of the system that knows the papers at odds with one another."""
    return truthful.url


def badges(citations: Locator) -> list[str]:
    """The badges of each citation, in order."""
    return [" ".join(citation.locator(".standing-badge").all_inner_texts()) for citation in citations.all()]


def lies_above_or_left_of(one: Locator, other: Locator) -> bool:
    first, second = one.bounding_box(), other.bounding_box()
    assert first is not None
    assert second is not None
    return first["y"] + first["height"] <= second["y"] + 1 or first["x"] + first["width"] <= second["x"] + 1


def assert_readable(page: Page) -> None:
    content, window = wide(page)
    assert content <= window
    assert findings(page) == []


@EACH_SIZE
def test_the_newer_rule_stands_before_the_one_it_replaced(page: Page) -> None:
    answer = ask(page, REPLACED_QUESTION)
    pair = answer.locator('[data-compared="replaced"] .compared-text')
    expect(pair).to_have_count(2)
    expect(pair.nth(0)).to_contain_text("2100元")
    expect(pair.nth(0).locator(".standing-badge")).to_have_text("现行")
    expect(pair.nth(1)).to_contain_text("1300元")
    expect(pair.nth(1).locator(".standing-badge")).to_have_text("已被取代")
    assert lies_above_or_left_of(pair.nth(0), pair.nth(1))
    assert badges(answer.locator(".citation"))[:2] == ["现行", "已被取代"]
    expect(answer.locator(".standing-notice")).to_have_count(0)
    assert_readable(page)


@EACH_SIZE
def test_a_city_s_rule_stands_above_its_province_s(page: Page) -> None:
    answer = ask(page, CITY_QUESTION)
    pair = answer.locator('[data-compared="wider"] .compared-text')
    expect(pair.locator(".region-chip")).to_have_text(["长沙", "湖南"])
    expect(pair.nth(0)).to_contain_text("1100元")
    expect(pair.nth(1)).to_contain_text("600元")
    assert lies_above_or_left_of(pair.nth(0), pair.nth(1))
    expect(answer).not_to_contain_text("说法不一样")
    assert_readable(page)


@EACH_SIZE
def test_an_expired_rule_says_so_above_the_answer(page: Page) -> None:
    answer = ask(page, EXPIRED_QUESTION)
    notice = answer.locator(".standing-notice")
    expect(notice).to_contain_text("有效期到2025年8月31日为止，现在已经过期")
    said = answer.locator(".bubble-text")
    expect(said).to_contain_text("4500元")
    expect(said).not_to_contain_text("已经过期")
    assert lies_above_or_left_of(notice, said)
    assert badges(answer.locator(".citation"))[0] == "已过期"
    answer.get_by_role("button", name=re.compile("^依据 1")).click()
    expect(answer.locator(".citation-body").first).to_contain_text("有效期至")
    assert_readable(page)


@EACH_SIZE
def test_two_papers_that_disagree_are_shown_with_their_days(page: Page) -> None:
    answer = ask(page, CONFLICT_QUESTION)
    expect(answer.locator(".standing-notice")).to_contain_text("两份文件，说法不一样")
    pair = answer.locator('[data-compared="conflict"] .compared-text')
    expect(pair.locator(".compared-said")).to_contain_text(["1500元", "1000元"])
    expect(pair.locator(".compared-date")).to_have_text(["2026年4月20日", "2025年3月5日"])
    expect(answer).not_to_contain_text("1800元")
    assert_readable(page)


def test_the_text_alone_carries_all_of_it(zhiwen: RunningSystem, zhiwen_url: str) -> None:
    conversation = Conversation(zhiwen)
    told = {question: conversation.say(question)[0]["text"] for question in (REPLACED_QUESTION, CITY_QUESTION, EXPIRED_QUESTION, CONFLICT_QUESTION)}
    conversation.close()
    for question, parts in (
        (REPLACED_QUESTION, ("2100元", "已被取代", "1300元")),
        (CITY_QUESTION, ("1100元", "湖南另有规定", "600元")),
        (EXPIRED_QUESTION, ("已经过期", "4500元")),
        (CONFLICT_QUESTION, ("说法不一样", "1500元", "1000元")),
    ):
        places = [told[question].index(part) for part in parts]
        assert places == sorted(places), told[question]
