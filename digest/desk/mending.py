"""``check --fix``: what is mechanical mended in the notes, once the curator has seen it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from digest.desk.notefile import WriteError, writing
from digest.diagnostics import counted
from digest.proof import difference, mended
from digest.terminal.text import show

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from digest.model import Read
    from digest.readers import Setting

# What is coloured in a difference (rich's names of styles).
_STYLES = ((r"(?m)^(?:---|\+\+\+) .*$", "bold"), (r"(?m)^-.*$", "red"), (r"(?m)^\+.*$", "green"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A note that can be mended: where below the folder, its bytes, and what they become."""

    path: str
    before: bytes
    after: bytes


def mendable(
    reads: Iterable[Read], notes: Path, setting: Setting, today: dt.date
) -> tuple[Mended, ...]:
    """Return the notes that can be mended, in order. A note that is gone meanwhile is left out."""
    found = []
    for read in reads:
        path = read.source.path
        try:
            before = (notes / path).read_bytes()
        except OSError:
            continue
        after = mended(path, before, setting, today) if read.dialect else before
        if after != before:
            found.append(Mended(path=path, before=before, after=after))
    return tuple(found)


def mend(found: Sequence[Mended], notes: Path, *, asks: bool, err: bool) -> bool:
    """Show what changes and write it, with ``asks`` only after a yes; tell whether all was written.

    A note that changed meanwhile, or that cannot be written, stays as it is, which is told.
    With ``err`` all is said on standard error.
    """
    for one in found:
        show(
            difference((notes / one.path).as_posix(), one.before, one.after),
            err=err,
            styles=_STYLES,
        )
    count = counted(len(found), "note")
    if asks and not _agreed(f"Write these changes into {count}?", err=err):
        click.echo("Nothing was written; `check --fix --yes` writes without asking.", err=err)
        return False
    whole = True
    for one in found:
        try:
            with writing(notes) as pen:
                pen.replace(one.path, one.after, one.before)
        except WriteError as error:
            click.echo(f"{(notes / one.path).as_posix()}: {error}", err=True)
            whole = False
    click.echo(f"{count} mended." if whole else "The other notes are mended.", err=err)
    return whole


def _agreed(question: str, *, err: bool) -> bool:
    """Ask where somebody can answer; elsewhere the answer is no."""
    return sys.stdin.isatty() and click.confirm(question, err=err)
