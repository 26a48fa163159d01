"""``build.py --help``: the commands by what a curator does with them, examples and exit codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digest.diagnostics import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

EXAMPLES = (
    ("build.py", "builds entries/ into site/"),
    ("build.py serve --open", "shows the site and follows what you save"),
    ("build.py new", "asks for an entry and adds it"),
    ("build.py check --strict", "fails a publishing script on any warning"),
    ("build.py explain 2024-03.md:41", "tells why an entry is where it is"),
    ('eval "$(python build.py completion bash)"', "completes commands by Tab"),
)
EXIT_CODES = (
    ("0", "all is well, or there are warnings only"),
    ("1", "errors, or with --strict warnings; nothing was written, or a note was left out"),
    ("2", "the command line is wrong"),
    ("3", "a bug of Digest's own"),
)
ENVIRONMENT = (
    ("NO_COLOR", "no colour, where it holds anything; bold stays"),
    ("VISUAL, EDITOR", "the editor that `new --edit` opens"),
)


class Manual(click.Group):
    """A group of commands whose help is a page of a manual."""

    def __init__(
        self,
        *,
        sections: Mapping[str, Sequence[str]],
        find: Callable[[str], click.Command],
        help: str,  # noqa: A002  # click's name
    ) -> None:
        """Take the names of the commands under the headings of the page, in order."""
        super().__init__(
            name="build.py",
            help=help,
            context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        )
        self.sections = sections
        self.find = find

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in their order."""
        del ctx
        return [name for names in self.sections.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None where there is none of this name."""
        return self.find(cmd_name) if cmd_name in self.list_commands(ctx) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of a line; of a name that is none, tell the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = nearest(args[0], self.list_commands(ctx))
            if near is None:
                raise
            message = f"{error.message} Did you mean '{near}'?"
            raise click.UsageError(message, ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands under their headings, then examples, exit codes and variables."""
        longest = max(map(len, self.list_commands(ctx)))
        for heading, names in self.sections.items():
            rows = [
                (f"{name:{longest}}", self.find(name).get_short_help_str(limit=100))
                for name in names
            ]
            _list(formatter, heading, rows)
        _list(formatter, "Examples", EXAMPLES)
        _list(formatter, "Exit codes", EXIT_CODES)
        _list(formatter, "Environment", ENVIRONMENT)
        formatter.write_paragraph()
        formatter.write_text("`build.py COMMAND --help` lists the options of a command.")


def _list(formatter: click.HelpFormatter, heading: str, rows: Sequence[tuple[str, str]]) -> None:
    with formatter.section(heading):
        formatter.write_dl(rows, col_max=44)
