"""How well our own documents are answered from in each format, and what recognition costs: `python -m benchmarks.formats [FORMAT …]`."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from core.settings import Settings
from knowledge.ingest.readers import read_content
from knowledge.service import prepare
from tests.knowledge.formats.builder import FORMS, Form, papers
from tests.knowledge.formats.measuring import Result, measure, share


def main(names: list[str]) -> None:
    """Print a table of all formats, or of those named, then every question that was missed."""
    missed: list[tuple[str, Result]] = []
    print("| format | questions | first citation | within three | bound | seconds a document |\n| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        prepare(Settings(home=home))
        for name in names or list(FORMS):
            form = FORMS[name]
            store = Path(folder) / name
            store.mkdir()
            results = measure(form, store, home)
            missed += [(name, result) for result in results if result.place != 1]
            print(
                f"| {name} | {len(results)} | {share(results):.3f} | {share(results, 3):.3f} | {form.bound:.2f} | {_reading_time(form):.2f} |",
                flush=True,
            )
    print(f"\nLargest size of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    for name, result in missed:
        first = result.answer.citations[0] if result.answer.citations else None
        print(f"\n{name}: {result.asked.question}\n  wanted {result.asked.gold_span}, found in place {result.place}, {result.answer.outcome}")
        print(f"  {first.source} {first.clause}: {first.quote[:120]}" if first else "  nothing cited")


def _reading_time(form: Form) -> float:
    """Processor seconds to read one document, the mean over three."""
    made = [(f"{paper.name}{form.suffix}", form.make(paper)) for paper in papers() if paper.tables][:3]
    start = time.process_time()
    for name, content in made:
        read_content(name, content)
    return (time.process_time() - start) / len(made)


if __name__ == "__main__":
    main(sys.argv[1:])
