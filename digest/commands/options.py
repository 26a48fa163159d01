"""The options of the commands, each with its default in ``--help``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.config import address, with_slash

if TYPE_CHECKING:
    from collections.abc import Callable


def options(*chosen: Callable[..., Any]) -> Callable[..., Any]:
    """Put some options on a command, in the order in which ``--help`` lists them."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(chosen):
            command = option(command)
        return command

    return add


PLACE_OPTIONS = (
    click.option(
        "--notes",
        type=click.Path(path_type=Path),
        default=Path("entries"),
        show_default=True,
        metavar="DIR",
        help="Folder of notes, read with its sub-folders (.md, .markdown, .txt).",
    ),
    click.option(
        "--config",
        type=click.Path(path_type=Path),
        default=Path("site.yaml"),
        show_default=True,
        metavar="FILE",
        help="Facts about the site. taxonomy.yaml is taken from the same folder.",
    ),
)
SOURCE_OPTIONS = (
    *PLACE_OPTIONS,
    click.option("--drafts", is_flag=True, help="Include drafts (default: leave them out)."),
)
REPORT_OPTIONS = (
    click.option("--strict", is_flag=True, help="Let warnings fail the run (default: off)."),
    click.option(
        "--format",
        "style",
        type=click.Choice(["text", "json", "github"]),
        default="text",
        show_default=True,
        help="How diagnostics are printed.",
    ),
)


def _base_url(written: str | None) -> str | None:
    """Check an address given on the command line; wrong usage where it is none."""
    if written is None:
        return None
    url = address(written)
    if url is None:
        message = f"{written} is not an address; write `--base-url https://example.org/digest/`"
        raise click.BadParameter(message)
    return with_slash(url)


OUTPUT_OPTIONS = (
    click.option(
        "--output",
        type=click.Path(path_type=Path),
        default=Path("site"),
        show_default=True,
        metavar="DIR",
        help="Where the site is written; it replaces the last one only when it is whole.",
    ),
    click.option(
        "--base-url",
        metavar="URL",
        callback=lambda _context, _option, value: _base_url(value),
        help="Address the site will be published at (default: base_url of site.yaml).",
    ),
)
BUILD_OPTIONS = (
    *OUTPUT_OPTIONS,
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        metavar="N",
        help="Most processes for tagging and bodies, on a machine with idle processors.",
    ),
    click.option(
        "--no-cache",
        is_flag=True,
        help="Build everything anew; keep no finished work in .digest-cache/ (default: off).",
    ),
    click.option("--quiet", is_flag=True, help="Print errors and warnings only (default: off)."),
)
