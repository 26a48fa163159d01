"""Digest turns a curator's hand-kept notes into a static site, feeds and a search index."""

__version__ = "0.1.0"
