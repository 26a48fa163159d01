"""Every address that the site publishes, wherever it stands, leads to a file and an anchor.

From disk by its relative links; over http under a sub-path by all that begin with its address, in
pages, feeds, lists of feeds, the site map and data.
"""

from __future__ import annotations

import http.client
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from digest.cli import main
from tests.site_reader import dead_links, read_page, read_site
from tools.judge.http import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A site on disk, and its address with a slash at its end."""

    folder: Path
    base: str

    def file(self, name: str) -> str:
        """Return the text of a file."""
        return (self.folder / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Build the project's own digest, with an entry moved on purpose; serve it in a sub-folder."""
    folder = tmp_path_factory.mktemp("addresses")
    notes = folder / "notes"
    shutil.copytree(ROOT / "entries", notes)
    note = notes / "2024-01.md"
    text = note.read_text(encoding="utf-8")
    moved = text.replace("<!-- digest: topics=agents -->", "<!-- digest: slug=graph -->", 1)
    note.write_text(moved, encoding="utf-8")
    served = folder / "served"
    served.mkdir()
    with serving(served) as address:
        made = Served(folder=served / "digest", base=f"{address}digest/")
        options = ["--quiet", "--notes", str(notes), "--output", str(made.folder)]
        options += ["--config", str(ROOT / "site.yaml"), "--base-url", made.base]
        assert main(["build", *options]) == 0
        yield made


def published(site: Served) -> set[str]:
    """Return all addresses that stand in the files of the site, absolute, but those elsewhere."""
    host = urljoin(site.base, "/")
    # http://127.0.0.1:8000/digest/topics/rag.html#top in "", <>, () and JSON's \\"
    absolute = re.compile(re.escape(host) + r"""[^\s"'<>()\\]*""")
    found: set[str] = set()
    for path in sorted(site.folder.rglob("*")):
        if path.suffix in {".html", ".xml", ".json", ".jsonl", ".opml", ".txt", ".webmanifest"}:
            name = path.relative_to(site.folder).as_posix()
            text = path.read_text(encoding="utf-8")
            near = read_page(text).addresses if path.suffix == ".html" else ()
            found.update(absolute.findall(text))
            found.update(urljoin(site.base + name, address) for address in near)
    found.update(site.base + name for name in [*rows_of_the_search(site), *exported(site)])
    manifest = json.loads(site.file("site.webmanifest"))
    own = [manifest["start_url"], manifest["scope"], *(icon["src"] for icon in manifest["icons"])]
    found.update(urljoin(site.base, address) for address in own)
    return {address for address in found if address.startswith(host)}


def rows_of_the_search(site: Served) -> list[str]:
    """Return what the search page's script makes links of."""
    at = json.loads(data_of(site.file("search/index.js")))["fields"].index("href")
    parts = sorted((site.folder / "search").glob("rows-*.js"))
    return [row[at] for part in parts for row in json.loads(data_of(part.read_text("utf-8")))]


def data_of(script: str) -> str:
    """Take the data out of ``digestData("version",data);``."""
    return script.partition(",")[2].rstrip().removesuffix(";").removesuffix(")")


def exported(site: Served) -> list[str]:
    lines = site.file("data/entries.jsonl").splitlines()
    return [json.loads(line)["path"] for line in lines]


def test_every_address_answers_over_http_under_a_sub_path(site: Served) -> None:
    addresses = published(site)
    assert [one for one in sorted(addresses) if not one.startswith(site.base)] == []
    host = urlsplit(site.base)
    asking = http.client.HTTPConnection(host.hostname or "", host.port, timeout=60)
    pages: dict[str, set[str]] = {}
    dead = []
    for address in sorted({urldefrag(one).url for one in addresses}):
        asking.request("GET", address.removeprefix(f"http://{host.netloc}"))
        answer = asking.getresponse()
        text = answer.read()
        if answer.status != OK:
            dead.append(f"{answer.status} {address}")
        elif answer.headers.get_content_type() == "text/html":
            pages[address] = read_page(text.decode()).anchors
    asking.close()
    assert dead == []
    anchors = [urldefrag(one) for one in sorted(addresses)]
    assert [
        one.url for one in anchors if one.fragment and unquote(one.fragment) not in pages[one.url]
    ] == []


def test_no_kind_of_address_is_left_out(site: Served) -> None:
    paths = {urlsplit(one).path.removeprefix("/digest/") for one in published(site)}
    (moved,) = (
        page.relative_to(site.folder).as_posix()
        for page in site.folder.rglob("*.html")
        if 'http-equiv="refresh"' in page.read_text(encoding="utf-8")
    )
    near = read_page(site.file(moved)).addresses
    assert near.count("../../../entries/2024/01/graph.html") == 2  # at once, and to click on
    feeds = {f"{name}{end}" for name in ("feed", "categories/tools") for end in (".xml", ".json")}
    machines = {"", "feeds.opml", "sitemap.xml", "site.webmanifest", "icon-maskable.png"}
    pages = {*exported(site), "search.html", "subscribe.html", "topics/agents.html"}
    assert paths >= feeds | machines | pages


def test_pages_lead_from_disk_as_they_do_over_http(site: Served) -> None:
    """Their own address stands in their heads alone, as the canonical one.

    The page for addresses that lead nowhere is the exception: nobody knows where it is shown.
    """
    pages = read_site(site.folder)
    del pages["404.html"]
    assert dead_links(site.folder, pages) == []
    for path in pages:
        absolute = re.findall(f'(?:href|src|action)="{re.escape(site.base)}', site.file(path))
        assert len(absolute) <= site.file(path).count('<link rel="canonical" href="http'), path
