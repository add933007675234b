"""HTML pages saved from anywhere, MHTML included: the text of the page, its headings and tables."""

from __future__ import annotations

import email
import email.policy
import re
from email.errors import MessageError

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts
from knowledge.ingest.decoding import decode_bytes, decode_with_losses
from knowledge.ingest.readers.building import TextBuilder
from knowledge.ingest.readers.html_content import content_of
from knowledge.ingest.readers.html_tables import is_data_table, rows_of
from knowledge.ingest.readers.html_tree import Node, parse_tree
from knowledge.ingest.source_text import SourceText

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,30})", re.IGNORECASE)
_TITLE_META = re.compile(
    r"<meta\s+(?=[^>]{0,400}?(?:name|property)\s*=\s*[\"']?(?:ArticleTitle|og:title)[\"'\s])[^>]{0,400}?content\s*=\s*(?:\"([^\">]{4,200})\"|'([^'>]{4,200})')",
    re.IGNORECASE,
)
_TITLE = re.compile(r"<title[^>]{0,100}>([^<]{4,300})</title>", re.IGNORECASE)
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|[-–—]{2,}|-(?=[^-]{2,14}(?:网|官网|门户|大学|学院|政府|局|厅)$)")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tfoot",
        "tr",
        "ul",
        "caption",
        "label-block",
        "legend",
    ]
)
_BOLD = frozenset({"b", "strong"})
_GLUE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_END = re.compile(r"[。；;：:，,！？]$")
MAX_PARAGRAPH = 1_000
"""Characters in one line; a longer paragraph is cut at sentence ends, at the latest here."""
_SENTENCES = re.compile(r"[^。！？；]*[。！？；]+[”’」』）]*|[^。！？；]+")


def read_html(name: str, content: bytes) -> SourceText:
    """Read a saved page; raises DocumentRefused where it holds no Chinese text."""
    markup = _markup(name, content)
    body = parse_tree(markup)
    titles = [node.all_text() for node in body.walk() if node.tag == "h1" and node.chars]
    main, removed = content_of(body)
    builder = TextBuilder()
    _title(builder, markup, titles, main)
    _Writer(builder).write(main)
    return builder.build(name, content, "html", removed)


def _markup(name: str, content: bytes) -> str:
    declared = None
    if re.match(rb"\s*(?:From:|MIME-Version:|Snapshot-Content-Location:|Subject:)", content, re.IGNORECASE):
        content, declared = _of_archive(name, content)
    found = _META.search(content[:8192])
    encoding = declared or ((found[1] or found[2]).decode("ascii", "ignore") if found else None)
    try:
        return decode_bytes(name, content, encoding)
    except DocumentRefused:
        text = decode_with_losses(content, encoding)
        if text is None:
            raise
        return text


def _of_archive(name: str, content: bytes) -> tuple[bytes, str | None]:
    """The page in a web archive (MHTML, RFC 2557): its first HTML part."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes):
                    return payload, part.get_content_charset()
    except (MessageError, ValueError, LookupError, AssertionError) as error:
        raise DocumentRefused(texts.BROKEN.format(name=name)) from error
    raise DocumentRefused(texts.BROKEN.format(name=name))


def _title(builder: TextBuilder, markup: str, headings: list[str], main: Node) -> None:
    """The page's title before its text, where the text does not open with it: from what the page declares, else a heading, else the tab's title."""
    opening = re.sub(r"\W", "", main.all_text()[:600])
    declared = _TITLE_META.search(markup[:65536])
    tab = _TITLE.search(markup[:65536])
    tab_title = max((_unescape(part) for part in _SITE.split(tab[1])), key=len, default="") if tab else ""
    if any(node.tag in ("h1", "h2", "h3") and node.chars >= 6 for node in main.walk()):
        tab_title = ""
    own = _unescape(declared[1] or declared[2]) if declared else next((text for text in headings if 6 <= len(text) <= 120), tab_title)
    own = _BLANKS.sub(" ", own).strip()
    if len(re.findall(r"[\u3400-\u9fff]", own)) >= 4 and re.sub(r"\W", "", own) not in opening:
        builder.heading(own, 1)


def _unescape(text: str) -> str:
    return re.sub(r"&(?:nbsp|ensp|emsp|#160);?", " ", text).replace("&amp;", "&").replace("&quot;", '"').strip()


class _Writer:
    """Writes a tree as lines: one a block, headings and tables marked."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._inline: list[str] = []
        self._bold = 0
        self._level = 0
        """Characters of the open line that are bold, and the heading it belongs to."""
        self._number = ""
        """The number that a list prints before its next line."""

    def write(self, node: Node) -> None:
        self._node(node)
        self._flush()

    def _node(self, node: Node, bold: bool = False) -> None:
        if not node.tag:
            self._inline.append(node.text)
            self._bold += len(node.text.strip()) if bold else 0
        elif node.tag == "br":
            self._flush()
        elif node.tag == "table" and is_data_table(node):
            self._flush()
            self._builder.table(rows_of(node))
        elif node.tag in ("ol", "ul"):
            self._list(node, bold)
        elif node.tag == "pre":
            self._flush()
            for line in "".join(below.text for below in node.walk()).split("\n"):
                self._paragraph(line, 0)
        elif node.tag in _BLOCKS:
            self._block(node, bold)
        else:
            for child in node.children:
                self._node(child, bold or node.tag in _BOLD)

    def _block(self, node: Node, bold: bool) -> None:
        self._flush()
        if re.fullmatch("h[1-6]", node.tag):
            self._level = int(node.tag[1])
        for child in node.children:
            self._node(child, bold)
        self._flush()
        self._level = 0

    def _list(self, node: Node, bold: bool) -> None:
        """Browsers print the numbers of an ordered list, so they belong to the text."""
        self._flush()
        start = node.attributes.get("start", "1")
        number = int(start) if start.isdecimal() and len(start) < 6 else 1
        for child in node.children:
            if child.tag == "li":
                if node.tag == "ol" and not re.match(r"\s*[(（]?[\d一二三四五六七八九十]+[)）.、．]", child.all_text()):
                    self._number = f"{number}. "
                number += 1
            self._node(child, bold)
            self._number = ""
        self._flush()

    def _flush(self) -> None:
        raw = "".join(self._inline)
        text = _BLANKS.sub(" ", _GLUE.sub("", raw)).strip()
        all_bold = bool(text) and self._bold >= len(raw.replace(" ", "").strip())
        self._inline, self._bold = [], 0
        if text:
            text, self._number = self._number + text, ""
            self._paragraph(text, self._level or (6 if all_bold and len(text) <= 30 and not _END.search(text) else 0))

    def _paragraph(self, text: str, level: int) -> None:
        if level and len(text) <= 120:
            self._builder.heading(text, level)
            return
        for part in _in_sentences(text):
            self._builder.line(part)


def _in_sentences(text: str) -> list[str]:
    """A paragraph as it is, or one too long in several lines that end with sentences."""
    if len(text) <= MAX_PARAGRAPH:
        return [text]
    parts, current = [], ""
    for sentence in _SENTENCES.findall(text):
        for piece in (sentence[start : start + MAX_PARAGRAPH] for start in range(0, len(sentence), MAX_PARAGRAPH)):
            if current and len(current) + len(piece) > MAX_PARAGRAPH // 2:
                parts.append(current)
                current = ""
            current += piece
    return [*parts, current] if current else parts
