"""``check --links``: the network asked in the terminal, with progress and last week's answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from digest import files
from digest.linkcheck import Asked, Known, Manners, Verdict, ask_all, diagnose, due, dump, parse
from digest.terminal.progress import Progress

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    from digest.linkcheck.ask import Answer
    from digest.model import Entry

ANSWERS = "links.jsonl"


def ask_links(entries: Sequence[Entry], cache: Path, today: dt.date) -> Asked:
    """Ask for the links of all entries, keep the answers in a cache folder, and return them.

    Stopped by Ctrl-C, what was answered is kept. A cache that cannot be written costs nothing but
    the asking again.
    """
    file = cache / ANSWERS
    known = parse(_text(file), today)
    urls = due(entries, known)
    answers: dict[str, Known] = dict(known)
    with Progress(quiet=not urls) as progress:

        def answered(url: str, answer: Answer) -> None:
            answers[url] = Known(answer=answer, day=today)
            progress.tell(f"Asking for links, {len(answers) - len(known)} of {len(urls)} …")

        try:
            asyncio.run(ask_all(urls, Manners(), answered))
        finally:
            _keep(file, dump(answers))
    return diagnose(entries, {url: one.answer for url, one in answers.items()})


def told(asked: Asked) -> str:
    """Sum up the answers in a line."""
    if asked.offline:
        return "links: no host could be reached; are you offline? Nothing is held against them."
    counts = asked.counts
    parts = [f"{counts[Verdict.ALIVE]} alive", f"{counts[Verdict.DEAD]} dead"]
    if counts[Verdict.UNREACHED]:
        parts.append(f"{counts[Verdict.UNREACHED]} without a connection")
    if counts[Verdict.UNSURE]:
        parts.append(f"{counts[Verdict.UNSURE]} that refuse programs or do not answer in time")
    return f"links: {', '.join(parts)}; asked again in a week"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _keep(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        files.put(file, text.encode())
    except OSError as error:
        click.echo(f"{file}: the answers could not be kept: {error.strerror}", err=True)
