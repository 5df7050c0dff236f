"""What a post or a delete will cost where a network charges for calls, told before it is ordered."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
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


def cost_of(channel: Channel, known: Manifest, texts: Sequence[str]) -> Cost | None:
    """What these posts cost on this channel; None where they are free."""
    calls = calls_of(known, texts)
    micros = sum(known.prices[call].micros for call in calls)
    if not micros:
        return None
    linked = sum(known.prices[call].of is Pays.LINKED for call in calls)
    data = _data(micros, known) | {"posts": len(calls), "linked": linked}
    return Cost(channel.pk, micros, _code(len(calls), linked), data)


def with_costs(
    found: Report, workspace_id: UUID, content: Content, channels: Sequence[Channel], now: datetime
) -> Report:
    """The report with what publishing the draft costs, its thread and first comment included; a
    warning where all of it is more than what is left of a network's cap. No query where nothing
    costs anything, two for each paid network."""

    def texts(channel: Channel, known: Manifest) -> list[str]:
        follow = [text for _role, text, _after in following(content, known)]
        return [content.text_for(channel.pk), *follow]

    priced = _priced(channels, lambda one, known: cost_of(one, known, texts(one, known)))
    told = _told(workspace_id, priced, "cost_over_cap", now)
    return replace(found, costs=told.costs, findings=(*found.findings, *told.findings))


def cost_of_frozen(
    workspace_id: UUID, parts: Iterable[tuple[Channel, Mapping[str, Any]]], now: datetime
) -> Report:
    """The same of what is frozen: its payloads, which say what will be sent. Costs and warnings
    only. Queries as in `with_costs`."""
    texts: dict[Channel, list[str]] = {}
    for channel, payload in parts:
        texts.setdefault(channel, []).append(str(payload.get("text", "")))
    priced = _priced(texts, lambda one, known: cost_of(one, known, texts[one]))
    return _told(workspace_id, priced, "cost_over_cap", now)


def cost_of_deleting(workspace_id: UUID, channels: Iterable[Channel], now: datetime) -> Report:
    """What it costs to delete what is out, and a warning where the cap stands in the way. channels:
    one for each thing to delete. Queries as in `with_costs`."""
    counted = Counter(channels)
    priced = _priced(counted, lambda one, known: _deletes(one, known, counted[one]))
    return _told(workspace_id, priced, "cost_delete_over_cap", now)


def _deletes(channel: Channel, known: Manifest, posts: int) -> Cost | None:
    """The dearest of its deletes, where it has several prices for them: nobody is told too little."""
    prices = (price.micros for price in known.prices.values() if price.of is Pays.DELETE)
    micros = posts * max(prices, default=0)
    if not micros:
        return None
    data = _data(micros, known) | {"posts": posts}
    return Cost(channel.pk, micros, "cost_delete" if posts == 1 else "cost_deletes", data)


def _priced(
    channels: Iterable[Channel], price: Callable[[Channel, Manifest], Cost | None]
) -> dict[Channel, Cost]:
    """Those where it costs anything; what is no longer installed costs nothing that we know."""
    found = {}
    for channel in channels:
        try:
            cost = price(channel, manifest(channel.network))
        except Unsupported:
            continue
        if cost is not None:
            found[channel] = cost
    return found


def _told(workspace_id: UUID, priced: Mapping[Channel, Cost], over: str, now: datetime) -> Report:
    return Report((), tuple(_over(workspace_id, priced, over, now)), tuple(priced.values()))


def _over(
    workspace_id: UUID, priced: Mapping[Channel, Cost], code: str, now: datetime
) -> Iterator[Finding]:
    for slug in sorted({one.network for one in priced}):
        own = [one for one in priced if one.network == slug]
        micros = sum(priced[one].micros for one in own)
        bill = bill_of(workspace_id, slug, now=now)
        if bill is not None and bill.left is not None and micros > bill.left:
            data = _data(micros, bill.manifest) | {"left_micros": bill.left}
            yield Finding(WARN, code, own[0].pk if len(own) == 1 else None, data)


def _data(micros: int, known: Manifest) -> dict[str, Any]:
    return {"cost_micros": micros, "network": gettext(known.name)}


def _code(posts: int, linked: int) -> str:
    if posts == 1:
        return "cost_linked" if linked else "cost_post"
    return "cost_posts_linked" if linked else "cost_posts"
