"""The sockets: HTTP of the smallest kind, bounded in size, time and number; and on TCP any other word means "look now"."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import stat
import threading
import time
from pathlib import Path

from reloader.listening.answers import TEXT, Answer, Answers
from reloader.log import Log

REQUEST_LIMIT = 8192  # bytes of a request's head; longer ones are refused
CONNECTIONS_LIMIT = 32  # at a time; the next ones wait in the kernel's queue
READ_SECONDS = 5.0  # for a request to arrive
SILENT_SECONDS = 0.5  # a TCP connection that says nothing for so long is a signal to look
SOCKET_MODE = 0o660
METHODS = (b"GET ", b"HEAD ", b"POST ", b"PUT ", b"DELETE ", b"OPTIONS ", b"PATCH ")
REASONS = {
    200: "OK",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    409: "Conflict",
    413: "Content Too Large",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


class Server:
    """One listening socket and its thread. Connections have a thread each: a wish to reload waits for its verdict."""

    def __init__(self, listener: socket.socket, answers: Answers, log: Log, *, signals: bool) -> None:
        """`signals`: a connection that is no HTTP means "look now"."""
        self._listener = listener
        self._answers = answers
        self._log = log
        self._signals = signals
        self._slots = threading.BoundedSemaphore(CONNECTIONS_LIMIT)
        self._ended = False
        threading.Thread(target=self._serve, name="listening", daemon=True).start()

    def stop(self) -> None:
        """Ends it; connections that wait are cut."""
        self._ended = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        while not self._ended:
            self._slots.acquire()
            try:
                connection, _ = self._listener.accept()
            except OSError as error:
                self._slots.release()
                if self._ended or error.errno in (errno.EBADF, errno.EINVAL):
                    return
                time.sleep(0.1)  # out of file descriptors, perhaps
                continue
            try:
                threading.Thread(target=self._handle, args=(connection,), daemon=True).start()
            except RuntimeError:  # no more threads: whoever asked asks again
                connection.close()
                self._slots.release()

    def _handle(self, connection: socket.socket) -> None:
        try:
            with connection:
                answer, head_only = self._answer(connection)
                if answer is not None:
                    _send(connection, answer, head_only=head_only)
        except OSError:
            pass  # whoever asked is gone
        finally:
            self._slots.release()

    def _answer(self, connection: socket.socket) -> tuple[Answer | None, bool]:
        connection.settimeout(SILENT_SECONDS if self._signals else READ_SECONDS)
        head = b""
        deadline = time.monotonic() + READ_SECONDS
        try:
            while b"\r\n\r\n" not in head and b"\n\n" not in head:
                piece = connection.recv(REQUEST_LIMIT + 1 - len(head))
                head += piece
                if not _may_be_http(head) or (not piece and not head):
                    break
                if len(head) > REQUEST_LIMIT:
                    return Answer(413, TEXT, f"a request has at most {REQUEST_LIMIT} bytes\n"), False
                if not piece:
                    break
                connection.settimeout(max(0.01, deadline - time.monotonic()))
        except TimeoutError:
            if head or not self._signals:
                return Answer(408, TEXT, "the request did not arrive in time\n"), False
        except OSError:  # a signal that was cut at once is one all the same
            if head or not self._signals:
                raise
        line = head.split(b"\n", 1)[0].split()
        if not head.startswith(METHODS):
            if self._signals:
                self._answers.board.hint()
                return None, False
            return (Answer(400, TEXT, "that is no HTTP\n"), False) if head else (None, False)
        if len(line) != 3 or not line[2].startswith(b"HTTP/1."):
            return Answer(400, TEXT, "that is no HTTP/1\n"), False
        method, path = line[0].decode("ascii", "replace"), line[1].decode("ascii", "replace")
        connection.settimeout(self._answers.wait + READ_SECONDS)
        return self._answers.to(method, path), method == "HEAD"


def _may_be_http(head: bytes) -> bool:
    return any(method.startswith(head[: len(method)]) for method in METHODS)


def _send(connection: socket.socket, answer: Answer, *, head_only: bool) -> None:
    body = answer.body.encode()
    head = (
        f"HTTP/1.1 {answer.code} {REASONS[answer.code]}\r\nContent-Type: {answer.kind}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\nCache-Control: no-store\r\n\r\n"
    )
    connection.settimeout(READ_SECONDS)
    connection.sendall(head.encode() + (b"" if head_only else body))
    # What is still to be read would make the kernel reset the connection, and the answer with it.
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(0.2)
        while connection.recv(65536):
            pass


def on_path(path: Path) -> socket.socket:
    """A listening Unix socket for the sidecar's user and group. Raises OSError.

    A socket that a dead sidecar left is replaced; one that answers, or anything else in its place, is not.
    """
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        _clear(path)
        # Made beside and renamed, so that nobody meets it with other rights.
        with contextlib.suppress(FileNotFoundError):
            beside.unlink()
        listener.bind(str(beside))
        beside.chmod(SOCKET_MODE)
        listener.listen(CONNECTIONS_LIMIT)
        beside.rename(path)
    except OSError:
        listener.close()
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    return listener


def _clear(path: Path) -> None:
    """Raises OSError where something is there that must stay."""
    try:
        kind = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(kind.st_mode):
        raise OSError(errno.EEXIST, "something that is no socket is there")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as other:
        other.settimeout(1.0)
        try:
            other.connect(str(path))
        except (ConnectionRefusedError, FileNotFoundError):
            return  # the rename replaces it
    raise OSError(errno.EADDRINUSE, "another process answers there")


def on_port(host: str, port: int) -> socket.socket:
    """A listening TCP socket. Raises OSError."""
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind | socket.SOCK_CLOEXEC, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(CONNECTIONS_LIMIT)
    except OSError:
        listener.close()
        raise
    return listener
