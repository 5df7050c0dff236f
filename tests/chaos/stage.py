"""One installation with its database, its harbour and its workers, and the one person at it.

Imported once the environment of a scene is set (tests/chaos/scene.py).
"""

import io
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any, TypeVar
from uuid import UUID

from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Q
from PIL import Image

from breakwater.channels.installed import practice
from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields
from breakwater.core import blobs, clock
from breakwater.delivery.lifecycle import ASKS
from breakwater.delivery.models import Delivery, Hold
from breakwater.delivery.selectors import MOVING
from breakwater.delivery.services import Order, enqueue, release
from breakwater.domain.errors import BreakwaterError
from breakwater.domain.parcels import digest_of
from breakwater.domain.walltime import local
from breakwater.networks.sandbox.harbour import Harbour
from breakwater.networks.sandbox.manifest import CLASSES
from breakwater.people.selectors import workspace_named
from breakwater.people.services import first_owner
from breakwater.publishing.content import Content, TargetOf
from breakwater.publishing.previews import preview
from breakwater.publishing.services import new_post, submit
from tests.chaos.hands import Hand, Mother, rest
from tests.chaos.tcp import Proxy
from tests.cluster import Cluster

T = TypeVar("T")
NAME, ZONE = "Chaos", "Europe/Paris"
WINDOW = timedelta(minutes=30)
"""How late a post may leave here, unscaled: nearly all of them are in time after any fault."""
_KEY_LIFE_S, _DUPLICATES_S, _MODERATION_S = 3600, 43_200, 120
_TRY_S = 60.0
_BATCH = 100


@dataclass(frozen=True)
class Quay:
    """One channel and the account it leads to. kind: the class, as the manifest names it."""

    channel: UUID
    kind: str
    account: str


@dataclass
class Stage:
    """What every scenario works with.

    scale: by which all periods are divided. cluster: PostgreSQL, where it is the database.
    wires: proxies by what they lead to; disks: small ones by what lies on them; when: the file
    that says what the workers' clocks show. Each is there where its scene asked for it.
    """

    home: Path
    origins: list[str]
    scale: float
    random: Random
    mother: Mother
    cluster: Cluster | None = None
    wires: Mapping[str, Proxy] = field(default_factory=dict)
    disks: Mapping[str, Path] = field(default_factory=dict)
    when: Path | None = None
    quays: list[Quay] = field(default_factory=list)
    workers: list[Hand] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.harbour = Harbour(self.home / "harbour")
        self._numbers = itertools.count(1)

    # what is there

    def furnish(self, each: int, *, only: Sequence[str] = ()) -> None:
        """A workspace, its owner, `each` channels of every class, one approved post for all."""
        now = clock.now()
        self.person = first_owner(
            email="chaos@harbour.example", name="Chaos", password="tern lagoon gravel sextant 47",
            workspace=NAME, language="en", zone=ZONE, policy="none", now=now,
        )  # fmt: skip
        found = workspace_named(NAME)
        assert found is not None
        self.workspace = found
        kinds = [str(kind) for kind, _ in CLASSES if not only or str(kind) in only]
        wanted = itertools.product(kinds, range(each))
        for (kind, number), origin in zip(wanted, self.origins, strict=False):
            channel = self._connect(f"{kind}-{number}", kind, origin)
            self._scaled_account(channel.remote_id, kind)
            self.quays.append(Quay(channel.pk, kind, channel.remote_id))
        self._approve()
        self.pictures = [_picture(colour) for colour in ("navy", "teal", "coral")]

    def _connect(
        self, name: str, kind: str, origin: str, channel_id: UUID | None = None
    ) -> Channel:
        return connect_with_fields(
            workspace_id=self.workspace.pk, network=practice(), origin=origin,
            fields={"name": name, "class": kind, "language": "en"},
            by=self.person.pk, now=clock.now(), channel_id=channel_id,
        )  # fmt: skip

    def _scaled_account(self, account: str, kind: str) -> None:
        self.harbour.as_class(
            account, kind,
            key_life_s=_KEY_LIFE_S / self.scale, duplicate_window_s=_DUPLICATES_S / self.scale,
            moderation_s=_MODERATION_S / self.scale,
        )  # fmt: skip

    def _approve(self) -> None:
        """Each delivery is an occurrence of this one approved post, with words of its own."""
        now = clock.now()
        content = Content(
            text="Whatever comes.", language="en", zone=ZONE,
            targets={quay.channel: TargetOf() for quay in self.quays},
            wall=local(now + timedelta(days=30), ZONE).strftime("%Y-%m-%dT%H:%M"),
        )  # fmt: skip
        post = new_post(self.workspace.pk, by=self.person.pk, now=now, content=content)
        seen = preview(post, now=now).digest
        self.version = submit(post, by=self.person.pk, now=now, confirmed_digest=seen)

    # what is asked for

    def order(
        self, quays: Sequence[Quay], due: Sequence[datetime], *, pictures: float = 0.1
    ) -> list[Delivery]:
        """One delivery at each of `quays`, due at the instant of the same place in `due`."""
        wanted = [self._order(quay, at, pictures) for quay, at in zip(quays, due, strict=True)]
        made: list[Delivery] = []
        for first in range(0, len(wanted), _BATCH):
            batch = wanted[first : first + _BATCH]
            made += self.trying(
                lambda batch=batch: enqueue(batch, by=self.person.pk, now=clock.now())
            )
        return made

    def _order(self, quay: Quay, due: datetime, pictures: float) -> Order:
        number = next(self._numbers)
        with_one = self.random.random() < pictures
        payload = {
            "text": f"{number:06d} {self.random.choice(_WORDS)}, {quay.kind}, {quay.account}.",
            "language": "en",
            "media": [self.random.choice(self.pictures)] if with_one else [],
            "options": {},
        }
        return Order(
            workspace_id=self.workspace.pk, channel_id=quay.channel, kind="publish",
            source=self.version.pk, payload=payload, tags=[], due_at=due, missed_after=WINDOW,
            digest=digest_of("publish", quay.channel, payload), occurrence=number,
        )  # fmt: skip

    # who works

    def hire(self, **plan: Any) -> Hand:
        """One more worker. plan: what its mother does to it before it begins."""
        hand = self.mother.bear(plan)
        self.workers.append(hand)
        return hand

    def dismiss(self) -> None:
        """Every worker is gone, at once."""
        for hand in self.workers:
            hand.kill()
        self.workers = []

    def revive(self) -> None:
        """A server that a full disk brought down is started again, as its operator would."""
        if self.cluster is not None and not self.cluster.running:
            self.cluster.start()

    # the person

    def attend(self) -> None:
        """What a person would do by now: open automatic holds, connect again what was shut."""
        for hold in Hold.objects.filter(released_at=None):
            release(hold, by=self.person.pk, now=clock.now())
        kinds = {quay.channel: quay.kind for quay in self.quays}
        for channel in Channel.objects.filter(state="reconnect"):
            name = channel.handle.removeprefix("@")
            self._connect(name, kinds[channel.pk], channel.origin, channel.pk)
            self._scaled_account(channel.remote_id, kinds[channel.pk])

    def trying(self, deed: Callable[[], T], seconds: float = _TRY_S) -> T:
        """`deed()`, again and again while the database is away or the harbour cannot be reached."""
        end = monotonic() + seconds
        while True:
            try:
                return deed()
            except (DatabaseError, InterfaceError, BreakwaterError):
                connection.close()
                if monotonic() > end:
                    raise
                rest(0.2)

    # waiting

    def rows(self) -> list[Delivery]:
        """The deliveries that this scene ordered, in their order."""
        return list(Delivery.objects.filter(occurrence__gt=0).order_by("occurrence"))

    def moving(self) -> int:
        """How many deliveries will still change by themselves, or people be told of."""
        rows = Delivery.objects.filter(occurrence__gt=0)
        return rows.filter(Q(state__in=MOVING) | Q(to_tell=True, state__in=ASKS)).count()

    def wait(self, true: Callable[[], bool], seconds: float, every: float = 0.25) -> bool:
        """Whether `true()` came to be within so long; the person attends meanwhile."""
        end = monotonic() + seconds
        while not self.trying(true):
            if monotonic() > end:
                return False
            self.trying(self.attend)
            rest(every)
        return True

    def settle(self, seconds: float) -> float | None:
        """Seconds until nothing moves any more; None when something still did after so long."""
        begun = monotonic()
        return monotonic() - begun if self.wait(lambda: not self.moving(), seconds, 0.5) else None

    def scaled(self, period: timedelta) -> float:
        """Seconds that a period of the product's defaults takes here."""
        return period.total_seconds() / self.scale


_WORDS = ("Fog", "Low tide", "Gulls", "A grey morning", "Boats in", "Nets out", "Lamp lit")


def _picture(colour: str) -> Mapping[str, Any]:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    sha256 = blobs.store(out.getvalue())
    return {
        "sha256": sha256, "mime": "image/jpeg", "size": len(out.getvalue()),
        "width": 64, "height": 48, "alt": colour,
    }  # fmt: skip
