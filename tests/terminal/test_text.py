"""Colour on a terminal, and none where it is not wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.desk.terminals import Terminal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("value", "coloured"), [("", True), ("1", False), ("0", False)])
def test_a_terminal_gets_colour_unless_no_color_holds_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, *, coloured: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    terminal = Terminal("check", NO_COLOR=value)
    shown = terminal.expect("1 warning, 1 notice")
    assert "warning[R112]" in shown
    assert ("\x1b[1;33mwarning[R112]" in shown) is coloured
    assert ("\x1b[32m" in shown) is coloured
    assert terminal.end() == 0
    terminal.close()
