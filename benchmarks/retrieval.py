"""Retrieval on public Chinese texts against BM25 baselines in the same run.

    python -m benchmarks.retrieval [--public FOLDER] [--sources FOLDER]

Three sets, as far as they are there: `covid_policy` (notices of 2020 and questions about them), `drcd` (traditional texts, asked in
simplified script) and `stard_labour` (laypeople's questions of labour law and the articles that decide them). The first two are
ranked by `general_ranker`, weights learned by five-fold cross-validation over the questions and, beside it, on the other set; the
third by the product's own search over the statutes' texts under `--sources`, nothing learned on it. nDCG@10, first hit, recall@10.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.general_ranker import Bm25, Candidates, Collection, folded, learn
from benchmarks.ranking.rows import Judge
from core.text.folding import fold
from core.text.segmentation import words
from knowledge.language.question import analyse
from knowledge.search.articles import article_of, law_name
from knowledge.search.encoder import default_encoder
from knowledge.search.pointers import pointers_from
from knowledge.search.ranking import search
from knowledge.search.terms import bigrams, index_terms

FOLDS = 5
DEPTH = 10
Tokens = Callable[[str], Sequence[str]]
BASELINES: dict[str, Tokens] = {"BM25 jieba": lambda text: list(words(text)), "BM25 bigrams": bigrams, "BM25 both": index_terms}
_ARTICLE = re.compile(r"(?m)^\s*(第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)\s")


@dataclass(frozen=True)
class Task:
    """Texts by their names, and questions with the names of the texts that are relevant."""

    texts: dict[str, str]
    questions: list[tuple[str, frozenset[str]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--public", type=Path, default=Path("../shared/eval/public"))
    parser.add_argument("--sources", type=Path, default=Path("../shared/sources"))
    arguments = parser.parse_args()
    covid = arguments.public / "covid_policy" / "with_context_train.jsonl"
    drcd = arguments.public / "drcd" / "DRCD_dev.json"
    tasks = {path.parent.name: read(path) for path, read in ((covid, read_covid), (drcd, read_drcd)) if _there(path)}
    ranked: dict[str, list[Candidates]] = {}
    for name, task in tasks.items():
        _baselines(name, task)
        ranked[name] = _candidates(task)
        _tell(name, "general ranker, cross-validated", _cross_validated(ranked[name]))
    for name, rows in ranked.items():
        for other, others in ranked.items():
            if other != name:
                weights = learn(others)
                _tell(name, f"general ranker, learned on {other}", [_measures(row, row.values @ weights) for row in rows])
    labour = arguments.public / "stard_labour" / "labour_subset.json"
    if _there(labour) and _there(arguments.sources):
        folders = [arguments.sources / part for part in ("policies", "laws_cn", "laws_extra")]
        statutes = read_statutes(labour, folders)
        _baselines("stard_labour", statutes)
        _tell("stard_labour", "the product's search", _searched(statutes, folders))


def _there(path: Path) -> bool:
    if not path.exists():
        print(f"{path} is not here: left out")
    return path.exists()


def read_covid(path: Path) -> Task:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return Task({row["docid"]: row["context"] for row in rows}, [(row["question"], frozenset({row["docid"]})) for row in rows])


def read_drcd(path: Path) -> Task:
    """The paragraphs as printed, the questions in simplified script."""
    paragraphs = [part for article in json.loads(path.read_text(encoding="utf-8"))["data"] for part in article["paragraphs"]]
    return Task(
        {part["id"]: part["context"] for part in paragraphs},
        [(fold(asked["question"]), frozenset({part["id"]})) for part in paragraphs for asked in part["qas"]],
    )


def read_statutes(path: Path, folders: Iterable[Path]) -> Task:
    """Articles by law and number; relevant articles whose law is not among the sources are left out, and questions left without any."""
    texts: dict[str, str] = {}
    for file in (file for folder in folders for file in sorted(folder.iterdir())):
        head, _, body = file.read_text(encoding="utf-8").partition("<!-- INFO END -->")
        title = re.match(r"#\s*(.+)", head)
        pieces = _ARTICLE.split(body)
        if title:
            texts |= {
                law_name(title.group(1)) + number: text.split("\n#")[0].strip() for number, text in zip(pieces[1::2], pieces[2::2], strict=True)
            }
    asked = [(row["question"], frozenset(map(law_name, row["articles"])) & texts.keys()) for row in json.loads(path.read_text(encoding="utf-8"))]
    return Task(texts, [(question, frozenset(relevant)) for question, relevant in asked if relevant])


def _baselines(name: str, task: Task) -> None:
    number = {text: place for place, text in enumerate(task.texts)}
    for label, tokens in BASELINES.items():
        for script, prepare in (("as printed", str), ("folded", folded)):
            index = Bm25([tokens(prepare(text)) or ["∅"] for text in task.texts.values()])
            rows = []
            for question, relevant in task.questions:
                known = np.zeros(len(number))
                known[[number[text] for text in relevant]] = 1
                rows.append(_ranked(known, index.scores(tokens(prepare(question))), len(relevant)))
            _tell(name, f"{label}, {script}", rows)


def _candidates(task: Task) -> list[Candidates]:
    number = {text: place for place, text in enumerate(task.texts)}
    collection = Collection(list(task.texts.values()), default_encoder())
    return [collection.candidates(question, frozenset(number[text] for text in relevant)) for question, relevant in task.questions]


def _cross_validated(rows: Sequence[Candidates]) -> list[tuple[float, float, float]]:
    fold_of = np.random.RandomState(0).randint(0, FOLDS, len(rows))
    weights = [learn([row for row, own in zip(rows, fold_of, strict=True) if own != held]) for held in range(FOLDS)]
    return [_measures(row, row.values @ weights[own]) for row, own in zip(rows, fold_of, strict=True)]


def _searched(task: Task, folders: Sequence[Path]) -> list[tuple[float, float, float]]:
    """The articles in the order of their best clauses."""
    judge = Judge(folders)
    rows = []
    for text, relevant in task.questions:
        question = analyse(text, 2026)
        entries = judge.pack.search(question, judge.encoder.encode([question.folded])[0])
        found = search(judge.library, question, judge.encoder, entries[0].score, most=10 * DEPTH, pointers=pointers_from(entries))
        articles = dict.fromkeys("".join(article) for hit in found.hits if (article := article_of(hit.entry)))
        known = np.array([float(article in relevant) for article in articles] or [0.0])
        rows.append(_ranked(known, -np.arange(len(known), dtype=float), len(relevant)))
    return rows


def _measures(row: Candidates, scores: np.ndarray) -> tuple[float, float, float]:
    return _ranked(row.relevant, scores, row.total)


def _ranked(relevant: np.ndarray, scores: np.ndarray, total: int) -> tuple[float, float, float]:
    """nDCG@10, whether the first is relevant, recall@10 of one question."""
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    gains = relevant[order]
    discounts = 1 / np.log2(np.arange(DEPTH) + 2)
    return float(gains @ discounts[: len(gains)] / discounts[: min(total, DEPTH)].sum()), float(gains[0]), float(gains.sum() / total)


def _tell(name: str, label: str, rows: Sequence[tuple[float, float, float]]) -> None:
    ndcg, first, recall = 100 * np.mean(rows, axis=0)
    print(f"{name} ({len(rows)} questions) {label}: nDCG@10 {ndcg:.1f}, first {first:.1f}, recall@10 {recall:.1f}", flush=True)


if __name__ == "__main__":
    main()
