"""WeChat's plain text loses nothing that a page would show, tells the numbers that can be typed, and comes in parts that fit."""

from __future__ import annotations

import importlib
import pkgutil
import re
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

import actions
import bot
import desk
import knowledge
from bot.choices import find_choice, next_offers
from bot.messages import MessageView, Reply
from bot.wechat import form_texts
from bot.wechat.cutting import MOST_BYTES, cut
from bot.wechat.rendering import MOST_PARTS, parts

FAMILY = "👨‍👩‍👧‍👦"
MARK = re.compile(r"\n（\d+/\d+）$")
AT = datetime(2026, 12, 1, tzinfo=UTC)
LINK = "https://zhiwen.example.edu.cn/#enter=abc"


def view(text: str, kind: str = "text", payload: dict[str, Any] | None = None, role: str = "bot") -> MessageView:
    return MessageView(id="m1", seq=1, role=role, kind=kind, text=text, payload=payload, created_at=AT)


def choices(text: str, *titles: str) -> MessageView:
    return view(text, "choices", {"options": [{"title": title, "value": f"/take_{title}"} for title in titles]})


def offers_of(*views: MessageView) -> list[dict[str, Any]]:
    return next_offers([], [Reply(each.kind, each.text, each.payload, each.role) for each in views])


def shown(text: str) -> str:
    return re.sub(r"\s", "", text)


def rejoined(pieces: list[str]) -> str:
    return "".join(MARK.sub("", piece) if len(pieces) > 1 else piece for piece in pieces)


def posting(number: int, **more: Any) -> dict[str, Any]:
    return {"id": str(number), "number": number, "title": f"岗位{number}", "employer": "某公司"} | more


@given(
    st.lists(
        st.one_of(st.text(max_size=40), st.sampled_from([FAMILY, "试用期最长六个月。", "\n\n", "e\u0301", "https://a.example/b?c=d"])), max_size=200
    )
)
@settings(max_examples=40)
@example(["职" * 5000])
@example([FAMILY * 500])
@example(["\u0301" * 3000])
@example([" " * 5000, "好"])
def test_every_part_fits_whole_characters_in_order_and_nothing_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces).encode("utf-8", "ignore").decode()

    made = cut(text)

    assert all(len(part.encode()) <= MOST_BYTES and part.strip() for part in made)
    assert shown(rejoined(made)) == shown(text)


@given(st.lists(st.sampled_from([FAMILY, "é", "e\u0301\u0302", "👍🏽", "🇨🇳", "查", "。", "x"]), min_size=300, max_size=600))
@settings(max_examples=20)
def test_no_character_that_a_reader_sees_as_one_is_torn(characters: list[str]) -> None:
    text = "".join(characters)

    assert set(regex.findall(r"\X", "".join(MARK.sub("", part) for part in cut(text)))) <= set(regex.findall(r"\X", text))


def test_an_answer_of_5000_characters_comes_in_numbered_parts_cut_at_sentences() -> None:
    sentence = "毕业生可以在毕业后两年内把档案留在学校，也可以转回生源地。"
    text = sentence * (5000 // len(sentence))

    made = parts(view(text))

    assert len(made) > 1
    assert all(len(part.encode()) <= MOST_BYTES for part in made)
    assert [part.rsplit("\n", 1)[1] for part in made] == [f"（{number}/{len(made)}）" for number in range(1, len(made) + 1)]
    assert all(MARK.sub("", part).endswith("。") for part in made)
    assert rejoined(made) == text


def test_an_emoji_of_many_code_points_is_never_torn() -> None:
    made = cut(FAMILY * 400)

    assert len(made) > 1
    assert all(set(regex.findall(r"\X", MARK.sub("", part))) == {FAMILY} for part in made)


def test_an_address_is_not_cut_in_two() -> None:
    address = "https://www.example.edu.cn/" + "a" * 120
    made = cut("查" * 660 + address + "查" * 300)

    assert sum(address in part for part in made) == 1


def test_choices_are_numbered_and_the_number_takes_the_choice() -> None:
    asked = choices("这次的处理你满意吗？点一下就好，只问这一次。", "满意", "一般", "不满意")
    offers = offers_of(asked)

    [said] = parts(asked, offers)

    assert said == "这次的处理你满意吗？回复数字就好，只问这一次。\n回复1：满意\n回复2：一般\n回复3：不满意"
    taken = find_choice(offers, "3")
    assert taken is not None
    assert taken.value == "/take_不满意"


def test_two_questions_of_one_turn_share_one_count() -> None:
    first, second = choices("要留个联系方式吗？", "留联系方式"), choices("要转人工吗？", "转人工", "不用")
    offers = offers_of(first, second)

    said = [*parts(first, offers), *parts(second, offers)]

    assert said == ["要留个联系方式吗？\n回复1：留联系方式", "要转人工吗？\n回复2：转人工\n回复3：不用"]
    assert [getattr(find_choice(offers, number), "title", None) for number in "1234"] == ["留联系方式", "转人工", "不用", None]


def test_a_choice_that_has_lost_its_number_is_taken_by_its_words() -> None:
    older, newer = choices("要留个联系方式吗？", "留联系方式"), choices("要转人工吗？", "转人工")
    offers = next_offers(offers_of(older), [Reply(newer.kind, newer.text, newer.payload)])

    assert parts(older, offers) == ["要留个联系方式吗？\n回复“留联系方式”"]


def test_what_to_ask_next_is_numbered_behind_a_policy_answer() -> None:
    answer = view(
        "可以。\n\n出处：\n1. 《某办法》第三条（某部，现行）",
        "policy_answer",
        {"outcome": "answered", "suggestions": ["落户，文件怎么说？", "转人工"]},
    )
    offers = offers_of(answer)

    [said] = parts(answer, offers)

    assert said.endswith("第三条（某部，现行）\n\n也可以直接回复数字：\n回复1：落户，文件怎么说？\n回复2：转人工")
    taken = find_choice(offers, "1")
    assert taken is not None
    assert taken.value == "落户，文件怎么说？"


def test_a_number_opens_the_posting_of_the_list_and_what_could_give_way() -> None:
    payload = {"total": 2, "items": [posting(1), posting(2)], "loosen": [{"label": "不限城市", "text": "不限城市", "total": 9}]}
    text = "找到2个：\n第1个 岗位1｜某公司\n第2个 岗位2｜某公司\n· 不限城市：有9个（回复“不限城市”）\n回复“第1个详细说说”看详情。"
    found = view(text, "postings", payload)
    asked = choices("要请老师推荐吗？", "请老师帮忙推荐")
    offers = offers_of(found, asked)

    assert parts(found, offers)[0] == (
        "找到2个：\n\n第1个 岗位1｜某公司\n\n第2个 岗位2｜某公司\n· 不限城市：有9个（回复3）\n\n回复岗位前面的数字看详情，比如“1”。"
    )
    assert parts(asked, offers) == ["要请老师推荐吗？\n回复4：请老师帮忙推荐"]
    assert [getattr(find_choice(offers, number), "value", None) for number in "234"] == ["第2个详细说说", "不限城市", "/take_请老师帮忙推荐"]


def test_a_list_that_is_no_longer_the_newest_keeps_the_words() -> None:
    found = view("第1个 岗位1｜某公司\n回复“第1个详细说说”看详情。", "postings", {"total": 1, "items": [posting(1), posting(2)]})

    assert parts(found, [])[0].endswith("回复“第1个详细说说”看详情。")


def test_a_counsellor_is_named_and_a_graduate_is_not_told_their_own_words() -> None:
    assert parts(view("明天上午来就业办。", role="counsellor")) == ["老师：明天上午来就业办。"]
    assert parts(view("第一行\n第二行", role="counsellor")) == ["老师：\n第一行\n第二行"]
    assert parts(view("我想转人工", role="user")) == []


def test_a_long_quote_is_left_to_the_page_but_no_warning_and_no_source() -> None:
    quote = "第三条" + "档案由学校保管，" * 400
    warning = "注意：下面这份文件已经过期，" + "请以现行规定为准。" * 40
    text = f"{warning}\n可以。\n\n出处：\n1. 《某办法》第三条（某部，已过期）\n   原文：{quote}"
    answer = view(text, "policy_answer", {"outcome": "answered", "citations": [{"quote": quote}], "suggestions": []})

    with_link, without = parts(answer, [], lambda: LINK), parts(answer, [])

    assert len(without) > MOST_PARTS
    assert quote[-50:] in rejoined(without)
    assert len(with_link) <= MOST_PARTS
    joined = rejoined(with_link)
    assert shown(warning) in shown(joined)
    assert "1. 《某办法》第三条（某部，已过期）" in joined
    assert quote[:100] in joined
    assert LINK in joined


def test_words_of_people_are_never_shortened() -> None:
    letter = "请带好材料。" * 2000

    assert rejoined(parts(view(letter, role="counsellor"), [], lambda: LINK)).endswith(letter)
    assert rejoined(parts(view(letter), [], lambda: LINK)) == letter


def test_no_link_is_made_where_none_is_needed() -> None:
    def unexpected() -> str:
        raise AssertionError("a link was made")

    assert parts(view("好的。"), [], unexpected) == ["好的。"]


def test_the_file_of_personal_data_is_fetched_by_the_link() -> None:
    said = parts(view("确认后可以在这个页面下载。", "notice", {"code": "my_data"}), [], lambda: LINK)

    assert said == ["确认后可以在网页上下载。\n" + form_texts.DATA_ON_PAGE.format(link=LINK)]


def test_what_xml_forbids_is_left_out_and_joiners_stay() -> None:
    assert parts(view(f"a\x00b\x0bc\ufffe\n{FAMILY}")) == [f"abc\n{FAMILY}"]


def _texts_modules() -> list[ModuleType]:
    found = []
    for package in (actions, bot, desk, knowledge):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            of_staff = re.search(r"\.(?:api|cli|staff|care|nlu|reports|promotion|wechat|demo|surveys|trainings)\.", f"{info.name}.")
            if info.name.rpartition(".")[2].endswith("texts") and not of_staff:
                found.append(importlib.import_module(info.name))
    return found


_OF_THE_PAGE_ALONE = {"BAD_REQUEST", "BAD_TOKEN", "TOO_MANY_STREAMS", "PAGE_MISSING", "CONSOLE_MISSING"}
_OF_STAFF = {"CONFLICT", "NOTICES"}


@pytest.mark.parametrize("module", _texts_modules(), ids=lambda module: module.__name__)
def test_no_text_for_graduates_speaks_of_buttons_or_of_the_page_in_wechat(module: ModuleType) -> None:
    for name, value in vars(module).items():
        if not isinstance(value, str) or name.startswith("__") or name in _OF_THE_PAGE_ALONE | _OF_STAFF:
            continue
        said = "\n".join(parts(view(value)))
        assert not re.search("点一下|点下面|本页|这个页面|页面外|显示在这里|按钮", said), f"{module.__name__}.{name}: {said}"


def test_each_replacement_meets_words_that_are_really_said() -> None:
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for package in (actions, bot, desk, knowledge)
        for folder in package.__path__
        for path in Path(folder).rglob("*texts.py")
        if path.name != "form_texts.py"
    )
    for on_page, _ in form_texts.SAID_IN_WECHAT:
        assert on_page in sources, on_page
