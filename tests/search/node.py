"""Runs our scripts in Node, as a browser would."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
NODE = shutil.which("node") or ""
needs_node = pytest.mark.skipif(not NODE, reason="needs node")


def node(script: str, *arguments: str, given: object = None) -> Any:  # noqa: ANN401 - whatever JSON the script prints
    """Run a script of this folder; hand it ``given`` and take its answer as JSON."""
    run = subprocess.run(  # noqa: S603 - our own script
        [NODE, str(HERE / script), *arguments],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout or "null")
