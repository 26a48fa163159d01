"""The command line: the table of commands, and exit codes.

Exit codes: 0 clean or warnings only, 1 errors (or warnings with ``--strict``), 2 wrong usage,
3 a bug of our own.
"""

from __future__ import annotations

import errno
import sys
import traceback
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING

import click

from digest import __version__
from digest.terminal.manual import Manual

if TYPE_CHECKING:
    from collections.abc import Sequence

OWN_BUG = 3
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})  # a full disk is nobody's bug


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
    except Exception as error:  # noqa: BLE001  # the edge of the program: any other fault is our own
        return _fault(error)
    return result if isinstance(result, int) else 0


def _fault(error: Exception) -> int:
    if isinstance(error, OSError) and error.errno in FULL:
        click.echo(f"cannot write: {error.strerror}", err=True)
        return 1
    traceback.print_exc()
    click.echo(
        "This is a bug of Digest, not of your notes. Please report the lines above.", err=True
    )
    return OWN_BUG


# Under the headings of ``--help``; each is the function of its own module's name, which has a ``_``
# at its end where the name is a word of Python's (``import_``).
COMMANDS = {
    "Publish": ("build", "serve", "check", "permalinks"),
    "Write": ("new", "import"),
    "Ask": ("stats", "explain", "export"),
    "Teach the tagger": ("label", "train"),
    "Set up": ("completion",),
}


def command_named(name: str) -> click.Command:
    """Import a command when it is asked for, so that none waits for what another needs."""
    module = f"{name}_" if iskeyword(name) else name
    command: click.Command = getattr(import_module(f"digest.commands.{module}"), module)
    return command


commands = Manual(
    help="""Turn a curator's notes into a static site with feeds and search.

    Without a command, `build` is run. Everything happens on this machine; only `check --links`
    asks the network.
    """,
    sections=COMMANDS,
    find=command_named,
)
click.version_option(__version__, prog_name="Digest")(commands)
