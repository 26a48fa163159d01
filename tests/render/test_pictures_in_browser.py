"""Pictures and calendars as a reader sees them: their words are legible, apart and inside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.render.pages import render
from tests.factories import entry, link, tagged, when
from tests.render.tiny import TEMPLATES, site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from digest.model import Tagged
    from digest.render.views import Site

ROOT = Path(__file__).parents[2]
CATEGORIES = ("tools", "papers", "news")

# Words of a picture that overlap, that leave the window, or that are smaller than 10 px.
FAULTS = """() => [...document.querySelectorAll('.picture')].flatMap(svg => {
  const words = [...svg.querySelectorAll('text')].map(e => ({
    text: e.textContent, box: e.getBoundingClientRect(),
    size: parseFloat(getComputedStyle(e).fontSize) * svg.getScreenCTM().a,
  }));
  const width = document.documentElement.clientWidth;
  return [
    ...words.filter(w => w.size < 10).map(w => `small: ${w.text} ${w.size}`),
    ...words.filter(w => w.box.left < 0 || w.box.right > width).map(w => `outside: ${w.text}`),
    ...words.flatMap((a, i) => words.slice(i + 1)
      .filter(b => a.box.left < b.box.right && b.box.left < a.box.right
        && a.box.top + 2 < b.box.bottom && b.box.top + 2 < a.box.bottom)
      .map(b => `overlap: ${a.text} ${b.text}`)),
  ];
})"""
TARGETS = """() => [...document.querySelectorAll('a.heat')]
  .map(e => e.getBoundingClientRect())
  .filter(box => box.width < 24 || box.height < 24).length"""


def busy(months: int) -> list[Tagged]:
    """Make a few entries for each month, more from month to month."""
    return [
        tagged(
            entry(
                f"{at}-{n}",
                id=f"{at:03d}x{n:03d}",
                when=when(f"{2021 + at // 12}-{at % 12 + 1:02d}-{n % 28 + 1:02d}"),
                links=(link("https://arxiv.org/abs/2303.00747"),),
            ),
            category=CATEGORIES[n % 3],
            topics=("rag", "audio")[: n % 3],
        )
        for at in range(months)
        for n in range(at % 7 + 1)
    ]


def written(made: Site, folder: Path) -> Path:
    for path, data in render(made, [TEMPLATES]).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    sheets = sorted((ROOT / "static").glob("*.css"), key=lambda sheet: sheet.name != "style.css")
    (folder / "style.css").write_bytes(b"\n".join(sheet.read_bytes() for sheet in sheets))
    return folder


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("months", [2, 14, 36, 61])
def test_words_of_pictures_are_legible_apart_and_inside_the_window(
    browser: Browser, tmp_path: Path, months: int, language: str
) -> None:
    folder = written(site(*busy(months), language=language), tmp_path)
    page = browser.new_page()
    faults = []
    for width in (360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        for path in ("trends.html", "topics/rag.html"):
            page.goto((folder / path).as_uri())
            faults += [f"{path} at {width}: {fault}" for fault in page.evaluate(FAULTS)]
    page.close()
    assert faults == []


@pytest.mark.browser
def test_days_and_months_of_a_calendar_can_be_hit_with_a_finger(
    browser: Browser, tmp_path: Path
) -> None:
    folder = written(site(*busy(14)), tmp_path)
    page = browser.new_page()
    page.set_viewport_size({"width": 320, "height": 800})
    for path in ("archive/index.html", "archive/2021.html", "archive/2021/05.html"):
        page.goto((folder / path).as_uri())
        assert page.locator("a.heat").count() > 1
        assert page.evaluate(TARGETS) == 0
        assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()


@pytest.mark.browser
def test_table_behind_a_picture_opens_and_its_months_lead_to_their_pages(
    browser: Browser, tmp_path: Path
) -> None:
    folder = written(site(*busy(9)), tmp_path)
    page = browser.new_page()
    page.goto((folder / "topics/rag.html").as_uri())
    page.locator(".chart summary").click()
    page.get_by_role("link", name="2021年9月").last.click()
    assert page.url == (folder / "archive/2021/09.html").as_uri()
    page.close()
