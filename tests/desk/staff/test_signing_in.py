"""Checks 18 and 19: passwords, sessions, cookies, tokens; lockout, throttles, and nothing told of who has an account."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from desk.api.rules import COOKIE, CSRF_HEADER
from desk.errors import StaffRefused
from desk.services import DeskServices
from desk.staff import passwords
from desk.staff.models import Role, SignInAttempt, Staff, StaffSession
from desk.staff.policy import system_actor
from desk.staff.signing_in import ADDRESS_MOST, LOCK_AFTER
from tests.desk.clocks import SetClock
from tests.desk.people import PASSWORD, Desk


def said(response: httpx.Response) -> tuple[int, str, str]:
    return response.status_code, response.json()["code"], response.json()["message"]


def test_check_18_passwords_are_kept_as_argon2id_and_in_no_other_form(desk: Desk, sessions: sessionmaker[Session]) -> None:
    desk.add("王老师", Role.COUNSELLOR)

    with sessions() as session:
        kept = session.scalars(select(Staff)).one().password_hash
    assert kept is not None and kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in kept


def test_check_18_signing_in_makes_a_new_session_and_the_old_cookie_is_worth_nothing(desk: Desk) -> None:
    desk.add("王老师", Role.COUNSELLOR)
    caller = desk.caller()
    caller.begin()
    before = caller.cookies[COOKIE]
    caller.sign_in("王老师")
    first = caller.cookies[COOKIE]
    caller.sign_in("王老师")

    assert len({before, first, caller.cookies[COOKIE]}) == 3
    for old in (before, first):
        other = desk.caller()
        other.cookies.set(COOKIE, old, path="/api/desk")
        assert other.get("/session").json()["staff"] is None


@pytest.mark.parametrize(("scheme", "secure"), [("https", True), ("http", False)])
def test_check_18_the_cookie_is_for_this_site_alone_and_hidden_from_scripts(desk: Desk, scheme: str, secure: bool) -> None:
    desk.add("王老师", Role.COUNSELLOR)
    caller = desk.caller()
    caller.headers["X-Forwarded-Proto"] = scheme
    opened = caller.get("/session")
    token = opened.cookies[COOKIE] if not secure else opened.headers["set-cookie"].split(";")[0].split("=")[1]
    headers = {CSRF_HEADER: opened.json()["csrf"], "Cookie": f"{COOKIE}={token}"}
    signed_in = caller.post("/session", json={"name": "王老师", "password": PASSWORD}, headers=headers)

    for response in (opened, signed_in):
        attributes = {part.strip().lower() for part in response.headers["set-cookie"].split(";")[1:]}
        assert {"httponly", "samesite=strict", "path=/api/desk"} <= attributes
        assert ("secure" in attributes) is secure


def test_check_18_a_session_is_kept_as_a_hash(desk: Desk, sessions: sessionmaker[Session]) -> None:
    caller = desk.signed_in("王老师", Role.COUNSELLOR)

    with sessions() as session:
        row = session.scalars(select(StaffSession)).one()
    assert caller.cookies[COOKIE] not in vars(row).values()
    assert caller.get("/session").json()["staff"]["name"] == "王老师"


@pytest.mark.parametrize("given", [None, "", "0" * 64, "非ASCII"])
def test_check_18_a_request_without_its_token_changes_nothing(desk: Desk, given: str | None) -> None:
    caller = desk.signed_in("王老师", Role.COUNSELLOR)
    del caller.headers[CSRF_HEADER]
    headers = {} if given is None else {CSRF_HEADER: given.encode()}

    refused = caller.put("/session/presence", json={"state": "online"}, headers=headers)

    assert said(refused) == (403, "csrf", "页面已经过期，请刷新后再试")
    assert caller.get("/session").json()["staff"]["presence"] == "off"


def test_check_18_signing_in_itself_needs_the_token_of_its_page(desk: Desk) -> None:
    desk.add("王老师", Role.COUNSELLOR)

    refused = desk.caller().post("/session", json={"name": "王老师", "password": PASSWORD})

    assert said(refused)[:2] == (403, "csrf")


def test_check_18_the_token_of_one_browser_does_not_serve_another(desk: Desk) -> None:
    wang, li = desk.signed_in("王老师", Role.COUNSELLOR), desk.signed_in("李老师", Role.COUNSELLOR)

    refused = wang.put("/session/presence", json={"state": "online"}, headers={CSRF_HEADER: li.headers[CSRF_HEADER]})

    assert refused.status_code == 403


def test_check_19_an_account_is_locked_after_failures_and_opens_again_by_itself(desk: Desk, clock: SetClock) -> None:
    desk.add("王老师", Role.COUNSELLOR)
    caller = desk.caller()
    wrong = [caller.sign_in("王老师", "不是这个密码啊不是") for _ in range(LOCK_AFTER)]
    locked = caller.sign_in("王老师")

    assert {said(response) for response in wrong} == {(401, "wrong", "登录名、密码或验证码不对")}
    assert said(locked) == (429, "too_many_attempts", "尝试次数太多，请 15 分钟后再试")
    assert locked.headers["Retry-After"] == "900"
    clock.advance(minutes=15, seconds=1)
    assert caller.sign_in("王老师").status_code == 200


def test_check_19_a_name_that_nobody_has_is_answered_and_locked_like_one_that_somebody_has(desk: Desk) -> None:
    desk.add("王老师", Role.COUNSELLOR)

    def tries(name: str) -> list[tuple[tuple[int, str, str], str | None]]:
        caller = desk.caller()
        answers = [caller.sign_in(name, "不是这个密码啊不是") for _ in range(LOCK_AFTER + 2)]
        return [(said(answer), answer.headers.get("Retry-After")) for answer in answers]

    assert tries("没有的人") == tries("王老师")


@pytest.mark.parametrize("name", ["没有的人", "王老师", "停用的人", "只用单点登录的人"])
def test_check_19_every_refusal_costs_exactly_one_hash(services: DeskServices, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = system_actor("测试")
    services.staff.add(actor, "王老师", Role.COUNSELLOR, password=PASSWORD)
    services.staff.add(actor, "只用单点登录的人", Role.COUNSELLOR, password=None)
    closed = services.staff.add(actor, "停用的人", Role.COUNSELLOR, password=PASSWORD)
    services.staff.change(actor, closed.id, {"active": False})
    verified: list[str] = []
    verify = type(passwords._hasher).verify
    monkeypatch.setattr(type(passwords._hasher), "verify", lambda self, kept, given: verified.append(kept) or verify(self, kept, given))
    password = PASSWORD if name == "停用的人" else "不是这个密码啊不是"

    with pytest.raises(Exception, match="wrong name or password"):
        services.signing_in.sign_in(name, password, None, "192.0.2.1")

    assert len(verified) == 1


def test_check_19_an_address_that_tries_many_names_is_stopped_and_others_are_not(services: DeskServices) -> None:
    services.staff.add(system_actor("测试"), "王老师", Role.COUNSELLOR, password=PASSWORD)
    kinds = []
    for number in range(ADDRESS_MOST + 1):
        with pytest.raises(Exception) as failed:
            services.signing_in.sign_in(f"人{number}", "不是这个密码啊不是", None, "192.0.2.1")
        kinds.append(type(failed.value).__name__)

    assert kinds == ["SignInRefused"] * ADDRESS_MOST + ["TooManyAttempts"]
    assert services.signing_in.sign_in("王老师", PASSWORD, None, "192.0.2.2").name == "王老师"


def test_check_19_many_attempts_at_once_are_no_way_round_the_lock(services: DeskServices) -> None:
    services.staff.add(system_actor("测试"), "王老师", Role.COUNSELLOR, password=PASSWORD)

    def attempt(number: int) -> str:
        try:
            services.signing_in.sign_in("王老师", "不是这个密码啊不是", None, f"192.0.2.{number}")
        except Exception as error:
            return type(error).__name__
        return "in"

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(attempt, range(20)))

    assert outcomes.count("SignInRefused") <= LOCK_AFTER
    assert set(outcomes) == {"SignInRefused", "TooManyAttempts"}


def test_check_19_signing_in_rightly_forgives_the_failures_before(desk: Desk) -> None:
    desk.add("王老师", Role.COUNSELLOR)
    caller = desk.caller()
    for _ in range(2):
        for _ in range(LOCK_AFTER - 1):
            caller.sign_in("王老师", "不是这个密码啊不是")
        assert caller.sign_in("王老师").status_code == 200


def test_names_are_counted_without_being_kept(services: DeskServices, sessions: sessionmaker[Session]) -> None:
    with pytest.raises(Exception, match="wrong"):
        services.signing_in.sign_in("我把密码打进了名字里", "x", None, "192.0.2.1")

    with sessions() as session:
        assert "密码" not in str([vars(row) for row in session.scalars(select(SignInAttempt))])


def test_a_session_ends_after_two_hours_of_silence_and_after_twelve_in_all(desk: Desk, clock: SetClock) -> None:
    idle, busy = desk.signed_in("王老师", Role.COUNSELLOR), desk.signed_in("李老师", Role.COUNSELLOR)
    for _ in range(7):
        clock.advance(minutes=100)
        busy.get("/session/sessions")
    assert idle.get("/session/sessions").status_code == 401
    assert busy.get("/session/sessions").status_code == 200

    clock.advance(minutes=21)
    assert busy.get("/session/sessions").status_code == 401


def test_sessions_are_listed_and_ended_and_nobody_elses_is_reached_by_its_number(desk: Desk) -> None:
    here, there = desk.signed_in("王老师", Role.COUNSELLOR), desk.signed_in("王老师", Role.COUNSELLOR)
    other = desk.signed_in("李老师", Role.ADMINISTRATOR)
    listed = here.get("/session/sessions").json()["items"]
    away = next(row["id"] for row in listed if not row["current"])

    assert len(listed) == 2
    assert other.delete(f"/session/sessions/{away}").status_code == 404
    assert here.delete(f"/session/sessions/{away}").status_code == 200
    assert there.get("/session/sessions").status_code == 401
    assert here.get("/session/sessions").status_code == 200


def test_signing_out_ends_the_session_and_twice_is_harmless(desk: Desk) -> None:
    caller = desk.signed_in("王老师", Role.COUNSELLOR)
    token = caller.cookies[COOKIE]
    out = caller.delete("/session")
    caller.headers[CSRF_HEADER] = out.json()["csrf"]

    assert out.json()["staff"] is None
    assert caller.delete("/session").status_code == 200
    again = desk.caller()
    again.cookies.set(COOKIE, token, path="/api/desk")
    assert again.get("/session").json()["staff"] is None


def test_a_new_password_ends_every_other_session_and_the_old_one_opens_nothing(desk: Desk) -> None:
    here, there = desk.signed_in("王老师", Role.COUNSELLOR), desk.signed_in("王老师", Role.COUNSELLOR)

    assert here.post("/session/password", json={"current": "不对", "new": "另一个很长的新密码啊"}).status_code == 422
    assert here.post("/session/password", json={"current": PASSWORD, "new": "短"}).status_code == 422
    assert here.post("/session/password", json={"current": PASSWORD, "new": "另一个很长的新密码啊"}).status_code == 200
    assert here.get("/session/sessions").status_code == 200
    assert there.get("/session/sessions").status_code == 401
    assert desk.caller().sign_in("王老师").status_code == 401
    assert desk.caller().sign_in("王老师", "另一个很长的新密码啊").status_code == 200


def test_closing_an_account_ends_its_sessions_at_once(desk: Desk) -> None:
    administrator, caller = desk.signed_in("管理员", Role.ADMINISTRATOR), desk.signed_in("王老师", Role.COUNSELLOR)
    staff_id = caller.get("/session").json()["staff"]["id"]

    assert administrator.patch(f"/staff/{staff_id}", json={"active": False}).status_code == 200
    assert caller.get("/session/sessions").status_code == 401
    assert desk.caller().sign_in("王老师").status_code == 401


def test_the_last_administrator_stays(services: DeskServices) -> None:
    actor = system_actor("测试")
    only = services.staff.add(actor, "管理员", Role.ADMINISTRATOR, password=PASSWORD)

    with pytest.raises(StaffRefused, match="最后一个管理员"):
        services.staff.change(actor, only.id, {"role": Role.COUNSELLOR})
    services.staff.add(actor, "另一个", Role.ADMINISTRATOR, password=PASSWORD)
    assert services.staff.change(actor, only.id, {"role": Role.COUNSELLOR}).role is Role.COUNSELLOR


@pytest.mark.parametrize("name", ["王老师 ", "ｗang", "WANG"])
def test_names_that_look_alike_are_one(services: DeskServices, name: str) -> None:
    actor = system_actor("测试")
    services.staff.add(actor, "王老师", Role.COUNSELLOR, password=PASSWORD)
    services.staff.add(actor, "wang", Role.COUNSELLOR, password=PASSWORD)

    with pytest.raises(StaffRefused, match="已经有"):
        services.staff.add(actor, name, Role.COUNSELLOR, password=PASSWORD)
    assert services.signing_in.sign_in(name, PASSWORD, None, "192.0.2.1")
