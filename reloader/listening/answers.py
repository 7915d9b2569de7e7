"""The answers to HTTP requests, without any socket."""

from __future__ import annotations

from dataclasses import dataclass, field

from reloader.board import Board
from reloader.status import GOOD, State, Status

JSON, TEXT, METRICS = "application/json", "text/plain; charset=utf-8", "text/plain; version=0.0.4; charset=utf-8"
RELOAD = "/reload"
PATHS = {RELOAD: "POST", "/status": "GET", "/livez": "GET", "/readyz": "GET", "/metrics": "GET"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer."""

    code: int
    kind: str
    body: bytes
    allow: str = ""  # the methods of the path, where the request has another one


def sentence(code: int, text: str, allow: str = "") -> Answer:
    """An answer in words, for people."""
    return Answer(code, TEXT, f"{text}\n".encode(), allow)


@dataclass(slots=True)
class Answers:
    """`wait` is the longest time that a `POST /reload` waits for its verdict, `silence` the longest time that the loop
    may take for one look before `/livez` calls it dead; both in seconds.
    """

    board: Board
    wait: float
    silence: float
    _shown: tuple[Status, bytes] | None = field(default=None, init=False)  # many clients share one text

    def refusal(self, method: str, path: str) -> Answer | None:
        """404 or 405 for a request that does not exist; what the server can do for `OPTIONS *`."""
        if (method, path) == ("OPTIONS", "*"):
            return Answer(204, TEXT, b"", "GET, HEAD, POST, OPTIONS")
        method = "GET" if method == "HEAD" else method
        known = PATHS.get(path)
        if known is None:
            return sentence(
                404, f"unknown path; known are {', '.join(f'{how} {where}' for where, how in PATHS.items())}"
            )
        allow = "GET, HEAD" if known == "GET" else known
        return None if method == known else sentence(405, f"{path} supports only {known}", allow)

    def to(self, path: str) -> Answer:
        """The answer to a GET of a known path. Never waits."""
        status = self.board.status
        if path == "/status":
            return Answer(200, JSON, self._json(status))
        if path == "/metrics":
            return Answer(200, METRICS, self.board.metrics.text().encode())
        if path == "/livez":
            silent = self.board.silent_for
            if silent > self.silence:
                return sentence(503, f"the sidecar has not looked at the file or at FRR for {silent:.0f} s")
            return sentence(200, "ok")
        ready = status.state is State.IDLE and status.good_hash is not None and status.waiting_for is None
        waits = f"{status.state}; the sidecar waits for {status.waiting_for}" if status.waiting_for else status.state
        return sentence(200 if ready else 503, waits)

    def to_reload(self, status: Status | None) -> Answer:
        """The answer to `POST /reload` after the look; `status` is None when there was no verdict in time.

        200: FRR has the file. 409: any other verdict. 503: the sidecar waits for FRR, or cannot work. 504: no verdict in time.
        """
        if status is None:
            return sentence(504, f"no verdict within {self.wait:g} s; the reload continues, see GET /status")
        if status.trouble and status.state is State.DEGRADED:
            return Answer(503, JSON, self._json(status))
        if status.last is not None and status.last.verdict in GOOD:
            return Answer(200, JSON, self._json(status))
        if status.state is State.WAITING or status.last is None or status.last.next_try:
            return Answer(503, JSON, self._json(status))
        return Answer(409, JSON, self._json(status))

    def _json(self, status: Status) -> bytes:
        shown = self._shown
        if shown is None or shown[0] is not status:
            shown = self._shown = (status, status.to_json().encode())
        return shown[1]
