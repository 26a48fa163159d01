"""Options that choose entries by date, category and topic, or name them: checked once for all."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.commands.request import HOME
from digest.desk.ask import UnknownTopicError, topics_meant
from digest.diagnostics import nearest
from digest.inputs import NOTE_ENDINGS, text_of
from digest.model import first_day
from digest.taxonomy import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from digest.taxonomy import Taxonomy

_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?")  # 2024-03   2024-03-05


def term_option(flag: str, terms: str, text: str, *, many: bool = True) -> Callable[..., Any]:
    """Return an option that names ``categories`` or ``topics``, completed at the shell.

    Where it may be given again its parameter is called as the terms are, else as the flag.
    """
    return click.option(
        flag,
        terms if many else flag.removeprefix("--"),
        multiple=many,
        metavar="NAME",
        shell_complete=_complete(terms),
        help=text,
    )


def _complete(terms: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    def names(context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
        folder = Path(context.params.get("config") or "site.yaml").parent
        own = folder / "taxonomy.yaml"
        path = own if own.exists() else HOME / "taxonomy.yaml"
        text, _ = text_of(path)
        taxonomy, _ = load(str(path), text or "")
        known = getattr(taxonomy, terms) if taxonomy else ()
        return [term.name for term in known if term.name.startswith(typed.casefold())]

    return names


def category_named(typed: str, taxonomy: Taxonomy) -> str:
    """Return the category that a word means; wrong usage where it means none or several."""
    meant = taxonomy.categories_of(typed)
    if len(meant) == 1:
        return meant[0]
    near = nearest(typed, taxonomy.label_words)
    known = ", ".join(meant or (term.name for term in taxonomy.categories))
    hint = f"did you mean `{near}`?" if near and not meant else f"choose one of {known}"
    fact = "means several categories" if meant else "is no category"
    message = f"`{typed}` {fact}; {hint}"
    raise click.BadParameter(message)


def topics_named(typed: Sequence[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the topics that some words mean, commas between them or not; else wrong usage."""
    try:
        return topics_meant(",".join(typed), taxonomy)
    except UnknownTopicError as problem:
        raise click.BadParameter(str(problem)) from problem


def date_named(option: str, typed: str) -> str:
    """Return a date in ISO 8601, a day or a month, as it is typed for an option."""
    with suppress(ValueError):
        if _DATE.fullmatch(typed):
            first_day(typed)
            return typed
    message = f"`{typed}` is not a date; write `{option} 2024-03-05` or `{option} 2024-03`"
    raise click.BadParameter(message)


def note_named(typed: str, notes: Path) -> str:
    """Return the path of a note below the folder, named from there or from where one stands."""
    base = notes.resolve()
    from_here = Path(typed).resolve()
    path = from_here if from_here.is_relative_to(base) else (base / typed).resolve()
    if not path.is_relative_to(base) or path.suffix.casefold() not in NOTE_ENDINGS:
        message = f"{typed} is no note in {notes}; its name ends in .md, .markdown or .txt"
        raise click.BadParameter(message)
    return path.relative_to(base).as_posix()
