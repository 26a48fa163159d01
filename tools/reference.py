"""Writes the parts of ``docs/`` that the code itself knows: settings, options, templates.

``python -m tools.reference`` writes them; a test fails while what stands there is not what this
makes. In a document, what stands between ``<!-- reference: NAME -->`` and ``<!-- end -->`` is ours.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
import typing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest import pipeline
from digest.cache import Memo
from digest.cli import commands
from digest.commands.request import request_for
from digest.config import SETTINGS
from digest.render.head import Head
from digest.render.views import Chrome, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
# <!-- reference: settings --> … <!-- end -->
_PART = re.compile(
    r"(?P<open><!-- reference: (?P<name>[a-z]+) -->\n).*?(?P<close><!-- end -->)", re.DOTALL
)
# click's mark for text that is not to be wrapped, "Examples:" and indented lines
_EXAMPLES = re.compile(r"\x08\nExamples:\n(?P<lines>(?:  .+\n)+)")
_COMMENT = re.compile(r"^\{# (?P<text>.*?) #\}", re.DOTALL)  # {# What several pages show. #}


def settings() -> str:
    """Write the keys of ``site.yaml`` as a table."""
    rows = [("key", "takes", "without it", "in English", "中文")]
    for setting in SETTINGS:
        default = "(needed)" if setting.required else _value(setting.default)
        rows.append((f"`{setting.name}`", setting.kind, default, setting.en, setting.zh))
    return _table(rows)


def _value(default: str | int | None) -> str:
    return "—" if default in {None, ""} else f"`{default}`"


def options() -> str:
    """Write each command with its help, arguments and options."""
    parts = []
    group = click.Context(commands, info_name="build.py")
    for name in commands.list_commands(group):
        command = commands.get_command(group, name)
        assert command is not None, name  # noqa: S101  # it is in the list
        context = click.Context(command, info_name=name)
        arguments = (
            one.make_metavar(context) for one in command.params if one.param_type_name == "argument"
        )
        parts.append(f"### {' '.join(['build.py', name, *arguments])}\n")
        parts.append(
            _EXAMPLES.sub(r"```sh\n\g<lines>```", f"{inspect.cleandoc(command.help or '')}\n")
        )
        rows = [("option", "does")]
        for parameter in command.params:
            record = parameter.get_help_record(context)
            if record is not None:
                rows.append((f"`{record[0]}`", record[1]))
        parts.append(_table(rows))
    return "\n".join(parts)


def templates() -> str:
    """Write which template makes which pages, and the records that it sees."""
    views = dict(_views())
    rows = [("template", "makes", "`view` is")]
    for path in sorted((ROOT / "templates").glob("*.html")):
        view, page = views.get(path.name, (None, ""))
        comment = _COMMENT.match(path.read_text(encoding="utf-8"))
        makes = f"`{page}` and its like" if page else _one_line(comment["text"] if comment else "")
        rows.append(
            (
                f"`{path.name}`",
                makes,
                f"[`{view.__name__}`](#{view.__name__.lower()})" if view else "—",
            )
        )
    seen: list[type] = [Page, Chrome, Head]
    records = _reachable([*seen, *(view for view, _ in views.values() if view)])
    parts = [_table(rows)]
    for record in records:
        summary = _one_line((inspect.getdoc(record) or "").split("\n\n")[0])
        fields = [("field", "is")]
        fields += [(f"`{f.name}`", f"`{_type_name(f.type)}`") for f in dataclasses.fields(record)]
        parts.append(f"### {record.__name__}\n\n{summary}\n\n{_table(fields)}")
    return "\n".join(parts)


class _Recorder(Memo):
    """Remembers which page each file is made of, and makes no page."""

    def __init__(self) -> None:
        """Start with no pages."""
        super().__init__()
        self.pages: list[Page] = []

    def keep_file(self, path: str, what: object, make: Callable[[], bytes]) -> bytes:
        """Note the page that a file is made of; make what is none."""
        del path
        pages = [found for found in _members(what) if isinstance(found, Page)]
        self.pages += pages
        return b"" if pages else make()


def _members(what: object) -> Iterator[object]:
    if isinstance(what, tuple):
        for one in what:
            yield from _members(one)
    else:
        yield what


def _views() -> Iterator[tuple[str, tuple[type | None, str]]]:
    """Yield each template that makes pages, with the type of its view and one of the pages."""
    request = request_for(ROOT / "entries", ROOT / "site.yaml", drafts=False)
    digest = pipeline.gather(request)
    moved = dataclasses.replace(
        digest.addresses, redirects=(("entries/old-address.html", digest.tagged[0].entry.id),)
    )
    recorder = _Recorder()
    for _ in pipeline.files_in_turn(
        dataclasses.replace(digest, addresses=moved), request, recorder
    ):
        pass
    for page in reversed(recorder.pages):
        yield page.template, (type(page.view) if page.view is not None else None, page.path)


def _reachable(records: Iterable[type]) -> list[type]:
    """Return the records and all that their fields hold, by name."""
    waiting = list(records)
    found: dict[str, type] = {}
    while waiting:
        record = waiting.pop()
        if record.__name__ in found:
            continue
        found[record.__name__] = record
        module = sys.modules[record.__module__]
        known = {**vars(typing), **vars(module)}
        for field in dataclasses.fields(record):
            for name in re.findall(r"\w+", _type_name(field.type)):
                held = known.get(name)
                if isinstance(held, type) and dataclasses.is_dataclass(held):
                    waiting.append(held)
    return [found[name] for name in sorted(found)]


def _type_name(written: object) -> str:
    return written if isinstance(written, str) else getattr(written, "__name__", str(written))


def _one_line(text: str) -> str:
    return " ".join(text.replace("``", "`").split())


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *rest = [[_one_line(cell).replace("|", "\\|") for cell in row] for row in rows]
    lines = [head, ["---"] * len(head), *rest]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


PARTS: dict[str, Callable[[], str]] = {
    "settings": settings,
    "options": options,
    "templates": templates,
}


def renewed(text: str) -> str:
    """Return a document with its reference parts made anew; an unknown name is a ``KeyError``."""
    return _PART.sub(lambda part: f"{part['open']}\n{PARTS[part['name']]()}\n{part['close']}", text)


def main() -> None:
    """Write the documents anew."""
    for path in sorted((ROOT / "docs").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        if _PART.search(text):
            path.write_text(renewed(text), encoding="utf-8")


if __name__ == "__main__":
    main()
