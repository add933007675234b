"""The built-in knowledge: sound as shipped, and its faults named when it is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.answers.refusing import pack_text
from knowledge.pack import validate
from knowledge.pack.hotlines import Hotlines, load_hotlines
from knowledge.pack.schema import Basis, PackEntry, PackInvalid, load_entries
from knowledge.pack.topics import TOPICS
from knowledge.pack.validate import problems_of, question_key

TODAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def entries() -> tuple[PackEntry, ...]:
    return load_entries()


@pytest.fixture(scope="module")
def hotlines() -> Hotlines:
    return load_hotlines()


def record(**changes: Any) -> dict[str, Any]:
    """A sound entry as it would stand in a file, with changes."""
    sound: dict[str, Any] = {
        "id": "labour_contract-01",
        "topic": "labour_contract",
        "title": "试用期最长可以多久",
        "questions": [f"试用期最长几个月{number}" for number in "一二三四五六"],
        "answer": "看合同长短，三年以上的最多六个月。",
        "decides": "劳动保障监察机构",
        "varies": None,
        "basis": [{"law": "《中华人民共和国劳动合同法》", "article": "第十九条", "date": "2008-01-01"}],
        "status": "in_force",
        "confidence": "A",
        "checked_on": "2025-04-30",
        "facts": ["T22-01"],
    }
    return sound | changes


def problems(*records: dict[str, Any]) -> list[str]:
    return problems_of([PackEntry.model_validate(r) for r in records], load_hotlines(), TODAY)


def write(folder: Path, *records: dict[str, Any], name: str = "labour_contract.yaml") -> Path:
    (folder / name).write_text(yaml.safe_dump(list(records), allow_unicode=True), encoding="utf-8")
    return folder


# As shipped


def test_shipped_pack_has_no_problem(entries: tuple[PackEntry, ...], hotlines: Hotlines) -> None:
    assert problems_of(entries, hotlines, TODAY) == []


def test_shipped_pack_covers_every_topic(entries: tuple[PackEntry, ...]) -> None:
    assert {entry.topic for entry in entries} == set(TOPICS)
    assert len(entries) >= 330


def test_validator_reports_success(capsys: pytest.CaptureFixture[str]) -> None:
    assert validate.main() == 0
    assert "没有问题" in capsys.readouterr().out


def test_validator_reports_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert validate.main(write(tmp_path, record(), record())) == 2
    assert "labour_contract-01：编号重复" in capsys.readouterr().out


def test_validator_reports_what_it_cannot_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert validate.main(write(tmp_path, record(status="perhaps"))) == 2
    assert "labour_contract.yaml labour_contract-01：status" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("entry_id", "belief", "article"),
    [
        ("agreement_breach-01", "五千", "第五百八十五条"),
        ("registration_card-01", "报到证", None),
        ("fresh_status-01", "社保", None),
        ("archive-01", "保管费", "第十五条"),
        ("pay_insurance-22", "11 天", "第二条"),
        ("military-13", "注销户口", "第四十九条"),
        ("registration_card-04", "改派", None),
        ("registration_card-05", "干部身份", None),
        ("agreement_breach-09", "竞业", None),
        ("pay_insurance-02", "自愿放弃社保", "第五十八条"),
        ("archive-15", "1996", None),
        ("archive-16", "实施办法", "第五十二条"),
        ("startup-07", "20 万", None),
        ("startup-18", "个体工商户条例", "第三十九条"),
        ("military-15", "8000", None),
        ("military-19", "退役士兵安置条例", "第九十三条"),
        ("grassroots_tuition-05", "1.6 万", None),
        ("further_study-09", "学位条例", "第四十五条"),
        ("quit_dispute-28", "终止", "第十一条"),
    ],
)
def test_outdated_beliefs_are_answered_by_the_rule_in_force(entries: tuple[PackEntry, ...], entry_id: str, belief: str, article: str | None) -> None:
    entry = next(entry for entry in entries if entry.id == entry_id)
    outdated = entry.supersedes_belief
    assert outdated is not None
    assert belief in outdated.belief or belief in entry.title
    assert entry.basis[0].article == article
    assert outdated.now
    assert outdated.since


def test_illegal_wishes_meet_a_red_line(entries: tuple[PackEntry, ...]) -> None:
    warned = {entry.id for entry in entries if any("红线" in warning for warning in entry.warnings)}
    assert {"destination_register-04", "resume-01", "resume-02", "interview-01", "recruit_fraud-05"} <= warned


def test_what_holds_for_one_place_says_so_in_the_answer_or_the_title(entries: tuple[PackEntry, ...]) -> None:
    local = [entry for entry in entries if entry.region != "全国"]
    assert local
    for entry in local:
        assert entry.region in entry.title + entry.answer, entry.id


def test_what_is_known_from_one_page_only_says_so_first_and_offers_a_person(entries: tuple[PackEntry, ...]) -> None:
    uncertain = [entry for entry in entries if entry.confidence == "C"]
    assert uncertain
    for entry in uncertain:
        text = pack_text(entry)
        assert text.startswith("需核实")
        assert "转人工" in text
    assert not any(pack_text(entry).startswith("需核实") for entry in entries if entry.confidence != "C")


# Reading


def test_reading_names_file_and_entry_of_a_bad_field(tmp_path: Path) -> None:
    folder = write(tmp_path, record(), record(id="labour_contract-02", status="perhaps"))
    with pytest.raises(PackInvalid, match=r"labour_contract\.yaml labour_contract-02：status"):
        load_entries(folder)


def test_reading_counts_an_entry_without_id(tmp_path: Path) -> None:
    nameless = record()
    del nameless["id"]
    with pytest.raises(PackInvalid, match=r"labour_contract\.yaml 第 2 条：id"):
        load_entries(write(tmp_path, record(), nameless))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"confidence": "D"}, "confidence"),
        ({"hint": "?"}, "hint"),
        ({"id": "archive-01"}, "archive-01"),
        ({"basis": [{"law": "《中华人民共和国劳动法》", "article": "19", "date": "1995-01-01"}]}, "basis.0.article"),
        ({"basis": [{"law": "《中华人民共和国劳动法》", "article": "第十九条", "date": "2023-02-30"}]}, "basis.0.date"),
        ({"checked_on": "去年"}, "checked_on"),
    ],
)
def test_reading_refuses_what_the_schema_does_not_know(tmp_path: Path, changes: dict[str, Any], named: str) -> None:
    with pytest.raises(PackInvalid, match=named):
        load_entries(write(tmp_path, record(**changes)))


@pytest.mark.parametrize("content", [b"- id: [", b"id: one", b"- just text", b"\xff\xfe\x00"])
def test_reading_refuses_a_file_that_is_no_list_of_entries(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "archive.yaml").write_bytes(content)
    with pytest.raises(PackInvalid, match=r"^archive\.yaml："):
        load_entries(tmp_path)


def test_reading_an_empty_folder_says_that_nothing_is_there(tmp_path: Path) -> None:
    with pytest.raises(PackInvalid, match="没有知识条目文件"):
        load_entries(tmp_path)


@pytest.mark.parametrize(("written", "kept"), [("2023", "2023"), ("2023-06", "2023-06"), ("2023-06-01", "2023-06-01")])
def test_dates_keep_the_precision_of_their_source(tmp_path: Path, written: str, kept: str) -> None:
    text = yaml.safe_dump([record(checked_on="DATE")], allow_unicode=True).replace("DATE", written)
    (tmp_path / "labour_contract.yaml").write_text(text, encoding="utf-8")  # unquoted: YAML reads a number or a date
    assert load_entries(tmp_path)[0].checked_on == kept


def test_basis_reads_as_one_citation() -> None:
    basis = Basis(law="《工伤保险条例》", article="第十四条", date="2011-01-01", number="国务院令第375号")
    assert basis.citation == "《工伤保险条例》（国务院令第375号）第十四条"


# Checks over the whole pack


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"id": "weather-01", "topic": "weather"}, "没有这个主题"),
        ({"region": "江南"}, "没有这个地区"),
        ({"questions": ["试用期多久"]}, "问法应有 6—12 种"),
        ({"answer": "很长的答案" * 50 + "。"}, "答案超过"),
        ({"answer": "一句。两句。三句。四句。五句。"}, "答案应有 1—4 句"),
        ({"steps": ["走一步" * 30]}, "步骤超过"),
        ({"checked_on": "2027"}, "日期在今天之后：2027"),
        ({"checked_on": "2026-12-02"}, "日期在今天之后"),
        ({"basis": []}, "没有依据"),
        ({"facts": []}, "没有写明出自哪些事实"),
        ({"facts": ["T1"]}, "事实编号写法不对"),
        ({"basis": [{"law": "某网站", "date": "2020"}]}, "法规全名"),
        ({"basis": [{"law": "《户口登记条例》", "date": "1911"}]}, "日期太早"),
        ({"confidence": "B"}, "B 类条目要有一条提醒请人核对"),
        ({"confidence": "C", "warnings": ["请核对"]}, "C 类条目要有一条提醒请人需核实"),
        ({"basis": [{"law": "《劳动法》", "date": None}]}, "依据没有日期"),
        ({"steps": ["拨 12366 问税务"]}, "不得给出的号码：12366"),
        ({"answer": "可以打 4000076266 咨询这件事。"}, "不得给出的号码"),
        ({"answer": "可以打 12399 咨询这件事。"}, "不在热线表里的号码：12399"),
    ],
)
def test_each_fault_of_an_entry_is_named(changes: dict[str, Any], expected: str) -> None:
    found = problems(record(**changes))
    assert len(found) == 1
    assert expected in found[0]
    assert found[0].startswith(f"{changes.get('id', 'labour_contract-01')}：")


def test_a_sum_is_not_taken_for_a_telephone_number() -> None:
    assert problems(record(answer="每户每年最高扣减 12000 元，招 12500 名。")) == []


def test_a_listed_line_and_a_date_of_today_pass() -> None:
    assert problems(record(answer="可以打 12333 咨询，急事打 110。", checked_on="2026-12-01")) == []


def test_the_same_question_in_two_entries_is_found_whatever_its_script_and_punctuation() -> None:
    other = [f"续签还要试用吗{number}" for number in "一二三四五"]
    second = record(id="labour_contract-02", questions=[*other, "試用期 最長幾個月一？"])
    found = problems(record(), second)
    assert len(found) == 1
    assert found[0].startswith("labour_contract-01、labour_contract-02：问法重复")


def test_a_question_that_stands_whole_in_another_entrys_question_is_found() -> None:
    other = [f"续签还要试用吗{number}" for number in "一二三四五"]
    second = record(id="labour_contract-02", questions=[*other, "请问试用期最长几个月一呢"])
    found = problems(record(), second)
    assert found == ["labour_contract-01、labour_contract-02：问法互相包含：试用期最长几个月一／请问试用期最长几个月一呢"]


def test_a_single_page_without_a_date_may_stay_without_one() -> None:
    page = {"law": "某校办法（未注明年份）", "date": None}
    assert problems(record(confidence="C", basis=[page], warnings=["需核实：只见于一处"])) == []


def test_question_key_ignores_case_blanks_and_punctuation() -> None:
    assert question_key("ＨＲ 收回 Offer，合法吗？") == question_key("hr收回offer合法吗")


# Hotlines


def test_emergency_lines_are_police_ambulance_and_psychological_help(hotlines: Hotlines) -> None:
    assert [line.number for line in hotlines.emergency] == ["110", "120", "12356"]


def test_no_line_is_both_given_and_forbidden(hotlines: Hotlines) -> None:
    assert not [line.number for line in hotlines.lines if line.number.replace("-", "") in hotlines.forbidden]
    assert {"4000076266", "01086223221", "01066097865"} <= hotlines.forbidden


def test_a_line_known_from_one_page_only_says_that_it_needs_checking(hotlines: Hotlines) -> None:
    uncertain = [line for line in hotlines.lines if line.source == "C"]
    assert uncertain
    assert all("需核实" in (line.note or "") for line in uncertain)


def test_a_line_is_found_with_and_without_dashes(hotlines: Hotlines) -> None:
    line = hotlines.line("01082951332")
    assert line is not None
    assert line.number == "010-82951332"
    assert hotlines.line("12399") is None
