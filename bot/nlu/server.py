"""Rasa's command line with this project's settings: `python -m bot.nlu.server run --enable-api …`, `… train`, `… test`.

Takes whatever `rasa` takes. Rasa reads its settings from the environment when it is imported, so they come first.
"""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from pathlib import Path

_DEFAULT_ACTION_URL = "http://127.0.0.1:5055/webhook"
_DEFAULT_HOME = "var"
_TRACKER_DATABASE = "rasa-tracker.db"


def apply_default_environment(environment: MutableMapping[str, str]) -> None:
    """Sets what Rasa and endpoints.yml read, where the caller has not set it.

    Telemetry off, TensorFlow quiet, the address of the actions (`ZHIWEN_ACTION_URL`) and the file in which
    conversations are kept (`ZHIWEN_TRACKER_DB`, in `ZHIWEN_HOME`), whose folder is made.
    """
    home = Path(environment.get("ZHIWEN_HOME") or _DEFAULT_HOME)
    environment.setdefault("RASA_TELEMETRY_ENABLED", "false")
    environment.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    environment.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    environment.setdefault("ZHIWEN_ACTION_URL", _DEFAULT_ACTION_URL)
    environment.setdefault("ZHIWEN_TRACKER_DB", str(home / _TRACKER_DATABASE))
    Path(environment["ZHIWEN_TRACKER_DB"]).parent.mkdir(parents=True, exist_ok=True)


def main() -> None:
    """Prepares the process and hands over to Rasa's own command line."""
    apply_default_environment(os.environ)
    from rasa.__main__ import main as rasa_main

    from bot.nlu import action_results, graph

    action_results.install()
    graph.install()
    rasa_main()


if __name__ == "__main__":
    main()
