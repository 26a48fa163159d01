"""Every page in real Chromium: axe-core in both colour schemes, the console, foreign requests.

axe-core runs all its WCAG 2.0–2.2 A and AA rules and its best practices on the light page. On the
dark one it runs the rules that look at colours: no other depends on the scheme.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.async_api import async_playwright

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, Request, Route

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
COLOUR_RULES = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
RUN_AXE = """async options => (await axe.run(document, options)).violations.map(
    v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ")).join(" | "))"""
WORKERS = 2
PIXEL = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)


def judge(site: Path, base: str) -> list[str]:
    """Return a line for each fault of each page, in the order of the pages."""
    if not CHROMIUM.exists() or not AXE.exists():
        missing = "chromium" if not CHROMIUM.exists() else "axe-core (make judge)"
        return [f"could not run: no {missing}"]
    paths = sorted(page.relative_to(site).as_posix() for page in site.rglob("*.html"))
    return asyncio.run(_judge(paths, base))


async def _judge(paths: list[str], base: str) -> list[str]:
    found: dict[str, list[str]] = {path: [] for path in paths}
    waiting = iter(paths)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        workers = [_work(browser, base, waiting, found) for _ in range(WORKERS)]
        await asyncio.gather(*workers)
        await browser.close()
    return [f"{path}: {fault}" for path in paths for fault in found[path]]


async def _work(browser: Browser, base: str, waiting: Any, found: dict[str, list[str]]) -> None:  # noqa: ANN401  # an iterator shared by the workers
    # axe is put in past the page's own Content-Security-Policy, which `_visit` keeps an eye on.
    context = await browser.new_context(viewport={"width": 1280, "height": 900})
    page = await context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("requestfailed", lambda request: faults.extend(_lost(request)))
    page.on("response", lambda response: faults.extend(_refused(response.status, response.url)))

    async def elsewhere(route: Route) -> None:
        if route.request.resource_type != "image":  # notes may show pictures of other hosts
            faults.append(f"asks another host: {route.request.url}")
        await route.fulfill(body=PIXEL, content_type="image/gif")

    await page.route(lambda url: not url.startswith(base.rpartition("/digest/")[0]), elsewhere)
    axe = AXE.read_text(encoding="utf-8")
    for path in waiting:
        faults.clear()
        await _visit(page, f"{base}{path}", axe, faults)
        found[path] = list(faults)
    await context.close()


async def _visit(page: Page, address: str, axe: str, faults: list[str]) -> None:
    await page.emulate_media(color_scheme="light")
    await page.goto(address)
    await page.evaluate(axe)  # through the debugger, which the page's policy does not bind
    faults += [f"axe (light): {one}" for one in await page.evaluate(RUN_AXE, ALL_RULES)]
    await page.emulate_media(color_scheme="dark")
    faults += [f"axe (dark): {one}" for one in await page.evaluate(RUN_AXE, COLOUR_RULES)]


def _lost(request: Request) -> list[str]:
    """Tell a file that is not there from one that the next page was quicker than."""
    aborted = request.failure is not None and "ERR_ABORTED" in request.failure
    return [] if aborted else [f"lost {request.url}: {request.failure}"]


def _refused(status: int, url: str) -> list[str]:
    return [f"{status} for {url}"] if status >= 400 else []  # noqa: PLR2004  # HTTP's errors
