"""Which encoding a text is in: told by the characters that come out; mojibake is never taken."""

from __future__ import annotations

import pytest
from opencc import OpenCC

from knowledge.errors import DocumentRefused
from knowledge.ingest.decoding import decode_bytes, decode_with_losses, is_plausible
from tests.knowledge.papers import GANSU

TRADITIONAL = OpenCC("s2t").convert(GANSU)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-32", "hz"])
def test_a_simplified_text_is_read_in_every_encoding(encoding: str) -> None:
    text = GANSU.replace("〔", "（").replace("〕", "）") if encoding == "hz" else GANSU
    assert decode_bytes("a.txt", text.encode(encoding)).lstrip("\ufeff") == text


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "cp950", "gb18030", "utf-8"])
def test_a_traditional_text_is_read_in_big5_too(encoding: str) -> None:
    assert decode_bytes("a.txt", TRADITIONAL.encode(encoding, errors="ignore")) == TRADITIONAL.encode(encoding, errors="ignore").decode(encoding)


@pytest.mark.parametrize("wrong", ["gb18030", "big5hkscs", "latin-1"], ids=["as GBK", "as Big5", "as Latin"])
def test_a_text_that_was_saved_after_a_wrong_decoding_is_refused(wrong: str) -> None:
    spoilt = GANSU.encode().decode(wrong, errors="ignore")
    assert not is_plausible(spoilt)
    with pytest.raises(DocumentRefused, match="乱码"):
        decode_bytes("a.txt", spoilt.encode())


def test_a_declared_encoding_that_gives_nonsense_is_not_believed() -> None:
    assert decode_bytes("a.html", GANSU.encode(), "big5") == GANSU
    assert decode_bytes("a.html", TRADITIONAL.encode("big5", errors="ignore"), "gb2312").startswith("甘肅省")


@pytest.mark.parametrize("declared", ["nonsense", "", "utf-8\x00", "base64", "rot13", "idna"])
def test_a_declared_encoding_that_is_none_is_passed_over(declared: str) -> None:
    assert decode_bytes("a.html", GANSU.encode("gb18030"), declared) == GANSU


def test_a_few_broken_bytes_are_marked_and_many_are_not_taken() -> None:
    broken = bytearray((GANSU * 8).encode("gb18030"))
    broken[1000:1001] = b"\xff"
    text = decode_with_losses(bytes(broken), "gbk")
    assert text is not None
    assert 1 <= text.count("\ufffd") <= 2
    assert decode_with_losses(bytes(broken[::3]), "gbk") is None
