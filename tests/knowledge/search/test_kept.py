"""Vectors that are computed once and kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.search.encoder import Vectors
from knowledge.search.kept import KeptVectors

TEXTS = ["三方协议", "报到证"]


class Computing:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Vectors:
        self.times += 1
        return np.arange(6, dtype=np.float32).reshape(2, 3) / 7


@pytest.fixture
def compute() -> Computing:
    return Computing()


def of(folder: Path | None, compute: Computing, texts: list[str] = TEXTS, model: str = "one") -> Vectors:
    return KeptVectors(folder).of("pack", model, texts, compute)


def test_what_was_computed_is_read_the_next_time_to_the_last_bit(tmp_path: Path, compute: Computing) -> None:
    first = of(tmp_path / "cache", compute)
    assert np.array_equal(of(tmp_path / "cache", compute), first)
    assert compute.times == 1


def test_without_a_folder_it_is_computed_every_time(compute: Computing) -> None:
    of(None, compute)
    of(None, compute)
    assert compute.times == 2


@pytest.mark.parametrize(("texts", "model"), [(["三方协议", "档案"], "one"), (TEXTS, "another")])
def test_other_texts_and_another_model_are_computed_and_take_the_place(tmp_path: Path, compute: Computing, texts: list[str], model: str) -> None:
    of(tmp_path, compute)
    of(tmp_path, compute, texts, model)
    assert compute.times == 2
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("damaged", [b"", b"\x93NUMPY", b"PK\x03\x04 no such thing", b"not an array at all"])
def test_a_damaged_file_is_made_anew(tmp_path: Path, compute: Computing, damaged: bytes) -> None:
    first = of(tmp_path, compute)
    (file,) = tmp_path.iterdir()
    file.write_bytes(damaged)
    assert np.array_equal(of(tmp_path, compute), first)
    assert np.array_equal(of(tmp_path, compute), first)
    assert compute.times == 2


def test_a_file_cut_short_is_made_anew(tmp_path: Path, compute: Computing) -> None:
    first = of(tmp_path, compute)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-4])
    assert np.array_equal(of(tmp_path, compute), first)


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path, compute: Computing) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert of(tmp_path / "cache", compute).shape == (2, 3)
