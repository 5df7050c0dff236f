"""What a draft will cost where a network charges for calls, told before anything leaves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from breakwater.channels.bills import bill_of
from breakwater.channels.models import Channel
from breakwater.channels.selectors import manifest
from breakwater.domain.errors import Unsupported
from breakwater.domain.text import links
from breakwater.networks.base import Manifest, Pays
from breakwater.publishing.content import Content
from breakwater.publishing.finding import WARN, Cost, Finding, Report
from breakwater.publishing.parts import following


def calls_of(known: Manifest, texts: Iterable[str]) -> list[str]:
    """The priced call (`manifest.prices`) that each of these posts makes; none where it is free."""
    named = {price.of: call for call, price in known.prices.items()}
    plain = named.get(Pays.POST)
    wanted = [named.get(Pays.LINKED, plain) if links(text) else plain for text in texts]
    return [call for call in wanted if call is not None]


def cost_of(channel: Channel, known: Manifest, content: Content) -> Cost | None:
    """What publishing the draft on this channel costs, its thread and first comment included; None
    where it is free."""
    follow = [text for _role, text, _after in following(content, known)]
    calls = calls_of(known, [content.text_for(channel.pk), *follow])
    micros = sum(known.prices[call].micros for call in calls)
    if not micros:
        return None
    linked = sum(known.prices[call].of is Pays.LINKED for call in calls)
    data = {
        "cost_micros": micros, "network": gettext(known.name), "posts": len(calls), "linked": linked,
    }  # fmt: skip
    return Cost(channel.pk, micros, _code(len(calls), linked), data)


def with_costs(
    found: Report, workspace_id: UUID, content: Content, channels: Sequence[Channel], now: datetime
) -> Report:
    """The report with what each channel costs; a warning where all of it is more than what is left
    of a network's cap. No query where nothing costs anything, two for each paid network."""
    costs = {one.pk: cost for one in channels if (cost := _known_cost(one, content))}
    if not costs:
        return found
    own = [one for one in channels if one.pk in costs]
    warnings = tuple(_over(workspace_id, own, costs, now))
    findings = (*found.findings, *warnings)
    return replace(found, costs=tuple(costs[one.pk] for one in own), findings=findings)


def _known_cost(channel: Channel, content: Content) -> Cost | None:
    try:
        return cost_of(channel, manifest(channel.network), content)
    except Unsupported:
        return None


def _over(
    workspace_id: UUID, channels: Sequence[Channel], costs: Mapping[UUID, Cost], now: datetime
) -> Iterator[Finding]:
    for slug in sorted({one.network for one in channels}):
        own = [one for one in channels if one.network == slug]
        micros = sum(costs[one.pk].micros for one in own)
        bill = bill_of(workspace_id, slug, now=now)
        if bill is not None and bill.left is not None and micros > bill.left:
            data = {
                "cost_micros": micros, "left_micros": bill.left,
                "network": gettext(bill.manifest.name),
            }  # fmt: skip
            yield Finding(WARN, "cost_over_cap", own[0].pk if len(own) == 1 else None, data)


def _code(posts: int, linked: int) -> str:
    if posts == 1:
        return "cost_linked" if linked else "cost_post"
    return "cost_posts_linked" if linked else "cost_posts"
