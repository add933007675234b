"""The Rasa model: trained when its inputs changed, found again by their fingerprint otherwise."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

from bot.supervisor.environment import PROJECT, RASA_PYTHON, rasa_environment
from core.settings import Settings

INPUTS = ("config.yml", "domain.yml", "domain", "data", "core/text", "bot/nlu")
KEPT_MODELS = 3
_LOG_TAIL = 15


class TrainingFailed(Exception):
    """Rasa could not train; the message says where the log is."""


def fingerprint(project: Path = PROJECT) -> str:
    """A digest of everything the model is made from: any change of a name or a byte changes it."""
    digest = hashlib.sha256()
    for path in _inputs(project):
        digest.update(f"{path.relative_to(project).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def model_path(settings: Settings, project: Path = PROJECT) -> Path:
    """Where the model of the present inputs is, or will be."""
    return (settings.home / "models" / f"zhiwen-{fingerprint(project)}.tar.gz").resolve()


def train(settings: Settings, rasa_python: Path = RASA_PYTHON, project: Path = PROJECT) -> Path:
    """Train the model of the present inputs, whether or not it is there. Blocks for as long as that takes.

    The model appears under its name only when it is complete. Raises TrainingFailed.
    """
    target = model_path(settings, project)
    drafts = target.parent / "drafts"
    drafts.mkdir(parents=True, exist_ok=True)
    log_path = (settings.home / "logs" / "train.log").resolve()
    log_path.parent.mkdir(parents=True, exist_ok=True)
    command = [str(rasa_python), "-m", "bot.nlu.server", "train", "--out", str(drafts)]
    command += ["--fixed-model-name", target.name.removesuffix(".tar.gz")]
    with open(log_path, "wb") as log:
        try:
            environment = rasa_environment(settings)
            code = subprocess.run(command, check=False, cwd=project, env=environment, stdout=log, stderr=subprocess.STDOUT).returncode
        except OSError as error:
            raise TrainingFailed(f"训练没有启动：找不到 {rasa_python}，请先执行 make setup") from error
    draft = drafts / target.name
    if code != 0 or not draft.is_file():
        raise TrainingFailed(f"训练失败（状态 {code}），日志在 {log_path}：\n{tail(log_path)}")
    draft.replace(target)
    _drop_old(target.parent)
    return target


def tail(path: Path, lines: int = _LOG_TAIL) -> str:
    """The last lines of a log, or an empty text."""
    if not path.is_file():
        return ""
    return "\n".join(path.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def _inputs(project: Path) -> list[Path]:
    found: list[Path] = []
    for name in INPUTS:
        path = project / name
        found += [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sorted(path for path in found if "__pycache__" not in path.parts)


def _drop_old(folder: Path) -> None:
    models = sorted(folder.glob("zhiwen-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in models[KEPT_MODELS:]:
        old.unlink()
