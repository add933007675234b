"""Postings at the console: one that was held is read, passed and found by a graduate; clauses and postings go with a reply."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk_pages import LIVE_TIMEOUT, Counsellor, add_staff, registered, sign_in
from tests.browser.open_calls import ACCOUNTING, HELD_EMPLOYER, take_in
from tests.browser.pages import ANSWER_TIMEOUT, PHONE, ask, findings, wide
from tests.system.running import Conversation, RunningSystem

pytestmark = pytest.mark.browser

EMPLOYER = "望月示例会计服务有限公司"
HELD = f"""编号,职位名称,单位名称,工作城市,区县,薪资,学历,专业,届别,职位描述,截止日期
R01,会计,{EMPLOYER},长沙,望城区,8-9K,本科,会计学,2027届,账务处理，双休。限女性。,2026-12-25
"""
SEARCH = "长沙望城区 会计"
PAPER = """望月市教育局关于就业材料办理的通知
望教〔2026〕9号
各高等学校：
一、办理地点
就业推荐表在望月大厅三楼窗口办理。
二、办理要求
办理时携带学生证和成绩单，材料齐全的当场办结。
望月市教育局
2026年3月2日
"""
STANDS, PAST_YEAR = "望月市就业推荐表在哪里办理", "访企拓岗文号多少"
"""A question whose clause holds, and one whose document was for its year alone."""


@pytest.fixture(scope="module")
def staffed(zhiwen: RunningSystem) -> RunningSystem:
    """The running system with postings, and with people at its desk."""
    take_in(zhiwen)
    add_staff(zhiwen, "shen", "审核老师", "reviewer", "")
    add_staff(zhiwen, "wang", "王老师")
    return zhiwen


@pytest.fixture
def paper(staffed: RunningSystem, tmp_path: Path) -> None:
    """A document that holds today, once the chat answers from it."""
    file = tmp_path / "望月.txt"
    file.write_text(PAPER, encoding="utf-8")
    taken = staffed.command("ingest", str(file))
    assert taken.returncode == 0, taken.stdout + taken.stderr

    def answers() -> bool:
        conversation = Conversation(staffed)
        replies = conversation.say(STANDS)
        conversation.close()
        return any("望月大厅" in reply["text"] for reply in replies)

    assert staffed.wait_for(answers, 60)


@pytest.fixture
def shen(browser: Browser, staffed: RunningSystem) -> Iterator[Counsellor]:
    context, reviewer = sign_in(browser, staffed.url, "shen", path="postings")
    yield reviewer
    context.close()


@pytest.fixture
def wang(browser: Browser, staffed: RunningSystem) -> Iterator[Counsellor]:
    context, counsellor = sign_in(browser, staffed.url, "wang")
    yield counsellor
    context.close()


@pytest.fixture
def held(staffed: RunningSystem, tmp_path: Path) -> None:
    """A posting that asks for women alone: the screening holds it."""
    table = tmp_path / "held.csv"
    table.write_text(HELD, encoding="utf-8")
    taken = staffed.command("postings", "import", str(table), "--source", "示例大学就业网")
    assert taken.returncode == 0, taken.stdout + taken.stderr


def test_a_held_posting_is_passed_and_found_and_withdrawn_and_gone(held: None, page: Page, shen: Counsellor) -> None:
    expect(ask(page, SEARCH)).not_to_contain_text(EMPLOYER)

    desk = shen.page
    desk.get_by_role("link").filter(has_text=EMPLOYER).click()
    expect(desk.locator(".review-fields mark")).to_have_text("限女性")
    expect(desk.locator(".review-findings")).to_contain_text("性别限制")
    assert findings(desk) == []
    desk.keyboard.press("p")
    expect(desk.get_by_role("dialog")).to_contain_text("限女性")
    desk.get_by_role("dialog").get_by_role("button", name="通过").click()
    expect(desk.get_by_text("已通过，学生可以搜到了")).to_be_visible(timeout=LIVE_TIMEOUT)
    expect(desk.get_by_role("link").filter(has_text=EMPLOYER)).to_have_count(0)
    expect(ask(page, SEARCH)).to_contain_text(EMPLOYER, timeout=ANSWER_TIMEOUT)

    desk.goto(desk.url.split("/postings")[0] + "/postings?status=published&employer=望月示例")
    desk.get_by_role("link").filter(has_text=EMPLOYER).click()
    expect(desk.locator(".review-decisions")).to_contain_text("审核老师：已发布")
    desk.get_by_role("button", name="下架").click()
    save = desk.get_by_role("dialog").get_by_role("button", name="下架")
    expect(save).to_be_disabled()
    desk.get_by_role("dialog").get_by_role("textbox").fill("单位已招满")
    save.click()
    expect(desk.get_by_text("已下架，学生看不到了")).to_be_visible(timeout=LIVE_TIMEOUT)
    expect(ask(page, SEARCH)).not_to_contain_text(EMPLOYER)
    assert shen.complaints == []


def test_a_clause_and_a_posting_go_with_a_reply_and_the_graduate_sees_a_quote_and_a_card(paper: None, page: Page, wang: Counsellor) -> None:
    number = registered(page, "访企拓岗的文件想请老师找一下")
    wang.page.locator(f'.row[href*="{number}"]').click()
    wang.claim()

    wang.page.get_by_role("button", name="插入条款").click()
    sought = wang.page.get_by_placeholder(re.compile("搜政策条款"))
    sought.fill(PAST_YEAR)
    sought.press("Enter")
    refused = wang.page.locator(".insert li").filter(has_text="教学厅函〔2022〕3号").first
    expect(refused).to_contain_text("不能附：找到的规定只管当年", timeout=ANSWER_TIMEOUT)
    expect(refused.get_by_role("button")).to_have_count(0)
    sought.fill(STANDS)
    sought.press("Enter")
    usable = wang.page.locator(".insert li[data-usable='true']").filter(has_text="望月大厅")
    expect(usable.first).to_be_visible(timeout=ANSWER_TIMEOUT)
    expect(usable.first).to_contain_text("现行")
    assert findings(wang.page) == []
    usable.first.get_by_role("button", name="附上").click()
    expect(wang.page.locator(".insert")).to_have_count(0)

    wang.page.get_by_role("button", name="插入岗位").click()
    wang.page.get_by_placeholder(re.compile("搜在招的岗位")).fill(ACCOUNTING)
    wang.page.keyboard.press("Enter")
    offered = wang.page.locator(".insert li").filter(has_text="湘江示例")
    offered.get_by_role("button", name="附上").click()
    expect(wang.page.get_by_role("list", name="随回复发出").get_by_role("listitem")).to_have_count(2)
    wang.page.reload()
    expect(wang.page.get_by_role("list", name="随回复发出").get_by_role("listitem")).to_have_count(2, timeout=LIVE_TIMEOUT)
    wang.say("文件和岗位都在下面。")
    expect(wang.page.get_by_role("list", name="随回复发出")).to_have_count(0)

    log = page.get_by_role("log")
    expect(log.get_by_text("文件和岗位都在下面。")).to_be_visible(timeout=LIVE_TIMEOUT)
    clause = log.locator('.Message[data-kind="policy_answer"]').last
    expect(clause.locator("blockquote")).to_be_visible(timeout=LIVE_TIMEOUT)
    expect(clause.locator("blockquote")).to_contain_text("望月大厅三楼窗口")
    expect(clause.locator(".bubble-text")).to_have_count(0)
    card = log.locator('.Message[data-kind="postings"]').last
    expect(card.locator(".posting-card")).to_contain_text("湘江示例财务咨询有限公司")
    expect(card).to_contain_text("截止")
    assert findings(page) == []
    assert wang.complaints == []


def test_on_a_phone_one_posting_is_read_at_a_time(browser: Browser, staffed: RunningSystem) -> None:
    context, reviewer = sign_in(browser, staffed.url, "shen", PHONE, path=f"postings?status=held&employer={HELD_EMPLOYER}")
    reviewer.page.locator(".review-list a").first.click()
    expect(reviewer.page.get_by_role("button", name="通过", exact=True)).to_be_in_viewport(timeout=LIVE_TIMEOUT)
    expect(reviewer.page.locator(".review-list")).to_have_count(0)
    content, window = wide(reviewer.page)
    assert content <= window
    assert findings(reviewer.page) == []
    reviewer.page.get_by_role("button", name="返回列表").click()
    expect(reviewer.page.locator(".review-list a").first).to_be_visible()
    context.close()
