"""The figures as markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence

from benchmarks.knowledge import KnowledgeFigures
from benchmarks.turns import USERS, TurnFigures, median_of, ratio

MEDIAN_MS, P95_MS, RATIO, RESIDENT_BYTES, GROWTH = 80.0, 200.0, 2.0, 1_500_000_000, 0.05
"""The targets; growth is the share added between the first and the last look at the memory."""


def turns_table(figures: TurnFigures) -> list[str]:
    """A line a measure, ours and stock side by side."""
    alone, stock = figures.timings["ours", 1], figures.timings["stock", 1]
    lines = ["| a policy turn | ours | stock Rasa 3.6.21 | ratio | target | |", "| --- | ---: | ---: | ---: | --- | --- |"]
    for name, own, other, target in (
        ("median, 1 user", alone.median_ms, stock.median_ms, MEDIAN_MS),
        ("95th percentile, 1 user", alone.p95_ms, stock.p95_ms, P95_MS),
    ):
        lines.append(f"| {name} | {own:.1f} ms | {other:.1f} ms | {own / other:.2f} | < {target:.0f} ms | {_mark(own < target)} |")
    own, other = alone.processor_ms, stock.processor_ms
    lines.append(f"| processor time of all processes, 1 user | {own:.1f} ms | {other:.1f} ms | {own / other:.2f} | | |")
    for users in USERS:
        own, other = figures.timings["ours", users].per_second, figures.timings["stock", users].per_second
        times = ratio(figures, users)
        who = f"{users} user" + "s" * (users > 1)
        lines.append(f"| turns a second, {who} | {own:.1f} | {other:.1f} | **{times:.2f}** | ≥ {RATIO:.0f} × stock | {_mark(times >= RATIO)} |")
    counts = len(alone.turns)
    busy = f"{median_of(figures.others):.0%} (at most {max(figures.others):.0%})"
    lines += [
        "",
        f"{counts} turns of each at each number of users, in alternating rounds, {len(figures.questions)} questions. "
        f"Before the rounds others kept the processors {busy} busy.",
    ]
    return lines


def memory_table(figures: dict[int, dict[str, int]], stock: dict[str, int]) -> list[str]:
    """Resident memory by process and number of turns."""
    parts = list(next(iter(figures.values())))
    lines = ["| resident after | " + " | ".join(parts) + " |", "| --- |" + " ---: |" * len(parts)]
    lines += [f"| {turns:,} turns | " + " | ".join(_megabytes(figures[turns][part]) for part in parts) + " |" for turns in figures]
    first, last = (figures[turns]["sum"] for turns in (min(figures), max(figures)))
    growth = last / first - 1
    lines += [
        "",
        f"Sum below 1.5 GB: {_mark(last < RESIDENT_BYTES)}. Growth {growth:+.1%}: {_mark(growth < GROWTH)}. "
        f"Stock at the end: {_megabytes(sum(stock.values()))} ({', '.join(f'{name} {_megabytes(size)}' for name, size in stock.items())}).",
    ]
    return lines


def knowledge_table(figures: KnowledgeFigures) -> list[str]:
    """The parts alone."""
    rows = (
        (f"import, {figures.clauses} clauses with vectors", f"{figures.imported_per_second:.0f} clauses a second of processor time"),
        ("parsing of documents alone", f"{figures.parsed_per_second:.0f} clauses a second of processor time"),
        ("search, processor time", f"{figures.search_ms:.1f} ms a question"),
        ("search and answer, processor time", f"{figures.answer_ms:.1f} ms a question"),
        ("sentence vector alone, processor time", f"{figures.encode_ms:.1f} ms a question"),
        ("safety screen and masking, processor time", f"{figures.screen_ms:.1f} ms a message"),
    )
    return ["| part alone | |", "| --- | ---: |", *(f"| {name} | {value} |" for name, value in rows)]


def document(tables: Sequence[Sequence[str]]) -> str:
    """The whole report."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    machine = f"{os.cpu_count()} processors, Python {platform.python_version()}, load average at the end {load} (the benchmark's own included)."
    return "\n\n".join(["\n".join(table) for table in tables] + [machine]) + "\n"


def _mark(reached: bool) -> str:
    return "✓" if reached else "✗ missed"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"
