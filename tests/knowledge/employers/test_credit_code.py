"""The check characters of the unified social credit code (GB 32100-2015)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.employers.checks import mail_domains, registered_domain
from knowledge.employers.credit_code import check_character, fault, normalised

EXAMPLE = "91350100M000100Y43"
"""The standard's own example."""


@pytest.mark.parametrize("code", [EXAMPLE, " 91350100-M000100Y43", "91350100m000100y43", "９１３５０１００Ｍ０００１００Ｙ４３"])
def test_the_example_of_the_standard_is_right_however_it_is_written(code: str) -> None:
    assert normalised(code) == EXAMPLE
    assert fault(code) is None


@pytest.mark.parametrize(
    ("code", "why"),
    [("91350100M000100Y44", "应为 3"), ("91350100M000100Y4", "17 位"), ("91350100M0O0100Y43", "“O”"), ("", "0 位")],
)
def test_what_is_wrong_is_said(code: str, why: str) -> None:
    assert why in (fault(code) or "")


@given(st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_changed_character_never_passes(place: int, letter: str) -> None:
    changed = EXAMPLE[:place] + letter + EXAMPLE[place + 1 :]
    assert (fault(changed) is None) == (changed == EXAMPLE)


def test_a_wrong_organisation_code_is_seen_under_a_right_last_character() -> None:
    body = EXAMPLE[:16] + "5"
    assert "第 17 位" in (fault(body + check_character(body)) or "")


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    fault(text)
    mail_domains(text)


@pytest.mark.parametrize(
    ("address", "domain"),
    [("https://www.jia.example.com.cn/jobs", "example.com.cn"), ("hr.example.com", "example.com"), ("example.edu.cn", "example.edu.cn")],
)
def test_the_registered_domain_of_a_site(address: str, domain: str) -> None:
    assert registered_domain(address) == domain
