"""``check``: everything that is wrong with the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digest import pipeline
from digest.commands.request import request_for
from digest.diagnostics import exit_code, summary
from digest.options import REPORT_OPTIONS, SOURCE_OPTIONS, options
from digest.terminal import account_table, least_certain_table, report, show

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@options(*SOURCE_OPTIONS, *REPORT_OPTIONS)
def check(notes: Path, config: Path, style: str, *, drafts: bool, strict: bool) -> int:
    """Show everything that is wrong with the notes; write nothing."""
    request = request_for(notes, config, drafts=drafts)
    digest = pipeline.gather(request)
    rendered = pipeline.render(digest, request)
    advice = pipeline.advice(digest, request)
    found = (*digest.diagnostics, *rendered.diagnostics, *advice)
    report(found, digest.reads, notes, style, err=False)
    if style == "text":
        if digest.reads:
            show(account_table(digest.reads))
        doubtful = least_certain_table(digest.tagged)
        if doubtful:
            show(f"\n{doubtful}\n")
        click.echo(summary(found) or "nothing to report")
    return exit_code(found, strict=strict)
