"""The command line: the table of commands, and exit codes.

Exit codes: 0 clean or warnings only, 1 errors (or warnings with ``--strict``), 2 wrong usage,
3 a bug of our own.
"""

from __future__ import annotations

import sys
import traceback
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING

import click

from digest import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

OWN_BUG = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    args = list(sys.argv[1:] if arguments is None else arguments)
    if not args or (args[0].startswith("-") and args[0] not in {"--help", "-h", "--version"}):
        args.insert(0, "build")
    try:
        result = commands.main(args=args, prog_name="build.py", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:  # `build.py export | head`
        sys.stderr.close()
        return 0
    except Exception:  # noqa: BLE001  # the edge of the program: any other fault is our own
        traceback.print_exc()
        click.echo(
            "This is a bug of Digest, not of your notes. Please report the lines above.", err=True
        )
        return OWN_BUG
    return result if isinstance(result, int) else 0


# In the order in which ``--help`` lists them; each is the function of its own module's name, which
# has a ``_`` at its end where the name is a word of Python's (``import_``).
COMMANDS = (
    "build",
    "serve",
    "new",
    "import",
    "check",
    "export",
    "explain",
    "stats",
    "label",
    "permalinks",
    "train",
)


class Commands(click.Group):
    """Imports a command when it is asked for, so that none waits for what another needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in their order."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None where there is none of this name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = getattr(import_module(f"digest.commands.{name}"), name)
        return command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="Digest")
def commands() -> None:
    """Turn a curator's notes into a static site with feeds.

    Without a command, `build` is run.
    """
