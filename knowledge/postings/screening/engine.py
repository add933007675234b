"""Finds what the rules forbid: sentence by sentence, rule by rule, each match against what makes it lawful.

Then pay that the salary field contradicts, and clauses that no rule found and that resemble what is forbidden.
A sentence ends at 。；！？ or a line break. Matching goes over its folded form (full width, traditional script and blanks
between letters hide nothing); the phrase is cut from the text as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.text.folding import FoldedText, fold, fold_with_offsets
from knowledge.postings.record import PostingFields
from knowledge.postings.screening.finding import Finding
from knowledge.postings.screening.likeness import LEAST_CLAUSE, resembles
from knowledge.postings.screening.pay import contradicted
from knowledge.postings.screening.rules import Patterns, Rule, RuleSet, Unless, rule_sets

_SENTENCE_ENDS = re.compile(r"[。;!?\n]")
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)\b[^<>\n]{0,300}>")
_BLOCKS = frozenset({"br", "p", "div", "li", "ul", "ol", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section"})
_LINES = re.compile(r"[^\r\n]+")
_CLAUSE_END = re.compile(r"[,:。;!?、]")
_CLAUSE = re.compile(r"[^,。;!?\n]+")
_REACH = 40
"""How many characters before and after a match are looked at for what makes it lawful."""
_CLOSE = 4
"""Characters between two matches of a kind that make them one phrase."""
_SHORT_FIELDS = frozenset({"title", "salary", "education", "majors", "cohort", "contact"})
"""Fields that hold names and numbers, where rules alone can tell a condition."""
_FAR_FROM_SALARY = "正文所写的收入与标示的薪资相差悬殊，需人工核对"
_RESEMBLES = "写法与常见的违规表述相近，需人工核对："


@dataclass(frozen=True)
class _Sentence:
    """A stretch of a folded text, with its place in it."""

    folded: FoldedText
    start: int
    text: str

    def printed(self, start: int, end: int) -> str:
        return self.folded.printed_span(self.start + start, self.start + end)


@dataclass(frozen=True)
class _Match:
    """What was found in a sentence, and where."""

    rules: RuleSet
    start: int
    end: int
    certain: bool
    reason: str


@dataclass(frozen=True)
class _Posting:
    """What the rest of a posting says: its title folded, its salary as written."""

    title: str
    salary: str
    likeness: bool = True
    """Whether clauses that no rule found are compared with what is forbidden."""


def screen(fields: PostingFields) -> list[Finding]:
    """What the rules forbid in a posting, field by field in the order of the form; empty when there is nothing."""
    return screen_texts(_texts(fields), fields.title)


def screen_texts(texts: Mapping[str, str], title: str = "", *, likeness: bool = True) -> list[Finding]:
    """The same for bare texts: the name of a field → what is written there; without `likeness` by the rules alone.

    >>> [finding.phrase for finding in screen_texts({"description": "工作 5 天，限男 生。"})]
    ['限男 生']
    """
    posting = _Posting(fold(title), texts.get("salary", ""), likeness)
    return [finding for field, text in texts.items() if text for finding in _in_field(field, text, posting)]


def _texts(fields: PostingFields) -> dict[str, str]:
    named = {
        "title": fields.title,
        "salary": fields.salary.text,
        "education": fields.education_text,
        "majors": fields.majors_text,
        "cohort": fields.cohorts.text,
        "description": fields.description,
        "benefits": fields.benefits,
        "contact": fields.contact,
    }
    return {**named, **{name: text for name, text in fields.extra.items() if name not in named}}


def _in_field(field: str, text: str, posting: _Posting) -> Iterator[Finding]:
    """Lines that hold nothing, nearly all, are folded as a whole only; the way back to the print is found where it is needed."""
    plain = _TAG.sub(_blanked, text)
    for match in _LINES.finditer(plain):
        line = match.group()
        if next(_in_line(field, FoldedText(line, fold(line).replace(" ", "")), posting), None):
            exact = fold_with_offsets(line).printed_as(text[match.start() : match.end()])
            yield from (_finding(field, *found) for found in _in_line(field, exact, posting))


def _blanked(tag: re.Match[str]) -> str:
    """As many blanks as the tag has letters, so that places stay; a tag that begins a new line on the page ends the line."""
    return ("\n" if tag.group(1).lower() in _BLOCKS else " ") + " " * (len(tag.group()) - 1)


def _in_line(field: str, line: FoldedText, posting: _Posting) -> Iterator[tuple[_Sentence, _Match]]:
    sentences = list(_sentences(line))
    by_rules = {sentence: list(_by_rules(field, sentence.text, posting)) for sentence in sentences}
    for rules in rule_sets():
        yield from ((sentence, match) for sentence in sentences for match in by_rules[sentence] if match.rules is rules)
    if field not in _SHORT_FIELDS:
        yield from ((sentence, match) for sentence in sentences for match in _besides_rules(sentence.text, by_rules[sentence], posting))


def _by_rules(field: str, text: str, posting: _Posting) -> Iterator[_Match]:
    for rules in rule_sets():
        if rules.gate.search(text):
            found = [(start, end, rule) for rule in rules.rules for start, end in _matches(rules, rule, field, text, posting.title)]
            yield from (_Match(rules, start, end, rule.certain, rule.reason) for start, end, rule in _widest(text, found))


def _besides_rules(text: str, found: Sequence[_Match], posting: _Posting) -> Iterator[_Match]:
    """What no rule of the sentence found: a sum that the salary contradicts, then clauses that resemble what is forbidden."""
    pay = next(rules for rules in rule_sets() if rules.kind == "false_salary")
    far = (
        []
        if any(match.rules is pay for match in found)
        else [_Match(pay, *span, False, _FAR_FROM_SALARY) for span in contradicted(posting.salary, text)]
    )
    yield from far
    if not posting.likeness:
        return
    taken = [(match.start, match.end) for match in (*found, *far)]
    for clause in _CLAUSE.finditer(text):
        start, end = clause.span()
        if end - start >= LEAST_CLAUSE and not _touches(taken, start, end):
            yield from _resembling((start, end), text, found, posting, beside_finding=_touches(taken, start - 2, end + 2))


def _touches(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in taken)


def _resembling(span: tuple[int, int], text: str, found: Sequence[_Match], posting: _Posting, *, beside_finding: bool) -> Iterator[_Match]:
    kind = resembles(text[slice(*span)], beside_finding=beside_finding)
    for rules in rule_sets():
        if rules.kind == kind and not any(match.rules is rules for match in found) and not _lawful(rules.unless, text, span, posting.title):
            yield _Match(rules, *span, False, _RESEMBLES + rules.rules[0].reason)


def _finding(field: str, sentence: _Sentence, match: _Match) -> Finding:
    return Finding(match.rules.kind, sentence.printed(match.start, match.end), field, match.certain, match.reason, match.rules.laws)


def _sentences(folded: FoldedText) -> Iterator[_Sentence]:
    ends = [match.end() for match in _SENTENCE_ENDS.finditer(folded.text)]
    for start, end in pairwise([0, *ends, len(folded.text)]):
        if start < end:
            yield _Sentence(folded, start, folded.text[start:end])


def _matches(rules: RuleSet, rule: Rule, field: str, text: str, title: str) -> Iterator[tuple[int, int]]:
    if rule.fields and field not in rule.fields:
        return
    for pattern in rule.patterns:
        for match in pattern.finditer(text):
            span = match.span("phrase") if "phrase" in pattern.groupindex else match.span()
            if not any(_lawful(unless, text, span, title) for unless in (rules.unless, rule.unless)):
                yield span


def _lawful(unless: Unless, text: str, span: tuple[int, int], title: str) -> bool:
    start, end = span
    return (
        any(_overlaps(exception, text, span) for exception in unless.inside)
        or _any_search(unless.before, text[max(0, start - _REACH) : start])
        or any(exception.match(text, end) for exception in unless.after)
        or _any_search(unless.sentence, text)
        or _any_search(unless.posting, title)
    )


def _overlaps(exception: re.Pattern[str], text: str, span: tuple[int, int]) -> bool:
    return any(match.start() < span[1] and match.end() > span[0] for match in exception.finditer(text, max(0, span[0] - _REACH), span[1] + _REACH))


def _any_search(patterns: Patterns, text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _widest(text: str, found: Iterable[tuple[int, int, Rule]]) -> Iterator[tuple[int, int, Rule]]:
    """Matches that overlap or stand close together in one clause are one; the surest rule gives the reason."""
    merged: list[tuple[int, int, Rule]] = []
    for start, end, rule in sorted(found, key=lambda one: one[:2]):
        if merged and _one(text[merged[-1][1] : start]):
            first, last, known = merged[-1]
            merged[-1] = (first, max(last, end), rule if rule.certain and not known.certain else known)
        else:
            merged.append((start, end, rule))
    yield from merged


def _one(between: str) -> bool:
    return len(between) <= _CLOSE and not _CLAUSE_END.search(between)
