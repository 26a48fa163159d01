"""What an open page is sent: a new ``<main>`` where that is all it needs, else a reload."""

from __future__ import annotations

import json

import pytest

from digest.serve.live import events, look

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta property="og:title" content="One">
<link rel="canonical" href="https://example.org/one.html">
<script type="application/ld+json">{"headline":"One"}</script>
<title>One · Desk</title>
<meta name="description" content="The first.">
<meta name="twitter:card" content="summary">
<script src="theme.js"></script>
<link rel="stylesheet" href="style.css">
<script src="site.js" defer></script>
</head>
<body>
<main id="main" class="plain">
<p>One.</p>
</main>
<footer>1 entry</footer>
</body>
</html>
"""
FILES = {
    "theme.js": b'"use strict";\n// @holds <html>\n',
    "site.js": b'"use strict";\n(() => {\n  // @holds dialog data-choose\n})();\n',
    "style.css": b"p { margin: 0; }",
}


def sent(page: str, changes: dict[str, bytes] | None = None, before: str = PAGE) -> list[str]:
    """Return the names of the events that lead from one page and its parts to another."""
    first = look(FILES, "one.html", before.encode())
    now = look({**FILES, **(changes or {})}, "one.html", page.encode())
    told = events(first.name, now, page.encode(), "", "").decode()
    names = [line.removeprefix("event: ") for line in told.split("\n") if line.startswith("event")]
    assert told.count(f"id: {now.name}\n") == len(names)
    return names


def test_page_that_did_not_change_is_told_nothing() -> None:
    assert sent(PAGE) == []


def test_page_of_which_only_the_content_changed_is_sent_as_it_is() -> None:
    page = PAGE.replace("<p>One.</p>", "<p>One, two.</p>")
    before, now = (look(FILES, "one.html", text.encode()) for text in (PAGE, page))
    event = events(before.name, now, page.encode(), "", "").decode()
    name, shown, data, *rest = event.split("\n")
    assert (name, shown, rest) == ("event: main", f"id: {now.name}", ["", ""])
    assert json.loads(data.removeprefix("data: ")) == page


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<title>One", "<title>Another"),
        ('content="The first."', 'content="Not the first."'),
        ('"twitter:card" content="summary"', '"twitter:card" content="summary_large_image"'),
        ('property="og:title" content="One"', 'property="og:title" content="Another"'),
        ("</title>", '</title>\n<meta property="article:tag" content="rag">'),
        ('{"headline":"One"}', '{"headline":"Another"}'),
        ("example.org/one.html", "example.org/another.html"),
        ('class="plain"', 'class="wide"'),
    ],
)
def test_what_the_head_tells_machines_comes_with_the_content(old: str, new: str) -> None:
    assert old in PAGE
    assert sent(PAGE.replace(old, new)) == ["main"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1 entry", "2 entries"),
        ('lang="en"', 'lang="zh-CN"'),
        ("<body>", '<body class="wide">'),
        ('<script src="site.js" defer></script>\n', ""),
        ('"style.css"', '"other.css"'),
        ("</head>", '<meta name="color-scheme" content="dark"></head>'),
    ],
)
def test_page_that_changed_elsewhere_is_reloaded(old: str, new: str) -> None:
    assert old in PAGE
    assert sent(PAGE.replace(old, new)) == ["page"]


@pytest.mark.parametrize(
    "content",
    [
        "<dialog>Keys</dialog>",
        '<button data-choose="dark">Dark</button>',
        '<script src="theme.js"></script>',
        "<script>let it = 1</script>",
        "<noscript>Turn scripts on.</noscript>",
        "<style>p { color: red }</style>",
        "</main><main>",
    ],
)
def test_page_is_reloaded_where_a_script_may_hold_on_to_its_content(content: str) -> None:
    page = PAGE.replace("One.</p>", f"One.</p>{content}")
    assert sent(page) == ["page"]
    assert sent(PAGE, before=page) == ["page"]
    assert sent(page.replace("One.</p>", "Two.</p>"), before=page) == ["page"]


@pytest.mark.parametrize("script", [b"", b"// @holdsdialog\n", b'"// @holds dialog"'])
def test_page_is_reloaded_where_a_script_does_not_tell_what_it_holds_on_to(script: bytes) -> None:
    page = PAGE.replace("<p>One.</p>", "<p>Two.</p>")
    files = {**FILES, "site.js": script}
    before, now = (look(files, "one.html", text.encode()) for text in (PAGE, page))
    assert events(before.name, now, page.encode(), "", "").startswith(b"event: page\n")


def test_page_is_reloaded_where_it_has_a_script_that_cannot_be_looked_into() -> None:
    page = PAGE.replace("</head>", '<script src="https://example.org/a.js"></script></head>')
    assert sent(page.replace("<p>One.</p>", "<p>Two.</p>"), before=page) == ["page"]


def test_changed_script_reloads_and_changed_style_does_not() -> None:
    page = PAGE.replace("<p>One.</p>", "<p>Two.</p>")
    assert sent(page, {"theme.js": b"// @holds nothing at all\n"}) == ["page"]
    assert sent(PAGE, {"style.css": b""}) == ["styles"]
    assert sent(page, {"style.css": b""}) == ["main", "styles"]


def test_page_whose_look_is_not_known_is_reloaded() -> None:
    now = look(FILES, "one.html", PAGE.encode())
    for shown in ("", ".", "..", "what.ever", f"{now.page[1:]}.."):
        assert events(shown, now, PAGE.encode(), "", "").startswith(b"event: page\n")
