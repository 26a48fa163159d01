"""A real terminal (a pty) in which a test types as a curator does."""

from __future__ import annotations

import codecs
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Terminal:
    """A curator at a terminal that runs a command of ``build.py``."""

    def __init__(self, *arguments: str, **variables: str) -> None:  # noqa: D107 - see above
        self.master, slave = pty.openpty()
        environment = {**os.environ, "TERM": "xterm-256color", "NO_COLOR": "", **variables}
        # Where the tests run in the background Ctrl-C is ignored, and children would inherit that.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, str(ROOT / "build.py"), *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
        )
        signal.signal(signal.SIGINT, before)
        os.close(slave)
        self.shown = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")()

    def expect(self, text: str) -> str:
        """Wait until a text is shown, and return all up to it that was not yet looked at."""
        end = time.monotonic() + 20
        while text not in self.shown:
            ready, _, _ = select.select([self.master], [], [], max(end - time.monotonic(), 0))
            assert ready, f"{text!r} is not shown but {self.shown!r}"
            try:
                new = os.read(self.master, 65536)
            except OSError:  # how Linux tells that nobody writes any more
                new = b""
            assert new, f"{text!r} is not shown but {self.shown!r}"
            self.shown += self.decoder.decode(new)
        found, _, self.shown = self.shown.partition(text)
        return found + text

    def press(self, key: str) -> None:
        """Press one key, as soon as keys are read one by one."""
        self.expect("> ")
        end = time.monotonic() + 20
        while termios.tcgetattr(self.master)[3] & termios.ICANON:
            assert time.monotonic() < end, "keys are read by the line"
            time.sleep(0.01)
        os.write(self.master, key.encode())

    def type(self, question: str, line: str) -> str:
        """Wait for a question and answer with a line; return what was shown before it."""
        shown = self.expect(question)
        os.write(self.master, f"{line}\n".encode())
        return shown

    def interrupt(self) -> None:
        """Press Ctrl-C once the command waits: readline misses one between question and waiting."""
        time.sleep(0.5)
        self.process.send_signal(signal.SIGINT)

    def end(self) -> int:
        return self.process.wait(timeout=20)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)
