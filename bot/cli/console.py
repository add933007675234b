"""How the commands speak: results to standard output, complaints in one line to standard error."""

from __future__ import annotations

from rich.console import Console


class UserError(Exception):
    """Something the user can mend; the message is one Chinese line that says what and where."""

    def __init__(self, message: str, status: int = 2) -> None:
        super().__init__(message)
        self.status = status


def output() -> Console:
    """The console for results and progress."""
    return Console(highlight=False)


def complain(message: str) -> None:
    """Say what is wrong."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(message, style="red", markup=False)
