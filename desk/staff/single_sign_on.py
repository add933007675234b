"""Single sign-on with the school's OpenID Connect provider: authorization code flow with PKCE (OIDC Core 1.0, 3.1; RFC 7636).

Accounts are made at the desk, never by the provider: a first sign-in joins an account that has no password and whose name is the
provider's, and from then on the provider's own subject counts, whatever becomes of the name.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urlencode

import httpx
from itsdangerous import BadData, URLSafeTimedSerializer
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.audit import Audit
from desk.errors import ProviderFailed, SignInRefused
from desk.staff.directory import name_key, subject
from desk.staff.models import Staff
from desk.staff.policy import Actor

ATTEMPT_SECONDS = 600
"""How long somebody may take at the provider."""
_TIMEOUT = 8.0
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
"""Signatures with the provider's own key alone: never `none`, never one with a shared secret."""
_LEEWAY_SECONDS = 60
_SCOPE = "openid profile"


@dataclass(frozen=True)
class Provider:
    """What the settings say of the provider (ZHIWEN_OIDC_…)."""

    issuer: str
    client_id: str
    client_secret: str
    name_claim: str = "preferred_username"
    """The claim that holds the name of the account."""


@dataclass(frozen=True)
class Attempt:
    """Where to send the browser, and what it must bring back in a cookie."""

    address: str
    cookie: str


class SingleSignOn:
    """Asks one provider; `wall` is the real time. Safe to share between threads."""

    def __init__(self, provider: Provider, sessions: sessionmaker[Session], audit: Audit, secret: str, wall: Clock) -> None:
        self._provider, self._sessions, self._audit, self._wall = provider, sessions, audit, wall
        self._serializer = URLSafeTimedSerializer(secret, salt="zhiwen-desk-oidc")
        self._lock = Lock()
        self._found: dict[str, Any] | None = None

    def begin(self, redirect_uri: str) -> Attempt:
        """A new attempt, whose answer will come to `redirect_uri`. Raises ProviderFailed."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": self._provider.client_id,
            "redirect_uri": redirect_uri,
            "scope": _SCOPE,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        address = str(self._metadata()["authorization_endpoint"])
        cookie = self._serializer.dumps({"s": state, "n": nonce, "v": verifier, "r": redirect_uri})
        return Attempt(f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", str(cookie))

    def finish(self, cookie: str, state: str, code: str, address: str) -> Staff:
        """The account of whoever comes back with `code`. Raises SignInRefused or ProviderFailed."""
        try:
            kept = self._serializer.loads(cookie, max_age=ATTEMPT_SECONDS)
        except BadData as error:
            raise SignInRefused("no attempt of this browser") from error
        if not secrets.compare_digest(str(kept["s"]).encode(), state.encode("utf-8", "surrogatepass")):
            raise SignInRefused("another attempt's answer")
        tokens = self._tokens(code, str(kept["v"]), str(kept["r"]))
        claims = self._claims(str(tokens.get("id_token", "")), str(kept["n"]))
        return self._account(claims, self._name(claims, str(tokens.get("access_token", ""))), address)

    def _tokens(self, code: str, verifier: str, redirect_uri: str) -> dict[str, Any]:
        given = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri, "code_verifier": verifier}
        try:
            with httpx.Client(timeout=_TIMEOUT, trust_env=False) as client:
                answer = client.post(self._metadata()["token_endpoint"], data=given, auth=(self._provider.client_id, self._provider.client_secret))
            if answer.status_code in (400, 401):
                raise SignInRefused("the provider does not take the code")
            answer.raise_for_status()
            tokens: dict[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderFailed(type(error).__name__) from error
        return tokens

    def _claims(self, id_token: str, nonce: str) -> dict[str, Any]:
        """The claims of the ID token, checked as OIDC Core 1.0, 3.1.3.7 asks."""
        registry = jwt.JWTClaimsRegistry(
            now=lambda: int(self._wall.now().timestamp()),
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": self._metadata()["issuer"]},
            aud={"essential": True, "value": self._provider.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            claims: dict[str, Any] = jwt.decode(id_token, self._keys(), algorithms=_ALGORITHMS).claims
            registry.validate(claims)
        except (JoseError, ValueError) as error:
            raise SignInRefused(f"the ID token is not good: {type(error).__name__}") from error
        if claims.get("azp", self._provider.client_id) != self._provider.client_id:
            raise SignInRefused("the ID token was made for another client")
        return claims

    def _name(self, claims: dict[str, Any], access_token: str) -> str:
        """The name at the provider: in the ID token, or asked for."""
        if self._provider.name_claim in claims or "userinfo_endpoint" not in self._metadata():
            return str(claims.get(self._provider.name_claim) or "")
        told = self._get(str(self._metadata()["userinfo_endpoint"]), {"Authorization": f"Bearer {access_token}"})
        if told.get("sub") != claims["sub"]:
            raise SignInRefused("the provider told of somebody else")
        return str(told.get(self._provider.name_claim) or "")

    def _account(self, claims: dict[str, Any], name: str, address: str) -> Staff:
        issuer, whose = str(claims["iss"]), str(claims["sub"])
        with self._sessions.begin() as session:
            staff = session.scalar(select(Staff).where(Staff.oidc_issuer == issuer, Staff.oidc_subject == whose))
            if staff is None and name:
                unjoined = (Staff.oidc_subject.is_(None), Staff.password_hash.is_(None), Staff.active)
                staff = session.scalar(select(Staff).where(Staff.name_key == name_key(name), *unjoined).with_for_update())
                if staff is not None:
                    staff.oidc_issuer, staff.oidc_subject = issuer, whose
            refused = staff is None or not staff.active
            actor = Actor(None, "", None, None, address) if refused or staff is None else _actor(staff, address)
            self._audit.record(session, actor, "session.refused" if refused else "session.open", subject(staff.id) if staff else "unknown:oidc")
        if staff is None or not staff.active:
            raise SignInRefused("nobody here has this account")
        return staff

    def _metadata(self) -> dict[str, Any]:
        """The provider's description of itself (OIDC Discovery 1.0), read once."""
        with self._lock:
            if self._found is None:
                issuer = self._provider.issuer.rstrip("/")
                found = self._get(f"{issuer}/.well-known/openid-configuration")
                if str(found.get("issuer", "")).rstrip("/") != issuer:
                    raise ProviderFailed("it calls itself otherwise")
                self._found = found
            return self._found

    def _keys(self) -> KeySet:
        """Read anew each time: a school's staff sign in a few times a day, and providers change their keys without notice."""
        return KeySet.import_key_set(self._get(str(self._metadata()["jwks_uri"])))  # type: ignore[arg-type]

    def _get(self, address: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
        try:
            with httpx.Client(timeout=_TIMEOUT, trust_env=False) as client:
                answer = client.get(address, headers=headers).raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise ProviderFailed(type(error).__name__) from error
        if not isinstance(answer, dict):
            raise ProviderFailed("no JSON object")
        return answer


def _actor(staff: Staff, address: str) -> Actor:
    return Actor(staff.id, staff.display_name, staff.role, staff.college, address)
