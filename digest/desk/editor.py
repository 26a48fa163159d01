"""Opening the curator's editor at a line."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Editors that do not take `+LINE FILE`, as vi, nano, emacs and most others do.
_AFTER_FLAG = {"code", "code-insiders", "codium", "cursor"}  # code --goto FILE:LINE
_AFTER_COLON = {"hx", "helix", "micro", "subl", "sublime_text", "zed"}  # subl FILE:LINE


def editor_of(environment: Mapping[str, str]) -> str:
    """Return the command of the editor, ``$VISUAL`` before ``$EDITOR``; empty where none is set."""
    return environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip()


def command_for(editor: str, path: Path, line: int) -> list[str]:
    """Return the words of the command that opens a file at a line (1-based)."""
    words = shlex.split(editor)
    name = PurePath(words[0]).stem
    if name in _AFTER_FLAG:
        return [*words, "--goto", f"{path}:{line}"]
    if name in _AFTER_COLON:
        return [*words, f"{path}:{line}"]
    return [*words, f"+{line}", str(path)]


def open_at(editor: str, path: Path, line: int) -> str:
    """Open the editor and wait until it ends; return what went wrong, or nothing."""
    try:
        code = subprocess.run(command_for(editor, path, line), check=False).returncode  # noqa: S603  # the curator's own command
    except (OSError, ValueError) as error:
        return f"{editor} cannot be opened: {getattr(error, 'strerror', None) or error}"
    return f"{editor} ended with code {code}" if code else ""
