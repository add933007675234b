"""The process that reads files: `python -m knowledge.ingest.worker`, started by knowledge/ingest/isolation.py and by nothing else.

Requests come on standard input, one JSON line followed by as many bytes as it says; each answer is eight bytes of length and
JSON. Before a file is touched the process gives up what it does not need: memory, processor time and file sizes above the limits.
"""

from __future__ import annotations

import json
import os
import resource
import select
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts
from knowledge.ingest.readers import read_content
from knowledge.ingest.readers.archives import unpack

_STATM = Path("/proc/self/statm")
MAX_FILE = 256 * 1024 * 1024
IDLE_SECONDS = 300
"""A child that nobody has asked for so long ends and gives its memory back; the next file starts another."""
_RECURSION = 2_000


def main() -> None:
    """Answer requests until standard input ends or nothing has come for a while."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    sys.setrecursionlimit(_RECURSION)
    _lower(resource.RLIMIT_FSIZE, MAX_FILE)
    _lower(resource.RLIMIT_CORE, 0)
    while select.select([0], [], [], IDLE_SECONDS)[0] and (line := requests.readline()):
        request = json.loads(line)
        answer = _answer(request, requests.read(request["size"]))
        _send(answers, answer)
        if "exhausted" in answer:
            return  # what is left of the process after running out of memory cannot be relied on


def _answer(request: dict[str, Any], content: bytes) -> dict[str, Any]:
    _limit(request["memory"], request["seconds"])
    try:
        if request["task"] == "unpack":
            return {"members": [asdict(member) for member in unpack(request["name"], content, Path(request["folder"]))]}
        if request["task"] == "transcribe":
            return {"lines": _transcribe(request["name"], content)}
        source = read_content(request["name"], content)
        return {"source": asdict(source)}
    except DocumentRefused as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"exhausted": True, "refused": texts.TOO_HEAVY.format(name=request["name"])}
    except Exception as error:  # a reader's own fault: told to the parent, which logs it and refuses the file
        return {"failed": f"{type(error).__module__}.{type(error).__qualname__}"}


def _transcribe(name: str, content: bytes) -> list[str]:
    """Imported when first asked for: the recogniser is large."""
    from knowledge.ingest.readers.transcript import transcribe

    return transcribe(name, content)


def _limit(memory: int, seconds: int) -> None:
    """`memory` bytes of address space and `seconds` of processor time above what is used by now."""
    with suppress(OSError, ValueError):  # systems without /proc have no such limit of address space either
        used = int(_STATM.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        _soften(resource.RLIMIT_AS, used + memory)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _soften(resource.RLIMIT_CPU, int(usage.ru_utime + usage.ru_stime) + seconds + 1)


def _soften(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    resource.setrlimit(which, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _lower(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (value, value))


def _send(answers: BinaryIO, answer: dict[str, Any]) -> None:
    payload = json.dumps(answer).encode("ascii")
    answers.write(len(payload).to_bytes(8, "big") + payload)
    answers.flush()


if __name__ == "__main__":
    main()
