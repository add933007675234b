"""Short follow-ups: “那福建呢”, “几月到几月”, “具体要多少家” are completed by the question before them."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.language.question import Question, analyse
from knowledge.language.whereabouts import only_places, without_places

_FILLERS = re.compile("^(?:那么|那|还有|再问(?:一下)?|另外|具体(?:是)?|这个|那个|它|请问)+|(?:呢|啊|呀|吗|吧)?[?？。!！]*$")

_ASKED = re.compile(
    "(?:是|在|从|要|需要?|应该?|得|必须)?(?:走访|举办|发放|完成|达到|给|发|办)?(?:什么时候|何时|哪天|几月(?:几[日号])?(?:到几月)?|多少|几[家场次个项类]|多久|多长时间|哪些人|谁)"
    "[家场次个元块项类人]?[\u4e00-\u9fff]{0,4}[?？]?$"
)
"""What the previous question asked for, at its end: not what a follow-up that asks for something else is about."""


def complete(text: str, previous: str | None, this_year: int) -> Question:
    """The question meant by `text`: itself, or, where it is a follow-up, the previous one changed by it."""
    question = analyse(text, this_year)
    if not previous or not (question.looks_like_follow_up or only_places(text)):
        return question
    return merge(question, previous, this_year)


def merge(question: Question, previous: str, this_year: int) -> Question:
    """The previous question with the place, year or kind of answer that the follow-up names."""
    if places := only_places(question.text):
        return _asked_for(places, without_places(previous), this_year)
    core = _FILLERS.sub("", _FILLERS.sub("", question.folded))
    subject = without_places(previous) if question.regions else previous
    if question.cohorts or question.years:
        subject = re.sub(r"(?:20)?\d{2}\s?(?:届|年)", "", subject)
    if question.wants and not set(question.wants) & set(analyse(previous, this_year).wants):
        subject = _ASKED.sub("", subject)
    merged = analyse(f"{subject.rstrip('?？。 ')} {core}", this_year)
    return replace(merged, wants=question.wants or merged.wants, regions=merged.regions or question.regions)


def _asked_for(places: tuple[str, ...], subject: str, this_year: int) -> Question:
    """The question asked for other places: their names choose among documents and are no words to look for in them."""
    asked = analyse(subject, this_year)
    return replace(asked, text=f"{asked.text.rstrip('?？。 ')} {''.join(places)}", regions=places)
