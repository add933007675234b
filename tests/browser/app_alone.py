"""The app process alone, without Rasa and the supervisor: all that the console needs."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

import httpx

from core.settings import Settings
from knowledge.service import prepare
from tests.system.running import ROOT, START_SECONDS, RunningSystem


@dataclass
class AppAlone(RunningSystem):
    """An app; single sign-on asks for a provider on `provider_port`, which may be there or not."""

    provider_port: int | None = None

    @property
    def environment(self) -> dict[str, str]:
        own = super().environment
        if self.provider_port:
            own |= {"ZHIWEN_OIDC_ISSUER": f"http://127.0.0.1:{self.provider_port}", "ZHIWEN_OIDC_CLIENT_SECRET": "secret"}
        return own

    def start(self) -> None:
        """Start and wait until the console can be opened; raises AssertionError with the log when it cannot."""
        prepare(Settings(_env_file=None, home=self.home))  # as `zhiwen serve` does before it starts the app
        with (self.home / "app.log").open("wb") as log:
            line = [sys.executable, "-m", "bot.serve_app"]
            self.process = subprocess.Popen(line, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT)
        assert self.wait_for(self._serves, START_SECONDS), (self.home / "app.log").read_text(encoding="utf-8", errors="replace")[-4000:]

    def _serves(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/desk/session", timeout=5, trust_env=False).is_success
        except httpx.TransportError:
            return False
