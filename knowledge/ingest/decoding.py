"""Bytes to characters: which encoding a text is in. A decoding that gives characters nobody writes is none (mojibake).

Almost any bytes decode as GB18030, so that it decodes says nothing. What says something is which characters come out: in
Chinese text nearly all belong to the common ones of GB 2312 (level 1) or Big5 (level 1); decoded wrongly, a third to a half do.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from charset_normalizer import from_bytes

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts

PLAUSIBLE = 0.75
"""The share of common characters among the Chinese ones from which a text is Chinese: real texts 0.96–1.0, wrong decodings up to 0.56."""
_SAMPLE = 100_000
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_USUAL = ("utf-8", "gb18030", "big5hkscs")
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_FOREIGN = re.compile(r"[\ue000-\uf8ff\u0080-\u009f\ufffd]")
_PLAIN = re.compile(r"[\t\n\r\x20-\x7e\u00a0-\u00ff\u2010-\u2030\u3000-\u301f\u3400-\u9fff\uff00-\uff5e]")


def decode_bytes(name: str, content: bytes, declared: str | None = None) -> str:
    """The text of a file, line ends as they are; `declared` is the encoding that the file itself names.

    A mark at the start (BOM) decides; then what is declared, if Chinese text comes out; then the likeliest. Raises DocumentRefused.
    """
    return decoded(name, content, declared)[0]


def decoded(name: str, content: bytes, declared: str | None = None) -> tuple[str, str]:
    """As `decode_bytes`, and the name of the encoding: with it a large file can be read piece by piece."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strict(name, content, encoding), encoding
    without_bom = _guess_utf16(content)
    if without_bom:
        return _strict(name, content, without_bom), without_bom
    seven_bits = "hz" if b"~{" in content and content.isascii() else None
    for encoding in dict.fromkeys(filter(None, (seven_bits, _known(declared), *_USUAL))):
        text = _attempt(content, encoding)
        if text is not None and is_plausible(text):
            return text, encoding
    detected = from_bytes(content[:_SAMPLE]).best()
    text = _attempt(content, detected.encoding) if detected else None
    if detected and text is not None and is_plausible(text):
        return text, detected.encoding
    if _attempt(content, "utf-8") is not None:
        raise DocumentRefused(texts.MOJIBAKE.format(name=name))
    raise DocumentRefused(texts.UNKNOWN_ENCODING.format(name=name))


def is_plausible(text: str) -> bool:
    """Whether the Chinese characters of a text are such as people write; a text without Chinese ones is for others to judge."""
    sample = text[:_SAMPLE]
    han = _HAN.findall(sample)
    if len(han) < 8:
        return not _FOREIGN.search(sample)
    common = _common()
    return sum(character in common for character in han) >= PLAUSIBLE * (len(han) + len(_FOREIGN.findall(sample)))


def _attempt(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _known(declared: str | None) -> str | None:
    """Browsers read what is declared as GB 2312 or Big5 as their supersets (WHATWG Encoding Standard), and so do we."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().lower()).name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(name, name)


def _strict(name: str, content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentRefused(texts.BROKEN_ENCODING.format(name=name, encoding=encoding, position=error.start)) from error


def _guess_utf16(content: bytes) -> str | None:
    """UTF-16 without a mark gives itself away by zero bytes; its byte order by which one makes Chinese text of it."""
    head = content[:4000]
    if len(head) % 2 or b"\x00" not in head:
        return None
    share = {encoding: _plain_share(head.decode(encoding, errors="replace")) for encoding in ("utf-16-le", "utf-16-be")}
    likelier = max(share, key=lambda encoding: share[encoding])
    return likelier if share[likelier] > 0.8 else None


def _plain_share(text: str) -> float:
    """The share of characters that Chinese text is made of: byte-swapped, line ends and punctuation become others."""
    return len(_PLAIN.findall(text)) / len(text)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The characters of the first levels of GB 2312 (rows 16–55) and Big5 (A440–C67E), simplified and traditional."""
    simplified = _decoded("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    traditional = _decoded("big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
    return frozenset(simplified | traditional)


def _decoded(encoding: str, leads: range, trails: range | list[int]) -> set[str]:
    pairs = (bytes((lead, trail)).decode(encoding, errors="ignore") for lead in leads for trail in trails)
    return {character for character in pairs if _HAN.fullmatch(character)}


def decode_with_losses(content: bytes, declared: str | None) -> str | None:
    """The text with a mark for each of a few broken bytes, as browsers show it; None where more than a few are broken."""
    for encoding in dict.fromkeys(filter(None, (_known(declared), *_USUAL))):
        try:
            text = content.decode(encoding, errors="replace")
        except LookupError:
            continue
        if text.count("\ufffd") <= max(2, len(text) // 1000) and is_plausible(text):
            return text
    return None
