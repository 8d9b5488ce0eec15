"""A server on loopback that speaks OpenAI's chat completions as a script tells it to: well, badly, slowly."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ACT = re.compile(r"(\w+) (condemned) (\w+)")


@dataclass(frozen=True)
class Asked:
    """One request: its path, headers and body, when it came, and its number from 0."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    at: float
    number: int

    @property
    def question(self) -> str:
        """What the user's message says."""
        return self.body["messages"][-1]["content"]

    @property
    def sentences(self) -> dict[int, str]:
        """The numbered sentences of the report."""
        return {int(n): words for n, words in re.findall(r"^\[(\d+)\] (.*)$", self.question, re.MULTILINE)}


@dataclass(frozen=True)
class Said:
    """One response; `wait` seconds pass before it begins."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0


Script = Callable[[Asked], Said]


def completion(content: Any, *, tokens: int | None = 100, finish: str = "stop") -> Said:
    """A chat completion that says this: words, or what becomes JSON."""
    words = content if isinstance(content, str) else json.dumps(content)
    body: dict[str, Any] = {"choices": [{"message": {"role": "assistant", "content": words}, "finish_reason": finish}]}
    if tokens is not None:
        body["usage"] = {"total_tokens": tokens}
    return Said(json.dumps(body).encode())


def fault(status: int, message: str = "no", **headers: str) -> Said:
    """An error as OpenAI tells it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Said(json.dumps({"error": {"message": message}}).encode(), status, named)


def well(asked: Asked) -> Said:
    """Every "X condemned Y" is an event."""
    return completion(
        {**NOTHING, "events": [event for s, words in asked.sentences.items() for event in acts(s, words)]}
    )


def acts(s: int, words: str) -> list[dict[str, Any]]:
    """The events of a sentence, as a good model tells them."""
    return [
        {
            "id": f"e{s}", "s": s, "trigger": verb, "type": "ACCUSE", "mode": "disapprove", "status": "actual",
            "actors": [party(one)], "recipients": [party(two)], "date_words": None, "date": None, "place": None,
            "contexts": [], "same_as": None,
        }
        for one, verb, two in ACT.findall(words)
    ]  # fmt: skip


def party(text: str, **more: Any) -> dict[str, Any]:
    """Somebody, with nothing known but the words."""
    return {"text": text, "name": None, "code": None, "sector": None, **more}


NOTHING: dict[str, Any] = {"events": [], "claims": [], "figures": [], "relations": [], "agenda": []}


class Server:
    """The server, running while the `with` statement does. `most` is how many requests it ever had at once."""

    def __init__(self, script: Script = well) -> None:
        self.script, self.asked, self.most = script, list[Asked](), 0
        self._now, self._lock = 0, threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Server:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Said:
        with self._lock:
            asked = Asked(path, headers, body, time.monotonic(), len(self.asked))
            self.asked.append(asked)
            self._now += 1
            self.most = max(self.most, self._now)
        said = self.script(asked)
        time.sleep(said.wait)
        with self._lock:
            self._now -= 1
        return said

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                said = server.answer(self.path, headers, json.loads(body))
                try:
                    self.send_response(said.status)
                    for name, value in said.headers.items():
                        self.send_header(name, value)
                    self.send_header("content-length", str(len(said.body)))
                    self.end_headers()
                    self.wfile.write(said.body)
                except (BrokenPipeError, ConnectionResetError):
                    pass

            def log_message(self, *words: object) -> None:
                pass

        return Handler
