"""The command line: the table of commands, and exit codes.

Exit codes: 0 clean or warnings only, 1 errors (or warnings with ``--strict``), 2 wrong usage,
3 a bug of our own.
"""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

import click

from digest import __version__
from digest.commands.build import build
from digest.commands.check import check
from digest.commands.explain import explain
from digest.commands.export import export
from digest.commands.import_ import import_
from digest.commands.label import label
from digest.commands.new import new
from digest.commands.permalinks import permalinks
from digest.commands.serve import serve
from digest.commands.stats import stats
from digest.commands.train import train

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


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="Digest")
def commands() -> None:
    """Turn a curator's notes into a static site with feeds.

    Without a command, `build` is run.
    """


COMMANDS = (build, serve, new, import_, check, export, explain, stats, label, permalinks, train)
for command in COMMANDS:
    commands.add_command(command)
