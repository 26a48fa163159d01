"""YAML → values that know their file, line and column: the one place that sees untyped data.

Scalars are kept as the writer typed them: ``no``, ``12:30``, ``1.10`` and ``2025-02-30`` stay
text until a schema asks for a kind, so nothing is guessed. A duplicate key, an unknown key and a
value of the wrong kind are diagnostics, all of them at once. Syntax follows YAML 1.1 as PyYAML
reads it, without aliases (``*name``) and with one document a file.
"""
# Over 300 lines, so that untyped data stays within one module.

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import yaml

from digest.diagnostics import Diagnostic, diagnostic, nearest
from digest.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from yaml import _yaml

    Mark = yaml.Mark | _yaml.Mark  # of the pure loader and of libyaml's

# PyYAML built without libyaml has the slower loader alone; both send the same events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 12  # levels of nesting: far more than any of our files needs

# YAML 1.1 ends lines at U+0085, U+2028 and U+2029 too, which our line numbers do not count.
_NOT_A_LINE_END = dict.fromkeys((0x85, 0x2028, 0x2029), " ")
# A character that YAML 1.1 (section 5.1) does not allow: \x07
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,8}")  # 50
_DECIMAL = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,6})?")  # 1.5

# What PyYAML finds wrong → what the writer can do about it; the first that fits.
_ADVICE: Final = (
    ("mapping values are not allowed", "put the text after the first `: ` in quotes"),
    ("cannot start any token", "put the value in quotes; indent with spaces, never tabs"),
    ("unexpected end of stream", "close the quotes"),
    ("alphabetic or numeric", "put the value in quotes"),
    ("", "check the indentation, brackets and quotes on this line and above it"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A single value as typed, without its quotes; ``quoted`` tells ``"no"`` from ``no``."""

    text: str
    quoted: bool
    span: Span

    @property
    def empty(self) -> bool:
        """Whether the writer left the value out: nothing, ``~`` or ``null``."""
        return not self.quoted and self.text in {"", "~", "null"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A list of values."""

    items: tuple[Value, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A mapping; ``keys`` holds each key's own place."""

    values: Mapping[str, Value]
    keys: Mapping[str, Span]
    span: Span


Value = Scalar | Sequence | Block
_KINDS: Final = {Scalar: "a single value", Sequence: "a list", Block: "a block of keys"}


def parse(path: str, text: str, *, first_line: int = 1) -> tuple[Block | None, list[Diagnostic]]:
    """Read a YAML document whose top level is a block of keys.

    ``first_line`` is the 1-based line of the file on which ``text`` starts. An empty document is
    an empty block whose span is the whole file; a document that is not a block, or not YAML, is
    None with a diagnostic.
    """
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        before = text[: forbidden.start()]
        column = len(before) - before.rfind("\n")
        line = first_line + before.count("\n")
        span = Span(path=path, line=line, column=column, end_column=column + 1)
        fact = f"YAML does not allow the character U+{ord(forbidden.group()):04X}"
        return None, [diagnostic("C002", span, fact, "remove the character")]
    reader = _EventReader(path, first_line)
    try:
        value = reader.document(yaml.parse(text.translate(_NOT_A_LINE_END), Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        return None, [reader.malformed(error)]
    except _UnreadableError as error:
        return None, [*error.args]
    if not isinstance(value, Block):
        fact = f"expected a block of keys, found {_KINDS[type(value)]}"
        return None, [diagnostic("C005", value.span, fact, "write `key: value` lines")]
    return value, reader.diagnostics


class _UnreadableError(Exception):
    """Carries, as its argument, the diagnostic that makes the rest of the events useless."""


class _EventReader:
    """Turns PyYAML's events into values, collecting what is wrong on the way.

    Events rather than nodes, because ``yaml.compose`` hides where an alias stands, follows one
    that contains itself for ever, and overflows the C stack on deep nesting.
    """

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.diagnostics: list[Diagnostic] = []

    def malformed(self, error: yaml.MarkedYAMLError) -> Diagnostic:
        """Return the diagnostic for what PyYAML cannot read."""
        span = self.span(error.problem_mark or error.context_mark, None)
        fact = f"YAML: {error.problem}"
        hint = next(advice for words, advice in _ADVICE if words in fact)
        return diagnostic("C002", span, fact, hint)

    def span(self, start: Mark | None, end: Mark | None) -> Span:
        """Return the span between two marks, or of one character where it spans lines."""
        if start is None:
            return Span(path=self.path, line=self.first_line)
        same_line = end is not None and end.line == start.line and end.column > start.column
        return Span(
            path=self.path,
            line=start.line + self.first_line,
            column=start.column + 1,
            end_column=(end.column if end and same_line else start.column + 1) + 1,
        )

    def document(self, events: Iterator[yaml.Event]) -> Value:
        """Return the one document of a stream."""
        next(events)  # the start of the stream
        if isinstance(next(events), yaml.StreamEndEvent):
            return Block(values={}, keys={}, span=Span(path=self.path, line=0))
        value = self.value(events, next(events), 0)
        next(events)  # the end of the document
        after = next(events)
        if not isinstance(after, yaml.StreamEndEvent):
            span = self.span(after.start_mark, after.end_mark)
            found = diagnostic("C002", span, "a second document begins", "remove this line")
            raise _UnreadableError(found)
        return value

    def value(self, events: Iterator[yaml.Event], event: yaml.Event, depth: int) -> Value:
        """Return the value that begins with ``event``, taking its events from the stream."""
        span = self.span(event.start_mark, event.end_mark)
        if depth > _DEEPEST:
            fact = f"values are nested more than {_DEEPEST} deep"
            raise _UnreadableError(diagnostic("C002", span, fact, "nest less, or use quotes"))
        self.refuse_signs(event, span)
        if isinstance(event, yaml.MappingStartEvent):
            return self.block(events, event, depth + 1)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            while not isinstance(inner := next(events), yaml.SequenceEndEvent):
                items.append(self.value(events, inner, depth + 1))
            span = self.span(event.start_mark, inner.end_mark)
            return Sequence(items=tuple(items), span=span)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(text=event.value, quoted=event.style in {"'", '"'}, span=span)
        return Scalar(text="", quoted=False, span=span)  # an alias

    def refuse_signs(self, event: yaml.Event, span: Span) -> None:
        """Report the signs that give a value another meaning than the text as typed."""
        sign = "*" if isinstance(event, yaml.AliasEvent) else ""
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            sign = "&" if event.anchor else "!" if event.tag else ""
        if sign:
            fact = f"a value that begins with `{sign}` has a special meaning in YAML"
            self.diagnostics.append(diagnostic("C005", span, fact, "put the value in quotes"))

    def block(self, events: Iterator[yaml.Event], start: yaml.Event, depth: int) -> Block:
        """Return a block of keys; of a key that stands twice the first value is kept."""
        values: dict[str, Value] = {}
        keys: dict[str, Span] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self.value(events, event, depth)
            value = self.value(events, next(events), depth)
            if not isinstance(key, Scalar):
                fact = f"a key must be a single word, found {_KINDS[type(key)]}"
                self.diagnostics.append(diagnostic("C005", key.span, fact, "write `key: value`"))
            elif key.text in values:
                fact = f"`{key.text}` stands twice; the first is on line {keys[key.text].line}"
                self.diagnostics.append(diagnostic("C004", key.span, fact, "keep one of the two"))
            else:
                values[key.text] = value
                keys[key.text] = key.span
        return Block(values=values, keys=keys, span=self.span(start.start_mark, event.end_mark))


class Fields:
    """Takes typed values out of a block and adds what is wrong with them to ``diagnostics``.

    Call one method a key, then ``finish``, which reports the keys that nobody asked for. A value
    that is missing, empty or wrong gives the default.
    """

    def __init__(self, block: Block, diagnostics: list[Diagnostic]) -> None:
        """Read from ``block``; ``diagnostics`` is the caller's list."""
        self.block = block
        self.diagnostics = diagnostics
        self._asked: set[str] = set()

    def take(self, key: str) -> Value | None:
        """Return a key's value whatever its kind, or None where it is missing or empty."""
        self._asked.add(key)
        value = self.block.values.get(key)
        return None if isinstance(value, Scalar) and value.empty else value

    def span_of(self, key: str) -> Span:
        """Return the place of a key's value, or of the block where the key is missing."""
        value = self.take(key)
        return self.block.span if value is None else value.span

    def scalar(self, key: str) -> Scalar | None:
        """Return a single value with its place."""
        value = self.take(key)
        if value is None or isinstance(value, Scalar):
            return value
        fact = f"`{key}` must be a single value, found {_KINDS[type(value)]}"
        self.wrong(value.span, fact, f"write `{key}: …` on one line")
        return None

    def text(self, key: str, default: str = "") -> str:
        """Return a single value as text, exactly as typed."""
        value = self.scalar(key)
        return default if value is None else value.text

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return ``true`` or ``false``; ``yes``, ``no``, ``on`` and ``off`` are asked to be."""
        value = self.scalar(key)
        if value is None:
            return default
        if value.text in {"true", "false"}:
            return value.text == "true"
        fact = f"`{key}` must be true or false, found `{value.text}`"
        self.wrong(value.span, fact, f"write `{key}: true` or `{key}: false`")
        return default

    def number(self, key: str, default: int, *, least: int, most: int) -> int:
        """Return a whole number between two bounds, both included."""
        return int(self._between(key, default, (least, most), ("a whole number", _WHOLE)))

    def decimal(self, key: str, default: float, *, least: float, most: float) -> float:
        """Return a decimal number such as ``1.5`` between two bounds, both included."""
        return self._between(key, default, (least, most), ("a number", _DECIMAL))

    def _between(
        self,
        key: str,
        default: float,
        bounds: tuple[float, float],
        kind: tuple[str, re.Pattern[str]],
    ) -> float:
        value = self.scalar(key)
        if value is None:
            return default
        (least, most), (name, pattern) = bounds, kind
        if pattern.fullmatch(value.text) and least <= float(value.text) <= most:
            return float(value.text)
        fact = f"`{key}` must be {name} from {least:g} to {most:g}, found `{value.text}`"
        self.wrong(value.span, fact, f"write `{key}: {default:g}`")
        return default

    def words(self, key: str) -> tuple[Scalar, ...]:
        """Return a list of single values; one value alone counts as a list of one."""
        value = self.take(key)
        if value is None:
            return ()
        items = value.items if isinstance(value, Sequence) else (value,)
        found: list[Scalar] = []
        for item in items:
            if isinstance(item, Scalar) and not item.empty:
                found.append(item)
            else:
                kind = "an empty one" if isinstance(item, Scalar) else _KINDS[type(item)]
                fact = f"`{key}` must be a list of words, found {kind}"
                self.wrong(item.span, fact, f"write `{key}: [one, two]`")
        return tuple(found)

    def block_of(self, key: str) -> Block | None:
        """Return a block of keys."""
        value = self.take(key)
        if value is None or isinstance(value, Block):
            return value
        fact = f"`{key}` must be a block of keys, found {_KINDS[type(value)]}"
        self.wrong(value.span, fact, "write indented `key: value` lines under it")
        return None

    def wrong(self, span: Span, fact: str, hint: str) -> None:
        """Report a value that is not what its key asks for."""
        self.diagnostics.append(diagnostic("C005", span, fact, hint))

    def finish(self) -> None:
        """Report the keys that no method asked for."""
        known = self._asked
        for key, span in self.block.keys.items():
            if key not in known:
                near = nearest(key, known)
                hint = f"did you mean `{near}`?" if near else f"known: {', '.join(sorted(known))}"
                self.diagnostics.append(diagnostic("C003", span, f"unknown key `{key}`", hint))
