"""Single sign-on against a real OpenID Connect provider, a server process of its own, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.api.rules import COOKIE
from desk.services import DeskServices, build_services
from desk.staff.models import Role
from desk.staff.policy import system_actor
from desk.staff.single_sign_on import Provider
from desk.tickets import Tickets
from tests.bot.servers import free_port
from tests.desk.clocks import SetClock
from tests.desk.people import PASSWORD, Desk, serving
from tests.desk.provider import RealProvider, provider_at


@pytest.fixture(scope="module")
def running() -> Iterator[RealProvider]:
    with provider_at(free_port(), "--require-registration", "true") as provider:
        yield provider


@pytest.fixture
def desk(services: DeskServices, sessions: sessionmaker[Session], running: RealProvider) -> Iterator[Desk]:
    """A desk that knows the provider; the provider goes by the real time, so the desk does too."""
    port = free_port()
    provider = running.register(f"http://127.0.0.1:{port}/api/desk/oidc/callback")
    real = Clock()
    own = build_services(sessions, real, real, "a secret", Tickets(sessions, real), services.requests.chat, provider=provider)
    with serving(own, port) as desk:
        yield desk


def add(desk: Desk, name: str, *, password: str | None = None) -> int:
    return desk.services.staff.add(system_actor("测试"), name, Role.COUNSELLOR, password=password).id


def through(desk: Desk, running: RealProvider, subject: str) -> tuple[httpx.Response, str | None]:
    """The whole way there and back; the last response and who is signed in then."""
    browser = desk.caller()
    there = browser.get("/oidc/start")
    back = running.authorise(there.headers["location"], subject)
    answer = browser.get(back)
    staff = browser.get("/session").json()["staff"]
    return answer, staff["name"] if staff else None


def test_a_first_sign_in_joins_the_account_of_that_name_and_later_the_subject_counts(desk: Desk, running: RealProvider) -> None:
    add(desk, "wang.li")
    running.add("u-1", preferred_username="Wang.Li")

    answer, name = through(desk, running, "u-1")
    assert (answer.status_code, answer.headers["location"], name) == (303, "/desk/", "wang.li")

    running.add("u-1", preferred_username="renamed")
    assert through(desk, running, "u-1")[1] == "wang.li"


def test_the_session_is_one_like_any_other(desk: Desk, running: RealProvider) -> None:
    add(desk, "zhou")
    running.add("u-zhou", preferred_username="zhou")

    answer, _ = through(desk, running, "u-zhou")

    cookies = {cookie.partition("=")[0]: cookie.lower() for cookie in answer.headers.get_list("set-cookie")}
    assert "samesite=strict" in cookies[COOKIE] and "httponly" in cookies[COOKIE]
    assert "max-age=0" in cookies["zhiwen_desk_oidc"]


def test_nobody_gets_an_account_by_the_provider_alone(desk: Desk, running: RealProvider) -> None:
    running.add("u-2", preferred_username="nobody.here")

    answer, name = through(desk, running, "u-2")

    assert (answer.headers["location"], name) == ("/desk/?sign_in=refused", None)
    assert desk.services.staff.find("nobody.here") is None


def test_a_name_at_the_provider_does_not_open_an_account_with_a_password(desk: Desk, running: RealProvider) -> None:
    add(desk, "chen", password=PASSWORD)
    running.add("u-3", preferred_username="chen")

    assert through(desk, running, "u-3")[1] is None


def test_a_joined_account_is_not_joined_again_by_somebody_of_the_same_name(desk: Desk, running: RealProvider) -> None:
    add(desk, "zhao")
    for subject in ("u-4", "u-5"):
        running.add(subject, preferred_username="zhao")

    assert [through(desk, running, subject)[1] for subject in ("u-4", "u-5", "u-4")] == ["zhao", None, "zhao"]


def test_a_closed_account_stays_closed(desk: Desk, running: RealProvider) -> None:
    staff_id = add(desk, "qian")
    running.add("u-6", preferred_username="qian")
    assert through(desk, running, "u-6")[1] == "qian"

    desk.services.staff.change(system_actor("测试"), staff_id, {"active": False})
    assert through(desk, running, "u-6")[1] is None


def test_an_answer_without_the_cookie_of_its_attempt_opens_nothing(desk: Desk, running: RealProvider) -> None:
    """Somebody else's link back: signing a victim in to the attacker's account must not work."""
    add(desk, "sun")
    running.add("u-7", preferred_username="sun")
    attacker, victim = desk.caller(), desk.caller()
    back = running.authorise(attacker.get("/oidc/start").headers["location"], "u-7")
    victim.get("/oidc/start")

    for browser in (victim, desk.caller()):
        assert browser.get(back).headers["location"] == "/desk/?sign_in=refused"
        assert browser.get("/session").json()["staff"] is None


def test_a_code_serves_once(desk: Desk, running: RealProvider) -> None:
    add(desk, "li")
    running.add("u-8", preferred_username="li")
    browser = desk.caller()
    there = browser.get("/oidc/start")
    kept = browser.cookies["zhiwen_desk_oidc"]
    back = running.authorise(there.headers["location"], "u-8")
    assert browser.get(back).headers["location"] == "/desk/"

    again = desk.caller()
    again.cookies.set("zhiwen_desk_oidc", kept, path="/api/desk/oidc")
    assert again.get(back).headers["location"] == "/desk/?sign_in=refused"


def test_the_request_carries_state_nonce_and_a_challenge(desk: Desk, running: RealProvider) -> None:
    asked = parse_qs(urlsplit(desk.caller().get("/oidc/start").headers["location"]).query)

    assert asked["response_type"] == ["code"] and asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 43 for name in ("state", "nonce", "code_challenge"))


def test_who_refuses_at_the_provider_comes_back_to_the_way_in(desk: Desk, running: RealProvider) -> None:
    browser = desk.caller()
    address = browser.get("/oidc/start").headers["location"]
    back = str(running.client.post(address, data={"action": "deny"}).headers["location"])

    assert browser.get(back).headers["location"] == "/desk/?sign_in=refused"


@pytest.mark.parametrize("provider", [None, Provider(f"http://127.0.0.1:{free_port()}", "zhiwen", "secret")], ids=["none set", "away"])
def test_without_a_provider_the_way_in_says_so(
    provider: Provider | None, services: DeskServices, sessions: sessionmaker[Session], clock: SetClock
) -> None:
    own = build_services(sessions, clock, clock, "a secret", Tickets(sessions, clock), services.requests.chat, provider=provider)
    with serving(own) as desk:
        caller = desk.caller()
        answer = caller.get("/oidc/start")
        assert caller.get("/session").json()["single_sign_on"] is (provider is not None)
    assert (answer.status_code, answer.headers.get("location")) == ((404, None) if provider is None else (303, "/desk/?sign_in=unavailable"))
