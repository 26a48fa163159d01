# ruff: noqa: ARG002 - the parser calls each rule with the same arguments
"""Settled tokens → HTML; what the parser's own renderer does well stays with it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from markdown_it.renderer import RendererHTML

from digest.render.highlight import caption_of, code_block, language_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

LANGUAGE = "language"  # the renderer's ``env``: the entry's language


class Writer(RendererHTML):
    """Each method is the rule of the token of its name, with the parser's own signature."""

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Write code; words behind the fence's marks that name no language stand above it."""
        token = tokens[idx]
        caption = escape(caption_of(token.info), quote=False)
        above = f"<p>{caption}</p>\n" if caption else ""
        return above + code_block(token.content, language_of(token.info))

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Write an image with the attributes that ``targets`` gave it."""
        return self.renderToken(tokens, idx, options, env)

    def missing_image(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Write the words and the address of an image that is not there."""
        token = tokens[idx]
        address = f"<code>{escape(token.info, quote=False)}</code>" if token.info else ""
        words = " ".join(filter(None, (escape(token.content, quote=False), address)))
        return f'<span class="missing-image">{words}</span>'

    def details_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Write a box that opens, with the ``<summary>`` that HTML asks for."""
        opening = self.renderToken(tokens, idx, options, env)
        following = tokens[idx + 1].type if idx + 1 < len(tokens) else ""
        words = "展开" if _is_chinese(env) else "Details"
        return opening if following == "summary_open" else f"{opening}<summary>{words}</summary>\n"

    def table_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Write a table in a box that scrolls: the keyboard must reach it, so it has a name.

        It is a group and no region: a page may hold many, which are no landmarks of it.
        """
        name = "表格" if _is_chinese(env) else "Table"
        box = f'<div class="table" role="group" aria-label="{name}" tabindex="0">'
        return box + self.renderToken(tokens, idx, options, env)

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Close a table and its box."""
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """Write a cell; its alignment is a class, since ``style`` is not allowed."""
        token = tokens[idx]
        style = str(token.attrs.pop("style", ""))
        if style:
            token.attrs["class"] = style.removeprefix("text-align:")
        return self.renderToken(tokens, idx, options, env)

    td_open = th_open


def _is_chinese(env: EnvType) -> bool:
    return str(env[LANGUAGE]).startswith("zh")
