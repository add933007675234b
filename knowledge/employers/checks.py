"""What can be checked of an employer without asking anybody: code, mail against site, address. What people checked is kept beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from knowledge.employers.credit_code import fault
from knowledge.postings import review_texts as texts
from knowledge.postings.models import Employer

Outcome = Literal["ok", "doubt", "fail", "unknown"]
CHECKED = ("credit_code", "site", "mail_domain", "address", "name")
"""What can be checked; a person may check anything of it and say how it came out."""

_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@([A-Za-z0-9.-]+\.[A-Za-z]{2,})")
_FREE_MAIL = frozenset(
    {"qq.com", "vip.qq.com", "foxmail.com", "163.com", "vip.163.com", "126.com", "yeah.net", "188.com", "sina.com", "sina.cn", "sohu.com"}
    | {"139.com", "189.cn", "wo.cn", "aliyun.com", "tom.com", "21cn.com", "gmail.com", "outlook.com", "hotmail.com"}
)
_TWO_LEVELS = frozenset(["com.cn", "edu.cn", "gov.cn", "org.cn", "net.cn", "ac.cn", "mil.cn", "com.hk", "com.tw"])


@dataclass(frozen=True)
class Check:
    """One check: what, how it came out, in words, by whom (None: the system) and when (ISO, None for the system's own)."""

    what: str
    outcome: Outcome
    note: str
    by: str | None = None
    at: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Checked:
    """An employer with what the system sees of it and what people checked."""

    id: int
    name: str
    own: tuple[Check, ...]
    by_people: tuple[Check, ...]


def own_checks(employer: Employer, contacts: Sequence[str] = ()) -> list[Check]:
    """What the system itself sees; `contacts` are the contact texts of the employer's postings."""
    return [_code(employer.credit_code), _mail(employer, contacts), _present("site", employer.site), _present("address", employer.address)]


def mail_domains(text: str) -> tuple[str, ...]:
    """The domains of the mail addresses in a text, in lower case."""
    return tuple(dict.fromkeys(match.group(1).lower().rstrip(".") for match in _MAIL.finditer(text)))


def registered_domain(address: str) -> str:
    """The domain under which somebody registered: hr.example.com.cn and https://www.example.com.cn/jobs give example.com.cn."""
    host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    labels = host.lower().rstrip(".").split(".")
    kept = 3 if ".".join(labels[-2:]) in _TWO_LEVELS else 2
    return ".".join(labels[-kept:])


def _code(code: str | None) -> Check:
    if not code:
        return Check("credit_code", "unknown", texts.CODE_MISSING)
    why = fault(code)
    return Check("credit_code", "fail", texts.CODE_INVALID.format(why=why)) if why else Check("credit_code", "ok", texts.CODE_VALID)


def _mail(employer: Employer, contacts: Sequence[str]) -> Check:
    known = [employer.mail_domain.lower()] if employer.mail_domain else []
    mails = list(dict.fromkeys([*known, *(domain for contact in contacts for domain in mail_domains(contact))]))
    if free := next((mail for mail in mails if mail in _FREE_MAIL), None):
        return Check("mail_domain", "doubt", texts.MAIL_FREE.format(mail=free))
    site = registered_domain(employer.site) if employer.site else ""
    if not mails or not site:
        return Check("mail_domain", "unknown", texts.MAIL_MISSING)
    if other := next((mail for mail in mails if registered_domain(mail) != site), None):
        return Check("mail_domain", "doubt", texts.MAIL_DIFFERS.format(mail=other, site=site))
    return Check("mail_domain", "ok", texts.MAIL_MATCHES.format(mail=mails[0]))


def _present(what: str, value: str | None) -> Check:
    return Check(what, "ok", texts.PRESENT.format(value=value)) if value else Check(what, "unknown", texts.MISSING)
