"""``explain``: why an entry stands where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digest import pipeline
from digest.commands.options import SOURCE_OPTIONS, options
from digest.commands.request import request_for
from digest.desk.explain import explain as explain_entry
from digest.desk.explain import find_entry, why_not_found
from digest.terminal.text import report, show

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@options(*SOURCE_OPTIONS)
@click.argument("entry")
def explain(entry: str, notes: Path, config: Path, *, drafts: bool) -> int:
    """Tell why ENTRY has its date, category and topics.

    ENTRY is an id, the path of a page, or FILE:LINE, where LINE is any line of the entry.
    """
    digest = pipeline.gather(request_for(notes, config, drafts=drafts))
    if not digest.settings_hold:
        report(digest.diagnostics, digest.reads, notes, "text", err=True)
        return 1
    one = find_entry(digest.tagged, entry, notes.as_posix())
    if one is None:
        raise click.UsageError(why_not_found(digest.tagged, entry, notes.as_posix()))
    show(explain_entry(one))
    return 0
