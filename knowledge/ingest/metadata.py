"""What a document says of itself: number, issuers, dates, region, cohorts. Where it does not say, the field stays empty."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from core.text.folding import fold
from knowledge.language.places import NATION, PROVINCES, narrowest, place_chain, school_of
from knowledge.language.regions import regions_in

DateRole = Literal["signed", "printed", "posted", "adopted"]

DOC_NO = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[（(【]\s?(?:19|20)\d{2}\s?[〕\]）)】]\s?第?\d{1,4}\s?号")
DATE = re.compile(r"((?:19|20)\d{2}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日")
COHORT = re.compile(r"(?<!\d)((?:19|20)\d{2}) ?届")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2}) ?(?:年|届)")
_NATIONAL = re.compile(r"^(?:国务院|教育部|人力资源(?:和)?社会保障部|财政部|中共中央|中央|全国|国家|最高人民|公安部|民政部|退役军人|中国)")
_AGENCY_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,16}(?:大学|学院|学校)(?:[\u4e00-\u9fff]{0,14}(?:处|部|中心|办公室|委员会))?"
    r"|[\u4e00-\u9fff]{0,24}?(?:办公厅|办公室|综合司|领导小组(?:办公室)?|委员会|人民政府|教育部|保障部|财政部|教育厅|保障厅|财政厅|国务院|扶贫办综合司|厅|局)"
)
_OWN_PROVINCE = re.compile("我省|全省|我厅|省委|省政府|我市|全市")


@dataclass(frozen=True)
class PrintedDate:
    """A date of the document itself, in which role it stands, and the words it was printed in."""

    role: DateRole
    day: date
    printed: str


def find_doc_no(lines: Sequence[str]) -> str | None:
    """The document's own number: alone on a line of its head (numbers cited in the text are others' numbers)."""
    for line in lines:
        folded = fold(line)
        match = DOC_NO.search(folded)
        if match and len(folded) - len(match.group()) <= 2:
            return match.group().replace(" ", "").replace("[", "〔").replace("]", "〕")
    return None


def find_dates(lines: Sequence[str], role: DateRole) -> list[PrintedDate]:
    """The full dates in the given lines; an impossible one (13月) is no date."""
    found = []
    for line in lines:
        for match in DATE.finditer(fold(line)):
            try:
                found.append(PrintedDate(role, date(*map(int, match.groups())), line.strip()))
            except ValueError:
                continue
    return found


def issue_date(dates: Sequence[PrintedDate], body: str) -> date | None:
    """The day it was issued. Where signature and printing disagree by years, the one that the text's own years bear out."""
    candidates = [entry.day for entry in dates if entry.role != "posted"]
    if not candidates:
        return None
    if len({day.year for day in candidates}) == 1:
        return candidates[0]
    years = Counter(int(year) for year in _YEAR.findall(body))
    return max(candidates, key=lambda day: years[day.year])


def dates_conflict(dates: Sequence[PrintedDate]) -> bool:
    """A document cannot be signed after it was printed, nor long before."""
    days = [entry.day for entry in dates if entry.role != "posted"]
    return len(days) > 1 and (max(days) - min(days)).days > 120


def find_issuers(title: str, signature: Sequence[str]) -> list[str]:
    """Who issued it: the agencies of the signature, else those the title opens with."""
    for text in (" ".join(signature), re.split("发布|关于|印发", title)[0] if title else ""):
        cleaned = DATE.sub(" ", fold(text))
        found: list[str] = []
        for part in re.split(r"[\s、,，]+", cleaned):
            match = _AGENCY_NAME.fullmatch(part)
            if match and not any(part.startswith(known) or known.startswith(part) for known in found):
                found.append(part)
        if found:
            return found
    return []


_KIND_OF_SCHOOL = re.compile(
    "(?:全国|全省|全市|普通|高等|高职|职业|技工|技师|独立|民办|公办|本科|专科|重点|示范|部属|省属|市属|在校|本省|我省|我校|大中)"
)
"""What a title opens with that speaks of a kind of schools, and of none by its name."""


def find_region(issuers: Sequence[str], title: str, body: str) -> str | None:
    """全国 for a central issuer, the place of a local one (湖南省长沙市教育局 → 长沙), a school's own name, else the place that the title names
    or the province that 我省 in the text can only mean."""
    for issuer in issuers:
        places = [school] if (school := school_of(issuer)) else narrowest(regions_in(issuer))
        if places:
            return places[0]
    if any(_NATIONAL.match(issuer) for issuer in issuers) or title.startswith("中华人民共和国"):
        return NATION
    school = school_of(title)
    if school and (len(place_chain(school)) > 2 or not _KIND_OF_SCHOOL.match(school)):
        return school
    named = narrowest(regions_in(re.sub(r"\(.*?\)", "", title))) or narrowest(regions_in(title))
    if named:
        return named[0]
    return _own_province(body) if _OWN_PROVINCE.search(body) else None


def _own_province(body: str) -> str | None:
    """The province that is called a province (湖南省) at least twice as often as any other."""
    counts = Counter({name: len(re.findall(f"{name}省", body)) for name in PROVINCES})
    (first, most), (_, next_most) = counts.most_common(2)
    return first if most and most >= 2 * next_most else None


def find_cohorts(title: str, body: str) -> list[int]:
    """The graduating years (届) it is for: those of its title, else the one that its text speaks of most."""
    in_title = sorted({int(year) for year in COHORT.findall(title)})
    if in_title:
        return in_title
    counts = Counter(int(year) for year in COHORT.findall(body))
    return [counts.most_common(1)[0][0]] if counts else []
