from __future__ import annotations

import signal
import socket
import time
from typing import TYPE_CHECKING

import pytest

from tests.serve.desk import folder, serving

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serve.desk import Serving


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/feed.xml", "application/xml"),
        ("/favicon.svg", "image/svg+xml"),
        ("/data/entries.jsonl", "application/jsonl"),
        ("/_digest/live.js", "text/javascript; charset=utf-8"),
        ("/_digest/live.css", "text/css; charset=utf-8"),
    ],
)
def test_files_come_with_their_type_and_are_kept_by_nobody(
    calm: Serving, path: str, type_: str
) -> None:
    status, headers, body = calm.ask(path)
    assert status == 200
    assert headers["Content-Type"] == type_
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert int(headers["Content-Length"]) == len(body) > 0


def test_page_is_that_on_disk_with_our_script_in_its_head(
    calm: Serving,
) -> None:
    _, _, body = calm.ask("/topics/index.html")
    lines = body.decode().split("\n")
    ours = [line for line in lines if "/_digest/" in line]
    assert len(ours) == 1
    assert lines.index(ours[0]) == lines.index("</head>") - 1
    lines.remove(ours[0])
    assert "\n".join(lines).encode() == (calm.place / "site/topics/index.html").read_bytes()


def test_folder_leads_to_its_index(calm: Serving) -> None:
    assert calm.ask("/topics")[:2][0] == 302
    assert calm.ask("/topics")[1]["Location"] == "/topics/"
    assert calm.ask("/topics/")[2] == calm.ask("/topics/index.html")[2]


@pytest.mark.parametrize(
    "path",
    [
        "/nothing.html",
        "/site.yaml",
        "/../site.yaml",
        "/topics/../../site.yaml",
        "/%2e%2e/site.yaml",
        "/..%2fsite.yaml",
        "/..%5csite.yaml",
        "//etc/passwd",
        "/%00",
        "/.digest-site",
    ],
)
def test_address_without_a_page_gets_the_sites_own_page_for_that(calm: Serving, path: str) -> None:
    status, headers, body = calm.ask(path)
    assert status == 404
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"title: Desk" not in body
    assert b"<h1>No such page</h1>" in body


def test_head_tells_the_length_and_sends_nothing(calm: Serving) -> None:
    whole = calm.ask("/index.html")
    status, headers, body = calm.ask("/index.html", method="HEAD")
    assert (status, body) == (200, b"")
    assert headers["Content-Length"] == str(len(whole[2]))


def test_only_reading_is_served(calm: Serving) -> None:
    assert calm.ask("/", method="POST")[0] == 501


def test_only_a_name_of_this_machine_is_answered(calm: Serving) -> None:
    for host in ("127.0.0.1", "localhost", "[::1]", "LOCALHOST"):
        assert calm.ask("/", host=f"{host}:{calm.port}")[0] == 200
    for host in (
        "example.org",
        f"example.org:{calm.port}",
        "localhost",
        "localhost:1",
        f"127.0.0.1.example.org:{calm.port}",
        "",
    ):
        status, _, body = calm.ask("/", host=host)
        assert status == 403
        assert b"Desk" not in body
        assert calm.ask("/_digest/events", host=host)[0] == 403


def test_taken_port_gives_the_next_free_one_and_says_so(tmp_path: Path, calm: Serving) -> None:
    with serving(folder(tmp_path / "desk"), "--port", str(calm.port)) as second:
        assert calm.port < second.port <= calm.port + 50
        assert f"Port {calm.port} is taken: this is {second.port}.\n" in second.said
        assert second.ask("/")[0] == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_at_once_with_a_page_listening(busy: Serving, number: signal.Signals) -> None:
    listening = socket.create_connection(("127.0.0.1", busy.port))
    listening.sendall(
        f"GET /_digest/events?page=/ HTTP/1.1\r\nHost: localhost:{busy.port}\r\n\r\n".encode()
    )
    assert listening.recv(4096).startswith(b"HTTP/1.1 200 OK")
    started = time.monotonic()
    busy.process.send_signal(number)
    assert busy.process.wait(timeout=10) == 0
    assert time.monotonic() - started < 2
    busy.hear("Stopped")
    listening.close()


def test_site_that_will_stand_in_a_sub_folder_is_served_there(tmp_path: Path) -> None:
    desk = folder(tmp_path / "desk")
    with serving(desk, "--port", "0", "--base-url", "https://example.org/digest/") as running:
        assert running.address.endswith("/digest/")
        assert running.ask("/")[1]["Location"] == "/digest/"
        assert running.ask("/digest/index.html")[0] == 200
        assert running.ask("/index.html")[0] == 404
        assert b'href="/digest/index.html"' in running.ask("/no/such/page")[2]
