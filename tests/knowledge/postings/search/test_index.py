"""The index follows the store whatever happens to either: deleted, damaged, ahead, written by another process, asked while it is written."""

from __future__ import annotations

import json
import multiprocessing
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.database import create_database_engine, session_factory
from core.settings import Settings
from knowledge.postings.models import PostingState
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.service import Postings, open_postings
from tests.knowledge.postings.search.conftest import Open
from tests.knowledge.postings.search.rows import TODAY, ids, posting, put

Sessions = sessionmaker[Session]
ANYTHING = Criteria(cities=("长沙",))


def _folder(home: Path) -> Path:
    (folder,) = (home / "index").glob("*-postings")
    return folder


def _delete(home: Path) -> None:
    shutil.rmtree(home / "index")


def _break_state(home: Path) -> None:
    (_folder(home) / "state.json").write_text("[")


def _other_format(home: Path) -> None:
    path = _folder(home) / "state.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 0}))


def _break_meta(home: Path) -> None:
    (meta,) = _folder(home).glob("*/meta.json")
    meta.write_text("{}")


def _cut_files(home: Path) -> None:
    parts = [path for path in _folder(home).glob("*/*.*") if path.suffix in (".term", ".idx", ".fast", ".pos", ".store")]
    assert parts
    for path in parts:
        path.write_bytes(path.read_bytes()[:7])


def _lose_segments(home: Path) -> None:
    parts = list(_folder(home).glob("*/*.fast"))
    assert parts
    for path in parts:
        path.unlink()


@pytest.mark.parametrize("harm", [_delete, _break_state, _other_format, _break_meta, _cut_files, _lose_segments])
def test_deleted_or_damaged_it_is_built_anew(sessions: Sessions, open_anew: Open, home: Path, harm: Callable[[Path], None]) -> None:
    first, second = put(sessions, posting(), posting())
    assert open_anew().search(ANYTHING).total == 2

    harm(home)

    postings = open_anew()
    assert set(ids(postings.search(ANYTHING).items)) == {first, second}
    put(sessions, posting())
    assert postings.search(ANYTHING).total == 3


def test_it_is_built_anew_for_a_store_that_went_back(sessions: Sessions, open_anew: Open) -> None:
    put(sessions, posting())
    put(sessions, posting())
    assert open_anew().search(ANYTHING).total == 2
    with sessions.begin() as session:
        session.execute(update(PostingState).values(revision=1))

    assert open_anew().search(ANYTHING).total == 1, "what has a revision that the store does not know yet is no part of it"


def test_an_import_goes_on_while_others_search(sessions: Sessions, postings: Postings) -> None:
    put(sessions, posting())

    def importing() -> None:
        for _ in range(15):
            put(sessions, *(posting() for _ in range(4)))

    def searching(_: int) -> list[int]:
        return [postings.search(ANYTHING).total for _ in range(20)]

    with ThreadPoolExecutor(4) as threads:
        writing = threads.submit(importing)
        seen = list(threads.map(searching, range(3)))
        writing.result()

    assert all(totals == sorted(totals) for totals in seen)
    assert postings.search(ANYTHING).total == 61


def _search_elsewhere(url: str, home: Path) -> list[int]:
    engine = create_database_engine(url)
    sessions = session_factory(engine)
    postings = open_postings(Settings(_env_file=None, home=home), sessions, Clock(TODAY))
    totals = []
    for _ in range(10):
        totals.append(postings.search(ANYTHING).total)
        put(sessions, posting(external_id=f"{multiprocessing.current_process().pid}-{len(totals)}"))
        totals.append(postings.search(ANYTHING).total)
    postings.close()
    engine.dispose()
    return totals


def test_two_processes_write_and_search_one_index(sessions: Sessions, migrated_engine: Engine, open_anew: Open, home: Path) -> None:
    url = migrated_engine.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as others:
        seen = [future.result() for future in [others.submit(_search_elsewhere, url, home) for _ in range(2)]]

    for totals in seen:
        assert all(after > before for before, after in zip(totals[::2], totals[1::2], strict=True)), "its own import is seen at once"
    assert open_anew().search(ANYTHING).total == 20
    assert len(list(_folder(home).glob("*/meta.json"))) == 1


def test_what_is_not_yet_indexed_is_said_to_be_missing(sessions: Sessions, postings: Postings, monkeypatch: pytest.MonkeyPatch) -> None:
    put(sessions, posting())
    assert postings.search(ANYTHING).complete
    monkeypatch.setattr("knowledge.postings.search.keeper.PATIENCE", 0.0)
    put(sessions, *(posting() for _ in range(50)))

    early = postings.search(ANYTHING)
    monkeypatch.undo()

    assert not early.complete
    assert early.total == 1
    assert postings.search(ANYTHING).total == 51
