"""The stages that a note and its entries go through, none of them twice for the same content."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from digest import readers, tagger
from digest.cache import flat, key_of, restored
from digest.model import Tagged
from digest.render.markdown import Body, render_body

if TYPE_CHECKING:
    from digest.cache import Memo
    from digest.gallery import Gallery
    from digest.model import Entry, Read
    from digest.store import Flat
    from digest.tagger.weights import Learned

# What the tagger adds to an entry.
_ADDED = tuple(field.name for field in fields(Tagged) if field.name != "entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """What all notes have in common, with the keys of what it was read from."""

    setting: readers.Setting
    terms_key: bytes
    learned: Learned
    learned_key: bytes
    memo: Memo

    def read(self, path: str, data: bytes) -> Read:
        """Read a note."""
        key = key_of("read", path, data, self.setting.latest_year, self.terms_key)
        return self.memo.hold(key, lambda: readers.read_bytes(path, data, self.setting))

    def finish(self, entry: Entry, gallery: Gallery) -> tuple[Tagged, Body]:
        """Tag an entry and render its body."""
        mark = key_of(flat(entry, entry.place.line))
        return self._tagged(entry, mark), self._body(entry, mark, gallery)

    def _tagged(self, entry: Entry, mark: bytes) -> Tagged:
        line = entry.place.line

        def make() -> Flat:
            made = tagger.tag(entry, self.setting.taxonomy, self.learned)
            return flat(tuple(getattr(made, name) for name in _ADDED), line)

        key = key_of("tag", self.terms_key, self.learned_key, mark)
        added = self._at(line, key, self.memo.keep(key, make))
        return Tagged(entry=entry, **dict(zip(_ADDED, added, strict=True)))

    def _body(self, entry: Entry, mark: bytes, gallery: Gallery) -> Body:
        """Render a body, which also depends on the images that lie beside the note."""
        line = entry.place.line
        key = key_of("body", mark)

        def make() -> Flat:
            answers: dict[str, str | None] = {}

            def image_at(address: str) -> str | None:
                return answers.setdefault(address, gallery.find(entry, address))

            made = render_body(entry, image_at)
            return flat((made.html, made.text, made.diagnostics, tuple(answers.items())), line)

        kept = self.memo.keep(key, make)
        if any(gallery.find(entry, asked) != answer for asked, answer in _answers(kept)):
            kept = self.memo.renew(key, make)
        html, text, found, _ = self._at(line, key_of(key, _answers(kept)), kept)
        return Body(html=html, text=text, diagnostics=found)

    def _at(self, line: int, key: bytes, kept: Flat) -> tuple[Any, ...]:
        """Restore kept work at a line; where nothing moved it is there already."""
        made: tuple[Any, ...] = self.memo.hold(key_of(key, line), lambda: restored(kept, line))
        return made


def _answers(body: Flat) -> tuple[tuple[str, str | None], ...]:
    """Return where a kept body looked for images and what it found."""
    answers: tuple[tuple[str, str | None], ...] = restored(body)[-1]
    return answers
