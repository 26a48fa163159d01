"""A reader that people use, newsboat, subscribes to the feeds over http."""

from __future__ import annotations

import functools
import shutil
import sqlite3
import subprocess
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from digest.render.pages import render
from tests.render.tiny import TEMPLATES, site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEWSBOAT = shutil.which("newsboat")
NOON = 1701777600  # 2023-12-05T12:00:00Z

pytestmark = [
    pytest.mark.newsboat,
    pytest.mark.skipif(NEWSBOAT is None, reason="needs Debian's newsboat"),
]


class Quiet(SimpleHTTPRequestHandler):
    """A file server that tells nothing on the terminal."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server whose end waits for what it is still answering."""

    daemon_threads = False


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a site that knows where it is served; give its address."""
    folder = tmp_path_factory.mktemp("served")
    server = Server(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    address = f"http://127.0.0.1:{server.server_port}/"
    for path, data in render(site(base_url=address, feed_size=9), [TEMPLATES]).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()
    server.server_close()


def newsboat(folder: Path, *arguments: str) -> None:
    """Run newsboat with its files in a folder."""
    (folder / "config").touch()
    places = ("-u", "urls", "-c", "cache.db", "-C", "config")
    run = subprocess.run(  # noqa: S603 - a program of the system, with our own arguments
        [str(NEWSBOAT), *places, *arguments],
        cwd=folder,
        env={"HOME": str(folder), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")


def kept(folder: Path, question: str) -> list[tuple[object, ...]]:
    """Ask what newsboat has kept."""
    database = sqlite3.connect(folder / "cache.db")
    rows = database.execute(question).fetchall()
    database.close()
    return rows


@pytest.mark.parametrize("feed", ["feed.xml", "atom.xml"])
def test_subscribed_feed_shows_every_field(tmp_path: Path, base: str, feed: str) -> None:
    (tmp_path / "urls").write_text(f"{base}{feed}\n")
    newsboat(tmp_path, "-x", "reload")
    assert kept(tmp_path, "select title, url from rss_feed") == [("每周一读", base)]
    fields = "title, author, url, guid, pubDate from rss_item order by pubDate desc"
    entries = f"{base}entries/2023/12/"
    assert kept(tmp_path, f"select {fields}") == [
        ("某公司融资一亿元", "", f"{entries}1f00aa0003.html", "urn:digest:1f00aa0003", NOON),
        (
            "WhisperX 0.3：<b>更快</b> & 更准",
            "小王",
            f"{entries}whisperx-0-3-b-b-1f00aa0001.html",
            "urn:digest:1f00aa0001",
            NOON - 2 * 86400,
        ),
        (
            "A small search engine",
            "@li",
            f"{entries}a-small-search-engine-1f00aa0002.html",
            "urn:digest:1f00aa0002",
            NOON - 2 * 86400 - 1,
        ),
        (
            "一种新方法",
            "",
            f"{entries}method.html",
            "urn:digest:method",
            NOON - 4 * 86400 - 43200 * (feed == "feed.xml"),
        ),
    ]
    ((text,),) = kept(tmp_path, "select content from rss_item where guid like '%0001'")
    assert isinstance(text, str)
    assert text.startswith("<p>听 <em>一小时</em> 只要一分钟。</p>")
    assert f'<img src="{base}images/wave.png" alt="波形">' in text


@pytest.mark.parametrize(
    ("feed", "title", "count"),
    [
        ("categories/tools.xml", "工具 · 每周一读", 3),
        ("topics/rag.atom.xml", "检索增强 · 每周一读", 2),
        ("people/wang.xml", "小王 · 每周一读", 1),
    ],
)
def test_feed_of_a_category_topic_or_person_is_subscribed_to(
    tmp_path: Path, base: str, feed: str, title: str, count: int
) -> None:
    (tmp_path / "urls").write_text(f"{base}{feed}\n")
    newsboat(tmp_path, "-x", "reload")
    assert kept(tmp_path, "select title from rss_feed") == [(title,)]
    assert kept(tmp_path, "select count(*) from rss_item") == [(count,)]


def test_list_of_feeds_is_imported_with_its_headings(tmp_path: Path, base: str) -> None:
    made = render(site(base_url=base), [TEMPLATES])
    (tmp_path / "feeds.opml").write_bytes(made["feeds.opml"])
    newsboat(tmp_path, "-i", "feeds.opml")
    assert (tmp_path / "urls").read_text("utf-8").splitlines() == [
        f"{base}feed.xml",
        f'{base}categories/tools.xml "分类"',
        f'{base}categories/papers.xml "分类"',
        f'{base}categories/news.xml "分类"',
        f'{base}topics/rag.xml "主题"',
        f'{base}topics/audio.xml "主题"',
        f'{base}people/li.xml "人物"',
        f'{base}people/wang.xml "人物"',
    ]
