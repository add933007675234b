"""`make bench`: what a turn costs, what memory it takes, how fast documents come in; against stock Rasa in the same run.

    python -m benchmarks.run [--quick] [--out REPORT.md] [--only turns,memory,knowledge]

Both systems run on this machine alone (loopback), on ports and in folders of their own, and are stopped at the end.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks import ours, report, stock
from benchmarks.documents import real_documents, write_documents
from benchmarks.knowledge import measure_knowledge
from benchmarks.load import TurnFailed
from benchmarks.memory import STEPS, measure_memory
from benchmarks.processes import PROJECT, NotStarted, resident_bytes
from benchmarks.turns import common_questions, measure_turns

CACHE = PROJECT / "var" / "bench"
_PARTS = ("turns", "memory", "knowledge")


def main() -> None:
    """Measures, prints the tables and writes them to `--out`."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="zhiwen-bench-") as folder:
        try:
            text = report.document(_measure(Path(folder), options))
        except (NotStarted, TurnFailed) as error:
            sys.exit(f"benchmark: {error}")
    print(f"\n{text}")
    if options.out:
        options.out.write_text(text, encoding="utf-8")


def _measure(folder: Path, options: argparse.Namespace) -> list[list[str]]:
    documents = [*write_documents(folder / "documents"), *real_documents()]
    tables = []
    if "knowledge" in options.only:
        _say("parts alone")
        tables.append(_shown(report.knowledge_table(measure_knowledge(folder / "alone", documents, 1 if options.quick else 4))))
    if {"turns", "memory"}.intersection(options.only):
        tables = [*_measure_systems(folder, documents, options), *tables]
    return tables


def _measure_systems(folder: Path, documents: list[Path], options: argparse.Namespace) -> list[list[str]]:
    tables = []
    with ExitStack() as stack:
        _say("stock Rasa: training at the first run, then starting")
        baseline = stack.enter_context(stock.running(CACHE, CACHE / "logs"))
        _say("our system: starting")
        own = stack.enter_context(ours.running(folder / "home", documents))
        if "turns" in options.only:
            _say("turns")
            tables.append(_shown(report.turns_table(measure_turns(own, baseline, 40 if options.quick else 200))))
        if "memory" in options.only:
            _say("memory")
            steps = (20, 50, 100) if options.quick else STEPS
            figures = measure_memory(own, common_questions(own, baseline), steps)
            rest = {name: resident_bytes(processes) for name, processes in baseline.processes().items()}
            tables.append(_shown(report.memory_table(figures, rest)))
    return tables


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description="Benchmarks against stock Rasa.")
    parser.add_argument("--quick", action="store_true", help="few turns: to see that it runs, not for figures")
    parser.add_argument("--out", type=Path, help="write the report, as markdown, to this file too")
    parser.add_argument("--only", type=_parts, default=_PARTS, help="some of turns,memory,knowledge")
    return parser.parse_args()


def _parts(text: str) -> tuple[str, ...]:
    chosen = tuple(text.split(","))
    if not set(chosen) <= set(_PARTS):
        raise argparse.ArgumentTypeError(f"choose among {','.join(_PARTS)}")
    return chosen


def _shown(table: list[str]) -> list[str]:
    """The table, shown as soon as it is there: the next one takes minutes."""
    print("\n".join([*table, ""]), file=sys.stderr, flush=True)
    return table


def _say(what: str) -> None:
    print(f"▸ {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
