"""The HTTP server: the standard library's, with bounds on the number, the size and the time of its connections."""

from __future__ import annotations

import _thread
import contextlib
import io
import socket
import socketserver
import sys
import threading
import time
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

from reloader.limits import shortage
from reloader.listening import head
from reloader.listening.access import Access
from reloader.listening.answers import RELOAD, Answer, Answers, sentence
from reloader.listening.complaints import Complaints
from reloader.listening.connection import DRAIN_SECONDS, HEAD_LIMIT, Connection, LateError, TooLongError
from reloader.listening.head import MalformedError
from reloader.listening.places import Places

CONNECTION_SECONDS = 5.0  # for a whole connection; while a verdict is waited for, they begin anew with the verdict
INLINE_SECONDS = 0.5  # the same where no thread can be started and the clients are served one after another
LOOK_SECONDS = 1.0  # how soon the hanging up of a client that waits for a verdict is noticed
PAUSE_SECONDS = 0.1  # before the next client is accepted, when there was no file descriptor for one

SENTENCES = {
    501: "unknown method; the sidecar knows GET, HEAD and POST",
    505: "this version of HTTP is not supported; send HTTP/1.1",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many connections one server has at a time, and how many more that wait for a verdict."""

    connections: int = 32
    waiting: int = 16


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Serves one listening socket, TCP or Unix, from a thread of its own; each connection has a thread too."""

    def __init__(
        self, listener: socket.socket, answers: Answers, access: Access, complaints: Complaints, bounds: Bounds
    ) -> None:
        """Takes `listener` over. Raises RuntimeError when no thread can be started."""
        socketserver.BaseServer.__init__(self, listener.getsockname(), Handler)
        self.socket = listener
        self.answers = answers
        self.access = access
        self.complaints = complaints
        self.waiting = threading.BoundedSemaphore(bounds.waiting)
        self.bounds = bounds
        self.places = Places(bounds.connections)
        self._ended = False
        self._thread = threading.Thread(target=self._serve, name="listening", daemon=True)
        self._thread.start()

    @property
    def inline(self) -> bool:
        """Whether the caller is the thread that accepts connections: no other one could be started."""
        return threading.get_ident() == self._thread.ident

    def stop(self) -> None:
        """Accepts no more clients. Connections end with the process."""
        self._ended = True
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)  # wakes the thread, which closes it

    def _serve(self) -> None:
        while not self._ended:
            try:
                self.handle_request()
            except Exception as error:  # whatever it is, the next client is served
                self._complain("serving", error)
                time.sleep(PAUSE_SECONDS)
        self.server_close()

    def get_request(self) -> tuple[Any, Any]:
        """The next client. Raises OSError."""
        try:
            return super().get_request()
        except OSError as error:
            if shortage(error):
                self._complain("accepting", error)
                self.places.cut_oldest()
                time.sleep(PAUSE_SECONDS)  # else it would fail again at once, and again
            raise

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serves a client in a thread of its own; in this one where there is no other."""
        if self.places.enter(request):
            self.complaints.say(
                "crowd", f"more than {self.bounds.connections} clients at a time: the connection open longest is cut"
            )
        try:
            # Not `Thread.start`, which waits for the thread: for ever, where it ends at once for want of memory.
            _thread.start_new_thread(self.process_request_thread, (request, client_address))
        except (RuntimeError, MemoryError) as error:
            self._complain("threads", error)
            self.process_request_thread(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Closes a client's connection."""
        self.places.leave(request)
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        """Logs that a client could not be served; the others are."""
        self._complain("error", sys.exception())

    def _complain(self, kind: str, error: BaseException | None) -> None:
        self.complaints.say(kind, f"a client cannot be served as it should: {shortage(error) or repr(error)}")


class Handler(BaseHTTPRequestHandler):
    """One connection, with one request."""

    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.0"  # not 0.9, whose answers have no head
    request_version = "HTTP/1.1"  # until the request says it
    requestline = command = ""
    server: Server

    def setup(self) -> None:
        """Prepares reading and writing within the deadline."""
        self._stream = Connection(self.request, INLINE_SECONDS if self.server.inline else CONNECTION_SECONDS)
        self.rfile: Any = io.BufferedReader(self._stream)
        self.wfile = self._head = io.BytesIO()
        self._body = b""
        self._waits = False  # whether it has one of the places of those that wait

    def handle(self) -> None:
        """Reads the request and prepares its answer."""
        try:
            if found := head.read(self.rfile):
                self.rfile = io.BytesIO(found)
                self.handle_one_request()
        except MalformedError as error:
            self.send_error(400, explain=str(error))
        except LateError:
            self._stream.extend(DRAIN_SECONDS)
            self.send_error(408, explain="the request did not arrive in time")
        except TooLongError:
            self.send_error(431, explain=f"the head of a request has at most {HEAD_LIMIT} bytes")
        except OSError:  # the client has gone, or was cut
            self._head.truncate(0)

    def finish(self) -> None:
        """Sends the answer, if there is one."""
        try:
            if head := self._head.getvalue():
                with contextlib.suppress(LateError, OSError):
                    self._stream.send(head, self._body)
                    self._stream.drain()
        finally:
            if self._waits:
                self.server.waiting.release()

    def do_GET(self) -> None:
        """Answers a request of any known method."""
        path = self.path.partition("?")[0]
        server = self.server
        refusal = server.access.refusal(self.command, self.headers, self.request)
        if refusal:
            server.complaints.say("refused", f"refused: {self.command} request: {refusal.body.decode().strip()}")
        answer = refusal or server.answers.refusal(self.command, path)
        if answer is None:
            answer = self._reload() if path == RELOAD else server.answers.to(path)
        if answer is not None:
            self._answer(answer)

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET  # noqa: N815

    def _reload(self) -> Answer | None:
        """Makes the sidecar look and waits for the verdict; None when the client hangs up before."""
        server = self.server
        if server.inline:
            return sentence(503, "no thread can be started to wait for the verdict; try again later")
        if not server.waiting.acquire(blocking=False):
            return sentence(503, f"{server.bounds.waiting} clients wait for a verdict already; try again later")
        self._waits = True
        server.places.leave(self.request)  # it waits apart from the clients that only ask
        request = server.answers.board.ask()
        deadline = time.monotonic() + server.answers.wait
        status = None
        while status is None and (left := deadline - time.monotonic()) > 0:
            status = request.wait(min(LOOK_SECONDS, left))
            if status is None and self._stream.gone:
                return None
        self._stream.extend(CONNECTION_SECONDS)
        return server.answers.to_reload(status)

    def _answer(self, answer: Answer) -> None:
        self.send_response(answer.code)
        if answer.allow:
            self.send_header("Allow", answer.allow)
        for name, value in (
            ("Content-Type", answer.kind),
            ("Content-Length", str(len(answer.body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Connection", "close"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self._body = b"" if self.command == "HEAD" else answer.body

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Answers a request that cannot be understood, with a sentence. `message` is the library's, with words of its own."""
        self._answer(sentence(code, explain or SENTENCES.get(code) or HTTPStatus(code).phrase))

    def handle_expect_100(self) -> bool:
        """The answer comes at once: bodies are not read."""
        return True

    def version_string(self) -> str:
        """What the answers call the server."""
        return "frr-reloader"

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are not logged."""
