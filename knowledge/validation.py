"""How the validators of data files tell what they found: one line a problem, exit status 2 where there is any."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date

from core.clock import Clock


def report(check: Callable[[date], tuple[Sequence[str], str]], unreadable: type[Exception]) -> int:
    """Run a check and print what it says; returns the exit status, 0 when all is sound, 2 when not.

    `check` takes today's day and gives the problems, one line each, and what to say when there are none;
    it raises `unreadable` where a file cannot be read at all.
    """
    try:
        problems, sound = check(Clock().today())
    except unreadable as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(problems) or sound)
    return 2 if problems else 0
