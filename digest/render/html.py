"""The Jinja environment: autoescape and ``StrictUndefined`` on, faults told with their place."""

from __future__ import annotations

import re
import traceback
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)

from digest.diagnostics import Diagnostic, diagnostic
from digest.source import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


SHIPPED = "digest"


class TemplateFault(Exception):  # noqa: N818 - the fault is the template writer's, told as a diagnostic
    """A template that cannot be rendered; ``diagnostic`` is an S003 at its place."""

    def __init__(self, found: Diagnostic) -> None:
        """Keep the diagnostic."""
        super().__init__(found.message)
        self.diagnostic = found


def environment(folders: Sequence[Path]) -> Environment:
    """Return the environment of the templates in ``folders``; an earlier folder's come first.

    ``digest/NAME`` is the template of that name in the last folder, which a namesake in an earlier
    one can extend. As long as no template changes it is the same environment, which need not
    compile them again.
    """
    return _environment(tuple(folders), sources(folders))


def sources(folders: Sequence[Path]) -> tuple[tuple[Path, bytes], ...]:
    """Read all templates."""
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    return tuple((path, path.read_bytes()) for path in files)


@lru_cache(maxsize=1)
def _environment(
    folders: tuple[Path, ...], _sources: tuple[tuple[Path, bytes], ...]
) -> Environment:
    shipped = FileSystemLoader(folders[-1:])
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(folders), PrefixLoader({SHIPPED: shipped})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def fill(templates: Environment, name: str, values: Mapping[str, object]) -> bytes:
    """Render the template ``name`` to UTF-8; a fault in it is a ``TemplateFault``."""
    try:
        return printable(templates.get_template(name).render(values)).encode()
    except TemplateNotFound as error:
        hint = "add the file to the templates folder"
        raise TemplateFault(_found(str(error.name), 0, "template is missing", hint)) from error
    except TemplateSyntaxError as error:
        path = error.filename or error.name or name
        raise TemplateFault(_found(path, error.lineno, str(error.message), _HINT)) from error
    except Exception as error:  # whatever an expression in a template may raise
        path, line = _last_template_line(error, name)
        raise TemplateFault(_found(path, line, str(error), _HINT)) from error


# U+0008 from a chat window, U+FFFE: what neither XML 1.0 (2.2) nor HTML lets stand in a document
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def printable(text: str) -> str:
    """Return a text without the characters that a document must not hold."""
    return _UNPRINTABLE.sub("", text)


_HINT = "compare the line with the template that Digest ships"


def _found(path: str, line: int, fact: str, hint: str) -> Diagnostic:
    return diagnostic("S003", Span(path=path, line=line), fact, hint)


def _last_template_line(error: Exception, name: str) -> tuple[str, int]:
    """Find the innermost template line of a traceback, which Jinja rewrites to show it."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).suffix == ".html":
            return frame.filename, frame.lineno or 0
    return name, 0
