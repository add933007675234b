"""The whole path of issue D in real browsers: a request, a suggested reply, and the answer that the bot gives from it ever after."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.desk_pages import LIVE_TIMEOUT, Counsellor, add_staff, heard, registered, sign_in, tell
from tests.browser.pages import ANSWER_TIMEOUT, ask, bot_rows, findings
from tests.knowledge.truth_papers import CITY_QUESTION, EXPIRED_QUESTION
from tests.system.running import RunningSystem

pytestmark = pytest.mark.browser

QUESTION = "星湖校区哪里打印成绩单"
REPLY = "星湖校区的成绩单在行政楼203室自助打印，工作日全天开放。"
BASIS = "星湖大学毕业生材料办理办法"


@pytest.fixture
def reviewer(browser: Browser, staffed: RunningSystem) -> Iterator[Counsellor]:
    add_staff(staffed, "shen", "沈老师", "reviewer", "")
    context, counsellor = sign_in(browser, staffed.url, "shen", path="knowledge")
    yield counsellor
    context.close()


def test_a_reply_becomes_what_the_bot_answers(truthful: RunningSystem, page: Page, wang: Counsellor, li: Counsellor, reviewer: Counsellor) -> None:
    number = registered(page, QUESTION)
    expect(page.get_by_role("log")).not_to_contain_text("203室")

    # One takes it, the other sees it taken.
    for counsellor in (wang, li):
        counsellor.page.locator(f'.row[href*="{number}"]').click(timeout=LIVE_TIMEOUT)
    wang.claim()
    expect(li.page.get_by_text(re.compile("王老师正在处理"))).to_be_visible(timeout=LIVE_TIMEOUT)
    expect(heard(page, "王老师已经接入")).to_be_visible(timeout=LIVE_TIMEOUT)
    spoken = bot_rows(page).count()

    # A suggestion quotes the policy; taken and sent, the graduate reads its number and the words as printed.
    tell(page, CITY_QUESTION)
    expect(wang.entries.filter(has_text=CITY_QUESTION)).to_be_visible(timeout=LIVE_TIMEOUT)
    suggest(wang)
    usable = suggestion(wang, CITY_QUESTION)
    expect(usable).to_contain_text("长人社发〔2025〕27号", timeout=ANSWER_TIMEOUT)
    assert findings(wang.page) == []
    usable.get_by_role("button", name="采用").click()
    expect(wang.page.locator(".suggesting")).to_have_count(0)
    expect(wang.composer).to_have_value(re.compile("每人每月1100元"))
    expect(wang.page.get_by_role("button", name="发送")).to_be_in_viewport()
    wang.composer.press("Control+Enter")
    expect(heard(page, re.compile("长人社发〔2025〕27号"))).to_be_visible(timeout=LIVE_TIMEOUT)

    # What has expired is shown with the reason and cannot be taken.
    tell(page, EXPIRED_QUESTION)
    expect(wang.entries.filter(has_text=EXPIRED_QUESTION)).to_be_visible(timeout=LIVE_TIMEOUT)
    suggest(wang)
    refused = suggestion(wang, EXPIRED_QUESTION)
    expect(refused).to_contain_text("不能用：找到的规定已经过期", timeout=ANSWER_TIMEOUT)
    expect(refused.get_by_role("button", name="采用")).to_have_count(0)

    # The counsellor's own word, while the bot stays silent.
    wang.say(REPLY)
    expect(heard(page, REPLY)).to_be_visible(timeout=LIVE_TIMEOUT)
    assert bot_rows(page).count() == spoken

    # Handed back and resolved; satisfaction is asked once.
    wang.page.get_by_role("button", name="交还职问").click()
    wang.page.get_by_role("button", name="确定").click()
    expect(heard(page, "交还给我了")).to_be_visible(timeout=LIVE_TIMEOUT)
    wang.page.get_by_role("button", name="办结").first.click()
    wang.page.locator(".ant-modal").get_by_role("button", name="办结").click()
    expect(page.get_by_text(re.compile("处理你满意吗"))).to_have_count(1, timeout=LIVE_TIMEOUT)
    page.get_by_role("button", name="满意", exact=True).click()
    expect(heard(page, "谢谢你的评价")).to_be_visible(timeout=ANSWER_TIMEOUT)
    expect(wang.page.locator(".aside")).to_contain_text("满意", timeout=ANSWER_TIMEOUT)

    promote(wang)
    review(wang, reviewer)

    # The same question, asked again by the same graduate, is answered with the basis.
    answer = ask(page, QUESTION)
    expect(answer).to_contain_text("行政楼203室", timeout=ANSWER_TIMEOUT)
    expect(page.get_by_role("log")).to_contain_text(BASIS)
    expect(page.get_by_text(re.compile("处理你满意吗"))).to_have_count(1)
    (refusal,) = wang.complaints
    assert "422" in refusal, "the draft with a day to come was refused; nothing else went wrong"
    assert reviewer.complaints == []


def suggest(counsellor: Counsellor) -> None:
    counsellor.page.get_by_role("button", name="建议回复").click()


def suggestion(counsellor: Counsellor, question: str) -> Locator:
    return counsellor.page.locator(".suggestions > li").filter(has_text=question)


def promote(author: Counsellor) -> None:
    """Write the last reply as an entry; what is known stands there already, and what is not fit is refused in the form's words."""
    author.page.get_by_role("button", name="更多操作").click()
    author.page.get_by_role("menuitem", name="写入知识库").click()
    form = author.page.get_by_role("dialog")
    expect(form.get_by_label("学生会怎么问")).to_have_value(QUESTION, timeout=LIVE_TIMEOUT)
    expect(form.get_by_label(re.compile("^答案"))).to_have_value(REPLY)
    form.get_by_label("主题").fill("渠道")
    form.get_by_label("主题").press("Enter")
    form.get_by_label("由谁办理或决定").fill("学校就业指导中心")
    form.get_by_label("学校名称").fill("星湖大学")
    form.get_by_label("文件名称，法律写全称加书名号").fill(BASIS)
    form.get_by_label(re.compile("^发布日期")).fill("2031")
    form.get_by_role("button", name="提交审核").click()
    expect(author.page.get_by_text(re.compile("日期在今天之后"))).to_be_visible(timeout=LIVE_TIMEOUT)
    form.get_by_label(re.compile("^发布日期")).fill("2026-09")
    form.get_by_role("button", name="提交审核").click()
    expect(author.page.get_by_text("已提交，等另一位老师审核")).to_be_visible(timeout=LIVE_TIMEOUT)


def review(author: Counsellor, reviewer: Counsellor) -> None:
    """The author cannot adopt it, the second person does."""
    author.page.get_by_role("link", name="知识条目").click()
    expect(author.page.get_by_text("自己写的条目由别的老师审核")).to_be_visible(timeout=LIVE_TIMEOUT)
    expect(author.page.get_by_role("button", name="采用")).to_have_count(0)
    reviewer.page.reload()
    reviewer.page.get_by_role("button", name="采用").click(timeout=LIVE_TIMEOUT)
    reviewer.page.get_by_role("tooltip").get_by_role("button", name="确定").click()
    expect(reviewer.page.get_by_text("已采用，职问马上会用它回答")).to_be_visible(timeout=LIVE_TIMEOUT)
