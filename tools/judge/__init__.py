"""Judges a built site as strangers would: the Nu checker, axe-core, a browser, Lighthouse."""
