"""The words of pictures and of the page of trends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartWords:
    """``{n}`` is a number of entries ready to print, ``{when}`` a month or year."""

    trends: str
    trends_lead: str
    too_early: str
    undated: str
    table: str
    total: str
    period: str
    months: tuple[str, ...]  # short, under a picture
    over_time: str
    over_time_of: str
    most: str
    at_most: str
    growth: str
    growth_text: str
    so_far: str
    categories: str
    categories_text: str
    others: str
    topics: str
    topics_text: str
    hosts: str
    hosts_text: str
    host: str


ZH = ChartWords(
    trends="趋势",
    trends_lead="这里的内容如何随时间变化。",
    too_early="要有两个月的条目，才看得出变化。",
    undated="另有 {n}没有日期，不在图中。",
    table="数据表",
    total="条数",
    period="时间",
    months=tuple(f"{month}月" for month in range(1, 13)),
    over_time="随时间的条数",
    over_time_of="{what}：随时间的条数",
    most="{first}至{last}；最多的是{when}，{n}。",
    at_most="{first}至{last}；最多时 {n}。",
    growth="累计条数",
    growth_text="从{first}到{last}，累计 {n}。",
    so_far="累计",
    categories="各分类的比重",
    categories_text="每个时段里各分类所占的份额，自下而上；没有条目的时段留空。",
    others="其他",
    topics="各主题的条数",
    topics_text="条目最多的主题，{first}至{last}；各图纵轴相同，最高为 {n}。",
    hosts="链接最多的网站",
    hosts_text="链接到这个网站的条目数。",
    host="网站",
)
_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
)  # fmt: skip
EN = ChartWords(
    trends="Trends",
    trends_lead="How what is collected here changes over time.",
    too_early="Change can be seen once there are entries of two months.",
    undated="Another {n} without a date are not in the pictures.",
    table="The figures",
    total="Entries",
    period="When",
    months=_MONTHS,
    over_time="Entries over time",
    over_time_of="{what}: entries over time",
    most="{first} to {last}; most in {when}: {n}.",
    at_most="{first} to {last}; at most {n} at a time.",
    growth="Growth",
    growth_text="From {first} to {last}, {n} in all.",
    so_far="So far",
    categories="Share of each category",
    categories_text="What part of each period each category takes, from the foot up; "
    "a period without entries is left empty.",
    others="Others",
    topics="Entries of each topic",
    topics_text="The topics with most entries, {first} to {last}, on one scale: "
    "the tallest column is {n}.",
    hosts="Most linked sites",
    hosts_text="How many entries link to the site.",
    host="Site",
)
