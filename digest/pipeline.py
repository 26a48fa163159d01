"""The stages in order: notes → entries → tags → bodies → pages → site.

The one module that knows all stages. Reading files happens here, at the start; ``output`` writes
at the end; all between is pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from digest import output, readers, tagger
from digest.cache import Memo, key_of
from digest.diagnostics import Diagnostic, Severity, diagnostic, in_order
from digest.gallery import Gallery
from digest.inputs import notes_in, static_files
from digest.likeness.related import Related
from digest.likeness.stories import repeated, same_stories
from digest.permalinks import store
from digest.permalinks.settle import Settled, settle_all
from digest.render import export, html, pages
from digest.render.assets import with_one_stylesheet
from digest.render.highlight import highlight_css
from digest.render.urls import entry_path
from digest.render.views import Site
from digest.settings import read_config, read_taxonomy, read_weights
from digest.source import Span
from digest.stages import Stages

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from digest.config import Config
    from digest.model import Read, Tagged
    from digest.permalinks.ledger import Row
    from digest.render.markdown import Body
    from digest.tagger.weights import Learned
    from digest.taxonomy import Taxonomy

ENTRIES_FILE = "data/entries.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to work on. ``latest_year`` is the last year that a weekday may point to.

    ``templates`` and ``static`` are folders; what is in an earlier one takes the place of its
    namesake in a later one. ``jobs`` is how many processes may share the work.
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
    jobs: int = 1


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
    addresses: Settled
    has_permalinks: bool
    gallery: Gallery
    learned: Learned
    settings_hold: bool
    diagnostics: tuple[Diagnostic, ...]

    @property
    def usable(self) -> bool:
        """Whether a site can be made of it: a bad note never costs the site, bad settings do."""
        return self.settings_hold and not any(
            d.code.severity is Severity.ERROR and d.code.name.startswith(("S", "F"))
            for d in self.diagnostics
        )


def gather(request: Request, memo: Memo | None = None) -> Digest:
    """Read the settings and the notes; tag their entries and turn their text to HTML.

    What ``memo`` remembers of earlier builds is not done again; the result is the same without it.
    """
    memo = memo or Memo()
    config, diagnostics = read_config(request.config, request.base_url)
    terms, terms_key, found = read_taxonomy(request.taxonomy, memo)
    diagnostics += found
    learned, learned_key, found = read_weights(request.weights, memo)
    diagnostics += found
    notes, found = notes_in(request.notes)
    known, unread = store.read(request.notes)
    diagnostics += [*found, *unread]
    digest = Digest(
        config=config,
        taxonomy=terms,
        reads=(),
        tagged=(),
        bodies={},
        addresses=Settled(),
        has_permalinks=known is not None,
        gallery=Gallery(request.notes),
        learned=learned,
        settings_hold=not any(d.code.severity is Severity.ERROR for d in diagnostics),
        diagnostics=in_order(diagnostics),
    )
    if config is None or terms is None:
        return digest
    stages = Stages(
        setting=readers.Setting(taxonomy=terms, latest_year=request.latest_year),
        learned=learned,
        terms_key=terms_key,
        learned_key=learned_key,
        memo=memo,
    )
    return _with_notes(digest, stages, notes, known or (), request)


def _with_notes(
    digest: Digest,
    stages: Stages,
    notes: Sequence[tuple[str, bytes]],
    known: Sequence[Row],
    request: Request,
) -> Digest:
    """Take the notes through the stages: read, name, tag, render."""
    reads = tuple(stages.read(path, data) for path, data in notes)
    settled = settle_all(reads, known, entry_path)
    kept = [entry for entry in settled.entries if request.drafts or not entry.draft]
    stages.prepare(kept, digest.gallery, request.jobs)
    done = [stages.finish(entry, digest.gallery) for entry in kept]
    tagged = tuple(one for one, _ in done)
    bodies = {one.entry.id: body for one, body in done}
    found = [
        *settled.diagnostics,
        *(d for read in reads for d in read.diagnostics),
        *(d for entry in kept for d in tagger.check(entry, stages.setting.taxonomy)),
        *(d for body in bodies.values() for d in body.diagnostics),
    ]
    in_notes = [from_here(d, request.notes) for d in found]
    return replace(
        digest,
        reads=reads,
        tagged=tagged,
        bodies=bodies,
        addresses=settled,
        diagnostics=in_order([*digest.diagnostics, *in_notes]),
    )


def from_here(found: Diagnostic, notes: Path) -> Diagnostic:
    """Name a note by its path from where the command runs, as editors and CI expect it."""
    path = (notes / found.span.path).as_posix()
    return replace(found, span=replace(found.span, path=path))


def base_url_of(request: Request) -> str | None:
    """Return the address that the site will be published at, where the settings tell it."""
    config, _ = read_config(request.config, request.base_url)
    return config.base_url if config else None


def export_bytes(digest: Digest) -> bytes:
    """Return the entries as JSON Lines, as in ``data/entries.jsonl``."""
    return export.as_lines(export_rows(digest, digest.tagged))


def export_rows(digest: Digest, tagged: Iterable[Tagged]) -> list[dict[str, object]]:
    """Return the exported fields of some of a digest's entries."""
    return export.export_rows(tagged, digest.bodies, digest.gallery.find)


def advice(digest: Digest, request: Request) -> tuple[Diagnostic, ...]:
    """Return what a curator may want to look at: entries that may say the same twice."""
    found = repeated(one.entry for one in digest.tagged)
    return in_order(from_here(d, request.notes) for d in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The site's files by their path in it, or none where it could not be made."""

    files: dict[str, bytes]
    diagnostics: tuple[Diagnostic, ...]


def render(digest: Digest, request: Request, memo: Memo | None = None) -> Rendered:
    """Make all files of the site."""
    try:
        return Rendered(files=dict(files_in_turn(digest, request, memo or Memo())), diagnostics=())
    except html.TemplateFault as fault:
        return Rendered(files={}, diagnostics=(fault.diagnostic,))


def files_in_turn(
    digest: Digest, request: Request, memo: Memo, first: Collection[str] = ()
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the site, those in ``first`` before other pages; none of bad settings.

    Raises ``html.TemplateFault``.
    """
    if digest.config is None or digest.taxonomy is None or not digest.usable:
        return
    static = with_one_stylesheet(
        {"highlight.css": highlight_css().encode(), **static_files(request.static)}
    )
    stories = same_stories([one.entry for one in digest.tagged])
    site = Site(
        config=digest.config,
        taxonomy=digest.taxonomy,
        tagged=digest.tagged,
        reads=digest.reads,
        bodies=digest.bodies,
        stories=stories,
        related=Related(digest.tagged, stories).to,
        redirects=digest.addresses.redirects,
        assets={**static, **digest.gallery.files},
        notes_folder=_in_repository(request),
    )
    templates = key_of(*(data for _, data in html.sources(request.templates)))

    def keep(path: str, what: object, make: Callable[[], bytes]) -> bytes:
        return memo.keep_file(path, (templates, what), make)

    yield from pages.in_turn(site, request.templates, first, keep)
    yield ENTRIES_FILE, export_bytes(digest)


def _in_repository(request: Request) -> str | None:
    """Return the notes folder as seen from that of ``site.yaml``, the root of their repository."""
    root = (request.config.parent if request.config else Path()).resolve()
    notes = request.notes.resolve()
    if not notes.is_relative_to(root):
        return None
    folder = notes.relative_to(root).as_posix()
    return "" if folder == "." else f"{folder}/"


def write(rendered: Rendered, folder: Path) -> tuple[output.Written | None, list[Diagnostic]]:
    """Put the site in place of the last one, all or nothing; None where it stayed as it was."""
    try:
        return output.write(rendered.files, folder), []
    except output.OutputError as error:
        code = "S004" if isinstance(error, output.NotOurs) else "S001"
        span = Span(path=str(error.place), line=0)
        return None, [diagnostic(code, span, str(error), error.hint)]
