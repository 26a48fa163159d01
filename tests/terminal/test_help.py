"""``--help`` reads like a manual, and Tab completes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from digest.cli import COMMANDS, command_named, main
from digest.commands.completion import SCRIPTS

ROOT = Path(__file__).parents[2]
NAMES = [name for names in COMMANDS.values() for name in names]


def test_the_help_groups_all_commands_and_tells_examples_exit_codes_and_variables(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    headings = re.findall(r"^(\S.*):$", out, re.MULTILINE)
    assert headings == [
        *("Options", "Publish", "Write", "Ask", "Teach the tagger", "Set up"),
        *("Examples", "Exit codes", "Environment"),
    ]
    for name in NAMES:
        assert re.search(rf"^  {name}  +[A-Z]", out, re.MULTILINE), name
    assert max(map(len, out.split("\n"))) <= 80


@pytest.mark.parametrize("name", NAMES)
def test_every_option_of_a_command_tells_its_default(name: str) -> None:
    command = command_named(name)
    context = click.Context(command)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            row = parameter.get_help_record(context)
            assert row is not None
            assert re.search(r"\(default: .+?\)|\[default: .+?[;\]]", row[1], re.DOTALL), row


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_in_short_and_at_length(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"Usage: build.py {name} ")
    assert "..." not in command_named(name).get_short_help_str(limit=100)


@pytest.mark.parametrize(("name", "count"), [("new", 3), ("import", 2)])
def test_each_example_of_a_command_stands_on_a_line_of_its_own(
    name: str, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    main([name, "--help"])
    lines = capsys.readouterr().out.split("\n")
    assert len([line for line in lines if line.startswith(f"    build.py {name}")]) == count


def bash(script: str) -> str:
    """Run a script in bash after the completion is loaded, as from ``~/.bashrc``."""
    load = f'eval "$({sys.executable} {ROOT / "build.py"} completion bash)"\n'
    shell = ["bash", "--norc", "--noprofile", "-euc", load + script]
    done = subprocess.run(shell, capture_output=True, text=True, check=False)  # noqa: S603 - our own script
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize(
    ("typed", "at", "found"),
    [
        ("digest exp", 1, "explain\nexport\n"),
        ("python build.py exp", 2, "explain\nexport\n"),
        ("python3 ../digest/build.py export --format c", 4, "csv\n"),
        ("build.py new --for", 2, "--force\n"),
        ("digest new --category pa", 3, "papers\n"),
        ("digest export --topic multi", 3, "multimodal\n"),
        ("python other.py exp", 2, ""),
    ],
)
def test_tab_completes_in_bash(typed: str, at: int, found: str) -> None:
    ask = f"COMP_WORDS=({typed}); COMP_CWORD={at}; COMPREPLY=(); _digest || true\n"
    assert (
        bash(ask + 'for one in "${COMPREPLY[@]-}"; do [ -z "$one" ] || echo "$one"; done') == found
    )


def test_bash_asks_it_for_each_name_and_digest_is_a_command() -> None:
    out = bash("complete -p digest build.py python python3; digest --version")
    assert out.count("-F _digest ") == 4
    assert out.endswith("Digest, version 0.1.0\n")


@pytest.mark.parametrize("shell", sorted(SCRIPTS))
def test_each_shell_gets_a_script_that_names_this_program(
    shell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", shell]) == 0
    out = capsys.readouterr().out
    assert f"{sys.executable} {ROOT / 'build.py'}" in out
    assert f"_BUILD_PY_COMPLETE={shell}_complete" in out


def test_a_shell_that_is_not_known_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "tcsh"]) == 2
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in capsys.readouterr().err
