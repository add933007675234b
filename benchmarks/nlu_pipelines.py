"""Compares intent classifiers on SMP2017 (train → develop) and on a routing set (data/nlu → rows with `intent`).

Runs in Rasa's environment (Python 3.10), from the project's folder:

    python -m benchmarks.nlu_pipelines --smp2017 DIR --routing FILE [--skip-diet] [--out TABLE.md]

DIR holds `train.tsv` and `develop.tsv` (text, tab, intent); FILE is JSONL with `text`, `intent`, perhaps
`alt_intents`, and `context`, which leaves the row out, for one parse cannot show what earlier turns mean.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rasa.shared.importers.utils import training_data_from_paths
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from bot.nlu.features import Question, sentence_encoder
from bot.nlu.intent_classifier import IntentModel
from core.text.folding import fold
from core.text.segmentation import words

Classify = Callable[[str], str]


@dataclass(frozen=True)
class Row:
    """A text and the intents that count as right, the labelled one first."""

    text: str
    intents: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """What one pipeline reached on one set."""

    accuracy: float
    macro_f1: float
    train_seconds: float
    parse_milliseconds: float


def main() -> int:
    """Prints the table in Markdown, and writes it where `--out` says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--smp2017", type=Path, required=True)
    parser.add_argument("--routing", type=Path, required=True)
    parser.add_argument("--nlu", type=Path, default=Path("data/nlu"))
    parser.add_argument("--skip-diet", action="store_true", help="leave out the slow one")
    parser.add_argument("--diet-epochs", type=int, default=100)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    sentence_encoder().encode(["你好"])
    pipelines: dict[str, Callable[[Sequence[Row]], Classify]] = {
        "jieba words, logistic regression": _train_words,
        "character 1–3-grams, logistic regression": _train_characters,
        "USE, logistic regression": _train_vectors,
        "characters + words + USE (ours)": _train_ours,
    }
    if not arguments.skip_diet:
        pipelines["JiebaTokenizer + CountVectors + DIET"] = lambda rows: _train_diet(rows, arguments.diet_epochs)
    lines = [
        "| classifier | SMP2017 accuracy | macro-F1 | training s | parse ms | routing accuracy | macro-F1 | training s |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    smp = _smp_rows(arguments.smp2017 / "train.tsv"), _smp_rows(arguments.smp2017 / "develop.tsv")
    routing = _nlu_rows(arguments.nlu), _routing_rows(arguments.routing)
    for name, train in pipelines.items():
        first, second = _measure(train, *smp), _measure(train, *routing)
        lines.append(
            f"| {name} | {first.accuracy:.1%} | {first.macro_f1:.1%} | {first.train_seconds:.1f} "
            f"| {first.parse_milliseconds:.1f} | {second.accuracy:.1%} | {second.macro_f1:.1%} "
            f"| {second.train_seconds:.1f} |"
        )
        print("\n".join(lines), flush=True)
        if arguments.out:
            arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def _measure(train: Callable[[Sequence[Row]], Classify], known: Sequence[Row], unseen: Sequence[Row]) -> Result:
    started = time.perf_counter()
    classify = train(known)
    trained = time.perf_counter()
    predicted = [classify(row.text) for row in unseen]
    parse = (time.perf_counter() - trained) / len(unseen)
    truth = [p if p in row.intents else row.intents[0] for p, row in zip(predicted, unseen, strict=False)]
    hits = [p in row.intents for p, row in zip(predicted, unseen, strict=False)]
    return Result(
        float(np.mean(hits)),
        float(f1_score(truth, predicted, average="macro", labels=sorted(set(truth)), zero_division=0)),
        trained - started,
        parse * 1000,
    )


def _smp_rows(path: Path) -> list[Row]:
    pairs = [line.rsplit("\t", 1) for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line]
    return [Row(text, (intent,)) for text, intent in pairs]


def _nlu_rows(folder: Path) -> list[Row]:
    examples = training_data_from_paths([str(folder)], "zh").intent_examples
    return [Row(example.get("text"), (example.get("intent"),)) for example in examples]


def _routing_rows(path: Path) -> list[Row]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Row(r["text"], (r["intent"], *r.get("alt_intents", []))) for r in rows if not r.get("context")]


def _question(text: str) -> Question:
    folded = fold(text)
    return Question(folded, tuple(words(folded)))


def _regression(rows: Sequence[Row], matrix: Any) -> LogisticRegression:
    regression = LogisticRegression(C=20.0, solver="liblinear", dual=True, max_iter=1000, random_state=1)
    return regression.fit(matrix, [row.intents[0] for row in rows])


def _train_tfidf(rows: Sequence[Row], vectorizer: TfidfVectorizer) -> Classify:
    regression = _regression(rows, vectorizer.fit_transform([fold(row.text) for row in rows]))
    return lambda text: str(regression.predict(vectorizer.transform([fold(text)]))[0])


def _train_words(rows: Sequence[Row]) -> Classify:
    return _train_tfidf(rows, TfidfVectorizer(analyzer=words, sublinear_tf=True))


def _train_characters(rows: Sequence[Row]) -> Classify:
    return _train_tfidf(rows, TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True))


def _train_vectors(rows: Sequence[Row]) -> Classify:
    encoder = sentence_encoder()
    vectors = np.asarray(encoder.encode([fold(row.text) for row in rows]))
    centre = vectors.mean(axis=0)
    regression = _regression(rows, _unit(vectors - centre))
    return lambda text: str(regression.predict(_unit(np.asarray(encoder.encode([fold(text)])) - centre))[0])


def _unit(vectors: Any) -> Any:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def _train_ours(rows: Sequence[Row]) -> Classify:
    model = IntentModel.train([_question(row.text) for row in rows], [row.intents[0] for row in rows], 20.0, 1000)
    return lambda text: str(model.rankings([_question(text)])[0][0]["name"])


def _train_diet(rows: Sequence[Row], epochs: int) -> Classify:
    """Rasa's own pipeline, trained and run by Rasa's own engine (imported here: it brings TensorFlow)."""
    from rasa.engine.graph import ExecutionContext, GraphSchema
    from rasa.engine.storage.local_model_storage import LocalModelStorage
    from rasa.engine.storage.resource import Resource
    from rasa.nlu.classifiers.diet_classifier import DIETClassifier
    from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
    from rasa.nlu.tokenizers.jieba_tokenizer import JiebaTokenizer
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    context = ExecutionContext(GraphSchema({}), "benchmark", node_name="diet")
    storage = LocalModelStorage(Path(tempfile.mkdtemp(prefix="diet-")))

    def build(component: Any, name: str, **settings: Any) -> Any:
        return component.create({**component.get_default_config(), **settings}, storage, Resource(name), context)

    tokenizer = build(JiebaTokenizer, "tokenizer")
    featurizers = [
        build(CountVectorsFeaturizer, "words"),
        build(CountVectorsFeaturizer, "characters", analyzer="char_wb", min_ngram=1, max_ngram=4),
    ]
    diet = build(DIETClassifier, "diet", epochs=epochs, constrain_similarities=True, entity_recognition=False)
    examples = [Message.build(text=row.text, intent=row.intents[0]) for row in rows]
    data = tokenizer.process_training_data(TrainingData(examples))
    for featurizer in featurizers:
        featurizer.train(data)
        data = featurizer.process_training_data(data)
    diet.train(data)

    def classify(text: str) -> str:
        messages = tokenizer.process([Message.build(text=text)])
        for featurizer in featurizers:
            messages = featurizer.process(messages)
        return str(diet.process(messages)[0].get("intent")["name"])

    return classify


if __name__ == "__main__":
    raise SystemExit(main())
