"""The checks of `zhiwen doctor`: each looks at one thing and knows how it is mended."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlalchemy.exc import SQLAlchemyError

from bot import console_page, knowledge_link, migrate, page
from bot.health import WORDS_ONLY
from bot.supervisor.environment import RASA_PYTHON, is_free, rasa_port
from bot.supervisor.training import fingerprint, model_path
from bot.wechat.completeness import gaps
from core.clock import Clock
from core.database import create_database_engine, session_factory
from core.settings import Settings
from knowledge.embedding import progress
from knowledge.errors import SynonymsInvalid
from knowledge.indexing import database_searches
from knowledge.pack.overrides import FOLDER, load_overrides
from knowledge.search.encoders import document_encoder
from knowledge.search.synonyms import LOCAL_FILE, read_local

LEAST_FREE_BYTES = 2 * 1024**3
_VERSION_SECONDS = 60
_LOOK_SECONDS = 3.0
_LOCAL_VECTORS = {
    "sqlite": "本机的索引文件",
    "postgresql": "本机的索引文件（想在 PostgreSQL 里检索，请管理员安装 pgvector 0.7 以上，并在这个数据库执行 CREATE EXTENSION vector）",
}


@dataclass(frozen=True)
class Finding:
    """The outcome of one check; `mend` says what to do when it is not `ok`."""

    name: str
    ok: bool
    detail: str
    mend: str = ""


def run_checks(
    settings: Settings, rasa_python: Path = RASA_PYTHON, page_folder: Path = page.BUILT_PAGE, console_folder: Path = console_page.BUILT_CONSOLE
) -> list[Finding]:
    """All findings, in the order in which a start would meet them."""
    running = _health(settings)
    checks: list[Callable[[], Finding]] = [
        _app_python,
        lambda: _rasa_python(settings, rasa_python),
        lambda: _disk(settings),
        lambda: _ports(settings, running),
        lambda: _database(settings),
        lambda: _model(settings),
        lambda: _index(settings, running),
        lambda: _vectors(settings),
        lambda: _synonyms(settings),
        lambda: _school_pack(settings),
        lambda: _wechat(settings),
        lambda: _page("对话页面", page_folder),
        lambda: _page("工作台页面", console_folder),
        lambda: _service(settings, running),
    ]
    return [check() for check in checks]


def _app_python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("应用环境", sys.version_info >= (3, 11), f"Python {version}", "安装 Python 3.11 或更新的版本，再执行 make setup")


def _rasa_python(settings: Settings, rasa_python: Path) -> Finding:
    name, mend = "Rasa 环境", "执行 make setup，它会建立 .venv-rasa（需要 Python 3.10）"
    if rasa_port(settings) is None:
        return Finding(name, True, f"不需要，使用外部的 Rasa：{settings.rasa_url}")
    code = "import sys, importlib.metadata as m; print('.'.join(map(str, sys.version_info[:2])), m.version('rasa'))"
    try:
        found = subprocess.run([str(rasa_python), "-c", code], check=False, capture_output=True, text=True, timeout=_VERSION_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return Finding(name, False, f"{rasa_python} 不存在或不能运行", mend)
    if found.returncode != 0:
        return Finding(name, False, f"{rasa_python} 里没有安装 rasa", mend)
    python, rasa = found.stdout.split()
    return Finding(name, python == "3.10", f"Python {python}，Rasa {rasa}", mend)


def _disk(settings: Settings) -> Finding:
    settings.home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.home).free
    detail = f"{settings.home} 所在磁盘剩余 {free / 1024**3:.1f} GB"
    return Finding("磁盘空间", free >= LEAST_FREE_BYTES, detail, "清理磁盘，或用 ZHIWEN_HOME 指到空间更大的磁盘（至少 2 GB）")


def _ports(settings: Settings, running: dict[str, str] | None) -> Finding:
    if running is not None:
        return Finding("端口", True, "职问正在使用")
    wanted = [(settings.host, settings.port), ("127.0.0.1", settings.action_port)]
    port = rasa_port(settings)
    wanted += [("127.0.0.1", port)] if port else []
    taken = [f"{host}:{number}" for host, number in wanted if not is_free(host, number)]
    return Finding(
        "端口",
        not taken,
        f"被其他程序占用：{'、'.join(taken)}" if taken else "空闲",
        "停掉占用端口的程序，或用 ZHIWEN_PORT、ZHIWEN_ACTION_PORT、ZHIWEN_RASA_URL 换端口",
    )


def _database(settings: Settings) -> Finding:
    mend = "检查 DATABASE_URL 和数据库服务；结构不是最新时执行 zhiwen serve 会自动更新"
    engine = create_database_engine(settings.database_url)
    try:
        current, newest = migrate.revisions(engine)
    except SQLAlchemyError as error:
        return Finding("数据库", False, f"连接不上（{type(error).__name__}）", mend)
    finally:
        engine.dispose()
    if current != newest:
        return Finding("数据库", False, f"结构版本是 {current or '空'}，最新是 {newest}", mend)
    return Finding("数据库", True, f"{engine.dialect.name}，结构版本 {current}")


def _model(settings: Settings) -> Finding:
    if rasa_port(settings) is None:
        return Finding("Rasa 模型", True, "由外部的 Rasa 提供")
    path = model_path(settings)
    if path.is_file():
        return Finding("Rasa 模型", True, f"{path.name}，与训练数据一致")
    older = any(path.parent.glob("zhiwen-*.tar.gz"))
    detail = f"训练数据变了（指纹 {fingerprint()}），模型还是旧的" if older else "还没有训练"
    return Finding("Rasa 模型", False, detail, "执行 zhiwen train")


def _index(settings: Settings, running: dict[str, str] | None) -> Finding:
    name, mend = "知识索引", "执行 zhiwen serve 会重建索引；仍不行时查看 ZHIWEN_HOME/logs 里的日志"
    if running is not None:
        ready = running.get("index") in ("ok", WORDS_ONLY)
    else:
        engine = create_database_engine(settings.database_url)
        try:
            ready = knowledge_link.open_knowledge(settings, session_factory(engine), Clock(settings.today)).ready()
        finally:
            engine.dispose()
    return Finding(name, ready, "可以检索" if ready else "缺失或打不开", mend)


def _vectors(settings: Settings) -> Finding:
    name, mend = "条款向量", "检查 ZHIWEN_EMBEDDINGS_URL；服务运行时会在后台补算，也可以执行 zhiwen embed（这期间按字词检索）"
    engine = create_database_engine(settings.database_url)
    try:
        encoder, sessions = document_encoder(settings), session_factory(engine)
        state = progress(sessions, encoder.name)
        place = " PostgreSQL（pgvector）" if database_searches(sessions, encoder) else _LOCAL_VECTORS[engine.dialect.name]
    except SQLAlchemyError as error:
        return Finding(name, False, f"数据库读不了（{type(error).__name__}）", mend)
    finally:
        engine.dispose()
    detail = f"{encoder.name}：{state.done} / {state.total} 条" + ("，其余在后台补算" if state.pending else "")
    return Finding(name, True, f"{detail}；在{place}里检索")


def _synonyms(settings: Settings) -> Finding:
    path = settings.home / LOCAL_FILE
    try:
        groups = read_local(path)
    except SynonymsInvalid as error:
        return Finding("同义词表", False, str(error), f"改好 {path}，下一个问题就会用上；在此之前用的是内置的同义词")
    return Finding("同义词表", True, f"内置，另有本校的 {len(groups)} 组" if groups else f"内置（本校的可以写在 {path}）")


def _school_pack(settings: Settings) -> Finding:
    overrides = load_overrides(settings.home, Clock(settings.today).today())
    detail = "；".join(overrides.problems) or (f"{len(overrides.origins)} 条" if overrides.origins else "没有")
    return Finding(
        "本校补充", not overrides.problems, detail, f"改正 {settings.home / FOLDER} 里的文件，再执行 zhiwen pack check；改好前这些文件不起作用"
    )


def _wechat(settings: Settings) -> Finding:
    missing = gaps(settings)
    accounts = "、".join(f"{account.path}（{'加密' if account.aes_key else '明文'}）" for account in settings.wechat.values())
    detail = "；".join(missing) or (f"配置了 {accounts}" if accounts else "没有配置")
    return Finding("公众号", not missing, detail, "在 .env 里补上，再重新启动；每一项的说明见 README 的设置表")


def _page(name: str, folder: Path) -> Finding:
    built = page.is_built(folder)
    detail = "已构建" if built else f"{folder} 里没有页面"
    return Finding(name, built, detail, f"执行 make page，或进入 web/{folder.parent.name} 执行 npm ci && npm run build")


def _service(settings: Settings, running: dict[str, str] | None) -> Finding:
    if running is None:
        return Finding("服务", True, "没有运行（执行 make run 启动）")
    wrong = [f"{part}={word}" for part, word in running.items() if part not in ("status", "wechat") and word != "ok"]
    detail = f"http://{settings.host}:{settings.port} " + (f"有故障：{'、'.join(wrong)}" if wrong else "正常")
    return Finding("服务", not wrong, detail, "查看 ZHIWEN_HOME/logs 里的 app.jsonl 和 rasa.log，再重新执行 zhiwen serve")


def _health(settings: Settings) -> dict[str, str] | None:
    """What the running service says of itself; None when none of ours runs there."""
    try:
        response = httpx.get(f"http://{settings.host}:{settings.port}/healthz", timeout=_LOOK_SECONDS, trust_env=False)
        body = response.json()
    except (httpx.HTTPError, ValueError):
        return None
    return body if isinstance(body, dict) and "rasa" in body else None
