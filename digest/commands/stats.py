"""``stats``: what the digest holds, as tables."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from digest.commands.options import SOURCE_OPTIONS, options
from digest.commands.request import gathered, request_for
from digest.desk.stats import as_csv, as_json, as_text, tables
from digest.diagnostics import exit_code, summary
from digest.terminal.text import report, show

if TYPE_CHECKING:
    from pathlib import Path

_STYLES = ((r"(?m)^[a-z]+ {2,}(?:count|entries|notes|links)\b.*$", "bold"), (r"▇+", "cyan"))


@click.command()
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="text cuts long tables; the others hold every row.",
)
@options(*SOURCE_OPTIONS)
def stats(notes: Path, config: Path, style: str, *, drafts: bool) -> int:
    """Tell what the digest holds: by month, category, topic, host, person, habit, kind of link."""
    digest = gathered(request_for(notes, config, drafts=drafts))
    if digest.config is None or digest.taxonomy is None or not digest.reads:
        report(digest.diagnostics, digest.reads, notes, "text", err=True)
        return exit_code(digest.diagnostics, strict=False)
    found = tables(
        digest.tagged, digest.reads, digest.bodies, digest.taxonomy, digest.config.language
    )
    if style == "csv":
        sys.stdout.buffer.write(as_csv(found).encode())
        sys.stdout.buffer.flush()
    elif style == "json":
        click.echo(as_json(found))
    else:
        show(as_text(found), styles=_STYLES)
    if digest.diagnostics and style == "text":
        click.echo(f"\n{summary(digest.diagnostics)}; `build.py check` tells which", err=True)
    return exit_code(digest.diagnostics, strict=False)
