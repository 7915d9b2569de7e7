"""Looks at what a sidecar says, every 20 ms, and at what its FRR shows; and has the judge of the tests say whether it is so."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from reloader import policies, running
from reloader.alive import Life, life
from reloader.vty import Lines
from tests.frr.lies import Lie, Sample, in_vain, lies
from tests.frr.router import Router

LOOK_SECONDS = 0.02  # between two looks at the status
SHOW_SECONDS = 0.1  # between two looks at FRR, whose daemons have other things to do
ANSWER_SECONDS = 1.0
GONE = "no daemon runs"
SAID_SECONDS = 20.0  # of a daemon that is asked for its policies


class Watcher:
    """Watches while it is entered. `contents` are the files that were ever offered, by hash."""

    def __init__(self, router: Router, status: Path, listening: Path) -> None:
        self.contents: dict[str, str] = {}
        self.samples: list[Sample] = []
        self._router = router
        self._status = status
        self._listening = listening
        self._lines = Lines(router.vty_socket_dir / router.pathspace)
        self._verdicts: dict[tuple[str, str], list[str]] = {}
        self._waiting: list[tuple[str, subprocess.Popen[str]]] = []
        self._ended: list[tuple[str, float]] = []
        self._judging = threading.Lock()
        self._over = threading.Event()
        self._threads = [threading.Thread(target=one, daemon=True) for one in (self._look, self._judge)]

    def __enter__(self) -> Watcher:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        for _, process in self._waiting:
            process.kill()
            process.wait()

    def wait_for(self, digest: str, process: subprocess.Popen[str]) -> None:
        """Takes over a `frr-reloader wait --hash`."""
        self._waiting.append((digest, process))

    def lies(self, patience: float) -> list[Lie]:
        """All lies so far: claims that were false for longer than `patience` seconds, and waits that ended well in vain."""
        told = list(lies(self.samples, self._verdicts, patience))
        vain = (in_vain(self.samples, self._verdicts, digest, at, patience) for digest, at in self._ended)
        return told + [lie for lie in vain if lie is not None]

    @property
    def counts(self) -> str:
        """How much was looked at."""
        claims = sum(bool(sample.claims) for sample in self.samples)
        judged = sum(
            (sample.text or "", digest) in self._verdicts
            for sample in self.samples
            for digest in sample.claims.values()
        )
        return (
            f"{len(self.samples)} looks, {claims} with a claim, {judged} claims judged, by {len(self._verdicts)} "
            f"judgements; {len(self._ended)} waits ended well"
        )

    def judge(self, digest: str) -> list[str]:
        """What FRR lacks of a file, or has too much: by frr-reload.py, and what one daemon lacks of the policies."""
        with self._judging:
            left = self._router.judge(self.contents[digest])
            lacking, trouble = policies.differ(self._lines, SAID_SECONDS)
        return [*left, *map(str, lacking), *([trouble] if trouble else [])]

    # --- the two threads

    def _look(self) -> None:
        shown, text = 0.0, None
        while not self._over.is_set():
            began = time.monotonic()
            if began - shown >= SHOW_SECONDS:
                shown, text = began, self._text()
            claims = {"file": self._claimed_by_file(), "socket": self._claimed_by_socket()}
            self.samples.append(Sample(began, {source: one for source, one in claims.items() if one}, text))
            for digest, process in list(self._waiting):
                if process.poll() is not None:
                    self._waiting.remove((digest, process))
                    if process.returncode == 0:
                        self._ended.append((digest, time.monotonic()))
            self._over.wait(max(0.0, began + LOOK_SECONDS - time.monotonic()))

    def _judge(self) -> None:
        """Has each claim judged once, as long as FRR shows what it showed when the claim was made."""
        while not self._over.wait(LOOK_SECONDS):
            if not self.samples:
                continue
            last = self.samples[-1]
            wanted = {*last.claims.values(), *(digest for digest, _ in self._ended[-1:])}
            new = [one for one in sorted(wanted) if (last.text, one) not in self._verdicts and one in self.contents]
            if last.text is None or not new:
                continue
            judged = [GONE] if last.text == GONE else self.judge(new[0])
            if self._text() == last.text:
                self._verdicts[last.text, new[0]] = judged

    # --- what it sees

    def _text(self) -> str | None:
        if not self._router.pids:
            return GONE
        return running.fingerprint(running.read(self._lines, ANSWER_SECONDS))

    def _claimed_by_file(self) -> str | None:
        """The file that FRR has, as the status file of a sidecar that lives says."""
        try:
            return _claimed(json.loads(self._status.read_bytes())) if life(self._status) is Life.RUNS else None
        except (OSError, ValueError):
            return None

    def _claimed_by_socket(self) -> str | None:
        try:
            with socket.socket(socket.AF_UNIX) as asked:
                asked.settimeout(ANSWER_SECONDS)
                asked.connect(str(self._listening))
                asked.sendall(b"GET /status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                answer = http.client.HTTPResponse(asked)
                answer.begin()
                return _claimed(json.loads(answer.read()))
        except (OSError, ValueError, http.client.HTTPException):
            return None


def _claimed(status: dict[str, Any]) -> str | None:
    """What a status says FRR has: in state `idle` the last good file (docs/sidecar.md)."""
    return status["good_hash"] if status["state"] == "idle" else None
