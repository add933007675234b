"""The documentation is complete and names nothing that is not there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli.main import COMMANDS, app
from core.settings import Settings

PROJECT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = sorted(path.relative_to(PROJECT).as_posix() for path in (*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")))

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_FILE = re.compile(r"(?<![\w/.-])(?:[\w.-]+/)+[\w.-]+\.(?:py|yml|yaml|json|jsonl|md|txt|in)\b")
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)", re.MULTILINE)
_TARGET = re.compile(r"^([a-z-]+):.*##", re.MULTILINE)


def read(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def code_in(text: str) -> str:
    """What stands between backticks: names in running text do not count as documentation."""
    return "\n".join(_CODE.findall(text))


def commands() -> Iterator[tuple[str, list[str]]]:
    """Each command as it is typed, with its options."""
    program = get_command(app)
    for name in COMMANDS:
        program.load(name)  # type: ignore[attr-defined]
    yield from _walk("zhiwen", program)


def _walk(name: str, command: object) -> Iterator[tuple[str, list[str]]]:
    children = getattr(command, "commands", {})
    for child, below in children.items():
        yield from _walk(f"{name} {child}", below)
    if not children:
        yield name, [option for parameter in command.params for option in parameter.opts if option.startswith("-")]  # type: ignore[attr-defined]


def help_options() -> list[str]:
    return list(get_command(app).context_settings["help_option_names"])


def requirements() -> list[str]:
    lists = [path.read_text(encoding="utf-8") for path in sorted((PROJECT / "requirements").glob("*.in"))]
    return sorted({name for text in lists for name in _REQUIREMENT.findall(text) if not name.startswith("-")})


def page_packages() -> list[str]:
    packages = [json.loads(read(f"web/{page}/package.json")) for page in ("chat", "desk")]
    return sorted({name for package in packages for name in (*package["dependencies"], *package["devDependencies"])})


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize(("command", "options"), list(commands()), ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_and_option_is_documented(readme: str, command: str, options: list[str]) -> None:
    documented = code_in(read(readme))

    assert command in documented
    assert [option for option in (*options, *help_options()) if not re.search(rf"(?<![\w-]){option}\b", documented)] == []


@pytest.mark.parametrize("readme", READMES)
def test_every_command_that_is_documented_exists(readme: str) -> None:
    known = [command for command, _ in commands()]
    named = set(re.findall(r"\bzhiwen(?: [a-z]+)+", code_in(read(readme))))

    assert sorted(name for name in named if name not in known) == []


@pytest.mark.parametrize("readme", READMES)
def test_every_setting_is_documented_and_no_other(readme: str) -> None:
    settings = {str(field.validation_alias) for field in Settings.model_fields.values()}
    documented = set(re.findall(r"`([A-Z][A-Z_]+)`", "\n".join(line for line in read(readme).splitlines() if line.startswith("| `"))))

    assert documented == settings


@pytest.mark.parametrize("readme", READMES)
def test_every_make_target_is_documented_and_no_other(readme: str) -> None:
    documented = set(re.findall(r"\bmake ([a-z-]+)", code_in(read(readme))))

    assert documented == set(_TARGET.findall(read("Makefile")))


@pytest.mark.parametrize("name", [*requirements(), *page_packages()])
def test_every_direct_dependency_has_its_line(name: str) -> None:
    line = next((line for line in read("docs/dependencies.md").splitlines() if line.startswith(f"| `{name}` |")), None)

    assert line is not None, f"docs/dependencies.md says nothing of {name}"
    assert all(cell.strip() for cell in line.strip("|").split("|"))
    assert line.count("|") == 5


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_to_files_that_are_there(name: str) -> None:
    folder = (PROJECT / name).parent
    targets = [link.partition("#")[0] for link in _LINK.findall(read(name)) if "://" not in link]

    assert [target for target in targets if target and not (folder / target).exists()] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_files_that_are_named_are_there(name: str) -> None:
    named = {path for code in _CODE.findall(read(name)) for path in _FILE.findall(code)}

    assert sorted(path for path in named if not (PROJECT / path).exists()) == []


def test_both_readmes_have_the_same_shape() -> None:
    english, chinese = (read(readme).splitlines() for readme in READMES)

    def shape(lines: list[str]) -> list[str]:
        return [line.split(" ")[0] for line in lines if line.startswith(("#", "```", "| "))]

    assert shape(english) == shape(chinese)
