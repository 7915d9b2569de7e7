"""The answers to what can be asked over HTTP, without any socket."""

from __future__ import annotations

from dataclasses import dataclass

from reloader.board import Board
from reloader.status import GOOD, State

JSON, TEXT, METRICS = "application/json", "text/plain; charset=utf-8", "text/plain; version=0.0.4; charset=utf-8"
PATHS = {"/reload": "POST", "/status": "GET", "/livez": "GET", "/readyz": "GET", "/metrics": "GET"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer."""

    code: int
    kind: str
    body: str


@dataclass(frozen=True, slots=True)
class Answers:
    """`wait` is how long a wish to reload may take, `silence` how long the machine may say nothing; both in seconds."""

    board: Board
    wait: float
    silence: float

    def to(self, method: str, path: str) -> Answer:
        """The answer to one request."""
        path = path.partition("?")[0]
        wanted = PATHS.get(path)
        if wanted is None:
            return Answer(404, TEXT, f"there is: {', '.join(f'{how} {where}' for where, how in PATHS.items())}\n")
        if method != wanted and not (wanted == "GET" and method == "HEAD"):
            return Answer(405, TEXT, f"{path} wants {wanted}\n")
        if path == "/reload":
            return self._reload()
        status = self.board.status
        if path == "/status":
            return Answer(200, JSON, status.to_json())
        if path == "/metrics":
            return Answer(200, METRICS, self.board.metrics.text())
        if path == "/livez":
            silent = self.board.silent_for
            if silent > self.silence:
                return Answer(503, TEXT, f"nothing was looked at for {silent:.0f} s\n")
            return Answer(200, TEXT, "ok\n")
        ready = status.state is State.IDLE and status.good_hash is not None
        return Answer(200 if ready else 503, TEXT, f"{status.state}\n")

    def _reload(self) -> Answer:
        """200 when FRR has the file, 409 for any other verdict, 503 while FRR is waited for, 504 when it took too long."""
        status = self.board.ask().wait(self.wait)
        if status is None:
            return Answer(504, TEXT, f"no verdict within {self.wait:g} s; the sidecar goes on\n")
        if status.last is not None and status.last.verdict in GOOD:
            return Answer(200, JSON, status.to_json())
        if status.state is State.WAITING or status.last is None:
            return Answer(503, JSON, status.to_json())
        return Answer(409, JSON, status.to_json())
