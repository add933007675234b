"""When a document holds, read from its own words: from when, until when, for one year alone, on trial, already repealed.

Every finding keeps the phrase that it rests on. An application window (申报时间) says when to apply, not how long the rule
holds, and is kept apart. What a text says of another paper (自…起施行的《…》) is no statement about itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from core.text.folding import fold
from core.text.numerals import whole_number
from knowledge.ingest.days import DAY, SPAN, day_of, days_in, months_later, span_of

Kind = Literal["from", "until", "year", "trial", "repealed", "window", "clause_until", "version"]

_PAPER = "(?:法|条例|办法|规定|细则|通知|意见|方案|措施|政策|决定|解释|公告|规则|制度|规程|清单|目录|计划|指南|通告)"
_OWN = rf"(?:本|该)(?:《?[\u4e00-\u9fff]{{0,8}}?){_PAPER}》?|(?:上述|以上|前述|所有)(?:各项|有关|扶持|优惠|补贴)?(?:政策|规定|措施)|本文件?"
_BEGINS = "(?:正式)?(?:开始)?(?:施行|实施|执行|生效|试行|实行|起效)"
_ISSUED = "(?:发布|印发|公布|下发|颁布|发文|公开发布|签发|通过|批准)"
_LENGTH = r"(?P<length>\d{1,2}|[一二两三四五六七八九十]{1,3})(?P<unit>年|个月|周年)"
_FROM_DAY = re.compile(rf"(?:(?P<own>{_OWN})[^,。;]{{0,10}}|^|[。;,)])(?:自|从|于)?(?P<day>{DAY})(?:起|开始|之日起)?{_BEGINS}(?![^。;,]{{0,3}}的)")
_FROM_ISSUE = re.compile(rf"自{_ISSUED}之日起(?:满?(?P<after>\d{{1,3}})(?:日|天)后)?{_BEGINS}|自{_ISSUED}之日起,?有效期")
_HEADER = re.compile(rf"^(?P<day>{DAY})(?:起)?(?:施行|实施|生效)$")
_HOLDS = "(?:有效期限?|(?:政策|文件)?(?:施行|实施|执行|试行|适用|政策|补贴政策)(?:有效)?(?:期限?|时限)|政策有效期)"
_UNTIL_LENGTH = re.compile(
    rf"{_HOLDS}(?:暂定)?(?:为|是|:)?{_LENGTH}|试行(?:期)?(?:为|:)?(?P<trial>\d{{1,2}}|[一二两三四五六七八九十])(?P<trial_unit>年|个月)"
)
_UNTIL_SPAN = re.compile(rf"{_HOLDS}(?:暂定)?(?:为|是|:)?(?:自|从)?(?P<span>{SPAN})")
_UNTIL_DAY = re.compile(
    rf"(?:{_HOLDS}(?:暂定)?(?:为|是|:)?|(?:继续|延续|延长|延期)?(?:执行|实施|施行|有效|适用|延续|延长|延期)(?:期限)?)(?:截止|截至)?(?:到|至|为)(?P<day>{DAY})"
    rf"|(?:政策|措施|规定|文件)[^,。;]{{0,12}}(?:截止|截至)(?:到|至|于)?(?P<by>{DAY})|{_BEGINS},?(?:至|到)(?P<begun>{DAY})"
)
_STOPS = re.compile(rf"(?:自|于)?(?P<day>{DAY})(?:起)?(?:自行|自动|同时)?(?:失效|废止|停止执行|不再执行|终止)")
_WINDOW_OF = "(?:申报|申请|报名|受理|办理|登记|申领|征集|提交|填报|报送|网上报名|资格审查|面试|笔试|缴费|公示|活动|招聘|举办)"
_WINDOW = re.compile(rf"{_WINDOW_OF}(?:的)?(?:时间|日期|期限|时限|期间)?(?:为|是|:|从|自|于)?(?P<span>{SPAN})")
_WINDOW_END = re.compile(
    rf"{_WINDOW_OF}(?:的)?(?:截止)(?:时间|日期|期限)?(?:为|是|:|到|至)?(?P<day>{DAY})"
    rf"|(?:于|在)?(?P<by>{DAY})(?:\d{{1,2}}[:时]\d{{0,2}}分?)?(?:之?前|截止)[^。;]{{0,24}}?(?:提交|报送|上报|报[\u4e00-\u9fff]|申报|报名|申请|登记|办理|递交|提出)"
)
_TRIAL = re.compile(r"[(〔](?:试行|暂行)[)〕]|试行|暂行")
_REPEALED = re.compile(r"[(\[【〔](?:本?(?:法规|文件|条例|办法|全文)?(?:现)?(?:已(?:经|被)?)?)(?:全文)?(?:废止|失效)[)\]】〕]")
_REVISION = re.compile(r"修订|修正|版|公布|第.次")
_YEARS = re.compile(
    r"(?<![\d〔(\[])(?:(?P<first>20\d{2})(?:年)?(?:-|—+|至|到|~))?(?P<year>20\d{2})(?P<what>年度|学年|年)(?!(?:以来|以后|起|前|\d{1,2}月))"
)
_THIS_YEAR = re.compile(r"(?:本|今)年度(?:内)?(?:的)?[\u4e00-\u9fff]{2,12}(?:工作|计划|申报|招募|招聘|发放|实施)")
_ADOPTED = re.compile(rf"(?P<day>{DAY})[^。]{{0,160}}?(?:通过|公布|发布|修订|修正|批准|下发)[)]?$")


@dataclass(frozen=True)
class Evidence:
    """A phrase and what it says; `until` is the end of a span, `clause` the ordinal of the clause that it stands in."""

    kind: Kind
    phrase: str
    day: date | None = None
    until: date | None = None
    clause: int | None = None

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "kind": self.kind,
            "phrase": self.phrase,
            "day": self.day.isoformat() if self.day else None,
            "until": self.until.isoformat() if self.until else None,
            "clause": self.clause,
        }


@dataclass(frozen=True)
class Validity:
    """`only_year` is the one year that an arrangement is for, where no graduating year says so; `version` the last day on which
    the text was adopted or revised, as a statute's head lists them."""

    in_force_from: date | None = None
    in_force_until: date | None = None
    only_year: int | None = None
    trial: bool = False
    repealed: bool = False
    version: date | None = None
    evidence: tuple[Evidence, ...] = ()


def find_validity(title: str, clauses: Sequence[str], issued_on: date | None) -> Validity:
    """Read the validity of a document from its title and its clauses' printed texts, in order."""
    sentences = [(ordinal, sentence) for ordinal, clause in enumerate(clauses) for sentence in _sentences(clause)]
    heads = list(_head_lines(clauses))
    found = [*_adopted(heads), *_of_title(title, issued_on)]
    version = next((entry.day for entry in found if entry.kind == "version"), None)
    found += _beginnings(sentences, heads, issued_on or version)
    begins = next((entry.day for entry in found if entry.kind == "from" and entry.day), None)
    found += _ends(sentences, begins or issued_on or version)
    found += _windows(sentences)
    if not any(entry.kind == "year" for entry in found):
        found += _this_year(sentences[:6], issued_on)
    return Validity(
        begins,
        next((entry.until for entry in found if entry.kind == "until" and entry.until), None),
        next((entry.until.year for entry in found if entry.kind == "year" and entry.until), None),
        any(entry.kind == "trial" for entry in found),
        any(entry.kind == "repealed" for entry in found),
        version,
        tuple(found),
    )


def _sentences(clause: str) -> Iterator[str]:
    """The sentences of a clause, folded, without blanks."""
    for line in re.split(r"(?<=[。；;！!])|\n\s*\n", clause):
        sentence = re.sub(r"\s+", "", fold(line))
        if sentence:
            yield sentence


def _head_lines(clauses: Sequence[str]) -> Iterator[str]:
    for clause in clauses[:4]:
        for line in clause.split("\n"):
            yield re.sub(r"\s+", "", fold(line))


def _adopted(lines: Sequence[str]) -> list[Evidence]:
    """The last of the adoptions and revisions that a statute's head lists."""
    found = [Evidence("version", line, day_of(match["day"])) for line in lines if len(line) <= 200 and (match := _ADOPTED.match(line))]
    dated = [entry for entry in found if entry.day]
    return [max(dated, key=lambda entry: entry.day or date.min)] if dated else []


def _of_title(title: str, issued_on: date | None) -> list[Evidence]:
    folded = re.sub(r"\s+", "", fold(title))
    found = []
    if match := _TRIAL.search(folded):
        found.append(Evidence("trial", match.group()))
    if match := _REPEALED.search(folded):
        found.append(Evidence("repealed", match.group()))
    years = [match for match in _YEARS.finditer(folded) if not _REVISION.match(folded[match.end() : match.end() + 3])]
    if years:
        last = max(years, key=lambda match: int(match["year"]))
        year = int(last["year"]) + (last["what"] == "学年" and not last["first"])
        month, day = (8, 31) if last["what"] == "学年" else (12, 31)
        found.append(Evidence("year", last.group(), until=date(year, month, day)))
    return found


def _beginnings(sentences: Sequence[tuple[int, str]], heads: Sequence[str], base: date | None) -> list[Evidence]:
    found = []
    for ordinal, sentence in reversed(sentences):  # the closing clause says it; an earlier mention may be of another paper
        match = _FROM_DAY.search(sentence)
        if match and not _of_another(sentence, match.start("day")):
            found.append(Evidence("from", _around(sentence, match), day_of(match["day"]), clause=ordinal))
        elif issued := _FROM_ISSUE.search(sentence):
            day = base + timedelta(int(issued["after"] or 0)) if base else None
            found.append(Evidence("from", _around(sentence, issued), day, clause=ordinal))
        if found:
            break
    return found or [Evidence("from", line, day_of(match["day"])) for line in heads if (match := _HEADER.match(line))]


def _of_another(sentence: str, at: int) -> bool:
    """Whether the words before tell that a paper named in 《》 is meant and not this one."""
    before = sentence[max(0, at - 30) : at]
    return bool(re.search(r"《[^》]*》[^,。;]{0,6}$|(?:原|已|曾)(?:于|自)?$", before))


def _ends(sentences: Sequence[tuple[int, str]], begins: date | None) -> list[Evidence]:
    found = []
    for ordinal, sentence in sentences:
        entry = _end(sentence, begins)
        if entry is not None:
            found.append(replace(entry, kind="until" if _about_itself(sentence) else "clause_until", clause=ordinal))
    return found


def _end(sentence: str, begins: date | None) -> Evidence | None:
    if match := _UNTIL_SPAN.search(sentence):
        span = span_of(match["span"])
        return Evidence("until", _around(sentence, match), span[0], span[1]) if span else None
    if match := _UNTIL_DAY.search(sentence):
        return Evidence("until", _around(sentence, match), until=day_of(match["day"] or match["by"] or match["begun"]))
    if (match := _UNTIL_LENGTH.search(sentence)) and _about_itself(sentence):
        length, unit = match["length"] or match["trial"], match["unit"] or match["trial_unit"]
        months = whole_number(length) * (1 if unit == "个月" else 12)
        start = next((day for day in days_in(sentence[: match.start()])), begins)
        return Evidence("until", _around(sentence, match), until=months_later(start, months) - timedelta(1) if start and months else None)
    if (match := _STOPS.search(sentence)) and _about_itself(sentence) and "《" not in sentence[: match.end()]:
        day = day_of(match["day"])
        return Evidence("until", _around(sentence, match), until=day - timedelta(1) if day else None)
    return None


def _about_itself(sentence: str) -> bool:
    """Whether a sentence speaks of the document it stands in: 本办法…, or 自印发之日起施行 with nobody else named."""
    return bool(
        re.search(_OWN, sentence)
        or _FROM_ISSUE.search(sentence)
        or re.match(rf"(?:[第一二三四五六七八九十条、()\d]*)(?:自|从)(?:{DAY})起{_BEGINS}|{_HOLDS}(?:为|:|至)", sentence)
    )


def _windows(sentences: Sequence[tuple[int, str]]) -> list[Evidence]:
    found = []
    for ordinal, sentence in sentences:
        for match in _WINDOW.finditer(sentence):
            if span := span_of(match["span"]):
                found.append(Evidence("window", match.group(), span[0], span[1], ordinal))
        if not any(entry.clause == ordinal and entry.phrase in sentence for entry in found):
            for match in _WINDOW_END.finditer(sentence):
                if day := day_of(match["day"] or match["by"]):
                    found.append(Evidence("window", _around(sentence, match), until=day, clause=ordinal))
    return found


def _this_year(sentences: Sequence[tuple[int, str]], issued_on: date | None) -> list[Evidence]:
    if issued_on is None:
        return []
    for ordinal, sentence in sentences:
        if match := _THIS_YEAR.search(sentence):
            return [Evidence("year", match.group(), until=date(issued_on.year, 12, 31), clause=ordinal)]
    return []


def _around(sentence: str, match: re.Match[str]) -> str:
    """The part of the sentence between its commas that holds the match, at most 120 characters."""
    start = max(sentence.rfind(mark, 0, match.start() + 1) for mark in ",。;") + 1
    ends = [at for mark in ",。;" if (at := sentence.find(mark, match.end())) >= 0]
    return sentence[start : min(ends, default=len(sentence))][:120]
