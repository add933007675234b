"""The commands as they are typed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli.main import COMMANDS, app
from bot.supervisor.environment import PROJECT
from core.settings import Settings
from knowledge.service import prepare
from tests.bot.servers import free_port
from tests.knowledge.papers import GANSU

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture(scope="session")
def pack_vectors(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vectors of the built-in entries, computed once instead of in every test's own home."""
    home = tmp_path_factory.mktemp("prepared")
    prepare(Settings(home=home))
    return home / "cache"


@pytest.fixture
def surroundings(tmp_path: Path, pack_vectors: Path) -> dict[str, str]:
    """The settings of a home of the test's own."""
    shutil.copytree(pack_vectors, tmp_path / "home" / "cache")
    return {
        "ZHIWEN_HOME": str(tmp_path / "home"),
        "ZHIWEN_PORT": str(free_port()),
        "ZHIWEN_ACTION_PORT": str(free_port()),
        "ZHIWEN_RASA_URL": f"http://127.0.0.1:{free_port()}",
        "COLUMNS": "200",
    }


@pytest.fixture
def zhiwen(tmp_path: Path, surroundings: dict[str, str]) -> Run:
    """A command in a process of its own."""

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(PROJECT), os.environ.get("PYTHONPATH", "")])
        command = [sys.executable, "-c", "from bot.cli import app; app()", *arguments]
        environment = {**os.environ, "PYTHONPATH": path, **surroundings, **settings}
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False)

    return run


@pytest.fixture
def typed(tmp_path: Path, surroundings: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The same in this process, where what takes seconds to load is loaded once: for tests of many commands."""

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        with monkeypatch.context() as around, pytest.raises(SystemExit) as ended:
            around.chdir(tmp_path)
            for name, value in {**surroundings, **settings}.items():
                around.setenv(name, value)
            app(list(arguments))
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, int(str(ended.value.code)), said.out, said.err)

    return run


def assert_one_chinese_line(finished: subprocess.CompletedProcess[str]) -> str:
    assert finished.returncode == 2, finished
    (line,) = finished.stderr.splitlines()
    assert not line.isascii()
    assert finished.stdout == ""
    return line


def test_a_question_while_nothing_runs_says_how_to_start(zhiwen: Run) -> None:
    assert "make run" in assert_one_chinese_line(zhiwen("ask", "三方协议丢了怎么办"))


@pytest.mark.parametrize("arguments", [["ask"], ["ask", "  "], ["nothing"], ["train", "--fast"], ["ask", "a", "b"]])
def test_misuse_is_told_in_one_line(zhiwen: Run, arguments: list[str]) -> None:
    assert_one_chinese_line(zhiwen(*arguments))


def test_a_wrong_setting_is_named(zhiwen: Run) -> None:
    assert "ZHIWEN_PORT" in assert_one_chinese_line(zhiwen("ask", "你好", ZHIWEN_PORT="eighty"))


def test_a_question_is_answered_by_the_running_service(zhiwen: Run, base: str) -> None:
    port = base.rpartition(":")[2]

    plain = zhiwen("ask", "档案怎么转", ZHIWEN_PORT=port)
    as_json = zhiwen("ask", "档案怎么转", "--json", ZHIWEN_PORT=port)

    assert (plain.returncode, plain.stdout) == (0, "答：档案怎么转\n")
    (message,) = json.loads(as_json.stdout)["messages"]
    assert message["text"] == "答：档案怎么转"


def test_the_doctor_names_what_is_wrong_and_how_to_mend_it(typed: Run) -> None:
    finished = typed("doctor")

    assert finished.returncode == 1
    for words in ("Rasa 模型：还没有训练", "zhiwen train", "数据库：结构版本是 空", "知识索引"):
        assert words in finished.stdout
    assert finished.stdout.count("✗") == finished.stdout.count("修复：")


def test_the_doctor_sees_a_port_that_is_taken(zhiwen: Run, base: str, rasa) -> None:
    finished = zhiwen("doctor", ZHIWEN_RASA_URL=rasa.url)

    assert f"被其他程序占用：127.0.0.1:{rasa.port}" in finished.stdout


def test_training_without_rasas_environment_says_so(zhiwen: Run) -> None:
    if (PROJECT / ".venv-rasa").exists():
        pytest.skip("Rasa's environment is there: training would begin")
    finished = zhiwen("train")

    assert finished.returncode == 1
    assert "make setup" in finished.stderr


def test_serving_on_a_port_that_is_taken_is_refused(zhiwen: Run, base: str) -> None:
    finished = zhiwen("serve", ZHIWEN_PORT=base.rpartition(":")[2])

    assert finished.returncode == 1
    assert "已被占用" in finished.stderr


def test_help_is_in_chinese(zhiwen: Run) -> None:
    finished = zhiwen("--help")

    assert finished.returncode == 0
    for command in ("serve", "train", "ask", "doctor", "就业问答"):
        assert command in finished.stdout


def imported_by(tmp_path: Path, *arguments: str) -> set[str]:
    """The packages that a command has imported when it ends."""
    tell = "import atexit, sys; atexit.register(lambda: print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr))"
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "ZHIWEN_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-c", f"{tell}; from bot.cli import app; app()", *arguments]
    finished = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=True)
    return set(finished.stderr.split())


def test_the_list_of_commands_waits_for_nothing_that_takes_long_to_import(tmp_path: Path) -> None:
    imported = imported_by(tmp_path, "--help")

    assert "typer" in imported
    assert imported.isdisjoint({"numpy", "scipy", "sklearn", "spacy", "sqlalchemy", "fastapi", "aiohttp", "knowledge", "desk"})


def test_the_commands_for_accounts_wait_for_no_part_of_the_search(tmp_path: Path) -> None:
    imported = imported_by(tmp_path, "staff", "list")

    assert "sqlalchemy" in imported
    assert imported.isdisjoint({"scipy", "sklearn", "spacy", "tantivy", "usearch", "fastapi", "aiohttp"})


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_of_a_command_what_it_says_of_itself(name: str) -> None:
    program = get_command(app)
    told = program.commands[name].help
    program.load(name)

    assert program.commands[name].help == told


def test_what_is_on_file_can_be_searched_explained_and_evaluated(typed: Run, tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text(GANSU, encoding="utf-8")
    question = "甘肃低保家庭毕业生的求职补贴发多少钱"
    rows = [{"question": question, "expected": "answer_with_citation", "gold_span": "1500元"}, {"question": "火星上怎么落户", "expected": "refuse"}]
    (tmp_path / "set.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    assert typed("ingest", "paper.txt").returncode == 0

    explained = typed("search", question, "--explain")
    found = json.loads(typed("search", question, "--json", "--most", "2").stdout)
    scored = json.loads(typed("evaluate", "set.jsonl", "--json", "--failures", "failed.jsonl", ZHIWEN_TODAY="2024-03-01").stdout)

    assert "条款里有：" in explained.stdout
    assert "意思相似：" in explained.stdout
    assert "比后一条强在：" in explained.stdout
    assert len(found["clauses"]) == 2
    assert "1500元" in found["clauses"][0]["sentence"]
    assert scored == {"set": {"cited_first": [1, 1], "cited_in_three": [1, 1], "refused": [1, 1]}}
    assert (tmp_path / "failed.jsonl").read_text(encoding="utf-8") == ""


def test_an_empty_knowledge_can_be_searched_and_has_no_gaps(typed: Run) -> None:
    assert "还没有文件" in typed("search", "见习补贴").stdout
    assert "没有答不上来的问题" in typed("gaps").stdout
    assert json.loads(typed("gaps", "--json").stdout) == []


@pytest.mark.parametrize("arguments", [["search", " "], ["evaluate", "none.jsonl"], ["gaps", "--days", "0"]])
def test_misuse_of_the_keepers_commands_is_told_in_one_line(typed: Run, arguments: list[str]) -> None:
    assert_one_chinese_line(typed(*arguments))


def test_the_pack_shows_what_a_school_has_put_over_it(typed: Run, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "pack"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text("- {id: resume-01, retired: true}\n", encoding="utf-8")

    listed, shown, sound = typed("pack", "list", "--own"), typed("pack", "show", "resume-01"), typed("pack", "check")

    assert "own.yaml 停用" in listed.stdout
    assert "停用 1 条" in listed.stdout
    assert "已由 own.yaml 停用" in shown.stdout
    assert (sound.returncode, "没有问题" in sound.stdout) == (0, True)
    assert "resume-99" in assert_one_chinese_line(typed("pack", "show", "resume-99"))


def test_a_fault_in_a_schools_file_is_told_by_check_and_doctor(typed: Run, tmp_path: Path) -> None:
    folder = tmp_path / "home" / "pack"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text("- {id: resume-90, topic: resume}\n", encoding="utf-8")

    checked = typed("pack", "check")

    assert checked.returncode == 2
    assert "own.yaml resume-90：title 缺少" in checked.stderr
    assert "own.yaml resume-90" in typed("doctor").stdout


def test_documents_that_age_are_listed_and_the_whole_knowledge_moves_to_another_home(typed: Run, tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text(GANSU, encoding="utf-8")
    assert typed("ingest", "paper.txt").returncode == 0

    assert "2024-08-31" in typed("documents", "expiring", ZHIWEN_TODAY="2024-08-01").stdout
    assert "没有到期的文件" in typed("documents", "expiring", ZHIWEN_TODAY="2024-10-01").stdout
    assert "没有人问到" in typed("documents", "outdated").stdout
    assert "1 份文件" in typed("knowledge", "export", "all.zip").stdout
    assert_one_chinese_line(typed("knowledge", "export", "all.zip"))
    assert "新增 1 份" in typed("knowledge", "import", "all.zip", ZHIWEN_HOME=str(tmp_path / "other")).stdout
    assert "甘教就函" in typed("documents", "list", ZHIWEN_HOME=str(tmp_path / "other")).stdout
    assert_one_chinese_line(typed("knowledge", "import", "paper.txt"))


_KEY = "A" * 43
_WECHAT = {"WECHAT_APP_ID": "wx1", "WECHAT_TOKEN": "the-token", "WECHAT_AES_KEY": _KEY, "WECHAT_APP_SECRET": "the-secret"}


@pytest.mark.parametrize(
    ("setting", "value", "named"),
    [
        ("WECHAT_AES_KEY", "s3cret-too-short", "WECHAT_AES_KEY"),
        ("WECHAT_AES_KEY_PREVIOUS", "s3cret" + "密" * 37, "WECHAT_AES_KEY_PREVIOUS"),
        ("WECHAT_TOKEN", "", "WECHAT_TOKEN"),
        ("WECHAT_TOKEN", "s3cret" * 20, "WECHAT_TOKEN"),
        ("WECHAT_API_BASE", "http://s3cret.example", "WECHAT_API_BASE"),
        ("WECHAT_SERVICE_MESSAGES", "s3cret", "WECHAT_SERVICE_MESSAGES"),
        ("WECHAT_ACCOUNTS", '[{"name": "s3cret', "WECHAT_ACCOUNTS"),
        ("WECHAT_ACCOUNTS", '{"token": "s3cret-s3cret"}', "WECHAT_ACCOUNTS"),
        ("WECHAT_ACCOUNTS", '[{"name": "b", "app_id": "wx2", "token": "the-token", "aes_key": "s3cret"}]', "第 1 个公众号的 aes_key"),
        ("WECHAT_ACCOUNTS", '[{"name": "b", "app_id": "wx2", "token": "the-token", "app_secrt": "s3cret"}]', "第 1 个公众号的 app_secrt"),
        ("WECHAT_ACCOUNTS", '[{"name": "main", "app_id": "wx2", "token": "s3cret"}]', "WECHAT_ACCOUNTS"),
    ],
)
def test_a_wrong_setting_of_wechat_is_named_and_no_secret_shown(typed: Run, setting: str, value: str, named: str) -> None:
    line = assert_one_chinese_line(typed("doctor", **{**_WECHAT, setting: value}))

    assert named in line
    assert setting == "WECHAT_SERVICE_MESSAGES" or "s3cret" not in line


def test_the_doctor_says_what_an_official_account_lacks(typed: Run) -> None:
    whole = typed("doctor", **_WECHAT, ZHIWEN_PUBLIC_URL="https://jobs.example.edu.cn").stdout
    lacking = typed("doctor", **{**_WECHAT, "WECHAT_APP_SECRET": ""}).stdout

    assert "✓ 公众号：配置了 /wechat（加密）" in whole
    assert "✗ 公众号：/wechat 没有 WECHAT_APP_SECRET" in lacking and "ZHIWEN_PUBLIC_URL" in lacking
