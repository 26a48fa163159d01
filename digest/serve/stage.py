"""What is shown at the moment, shared by the loop that builds and the threads that answer."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.serve import live
from digest.serve.files import HTML, answer

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    from digest.serve.files import Answer

# After a page changed, its browser takes it in, or asks for it and its parts: work that is not for
# this page waits until that is done, as Python runs one thread at a time.
DRAWN = 0.1  # seconds that a browser takes to show what it was sent
CALM = 0.15  # seconds without a question: between a page and its parts lie up to 0.1 s
PATIENCE = 0.6  # seconds to wait for it at most
HEARTBEAT = 15.0  # seconds between signs of life, which find out that a page was closed


@dataclass(slots=True, kw_only=True)
class _Listener:
    """An open page: its path in the site, which files it was told of, and whether it has left."""

    gone: Callable[[], bool]
    path: str = ""
    files: Mapping[str, bytes] | None = None


class Stage:
    """The site as it is shown; every change wakes those that listen."""

    def __init__(self, mount: str) -> None:
        """Start with nothing; ``mount`` is the path of the site's root, ``/`` at both ends."""
        self.mount = mount
        self._files: Mapping[str, bytes] = {}
        self._wrong = ""
        self._changed = threading.Condition()
        self._open: list[_Listener] = []
        # When the stage last showed something, told a page, told one to reload, and was asked.
        self._shown = self._told = self._sent_away = self._asked = 0.0

    def show(self, files: Mapping[str, bytes], wrong: str) -> None:
        """Show these files and say what is wrong, if anything is."""
        with self._changed:
            self._files, self._wrong = files, wrong
            self._shown = time.monotonic()
            self._changed.notify_all()

    def open_pages(self) -> frozenset[str]:
        """Return the paths in the site of the pages that are open in a browser."""
        with self._changed:
            return frozenset(one.path for one in self._open if not one.gone())

    def let_them_draw(self) -> None:
        """Wait until the open pages show the files, or have had the time for it."""
        while (now := time.monotonic()) < self._shown + PATIENCE and not self._drawn(now):
            time.sleep(DRAWN / 10)

    def _drawn(self, now: float) -> bool:
        with self._changed:
            untold = [one for one in self._open if one.files is not self._files]
            if not all(one.gone() for one in untold):
                return False
        if self._sent_away < self._shown:
            return now > self._told + DRAWN
        return self._asked > self._sent_away and now > self._asked + CALM

    def answer(self, target: str) -> Answer:
        """Answer a request; a page comes with our script."""
        self._asked = time.monotonic()
        files = self._files
        found = answer(files, self.mount, target)
        if found.type != HTML:
            return found
        return replace(
            found, body=live.dressed(found.body, live.look(files, found.path, found.body))
        )

    def listen(self, target: str, look: str, gone: Callable[[], bool]) -> Generator[bytes]:
        """Yield events for the page at ``target``, which shows the look ``look``, without end.

        An event without a name is a sign of life. ``gone`` tells whether the page has left.
        """
        me = _Listener(gone=gone)
        told: str | None = None
        try:
            with self._changed:
                self._open.append(me)
            while True:
                with self._changed:
                    files, wrong = self._files, self._wrong
                    found = answer(files, self.mount, target)
                    me.path = found.path
                now = live.look(files, found.path, found.body)
                sent = live.events(look, now, found.body, told, wrong)
                look, told = now.name, wrong
                yield sent or b": here\n\n"
                with self._changed:
                    me.files, self._told = files, time.monotonic()
                    if live.PAGE in sent:
                        self._sent_away = self._told
                    if self._files is files and self._wrong is wrong:
                        self._changed.wait(HEARTBEAT)
        finally:
            with self._changed:
                self._open.remove(me)
