"""The page about feeds: how to subscribe, and every feed under its heading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.render import urls
from digest.render.feeds.channels import channels
from digest.render.views import Anchor

if TYPE_CHECKING:
    from digest.render.feeds.channels import Channel
    from digest.render.shelf import Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """A feed: the page that it belongs to, and its three formats under a name to read out."""

    page: Anchor
    label: str
    formats: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedGroup:
    """Feeds under a heading."""

    heading: str
    rows: tuple[FeedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeView:
    """The page; ``addressed`` tells whether the feeds have the address that others need."""

    whole: FeedRow
    groups: tuple[FeedGroup, ...]
    opml: str
    addressed: bool


def subscribe_view(on: Shelf) -> SubscribeView:
    """List all feeds."""
    found = channels(on)
    return SubscribeView(
        whole=_row(on, found.whole, on.words.subscribe.whole),
        groups=tuple(
            FeedGroup(
                heading=heading, rows=tuple(_row(on, channel, channel.name) for channel in group)
            )
            for heading, group in found.groups
            if group
        ),
        opml=urls.FEEDS,
        addressed=on.site.config.base_url is not None,
    )


def _row(on: Shelf, channel: Channel, name: str) -> FeedRow:
    return FeedRow(
        page=Anchor(
            text=name,
            href=urls.quoted(channel.page),
            count=on.words.number_text(len(channel.members)),
        ),
        label=on.words.subscribe.formats_of.format(name=name),
        formats=tuple(
            Anchor(text=form, href=urls.quoted(path)) for form, _, path in channel.formats
        ),
    )
