"""What a reader does on the built site in a real browser: colours, keys, copying a link."""

from __future__ import annotations

import functools
import json
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from digest.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parent.parent
BASE = "https://ai.example.org/"
PAPER, PAPER_DARK = "rgb(253, 252, 250)", "rgb(24, 22, 20)"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the project's own digest."""
    folder = tmp_path_factory.mktemp("reading") / "site"
    arguments = ["build", "--quiet", "--notes", str(ROOT / "entries"), "--output", str(folder)]
    assert main([*arguments, "--config", str(ROOT / "site.yaml"), "--base-url", BASE]) == 0
    return folder


class Quiet(SimpleHTTPRequestHandler):
    """A file server that tells nothing on the terminal."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """Serve the site; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """Open a browser of a reader whose system is light."""
    context = browser.new_context(color_scheme="light")
    yield context
    context.close()


@pytest.fixture
def page(reader: BrowserContext) -> Page:
    """Open a tab."""
    return reader.new_page()


@pytest.fixture(scope="module")
def entry(site: Path) -> str:
    """Give the page of the newest entry."""
    first = (site / "data" / "entries.jsonl").read_text(encoding="utf-8").partition("\n")[0]
    path: str = json.loads(first)["path"]
    return path


def paper(page: Page) -> str:
    """Return the colour of the paper."""
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def focused(page: Page) -> str:
    """Return what the focused element leads to, or is called."""
    held: str = page.evaluate(
        "document.activeElement.getAttribute('href') || document.activeElement.getAttribute('name')"
        " || document.activeElement.tagName"
    )
    return held


def shown_keys(page: Page) -> bool:
    return page.locator("dialog.keys").is_visible()


def test_colours_follow_the_system_until_the_reader_chooses_and_the_choice_stays(
    page: Page, served: str, entry: str
) -> None:
    page.goto(served)
    assert paper(page) == PAPER
    page.emulate_media(color_scheme="dark")
    assert paper(page) == PAPER_DARK
    page.emulate_media(color_scheme="light")
    page.get_by_role("button", name="深色").click()
    assert paper(page) == PAPER_DARK
    page.goto(served + entry)
    assert paper(page) == PAPER_DARK
    assert page.locator("meta[name=color-scheme]").get_attribute("content") == "dark"
    assert page.get_by_role("button", name="深色").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="跟随系统").click()
    assert paper(page) == PAPER
    page.reload()
    assert paper(page) == PAPER
    assert page.evaluate("localStorage.length") == 0


def test_other_open_pages_take_on_the_colours_that_one_is_given(
    reader: BrowserContext, served: str
) -> None:
    one, other = reader.new_page(), reader.new_page()
    one.goto(served)
    other.goto(served)
    one.get_by_role("button", name="深色").click()
    other.locator("html[data-theme=dark]").wait_for(state="attached")
    assert paper(other) == PAPER_DARK


def test_chosen_colours_are_there_before_the_page_is_drawn(page: Page, served: str) -> None:
    page.goto(served)
    page.evaluate("localStorage.setItem('digest-theme', 'dark')")
    page.route("**/site.js", lambda route: route.abort())
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_colours_can_be_switched_on_a_site_opened_from_disk(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_role("button", name="深色").click()
    assert paper(page) == PAPER_DARK


def test_page_whose_storage_is_closed_still_switches_and_tells_no_fault(
    page: Page, served: str
) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " { get() { throw new DOMException('closed', 'SecurityError'); } })"
    )
    page.goto(served)
    page.get_by_role("button", name="深色").click()
    assert paper(page) == PAPER_DARK
    assert faults == []


def test_without_scripts_there_is_no_switch_that_does_nothing(
    browser: Browser, served: str, entry: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + entry)
    shown = [button.inner_text() for button in page.get_by_role("button").all()]
    assert shown == ["搜索"]
    context.close()


@pytest.mark.parametrize("keys", ["/", "Control+k", "Meta+k"])
def test_search_box_takes_the_focus_from_anywhere(page: Page, served: str, keys: str) -> None:
    page.goto(served)
    page.keyboard.press(keys)
    assert focused(page) == "q"


def test_keys_work_while_a_chinese_keyboard_is_on(page: Page, served: str) -> None:
    page.goto(served)
    press = "key => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))"
    page.evaluate(press, "？")
    assert shown_keys(page)
    page.keyboard.press("Escape")
    page.evaluate(press, "、")
    assert focused(page) == "q"


def test_search_form_is_sent_by_keyboard_with_what_was_typed(page: Page, served: str) -> None:
    page.goto(served + "archive/index.html")
    page.keyboard.press("/")
    page.keyboard.type("多模态 / j?")
    assert page.locator(".find input").input_value() == "多模态 / j?"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served}search.html?q=%E5%A4%9A%E6%A8%A1%E6%80%81+%2F+j%3F*")


def test_escape_leaves_the_search_box(page: Page, served: str) -> None:
    page.goto(served)
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    assert focused(page) == "BODY"


def test_rows_are_walked_and_opened_by_key(page: Page, served: str) -> None:
    page.goto(served)
    hrefs = [row.get_attribute("href") for row in page.locator(".rows .title").all()]
    walked = []
    for key in "jjkkjjj":
        page.keyboard.press(key)
        walked.append(hrefs.index(focused(page)))
    assert walked == [0, 1, 0, 0, 1, 2, 3]
    page.keyboard.press("o")
    page.wait_for_url(f"{served}{hrefs[3]}")


def test_row_reached_by_key_is_in_view_and_shows_its_focus(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 800, "height": 400})
    page.goto(served)
    for _ in range(12):
        page.keyboard.press("j")
    box = page.evaluate(
        "(({ top, bottom }) => [top, bottom])(document.activeElement.getBoundingClientRect())"
    )
    assert 0 <= box[0] < box[1] <= 400
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_walk_starts_at_the_first_row_in_view(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 800, "height": 400})
    page.goto(served)
    page.mouse.wheel(0, 900)
    while page.evaluate("scrollY") <= 600:  # wait_for_function needs eval, which pages forbid
        page.wait_for_timeout(10)
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getBoundingClientRect().bottom") > 0
    assert page.evaluate("scrollY") > 600


@pytest.mark.parametrize("keys", ["Control+j", "Alt+j", "Meta+j", "Control+o"])
def test_keys_with_modifiers_belong_to_the_browser(page: Page, served: str, keys: str) -> None:
    page.goto(served)
    page.keyboard.press(keys)
    assert focused(page) == "BODY"


def test_older_and_newer_pages_are_a_key_away(page: Page, served: str, entry: str) -> None:
    page.goto(served + entry)
    older = page.locator(".steps [rel=next]").evaluate("link => link.href")
    page.keyboard.press("n")
    page.wait_for_url(older)
    page.keyboard.press("p")
    page.wait_for_url(served + entry)


def test_list_of_keys_opens_and_closes_and_gives_the_focus_back(page: Page, served: str) -> None:
    page.goto(served)
    page.keyboard.press("j")
    row = focused(page)
    page.keyboard.press("?")
    assert shown_keys(page)
    assert page.get_by_role("dialog", name="键盘").is_visible()
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    assert not shown_keys(page)
    assert focused(page) == row
    page.get_by_role("button", name="键盘").click()
    page.get_by_role("button", name="关闭").click()
    assert not shown_keys(page)


def test_single_keys_can_be_turned_off_for_good(page: Page, served: str, entry: str) -> None:
    page.goto(served)
    page.keyboard.press("?")
    page.get_by_label("启用单键操作").uncheck()
    page.keyboard.press("Escape")
    page.goto(served + entry)
    for key in ("?", "/", "j", "n"):
        page.keyboard.press(key)
    assert (shown_keys(page), focused(page), page.url) == (False, "BODY", served + entry)
    page.keyboard.press("Control+k")
    assert focused(page) == "q"


def test_link_of_an_entry_is_copied_as_it_is_published(
    reader: BrowserContext, page: Page, served: str, entry: str
) -> None:
    reader.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{served}{entry}?from=feed#main")
    page.get_by_role("button", name="复制链接").click()
    page.get_by_text("已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == BASE + entry
    assert page.get_by_role("status").inner_text() == "已复制"


def test_link_is_there_to_be_copied_by_hand_where_no_clipboard_is(
    page: Page, served: str, entry: str
) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(served + entry)
    page.get_by_role("button", name="复制链接").click()
    page.get_by_text("请按 Ctrl+C 复制").wait_for()
    assert page.evaluate("getSelection().toString()") == BASE + entry
    assert page.evaluate("document.activeElement.value") == BASE + entry


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_no_page_scrolls_sideways(page: Page, served: str, entry: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    paths = ["index.html", entry, "archive/index.html", "categories/tools.html", "notes/index.html"]
    wide = []
    for path in paths:
        page.goto(served + path)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path)
    assert wide == []


def test_skip_link_is_the_first_stop_and_leads_to_the_text(page: Page, served: str) -> None:
    page.goto(served)
    page.keyboard.press("Tab")
    assert focused(page) == "#main"
    assert page.get_by_text("跳到正文").bounding_box() is not None
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_focus_goes_as_the_eye_does(page: Page, served: str, entry: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(served + entry)
    places = page.evaluate(
        "[...document.querySelectorAll('.top :is(a, input, button)')]"
        ".map(one => one.getBoundingClientRect())"
        ".map(({ top, bottom, left }) => [top, bottom, left])"
    )
    assert len(places) > 10
    back = [
        (before, after)
        for before, after in pairwise(places)
        if after[0] < before[1] and after[2] <= before[2]  # neither below nor to the right
    ]
    assert back == []


def test_every_target_is_large_enough_for_a_finger(page: Page, served: str) -> None:
    page.goto(served)
    small = page.evaluate(
        "[...document.querySelectorAll('.top :is(a, input, button), .bottom :is(a, button)')]"
        ".filter(one => one.getBoundingClientRect().height < 24).map(one => one.outerHTML)"
    )
    assert small == []


def test_han_is_never_slanted(page: Page, served: str) -> None:
    page.goto(served)
    page.evaluate(
        "document.querySelector('.rows').insertAdjacentHTML('afterend',"
        ' \'<div class="prose" lang="zh"><p><em>重点</em></p></div>\')'
    )
    style, weight = page.evaluate(
        "(({ fontStyle, fontWeight }) => [fontStyle, fontWeight])"
        "(getComputedStyle(document.querySelector('.prose em')))"
    )
    assert (style, weight) == ("normal", "600")


def test_chinese_keeps_its_wide_marks_on_an_english_site(page: Page, served: str) -> None:
    page.goto(served)
    page.evaluate("document.documentElement.lang = 'en'")
    shape = "getComputedStyle(document.querySelector('.rows [lang]:lang(%s)')).fontVariantEastAsian"
    assert page.evaluate(shape % "zh") == "normal"
    assert page.evaluate(shape % "en") == "proportional-width"


@pytest.mark.parametrize("width", [360, 768])
def test_handle_stays_whole_beside_a_long_name(page: Page, served: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(served + "people/index.html")
    row = page.locator(".directory li", has=page.locator(".meta")).first
    height = "one => one.getBoundingClientRect().height"
    line = row.locator(".meta").evaluate(height)
    row.locator("a").evaluate("name => name.textContent = 'Maximiliane '.repeat(4)")
    assert row.locator("a").evaluate(height) > line * 2
    assert row.locator(".meta").evaluate(height) == line
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_printed_entry_has_its_text_and_addresses_and_nothing_to_press(
    page: Page, served: str, entry: str
) -> None:
    page.goto(served + entry)
    page.emulate_media(media="print", color_scheme="dark")
    hidden = [".find", ".theme", ".top nav", ".copy", ".steps", ".fold"]
    assert [place for place in hidden if page.locator(place).first.is_visible()] == []
    assert page.locator(".prose").is_visible()
    assert paper(page) == "rgb(255, 255, 255)"
    after = "getComputedStyle(document.querySelector('.outlinks a'), '::after').content"
    assert "<https://" in page.evaluate(after)
