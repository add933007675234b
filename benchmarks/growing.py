"""What benchmarks that grow their data have in common: each size alone in a process, times by two clocks, figures as a table."""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

Figures = TypeVar("Figures")
Result = TypeVar("Result")


@dataclass
class Times:
    """Milliseconds of each run, by the clock and of the processor."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def of(self, work: Callable[[], Result], *, counts: bool = True) -> Result:
        """Do some work; what only warms up does not count."""
        started, used = time.perf_counter(), time.process_time()
        result = work()
        if counts:
            self.clock.append(1000 * (time.perf_counter() - started))
            self.processor.append(1000 * (time.process_time() - used))
        return result


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """How long some work takes."""
    started = clock()
    work()
    return clock() - started


def percentile(values: Iterable[float], share: float = 0.95) -> float:
    """The value that so large a share of the others does not exceed."""
    ordered = sorted(values)
    return ordered[int(share * (len(ordered) - 1))]


def bytes_in(folder: Path) -> int:
    """What the files of a folder take up."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def in_own_process(work: Callable[..., Result], *arguments: Any) -> Result:
    """The result of a function of a module, in a process that has done nothing before."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as alone:
        return alone.submit(work, *arguments).result()


def rows_of(heads: Sequence[str], rows: Iterable[tuple[str, Callable[[Figures], str]]], figures: Sequence[Figures]) -> list[str]:
    """A Markdown table: a row for each name, a column for each of the figures."""
    lines = ["| | " + " | ".join(heads) + " |", "|---|" + "---:|" * len(figures)]
    return lines + [f"| {name} | " + " | ".join(show(each) for each in figures) + " |" for name, show in rows]


def tell(figures: Any) -> None:
    """Raw figures as a line of JSON on standard error."""
    print(json.dumps(figures), file=sys.stderr, flush=True)


def publish(lines: Iterable[str], out: Path | None) -> None:
    """Print the report, and write it to a file where one is named."""
    text = "\n".join(lines) + "\n"
    print(text)
    if out:
        out.write_text(text, encoding="utf-8")
