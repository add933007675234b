"""Where on a page its text is: what surrounds it (menus, links, sharing, comments, footers) is taken off the tree.

Three signs: what an element is (nav, footer), how its class or id names it (share, related, breadcrumb), and how much of its
text is links. None of them may take away most of a page. What is left is cut line by line in knowledge/ingest/cleaning.py.
"""

from __future__ import annotations

import re

from knowledge.ingest.readers.html_tree import Node, measure

_FURNITURE_TAGS = frozenset({"nav", "footer", "aside", "menu", "dialog", "marquee"})
_FURNITURE_NAMES = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "topmenu",
        "submenu",
        "breadcrumb",
        "breadcrumbs",
        "crumb",
        "crumbs",
        "position",
        "weizhi",
        "sidebar",
        "aside",
        "sider",
        "footer",
        "foot",
        "bottom",
        "copyright",
        "share",
        "sharing",
        "bdshare",
        "bdsharebuttonbox",
        "jiathis",
        "social",
        "comment",
        "comments",
        "commentlist",
        "pinglun",
        "reply",
        "related",
        "relate",
        "recommend",
        "recommended",
        "relevant",
        "hot",
        "hotnews",
        "rank",
        "ranking",
        "ad",
        "ads",
        "adv",
        "advert",
        "advertisement",
        "adsbygoogle",
        "guanggao",
        "gg",
        "banner",
        "popup",
        "pop",
        "modal",
        "dialog",
        "float",
        "floating",
        "login",
        "register",
        "search",
        "searchbox",
        "pager",
        "pagination",
        "pagebar",
        "prevnext",
        "toolbar",
        "tools",
        "print",
        "printer",
        "qrcode",
        "ewm",
        "erweima",
        "kefu",
        "service",
        "hotline",
        "subscribe",
        "tag",
        "tags",
        "links",
        "friendlink",
        "friendlinks",
        "youqing",
        "sitemap",
        "skip",
        "cookie",
        "statement",
        "disclaimer",
        "shengming",
        "toplink",
        "topbar",
        "top",
        "header",
        "head",
        "logo",
        "xgwz",
        "xgyd",
        "xgxw",
        "tuijian",
        "fenxiang",
    ]
)
_MAY_HOLD_TITLE = frozenset({"header", "head", "top", "position"})
_NAME_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_TAIL_HEADING = re.compile(
    r"^(?:相关(?:新闻|阅读|推荐|链接|文章|信息|资讯|政策|文档|内容)|推荐(?:阅读|文章|新闻)|热门(?:文章|新闻|推荐|阅读|资讯)|热点(?:新闻|推荐)|猜你喜欢|为您推荐|大家都在看|延伸阅读|"
    r"最新(?:文章|评论|资讯)|精彩评论|网友评论|全部评论|用户评论|发表评论|我要评论|评论区?|留言|分享到?|扫码关注|扫一扫|免责声明|版权声明|友情链接|网站导航|阅读排行|点击排行)"
    r"(?:\s*[:：>»].{0,6}|\s*[(（]\d+[)）])?$"
)
_LINKED_BLOCKS = frozenset(["ul", "ol", "div", "table", "section", "p", "dl", "td", "tr", "li", "article", "span"])
LINKED = 0.6
_MOST = 0.4
"""The share of the page's unlinked text that may be taken away at once by a name or a heading."""


def content_of(body: Node) -> tuple[Node, int]:
    """The part of a page that holds its text, and about how many lines of furniture were left out."""
    whole = max(1, body.chars - body.linked)
    removed = _prune(body, whole)
    measure(body)
    removed += _cut_tails(body, max(1, body.chars - body.linked))
    measure(body)
    return _narrow(body), removed


def _prune(root: Node, whole: int) -> int:
    """Take furniture off, from the outside in."""
    removed = 0
    waiting = [root]
    while waiting:
        node = waiting.pop()
        kept = []
        for child in node.children:
            if child.tag and _is_furniture(child, whole):
                removed += _lines(child)
            else:
                kept.append(child)
        node.children = kept
        waiting.extend(child for child in kept if child.tag)
    return removed


def _is_furniture(node: Node, whole: int) -> bool:
    if node.tag in ("body", "main", "article", "h1"):
        return False
    unlinked = node.chars - node.linked
    if unlinked > _MOST * whole:
        return False
    if node.tag in _FURNITURE_TAGS:
        return True
    names = _names(node)
    if names & _FURNITURE_NAMES and not (names <= _MAY_HOLD_TITLE | {"title", "content"} and _holds_title(node)):
        return not (node.tag in ("p", "td", "tr", "li") and unlinked > 200)
    return node.tag in _LINKED_BLOCKS and node.link_share > LINKED and _count_links(node) >= 2 and not _is_attachment_list(node)


def _names(node: Node) -> set[str]:
    words = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')} {node.attributes.get('role', '')}"
    whole = {word.lower() for word in re.split(r"[\s_-]+", words)}
    return whole | {part.lower() for word in words.split() for part in _NAME_PARTS.findall(word)}


def _holds_title(node: Node) -> bool:
    return any(below.tag in ("h1", "h2") and below.chars >= 8 for below in node.walk())


def _count_links(node: Node) -> int:
    return sum(below.tag == "a" for below in node.walk())


def _is_attachment_list(node: Node) -> bool:
    return node.all_text().startswith("附件")


def _cut_tails(root: Node, whole: int) -> int:
    """From a heading like 相关阅读 on, the rest of its parent goes, unless that is where the text is."""
    removed = 0
    for node in list(root.walk()):
        for index, child in enumerate(node.children):
            if child.tag and child.chars <= 16 and _TAIL_HEADING.match(child.all_text()):
                rest = node.children[index:]
                if sum(below.chars - below.linked for below in rest) <= _MOST * whole:
                    removed += sum(_lines(below) for below in rest)
                    node.children = node.children[:index]
                break
    return removed


def _narrow(body: Node) -> Node:
    """The innermost element that still holds nearly all unlinked text; short lines beside it (dates, counters) do not count."""
    whole = _weight(body)
    node = body
    while True:
        heavy = [child for child in node.children if child.tag and _weight(child) >= 0.92 * whole]
        if len(heavy) != 1 or heavy[0].tag in ("p", "td", "tr", "tbody", "table", "ul", "ol", "li", "span", "pre"):
            return node
        node = heavy[0]


def _weight(node: Node) -> int:
    return node.chars - node.linked


def _lines(node: Node) -> int:
    return sum(bool(below.text.strip()) for below in node.walk() if not below.tag)
