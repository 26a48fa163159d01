"""HTTP: who may ask, what they get, and nothing that a browser would keep.

Only requests that name this machine are answered: another name that leads here is a page elsewhere
that wants to read the curator's drafts (DNS rebinding).
"""

from __future__ import annotations

import contextlib
import errno
import select
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from digest.serve import live
from digest.serve.files import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from digest.serve.stage import Stage

ADDRESS = "127.0.0.1"
NAMES = (ADDRESS, "localhost", "[::1]")
PORTS_TRIED = 50
PREVIEW_FILES = {
    live.SCRIPT: ("live.js", "text/javascript; charset=utf-8"),
    f"{live.OWN}live.css": ("live.css", "text/css; charset=utf-8"),
}


class Server(ThreadingHTTPServer):
    """Serves a stage; a connection that is still open does not keep the program from ending."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, port: int, stage: Stage) -> None:
        """Listen on a port of this machine alone."""
        self.stage = stage
        super().__init__((ADDRESS, port), Handler)
        self.names = frozenset(f"{name}:{self.server_port}" for name in NAMES)

    def start(self) -> None:
        """Answer from now on, in threads of its own."""
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()


def open_server(port: int, stage: Stage) -> Server:
    """Listen on ``port`` or, where that is taken, on the next free one; 0 is any free one.

    Raises ``OSError`` where none is free.
    """
    for tried in range(port, min(port + PORTS_TRIED, 65536)):
        with contextlib.suppress(_Taken), _taken():
            return Server(tried, stage)
    raise OSError(errno.EADDRINUSE, f"the ports from {port} on are taken")


class _Taken(Exception):  # noqa: N818 - no error: the next port is tried
    """Another program listens on the port, or only the system may."""


@contextlib.contextmanager
def _taken() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.EADDRINUSE, errno.EACCES}:
            raise _Taken from error
        raise


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "Digest"
    sys_version = ""
    # Headers and body go out together, which saves a browser the wait for a late packet.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer with a body."""
        self._respond(body=True)

    def do_HEAD(self) -> None:
        """Answer with headers alone."""
        self._respond(body=False)

    def _respond(self, *, body: bool) -> None:
        if self.headers.get("Host", "").lower() not in self.server.names:
            refused = b"This preview answers only to the name of its own machine.\n"
            self._send(Answer(status=HTTPStatus.FORBIDDEN, body=refused), body=body)
            return
        path = urlsplit(self.path).path
        if path == live.EVENTS and body:
            self._events()
        elif path in PREVIEW_FILES:
            name, kind = PREVIEW_FILES[path]
            data = resources.files("digest.serve").joinpath(name).read_bytes()
            self._send(Answer(status=HTTPStatus.OK, type=kind, body=data), body=body)
        else:
            self._send(self.server.stage.answer(self.path), body=body)

    def _send(self, found: Answer, *, body: bool) -> None:
        self.send_response(found.status)
        if found.location:
            self.send_header("Location", found.location)
        self._common(found.type)
        self.send_header("Content-Length", str(len(found.body)))
        self.end_headers()
        if body:
            self.wfile.write(found.body)

    def _events(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._common("text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        page, look = asked.get("page", ["/"])[0], asked.get("look", [""])[0]
        with contextlib.closing(self.server.stage.listen(page, look, self._gone)) as news:
            for event in news:
                self.wfile.write(event)
                self.wfile.flush()

    def _gone(self) -> bool:
        """Whether the browser has closed the connection, on which it has nothing more to say."""
        return bool(select.select([self.connection], [], [], 0)[0])

    def _common(self, kind: str) -> None:
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")

    def handle(self) -> None:
        """Answer until the browser goes; that it does is no fault."""
        with contextlib.suppress(ConnectionError, TimeoutError):
            super().handle()

    def finish(self) -> None:
        """Close the connection, which the browser may have done."""
        with contextlib.suppress(ConnectionError):
            super().finish()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing of a request: the terminal is for what is built."""
