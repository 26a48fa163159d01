"""YAML → values that know their file, line and column: the one place that sees untyped data.

Scalars are kept as the writer typed them: ``no``, ``12:30``, ``1.10`` and ``2025-02-30`` stay
text until a schema asks for a kind, so nothing is guessed. A duplicate key, an unknown key and a
value of the wrong kind are diagnostics, all of them at once. Syntax follows YAML 1.1 as PyYAML
reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import yaml

from digest.diagnostics import Diagnostic, diagnostic, nearest
from digest.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]  # same interface


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A single value as typed, without its quotes; ``quoted`` tells ``"no"`` from ``no``."""

    text: str
    quoted: bool
    span: Span


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


type_names: Final = {Scalar: "a single value", Sequence: "a list", Block: "a block of keys"}
Value = Scalar | Sequence | Block


def parse(path: str, text: str, *, first_line: int = 1) -> tuple[Block | None, list[Diagnostic]]:
    """Read a YAML document whose top level is a block of keys.

    ``first_line`` is the 1-based line of the file on which ``text`` starts. An empty document is
    an empty block; a document that is not a block, or not YAML, is None with a diagnostic.
    """
    top = Span(path=path, line=first_line)
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + first_line if mark else first_line
        column = mark.column + 1 if mark else 1
        span = Span(path=path, line=line, column=column, end_column=column + 1)
        fact = error.problem or "the YAML cannot be read"
        hint = "check the indentation, quotes and colons here"
        return None, [diagnostic("C002", span, f"YAML: {fact}", hint)]
    except yaml.YAMLError as error:  # a character YAML does not allow has no mark
        return None, [diagnostic("C002", top, f"YAML: {error}", "remove the character")]
    if node is None:
        return Block(values={}, keys={}, span=top), []
    reader = _NodeReader(path, first_line)
    value = reader.value(node)
    if not isinstance(value, Block):
        hint = "write `key: value` lines"
        fact = f"expected a block of keys, found {type_names[type(value)]}"
        return None, [diagnostic("C005", value.span, fact, hint)]
    return value, reader.diagnostics


class _NodeReader:
    """Turns PyYAML's nodes into values, collecting what is wrong on the way."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.diagnostics: list[Diagnostic] = []

    def span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark, node.end_mark
        end_column = end.column + 1 if end.line == start.line else start.column + 2
        return Span(
            path=self.path,
            line=start.line + self.first_line,
            column=start.column + 1,
            end_column=end_column,
        )

    def value(self, node: yaml.Node) -> Value:
        if isinstance(node, yaml.ScalarNode):
            return Scalar(text=node.value, quoted=node.style in {"'", '"'}, span=self.span(node))
        if isinstance(node, yaml.SequenceNode):
            return Sequence(items=tuple(map(self.value, node.value)), span=self.span(node))
        if not isinstance(node, yaml.MappingNode):
            raise TypeError(node)
        return self.block(node)

    def block(self, node: yaml.MappingNode) -> Block:
        values: dict[str, Value] = {}
        keys: dict[str, Span] = {}
        for key_node, value_node in node.value:
            span = self.span(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.diagnostics.append(
                    diagnostic("C005", span, "a key must be a single word", "write `key: value`")
                )
                continue
            key = key_node.value
            if key in values:
                fact = f"`{key}` stands twice; the first is on line {keys[key].line}"
                self.diagnostics.append(diagnostic("C004", span, fact, "keep one of the two"))
                continue
            values[key] = self.value(value_node)
            keys[key] = span
        return Block(values=values, keys=keys, span=self.span(node))


class Fields:
    """Takes typed values out of a block and collects what is wrong with them.

    Call one method a key, then ``finish``, which reports the keys that nobody asked for.
    """

    def __init__(self, block: Block, diagnostics: list[Diagnostic]) -> None:
        self.block = block
        self.diagnostics = diagnostics
        self._asked: set[str] = set()

    def span_of(self, key: str) -> Span:
        """Return the place of a key's value, or of the block where the key is missing."""
        value = self.take(key)
        return self.block.span if value is None else value.span

    def take(self, key: str) -> Value | None:
        """Return a key's value whatever its kind, or None where it is missing or empty."""
        self._asked.add(key)
        value = self.block.values.get(key)
        empty = isinstance(value, Scalar) and not value.quoted and value.text in {"", "~", "null"}
        return None if empty else value

    def text(self, key: str, default: str = "") -> str:
        """Return a single value as text."""
        value = self.take(key)
        if value is None:
            return default
        if isinstance(value, Scalar):
            return value.text
        self._wrong(value, f"`{key}` must be a single value", f"write `{key}: …` on one line")
        return default

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return ``true`` or ``false``; ``yes``, ``no``, ``on`` and ``off`` are asked to be."""
        value = self.take(key)
        if value is None:
            return default
        if isinstance(value, Scalar) and value.text.casefold() in {"true", "false"}:
            return value.text.casefold() == "true"
        self._wrong(value, f"`{key}` must be true or false", f"write `{key}: true`")
        return default

    def number(self, key: str, default: int, *, least: int, most: int) -> int:
        """Return a whole number between two bounds, both included."""
        value = self.take(key)
        if value is None:
            return default
        if isinstance(value, Scalar) and value.text.isascii() and value.text.isdigit():
            found = int(value.text)
            if least <= found <= most:
                return found
        fact = f"`{key}` must be a whole number from {least} to {most}"
        self._wrong(value, fact, f"write `{key}: {default or least}`")
        return default

    def words(self, key: str) -> tuple[Scalar, ...]:
        """Return a list of single values; one value alone counts as a list of one."""
        value = self.take(key)
        if value is None:
            return ()
        if isinstance(value, Scalar):
            return (value,)
        if isinstance(value, Sequence):
            scalars = tuple(item for item in value.items if isinstance(item, Scalar))
            if len(scalars) == len(value.items):
                return scalars
        self._wrong(value, f"`{key}` must be a list of words", f"write `{key}: [one, two]`")
        return ()

    def block_of(self, key: str) -> Block | None:
        """Return a block of keys."""
        value = self.take(key)
        if value is None or isinstance(value, Block):
            return value
        self._wrong(value, f"`{key}` must be a block of keys", "write indented `key: value` lines")
        return None

    def _wrong(self, value: Value, fact: str, hint: str) -> None:
        self.diagnostics.append(diagnostic("C005", value.span, fact, hint))

    def finish(self, also_known: Iterable[str] = ()) -> None:
        """Report the keys that no method asked for."""
        known = self._asked | set(also_known)
        for key, span in self.block.keys.items():
            if key not in known:
                near = nearest(key, known)
                hint = f"did you mean `{near}`?" if near else f"known: {', '.join(sorted(known))}"
                self.diagnostics.append(diagnostic("C003", span, f"unknown key `{key}`", hint))
