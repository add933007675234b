"""The unified social credit code of an organisation: 18 characters with two check characters.

GB 32100-2015 gives the last character (ISO 7064, MOD 31-3), GB 11714-1997 the seventeenth (organisation code, MOD 11).
"""

from __future__ import annotations

from core.text.folding import fold

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Without I, O, S, V, Z (GB 32100-2015, table 1)."""
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_LENGTH = 18

WRONG_LENGTH = "应为 18 位，实为 {length} 位"
WRONG_LETTER = "含有不允许的字符“{letter}”"
WRONG_CHECK = "最后一位校验码应为 {expected}"
WRONG_ORGANISATION = "第 17 位（主体标识码校验码）应为 {expected}"


def normalised(code: str) -> str:
    """The code in capitals, without blanks and hyphens."""
    return fold(code).replace(" ", "").replace("-", "").upper()


def fault(code: str) -> str | None:
    """What is wrong with a code, in Chinese; None when both check characters are right.

    >>> fault("91350100M000100Y43")
    >>> fault("91350100M000100Y44")
    '最后一位校验码应为 3'
    """
    code = normalised(code)
    if len(code) != _LENGTH:
        return WRONG_LENGTH.format(length=len(code))
    for letter in code:
        if letter not in _ALPHABET:
            return WRONG_LETTER.format(letter=letter)
    if code[17] != (expected := check_character(code[:17])):
        return WRONG_CHECK.format(expected=expected)
    if code[16] != (expected := _organisation_check(code[8:16])):
        return WRONG_ORGANISATION.format(expected=expected)
    return None


def check_character(first_17: str) -> str:
    """The eighteenth character (GB 32100-2015, annex A)."""
    total = sum(_ALPHABET.index(letter) * weight for letter, weight in zip(first_17, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


def _organisation_check(first_8: str) -> str:
    """The ninth character of the organisation code (GB 11714-1997): digits stand for themselves, letters for A=10 … Z=35."""
    total = sum(int(letter, 36) * weight for letter, weight in zip(first_8, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]
