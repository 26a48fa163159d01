"""The questions: HEAD, then GET; a few hosts at a time, one request after another at each.

Status codes are those of RFC 9110.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

AGENT = "Digest link check (a curator's own run; asks each address once a week at most)"


class Verdict(StrEnum):
    """What an answer means for a reader who follows the link."""

    ALIVE = "alive"
    DEAD = "dead"  # the server says so, or there is no such host
    UNSURE = "unsure"  # the server refuses programs, is in trouble or too slow
    UNREACHED = "unreached"  # no connection at all: it may be us


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for an address; ``fact`` is ready to print, ``moved_to`` may be empty."""

    verdict: Verdict
    fact: str
    moved_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How politely to ask: times in seconds."""

    hosts_at_once: int = 6
    pause: float = 1.0
    timeout: float = 15.0
    tries: int = 3
    longest_wait: float = 60.0


GONE = frozenset({404, 410, 451})
# Servers that know no HEAD, or answer it otherwise than a GET, say one of many things.
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
PERMANENTLY = frozenset({301, 308})


async def ask_all(
    urls: Iterable[str], manners: Manners, answered: Callable[[str, Answer], None]
) -> None:
    """Ask for each address once; ``answered`` gets each address with its answer as it comes."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[urlsplit(url).netloc.casefold()].append(url)
    gate = asyncio.Semaphore(manners.hosts_at_once)
    limits = httpx.Timeout(manners.timeout)
    async with httpx.AsyncClient(
        headers={"User-Agent": AGENT}, follow_redirects=True, timeout=limits, max_redirects=10
    ) as client:

        async def visit(addresses: Sequence[str]) -> None:
            async with gate:
                for number, url in enumerate(addresses):
                    if number:
                        await asyncio.sleep(manners.pause)
                    answered(url, await _ask(client, url, manners))

        await asyncio.gather(*(visit(addresses) for addresses in hosts.values()))


async def _ask(client: httpx.AsyncClient, url: str, manners: Manners) -> Answer:
    """Ask for one address, again after a while where the server is in trouble."""
    answer = Answer(verdict=Verdict.UNSURE, fact="no answer")
    for attempt in range(manners.tries):
        answer, wait = await _attempt(client, url)
        if wait is None or attempt == manners.tries - 1:
            break
        await asyncio.sleep(min(max(wait, manners.pause * 2**attempt), manners.longest_wait))
    return answer


async def _attempt(client: httpx.AsyncClient, url: str) -> tuple[Answer, float | None]:
    """Ask once; also return how long to wait before another try, or None for none."""
    try:
        response = await client.head(url)
        if response.status_code >= httpx.codes.BAD_REQUEST:
            async with client.stream("GET", url) as response:  # the body is never read
                return _answer(response)
        return _answer(response)
    except httpx.TimeoutException:
        return Answer(verdict=Verdict.UNSURE, fact="the server takes too long"), 0
    except httpx.ConnectError as error:
        return _unconnected(error)
    except httpx.TooManyRedirects:
        return Answer(verdict=Verdict.DEAD, fact="it redirects in a circle"), None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return Answer(verdict=Verdict.UNSURE, fact=f"the answer is no good: {error}"), None


def _unconnected(error: httpx.ConnectError) -> tuple[Answer, float | None]:
    reason = str(error)
    if "certificate" in reason.casefold():
        return Answer(verdict=Verdict.UNSURE, fact="its certificate is not valid"), None
    return Answer(verdict=Verdict.UNREACHED, fact="no connection to the host"), 0


def _answer(response: httpx.Response) -> tuple[Answer, float | None]:
    status = response.status_code
    fact = f"the server answers {status}"
    if response.is_success:
        return Answer(verdict=Verdict.ALIVE, fact=fact, moved_to=_moved(response)), None
    if status in GONE:
        return Answer(verdict=Verdict.DEAD, fact=fact), None
    wait = _retry_after(response) if status in BUSY else None
    return Answer(verdict=Verdict.UNSURE, fact=fact), wait


def _moved(response: httpx.Response) -> str:
    """Return where a chain of permanent redirects ends; empty where one is temporary, or none."""
    steps = [step.status_code for step in response.history]
    return str(response.url) if steps and PERMANENTLY.issuperset(steps) else ""


def _retry_after(response: httpx.Response) -> float:
    """Return the seconds that the server asks for; 0 where it does not say (a date is not read)."""
    written = response.headers.get("Retry-After", "")
    return float(written) if written.isdecimal() else 0
