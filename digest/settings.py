"""The settings of a site: read, checked, and with the keys of what depends on them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest import config as configuration
from digest import taxonomy
from digest.cache import key_of
from digest.config import Config
from digest.diagnostics import Diagnostic, diagnostic
from digest.inputs import text_of
from digest.source import Span
from digest.tagger.weights import NOTHING
from digest.tagger.weights import parse as parse_weights

if TYPE_CHECKING:
    from pathlib import Path

    from digest.cache import Memo
    from digest.tagger.weights import Learned
    from digest.taxonomy import Taxonomy


def read_config(path: Path | None, base_url: str | None) -> tuple[Config | None, list[Diagnostic]]:
    """Read ``site.yaml``, or take what holds without one; ``base_url`` comes before its own."""
    name = "site.yaml"
    config: Config | None = Config()
    diagnostics: list[Diagnostic] = []
    if path is not None:
        name = str(path)
        text, diagnostics = text_of(path)
        if text is None:
            return None, diagnostics
        config, found = configuration.load(name, text)
        diagnostics += found
    if config is None:
        return None, diagnostics
    if base_url is not None:
        config = replace(config, base_url=base_url)
    return config, [*diagnostics, *configuration.without_address(config, name)]


def read_taxonomy(path: Path, memo: Memo) -> tuple[Taxonomy | None, bytes, list[Diagnostic]]:
    """Read ``taxonomy.yaml``; give its key too."""
    text, diagnostics = text_of(path)
    key = key_of("taxonomy", str(path), text)
    if text is None:
        return None, key, diagnostics
    terms, found = memo.hold(key, lambda: taxonomy.load(str(path), text))
    return terms, key, list(found)


def read_weights(path: Path, memo: Memo) -> tuple[Learned, bytes, list[Diagnostic]]:
    """Read the learned weights, none where they cannot be used; give their key too."""
    text, diagnostics = text_of(path)
    key = key_of("weights", text)
    if text is None:
        return NOTHING, key, diagnostics
    try:
        return memo.hold(key, lambda: parse_weights(text)), key, diagnostics
    except ValueError as error:
        span = Span(path=str(path), line=0)
        hint = "delete the file, or run `python build.py train` again"
        return NOTHING, key, [diagnostic("C007", span, str(error), hint)]
