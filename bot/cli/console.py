"""How the commands speak: results to standard output, complaints in one line to standard error."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from rich.console import Console

_NO_FILE = "{file}：没有这个文件"
_Key = TypeVar("_Key", bound=str)


class UserError(Exception):
    """Something the user can mend; the message is one Chinese line that says what and where."""

    def __init__(self, message: str, status: int = 2) -> None:
        super().__init__(message)
        self.status = status


def output() -> Console:
    """The console for results and progress."""
    return Console(highlight=False)


def existing(file: Path) -> Path:
    """The file, which has to be there. Raises UserError."""
    if not file.is_file():
        raise UserError(_NO_FILE.format(file=file))
    return file


def named(name: str, known: Mapping[_Key, str], complaint: str) -> _Key:
    """The key of a Chinese name, or the key itself. Raises UserError with the complaint, which is told `name` and what is `known`."""
    for key, label in known.items():
        if name in (key, label):
            return key
    raise UserError(complaint.format(name=name, known="、".join(known.values())))


def complain(message: str) -> None:
    """Say what is wrong."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(message, style="red", markup=False)
