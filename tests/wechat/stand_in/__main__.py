"""`python -m tests.wechat.stand_in --port 9400 --callback http://127.0.0.1:8000/wechat`: WeChat's servers for a local trial."""

from __future__ import annotations

import argparse

import uvicorn

from tests.wechat.stand_in.program import application
from tests.wechat.stand_in.record import Record
from tests.wechat.stand_in.sending import Account


def main() -> None:
    """Serve until ctrl-C. The account's own values are given as the project's settings are."""
    usual = Account("")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=9400)
    parser.add_argument("--callback", required=True)
    parser.add_argument("--app-id", default=usual.app_id)
    parser.add_argument("--token", default=usual.token)
    parser.add_argument("--aes-key", default=usual.aes_key)
    parser.add_argument("--mode", choices=["plain", "compatible", "safe"], default=usual.mode)
    given = parser.parse_args()
    record = Record()
    account = Account(given.callback, given.app_id, given.token, given.aes_key, given.mode)
    print(
        f"WECHAT_API_BASE=http://127.0.0.1:{given.port} WECHAT_APP_ID={account.app_id} WECHAT_TOKEN={account.token} WECHAT_AES_KEY={account.aes_key} "
        f"WECHAT_APP_SECRET={record.service.secret}"
    )
    uvicorn.run(application(account, record), host="127.0.0.1", port=given.port, log_level="warning")


if __name__ == "__main__":
    main()
