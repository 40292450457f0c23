"""An HTTP service that knows garages; run as a process with its port as the argument."""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

SEEN: list[dict[str, Any]] = []


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        SEEN.append({"path": unquote(self.path), "headers": dict(self.headers)})
        match self.path.partition("?")[0].split("/")[1]:
            case "near":
                self._answer({"name": "Dawson's", "phone": "01632 960111", "margin_pence": 4_000, "places": [1, 2]})
            case "list":
                self._answer([{"name": "Dawson's"}, {"name": "Quay Motors"}])
            case "nonsense":
                self._answer({"name": {"deep": {"deeper": {"deepest": {"down": {}}}}}})
            case "page":
                self._raw(b"<html>maintenance</html>")
            case "huge":
                self._raw(b'"' + b"x" * 400_000 + b'"')
            case "late":
                time.sleep(3)
                self._answer({})
            case "flaky":
                times = sum(one["path"] == self.path for one in SEEN)
                self._answer({"name": "Dawson's"}, 503 if times < 2 else 200)
            case "away":
                self._answer({}, 302)
            case "seen":
                self._answer({"list": SEEN})
            case _:
                self._answer({}, 404)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        SEEN.append({"path": self.path, "headers": dict(self.headers), "body": body})
        self._answer({"slot": "Tuesday 09:00", "booking": 77})

    def _answer(self, content: Any, status: int = 200) -> None:
        self._raw(json.dumps(content).encode(), status)

    def _raw(self, content: bytes, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        if status == 302:
            self.send_header("Location", "/near/HB3")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
