"""Messages on disk while the database is away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.messages import Incoming
from bot.spool import Spool

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


def message(client_id: str, minutes: int = 0) -> Incoming:
    return Incoming("c1", client_id, "我不想活了", "crisis", None, None, NOON + timedelta(minutes=minutes))


def test_what_was_put_comes_back_in_order_after_a_restart(tmp_path: Path) -> None:
    for incoming in (message("b", 2), message("a", 1), message("c", 3)):
        Spool(tmp_path / "spool").put(incoming)

    assert list(Spool(tmp_path / "spool").waiting()) == [message("a", 1), message("b", 2), message("c", 3)]


def test_the_same_message_is_kept_once_and_removed_for_good(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.put(message("a"))
    spool.put(message("a"))
    assert len(list(spool.waiting())) == 1

    spool.remove(message("a"))
    spool.remove(message("a"))
    assert list(spool.waiting()) == []


def test_nobody_else_may_read_what_is_kept(tmp_path: Path) -> None:
    Spool(tmp_path).put(message("a"))

    assert [path.stat().st_mode & 0o077 for path in tmp_path.iterdir()] == [0]


def test_a_damaged_file_is_set_aside_and_the_others_are_read(tmp_path: Path) -> None:
    Spool(tmp_path).put(message("a"))
    (tmp_path / "half.json").write_text('{"conversation_id": "c1', encoding="utf-8")

    assert list(Spool(tmp_path).waiting()) == [message("a")]
    assert (tmp_path / "half.bad").exists()


def test_a_folder_that_cannot_be_written_is_an_error_that_the_gateway_hears(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(OSError):
        Spool(tmp_path / "file" / "spool").put(message("a"))


def test_an_empty_or_missing_spool_has_nothing(tmp_path: Path) -> None:
    assert list(Spool(tmp_path / "missing").waiting()) == []
