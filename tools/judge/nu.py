"""The Nu HTML checker (npm ``vnu-jar``) over every page: no error and no warning.

It asks for the pages over http: only there can it tell what ``'self'`` means in their policy.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

JAR = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


# This machine's own address is forbidden ground to the checker, unless it is told.
LOCAL = "-Dnu.validator.servlet.allow-forbidden-hosts=true"


def judge(site: Path, base: str) -> list[str]:
    """Return a line for each error and warning in the pages, in the order of the pages."""
    java = shutil.which("java")
    if java is None or not JAR.exists():
        return [f"could not run: {'no java' if java is None else 'no vnu.jar (make judge)'}"]
    pages = sorted(page.relative_to(site).as_posix() for page in site.rglob("*.html"))
    command = [java, "-Xss4m", LOCAL, "-jar", str(JAR), "--stdout", "--format", "json"]
    addresses = [base + quote(page) for page in pages]
    ran = subprocess.run([*command, *addresses], capture_output=True, check=False)  # noqa: S603  # a list, no shell
    try:
        messages = json.loads(ran.stdout)["messages"]
    except (ValueError, KeyError):
        return [f"could not run: {ran.stderr.decode(errors='replace')[-500:]}"]
    return [_line(message, base) for message in messages]


def _line(message: dict[str, object], base: str) -> str:
    where = str(message.get("url", "")).removeprefix(base)
    kind = message.get("subType") or message.get("type")
    return f"{where}:{message.get('lastLine', '')}: {kind}: {message.get('message')}"
