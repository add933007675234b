"""Checks on the whole pack that no single entry can make: `python -m knowledge.pack.validate`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from importlib.resources.abc import Traversable
from itertools import accumulate

from core.text.folding import fold
from knowledge.language.places import place_chain
from knowledge.pack.hotlines import Hotlines, digits, load_hotlines
from knowledge.pack.schema import PackEntry, PackInvalid, load_entries
from knowledge.pack.topics import REGIONS, TOPICS
from knowledge.validation import report

QUESTIONS = range(6, 13)
SCHOOL_QUESTIONS = range(1, 31)
"""A school writes as many as it likes, but one: without any, nobody finds the entry."""
ANSWER_CHARACTERS = 220
ANSWER_SENTENCES = 4
QUESTION_CHARACTERS = range(2, 31)
STEP_CHARACTERS = 60
WARNING_CHARACTERS = 120
EARLIEST_YEAR = 1949  # no rule that still binds is older
RESERVES = {"B": "核对", "C": "需核实"}
"""The word that a warning of an entry must hold, by the entry's confidence."""
TWIN_CHARACTERS = 4
"""From this length on a variant that stands whole in another entry's variant asks the same."""

_FACT_ID = re.compile(r"(T\d{2}-\d{2}|O-\d{2})")  # a fact, or a line of the list of outdated rules
_TELEPHONE = re.compile(r"(?<!\d)(?:12\d{3}|9[56]\d{3}|400-?\d{3}-?\d{4}|0\d{2,3}-?\d{7,8})(?!\d|\s*[元人名])")
_SENTENCE_END = re.compile(r"[。！？]")
_NOT_COMPARED = re.compile(r"[^\w]|_")

Problems = Iterator[str]
Check = Callable[[PackEntry], Problems]


def problems_of(entries: Sequence[PackEntry], hotlines: Hotlines, today: date) -> list[str]:
    """What is wrong with the pack, one line each, the entry first; empty when nothing is."""
    checks: tuple[Check, ...] = (
        _belongs_somewhere,
        _lengths,
        lambda entry: _dates(entry, today),
        _rests_on_something,
        lambda entry: _telephones(entry, hotlines),
    )
    found = [f"{entry.id}：{problem}" for entry in entries for check in checks for problem in check(entry)]
    return [*_repeated_ids(entries), *_repeated_questions(entries), *_contained_questions(entries), *found]


def question_key(question: str) -> str:
    """What makes two question variants the same: folded, without case, blanks and punctuation."""
    return _NOT_COMPARED.sub("", fold(question).lower())


def _repeated_ids(entries: Iterable[PackEntry]) -> Problems:
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            yield f"{entry.id}：编号重复"
        seen.add(entry.id)


def _repeated_questions(entries: Iterable[PackEntry]) -> Problems:
    owners: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        for question in entry.questions:
            owners[question_key(question)].append(entry.id)
    for key, ids in owners.items():
        if len(ids) > 1:
            yield f"{'、'.join(ids)}：问法重复：{key}"


def _contained_questions(entries: Iterable[PackEntry]) -> Problems:
    keys = [(question_key(question), entry.id) for entry in entries for question in entry.questions]
    whole = "\n".join(key for key, _ in keys)
    starts = list(accumulate((len(key) + 1 for key, _ in keys), initial=0))
    for key, owner in keys:
        if len(key) < TWIN_CHARACTERS:
            continue
        for match in re.finditer(re.escape(key), whole):
            longer, other = keys[bisect_right(starts, match.start()) - 1]
            if other != owner and longer != key:
                yield f"{owner}、{other}：问法互相包含：{key}／{longer}"


def _belongs_somewhere(entry: PackEntry) -> Problems:
    if entry.topic not in TOPICS:
        yield f"没有这个主题：{entry.topic}"
    if entry.region not in REGIONS and not (entry.school and place_chain(entry.region)):
        yield f"没有这个地区：{entry.region}"


def _lengths(entry: PackEntry) -> Problems:
    wanted = SCHOOL_QUESTIONS if entry.school else QUESTIONS
    if len(entry.questions) not in wanted:
        yield f"问法应有 {wanted.start}—{wanted.stop - 1} 种，现有 {len(entry.questions)} 种"
    if len(entry.answer) > ANSWER_CHARACTERS:
        yield f"答案超过 {ANSWER_CHARACTERS} 字：{len(entry.answer)}"
    if (sentences := len(_SENTENCE_END.findall(entry.answer))) not in range(1, ANSWER_SENTENCES + 1):
        yield f"答案应有 1—{ANSWER_SENTENCES} 句，现有 {sentences} 句"
    for question in entry.questions:
        if len(question) not in QUESTION_CHARACTERS:
            yield f"问法长短不合适：{question}"
    for kind, limit, texts in (("步骤", STEP_CHARACTERS, entry.steps), ("提醒", WARNING_CHARACTERS, entry.warnings)):
        yield from (f"{kind}超过 {limit} 字：{text}" for text in texts if len(text) > limit)


def _dates(entry: PackEntry, today: date) -> Problems:
    stated = [basis.date for basis in entry.basis if basis.date is not None]
    if entry.supersedes_belief is not None:
        stated.append(entry.supersedes_belief.since)
    for text in stated:
        if int(text[:4]) < EARLIEST_YEAR:
            yield f"日期太早：{text}"
    for text in (*stated, entry.checked_on):
        if text > today.isoformat()[: len(text)]:
            yield f"日期在今天之后：{text}"


def _rests_on_something(entry: PackEntry) -> Problems:
    if not entry.basis:
        yield "没有依据"
    if not entry.facts and not entry.school:
        yield "没有写明出自哪些事实"
    for fact in entry.facts:
        if not _FACT_ID.fullmatch(fact):
            yield f"事实编号写法不对：{fact}"
    for basis in entry.basis:
        if basis.date is None and entry.confidence != "C":
            yield f"依据没有日期：{basis.law}"
        if entry.confidence == "A" and not (basis.law.startswith("《") and basis.law.endswith("》")):
            yield f"A 类条目的依据要写法规全名《…》：{basis.law}"
    reserve = RESERVES.get(entry.confidence, "")
    if not any(reserve in warning for warning in entry.warnings) and reserve:
        yield f"{entry.confidence} 类条目要有一条提醒请人{reserve}"


def _telephones(entry: PackEntry, hotlines: Hotlines) -> Problems:
    for text in (entry.answer, *entry.steps, entry.decides, entry.varies or "", *entry.warnings):
        for number in _TELEPHONE.findall(text):
            if digits(number) in hotlines.forbidden:
                yield f"不得给出的号码：{number}"
            elif hotlines.line(number) is None and not entry.school:  # a school knows its own offices' numbers
                yield f"不在热线表里的号码：{number}"


def main(folder: Traversable | None = None) -> int:
    """Check the entries in `folder`, by default those of this package; 0 when they are sound, 2 when not."""

    def check(today: date) -> tuple[list[str], str]:
        entries = load_entries(folder)
        topics = {entry.topic for entry in entries}
        return problems_of(entries, load_hotlines(), today), f"知识条目 {len(entries)} 条，主题 {len(topics)} 个，没有问题。"

    return report(check, PackInvalid)


if __name__ == "__main__":
    raise SystemExit(main())
