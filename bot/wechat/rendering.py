"""What a message reads like in WeChat, which shows plain text alone: choices become numbers, long texts become parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import regex

from bot.choices import Offers, details_of, numbers, options_of
from bot.messages import MessageView
from bot.wechat import form_texts as texts
from bot.wechat.cutting import MOST_BYTES, cut

MOST_PARTS = 3
"""So many parts a single answer may have before what the page shows in full is left out: WeChat takes five messages a window."""

_ON_PAGE_IN_FULL = frozenset({"policy_answer", "eligibility", "postings", "events"})
"""Kinds of which the page shows a card with everything; words of people and warnings are never shortened."""
_DATA_FILE = "my_data"
_QUOTE = 160
_LINE = 240
_FIRM = regex.compile(r"^\s*(?:注意|⚠|请核对|需核实|出处|\d+\. )")
"""Lines that stay whole: warnings, and the names of sources."""
_UNPRINTABLE = regex.compile(r"[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}--[\n\t]]", regex.VERSION1)
"""What XML 1.0 forbids, or nobody can see; joiners of emoji are not among them."""
_LISTED = regex.compile(rf"\n(?=第\d+[个场] |[^\n]*{texts.DETAIL_NUMBERED}|[^\n]*{texts.DETAIL_TYPED})")
"""Before an item of a list, and before what can be done with it."""
_GAP = regex.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")

Linked = Callable[[], str]


def parts(view: MessageView, offers: Offers = (), link: Linked | None = None, limit: int = MOST_BYTES) -> list[str]:
    """The message in parts of at most `limit` bytes of UTF-8, in order; [] for what the graduate said themselves.

    `offers` is what the conversation has on offer (`Conversation.offers`): only what is on offer gets a number, so that
    a number never means something else. `link` makes a link to this conversation on the page; it is called where the
    message needs one. Without it nothing is shortened.
    """
    if view.role == "user":
        return []
    whole = _with_link(view, _clean(_words(view, offers)), link)
    pieces = cut(whole, limit)
    if link is None or len(pieces) <= MOST_PARTS or view.kind not in _ON_PAGE_IN_FULL or view.role == "counsellor":
        return pieces
    shortened = _clean(_words(_shortened(view), offers))
    return cut(f"{shortened}\n\n{texts.WHOLE_ON_PAGE.format(link=link())}", limit)


def _words(view: MessageView, offers: Offers) -> str:
    said = _as_said_here(view.text.strip())
    if view.role == "counsellor":
        return (texts.COUNSELLOR_BELOW if "\n" in said else texts.COUNSELLOR).format(text=said)
    given = numbers(offers)
    if view.kind == "postings":
        return _numbered_postings(said, view, given)
    if view.kind == "events":
        said = _LISTED.sub("\n\n", said)
    return "\n".join([said, *_choices(view, given)])


def _as_said_here(text: str) -> str:
    for on_page, here in texts.SAID_IN_WECHAT:
        text = text.replace(on_page, here)
    return text


def _choices(view: MessageView, given: dict[str, int]) -> list[str]:
    """The choices as lines to answer; a suggestion that has lost its number is worth no line of its own."""
    options = options_of(view.kind, view.payload)
    if view.kind == "choices":
        return [_choice(option.title, given) for option in options]
    asked = [texts.TAKE.format(number=given[option.title], title=option.title) for option in options if option.title in given]
    return ["", texts.ASK_FURTHER, *asked] if asked else []


def _choice(title: str, given: dict[str, int]) -> str:
    return texts.TAKE.format(number=given[title], title=title) if title in given else texts.TAKE_BY_WORDS.format(title=title)


def _numbered_postings(said: str, view: MessageView, given: dict[str, int]) -> str:
    """The list, item by item, with the numbers that open its postings, and those of what could give way."""
    if all(each.title in given for each in details_of(view.kind, view.payload)):
        said = said.replace(texts.DETAIL_TYPED, texts.DETAIL_NUMBERED)
    for option in options_of(view.kind, view.payload):
        if option.title in given:
            said = said.replace(texts.LOOSEN_TYPED.format(text=option.title), texts.LOOSEN_NUMBERED.format(number=given[option.title]))
    return _LISTED.sub("\n\n", said)


def _with_link(view: MessageView, words: str, link: Linked | None) -> str:
    if link is None or view.kind != "notice" or (view.payload or {}).get("code") != _DATA_FILE:
        return words
    return f"{words}\n{texts.DATA_ON_PAGE.format(link=link())}"


def _shortened(view: MessageView) -> MessageView:
    """The message without the long stretches that its card shows in full: quotes beyond their first words, long fields."""
    text = view.text
    for quote in _quotes(view.payload or {}):
        if len(quote) > _QUOTE:
            text = text.replace(quote, quote[:_QUOTE] + texts.CUT)
    lines = [line if len(line) <= _LINE or _FIRM.match(line) else line[:_LINE] + texts.CUT for line in text.split("\n")]
    return view.model_copy(update={"text": "\n".join(lines)})


def _quotes(payload: dict[str, Any]) -> list[str]:
    cited = [
        *payload.get("citations", ()),
        *(reason["citation"] for reason in payload.get("reasons", ()) if isinstance(reason.get("citation"), dict)),
    ]
    return [citation["quote"] for citation in cited if citation.get("quote")]


def _clean(text: str) -> str:
    return _GAP.sub("\n\n", _UNPRINTABLE.sub("", text.replace("\r\n", "\n"))).strip()


__all__ = ["MOST_BYTES", "MOST_PARTS", "Linked", "parts"]
