"""The words of the page about feeds, and of the feeds themselves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeWords:
    """``steps`` are told one after the other; ``{kind}`` is a word for a link, ``{link}`` it."""

    title: str
    lead: str
    unaddressed: str
    how: str
    steps: tuple[str, ...]
    formats: str
    whole: str
    all_feeds: str
    opml: str
    opml_text: str
    source: str
    formats_of: str


ZH = SubscribeWords(
    title="订阅",
    lead="用阅读器订阅，有新条目时它会告诉你：不用注册，不留邮箱，也没有算法替你挑选。",
    unaddressed="这个网站还没有设定发布地址（site.yaml 里的 base_url），订阅源只能在本机试用。",
    how="怎么订阅",
    steps=(
        "装一个阅读器，例如 NetNewsWire、Feeder、Thunderbird、Miniflux 或 newsboat。",
        "在下面选一个订阅源，复制它的链接地址。",
        "在阅读器里选“添加订阅”，粘贴地址。每条都是全文，点标题回到这里。",
    ),
    formats="三种格式内容相同：RSS 各家都认；Atom 与 JSON Feed 供喜欢它们的阅读器和程序使用。",
    whole="全部条目",
    all_feeds="一次订阅全部",
    opml="下载 OPML 文件",
    opml_text="，里面是本站的所有订阅源，可以导入阅读器，再删去不想要的。",
    source="{kind}：{link}",
    formats_of="{name}的订阅源",
)
EN = SubscribeWords(
    title="Subscribe",
    lead="A feed reader tells you when there is something new: no account, no address given away, "
    "and no algorithm that chooses for you.",
    unaddressed="This site has no address yet (base_url in site.yaml): its feeds can be tried on "
    "this computer only.",
    how="How to subscribe",
    steps=(
        "Get a feed reader, such as NetNewsWire, Feeder, Thunderbird, Miniflux or newsboat.",
        "Choose a feed below and copy the address of its link.",
        "Choose “add feed” in the reader and paste it. Entries come whole; titles lead back here.",
    ),
    formats="The three formats say the same: every reader takes RSS; Atom and JSON Feed are there "
    "for readers and programs that like them better.",
    whole="All entries",
    all_feeds="All feeds at once",
    opml="Download the OPML file",
    opml_text=": every feed of this site, to be imported into a reader. Delete there what you do "
    "not want.",
    source="{kind}: {link}",
    formats_of="Feeds of {name}",
)
