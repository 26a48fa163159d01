from __future__ import annotations

import io

import pytest

from digest.terminal.progress import Progress
from tests.serve.desk import until


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the terminal the abilities of a common one."""
    monkeypatch.setenv("TERM", "xterm")


def test_long_work_is_told_on_a_terminal_and_the_line_goes_away() -> None:
    terminal = Terminal()
    with Progress(quiet=False, stream=terminal, after=0) as progress:
        progress.tell("Reading")
        until(lambda: "Reading" in terminal.getvalue())
        progress.tell("Writing")
        until(lambda: "Writing" in terminal.getvalue())
    assert terminal.getvalue().endswith("\x1b[1A\x1b[2K")


def test_quick_work_is_not_told() -> None:
    terminal = Terminal()
    with Progress(quiet=False, stream=terminal, after=3600) as progress:
        progress.tell("Reading")
    assert terminal.getvalue() == ""


@pytest.mark.parametrize(("stream", "quiet"), [(io.StringIO(), False), (Terminal(), True)])
def test_files_and_quiet_commands_get_nothing(stream: io.StringIO, *, quiet: bool) -> None:
    with Progress(quiet=quiet, stream=stream, after=0) as progress:
        progress.tell("Reading")
    assert stream.getvalue() == ""
