"""The static files of the site: all stylesheets as one, so that a page waits for one request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

STYLE = "style.css"
_BLANKS = re.compile(rb"(?<=\n)\s+")  # a line between rules, and the blanks of "  color: red;"


def with_one_stylesheet(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Join the stylesheets of the top folder into ``style.css``; other files stay as they are.

    ``style.css`` itself comes first, then the others in the order of ``files``. Digest's own files
    stand before those of the user there, so that a user's stylesheet has the last word; a user's
    file with the name of one of ours took its place before, and stands where ours would. Blank
    lines and indentation, which no rule needs, are left out.
    """
    sheets = [name for name in files if name.endswith(".css") and "/" not in name]
    sheets.sort(key=lambda name: name != STYLE)
    joined = b"".join(b"/* %s */\n%s\n" % (name.encode(), files[name]) for name in sheets)
    others = {name: data for name, data in files.items() if name not in sheets}
    return others | {STYLE: _BLANKS.sub(b"", joined)}
