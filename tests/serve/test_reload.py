from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.serve.desk import APRIL, MARCH, Serving, folder, serving, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
LONG = MARCH + "\n\n".join(f"第 {number} 段。" for number in range(200)) + "\n"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open an empty page; a fault in it fails the test."""
    faults: list[str] = []
    opened = browser.new_page(viewport={"width": 800, "height": 600})
    opened.on("console", lambda message: faults.append(message.text))
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    opened.close()
    assert faults == []


def entry(running: Serving, title: str) -> str:
    """Return the address of an entry's page."""
    for path in sorted((running.place / "site" / "entries").rglob("*.html")):
        if title in path.read_text(encoding="utf-8").partition("</title>")[0]:
            return running.address + path.relative_to(running.place / "site").as_posix()
    raise AssertionError(title)


def mark(page: Page) -> None:
    """Leave something in the page that no reload keeps."""
    page.evaluate("window.untouched = true")


def untouched(page: Page) -> bool:
    return bool(page.evaluate("window.untouched === true"))


def test_saved_note_shows_in_the_open_page_where_the_reader_was(busy: Serving, page: Page) -> None:
    busy.write("entries/2024-03.md", LONG)
    busy.built()
    page.goto(entry(busy, "whisper"))
    page.evaluate("scrollTo(0, 1500)")
    page.evaluate("document.querySelector('details').open = true")
    page.evaluate("document.querySelector('.up a').focus({ preventScroll: true })")
    mark(page)
    busy.edit("entries/2024-03.md", "第 199 段", "最后一段")
    page.get_by_text("最后一段").first.wait_for()
    assert untouched(page)
    assert page.evaluate("scrollY") == 1500
    assert page.evaluate("document.querySelector('details').open")
    assert page.evaluate("document.activeElement.matches('main .up a')")


# What a page consists of, whatever the order of what its head tells machines.
CONTENT = """() => {
  const head = [...document.head.children].map((part) => part.outerHTML).sort();
  return [...head, document.body.outerHTML, document.documentElement.dataset.theme];
}"""


def test_page_that_took_in_a_change_is_what_a_reload_makes_of_it(busy: Serving, page: Page) -> None:
    page.goto(entry(busy, "whisper"))
    page.locator("[data-choose=dark]").click()
    mark(page)
    text = (
        "现在的命令都在这里。\n\n```sh\nwhisper <a.wav>\n```\n\n![图](https://example.org/a.png)\n"
    )
    page.route("**/a.png", lambda route: route.fulfill(body=b"", content_type="image/png"))
    busy.edit("entries/2024-03.md", "常用的命令都在这里。", text)
    page.get_by_text("现在的命令").first.wait_for()
    assert untouched(page)
    busy.built()
    taken_in = page.evaluate(CONTENT)
    page.reload()
    reloaded = page.evaluate(CONTENT)
    look = re.compile(r' data-look="[^"]*"')  # what was shown when the page was loaded
    assert [look.sub("", part) for part in taken_in] == [look.sub("", part) for part in reloaded]
    assert "现在的命令" in "".join(part for part in reloaded if part.startswith("<meta"))


def test_page_that_took_in_a_change_answers_its_reader_as_before(busy: Serving, page: Page) -> None:
    page.goto(entry(busy, "whisper"))
    mark(page)
    for number in range(2):
        busy.edit("entries/2024-03.md", "常用的命令", f"{number} 常用的命令")
        page.get_by_text(f"{number} 常用的命令").first.wait_for()
    page.locator("[data-copy]").click()
    expect(page.locator("[data-copied]")).not_to_be_empty()
    page.locator("[data-choose=dark]").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('.find input')")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("dialog.keys").is_visible()
    page.keyboard.press("Escape")
    assert untouched(page)
    page.keyboard.press("p")
    page.wait_for_url("**/entries/2024/03/*llamafile*")


def test_what_did_not_change_in_a_page_is_left_as_it_is(busy: Serving, page: Page) -> None:
    page.goto(f"{busy.address}notes/2024-03.md.html")
    page.evaluate("window.kept = [...document.querySelectorAll('main article')]")
    busy.edit("entries/2024-03.md", "常用的命令", "所有的命令")
    page.get_by_text("所有的命令").first.wait_for()
    script = "kept.map((one) => one.isConnected && one.querySelector('.prose p').innerText)"
    assert page.evaluate(script) == ["模型和运行它的程序装在同一个文件里。", "所有的命令都在这里。"]


def test_page_of_a_note_keeps_the_entry_that_its_address_names(busy: Serving, page: Page) -> None:
    page.goto(f"{busy.address}notes/2024-03.md.html")
    name = page.locator(".part article").last.get_attribute("id")
    page.goto(f"{page.url}#{name}")
    mark(page)
    page.evaluate("scrollTo(0, 3)")
    here = page.evaluate("scrollY")
    busy.edit("entries/2024-03.md", "常用的命令", "所有的命令")
    page.get_by_text("所有的命令").first.wait_for()
    assert untouched(page)
    assert page.locator("article:target").inner_text().count("所有的命令") == 1
    assert page.evaluate("scrollY") == here


def test_list_that_its_reader_can_narrow_is_reloaded(busy: Serving, page: Page) -> None:
    parts = [f"## 1.{n}. [工具 {n}](https://example.org/{n})\n\n一句话。\n" for n in range(3, 40)]
    busy.write("entries/2024-03.md", "\n".join([MARCH, *parts]))
    busy.built()
    page.goto(f"{busy.address}categories/tools.html")
    assert page.locator("script[src$='narrow.js']").count() == 1
    mark(page)
    busy.edit("entries/2024-03.md", "whisper 小抄", "whisper 大抄")
    page.get_by_text("whisper 大抄").first.wait_for()
    assert not untouched(page)


def test_own_script_that_does_not_tell_what_it_holds_on_to_gets_a_new_page(
    busy: Serving, page: Page
) -> None:
    script = (busy.place / "site/site.js").read_text(encoding="utf-8")
    busy.write("static/site.js", script.replace("@holds", "holds"))
    until(lambda: b"@holds" not in busy.ask("/site.js")[2])
    busy.built()
    page.goto(entry(busy, "whisper"))
    mark(page)
    busy.edit("entries/2024-03.md", "常用的命令", "所有的命令")
    page.get_by_text("所有的命令").first.wait_for()
    assert not untouched(page)


def test_page_that_did_not_change_is_left_alone(busy: Serving, page: Page) -> None:
    page.goto(entry(busy, "三值权重"))
    mark(page)
    busy.edit("entries/2024-03.md", "同一个文件里", "一个文件里")
    busy.built()
    assert untouched(page)


def background(page: Page) -> str:
    """Return the page's colour; ``wait_for_function`` would need ``eval``, which pages forbid."""
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_changed_style_shows_without_a_reload(busy: Serving, page: Page) -> None:
    page.goto(busy.address)
    mark(page)
    style = (busy.place / "site/style.css").read_text(encoding="utf-8")
    busy.write("static/style.css", style + "body { background: rgb(1, 2, 3) !important; }\n")
    until(lambda: background(page) == "rgb(1, 2, 3)")
    busy.edit("static/style.css", "rgb(1, 2, 3)", "rgb(4, 5, 6)")
    until(lambda: background(page) == "rgb(4, 5, 6)")
    assert untouched(page)


def test_own_template_and_settings_are_followed_from_the_moment_they_appear(
    busy: Serving, page: Page
) -> None:
    page.goto(busy.address)
    busy.edit("site.yaml", "title: Desk", "title: Table")
    page.get_by_text("Table").first.wait_for()
    busy.write("templates/404.html", "<!doctype html><html><head></head><body>mine</body></html>")
    until(lambda: b"mine" in busy.ask("/none")[2])
    busy.edit("templates/404.html", "mine", "my own")
    until(lambda: b"my own" in busy.ask("/none")[2])


def test_error_stands_over_the_last_good_site_until_it_is_mended(busy: Serving, page: Page) -> None:
    page.goto(busy.address)
    before = page.locator("body").inner_text()
    busy.edit("site.yaml", "title: Desk", "title: Desk\ntitel: Desk")
    panel = page.locator("#digest-wrong section")
    panel.wait_for()
    said = panel.inner_text()
    assert "last good site" in said
    assert "site.yaml:2:1: error[C003]" in said
    assert "2 | titel: Desk" in said
    assert page.locator("body").inner_text() == before
    assert busy.ask("/index.html")[0] == 200
    busy.edit("site.yaml", "titel: Desk\n", "")
    panel.wait_for(state="detached")


def test_fault_of_a_template_keeps_every_page_as_it_was(busy: Serving, page: Page) -> None:
    busy.write("templates/entry.html", "{{ view.no_such_field }}")
    page.goto(busy.address)
    panel = page.locator("#digest-wrong section")
    panel.wait_for()
    assert "templates/entry.html:1" in panel.inner_text()
    page.get_by_role("button", name="Hide").click()
    panel.wait_for(state="detached")
    page.goto(entry(busy, "whisper"))
    assert page.locator("h1").inner_text() == "whisper 小抄"


def test_warning_stays_in_the_terminal(busy: Serving, page: Page) -> None:
    page.goto(busy.address)
    busy.edit("entries/2024-04.md", "权重只取三个值。", "![](missing.png)")
    busy.hear(r"warning\[S101\]")
    busy.built()
    assert page.locator("#digest-wrong").count() == 0


def test_page_waits_for_a_site_that_could_not_be_made(tmp_path: Path, browser: Browser) -> None:
    page = browser.new_page()
    desk = folder(tmp_path / "desk")
    (desk / "site.yaml").write_text("titel: Desk\n", encoding="utf-8")
    with serving(desk, "--port", "0") as running:
        answer = page.goto(running.address)
        assert answer is not None
        assert answer.status == 503
        page.locator("#digest-wrong section").wait_for()
        running.write("site.yaml", "title: Desk\n")
        page.get_by_role("heading", name="Desk").wait_for()
        assert page.locator("#digest-wrong").count() == 0
    page.close()


def test_burst_of_saves_is_one_build_and_its_output_none(busy: Serving) -> None:
    for number in range(20):
        busy.write("entries/2024-04.md", APRIL + f"\n第 {number} 版。\n")
    until(lambda: "第 19 版。" in busy.ask("/data/entries.jsonl")[2].decode())
    busy.edit("site.yaml", "title: Desk", "title: Table")
    until(lambda: b"Table" in busy.ask("/")[2])
    busy.write("site.yaml", "oops")
    busy.hear("last good site")
    assert sum("changed in" in line for line in busy.said) <= 3  # a slow machine may cut the burst
