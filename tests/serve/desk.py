"""A curator's folder with two notes, and `build.py serve` running in it."""

from __future__ import annotations

import contextlib
import http.client
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds, for a machine that has other things to do
MARCH = """\
# AI: 2024.03

# 1. 工具

## 1.1. [llamafile：一个文件就能跑](https://github.com/example/llamafile)

模型和运行它的程序装在同一个文件里。

## 1.2. [whisper 小抄](https://github.com/example/whisper-notes)

常用的命令都在这里。
"""
APRIL = """\
# AI: 2024.04

# 1. 论文

## 1.1. [三值权重](https://arxiv.org/abs/2402.00001)

权重只取三个值。
"""
SETTINGS = "title: Desk\nlanguage: en\nbase_url: https://example.org/\n"
_BUILT = r"^\d\d:\d\d:\d\d  .* in \d+\.\d+ s"  # 09:54:50  1 new, 7 changed in 0.21 s
_ADDRESS = re.compile(r"Serving (http://127\.0\.0\.1:(\d+)(/\S*)) ")


def folder(place: Path) -> Path:
    """Make a curator's folder."""
    (place / "entries").mkdir(parents=True)
    (place / "entries" / "2024-03.md").write_text(MARCH, encoding="utf-8")
    (place / "entries" / "2024-04.md").write_text(APRIL, encoding="utf-8")
    (place / "site.yaml").write_text(SETTINGS, encoding="utf-8")
    return place


@dataclass
class Serving:
    """A running preview: its address, and the lines that it has said."""

    process: subprocess.Popen[str]
    place: Path
    said: list[str] = field(default_factory=list)
    lines: queue.SimpleQueue[str] = field(default_factory=queue.SimpleQueue)
    address: str = ""
    port: int = 0

    def hear(self, pattern: str) -> re.Match[str]:
        """Wait until the preview says something."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                line = self.lines.get(timeout=max(end - time.monotonic(), 0))
            except queue.Empty:
                message = f"never said {pattern!r}; said {self.said}"
                raise AssertionError(message) from None
            self.said.append(line)
            found = re.search(pattern, line)
            if found:
                return found

    def built(self) -> str:
        """Wait for the line that tells of a build."""
        return self.hear(_BUILT).string

    def ask(
        self, path: str, *, method: str = "GET", host: str | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        """Send a request; ``host`` stands in for the right name."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.putrequest(method, path, skip_host=host is not None)
            if host is not None:
                connection.putheader("Host", host)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()

    def write(self, name: str, text: str) -> None:
        """Save a file of the curator's folder."""
        path = self.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Change the words of a file."""
        path = self.place / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


@contextlib.contextmanager
def serving(place: Path, *arguments: str) -> Iterator[Serving]:
    """Run `build.py serve` until the block ends."""
    command = [sys.executable, str(ROOT / "build.py"), "serve", *arguments]
    process = subprocess.Popen(  # noqa: S603 - this very interpreter
        command, cwd=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    found = Serving(process=process, place=place)

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            found.lines.put(line)

    ears = threading.Thread(target=listen)
    ears.start()
    try:
        told = found.hear(_ADDRESS.pattern)
        found.address, found.port = told[1], int(told[2])
        yield found
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        ears.join()
        assert process.stdout is not None
        process.stdout.close()


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)
