"""How a workspace's second opinion is set up, and how it goes, without its secrets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from breakwater.scorers.base import Plugin
from breakwater.scoring.installed import plugins
from breakwater.scoring.models import OpinionDay, OpinionSetup, SecondOpinion
from breakwater.scoring.services.setups import readable

_THOUSAND = 1_000


@dataclass(frozen=True)
class Standing:
    """setup: None where nobody is asked. plugin: None where it is not installed any more. values:
    of the fields that are no secret. micros: what today's texts cost, by the price as it was said."""

    setup: OpinionSetup | None
    plugin: Plugin | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    calls: int = 0
    texts: int = 0
    micros: int = 0
    waiting: int = 0


def standing_of(workspace_id: UUID, *, now: datetime) -> Standing:
    """One query where nobody is asked, else three. No values where their seal no longer opens."""
    setup = OpinionSetup.objects.filter(workspace_id=workspace_id, on=True).first()
    if setup is None:
        return Standing(None)
    plugin = plugins().get(setup.scorer)
    secret = {one.name for one in plugin.fields if one.secret} if plugin else set()
    kept = readable(setup) if plugin else {}
    today = OpinionDay.objects.filter(workspace_id=workspace_id, day=now.date()).first()
    texts = today.texts if today else 0
    return Standing(
        setup=setup,
        plugin=plugin,
        values={name: value for name, value in kept.items() if name not in secret},
        calls=today.calls if today else 0,
        texts=texts,
        micros=texts * setup.micros // _THOUSAND,
        waiting=SecondOpinion.objects.filter(workspace_id=workspace_id, state="waiting").count(),
    )
