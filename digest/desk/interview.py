"""What ``build.py new`` asks at the terminal where the command line leaves it open."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import click

from digest.desk.ask import keys_of, printable, read_topics
from digest.links import absolute

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.taxonomy import Taxonomy

END_OF_TEXT = "."
_TOPICS = "Topics, with commas between, Tab completes (Enter: none): "


def ask_line(question: str) -> str:
    """Ask for a line, which can be edited as at a shell.

    Raises:
        EOFError: the input ended.
        KeyboardInterrupt: Ctrl-C was pressed.
    """
    return input(question).strip()


def ask_title() -> str:
    """Ask until there is a title."""
    while True:
        title = ask_line("Title: ")
        if title:
            return title
        click.echo("An entry needs a title.")


def ask_url() -> str:
    """Ask for the address of the story until it is one, or nothing."""
    while True:
        typed = ask_line("Link (Enter: none): ")
        url = absolute(typed) if typed else ""
        if url is not None:
            return url
        click.echo("That is not a web address; it looks like https://example.org/page")


def ask_category(taxonomy: Taxonomy, language: str, guess: str | None) -> str:
    """Ask for the category by key, name or any word that means it; Enter takes the guess."""
    keys = keys_of(taxonomy)
    names = {term.name: term.name_in(language) for term in taxonomy.categories}
    shown = [f"  [{key}] {name}  {names[name]}" for key, name in keys.items()]
    click.echo("\n".join(["Category:", *shown]))
    question = f"Which (Enter: {guess})? " if guess else "Which? "
    while True:
        typed = unicodedata.normalize("NFKC", ask_line(question)).casefold()
        if not typed and guess:
            return guess
        meant = (keys[typed],) if typed in keys else taxonomy.categories_of(typed)
        if len(meant) == 1:
            return meant[0]
        which = f"`{printable(typed)}` may mean {' or '.join(meant)}." if meant else ""
        click.echo(which or "Type one of the keys or names above.")


def ask_topics(taxonomy: Taxonomy) -> tuple[str, ...]:
    """Ask for topics, none or several; Tab completes a topic's name."""
    names = sorted(term.name for term in taxonomy.topics)
    with_completion(names)
    try:
        return read_topics(taxonomy, _TOPICS, ask_line)
    finally:
        with_completion([])


def ask_body() -> str:
    """Ask for the text, which a line with a full stop alone or Ctrl-D ends."""
    click.echo(f"Text, as Markdown; a line with `{END_OF_TEXT}` alone ends it:")
    lines: list[str] = []
    while True:
        try:
            line = input("")
        except EOFError:
            return "\n".join(lines)
        if line.strip() == END_OF_TEXT:
            return "\n".join(lines)
        lines.append(line)


def with_completion(names: list[str]) -> None:
    """Let Tab complete names, where Python was built with readline; no names: let it be."""
    try:
        import readline  # noqa: PLC0415  # not on every system
    except ImportError:
        return
    readline.set_completer(_completer(names) if names else None)
    readline.set_completer_delims(" ,，、")
    readline.parse_and_bind("tab: complete" if names else "tab: tab-insert")


def _completer(names: list[str]) -> Callable[[str, int], str | None]:
    def complete(text: str, state: int) -> str | None:
        found = [name for name in names if name.startswith(text.casefold())]
        return found[state] if state < len(found) else None

    return complete
