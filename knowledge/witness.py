"""Who is told of a change in the transaction that makes it, so that a record of it and the change stand or fall together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

State = Mapping[str, Any]
"""What is said of a thing by the names of its fields; empty where it was not there."""
Witness = Callable[[Session, int, State, State], None]
"""Is told the number of the thing, what it was and what it has become."""


def nobody(_session: Session, _number: int, _before: State, _after: State) -> None:
    """For changes of which nobody keeps a record."""
