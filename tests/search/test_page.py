"""The search page and the filters in a real browser: by http, in a sub-folder, and from disk."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from digest.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page, ViewportSize

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
FIRST_SEARCH = 300_000  # bytes before compression, the page and its scripts included
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "desktop": {"width": 1440, "height": 900},
}
_ANSWER = re.compile("条|没有")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; give the address of its root."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the project's own digest into ``site`` inside a folder; give that folder."""
    return build(ROOT / "entries", tmp_path_factory)


def build(notes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("searched")
    arguments = ["build", "--quiet", "--notes", str(notes), "--output", str(folder / "site")]
    assert main([*arguments, "--config", str(ROOT / "site.yaml")]) == 0
    return folder


PLACES = [("http", "desktop"), ("sub-path", "phone"), ("disk", "desktop"), ("disk", "phone")]


@pytest.fixture(params=PLACES, ids="-".join)
def place(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Give where the site is opened, and on what."""
    found: tuple[str, str] = request.param
    return found


@pytest.fixture
def base(place: tuple[str, str], folder: Path) -> Iterator[str]:
    """Give the address of the site's root, with a slash at its end."""
    if place[0] == "disk":
        yield (folder / "site").as_uri() + "/"
        return
    with served(folder / "site" if place[0] == "http" else folder) as root:
        yield root if place[0] == "http" else f"{root}site/"


@pytest.fixture
def page(place: tuple[str, str], browser: Browser) -> Iterator[Page]:
    """Open a window that fails on any fault in the console and on any call to another host."""
    context = browser.new_context(viewport=SIZES[place[1]])
    opened = context.new_page()
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text))
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith(("file:", "http://127.0.0.1:", "data:"))
            else faults.append(asked.url)
        ),
    )
    yield opened
    context.close()
    assert faults == []


def told(page: Page) -> str:
    """Return what the page says of its answer, once it has one."""
    status = page.locator("[data-find=status]")
    expect(status).to_have_text(_ANSWER)
    return status.inner_text()


def facts_of(row: Locator) -> str:
    """Return what a row says of its entry under the title."""
    return " ".join(row.locator(".meta").inner_text().split())


def titles(page: Page) -> list[str]:
    return page.locator("[data-find=rows] .title").all_inner_texts()


def test_reader_finds_narrows_opens_and_comes_back(base: str, page: Page) -> None:
    page.goto(f"{base}index.html")
    page.keyboard.press("/")
    page.keyboard.type("模型")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    all_of_them = int(told(page).split()[0])
    assert all_of_them > 5
    assert "模型" in page.locator("[data-find=rows] mark").first.inner_text()

    if not page.locator("[data-find=panel]").is_visible():
        page.locator("[data-find=side] summary").first.click()
    for facet in ("topic", "month"):
        page.locator(f"input[id^=find-{facet}-]").first.check()
        page.wait_for_url(f"**{facet}=*")
    narrowed, found = told(page), titles(page)
    assert 0 < len(found) < all_of_them
    assert narrowed == f"{all_of_them} 条里的 {len(found)} 条"

    page.locator("[data-find=rows] .title").first.click()
    page.wait_for_url("**/entries/**")
    assert page.locator("h1").inner_text() == found[0]
    page.locator("[data-choose=dark]").click()
    page.locator("[data-copy]").click()
    expect(page.locator("[data-copied]")).not_to_be_empty()
    person = page.locator(".facts a[href*='people/']")
    steps = person.count()
    if steps:
        person.first.click()
        page.wait_for_url("**/people/**")
        assert page.locator(".rows .title").count() > 0
    for _ in range(steps + 1):
        page.go_back()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert told(page) == narrowed
    assert titles(page) == found
    page.go_back()  # the month is taken back
    expect(page.locator(".chip")).to_have_count(1)
    assert "month=" not in page.url
    assert page.locator("input[id^=find-topic-]:checked").count() == 1


def test_list_is_narrowed_in_place_and_stays_so(base: str, page: Page) -> None:
    page.goto(f"{base}categories/tools.html")
    shown = page.locator("main > .month .title")
    whole = shown.all_inner_texts()
    rows = page.locator("main > .month .rows > li").all()
    facts = {row.locator(".title").inner_text(): facts_of(row) for row in rows}
    page.locator(".narrowing summary").first.click()
    page.locator("input[id^=find-kind-]").first.check()
    page.wait_for_url("**?kind=*")
    narrowed, found = told(page), titles(page)
    assert 0 < len(found) < len(whole)
    assert set(found) < set(whole)
    assert not shown.first.is_visible()
    for row in page.locator("[data-find=rows] > li").all():
        assert facts_of(row) == facts[row.locator(".title").inner_text()]

    page.locator("[data-find=rows] .title").first.click()
    page.wait_for_url("**/entries/**")
    page.go_back()
    assert told(page) == narrowed
    assert titles(page) == found
    page.locator(".chip").click()
    page.wait_for_url(lambda address: "kind=" not in address)
    assert shown.all_inner_texts() == whole


def press_tab_to(page: Page, selector: str) -> None:
    """Go on by Tab until the focus is on one of these; what is not shown has none."""
    if not page.locator(selector).first.is_visible():
        return
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not lead to {selector}")


def test_all_of_it_works_by_keyboard_alone(base: str, page: Page) -> None:
    page.goto(f"{base}search.html?q=模型")
    told(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("the -模型")  # most entries in English
    page.wait_for_url("**q=the+-*")
    before = len(titles(page))
    press_tab_to(page, "[data-find=side] > summary")
    if not page.locator("[data-find=panel]").is_visible():
        page.keyboard.press("Enter")
    press_tab_to(page, "input[id^=find-topic-]")
    page.keyboard.press("Space")
    page.wait_for_url("**topic=*")
    assert 0 < len(titles(page)) <= before
    assert page.evaluate("document.activeElement.checked")  # where the reader was
    page.keyboard.press("Control+k")
    page.keyboard.press("Enter")
    focused = page.evaluate("document.activeElement.className")
    assert focused == "title"
    first, second = titles(page)[:2]
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.innerText") == second
    page.keyboard.press("k")
    page.keyboard.press("o")
    page.wait_for_url("**/entries/**")
    assert page.locator("h1").inner_text() == first


def test_half_a_word_of_an_input_method_is_no_question(base: str, page: Page) -> None:
    page.goto(f"{base}search.html")
    box = page.locator(".find input")
    expect(page.locator("[data-find=panel] input").first).to_be_attached()
    send = "(box, [type, of, text]) => { box.value = text; box.dispatchEvent(new %s(type, of)); }"
    box.evaluate(send % "InputEvent", ["input", {"isComposing": True}, "mo xing"])
    page.wait_for_timeout(300)
    assert page.locator("[data-find=help]").is_visible()
    box.evaluate(send % "CompositionEvent", ["compositionend", {}, "模型"])
    assert int(told(page).split()[0]) > 5


def test_page_says_what_to_do_when_nothing_is_found(base: str, page: Page) -> None:
    page.goto(f"{base}search.html?q=Llama模型没有")
    assert told(page) == "没有找到“Llama模型没有”。"
    page.get_by_role("button", name="拆开来找：llama 模型没有").click()
    page.wait_for_url("**q=llama+*")
    page.goto(f"{base}search.html?q=agent")
    told(page)
    page.get_by_role("button", name="主题 智能体").click()
    page.wait_for_url("**/search.html?topic=agents")
    assert int(told(page).split()[0]) > 0


@pytest.mark.parametrize("fault", ["missing", "of another build"])
def test_page_says_what_to_do_when_the_index_does_not_come(
    fault: str, folder: Path, browser: Browser
) -> None:
    page = browser.new_page()
    if fault == "missing":
        page.route("**/keys-*", lambda route: route.abort())
    else:
        other = 'digestData("00000000","");'
        page.route(
            "**/keys-*", lambda route: route.fulfill(body=other, content_type="text/javascript")
        )
    with served(folder / "site") as root:
        page.goto(f"{root}search.html?q=模型")
        alert = page.get_by_role("alert")
        alert.wait_for()
        words = {"missing": "索引没有载入", "of another build": "网站刚刚更新过"}
        assert words[fault] in alert.inner_text()
        page.unroute_all()
        alert.get_by_role("button").click()
        assert int(told(page).split()[0]) > 5
    page.close()


def test_without_scripts_lists_are_whole_and_the_search_leads_to_them(
    folder: Path, browser: Browser
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    site = (folder / "site").as_uri()
    page.goto(f"{site}/categories/tools.html")
    assert page.locator("main > .month .title").count() >= 10
    assert not page.locator(".narrowing summary").first.is_visible()
    page.goto(f"{site}/search.html?q=模型")
    assert "JavaScript" in page.locator("main").inner_text()
    page.get_by_role("link", name="主题", exact=True).last.click()
    assert page.url.endswith("topics/index.html")
    page.context.close()


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the real notes in ../shared")
@pytest.mark.parametrize("question", ["多模态", "大语言模型", "agent", "的", "GPT 模型 -论文"])
def test_first_search_of_450_entries_loads_less_than_300_kb(
    question: str, browser: Browser, shared_site: Path
) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    loaded: dict[str, int] = {}
    page.on("response", lambda response: loaded.update({response.url: len(response.body())}))
    with served(shared_site) as root:
        page.goto(f"{root}search.html?q={question}")
        told(page)
        page.wait_for_load_state("networkidle")
    page.close()
    assert page.url.startswith(root)
    assert len(loaded) > 10
    assert sum(loaded.values()) < FIRST_SEARCH, sorted(loaded.items(), key=lambda item: -item[1])


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site of the 450 entries."""
    return build(SHARED / "notes", tmp_path_factory) / "site"
