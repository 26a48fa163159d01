"""The search: an index made at build time, and the page that asks it.

What a browser loads are script files under ``search/``, each one call of ``digestData``, so that a
page opened from disk can load them too. ``search/index.js`` says where everything is; all else is
loaded when a question needs it.
"""
