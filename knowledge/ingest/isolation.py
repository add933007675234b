"""Files are read in a process of their own: whatever a file does to its reader, the one that asked goes on.

One child serves many files and is started again when it died or was stopped. It gets no setting of ours and no secret; it
gives back JSON, which is checked before it is believed. Limits of memory and time depend on what is to be done.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import weakref
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock, Timer
from time import monotonic
from typing import Any, get_args

import structlog

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts
from knowledge.ingest.readers.archives import Member
from knowledge.ingest.readers.sniffing import is_heavy
from knowledge.ingest.reading import storable
from knowledge.ingest.source_text import Format, Mark, MarkKind, SourceText

_log = structlog.get_logger(__name__)
MAX_BYTES = 128 * 1024 * 1024
"""Of one file; each kind has its own, lower limit in the readers."""
_MOST_ANSWERED = 256 * 1024 * 1024
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "OMP_NUM_THREADS")


@dataclass(frozen=True)
class Limits:
    """What reading one file may cost: bytes of address space, seconds of processor time, seconds by the clock."""

    memory: int
    cpu_seconds: int
    seconds: int


LIGHT = Limits(1024**3, 40, 90)
HEAVY = Limits(3 * 1024**3, 900, 900)
"""Text recognition: about 1.5 GiB of address space, several seconds a page."""


class IsolatedReader:
    """Reads files in its child process, one at a time. Safe to share between threads."""

    def __init__(self, light: Limits = LIGHT, heavy: Limits = HEAVY) -> None:
        self._light, self._heavy = light, heavy
        self._lock = Lock()
        self._abandoned = False
        self._child: subprocess.Popen[bytes] | None = None
        self._release: weakref.finalize[Any, IsolatedReader] | None = None

    def read(self, name: str, content: bytes) -> SourceText:
        """Read one document; raises DocumentRefused, also when the reader crashed or took too long."""
        answer = self._ask("read", name, content, "")
        try:
            return _source(answer["source"])
        except (KeyError, TypeError, ValueError) as error:
            raise DocumentRefused(texts.FAILED.format(name=name)) from error

    def transcribe(self, name: str, picture: bytes) -> list[str]:
        """The lines of text in a picture, none where nothing was recognised; raises DocumentRefused like `read`."""
        lines = self._ask("transcribe", name, picture, "").get("lines")
        if not isinstance(lines, list):
            raise DocumentRefused(texts.FAILED.format(name=name))
        return [storable(str(line)) for line in lines]

    def unpack(self, name: str, content: bytes, folder: Path) -> list[Member]:
        """Unpack an archive into an empty folder; raises DocumentRefused. Members are files named by number, never by the archive."""
        answer = self._ask("unpack", name, content, str(folder))
        return [Member(str(member["name"]), str(member["file"]), str(member["refused"])) for member in answer["members"]]

    def close(self) -> None:
        """Stop the child; the next file starts another."""
        with self._lock:
            self._stop()

    def abandon(self) -> None:
        """Stop the child at once, even in the middle of a file, and start none again: the process is about to end."""
        self._abandoned = True
        child = self._child
        if child is not None:
            child.kill()

    def _ask(self, task: str, name: str, content: bytes, folder: str) -> dict[str, Any]:
        if len(content) > MAX_BYTES:
            raise DocumentRefused(texts.TOO_LARGE.format(name=name, most=MAX_BYTES // 1024 // 1024))
        limits = self._heavy if is_heavy(content) else self._light
        request = {"task": task, "name": name, "size": len(content), "folder": folder, "memory": limits.memory, "seconds": limits.cpu_seconds}
        with self._lock:
            answer = self._patiently(json.dumps(request).encode("ascii") + b"\n" + content, limits)
        if answer is None or "failed" in answer:
            _log.error("reader_failed", file=name, error=answer["failed"] if answer else "crashed or out of time")
            raise DocumentRefused((texts.FAILED if answer else texts.TOO_HEAVY).format(name=name))
        if "refused" in answer:
            raise DocumentRefused(str(answer["refused"]))
        return answer

    def _patiently(self, request: bytes, limits: Limits) -> dict[str, Any] | None:
        """A child that has served others may have died before this request: then a fresh one is asked, once."""
        served = self._child is not None
        if self._abandoned:
            return None
        started = monotonic()
        answer = self._exchange(request, limits)
        if answer is None and served and not self._abandoned and monotonic() - started < limits.seconds / 2:
            answer = self._exchange(request, limits)
        return answer

    def _exchange(self, request: bytes, limits: Limits) -> dict[str, Any] | None:
        """One request and its answer; None when the child died over it or had to be stopped."""
        child = self._running()
        timer = Timer(limits.seconds, child.kill)
        timer.start()
        try:
            answer = _talk(child, request)
        finally:
            timer.cancel()
        if answer is None or "exhausted" in answer:
            self._stop()
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._stop()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "knowledge.ingest.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )
        self._release = weakref.finalize(self, _end, self._child)
        return self._child

    def _stop(self) -> None:
        if self._release is not None:
            self._release()
        self._child = self._release = None


@lru_cache(maxsize=1)
def shared_reader() -> IsolatedReader:
    """The process's reader: its child starts with the first file."""
    return IsolatedReader()


def _environment() -> dict[str, str]:
    """What the child needs to find its modules; no setting, no secret."""
    passed = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
    return passed | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONDONTWRITEBYTECODE": "1", "OMP_NUM_THREADS": "2"}


def _talk(child: subprocess.Popen[bytes], request: bytes) -> dict[str, Any] | None:
    if child.stdin is None or child.stdout is None:
        return None
    try:
        child.stdin.write(request)
        child.stdin.flush()
        length = int.from_bytes(child.stdout.read(8), "big")
        payload = child.stdout.read(length) if 0 < length <= _MOST_ANSWERED else b""
        answer = json.loads(payload) if len(payload) == length > 0 else None
    except (OSError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


def _end(child: subprocess.Popen[bytes]) -> None:
    child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            try:
                stream.close()
            except BrokenPipeError:  # what was still to be sent has nobody to read it
                continue


def _source(raw: dict[str, Any]) -> SourceText:
    """The answer as a SourceText; raises ValueError for one that is not what a reader gives."""
    text = raw["text"]
    if not isinstance(text, str) or "\x00" in text or raw["format"] not in get_args(Format):
        raise ValueError("no text")
    marks = tuple(Mark(mark["kind"], int(mark["start"]), int(mark["end"]), int(mark["level"]), str(mark["label"])) for mark in raw["marks"])
    if any(mark.kind not in get_args(MarkKind) or not 0 <= mark.start <= mark.end <= len(text) for mark in marks):
        raise ValueError("marks outside the text")
    notes = tuple(str(note) for note in raw["notes"])
    return SourceText(str(raw["name"]), text, raw["format"], str(raw["checksum"]), marks, notes, int(raw["removed_lines"]))
