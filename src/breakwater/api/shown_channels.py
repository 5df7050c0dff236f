"""What one channel is shown with besides: budgets, how news arrives, what the account offers."""

from datetime import datetime
from typing import Any

from breakwater.api.schemas.channels import ChoiceOut, PushesOut, ReadingOut
from breakwater.api.schemas.costs import LeftOut
from breakwater.channels.bills import Left, budgets
from breakwater.channels.listening import listening
from breakwater.channels.models import Channel
from breakwater.core.messages import sentence


def detail_of(channel: Channel, now: datetime) -> dict[str, Any]:
    """The fields of ChannelDetailOut that ChannelOut has not. Two queries."""
    there = listening(channel, now=now)
    return {
        "budgets": [_left(one) for one in budgets([channel], now=now).get(channel.pk, ())],
        "pushes": PushesOut(
            told=there.pushes.told.value,
            message=sentence(f"told_{there.pushes.told.value}"),
            until=there.pushes.until,
            last=there.pushes.last,
            next_at=there.pushes.next_at,
        ),
        "reading": [
            ReadingOut(
                source=one.source, read_at=one.read_at, next_at=one.next_at, pushed=one.pushed,
                trouble=one.trouble,
            )
            for one in there.readings
        ],
        "choices": {
            name: [ChoiceOut(value=value, label=label) for value, label in own]
            for name, own in channel.choices.items()
        },
        "choices_at": channel.choices_at,
    }  # fmt: skip


def _left(left: Left) -> LeftOut:
    return LeftOut(
        name=left.budget.name,
        units=left.budget.units,
        used=left.used,
        window_s=left.budget.window_s,
        whole_app=left.budget.whole_app,
        until=left.until,
        used_up=left.used_up,
    )
