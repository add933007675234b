"""A page as a small tree of our own: only what can be read, with how much text and how many links each part holds.

Text in a page is data and nothing else: scripts, styles, comments and what is hidden are left out when the tree is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_NODES = 600_000
MAX_DEPTH = 250
"""Deeper elements are laid flat: no page that people read nests so far, and the walk over the tree recurses."""
_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "frame",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "source",
        "form-control",
        "button",
        "input",
        "select",
        "textarea",
        "option",
        "datalist",
        "dialog",
        "map",
        "area",
        "head",
        "link",
        "meta",
        "base",
        "rt",
        "rp",
        "math",
        "-comment",
    ]
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


@dataclass
class Node:
    """An element, or a stretch of text (`tag` empty). `chars` and `linked` count characters below it, all and inside links."""

    tag: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    chars: int = 0
    linked: int = 0

    def all_text(self) -> str:
        """The text below, blanks made single."""
        return _BLANKS.sub(" ", "".join(node.text for node in self.walk() if not node.tag)).strip()

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in the order of the page."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    @property
    def link_share(self) -> float:
        return self.linked / self.chars if self.chars else 0.0


def parse_tree(markup: str) -> Node:
    """The readable tree of a page's body."""
    body = LexborHTMLParser(markup).body
    root = Node("body")
    if body is not None:
        _fill(root, body)
    measure(root)
    return root


def measure(root: Node) -> None:
    """Count characters and linked characters anew, from the leaves up."""
    order = list(root.walk())
    for node in reversed(order):
        if not node.tag:
            node.chars, node.linked = len(node.text.strip()), 0
            continue
        node.chars = sum(child.chars for child in node.children)
        node.linked = node.chars if node.tag == "a" else sum(child.linked for child in node.children)


def _fill(root: Node, body: LexborNode) -> None:
    """Copy iteratively: pages of machines nest deeper than Python recurses."""
    waiting: list[tuple[LexborNode, Node, int]] = [(body, root, 0)]
    count = 0
    while waiting and count < MAX_NODES:
        source, target, depth = waiting.pop()
        child = source.first_child
        while child is not None and count < MAX_NODES:
            count += 1
            copied = _copy(child)
            if copied is not None:
                if depth < MAX_DEPTH or not copied.tag:
                    target.children.append(copied)
                if copied.tag:
                    waiting.append((child, copied if depth < MAX_DEPTH else target, depth + 1))
            child = child.next


def _copy(node: LexborNode) -> Node | None:
    tag = node.tag or ""
    if node.is_text_node:
        return Node("", node.text_content or "")
    if not node.is_element_node or tag in _DROPPED:
        return None
    attributes = {key.lower(): value or "" for key, value in node.attributes.items()}
    return None if _is_hidden(attributes) else Node(tag, "", attributes)


def _is_hidden(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true" or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))
