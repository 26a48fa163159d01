"""Asking the network whether the links of a digest still lead somewhere.

The only part of Digest that uses the network, and only when asked to (``check --links``).
"""

from __future__ import annotations

from digest.linkcheck.ask import Manners, Verdict, ask_all
from digest.linkcheck.report import Asked, diagnose, due
from digest.linkcheck.store import Known, dump, parse

__all__ = ["Asked", "Known", "Manners", "Verdict", "ask_all", "diagnose", "due", "dump", "parse"]
