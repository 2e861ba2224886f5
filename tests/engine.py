"""Engines to test against: one that only pretends, and a way to the real one that can be cut."""

from __future__ import annotations

import json
import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

VERSION = {"Version": "28.0.0", "ApiVersion": "1.48", "MinAPIVersion": "1.24", "Components": [{"Name": "Engine"}]}
INFO = {
    "OSType": "linux", "NCPU": 4, "MemoryLimit": True, "PidsLimit": True, "CpuCfsQuota": True,
    "SecurityOptions": ["name=seccomp,profile=default"], "Runtimes": {"runc": {}},
}  # fmt: skip
Answer = tuple[int, dict[str, Any]]


class PretendedEngine:
    """Answers as an engine would. answers: (status, body) by "METHOD /path", the path a regular expression."""

    def __init__(self, version: dict[str, Any] | None = None, info: dict[str, Any] | None = None) -> None:
        self.answers: dict[str, Answer] = {
            "GET /version": (200, {**VERSION, **(version or {})}),
            "GET /info": (200, {**INFO, **(info or {})}),
            "GET /containers/json": (200, []),  # type: ignore[dict-item]
        }
        self.asked: list[str] = []

    def answer(self, asked: str) -> Answer:
        self.asked.append(asked)
        for pattern, answer in self.answers.items():
            if re.fullmatch(pattern, asked):
                return answer
        return 404, {"message": f"no such thing: {asked}"}

    @contextmanager
    def listening(self, path: Path) -> Iterator[None]:
        engine = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                bare = re.sub(r"^/v[\d.]+", "", self.path.split("?")[0])
                status, body = engine.answer(f"{self.command} {bare}")
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_DELETE = handle_any

            def log_message(self, *args: Any) -> None:
                pass

            def address_string(self) -> str:
                return "local"

        class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that hangs up is no news, and a line on stderr would be another test's."""

        server = Server(str(path), Handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


class Way:
    """A way to a real engine: a socket that passes everything on, until it is cut."""

    def __init__(self, path: Path, engine: str) -> None:
        self.engine = engine
        self.open = True
        self.sockets: list[socket.socket] = []
        self.threads: list[threading.Thread] = []
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(str(path))
        self.door.listen()
        self._go(self._let_in)

    def _go(self, action: Any, *args: Any) -> None:
        thread = threading.Thread(target=action, args=args)
        self.threads.append(thread)
        thread.start()

    def _let_in(self) -> None:
        while self.open:
            with suppress(OSError):
                here, _ = self.door.accept()
                there = socket.socket(socket.AF_UNIX)
                there.connect(self.engine)
                self.sockets += [here, there]
                self._go(self._pass_on, here, there)
                self._go(self._pass_on, there, here)

    @staticmethod
    def _pass_on(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    def cut(self) -> None:
        """Break off every connection, and take no more."""
        self.open = False
        with suppress(OSError):
            self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()
        for end in self.sockets:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.cut()
        for thread in self.threads:
            thread.join()
        for end in self.sockets:
            end.close()
