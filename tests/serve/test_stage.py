"""The stage: what is shown, and who is let through first."""

from __future__ import annotations

import threading
import time

from digest.serve.stage import CALM, PATIENCE, Stage


def waited(stage: Stage) -> float:
    """Return the seconds that the rest of a build waits."""
    started = time.monotonic()
    stage.let_them_ask()
    return time.monotonic() - started


def test_the_rest_of_a_build_waits_until_an_open_page_has_asked_for_its_parts() -> None:
    stage = Stage("/")
    stage.show({"index.html": b"<p>", "style.css": b""}, "")
    asks = [threading.Timer(after, stage.answer, [f"/{n}"]) for n, after in enumerate((0.05, 0.1))]
    for ask in asks:
        ask.start()
    assert 0.1 + CALM <= waited(stage) < PATIENCE + CALM


def test_a_browser_that_asks_for_nothing_is_not_waited_for_long() -> None:
    stage = Stage("/")
    stage.answer("/before-it-was-shown")
    assert PATIENCE <= waited(stage) < PATIENCE + 1
