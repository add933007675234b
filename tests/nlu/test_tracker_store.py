"""The store gives back exactly what Rasa's own gives back, whether from memory or from the database."""

from __future__ import annotations

import asyncio
import warnings
from pathlib import Path

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.nlu import tracker_store
from bot.nlu.tracker_store import RecentConversationsStore

# Rasa's own store uses what later versions of SQLAlchemy leave out.
pytestmark = pytest.mark.filterwarnings(
    "ignore::sqlalchemy.exc.SADeprecationWarning", "ignore::sqlalchemy.exc.MovedIn20Warning", "ignore::ResourceWarning"
)

_DOMAIN = """
version: "3.1"
intents: [ask_policy]
slots:
  last_question: {type: text, influence_conversation: false, mappings: [{type: custom}]}
"""


def _domain() -> Domain:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Rasa tells everybody whose domain has slots how these worked in version 2
        return Domain.from_yaml(_DOMAIN)


DOMAIN = _domain()


def _store(folder: Path, kind: type = RecentConversationsStore) -> SQLTrackerStore:
    return kind(DOMAIN, db=str(folder / "tracker.db"))


def _turn(store: SQLTrackerStore, text: str, sender: str = "one", new_session: bool = False) -> None:
    tracker = asyncio.run(store.get_or_create_tracker(sender, append_action_listen=False))
    if new_session:
        tracker.update_with_events([ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")], DOMAIN)
    question = UserUttered(text, {"name": "ask_policy", "confidence": 1.0})
    tracker.update_with_events([question, SlotSet("last_question", text), BotUttered(f"答：{text}"), ActionExecuted("action_listen")], DOMAIN)
    asyncio.run(store.save(tracker))


def _state(tracker: DialogueStateTracker | None) -> object:
    assert tracker is not None
    return [event.as_dict() for event in tracker.events], tracker.current_slot_values()


def _read(store: SQLTrackerStore, sender: str = "one") -> object:
    return _state(asyncio.run(store.retrieve(sender)))


def test_memory_and_database_agree_after_every_turn(tmp_path: Path) -> None:
    store = _store(tmp_path)
    for number, new_session in enumerate((True, False, False, True, False)):
        _turn(store, f"第{number}问", new_session=new_session)
        assert _read(store) == _read(_store(tmp_path, SQLTrackerStore))


def test_every_event_is_stored_once(tmp_path: Path) -> None:
    store = _store(tmp_path)
    for number in range(3):
        _turn(store, f"第{number}问", new_session=number == 0)
    full = asyncio.run(_store(tmp_path, SQLTrackerStore).retrieve_full_tracker("one"))
    assert full is not None
    assert [event.text for event in full.events if isinstance(event, UserUttered)] == ["第0问", "第1问", "第2问"]


def test_a_conversation_goes_on_after_a_restart(tmp_path: Path) -> None:
    _turn(_store(tmp_path), "第一问", new_session=True)
    _turn(_store(tmp_path), "第二问")
    assert _read(_store(tmp_path)) == _read(_store(tmp_path, SQLTrackerStore))


def test_changes_that_were_not_saved_are_forgotten(tmp_path: Path) -> None:
    store = _store(tmp_path)
    _turn(store, "第一问", new_session=True)
    before = _read(store)
    tracker = asyncio.run(store.retrieve("one"))
    assert tracker is not None
    tracker.update(SlotSet("last_question", "没有保存"), DOMAIN)
    assert _read(store) == before


def test_a_write_that_failed_leaves_nothing_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = _store(tmp_path)
    _turn(store, "第一问", new_session=True)
    monkeypatch.setattr(tracker_store, "_row", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        _turn(store, "第二问")
    assert _read(store) == _read(_store(tmp_path, SQLTrackerStore))


def test_only_so_many_conversations_stay_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tracker_store, "KEPT_CONVERSATIONS", 2)
    store = _store(tmp_path)
    for sender in ("one", "two", "three"):
        _turn(store, "问", sender, new_session=True)
    assert list(store._recent) == ["two", "three"]
    _turn(store, "再问", "one")
    assert _read(store, "one") == _read(_store(tmp_path, SQLTrackerStore), "one")


def test_quoted_clauses_stay_out_of_rasas_memory(tmp_path: Path) -> None:
    store = _store(tmp_path)
    answer = {"kind": "policy_answer", "text": "每人1000元", "payload": {"outcome": "answered", "citations": [{"quote": "原文" * 100}]}}
    tracker = asyncio.run(store.get_or_create_tracker("one", append_action_listen=False))
    tracker.update_with_events([UserUttered("多少钱", {"name": "ask_policy"}), BotUttered(None, {"custom": answer, "buttons": None})], DOMAIN)
    asyncio.run(store.save(tracker))
    for kept in (asyncio.run(store.retrieve("one")), asyncio.run(_store(tmp_path, SQLTrackerStore).retrieve("one"))):
        assert kept is not None
        said = [event for event in kept.events if isinstance(event, BotUttered)]
        assert [event.data["custom"]["payload"] for event in said] == [{"outcome": "answered"}]
        assert said[0].data["custom"]["text"] == "每人1000元"
    assert answer["payload"]["citations"], "what was sent is left alone"


def test_check_23_a_conversation_is_forgotten_in_memory_and_on_the_disk_and_others_stay(tmp_path: Path) -> None:
    store = _store(tmp_path)
    _turn(store, "我老家在白云镇青石巷")
    _turn(store, "别人的话", "two")
    said = "青石巷".encode("unicode_escape")  # as JSON writes it

    def is_on_the_disk() -> bool:
        return any(said in path.read_bytes() for path in tmp_path.glob("tracker.db*"))

    assert is_on_the_disk()
    asyncio.run(store.erase("one"))
    asyncio.run(store.erase("one"))

    assert asyncio.run(store.retrieve("one")) is None
    assert asyncio.run(_store(tmp_path, SQLTrackerStore).retrieve("one")) is None
    assert _read(store, "two") == _read(_store(tmp_path, SQLTrackerStore), "two")
    assert not is_on_the_disk()


def test_our_store_is_found_inside_what_rasa_wraps_around_it(tmp_path: Path) -> None:
    store = _store(tmp_path)

    assert tracker_store.erasing_store(FailSafeTrackerStore(store)) is store
    with pytest.raises(LookupError, match="endpoints"):
        tracker_store.erasing_store(FailSafeTrackerStore(_store(tmp_path, SQLTrackerStore)))
