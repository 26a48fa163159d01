"""What a preview shows after any number of edits is what a build makes of the notes."""

from __future__ import annotations

import random
from pathlib import Path

from digest import pipeline
from digest.cache import Memo
from digest.commands.request import request_for
from digest.output import write
from digest.store import Store
from tests.readers.edits import edited
from tests.readers.records import cases_in

CASES = Path(__file__).parents[1] / "readers" / "cases"
EDITS = 24


def desk(place: Path) -> Path:
    """Make a folder with a note of each habit."""
    (place / "entries").mkdir(parents=True)
    for file in CASES.glob("*.txt"):
        if file.stem != "any":
            (place / "entries" / f"{file.stem}.md").write_text(cases_in(file)[0].note)
    (place / "site.yaml").write_text("title: Desk\nbase_url: https://example.org/\n")
    return place


def test_preview_shows_after_every_edit_what_a_build_makes(tmp_path: Path) -> None:
    place = desk(tmp_path / "desk")
    dice = random.Random("a day at the desk")  # noqa: S311 - the same day in every run
    memo = Memo(Store(place / "kept"), place / "site")
    open_page = ""
    shown: set[int] = set()
    for number in range(EDITS):
        request = request_for(place / "entries", place / "site.yaml", drafts=False, base_url=None)
        fresh = pipeline.render(pipeline.gather(request), request).files
        memo.turn()
        digest = pipeline.gather(request, memo)
        assert digest.tagged
        files: dict[str, bytes] = {}
        for path, data in pipeline.files_in_turn(digest, request, memo, {open_page}):
            if path == open_page:
                shown.add(len([name for name in files if name.endswith(".html")]))
            files[path] = data
        assert files == fresh, f"edit {number}"
        write(files, place / "site")
        open_page = dice.choice(digest.tagged).entry.page
        note = dice.choice(sorted((place / "entries").glob("*.md")))
        lines = note.read_text().split("\n")
        note.write_text("\n".join(edited(lines, dice)))
    assert shown == {0}  # no page was made before the open one
