"""Fails when tests that must run were skipped.

A test is recognised by its marker, which pytest's JUnit report does not hold. So this module is two
things: a pytest plugin that writes the markers of each test into the report, and the command that
reads the report afterwards::

    python -m pytest -p tools.skipped_tests --junitxml=report.xml
    python -m tools.skipped_tests report.xml shared browser
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pytest

PROPERTY = "markers"


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A test as the report tells of it.

    Attributes:
        name: Where the test stands, such as ``tests.test_source.test_empty_note``.
        markers: Its markers; None where the report holds none, as for a module skipped as a whole.
        reason: Why it was skipped; None when it ran.
    """

    name: str
    markers: frozenset[str] | None
    reason: str | None


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Pytest's hook: hands the markers of each test to the report."""
    for item in items:
        names = sorted({marker.name for marker in item.iter_markers()})
        item.user_properties.append((PROPERTY, " ".join(names)))


def read_report(path: Path) -> list[Case]:
    """Reads a report that pytest wrote with this plugin.

    Args:
        path: A JUnit XML file.

    Returns:
        The tests in the order they ran.

    Raises:
        OSError: The file cannot be read.
        ET.ParseError: It is not XML.
    """
    root = ET.parse(path).getroot()  # noqa: S314  # written by our own pytest a moment ago
    return [_case(element) for element in root.iter("testcase")]


def _case(element: ET.Element) -> Case:
    found = element.find(f"properties/property[@name='{PROPERTY}']")
    skipped = element.find("skipped")
    if skipped is not None and skipped.get("type") == "pytest.xfail":
        skipped = None  # an expected failure did run
    return Case(
        name=".".join(filter(None, (element.get("classname"), element.get("name")))),
        markers=None if found is None else frozenset(found.get("value", "").split()),
        reason=None if skipped is None else skipped.get("message", "no reason given"),
    )


def faults(cases: Iterable[Case], marker: str) -> list[str]:
    """Says what kept tests with a marker from running.

    Args:
        cases: All tests of a report.
        marker: The marker's name.

    Returns:
        A line for each test skipped, counting those whose markers are unknown; or one line where no
        test carries the marker, since then nothing was checked. Empty when all of them ran.
    """
    relevant = [case for case in cases if case.markers is None or marker in case.markers]
    skipped = [
        f"{marker}: {case.name} was skipped: {case.reason}"
        for case in relevant
        if case.reason is not None
    ]
    if not skipped and not any(case.markers for case in relevant):
        return [f"{marker}: no test carries this marker"]
    return skipped


def main() -> int:
    """Reads the arguments, prints the faults and returns the exit code: 0 if there are none."""
    parser = argparse.ArgumentParser(description="Fail when tests that must run were skipped.")
    parser.add_argument("report", type=Path, help="JUnit XML, written with -p tools.skipped_tests")
    parser.add_argument("markers", nargs="+", metavar="marker", help="whose tests must all run")
    arguments = parser.parse_args()
    cases = read_report(arguments.report)
    found = [line for marker in arguments.markers for line in faults(cases, marker)]
    print("\n".join(found or [f"all tests marked {' or '.join(arguments.markers)} ran"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
