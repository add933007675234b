"""The launcher's environment: what the caller set stays, what is missing gets its default."""

from __future__ import annotations

from pathlib import Path

from bot.nlu.server import apply_default_environment


def test_defaults_fill_what_is_missing(tmp_path: Path) -> None:
    environment = {"ZHIWEN_HOME": str(tmp_path / "home")}
    apply_default_environment(environment)
    assert environment["RASA_TELEMETRY_ENABLED"] == "false"
    assert environment["ZHIWEN_ACTION_URL"] == "http://127.0.0.1:5055/webhook"
    assert Path(environment["ZHIWEN_TRACKER_DB"]).parent.is_dir()


def test_what_the_caller_set_stays(tmp_path: Path) -> None:
    environment = {"ZHIWEN_ACTION_URL": "http://127.0.0.1:9/webhook", "ZHIWEN_TRACKER_DB": str(tmp_path / "t.db")}
    apply_default_environment(environment)
    assert environment["ZHIWEN_ACTION_URL"] == "http://127.0.0.1:9/webhook"
    assert environment["ZHIWEN_TRACKER_DB"] == str(tmp_path / "t.db")
