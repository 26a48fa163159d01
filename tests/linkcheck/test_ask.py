"""Asking a server on this machine for links, as the network would be asked."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from digest.linkcheck.ask import Answer, Manners, Verdict, ask_all

if TYPE_CHECKING:
    from collections.abc import Iterator

QUICK = Manners(pause=0.05, timeout=0.3, tries=3)


@dataclass
class Host:
    """A server that remembers what it was asked, and when."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    address: str = ""

    def requests(self, path: str) -> list[str]:
        """Return the methods by which a path was asked for, in order."""
        return [method for method, asked in self.asked if asked == path]


@pytest.fixture
def host() -> Iterator[Host]:
    """Run a server whose paths name the answer they give."""
    known = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer()

        def do_GET(self) -> None:
            self._answer()

        def _answer(self) -> None:
            known.asked.append((self.command, self.path))
            known.times.append(time.monotonic())
            status, headers = answers(self.path, self.command, Counter(p for _, p in known.asked))
            if status == 0:
                time.sleep(0.5)
                status = 200
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        known.address = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield known
        server.shutdown()


ANSWERS: dict[str, tuple[int, dict[str, str]]] = {
    "/moved": (301, {"Location": "/fine"}),
    "/for-now": (302, {"Location": "/fine"}),
    "/circle": (302, {"Location": "/circle"}),
}


def answers(path: str, method: str, asked: Counter[str]) -> tuple[int, dict[str, str]]:
    """Return the status and headers for a path; status 0 is an answer that comes too late."""
    number = path.removeprefix("/")
    special = {
        "/get-only": 405 if method == "HEAD" else 200,
        "/busy-once": 503 if asked[path] <= 2 else 200,
        "/slow": 0,
    }
    status = special.get(path, int(number) if number.isdecimal() else 200)
    return ANSWERS.get(path, (status, {}))


def ask(*urls: str, manners: Manners = QUICK) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    asyncio.run(ask_all(urls, manners, answers.__setitem__))
    return answers


@pytest.mark.parametrize(
    ("path", "verdict", "fact"),
    [
        ("/fine", Verdict.ALIVE, "the server answers 200"),
        ("/404", Verdict.DEAD, "the server answers 404"),
        ("/410", Verdict.DEAD, "the server answers 410"),
        ("/403", Verdict.UNSURE, "the server answers 403"),
        ("/500", Verdict.UNSURE, "the server answers 500"),
        ("/slow", Verdict.UNSURE, "the server takes too long"),
        ("/circle", Verdict.DEAD, "it redirects in a circle"),
        ("/get-only", Verdict.ALIVE, "the server answers 200"),
        ("/busy-once", Verdict.ALIVE, "the server answers 200"),
    ],
)
def test_an_answer_has_its_meaning(host: Host, path: str, verdict: Verdict, fact: str) -> None:
    url = host.address + path
    assert ask(url) == {url: Answer(verdict=verdict, fact=fact)}


def test_a_page_that_answers_to_head_is_not_asked_for_again(host: Host) -> None:
    ask(f"{host.address}/fine")
    assert host.requests("/fine") == ["HEAD"]


def test_only_a_permanent_redirect_is_a_move(host: Host) -> None:
    moved, for_now = f"{host.address}/moved", f"{host.address}/for-now"
    found = ask(moved, for_now)
    assert found[moved].moved_to == f"{host.address}/fine"
    assert found[for_now].moved_to == ""


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause_between(host: Host) -> None:
    ask(*(f"{host.address}/{n}" for n in "abcd"), manners=Manners(pause=0.2, timeout=2))
    gaps = [later - earlier for earlier, later in zip(host.times, host.times[1:], strict=False)]
    assert len(gaps) == 3
    assert min(gaps) >= 0.19


def test_a_server_in_trouble_is_asked_three_times_and_then_left_alone(host: Host) -> None:
    ask(f"{host.address}/503")
    assert host.requests("/503") == ["HEAD", "GET"] * 3


def test_a_host_that_does_not_answer_is_told_apart_from_one_that_says_no() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        assert ask(url) == {
            url: Answer(verdict=Verdict.UNREACHED, fact="no connection to the host")
        }


def test_each_answer_is_told_as_it_comes(host: Host) -> None:
    seen: list[tuple[str, int]] = []
    urls = [f"{host.address}/{n}" for n in "abc"]
    asyncio.run(ask_all(urls, QUICK, lambda url, _: seen.append((url, len(host.asked)))))
    assert seen == [(urls[0], 1), (urls[1], 2), (urls[2], 3)]
