"""Bytes to text: encodings told apart, everything that is no text refused with its reason."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import DocumentRefused
from knowledge.ingest.reading import decode, read_text_file

NOBODY = 65534
TEXT = "第一条 为了帮助高校毕业生就业，制定本办法，自2024年1月1日起施行。\n第二条 各高校应当建立就业服务台账，每月更新一次。\n"
INDENTED = "\n".join("\u3000\u3000" + line for line in TEXT.splitlines())


@pytest.mark.parametrize("text", [TEXT, TEXT * 40, INDENTED, TEXT.replace("\n", "")], ids=["short", "long", "indented", "one line"])
@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("gb18030", b""),
        ("gbk", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_chinese_text_is_read_in_every_usual_encoding(text: str, encoding: str, bom: bytes) -> None:
    assert decode("paper.txt", bom + text.encode(encoding)).text == text


def test_rare_characters_survive_gb18030() -> None:
    assert decode("a.txt", (TEXT + "𠮷林䶮").encode("gb18030")).text == TEXT + "𠮷林䶮"


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_of_other_systems_become_plain(ends: str) -> None:
    assert decode("a.txt", TEXT.replace("\n", ends).encode()).text == TEXT


@pytest.mark.parametrize("content", [b"", b"  \r\n\t\n", codecs.BOM_UTF8, b"\x00" * 64])
def test_an_empty_file_is_refused_as_empty(content: bytes) -> None:
    with pytest.raises(DocumentRefused, match="空的"):
        decode("empty.txt", content)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n" + b"x" * 99, "PDF"),
        (b"PK\x03\x04" + b"x" * 99, "Office"),
        (b"\x7fELF" + b"\x02" * 99, "可执行"),
        (b"\x89PNG\r\n" + b"x" * 99, "图片"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "旧版 Office"),
        (b"\x1f\x8b\x08" + b"x" * 99, "压缩"),
    ],
)
def test_another_kind_of_file_under_the_name_of_a_text_is_named_for_what_it_is(content: bytes, kind: str) -> None:
    with pytest.raises(DocumentRefused, match=kind):
        decode("disguised.txt", content)


@pytest.mark.parametrize("content", [bytes(range(256)) * 40, bytes((7 * i) % 251 for i in range(5000)), b"\x01\x02\x03" * 500])
def test_a_binary_renamed_to_txt_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentRefused, match=r"binary\.txt"):
        decode("binary.txt", content)


def test_three_megabytes_without_a_line_end_are_refused_with_the_length() -> None:
    with pytest.raises(DocumentRefused, match="没有换行"):
        decode("line.txt", ("毕业生" * 350_000).encode())


def test_a_file_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(9 * 1024 * 1024)
    with pytest.raises(DocumentRefused, match="8 MB"):
        read_text_file(path)


def test_a_text_in_another_language_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="没有中文"):
        decode("english.txt", b"All graduates shall report to the office. " * 20)


def test_a_mark_of_utf_16_before_something_else_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="解不开"):
        decode("a.txt", codecs.BOM_UTF16_LE + b"\x00\xd8\x41")


def test_a_stray_zero_byte_does_not_reach_the_store_and_moves_nothing() -> None:
    text = decode("a.txt", (TEXT[:10] + "\x00" + TEXT[10:]).encode()).text
    assert "\x00" not in text
    assert text.replace("\ufffd", "") == TEXT
    assert len(text) == len(TEXT) + 1


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused, match="读不到"):
        read_text_file(tmp_path / "nowhere.txt")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused, match="读不到"):
        read_text_file(tmp_path)


@contextmanager
def _without_root() -> Iterator[None]:
    """As an ordinary user: root may read everything."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    with _without_root(), pytest.raises(DocumentRefused, match="读不到"):
        read_text_file(path)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        assert decode("any.txt", content).text
    except DocumentRefused as refusal:
        assert str(refusal).startswith("any.txt：")
