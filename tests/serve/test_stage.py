"""The stage: what is shown, and who is let through first."""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING

import pytest

from digest.serve.live import PAGE, look
from digest.serve.stage import CALM, DRAWN, PATIENCE, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BEFORE = {"index.html": b"<body><main>one</main></body>"}
OTHER_MAIN = {"index.html": b"<body><main>two</main></body>"}
OTHER_FRAME = {"index.html": b"<body class=wide><main>one</main></body>"}


@pytest.fixture
def stage() -> Stage:
    made = Stage("/")
    made.show(BEFORE, "")
    return made


@contextlib.contextmanager
def listening(stage: Stage, *, gone: bool = False) -> Iterator[list[bytes]]:
    """Have a page open that shows what stood there before; give the events that it was sent."""
    heard: list[bytes] = []
    shown = look(BEFORE, "index.html", BEFORE["index.html"]).name
    closed = threading.Event()
    first = threading.Event()

    def listen() -> None:
        with contextlib.closing(stage.listen("/", shown, lambda: gone)) as news:
            for event in news:
                heard.append(event)
                first.set()
                if closed.is_set():
                    return

    ears = threading.Thread(target=listen)
    ears.start()
    assert first.wait(10)
    time.sleep(0.05)  # it listens again
    yield heard
    closed.set()
    stage.show({}, "over")
    ears.join(10)
    assert not ears.is_alive()


def waited(stage: Stage, files: Mapping[str, bytes]) -> float:
    """Show something else; return the seconds that the rest of a build waits for it."""
    started = time.monotonic()
    stage.show(files, "")
    stage.let_them_draw()
    return time.monotonic() - started


def test_the_rest_of_a_build_waits_until_a_page_that_reloads_has_asked_for_its_parts(
    stage: Stage,
) -> None:
    with listening(stage) as heard:
        asks = [threading.Timer(after, stage.answer, ["/"]) for after in (0.05, 0.1)]
        for ask in asks:
            ask.start()
        assert 0.1 + CALM <= waited(stage, OTHER_FRAME) < PATIENCE + CALM
        assert PAGE in heard[-1]


def test_a_browser_that_asks_for_nothing_is_not_waited_for_long(stage: Stage) -> None:
    with listening(stage):
        assert PATIENCE <= waited(stage, OTHER_FRAME) < PATIENCE + 1


def test_a_page_that_was_sent_what_changed_has_the_time_to_show_it(stage: Stage) -> None:
    with listening(stage) as heard:
        assert DRAWN <= waited(stage, OTHER_MAIN) < PATIENCE
        assert heard[-1].startswith(b"event: main\n")


def test_nobody_is_waited_for_where_no_page_is_open(stage: Stage) -> None:
    assert waited(stage, OTHER_FRAME) < DRAWN


def test_a_page_that_has_left_is_open_no_longer(stage: Stage) -> None:
    with listening(stage):
        assert stage.open_pages() == {"index.html"}
    with listening(stage, gone=True):
        assert stage.open_pages() == frozenset()
    assert stage.open_pages() == frozenset()
