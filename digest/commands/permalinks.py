"""``permalinks``: begin, or bring up to date, the file that makes addresses last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from digest import pipeline
from digest.commands.options import PLACE_OPTIONS, REPORT_OPTIONS, options
from digest.commands.request import request_for
from digest.diagnostics import counted, exit_code
from digest.permalinks import store
from digest.permalinks.ledger import NAME
from digest.terminal.text import report

if TYPE_CHECKING:
    from pathlib import Path

    from digest.diagnostics import Diagnostic


@click.command()
@options(*PLACE_OPTIONS, *REPORT_OPTIONS)
def permalinks(notes: Path, config: Path, style: str, *, strict: bool) -> int:
    """Keep the entries' addresses in permalinks.jsonl, beside the notes.

    The first time this begins the file; from then on each build brings it up to date. Keep it under
    version control: an entry that is renamed, renumbered or moved to another note then keeps its
    address, one that is deleted never gives its address to another.
    """
    digest = pipeline.gather(request_for(notes, config, drafts=False))
    unkept = keep(digest, notes) if digest.usable else ()
    found = (*digest.diagnostics, *unkept)
    report(found, digest.reads, notes, style, err=True)
    if not digest.usable or unkept:
        click.echo("Nothing was written.", err=True)
        return 1
    if style == "text":
        click.echo(told(replace(digest, has_permalinks=True), notes))
    return exit_code(found, strict=strict)


def keep(digest: pipeline.Digest, notes: Path) -> tuple[Diagnostic, ...]:
    """Write the entries' addresses beside the notes."""
    return store.write(notes, digest.addresses.rows)


def told(digest: pipeline.Digest, notes: Path) -> str:
    """Say in a line what the file of addresses holds, or would hold if it were begun."""
    count, path = len(digest.addresses.rows), notes / NAME
    if not digest.has_permalinks:
        addresses = counted(count, "address", "addresses")
        return f"`build.py permalinks` would keep {addresses} in {path}, so that they last"
    changes = ", ".join(f"{n} {name}" for name, n in digest.addresses.changes.items() if n)
    return f"{path} keeps {counted(count, 'address', 'addresses')} ({changes or 'as they were'})"
