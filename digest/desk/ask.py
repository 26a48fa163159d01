"""What ``build.py label`` shows of an entry, and how it reads the curator's answer."""

from __future__ import annotations

import re
import sys
import unicodedata
from typing import TYPE_CHECKING

import click

from digest.diagnostics import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from digest.model import Entry, Tagged
    from digest.taxonomy import Taxonomy

ENTER, SKIP, TOPICS, UNDO, QUIT = "", "s", "t", "u", "q"
_OTHER_KEYS = f"[Enter] accept  [{TOPICS}] topics  [{SKIP}] skip  [{UNDO}] undo  [{QUIT}] quit"
_CATEGORY_KEYS = "123456789abcdefghijklmnoprvwxyz0"  # without s, t, u and q
_COMMA = re.compile(r"[,，、]")  # agents，检索、rag
MOST_LINES = 5
LONGEST_LINE = 160
MOST_SIGNALS = 5
STYLES = (
    (r"(?m)^\d+/\d+  .*$", "bold"),
    (r"\[(?:\w|Enter)\](?= )", "bold cyan"),
    (r"(?m)^  \S+(?=, (?:next|nothing))", "bold green"),
)


class UnknownTopicError(Exception):
    """Words that are no topics; the text has a line for each, with what may be meant."""


def keys_of(taxonomy: Taxonomy) -> dict[str, str]:
    """Return the key of each category: digits in the taxonomy's order, then letters."""
    names = [term.name for term in taxonomy.categories]
    return dict(zip(_CATEGORY_KEYS, names, strict=False))


def card(count: str, place: str, tagged: Tagged, entry: Entry) -> str:
    """Return what the curator needs to decide: the entry, the choice and what spoke for it."""
    facts = [place, entry.when.iso if entry.when else "undated", entry.author or ""]
    text = [printable(line.text) for line in entry.body if not line.blank][:MOST_LINES]
    link = entry.links[0].url if entry.links else ""
    if link and not any(link in line for line in text):
        text.insert(0, printable(link))
    if tagged.runner_up:
        choice = f"{tagged.category}, next {tagged.runner_up}, {tagged.margin:.2f} behind"
    else:
        choice = f"{tagged.category}, nothing else comes near"
    spoke = [e for e in tagged.evidence if e.choice in {tagged.category, tagged.runner_up}]
    topics = [label.text for label in entry.topic_labels] or tagged.topics
    rows = [
        f"{count}  {printable(entry.title)}",
        f"  {' · '.join(fact for fact in facts if fact)}",
        *(f"  | {line}" for line in text),
        f"  {choice}",
        *(f"    {e.weight:+.2f} {e.choice}  {printable(e.signal)}" for e in spoke[:MOST_SIGNALS]),
        f"  topics: {', '.join(topics) or 'none'}",
    ]
    return "\n".join(rows)


def printable(text: str) -> str:
    """Cut a text to a line, and keep what would steer the terminal out of it."""
    shown = "".join(c if c.isprintable() else " " for c in text.strip())
    return shown if len(shown) <= LONGEST_LINE else f"{shown[:LONGEST_LINE]}…"


def key_rows(keys: dict[str, str]) -> str:
    """Return the keys that answer, those of the categories first."""
    return "  ".join(f"[{key}] {name}" for key, name in keys.items()) + f"\n{_OTHER_KEYS}"


def read_key() -> str:
    """Return the key that is pressed, or where there is no terminal the next line."""
    click.echo("> ", nl=False)
    if not sys.stdin.isatty():
        return _read_line()
    typed = unicodedata.normalize("NFKC", click.getchar())  # １ from a Chinese input method
    return ENTER if typed in {"\r", "\n"} else typed.casefold()


def _read_line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.strip()


def _answer(question: str) -> str:
    click.echo(question, nl=False)
    return _read_line()


def read_topics(
    taxonomy: Taxonomy,
    question: str = "topics, with commas between (Enter: leave them): ",
    answer: Callable[[str], str] = _answer,
) -> tuple[str, ...]:
    """Ask for topics until all are known; none where the curator changes their mind.

    ``answer`` gives the line that is typed at a question.
    """
    while True:
        try:
            return topics_meant(answer(question), taxonomy)
        except UnknownTopicError as problem:
            click.echo(str(problem))


def topics_meant(typed: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the topics that words mean, commas between them, each topic once.

    Raises:
        UnknownTopicError: some of the words are no topics.
    """
    words = [word.strip() for word in _COMMA.split(typed) if word.strip()]
    meant = {word: taxonomy.topic_of(word) for word in words}
    unknown = [word for word, name in meant.items() if name is None]
    if unknown:
        raise UnknownTopicError("\n".join(_no_topic(word, taxonomy) for word in unknown))
    return tuple(dict.fromkeys(name for name in meant.values() if name is not None))


def _no_topic(word: str, taxonomy: Taxonomy) -> str:
    near = nearest(word, taxonomy.topic_words)
    known = ", ".join(term.name for term in taxonomy.topics)
    return f"`{word}` is no topic; {f'did you mean `{near}`?' if near else f'known: {known}'}"
