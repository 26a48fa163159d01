"""``label``: settling the least certain entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digest import pipeline
from digest.commands.options import SOURCE_OPTIONS, options
from digest.commands.request import request_for
from digest.desk.label import label as label_entries
from digest.desk.label import least_certain
from digest.diagnostics import exit_code
from digest.readers import Setting
from digest.terminal.text import report

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@options(*SOURCE_OPTIONS)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    metavar="N",
    help="How many entries to ask about at most.",
)
def label(notes: Path, config: Path, limit: int, *, drafts: bool) -> int:
    """Settle the least certain categories, a key each.

    An answer is written into the note at once, as a comment that no Markdown viewer shows.
    """
    request = request_for(notes, config, drafts=drafts)
    digest = pipeline.gather(request)
    if digest.taxonomy is None or not digest.tagged:
        report(digest.diagnostics, digest.reads, notes, "text", err=True)
        return exit_code(digest.diagnostics, strict=False)
    setting = Setting(taxonomy=digest.taxonomy, latest_year=request.latest_year)
    label_entries(least_certain(digest.tagged, limit), digest.reads, notes, setting)
    return 0
