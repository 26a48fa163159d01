"""From the bytes of a file to its text, by what the file itself says of its encoding."""

from __future__ import annotations

import codecs
import re

from digest.importing.item import MOST_BYTES, UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# <?xml version="1.0" encoding="gb2312"?>
_DECLARED = re.compile(
    rb"""^\s{0,99}<\?xml[^>]{0,199}?encoding\s*=\s*["']([A-Za-z0-9._\-]{1,40})["']"""
)
# <META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
_META = re.compile(
    rb"""<meta[^>]{0,199}?charset\s*=\s*["']?([A-Za-z0-9._\-]{1,40})""", re.IGNORECASE
)
_AS_UTF_8 = "save the file as UTF-8"
_HEAD = 2048  # bytes in which an encoding is declared
# Names that mean a larger set than they say, as browsers take them (WHATWG Encoding).
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "utf-8"}


def text_of(data: bytes) -> str:
    """Return a file's text.

    Raises:
        UnreadableError: it is too large, binary, or not in the encoding that it names.
    """
    if len(data) > MOST_BYTES:
        fact = (
            f"the file has {len(data) // 1024 // 1024} MB, more than {MOST_BYTES // 1024 // 1024}"
        )
        raise UnreadableError(fact=fact, hint="split it, or export fewer items")
    name = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _declared(data)
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        fact = f"byte {error.start + 1} is not {name.upper()}"
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableError(fact=fact, hint=_AS_UTF_8, line=line) from error
    if "\0" in text:
        hint = "give a feed or a bookmarks file"
        raise UnreadableError(fact="this is a binary file", hint=hint)
    return text.removeprefix("\ufeff")


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD]) or _META.search(data[:_HEAD])
    if found is None:
        return "utf-8"
    named = found[1].decode("ascii")
    try:
        codec = codecs.lookup(named)
    except LookupError as error:
        fact = f"the file names an encoding that is not known: {named}"
        raise UnreadableError(fact=fact, hint=_AS_UTF_8, line=1) from error
    if not getattr(codec, "_is_text_encoding", True):
        fact = f"{named} is no encoding of text"
        raise UnreadableError(fact=fact, hint=_AS_UTF_8, line=1)
    return _WIDER.get(codec.name, codec.name)
