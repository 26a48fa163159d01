"""The Nu HTML checker (npm ``vnu-jar``) over every page: no error and no warning."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

JAR = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def judge(site: Path) -> list[str]:
    """Return a line for each error and warning in the pages, style sheets and pictures."""
    java = shutil.which("java")
    if java is None or not JAR.exists():
        return [f"could not run: {'no java' if java is None else 'no vnu.jar (make judge)'}"]
    command = [java, "-Xss4m", "-jar", str(JAR), "--skip-non-html", "--stdout", "--format", "json"]
    ran = subprocess.run([*command, str(site)], capture_output=True, check=False)  # noqa: S603  # a list, no shell
    try:
        messages = json.loads(ran.stdout)["messages"]
    except (ValueError, KeyError):
        return [f"could not run: {ran.stderr.decode(errors='replace')[-500:]}"]
    return [_line(message, site) for message in messages]


def _line(message: dict[str, object], site: Path) -> str:
    where = str(message.get("url", "")).removeprefix(f"file:{site}/")
    kind = message.get("subType") or message.get("type")
    return f"{where}:{message.get('lastLine', '')}: {kind}: {message.get('message')}"
