"""A real OpenID Connect provider for tests: a server process of its own, over real HTTP."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from desk.staff.single_sign_on import Provider

START_SECONDS = 40


@dataclass
class RealProvider:
    """A running provider and the client that is registered there."""

    issuer: str
    client: httpx.Client

    def add(self, subject: str, **claims: str) -> None:
        self.client.put(f"{self.issuer}/users/{subject}", json={"sub": subject, **claims}).raise_for_status()

    def register(self, *redirects: str) -> Provider:
        answer = self.client.post(f"{self.issuer}/oauth2/clients", json={"redirect_uris": redirects}).raise_for_status().json()
        return Provider(self.issuer, answer["client_id"], answer["client_secret"])

    def authorise(self, address: str, subject: str) -> str:
        """Type the name into the provider's page; gives the address that it sends the browser back to."""
        assert self.client.get(address).status_code == 200
        answer = self.client.post(address, data={"sub": subject})
        assert answer.status_code in (302, 303), answer.text
        return str(answer.headers["location"])


@contextmanager
def provider_at(port: int, *options: str) -> Iterator[RealProvider]:
    """A provider on this port for as long as the block lasts; `options` are those of its command line."""
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true", *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer, deadline = f"http://127.0.0.1:{port}", time.monotonic() + START_SECONDS
    try:
        with httpx.Client(timeout=20, trust_env=False) as client:
            while not _answers(client, issuer):
                assert process.poll() is None and time.monotonic() < deadline, "the provider did not start"
                time.sleep(0.1)
            yield RealProvider(issuer, client)
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _answers(client: httpx.Client, issuer: str) -> bool:
    try:
        return client.get(f"{issuer}/.well-known/openid-configuration").is_success
    except httpx.HTTPError:
        return False
