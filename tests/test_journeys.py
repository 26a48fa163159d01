"""Whole ways of a reader through a site, served over http under a sub-path.

By mouse, by keyboard alone and without scripts: from a Chinese word to an entry, to who said it,
and back to where the reader was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from digest.cli import main
from tools.judge.http import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize

pytestmark = pytest.mark.browser

SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "desktop": {"width": 1440, "height": 900},
}
DARK = "rgb(24, 22, 20)"
WORD = "长上下文"
TOPIC, MONTH = "检索与向量", "2024年3月"
HIT, WHO = "长上下文没有取代检索", "林晚 @digest_lin"
NARROWED = "5 条里的 2 条"
LEFT = [HIT, "切块以后，长上下文里的指代就断了"]
POSTS = (  # who, day, topics, text
    (WHO, "2024-03-18", "rag", HIT),
    ("周淮 @digest_zhou", "2024-03-09", "rag", LEFT[1]),
    ("周淮 @digest_zhou", "2024-03-02", "agents", "会订票的智能体，长上下文只用来记账"),
    (WHO, "2024-02-21", "rag", "重排模型也吃长上下文，一次排五十段"),
    (WHO, "2024-02-05", "agents", "智能体的记忆不等于长上下文，要会忘"),
    ("周淮 @digest_zhou", "2024-02-03", "agents", "两个智能体互相改稿，三轮以后不再变好"),
)


def note() -> str:
    """Write the posts as a curator would."""
    posts = (
        f"### {number:02}\n\n{who} {day}\n"
        f"<!-- digest: category=opinions topics={topics} -->\n\n{text}\n\n"
        f"https://example.org/{number}\n"
        for number, (who, day, topics, text) in enumerate(POSTS, start=1)
    )
    return "\n".join(posts)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build and serve the site of the posts under a sub-path; give the address of its home page."""
    folder = tmp_path_factory.mktemp("journeys")
    notes, served = folder / "notes", folder / "served"
    notes.mkdir()
    served.mkdir()
    (notes / "posts.md").write_text(note(), encoding="utf-8")
    settings = folder / "site.yaml"
    settings.write_text("title: 长读\nlanguage: zh\npage_size: 3\n", encoding="utf-8")
    with serving(served) as address:
        base = f"{address}digest/"
        arguments = ["build", "--quiet", "--notes", str(notes), "--output", str(served / "digest")]
        assert main([*arguments, "--config", str(settings), "--base-url", base]) == 0
        yield f"{base}index.html"


@pytest.fixture(params=sorted(SIZES))
def size(request: pytest.FixtureRequest) -> ViewportSize:
    """Give the size of a reader's window."""
    return SIZES[str(request.param)]


@pytest.fixture
def reader(browser: Browser, size: ViewportSize) -> Iterator[BrowserContext]:
    """Open a browser that lets pages write to its clipboard."""
    context = browser.new_context(viewport=size, color_scheme="light")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def page(reader: BrowserContext) -> Iterator[Page]:
    """Open a tab in which nothing may go wrong."""
    opened = reader.new_page()
    faults = watched(opened)
    yield opened
    assert faults == []


def watched(page: Page) -> list[str]:
    """Collect what goes wrong on the pages of a tab."""
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda got: faults.append(got.url) if got.status >= 400 else None)
    return faults


def status(page: Page) -> Locator:
    return page.locator("[data-find=status]")


def titles(page: Page) -> list[str]:
    return page.locator("main .rows .title:visible").all_inner_texts()


def paper(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def fits(page: Page) -> bool:
    """Whether the page is no wider than its window."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return not wide


def opened_from_clipboard(page: Page) -> str:
    """Open in another tab what was copied; return the title of what is there."""
    other = page.context.new_page()
    other.goto(page.evaluate("navigator.clipboard.readText()"))
    title = other.locator("h1").inner_text()
    other.close()
    return title


def test_reader_goes_from_a_chinese_word_to_who_said_it_and_back(home: str, page: Page) -> None:
    page.goto(home)
    page.get_by_role("searchbox").fill(WORD)
    page.get_by_role("search").get_by_role("button").click()
    expect(status(page)).to_have_text("5 条")
    if not page.get_by_role("group", name="主题").is_visible():
        page.get_by_text("筛选", exact=True).click()
    page.get_by_role("checkbox", name=TOPIC).check()
    expect(status(page)).to_have_text("5 条里的 3 条")
    page.get_by_role("checkbox", name=MONTH).check()
    expect(status(page)).to_have_text(NARROWED)
    assert titles(page) == LEFT
    assert page.locator(".rows mark").first.inner_text() == WORD
    assert fits(page)
    asked = page.url

    page.get_by_role("link", name=HIT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HIT)
    page.get_by_role("button", name="深色").click()
    assert paper(page) == DARK
    page.locator("article .facts").get_by_role("link", name=WHO).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("林晚")
    assert paper(page) == DARK
    assert titles(page)[0] == HIT
    assert fits(page)

    page.go_back()
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("status")).to_have_text("已复制")
    assert opened_from_clipboard(page) == HIT
    page.go_back()
    expect(status(page)).to_have_text(NARROWED)
    assert (page.url, titles(page), paper(page)) == (asked, LEFT, DARK)
    assert [chip.inner_text() for chip in page.locator(".chip").all()] == [
        f"主题 {TOPIC}",
        f"月份 {MONTH}",
    ]


FOCUSED = """() => {
  const one = document.activeElement;
  const { top, bottom, left, right, width } = one.getBoundingClientRect();
  return {
    name: one.ariaLabel || one.labels?.[0]?.firstElementChild.nextElementSibling?.innerText
      || one.innerText || one.tagName,
    seen: width > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
    ringed: [one, one.closest(".find") ?? one]
      .some(part => getComputedStyle(part).outlineStyle !== "none"),
  };
}"""


def tab_to(page: Page, name: str, *, within: int) -> None:
    """Press Tab until what is called so has the focus, which is seen at every stop."""
    stops: list[str] = []
    while len(stops) < within:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        stops.append(stop["name"])
        assert stop["seen"], stops
        assert stop["ringed"], stops
        if stop["name"] == name:
            return
    pytest.fail(f"{name} is not among the first {within} stops: {stops}")


def past_the_menu(page: Page) -> None:
    """Take the skip link."""
    tab_to(page, "跳到正文", within=1)
    page.keyboard.press("Enter")


def test_keyboard_alone_takes_a_reader_all_the_way(home: str, page: Page) -> None:
    page.goto(home)
    page.keyboard.press("/")
    page.keyboard.type(WORD)
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text("5 条")
    past_the_menu(page)
    if not page.get_by_role("group", name="主题").is_visible():
        tab_to(page, "筛选", within=2)
        page.keyboard.press("Enter")
    tab_to(page, TOPIC, within=4)
    page.keyboard.press("Space")
    expect(status(page)).to_have_text("5 条里的 3 条")
    tab_to(page, MONTH, within=3)
    page.keyboard.press("Space")
    expect(status(page)).to_have_text(NARROWED)
    asked = page.url

    page.keyboard.press("j")
    assert page.evaluate(FOCUSED)["name"] == HIT
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text(HIT)
    tab_to(page, "深色", within=8)
    page.keyboard.press("Space")
    assert paper(page) == DARK
    tab_to(page, WHO, within=14)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("林晚")
    page.keyboard.press("j")
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1)).to_have_text(HIT)
    past_the_menu(page)
    tab_to(page, "复制链接", within=6)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("已复制")
    assert opened_from_clipboard(page) == HIT

    for _ in ("skip link", "entry", "person", "entry"):  # the browser's own key: not for programs
        page.go_back()
    expect(status(page)).to_have_text(NARROWED)
    assert (page.url, titles(page), paper(page)) == (asked, LEFT, DARK)


def test_without_scripts_lists_lead_a_reader_as_far(
    browser: Browser, home: str, size: ViewportSize
) -> None:
    context = browser.new_context(
        viewport=size, color_scheme="dark", java_script_enabled=False, locale="zh-CN"
    )
    page = context.new_page()
    faults = watched(page)
    page.goto(home)
    assert len(titles(page)) == len(POSTS)
    page.get_by_role("searchbox").fill(WORD)
    page.get_by_role("search").get_by_role("button").click()
    main_part = page.get_by_role("main")
    assert "搜索要用 JavaScript" in main_part.inner_text()

    main_part.get_by_role("link", name="主题", exact=True).click()
    main_part.get_by_role("link", name=TOPIC).click()
    expect(main_part.locator(".facts").first).to_contain_text("3 条")
    assert titles(page) == [*LEFT, POSTS[3][-1]]
    assert main_part.get_by_text("筛选", exact=True).is_hidden()
    page.get_by_role("link", name=HIT).click()
    assert page.get_by_role("button").all_inner_texts() == ["搜索"]
    assert paper(page) == DARK
    page.locator("article .facts").get_by_role("link", name=WHO).click()
    assert titles(page)[0] == HIT
    assert fits(page)

    page.get_by_role("navigation", name="主菜单").get_by_role("link", name="归档").click()
    main_part.get_by_role("link", name="3月").click()
    assert titles(page) == [text for _, day, _, text in POSTS if "-03-" in day]
    assert fits(page)
    context.close()
    assert faults == []
