"""Commands of `zhiwen` as they are typed."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner, Result

from bot.cli.console import UserError
from bot.cli.main import app
from tests.loops import apart


class Command:
    """A command, by the words that it begins with."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def run(self, *arguments: str | Path) -> Result:
        """What came of it, whatever that is."""
        return apart(lambda: CliRunner().invoke(app, [*self._words, *map(str, arguments)]))

    def said(self, *arguments: str | Path) -> str:
        """What it printed; it has to succeed."""
        result = self.run(*arguments)
        assert result.exit_code == 0, result.output
        return result.output

    def refusal(self, *arguments: str | Path) -> str:
        """The one line that says why it was refused; it has to be."""
        error = self.run(*arguments).exception
        assert isinstance(error, UserError), error
        assert error.status == 2
        assert "\n" not in str(error)
        return str(error)
