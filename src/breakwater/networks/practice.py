"""What a network to practise on offers beside what every network has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from breakwater.domain.guarantees import Guarantee
from breakwater.networks.arrivals import Comment, What


@dataclass(frozen=True)
class Fault:
    """One planned misbehaviour of a practice network.

    kind: one of `Practice.kinds()`. call: which of our calls it waits for ("" for the kind's
    usual one). sticky: stays until cleared; otherwise the next such call uses it up.
    detail: what the kind asks for (seconds, minutes, status …), as text.
    """

    kind: str
    call: str = ""
    sticky: bool = False
    detail: Mapping[str, str] = field(default_factory=dict)


@runtime_checkable
class Practice(Protocol):
    """What a connector to a practice network offers beside `Connector`."""

    def kinds(self) -> Mapping[str, str]:
        """kind of fault -> its label (a msgid)."""
        ...

    async def faults(self) -> tuple[Fault, ...]:
        """Planned and not yet used up, in their order."""
        ...

    async def plan(self, fault: Fault) -> None: ...

    async def clear(self) -> None:
        """No fault is planned any more."""
        ...

    async def say(self, remote_id: str, text: str, author: str = "") -> Comment:
        """A stranger comments on a post."""
        ...

    async def arrive(
        self, what: What, text: str, author: str = "", about: str = "",
        rating: int | None = None, key: str = "",
    ) -> str:  # fmt: skip
        """A stranger mentions, writes to or rates the account, comments on `about`, or takes
        `about` back (What.GONE); its remote id. The same `key` again changes nothing."""
        ...

    async def bad_weekend(self) -> int:
        """Many strangers write at once, some of them vilely; how many things they say."""
        ...

    async def intrude(
        self, text: str, pictures: Sequence[bytes] = (), key: str = "", at: datetime | None = None
    ) -> str:
        """Somebody else posts on the account, with PNG or JPEG pictures; the post's remote id. The
        same `key` again changes nothing, even after the post was deleted. at: when the post says
        that it was written."""
        ...

    async def set_profile(self, **fields: str) -> None:
        """Somebody else changes name, bio, link or picture of the account."""
        ...

    async def set_followers(self, number: int) -> None: ...

    async def tamper(self, remote_id: str, text: str) -> None:
        """A post of the account reads `text`, and the desk did not do it."""
        ...

    async def vanish(self, remote_id: str) -> None:
        """A post of the account is gone, and the desk did not do it."""
        ...

    async def push(self) -> tuple[Mapping[str, str], bytes]:
        """Headers and body of a push, signed, of the latest that came: to be carried to our own
        hook, as the network itself calls nobody."""
        ...

    async def as_class(self, guarantee: Guarantee) -> Mapping[str, str]:
        """The account behaves like this class from now on; the secrets to keep instead."""
        ...
