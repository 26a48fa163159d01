"""The whole site of whole notes: nothing lost, no dead link, no fault in a real browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from digest.cli import main
from tests.site_reader import dead_links, read_site, words

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="needs the real notes in ../shared, which are not published"
)
PIXEL = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)
NOTES = [
    pytest.param(ROOT / "entries", id="own"),
    pytest.param(SHARED / "notes", id="shared-notes", marks=[pytest.mark.shared, needs_shared]),
    pytest.param(
        SHARED / "notes-more", id="shared-notes-more", marks=[pytest.mark.shared, needs_shared]
    ),
]


@pytest.fixture(scope="module")
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """Build the site of a folder of notes; give the notes and the site."""
    notes: Path = request.param
    site = tmp_path_factory.mktemp("built") / "site"
    arguments = ["build", "--quiet", "--notes", str(notes), "--output", str(site)]
    assert main([*arguments, "--config", str(ROOT / "site.yaml")]) == 0
    return notes, site


in_all_notes = pytest.mark.parametrize("built", NOTES, indirect=True)


@in_all_notes
def test_every_internal_link_leads_to_a_file_and_an_anchor(built: tuple[Path, Path]) -> None:
    _, site = built
    assert dead_links(site, read_site(site)) == []


@in_all_notes
def test_every_word_of_an_entry_stands_on_its_page(built: tuple[Path, Path]) -> None:
    notes, site = built
    pages = read_site(site)
    lost = []
    for row in _exported(site):
        shown = set(words(" ".join(pages[row["path"]].text)))
        source = row["source"]
        text = (notes / source["file"]).read_text(encoding="utf-8-sig")
        written = text.replace("\r\n", "\n").split("\n")[source["line"] - 1 : source["end_line"]]
        lost += [
            f"{source['file']}:{source['line']}: {word}"
            for word in words(" ".join(written))
            if word not in shown
        ]
    assert lost == []


@in_all_notes
def test_no_two_entries_share_an_id_or_a_page(built: tuple[Path, Path]) -> None:
    rows = _exported(built[1])
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({row["path"] for row in rows}) == len(rows)


def test_the_project_shows_sixty_entries_of_four_months_in_five_dialects(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    rows = _exported_of(ROOT / "entries", capsysbinary)
    assert len(rows) >= 60
    assert len({row["date"][:7] for row in rows}) >= 4
    assert len({row["source"]["dialect"] for row in rows}) == 5
    assert {row["language"] for row in rows} == {"zh", "en"}


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize(("folder", "count"), [("notes", 450), ("notes-more", 540)])
def test_the_real_notes_give_exactly_their_entries(
    folder: str, count: int, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert len(_exported_of(SHARED / folder, capsysbinary)) == count


@pytest.mark.browser
@pytest.mark.parametrize("built", NOTES[:2], indirect=True)  # a page takes a tenth of a second
def test_every_page_opens_from_disk_without_a_fault(
    built: tuple[Path, Path], browser: Browser
) -> None:
    _, site = built
    faults: list[str] = []
    page = browser.new_page()
    page.route(
        re.compile("^https?:"), lambda route: route.fulfill(body=PIXEL, content_type="image/gif")
    )
    page.on("console", lambda message: faults.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: faults.extend(_lost(request)))
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
        broken = page.evaluate(
            "[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"
        )
        wider = page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        faults += [f"{page.url}: broken image {source}" for source in broken]
        faults += [f"{page.url}: wider than the window"] if wider else []
    page.close()
    assert faults == []


def _lost(request: Request) -> list[str]:
    """Tell a file that is not there from one that the next page was quicker than."""
    aborted = request.failure is not None and "ERR_ABORTED" in request.failure
    return [] if aborted else [f"lost {request.url}: {request.failure}"]


def _exported(site: Path) -> list[dict[str, Any]]:
    return _rows((site / "data" / "entries.jsonl").read_bytes())


def _exported_of(notes: Path, captured: pytest.CaptureFixture[bytes]) -> list[dict[str, Any]]:
    assert main(["export", "--notes", str(notes)]) == 0
    return _rows(captured.readouterr().out)


def _rows(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().split("\n") if line]
