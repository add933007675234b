"""A question left with the widget's form: on a day nobody works, without a network, while the service is down. It arrives, once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import close, create_database_engine
from core.settings import Settings
from desk.models import Ticket
from tests.browser.app_alone import AppAlone
from tests.browser.desk_pages import COLLEGE, add_staff
from tests.browser.pages import findings
from tests.browser.widget.host_pages import HostPages
from tests.browser.widget.pages import LOAD_TIMEOUT, opened, widget

pytestmark = pytest.mark.browser

QUESTION = "学校还没把我的档案寄出，能帮我查一下吗"
MOBILE = "13800000000"
WIDGET = {"greeting": "off", "college": COLLEGE}
DELIVERY_TIMEOUT = 40_000


class OnSaturday(AppAlone):
    """Nobody is at the desk."""

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"ZHIWEN_TODAY": "2026-12-05"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppAlone]:
    system = OnSaturday(tmp_path_factory.mktemp("home"))
    add_staff(system, "wang", "王老师")
    try:
        system.start()
        yield system
    finally:
        system.stop()


@pytest.fixture(scope="module")
def page_of_school(service: AppAlone) -> Iterator[str]:
    with HostPages(service.host_ports[0], service.url).serving() as pages:
        yield pages.add("/", WIDGET)


@pytest.fixture
def frame(host_page: Page, page_of_school: str) -> Locator:
    return opened(host_page, page_of_school, COLLEGE)


def tickets(home: Path) -> list[Ticket]:
    engine = create_database_engine(Settings(_env_file=None, home=home).database_url)
    with Session(engine) as session:
        found = list(session.scalars(select(Ticket).order_by(Ticket.id)))
    close(engine)
    return found


def fill(frame: Locator, question: str, contact: str = "") -> Locator:
    """Opens the form and fills it in; the form."""
    frame.get_by_role("button", name="写留言").click()
    sheet = frame.get_by_role("dialog", name="给老师留言")
    sheet.get_by_role("textbox", name="你的问题").fill(question)
    sheet.get_by_role("textbox", name="联系方式（选填）").fill(contact)
    return sheet


def test_when_nobody_is_on_duty_a_question_can_be_left(host_page: Page, frame: Locator, service: AppAlone) -> None:
    before = len(tickets(service.home))
    expect(frame.get_by_text(re.compile("老师现在不在线，.*09:00 上班"))).to_be_visible()
    sheet = fill(frame, QUESTION, MOBILE)
    assert findings(host_page) == []
    sheet.get_by_role("button", name="提交").click()
    expect(sheet.get_by_text("请勾选同意")).to_be_visible()
    assert len(tickets(service.home)) == before
    sheet.get_by_role("checkbox").check()
    sheet.get_by_role("button", name="提交").click()
    expect(sheet.get_by_text("已登记给老师")).to_be_visible(timeout=LOAD_TIMEOUT)
    host_page.keyboard.press("Escape")

    expect(frame.locator(".handoff")).to_contain_text("编号")
    expect(frame.locator(".Message.right .bubble-text")).to_have_text(QUESTION)
    [ticket] = tickets(service.home)[before:]
    assert (ticket.contact, ticket.college, QUESTION in ticket.summary) == (MOBILE, COLLEGE, True)
    assert MOBILE not in frame.inner_text()


def test_without_a_network_it_waits_over_a_reload_and_arrives_once(
    host_page: Page, frame: Locator, context: BrowserContext, service: AppAlone, page_of_school: str
) -> None:
    before = len(tickets(service.home))
    context.set_offline(True)
    expect(frame.get_by_text("现在连不上。问题可以先写下")).to_be_visible()
    sheet = fill(frame, QUESTION, "微信 zhang_san")
    sheet.get_by_role("checkbox").check()
    sheet.get_by_role("button", name="提交").click()
    expect(sheet.get_by_text("已存在这台设备上")).to_be_visible()
    host_page.keyboard.press("Escape")
    expect(frame.get_by_text("有 1 条留言还没送出")).to_be_visible()
    assert len(tickets(service.home)) == before

    context.set_offline(False)
    host_page.reload()
    frame = widget(host_page, COLLEGE).locator(".frame")
    widget(host_page, COLLEGE).locator(".launch").click(timeout=LOAD_TIMEOUT)
    expect(frame.locator(".handoff")).to_be_visible(timeout=DELIVERY_TIMEOUT)
    expect(frame.get_by_text("条留言还没送出")).to_have_count(0)
    host_page.reload()
    host_page.wait_for_timeout(1_000)
    [ticket] = tickets(service.home)[before:]
    assert (ticket.contact, ticket.times_asked) == ("微信 zhang_san", 1)


def test_while_the_service_is_down_it_waits_and_arrives_once(frame: Locator, service: AppAlone) -> None:
    before = len(tickets(service.home))
    service.stop()
    expect(frame.get_by_text("现在连不上。问题可以先写下")).to_be_visible(timeout=DELIVERY_TIMEOUT)
    sheet = fill(frame, QUESTION)
    sheet.get_by_role("button", name="提交").click()
    expect(sheet.get_by_text("已存在这台设备上")).to_be_visible(timeout=LOAD_TIMEOUT)
    service.start()
    expect(frame.locator(".handoff")).to_be_visible(timeout=2 * DELIVERY_TIMEOUT)
    expect(frame.locator(".Message.right")).to_have_count(1)
    [ticket] = tickets(service.home)[before:]
    assert ticket.times_asked == 1


def test_what_is_no_contact_is_said_at_once(frame: Locator, service: AppAlone) -> None:
    before = len(tickets(service.home))
    sheet = fill(frame, QUESTION, "你猜")
    sheet.get_by_role("checkbox").check()
    sheet.get_by_role("button", name="提交").click()
    expect(sheet.get_by_text("不是完整的手机号")).to_be_visible()
    assert len(tickets(service.home)) == before


def test_somebody_in_danger_reads_the_numbers_in_the_form_and_is_registered_as_urgent(host_page: Page, frame: Locator, service: AppAlone) -> None:
    sheet = fill(frame, "公司扣了我的身份证不让我走")
    for number in ("110", "120", "12356"):
        expect(sheet.locator(f'a[href="tel:{number}"]')).to_be_visible()
    sheet.get_by_role("button", name="提交").click()
    expect(sheet.get_by_text("已登记给老师")).to_be_visible(timeout=LOAD_TIMEOUT)
    host_page.keyboard.press("Escape")
    expect(frame.locator(".handoff-urgent")).to_be_visible()
    assert tickets(service.home)[-1].priority.value == "urgent"
