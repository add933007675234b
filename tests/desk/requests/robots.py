"""A WeCom group robot that runs here: hears texts over HTTP, and can be told to fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Robot:
    """What it has heard, and how it answers."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.status, self.errcode = 200, 0
        self.silent = False
        """Takes what it is told and ends the connection without an answer."""
        self.address = ""


@contextmanager
def running_robot() -> Iterator[Robot]:
    robot = Robot()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert body["msgtype"] == "text"
            if robot.status == 200 and robot.errcode == 0:
                robot.heard.append(body["text"]["content"])
            if robot.silent:
                self.close_connection = True
                return
            answer = json.dumps({"errcode": robot.errcode, "errmsg": "ok"}).encode()
            self.send_response(robot.status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    robot.address = f"http://127.0.0.1:{server.server_port}/cgi-bin/webhook/send?key=secret"
    try:
        yield robot
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
