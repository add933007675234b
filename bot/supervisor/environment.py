"""Where things are: the project's folder, Rasa's own Python, the ports."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

from core.settings import Settings

PROJECT = Path(__file__).resolve().parent.parent.parent
RASA_PYTHON = PROJECT / ".venv-rasa" / "bin" / "python"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_RASA_PORT = 5005
_CALM_LIBRARIES = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""The matrices here are small: a second thread of a linear algebra library gains nothing and spins while it waits (half of all time)."""


def rasa_port(settings: Settings) -> int | None:
    """The port of the Rasa server that is ours to run; None when `ZHIWEN_RASA_URL` names another machine."""
    url = urlsplit(settings.rasa_url)
    return (url.port or _RASA_PORT) if url.hostname in _LOOPBACK else None


def rasa_environment(settings: Settings) -> dict[str, str]:
    """The environment of Rasa's processes: no telemetry, a quiet TensorFlow, the way to our action webhook."""
    return (
        os.environ
        | _CALM_LIBRARIES
        | {
            "PYTHONPATH": str(PROJECT),
            "ZHIWEN_HOME": str(settings.home.resolve()),
            "RASA_TELEMETRY_ENABLED": "false",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "ZHIWEN_ACTION_URL": f"http://127.0.0.1:{settings.action_port}/webhook",
        }
    )


def app_environment(settings: Settings) -> dict[str, str]:
    """The environment of the app process: this one's, with the project on the path."""
    return os.environ | _CALM_LIBRARIES | {"PYTHONPATH": str(PROJECT), "ZHIWEN_HOME": str(settings.home.resolve())}


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens on the port yet."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
