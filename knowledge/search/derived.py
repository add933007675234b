"""Features that are made of others: what a linear score over the others alone cannot say."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from knowledge.language.question import Question

Column = NDArray[np.float32]

DERIVED = ("dense_squared", "preamble_asked")
_OF_A_PREAMBLE = re.compile("为什么|为啥|为何|背景|目的|意义|形势|依据|根据|照着|目标|为了|初衷|由来|重要|看成|看待")
"""What is asked of a paper's opening: why there is one, on what it rests, how things stand."""
_NAMED_IN_A_PREAMBLE = frozenset({"NAME", "TITLE"})
"""… and what it decides on is called."""


def derived(question: Question, columns: Mapping[str, Column]) -> dict[str, Column]:
    """The columns named in `DERIVED`, each of shape `(clauses,)`, from columns of `features.FEATURES`.

    dense_squared   near sentences differ more than far ones do
    preamble_asked  whether the clause is the opening and the question asks what openings say
    """
    asked = np.float32(_OF_A_PREAMBLE.search(question.folded) is not None or not _NAMED_IN_A_PREAMBLE.isdisjoint(question.wants))
    return {"dense_squared": columns["dense"] ** 2, "preamble_asked": columns["preamble"] * asked}
