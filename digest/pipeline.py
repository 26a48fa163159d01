"""The stages in order: notes → entries → tags → bodies → pages → site.

The one module that knows all stages. Reading files happens here, at the start; ``output`` writes
at the end; all between is pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from digest import config as configuration
from digest import output, readers, tagger, taxonomy
from digest.config import Config
from digest.diagnostics import Diagnostic, Severity, diagnostic, in_order
from digest.gallery import Gallery
from digest.identity import identify
from digest.render import export, html, markdown, pages
from digest.render.assets import with_one_stylesheet
from digest.render.highlight import highlight_css
from digest.render.views import Site
from digest.source import Span
from digest.tagger.weights import NOTHING
from digest.tagger.weights import dump as dump_weights
from digest.tagger.weights import parse as parse_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digest.model import Entry, Read, Tagged
    from digest.render.markdown import Body
    from digest.tagger.weights import Learned
    from digest.taxonomy import Taxonomy

NOTE_ENDINGS = frozenset({".md", ".markdown", ".txt"})
ENTRIES_FILE = "data/entries.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to work on. ``latest_year`` is the last year that a weekday may point to.

    ``templates`` and ``static`` are folders; what is in an earlier one takes the place of its
    namesake in a later one.
    """

    notes: Path
    config: Path | None
    taxonomy: Path
    weights: Path
    templates: tuple[Path, ...]
    static: tuple[Path, ...]
    latest_year: int
    base_url: str | None = None
    drafts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Everything known of the notes before pages are made.

    ``config`` and ``taxonomy`` are None where they cannot be used: then there are no entries.
    """

    config: Config | None
    taxonomy: Taxonomy | None
    reads: tuple[Read, ...]
    tagged: tuple[Tagged, ...]
    bodies: dict[str, Body]
    gallery: Gallery
    learned: Learned
    diagnostics: tuple[Diagnostic, ...]

    @property
    def usable(self) -> bool:
        """Whether a site can be made of it: a bad note never costs the site, bad settings do."""
        fatal = ("C", "S", "F")
        return not any(
            d.code.severity is Severity.ERROR and d.code.name.startswith(fatal)
            for d in self.diagnostics
        ) and not any(d.code.name == "R001" for d in self.diagnostics)


def gather(request: Request) -> Digest:
    """Read the settings and the notes; tag their entries and turn their text to HTML."""
    config, diagnostics = _config(request)
    terms, found = _taxonomy(request)
    diagnostics += found
    learned, found = _weights(request.weights)
    diagnostics += found
    notes, found = _notes(request.notes)
    diagnostics += found
    digest = Digest(
        config=config,
        taxonomy=terms,
        reads=(),
        tagged=(),
        bodies={},
        gallery=Gallery(request.notes),
        learned=learned,
        diagnostics=in_order(diagnostics),
    )
    return digest if config is None or terms is None else _with_notes(digest, terms, notes, request)


def _with_notes(
    digest: Digest, terms: Taxonomy, notes: Sequence[tuple[str, bytes]], request: Request
) -> Digest:
    """Take the notes through the stages: read, name, tag, render."""
    setting = readers.Setting(taxonomy=terms, latest_year=request.latest_year)
    reads = tuple(readers.read_bytes(path, data, setting) for path, data in notes)
    entries, clashes = identify(entry for read in reads for entry in read.entries)
    kept = [entry for entry in entries if request.drafts or not entry.draft]
    tagged = tuple(tagger.tag(entry, terms, digest.learned) for entry in kept)
    bodies = {entry.id: _body(entry, digest.gallery) for entry in kept}
    found = [
        *clashes,
        *(d for read in reads for d in read.diagnostics),
        *(d for entry in kept for d in tagger.check(entry, terms)),
        *(d for body in bodies.values() for d in body.diagnostics),
    ]
    in_notes = [_from_here(d, request.notes) for d in found]
    return replace(
        digest,
        reads=reads,
        tagged=tagged,
        bodies=bodies,
        diagnostics=in_order([*digest.diagnostics, *in_notes]),
    )


def _from_here(found: Diagnostic, notes: Path) -> Diagnostic:
    """Name a note by its path from where the command runs, as editors and CI expect it."""
    path = (notes / found.span.path).as_posix()
    return replace(found, span=replace(found.span, path=path))


def _body(entry: Entry, gallery: Gallery) -> Body:
    return markdown.render_body(entry, lambda address: gallery.find(entry, address))


def _config(request: Request) -> tuple[Config | None, list[Diagnostic]]:
    name = "site.yaml"
    config: Config | None = Config()
    diagnostics: list[Diagnostic] = []
    if request.config is not None:
        name = str(request.config)
        text, diagnostics = _text(request.config)
        if text is None:
            return None, diagnostics
        config, found = configuration.load(name, text)
        diagnostics += found
    if config is None:
        return None, diagnostics
    if request.base_url is not None:
        config = replace(config, base_url=request.base_url)
    return config, [*diagnostics, *configuration.without_address(config, name)]


def _taxonomy(request: Request) -> tuple[Taxonomy | None, list[Diagnostic]]:
    text, diagnostics = _text(request.taxonomy)
    if text is None:
        return None, diagnostics
    terms, found = taxonomy.load(str(request.taxonomy), text)
    return terms, list(found)


def _weights(path: Path) -> tuple[Learned, list[Diagnostic]]:
    text, diagnostics = _text(path)
    if text is None:
        return NOTHING, diagnostics
    try:
        return parse_weights(text), diagnostics
    except ValueError as error:
        span = Span(path=str(path), line=0)
        hint = "delete the file, or run `python build.py train` again"
        return NOTHING, [diagnostic("C007", span, str(error), hint)]


def _text(path: Path) -> tuple[str | None, list[Diagnostic]]:
    """Read a settings file as UTF-8."""
    span = Span(path=str(path), line=0)
    try:
        return path.read_text(encoding="utf-8-sig"), []
    except OSError as error:
        hint = "check the name and the permissions of the file"
        return None, [diagnostic("C001", span, f"cannot read: {error.strerror}", hint)]
    except UnicodeDecodeError as error:
        fact = f"byte {error.start + 1} is not UTF-8"
        return None, [diagnostic("C001", span, fact, "save the file as UTF-8")]


def _notes(folder: Path) -> tuple[list[tuple[str, bytes]], list[Diagnostic]]:
    """Read the notes of a folder and its sub-folders, in the order of their paths.

    Names that start with a dot are left out, as editors and synchronisers keep their own there.
    """
    span = Span(path=str(folder), line=0)
    if not folder.is_dir():
        fact = "this is not a folder" if folder.exists() else "there is no such folder"
        hint = "name the folder that holds your notes: `--notes DIR`"
        return [], [diagnostic("R001", span, fact, hint)]
    notes: list[tuple[str, bytes]] = []
    diagnostics: list[Diagnostic] = []
    for path in sorted(folder.rglob("*"), key=lambda p: p.relative_to(folder).as_posix()):
        relative = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in relative.parts)
        if hidden or path.suffix.casefold() not in NOTE_ENDINGS or path.is_dir():
            continue
        try:
            notes.append((relative.as_posix(), path.read_bytes()))
        except OSError as error:
            where = Span(path=path.as_posix(), line=0)
            fact = f"cannot read: {error.strerror}"
            diagnostics.append(diagnostic("R001", where, fact, "check the file's permissions"))
    if not notes and not diagnostics:
        hint = "put a .md, .markdown or .txt note there; README.md shows how to write one"
        diagnostics.append(diagnostic("R112", span, "the folder holds no notes", hint))
    return notes, diagnostics


def export_bytes(digest: Digest) -> bytes:
    """Return the entries as JSON Lines, as in ``data/entries.jsonl``."""
    return export.export_lines(digest.tagged, digest.bodies, digest.gallery.find)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The site's files by their path in it, or none where it could not be made."""

    files: dict[str, bytes]
    diagnostics: tuple[Diagnostic, ...]


def render(digest: Digest, request: Request) -> Rendered:
    """Make all files of the site."""
    if digest.config is None or digest.taxonomy is None or not digest.usable:
        return Rendered(files={}, diagnostics=())
    static = with_one_stylesheet(
        {"highlight.css": highlight_css().encode(), **_static(request.static)}
    )
    site = Site(
        config=digest.config,
        taxonomy=digest.taxonomy,
        tagged=digest.tagged,
        reads=digest.reads,
        bodies=digest.bodies,
        assets={**static, **digest.gallery.files},
        notes_folder=_in_repository(request),
    )
    try:
        files = pages.render(site, request.templates)
    except html.TemplateFault as fault:
        return Rendered(files={}, diagnostics=(fault.diagnostic,))
    return Rendered(files={**files, ENTRIES_FILE: export_bytes(digest)}, diagnostics=())


def _in_repository(request: Request) -> str | None:
    """Return the notes folder as seen from that of ``site.yaml``, the root of their repository."""
    root = (request.config.parent if request.config else Path()).resolve()
    notes = request.notes.resolve()
    if not notes.is_relative_to(root):
        return None
    folder = notes.relative_to(root).as_posix()
    return "" if folder == "." else f"{folder}/"


def _static(folders: Sequence[Path]) -> dict[str, bytes]:
    """Read the static folders, ours first; a namesake in the user's takes the place of ours."""
    files: dict[str, bytes] = {}
    for folder in reversed(folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                files[path.relative_to(folder).as_posix()] = path.read_bytes()
    return files


def write_weights(learned: Learned, path: Path) -> None:
    """Put learned weights in place of the last ones, all or nothing."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(dump_weights(learned), encoding="utf-8")
    beside.replace(path)


def write(rendered: Rendered, folder: Path) -> tuple[output.Written | None, list[Diagnostic]]:
    """Put the site in place of the last one, all or nothing; None where it stayed as it was."""
    try:
        return output.write(rendered.files, folder), []
    except output.OutputError as error:
        code = "S004" if isinstance(error, output.NotOurs) else "S001"
        span = Span(path=str(error.place), line=0)
        return None, [diagnostic(code, span, str(error), error.hint)]
