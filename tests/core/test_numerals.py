"""Chinese numerals as people and papers write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.numerals import whole_number

_DIGITS = "零一二三四五六七八九"


def _section(value: int) -> str:
    """A number below ten thousand as it is written out in full, 零 where a place is left out."""
    written, skipped = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            written += ("零" if skipped and written else "") + _DIGITS[digit] + name
            skipped = False
        else:
            skipped = True
    return written or "零"


def _written(value: int) -> str:
    high, low = divmod(value, 10_000)
    if not high:
        return _section(low)
    return f"{_section(high)}万" + (("零" if low < 1000 else "") + _section(low) if low else "")


@given(st.integers(0, 99_999_999))
def test_a_number_written_out_in_full_is_read(value: int) -> None:
    assert whole_number(_written(value)) == value


@given(st.integers(1000, 9999))
def test_a_year_is_read_digit_by_digit(year: int) -> None:
    assert whole_number("".join(_DIGITS[int(digit)] for digit in str(year)).replace("零", "〇")) == year


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十一", 11),
        ("两", 2),
        ("二十", 20),
        ("24", 24),
        ("三千五", 3500),
        ("两万", 20_000),
        ("一万二", 12_000),
        ("二百五", 250),
        ("一百零五", 105),
        ("一万零五", 10_005),
        ("一亿", 100_000_000),
        ("○", 0),
    ],
)
def test_what_people_say(text: str, value: int) -> None:
    assert whole_number(text) == value


@pytest.mark.parametrize("text", ["", "个", "三个", "半", "1.5", "-3", "一年"])
def test_anything_else_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="不是数字"):
        whole_number(text)
