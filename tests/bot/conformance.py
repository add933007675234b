"""schemathesis at the running application: made-up requests from the API's own description, every answer held against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import CheckNode, ScenarioRecorder

ENDLESS = ("/api/desk/events", "/api/chat/events")
"""Live streams have no end that could be judged; they have tests of their own."""
ENDS_OWN_SESSION = (("/api/desk/session", "POST"), ("/api/desk/session", "DELETE"), ("/api/desk/session/sessions/{session_id}", "DELETE"))
"""Left out for whoever is signed in, as nothing that follows would be seen by them."""

_PHASES = ("examples", "coverage", "fuzzing", "stateful")
SEED = 20261201


@dataclass
class Outcome:
    """What a run saw: how often each status was answered, and in words what breaks the description."""

    statuses: Counter[int] = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)

    @property
    def calls(self) -> int:
        return sum(self.statuses.values())


def tried(base: str, paths: str, headers: Callable[[], dict[str, str]], phases: tuple[str, ...], examples: int, anonymous: bool = False) -> Outcome:
    """Call every operation whose path matches `paths` (a pattern), `examples` times by chance besides what a phase plans.

    `headers` is asked anew for every call: what is called may end the session that it is called with.
    """
    outcome = Outcome()
    for event in from_schema(_schema(base, paths, headers, phases, examples, anonymous)).execute():
        match event:
            case events.FatalError():
                raise event.exception
            case events.NonFatalError():
                outcome.breaches.append(f"{event.label}: {event.value}")
            case events.ScenarioFinished():
                _take(outcome, event.recorder)
    return outcome


def _schema(base: str, paths: str, headers: Callable[[], dict[str, str]], phases: tuple[str, ...], examples: int, anonymous: bool) -> Any:
    config = SchemathesisConfig.from_dict(
        {
            "seed": SEED,
            "continue-on-failure": True,
            "generation": {"max-examples": examples, "database": "none", "no-shrink": True},
            "phases": {name: {"enabled": name in phases} for name in _PHASES},
            "checks": {"ignored_auth": {"enabled": False}},  # test_policy calls every route as everybody; signing in is no security scheme here
        }
    )
    schema = schemathesis.openapi.from_url(f"{base}/api/openapi.json", config=config).include(path_regex=paths).exclude(path=list(ENDLESS))
    if not anonymous:
        for path, method in ENDS_OWN_SESSION:
            schema = schema.exclude(path=path, method=method)

    @schema.auth(refresh_interval=None)  # type: ignore[untyped-decorator]
    class SignedIn:
        def get(self, _case: Any, _context: Any) -> dict[str, str]:
            return headers()

        def set(self, case: Any, data: dict[str, str], _context: Any) -> None:
            case.headers = {**(case.headers or {}), **data}

    return schema


def _take(outcome: Outcome, recorder: ScenarioRecorder) -> None:
    for interaction in recorder.interactions.values():
        if interaction.response is not None:
            outcome.statuses[interaction.response.status_code] += 1
    for case_id, checks in recorder.checks.items():
        answered = recorder.interactions[case_id].response if case_id in recorder.interactions else None
        for check in checks:
            if check.name == "positive_data_acceptance" and {None, "null"} & set((recorder.cases[case_id].value.path_parameters or {}).values()):
                continue  # an id taken from an answer where it was null: no number, whatever the check says
            if check.failure_info is not None and not _is_by_meaning(check, answered.json() if _is_json(answered) else None):
                label = recorder.cases[case_id].value.operation.label
                words = check.failure_info.failure
                said = answered.text[:300] if answered is not None else ""
                outcome.breaches.append(f"{check.name} {label}: {words.title}. {words.message}\n{said}\n{check.failure_info.code_sample[:600]}")


def _is_json(response: Any) -> bool:
    return response is not None and "json" in (response.headers.get("content-type") or [""])[0]


def _is_by_meaning(check: CheckNode, said: Any) -> bool:
    """A request of the right form may be refused for what it means (a day that has passed): then it is not called `malformed`."""
    return check.name == "positive_data_acceptance" and isinstance(said, dict) and said.get("code") not in (None, "malformed")


def each_once(found: list[str]) -> Iterator[str]:
    """One breach of each kind an operation: the first."""
    seen: set[str] = set()
    for breach in found:
        kind = breach.splitlines()[0]
        if kind not in seen:
            seen.add(kind)
            yield breach
