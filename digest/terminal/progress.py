"""What a long command is at, shown on a terminal after a second and gone when it is done."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from types import TracebackType

    from rich.status import Status

PATIENCE = 1.0  # seconds of work that need no word


class Progress:
    """Shows one line on a terminal, nothing where the output goes to a file or a pipe."""

    def __init__(
        self, *, quiet: bool, stream: TextIO | None = None, after: float = PATIENCE
    ) -> None:
        """Speak on ``stream``, standard error by default, when ``after`` seconds have passed."""
        self._stream = stream or sys.stderr
        self._silent = quiet or not self._stream.isatty()
        self._timer = threading.Timer(after, self._begin)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._status: Status | None = None
        self._text = ""

    def __enter__(self) -> Self:
        """Begin to wait."""
        if not self._silent:
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        self._timer.cancel()
        with self._lock:
            self._silent = True
            if self._status:
                self._status.stop()

    def tell(self, text: str) -> None:
        """Say what is done now."""
        with self._lock:
            self._text = text
            if self._status:
                self._status.update(text)

    def _begin(self) -> None:
        from rich.console import Console  # noqa: PLC0415  # quick commands do without
        from rich.status import Status  # noqa: PLC0415

        with self._lock:
            if not self._silent:
                console = Console(file=self._stream, highlight=False)
                self._status = Status(self._text, console=console)
                self._status.start()
