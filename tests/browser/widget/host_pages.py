"""Pages of a school on an origin of their own, which carry the widget under a strict policy, or try to break it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOSTILE_CSS = """
* { all: revert !important; font: 700 47px/3 serif !important; color: red !important; letter-spacing: 9px !important; }
html { font-size: 62.5%; }
body { margin: 0; }
div { display: none !important; }
button, input, textarea, section, p, span { display: none !important; position: static !important; opacity: 0 !important; }
button, section { transform: scale(4) !important; }
* { --green: red !important; --paper: red !important; --ink: red !important; --brand-1: red !important; }
"""
_TEXT = "<h1>就业信息网</h1><p>通知公告：毕业生档案和户口办理安排见下。</p>" + "<p>正文。</p>" * 40


def policy(zhiwen: str, old_browsers: bool = False) -> str:
    """What docs/widget.md tells a page with `default-src 'none'` to add, and nothing else."""
    return f"default-src 'none'; script-src {zhiwen}; connect-src {zhiwen}; img-src data:" + (f"; style-src {zhiwen}" if old_browsers else "")


class HostPages:
    """A web server for pages of a school. `url` is its origin."""

    def __init__(self, port: int, zhiwen: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._zhiwen = zhiwen
        self._pages: dict[str, tuple[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @contextmanager
    def serving(self) -> Iterator[HostPages]:
        self._thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()

    def add(self, path: str, *widgets: dict[str, str], hostile: bool = False, old_browsers: bool = False) -> str:
        """Put a page there that has these widgets, each as the attributes of its script; its address.

        `hostile` gives it a sheet that tries to break them, `old_browsers` the addition for browsers without constructed sheets.
        """
        scripts = "".join(f'<script src="{self._zhiwen}/widget.js" {_attributes(one)} async></script>' for one in widgets)
        sheet = '<link rel="stylesheet" href="/hostile.css">' if hostile else ""
        csp = policy(self._zhiwen, old_browsers) + ("; style-src 'self'" if hostile else "")
        head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>学校网页</title>'
        page = f'<!doctype html><html lang="zh-CN"><head>{head}{sheet}{scripts}</head><body><main>{_TEXT}</main></body></html>'
        self._pages[path] = (page, csp)
        return self.url + path

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        pages = self._pages

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/hostile.css":
                    self._send(HOSTILE_CSS, "text/css", "")
                elif self.path in pages:
                    self._send(pages[self.path][0], "text/html; charset=utf-8", pages[self.path][1])
                else:
                    self.send_error(404)

            def _send(self, body: str, kind: str, csp: str) -> None:
                content = body.encode()
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                if csp:
                    self.send_header("Content-Security-Policy", csp)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_arguments: object) -> None:
                """Nobody reads it."""

        return Handler


def _attributes(values: dict[str, str]) -> str:
    return " ".join(f'data-{name}="{escape(value)}"' for name, value in values.items())
