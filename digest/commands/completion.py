"""``completion``: Tab completes commands, options and names, in three shells."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

# What click asks its own scripts for, and what it answers: docs of click, "Shell Completion".
_BASH = """\
digest() {{ {run} "$@"; }}
_digest() {{
    local at=0 line kind
    case "${{COMP_WORDS[0]}}" in python*)
        if [[ "${{COMP_WORDS[1]}}" != *build.py || $COMP_CWORD -lt 2 ]]; then
            declare -F _python > /dev/null && _python "$@"
            return
        fi
        at=1 ;;
    esac
    COMPREPLY=()
    while IFS= read -r line; do
        kind="${{line%%,*}}"
        case "$kind" in
            plain) COMPREPLY+=("${{line#*,}}") ;;
            dir|file) compopt -o default ;;
        esac
    done < <(COMP_WORDS="${{COMP_WORDS[*]:$at}}" COMP_CWORD=$((COMP_CWORD - at)) \\
        {variable}=bash_complete {run} 2> /dev/null)
}}
complete -o nosort -o default -F _digest digest build.py ./build.py python python3
"""
_ZSH = """\
digest() {{ {run} "$@" }}
_digest() {{
    local -a found plain described
    local at=1 kind name help
    if [[ "$words[1]" == python* ]]; then
        [[ "$words[2]" == *build.py ]] || {{ _files; return }}
        at=2
    fi
    found=("${{(@f)$(COMP_WORDS="${{words[$at,-1]}}" COMP_CWORD=$((CURRENT - at)) \\
        {variable}=zsh_complete {run} 2> /dev/null)}}")
    for kind name help in $found; do
        case "$kind" in
            plain) described+=("${{name//:/\\\\:}}:$help") ;;
            dir|file) _files ;;
        esac
    done
    (( $#described )) && _describe -V digest described
    (( $#plain )) && compadd -U -V digest -a plain
}}
compdef _digest digest build.py python python3
"""
_FISH = """\
function digest
    {run} $argv
end
function _digest_complete
    set -l before (commandline -opc)
    for line in (COMP_WORDS="$before" COMP_CWORD=(commandline -t) {variable}=fish_complete \\
        {run} 2> /dev/null)
        set -l parts (string split -m 1 "," -- $line)
        switch $parts[1]
            case plain
                echo $parts[2]
            case dir file
                __fish_complete_path (commandline -t)
        end
    end
end
complete -c digest -f -a "(_digest_complete)"
complete -c build.py -f -a "(_digest_complete)"
"""
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
VARIABLE = "_BUILD_PY_COMPLETE"  # click's name for a program called build.py


@click.command()
@click.argument("shell", type=click.Choice(tuple(SCRIPTS)))
def completion(shell: str) -> int:
    """Print a script that lets Tab complete commands, options and names.

    It also makes a command `digest`, which is `python build.py` of this checkout from anywhere.

    \b
    bash, in ~/.bashrc:   eval "$(python path/to/build.py completion bash)"
    zsh, in ~/.zshrc:     eval "$(python path/to/build.py completion zsh)"
    fish, in config.fish: python path/to/build.py completion fish | source
    """  # noqa: D301  # click wants the character itself
    home = Path(__file__).resolve().parent.parent.parent
    run = shlex.join([sys.executable, str(home / "build.py")])
    click.echo(SCRIPTS[shell].format(run=run, variable=VARIABLE), nl=False)
    return 0
