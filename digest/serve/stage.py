"""What is shown at the moment, shared by the loop that builds and the threads that answer."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.serve import live
from digest.serve.files import HTML, answer

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from digest.serve.files import Answer

# After a page changed, its browser asks for it and its parts: work that is not for this page waits
# until no more questions come, as Python runs one thread at a time.
CALM = 0.15  # seconds without a question: between a page and its parts lie up to 0.1 s
PATIENCE = 0.6  # seconds to wait for it at most
HEARTBEAT = 15.0  # seconds between signs of life, which find out that a page was closed


class Stage:
    """The site as it is shown; every change wakes those that listen."""

    def __init__(self, mount: str) -> None:
        """Start with nothing; ``mount`` is the path of the site's root, ``/`` at both ends."""
        self.mount = mount
        self._files: Mapping[str, bytes] = {}
        self._wrong = ""
        self._changed = threading.Condition()
        self._open: dict[object, str] = {}
        self._asked = 0.0

    def show(self, files: Mapping[str, bytes], wrong: str) -> None:
        """Show these files and say what is wrong, if anything is."""
        with self._changed:
            self._files, self._wrong = files, wrong
            self._changed.notify_all()

    def open_pages(self) -> frozenset[str]:
        """Return the paths in the site of the pages that are open in a browser."""
        with self._changed:
            return frozenset(self._open.values())

    def let_them_ask(self) -> None:
        """Wait until the browsers that were told of a change have asked for what they show."""
        shown = time.monotonic()
        while (now := time.monotonic()) < shown + PATIENCE:
            if self._asked > shown and now > self._asked + CALM:
                return
            time.sleep(CALM / 10)

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

    def listen(self, target: str, shown: str) -> Generator[bytes]:
        """Yield events for the page at ``target``, which shows the look ``shown``, without end.

        An event without a name is a sign of life.
        """
        me = object()
        told: str | None = None
        try:
            while True:
                with self._changed:
                    files, wrong = self._files, self._wrong
                    found = answer(files, self.mount, target)
                    self._open[me] = found.path
                now = live.look(files, found.path, found.body)
                sent = live.events(shown, now, told, wrong)
                shown, told = now.name, wrong
                yield sent or b": here\n\n"
                with self._changed:
                    if self._files is files and self._wrong is wrong:
                        self._changed.wait(HEARTBEAT)
        finally:
            with self._changed:
                self._open.pop(me, None)
