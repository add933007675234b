"""The second factor: turned on, asked for, each code good for once, and a way in when the device is lost."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote
from xml.etree import ElementTree

import pyotp
import pytest

from desk.staff.models import Role
from desk.staff.signing_in import LOCK_AFTER
from tests.desk.clocks import SetClock
from tests.desk.people import PASSWORD, Caller, Desk


def code_now(secret: str, clock: SetClock, seconds: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()) + seconds)


@pytest.fixture
def caller(desk: Desk) -> Caller:
    return desk.signed_in("王老师", Role.COUNSELLOR)


@pytest.fixture
def secret(caller: Caller) -> str:
    return str(caller.post("/session/totp", json={"password": PASSWORD}).json()["secret"])


@pytest.fixture
def recovery_codes(caller: Caller, secret: str, clock: SetClock) -> list[str]:
    turned_on = caller.post("/session/totp/confirm", json={"code": code_now(secret, clock)})
    assert turned_on.status_code == 200
    codes: list[str] = turned_on.json()["recovery_codes"]
    clock.advance(seconds=60)
    return codes


def test_it_is_turned_on_by_a_code_and_only_with_the_password(desk: Desk, caller: Caller, clock: SetClock) -> None:
    assert caller.post("/session/totp", json={"password": "不是这个密码啊不是"}).json()["code"] == "wrong"
    begun = caller.post("/session/totp", json={"password": PASSWORD}).json()
    assert begun["uri"].startswith("otpauth://totp/") and f"secret={begun['secret']}" in begun["uri"]
    assert desk.caller().sign_in("王老师").status_code == 200, "not on before a code was confirmed"

    assert caller.post("/session/totp/confirm", json={"code": "000000x"}).status_code == 422
    assert caller.post("/session/totp/confirm", json={"code": code_now(begun["secret"], clock)}).status_code == 200
    assert caller.get("/session").json()["staff"]["totp"] is True
    assert caller.post("/session/totp", json={"password": PASSWORD}).status_code == 422, "a second secret would lock them out"


def test_the_picture_is_an_svg(caller: Caller) -> None:
    picture = caller.post("/session/totp", json={"password": PASSWORD}).json()["picture"]
    head, _, data = picture.partition(",")
    drawn = base64.b64decode(data).decode() if head.endswith("base64") else unquote(data)

    assert head.startswith("data:image/svg+xml")
    assert ElementTree.fromstring(drawn).tag.endswith("svg")


def test_signing_in_asks_for_a_code_and_takes_each_once(desk: Desk, secret: str, recovery_codes: list[str], clock: SetClock) -> None:
    caller = desk.caller()
    asked = caller.sign_in("王老师")
    assert (asked.status_code, asked.json()["code"]) == (401, "code_needed")

    code = code_now(secret, clock)
    assert caller.sign_in("王老师", code=code).status_code == 200
    assert caller.sign_in("王老师", code=code).status_code == 401
    clock.advance(seconds=60)
    assert caller.sign_in("王老师", code=code_now(secret, clock, seconds=-30)).status_code == 200, "half a minute slow"
    assert caller.sign_in("王老师", code=code_now(secret, clock, seconds=120)).status_code == 401


def test_of_two_that_bring_the_same_code_one_gets_in(desk: Desk, secret: str, recovery_codes: list[str], clock: SetClock) -> None:
    staff = desk.services.staff.find("王老师")
    assert staff is not None
    with ThreadPoolExecutor(4) as threads:
        accepted = list(threads.map(lambda _: desk.services.second_factor.accepts(staff.id, code_now(secret, clock)), range(4)))

    assert accepted.count(True) == 1


def test_a_wrong_password_never_tells_that_a_code_would_be_asked_for(desk: Desk, recovery_codes: list[str]) -> None:
    assert desk.caller().sign_in("王老师", "不是这个密码啊不是").json()["code"] == "wrong"


def test_codes_cannot_be_tried_without_end(desk: Desk, recovery_codes: list[str], clock: SetClock) -> None:
    caller = desk.caller()
    statuses = [caller.sign_in("王老师", code=f"{number:06}").status_code for number in range(LOCK_AFTER + 1)]

    assert statuses == [401] * LOCK_AFTER + [429]


def test_a_recovery_code_opens_once(desk: Desk, recovery_codes: list[str]) -> None:
    caller = desk.caller()

    assert len(set(recovery_codes)) == 8
    assert caller.sign_in("王老师", code=recovery_codes[0].lower().replace("-", "")).status_code == 200
    assert caller.sign_in("王老师", code=recovery_codes[0]).status_code == 401
    assert caller.sign_in("王老师", code=recovery_codes[1]).status_code == 200


def test_it_is_turned_off_with_the_password_or_by_an_administrator(desk: Desk, caller: Caller, recovery_codes: list[str]) -> None:
    assert caller.post("/session/totp/off", json={"password": "不是这个密码啊不是"}).status_code == 422
    assert caller.post("/session/totp/off", json={"password": PASSWORD}).status_code == 200
    assert desk.caller().sign_in("王老师").status_code == 200

    staff_id = caller.get("/session").json()["staff"]["id"]
    assert desk.signed_in("管理员", Role.ADMINISTRATOR).delete(f"/staff/{staff_id}/totp").json()["totp"] is False
