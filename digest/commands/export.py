"""``export``: the entries for other programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from digest import pipeline
from digest.commands.request import request_for
from digest.diagnostics import exit_code
from digest.options import SOURCE_OPTIONS, options
from digest.terminal import report

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@options(*SOURCE_OPTIONS)
def export(notes: Path, config: Path, *, drafts: bool) -> int:
    """Print the entries as JSON, one object a line."""
    request = request_for(notes, config, drafts=drafts)
    digest = pipeline.gather(request)
    report(digest.diagnostics, digest.reads, notes, "text", err=True)
    sys.stdout.buffer.write(pipeline.export_bytes(digest))
    sys.stdout.buffer.flush()
    return exit_code(digest.diagnostics, strict=False)
