"""The stages that a note and its entries go through, none of them twice for the same content."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from digest import crew, readers, tagger
from digest.cache import flat, key_of, restored
from digest.model import Tagged
from digest.render.markdown import Body, render_body

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

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

    def prepare(self, entries: Sequence[Entry], gallery: Gallery, jobs: int) -> None:
        """Do in several processes what ``finish`` would do in this one, where it is worth them."""
        todo: list[tuple[Entry, tuple[bytes, bytes]]] = []
        for entry in entries if jobs > 1 else ():
            keys = self._keys(entry)
            if not all(map(self.memo.has, keys)):
                todo.append((entry, keys))
        work = crew.shared(
            lambda at: (self.tag_work(todo[at][0]), body_work(todo[at][0], gallery)),
            len(todo),
            jobs,
        )
        for (_, keys), made in zip(todo, work, strict=False):
            for key, part in zip(keys, made, strict=True):
                self.memo.keep(key, partial(_same, part))

    def finish(self, entry: Entry, gallery: Gallery) -> tuple[Tagged, Body]:
        """Tag an entry and render its body."""
        tag_key, body_key = self._keys(entry)
        return self._tagged(entry, tag_key), self._body(entry, body_key, gallery)

    def tag_work(self, entry: Entry) -> Flat:
        """Return what the tagger adds to an entry."""
        made = tagger.tag(entry, self.setting.taxonomy, self.learned)
        return flat(tuple(getattr(made, name) for name in _ADDED), entry.place.line)

    def _keys(self, entry: Entry) -> tuple[bytes, bytes]:
        """Return the keys of an entry's tags and of its body.

        They hold all that it is, but not where in its note it stands.
        """

        def made() -> tuple[bytes, bytes]:
            mark = key_of(flat(entry, entry.place.line))
            tag_key = key_of("tag", self.terms_key, self.learned_key, mark)
            return tag_key, key_of("body", mark)

        return self.memo.hold((entry, self.terms_key, self.learned_key), made)

    def _tagged(self, entry: Entry, key: bytes) -> Tagged:
        kept = self.memo.keep(key, lambda: self.tag_work(entry))
        added = self._at(entry.place.line, key, kept)
        return Tagged(entry=entry, **dict(zip(_ADDED, added, strict=True)))

    def _body(self, entry: Entry, key: bytes, gallery: Gallery) -> Body:
        """Render a body, which also depends on the images that lie beside the note."""
        kept = self.memo.keep(key, lambda: body_work(entry, gallery))
        if any(gallery.find(entry, asked) != answer for asked, answer in _answers(kept)):
            kept = self.memo.renew(key, lambda: body_work(entry, gallery))
        html, text, found, _ = self._at(entry.place.line, (key, _answers(kept)), kept)
        return Body(html=html, text=text, diagnostics=found)

    def _at(self, line: int, key: Hashable, kept: Flat) -> tuple[Any, ...]:
        """Restore kept work at a line; where nothing moved it is there already."""
        made: tuple[Any, ...] = self.memo.hold((key, line), lambda: restored(kept, line))
        return made


def body_work(entry: Entry, gallery: Gallery) -> Flat:
    """Return an entry's body: HTML, text, what is wrong, and where images were looked for."""
    answers: dict[str, str | None] = {}

    def image_at(address: str) -> str | None:
        return answers.setdefault(address, gallery.find(entry, address))

    made = render_body(entry, image_at)
    told = (made.html, made.text, made.diagnostics, tuple(answers.items()))
    return flat(told, entry.place.line)


def _same(work: Flat) -> Flat:
    return work


def _answers(body: Flat) -> tuple[tuple[str, str | None], ...]:
    """Return where a kept body looked for images and what it found."""
    *_, answers = cast("tuple[Flat, ...]", body)
    found: tuple[tuple[str, str | None], ...] = restored(answers)
    return found
