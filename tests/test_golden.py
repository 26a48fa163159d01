from __future__ import annotations

import os
import subprocess
import sys

import pytest

UPDATE = [sys.executable, "-m", "pytest", "--update-golden", "--collect-only", "-q", __file__]


@pytest.mark.parametrize(("ci", "code"), [("true", pytest.ExitCode.USAGE_ERROR), ("", 0)])
def test_golden_files_are_updated_by_hand_and_never_in_ci(ci: str, code: int) -> None:
    run = subprocess.run(  # noqa: S603 - this very interpreter
        UPDATE, env={**os.environ, "CI": ci}, capture_output=True, text=True, check=False
    )
    assert run.returncode == code
    assert ("--update-golden is refused when CI is set" in run.stderr) is bool(ci)
