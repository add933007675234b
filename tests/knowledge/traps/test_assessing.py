"""Assessing advertisements, chats and offers: what gives a trap away is named letter for letter, ordinary ones pass."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.pack.hotlines import load_hotlines
from knowledge.traps import telling, texts
from knowledge.traps.assess import assess
from knowledge.traps.model import Assessment, Level
from knowledge.traps.plain import plain
from knowledge.traps.rules import rules

HELD_OUT = [json.loads(line) for line in (Path(__file__).parent / "held_out.jsonl").read_text(encoding="utf-8").splitlines()]


def flagged(label: str) -> float:
    rows = [row for row in HELD_OUT if row["label"] == label]
    return sum(assess(row["text"]).flagged for row in rows) / len(rows)


def test_of_texts_that_were_held_out_nearly_all_traps_are_flagged_and_hardly_an_ordinary_one() -> None:
    assert flagged("scam") >= 0.95
    assert flagged("normal") <= 0.05


@pytest.mark.parametrize(
    ("text", "kind", "phrase"),
    [
        ("录用后需交押🈁500", "entry_fee", "交押🈁500"),
        ("入职前先缴保 证 金一千元", "entry_fee", "缴保 证 金一千元"),
        ("錄用後先交服裝費三百元", "entry_fee", "交服裝費三百元"),
        ("培训费一万八，可以帮你办分期，学完上岗", "training_loan", "培训费一万八，可以帮你办分期"),
        ("毕业证原件由公司保管两年", "doc_seizure", "毕业证原件由公司保管"),
        ("代签三方协议，包验证", "sell_tripartite", "代签三方协议"),
    ],
)
def test_the_phrase_is_cut_letter_for_letter_whatever_its_disguise(text: str, kind: str, phrase: str) -> None:
    signal = next(signal for signal in assess(text).signals if signal.kind == kind)

    assert signal.phrase == phrase
    assert signal.advice == texts.ADVICE[kind]


@pytest.mark.parametrize(
    ("trap", "ordinary"),
    [
        ("入职体检费380元自理，必须去指定门诊", "入职体检费380元由公司承担"),
        ("入职需交服装押金300元", "入职不收服装押金，工装免费发放"),
        ("岗前培训费可办理贷款", "贷款专员，负责贷款客户资料收集"),
        ("身份证原件由公司统一保管", "身份证原件核验后当场退还"),
        ("试岗七天没有工资", "试岗七天按120元/天发工资"),
        ("先垫付货款，做完返佣金", "警方提醒：先垫付货款再返佣金的都是诈骗"),
        ("去柬埔寨做客服，月薪三万，包机票", "央企外派柬埔寨，办理工作签证，国内签订劳动合同"),
        ("兼职跑分，提供银行卡日结", "风控岗，识别跑分账户"),
        ("录用后先交门禁卡押金二百元", "租的房子还得交二百元门禁卡押金，房东说退租时还"),
        ("厂里中介收身份证，说统一买保险", "厂里收身份证复印件，说统一买保险"),
        ("试用期内离职不予结算薪资", "临床实习无工资，学校统一安排，医院提供餐补"),
        ("三方盖章120，量大从优", "三方协议由就业办统一盖章，不要找外面的人代盖"),
        ("每小时从工资里扣三块管理费，中介拿走", "每月从工资扣水电约五十"),
    ],
)
def test_who_pays_whom_and_who_speaks_decides(trap: str, ordinary: str) -> None:
    assert assess(trap).flagged
    assert not assess(ordinary).flagged


def test_nothing_to_assess_is_unknown_and_an_ordinary_text_is_low() -> None:
    assert assess("靠谱吗").level is Level.UNKNOWN
    assert assess("诚聘会计一名，五险一金，双休").level is Level.LOW


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400) | st.text(alphabet="先交押金培训贷款身份证公司中介给我一千元，。不", max_size=400))
def test_any_text_is_assessed_and_every_phrase_stands_in_it(text: str) -> None:
    for signal in assess(text).signals:
        assert signal.phrase and signal.phrase in text


def test_the_way_back_from_the_plain_form_is_exact() -> None:
    printed = "加V信，押 🈁 800，ｖｘ详聊"
    seen = plain(printed)

    assert seen.text == "加微信,押金800,微信详聊"
    assert len(seen.spans) == len(seen.text)
    assert seen.printed_span(seen.text.index("押金"), seen.text.index("押金") + 2) == "押 🈁"


def test_every_kind_has_a_name_and_an_advice_and_every_number_is_on_file() -> None:
    lines = load_hotlines()

    assert {rule.kind for rule in rules()} <= set(texts.KINDS) == set(texts.ADVICE)
    assert set(texts.PHONES) <= set(texts.KINDS)
    for number, label in texts.PHONE_LABELS.items():
        line = lines.line(number)
        assert line is not None
        assert line.source == "B" or "核实" in label


@pytest.mark.parametrize("level", list(Level))
def test_the_words_carry_everything_that_the_payload_has(level: Level) -> None:
    found = assess("入职后身份证由公司保管，先交工装费三百元，学费可以分期贷款")
    assessment = Assessment(level, found.signals if level in (Level.HIGH, Level.MEDIUM) else ())
    told = telling.message(assessment)

    assert told["kind"] == "risk_check" and told["payload"]["level"] == level.value
    parts = [*told["payload"]["steps"], *(phone["number"] for phone in told["payload"]["phones"])]
    parts += [part for signal in told["payload"]["signals"] for part in (signal["phrase"], signal["advice"])]
    assert all(part in told["text"] for part in parts)
    assert re.search(r"没办法替你判断|发给我", told["text"])
